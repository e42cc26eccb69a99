package jsontest

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
)

// SameChecks checks a message in every way that there is, and demands that all
// agree. What is recommended is looked for by visiting all attributes, where
// other checks pass over what a quick look finds to be right; looking for errors
// only passes over more.
func SameChecks(t testing.TB, m secmodel.Message, opts ...secmodel.Option) {
	t.Helper()
	check := func(more ...secmodel.Option) secmodel.Report {
		return m.Check(append(append([]secmodel.Option{secmodel.MaxViolations(0)}, opts...), more...)...)
	}
	pick := func(r secmodel.Report, wanted func(v secmodel.Violation) bool) (list []string) {
		for _, v := range r.Violations {
			if wanted(v) {
				list = append(list, fmt.Sprintf("%s %s %q: %s", v.Severity, v.Code, v.Pointer, v.Message))
			}
		}
		return list
	}
	all := func(secmodel.Violation) bool { return true }
	isError := func(v secmodel.Violation) bool { return v.Severity == secmodel.Error }
	report, visited := check(), check(secmodel.Recommended())
	if diff := cmp.Diff(pick(visited, func(v secmodel.Violation) bool { return v.Code != secmodel.CodeRecommendedMissing }), pick(report, all)); diff != "" {
		t.Errorf("a quick look differs from one at all attributes (-all +quick)\n%s", diff)
	}
	if diff := cmp.Diff(pick(report, isError), pick(check(secmodel.ErrorsOnly), all)); diff != "" {
		t.Errorf("looking for errors only differs (-for all +for errors)\n%s", diff)
	}
	if few := check(secmodel.MaxViolations(1)); few.Valid() != report.Valid() || len(few.Violations) > 1 {
		t.Errorf("with one violation at most: %v, without limit %v", pick(few, all), pick(report, all))
	}
	if report.Identity.Format != "idmefv2" {
		return
	}
	if diff := cmp.Diff(pick(check(secmodel.Text()), isError), pick(check(secmodel.Text(), secmodel.ErrorsOnly), all)); diff != "" {
		t.Errorf("looking for errors of the text only differs (-for all +for errors)\n%s", diff)
	}
}
