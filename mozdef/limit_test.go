package mozdef_test

import (
	"encoding/json"
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/mozdef"
)

// TestLimitOnViolations checks documents in which a member of another name
// provides an attribute that is missing, with no room for more than one violation:
// what is taken back must not have taken the place of what stays.
func TestLimitOnViolations(t *testing.T) {
	for _, text := range []string{
		`{"type":"complianceitems","details":{},"summary":"x"}`,
		`{"category":"complianceitems","message":"m","details":{}}`,
		`{"category":null,"fields":"x"}`,
		`{"category":{},"fields":"x","message":"m"}`,
		`{"type":"AssetHint","details":5,"summary":"x"}`,
		`{"type":"x","message":"m","fields":{},"time":"x","host":5}`,
	} {
		for _, m := range []interface {
			secmodel.Message
			json.Unmarshaler
		}{new(mozdef.Event), new(mozdef.Compliance), new(mozdef.AssetHint), new(mozdef.RRA), new(mozdef.Vulnerability), new(mozdef.VulnerabilityV2), new(mozdef.Alert)} {
			if err := m.UnmarshalJSON([]byte(text)); err != nil {
				t.Fatal(err)
			}
			t.Run(m.Identity().Class+" "+text, func(t *testing.T) { jsontest.SameChecks(t, m) })
		}
	}
}
