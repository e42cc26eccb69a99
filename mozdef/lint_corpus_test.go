package mozdef_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/mozdef"
)

// TestSuspicionsField looks for suspicions in the documents of the corpus, and
// checks that the option Lint changes neither errors nor warnings.
func TestSuspicionsField(t *testing.T) {
	var field jsontest.Field
	for _, d := range documents(t) {
		m := mozdef.New(d.class())
		if json.Unmarshal(d.data, m) != nil {
			continue
		}
		plain, linted := m.Check(), m.Check(secmodel.Lint())
		for _, s := range []secmodel.Severity{secmodel.Error, secmodel.Warning} {
			if !slices.Equal(jsontest.Places(plain, s), jsontest.Places(linted, s)) {
				t.Errorf("%s: Lint changes the %ss", d.file, s)
			}
		}
		field.Add(linted, d.file, "")
	}
	field.Compare(t, mozdef.Format)
}
