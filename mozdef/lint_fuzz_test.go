package mozdef_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/mozdef"
)

// FuzzLint: whatever the document, the option Lint adds suspicions and changes
// neither errors nor warnings.
func FuzzLint(f *testing.F) {
	for _, s := range jsontest.Samples(f, mozdef.Format) {
		if len(s.Suspicions) > 0 {
			f.Add(uint8(slices.Index(classes, s.Class)), s.Data)
		}
	}
	f.Fuzz(func(t *testing.T, class uint8, data []byte) {
		m := mozdef.New(classes[int(class)%len(classes)])
		if json.Unmarshal(data, m) != nil {
			return
		}
		plain, linted := m.Check(secmodel.MaxViolations(0)), m.Check(secmodel.Lint(), secmodel.MaxViolations(0))
		for _, s := range []secmodel.Severity{secmodel.Error, secmodel.Warning} {
			if !slices.Equal(jsontest.Places(plain, s), jsontest.Places(linted, s)) {
				t.Errorf("%ss %v, with Lint %v", s, plain.Violations, linted.Violations)
			}
		}
	})
}
