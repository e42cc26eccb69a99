package ocsf_test

import (
	"slices"
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/ocsf"
)

// deprecations are the codes that an event has which leaves nothing out.
var deprecations = []string{
	secmodel.CodeDeprecated, secmodel.CodeEnumDeprecated, secmodel.CodeEnumArrayDeprecated,
	secmodel.CodeObjectRetired, secmodel.CodeClassRetired,
}

// TestFull fills events of every class and release with every attribute of the
// class and of all objects that it can reach: they are valid, and come out as they
// went in.
func TestFull(t *testing.T) {
	s := mustSchema(t)
	events := 0
	for v, version := range s.Versions {
		for _, class := range classes(s, v) {
			events++
			text := marshal(t, newFiller(s, v, class).event(class, deep))
			e := roundTrip(t, text)
			if e == nil {
				continue
			}
			if e.EventClass().Name() != class.Name {
				t.Errorf("%s %s: read as %s", version.Name, class.Name, e.EventClass())
			}
			report := e.Check(secmodel.Recommended())
			if want := (secmodel.Identity{Format: ocsf.Format, Version: version.Name, Class: class.Name}); report.Identity != want {
				t.Errorf("judged as %v, not %v", report.Identity, want)
			}
			for _, x := range report.Violations {
				if !slices.Contains(deprecations, x.Code) && x.Code != secmodel.CodeRecommendedMissing {
					t.Errorf("%s %s: %v %v", version.Name, class.Name, x, x.Value)
				}
			}
		}
	}
	t.Logf("%d events", events)
}
