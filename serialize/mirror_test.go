package serialize_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/idmefv2"
	"github.com/secmodel/secmodel/internal/jsontest"
	idmefmirror "github.com/secmodel/secmodel/internal/mirror/idmefv2"
	mozdefmirror "github.com/secmodel/secmodel/internal/mirror/mozdef"
	ocsfmirror "github.com/secmodel/secmodel/internal/mirror/ocsf"
	"github.com/secmodel/secmodel/mozdef"
	"github.com/secmodel/secmodel/ocsf"
	"github.com/secmodel/secmodel/serialize"
)

// TestLikeEncodingJSON compares decoded values with those of encoding/json on
// the same structs without methods, for every sample in which all members have
// a typed field.
func TestLikeEncodingJSON(t *testing.T) {
	compared := 0
	for _, format := range []string{idmefv2.Format, mozdef.Format, ocsf.Format} {
		for _, s := range jsontest.Samples(t, format) {
			m, err := serialize.Unserialize(serialize.Payload{Data: s.Data}, secmodel.SkipValidation())
			if err != nil {
				t.Fatal(err)
			}
			var std, ours any
			switch m.(type) {
			case *idmefv2.Message:
				std, ours = new(idmefmirror.Message), new(idmefmirror.Message)
			case *mozdef.Event:
				std, ours = new(mozdefmirror.Event), new(mozdefmirror.Event)
			case *mozdef.Compliance:
				std, ours = new(mozdefmirror.Compliance), new(mozdefmirror.Compliance)
			case *mozdef.Vulnerability:
				std, ours = new(mozdefmirror.Vulnerability), new(mozdefmirror.Vulnerability)
			case *ocsf.Authentication:
				std, ours = new(ocsfmirror.Authentication), new(ocsfmirror.Authentication)
			case *ocsf.DetectionFinding:
				std, ours = new(ocsfmirror.DetectionFinding), new(ocsfmirror.DetectionFinding)
			case *ocsf.ProcessActivity:
				std, ours = new(ocsfmirror.ProcessActivity), new(ocsfmirror.ProcessActivity)
			case *ocsf.APIActivity:
				std, ours = new(ocsfmirror.APIActivity), new(ocsfmirror.APIActivity)
			default:
				continue
			}
			if jsontest.Mirror(ours, m) != nil {
				continue // something is in Extra
			}
			if err := json.Unmarshal(s.Data, std); err != nil {
				continue // a single value, which encoding/json does not take for an array
			}
			compared++
			if diff := cmp.Diff(std, ours, cmp.Comparer(func(a, b json.RawMessage) bool {
				return bytes.Equal(a, b) || jsontest.Equal(a, b, false) == nil
			})); diff != "" {
				t.Errorf("%s (-encoding/json +ours)\n%s", s.File, diff)
			}
		}
	}
	if compared < 20 {
		t.Errorf("only %d samples could be compared", compared)
	}
	t.Logf("%d samples compared", compared)
}
