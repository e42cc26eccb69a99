package main

import (
	"encoding/json"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/idmefv2"
	idmefmirror "github.com/secmodel/secmodel/internal/mirror/idmefv2"
	mozdefmirror "github.com/secmodel/secmodel/internal/mirror/mozdef"
	ocsfmirror "github.com/secmodel/secmodel/internal/mirror/ocsf"
	"github.com/secmodel/secmodel/mozdef"
	"github.com/secmodel/secmodel/ocsf"
	"github.com/secmodel/secmodel/wire"
)

// model is a generated type, by pointer.
type model interface {
	secmodel.Message
	json.Marshaler
	json.Unmarshaler
	wire.Model
}

// class is what a document is, with its type here and the mirror of that type
// for other libraries.
type class struct {
	format, version, name string // as package schemas wants them
	new                   func() model
	mirror                func() any
}

// of makes a class of a model and its mirror.
func of[T, M any, P interface {
	*T
	model
}](format, version, name string) class {
	return class{format, version, name, func() model { return P(new(T)) }, func() any { return new(M) }}
}

// The versions are those of the documents.
var (
	message    = of[idmefv2.Message, idmefmirror.Message]("idmefv2", "2.D.V08", "message")
	message06  = of[idmefv2.Message, idmefmirror.Message]("idmefv2", "2.D.V06", "message")
	finding    = of[ocsf.DetectionFinding, ocsfmirror.DetectionFinding]("ocsf", "1.8.0", "detection_finding")
	auth       = of[ocsf.Authentication, ocsfmirror.Authentication]("ocsf", "1.8.0", "authentication")
	account    = of[ocsf.AccountChange, ocsfmirror.AccountChange]("ocsf", "1.8.0", "account_change")
	api        = of[ocsf.APIActivity, ocsfmirror.APIActivity]("ocsf", "1.8.0", "api_activity")
	dns        = of[ocsf.DNSActivity, ocsfmirror.DNSActivity]("ocsf", "1.8.0", "dns_activity")
	file       = of[ocsf.FileActivity, ocsfmirror.FileActivity]("ocsf", "1.8.0", "file_activity")
	http       = of[ocsf.HTTPActivity, ocsfmirror.HTTPActivity]("ocsf", "1.8.0", "http_activity")
	network    = of[ocsf.NetworkActivity, ocsfmirror.NetworkActivity]("ocsf", "1.8.0", "network_activity")
	process    = of[ocsf.ProcessActivity, ocsfmirror.ProcessActivity]("ocsf", "1.8.0", "process_activity")
	weakness   = of[ocsf.VulnerabilityFinding, ocsfmirror.VulnerabilityFinding]("ocsf", "1.8.0", "vulnerability_finding")
	event      = of[mozdef.Event, mozdefmirror.Event]("mozdef", "1", "event")
	alert      = of[mozdef.Alert, mozdefmirror.Alert]("mozdef", "1", "alert")
	compliance = of[mozdef.Compliance, mozdefmirror.Compliance]("mozdef", "1", "compliance")
)
