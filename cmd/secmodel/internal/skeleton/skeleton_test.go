package skeleton

import (
	"fmt"
	"testing"
	"time"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/model"
	"github.com/secmodel/secmodel/schemas"
	"github.com/secmodel/secmodel/serialize"
)

func schema(t *testing.T, format string) *model.Schema {
	t.Helper()
	data, err := schemas.Annotated(format)
	if err != nil {
		t.Fatal(err)
	}
	s, err := model.Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestValid: a new document of every class in every version is of that class and
// version, and valid, with the recommended attributes too, and under each profile.
func TestValid(t *testing.T) {
	ids := 0
	newID := func() string {
		ids++
		return fmt.Sprintf("0190c8a2-7b5e-7d3a-9c41-%012x", ids)
	}
	o := Options{NewID: newID, Time: time.Date(2026, 3, 1, 8, 15, 30, 0, time.UTC)}
	documents := 0
	for _, format := range schemas.Formats() {
		s := schema(t, format)
		for v, version := range s.Versions {
			for _, class := range s.Types {
				if class.Class == nil || !class.In.Has(v) {
					continue
				}
				profiles, _ := model.At(class.Profiles, v)
				cases := []Options{o, o}
				cases[1].Recommended = true
				if format == "ocsf" && v == s.Newest() {
					for _, p := range profiles {
						with := o
						with.Profiles = []string{p}
						cases = append(cases, with)
					}
				}
				for _, o := range cases {
					documents++
					name := fmt.Sprintf("%s %s %s recommended %t profiles %v", format, version.Name, class.NameAt(v), o.Recommended, o.Profiles)
					x, err := Document(s, class, v, o)
					if err != nil {
						t.Fatalf("%s: %v", name, err)
					}
					data := x.AppendJSON(nil)
					report, err := serialize.ValidateBytes(serialize.Payload{Data: data})
					if err != nil {
						t.Errorf("%s: %v\n%s", name, err, data)
						continue
					}
					want := secmodel.Identity{Format: format, Version: version.Name, Class: class.Name}
					if report.Identity != want {
						t.Errorf("%s: it is %v\n%s", name, report.Identity, data)
					}
					for _, v := range report.Violations {
						if v.Severity == secmodel.Error || v.Code != secmodel.CodeDeprecated && v.Code != secmodel.CodeClassRetired && v.Code != secmodel.CodeObjectRetired {
							t.Errorf("%s: %v\n%s", name, v, data)
						}
					}
				}
			}
		}
	}
	if documents < 1000 {
		t.Errorf("only %d documents were made", documents)
	}
}

// TestErrors: a class or profile that a version does not have is an error.
func TestErrors(t *testing.T) {
	s := schema(t, "ocsf")
	class := s.ClassAt(s.Newest(), 3002, "")
	if _, err := Document(s, s.Type("airborne_broadcast_activity"), 0, Options{}); err == nil {
		t.Error("a class that the version does not have was made")
	}
	if _, err := Document(s, class, s.Newest(), Options{Profiles: []string{"weather"}}); err == nil {
		t.Error("a profile that there is not was taken")
	}
}
