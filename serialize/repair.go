package serialize

import (
	"errors"
	"strings"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/idmefv2"
	"github.com/secmodel/secmodel/mozdef"
	"github.com/secmodel/secmodel/ocsf"
	"github.com/secmodel/secmodel/wire"
)

// mend mends a message that has been read, and reports what was mended.
func mend(m secmodel.Message, o *secmodel.Options) {
	same := func(to *secmodel.Options) { *to = *o }
	var list []secmodel.Repaired
	switch m := m.(type) {
	case *idmefv2.Message:
		list = idmefv2.Repair(m, same)
	case *ocsf.Bundle:
		list = ocsf.RepairBundle(m, same)
	case ocsf.Event:
		list = ocsf.Repair(m, same)
	case interface {
		secmodel.Message
		wire.Model
	}:
		if m.Identity().Format == mozdef.Format {
			list = mozdef.Repair(m, same)
		}
	}
	for _, r := range list {
		o.Repair(r)
	}
}

// mendedClass finds out the class of a document whose mark of it is to be
// mended, where detection failed with err or found a class that is weak
// evidence: a base event, or an event of MozDef, whose names are common words.
func mendedClass(data []byte, o *secmodel.Options, found class, err error) (class, error) {
	switch unclear, ok := errors.AsType[*DetectError](err); {
	case ok && len(unclear.Candidates) > 0: // it says clearly that it is two things
		return found, err
	case err != nil:
		if !errors.Is(err, secmodel.ErrUnknownFormat) {
			return found, err
		}
	case found.format == ocsf.Format && found.uid == 0 && found.name != ocsf.ClassBundle:
	case found.format == mozdef.Format && found.name == mozdef.ClassEvent:
	default:
		return found, nil
	}
	var uid ocsf.Class
	classed, metadata, version := false, false, false
	idmef := map[string]bool{}
	if wire.Members(data, o.MaxDepth, func(name string, value []byte) bool {
		switch name {
		case "class_uid":
			uid, classed = ocsf.RepairedClass(value)
		case "metadata":
			metadata = len(value) > 0 && value[0] == '{'
		}
		if wire.SameLetters(name, "Version") {
			text, _ := wire.Text(value)
			version = strings.HasPrefix(strings.ToUpper(strings.TrimSpace(text)), "2.D.V")
		}
		for _, known := range idmefNames {
			if wire.SameLetters(name, known) {
				idmef[known] = true
			}
		}
		return true
	}) != nil {
		return found, err
	}
	switch {
	case classed && (metadata || found.format != mozdef.Format):
		return class{ocsf.Format, uid.Name(), int64(uid.UID())}, nil
	case found.format != ocsf.Format && (version || err != nil && len(idmef) >= fewestNames):
		return class{format: idmefv2.Format, name: idmefv2.Class}, nil
	}
	return found, err
}

// idmefNames are attributes of an IDMEFv2 message whose names, in any spelling,
// are not those of another format; fewestNames of them are enough to know it by.
var idmefNames = [...]string{"CreateTime", "Analyzer", "CorrelID", "PredID", "AltNames", "AggrCondition", "OrganisationName"}

const fewestNames = 2
