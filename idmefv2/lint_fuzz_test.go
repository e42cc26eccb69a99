package idmefv2_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/idmefv2"
	"github.com/secmodel/secmodel/internal/jsontest"
)

// FuzzLint: whatever the message, the option Lint adds suspicions and changes
// neither errors nor warnings.
func FuzzLint(f *testing.F) {
	for _, s := range jsontest.Samples(f, idmefv2.Format) {
		if len(s.Suspicions) > 0 {
			f.Add(s.Data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var m idmefv2.Message
		if json.Unmarshal(data, &m) != nil {
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
