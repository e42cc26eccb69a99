package ocsf_test

import (
	"slices"
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/ocsf"
)

// FuzzLint: whatever the event, the option Lint adds suspicions and changes
// neither errors nor warnings.
func FuzzLint(f *testing.F) {
	for _, s := range jsontest.Samples(f, ocsf.Format) {
		if len(s.Suspicions) > 0 {
			f.Add(s.Data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		e, err := ocsf.Unmarshal(data)
		if err != nil {
			return
		}
		plain, linted := e.Check(secmodel.MaxViolations(0)), e.Check(secmodel.Lint(), secmodel.MaxViolations(0))
		for _, s := range []secmodel.Severity{secmodel.Error, secmodel.Warning} {
			if !slices.Equal(jsontest.Places(plain, s), jsontest.Places(linted, s)) {
				t.Errorf("%ss %v, with Lint %v", s, plain.Violations, linted.Violations)
			}
		}
	})
}
