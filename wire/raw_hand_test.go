package wire_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/wire"
	"github.com/secmodel/secmodel/wire/internal/sample"
)

// TestRawByHand puts raw values into attributes that do not take their type: the
// verdict is that on the document that is written.
func TestRawByHand(t *testing.T) {
	for _, value := range []string{`null`, ` null`, `5`, ` 5`, `"x"`, `{}`, ` {"k":1}`, `[]`, `true`, `-1.5`} {
		for _, x := range []*sample.Thing{{Any: raw(value)}, {Open: raw(value)}, {Anys: []json.RawMessage{raw(`1`), raw(value)}}} {
			x.Meta, x.Text = &sample.Meta{Version: new("1")}, new("x")
			x.Extra = map[string]json.RawMessage{"zzz": raw(`1`)} // reported last, at its place
			out, err := x.AppendJSON(nil)
			if err != nil {
				t.Fatal(err)
			}
			var y sample.Thing
			if err := wire.UnmarshalJSON(&y, out); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(findings(y.Check()), findings(x.Check())); diff != "" {
				t.Errorf("%s (-read +made by hand)\n%s", out, diff)
			}
			jsontest.SameChecks(t, x)
		}
	}
}
