package ocsf

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secmodel/secmodel/internal/model"
)

// specs returns the directory of a raw release, and skips the test where the
// specifications are not beside the repository.
func specs(t testing.TB, version string) string {
	dir := filepath.Join("..", "..", "..", "..", "..", "shared", "specs", "ocsf", version)
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("the raw OCSF releases are not at ../shared/specs/ocsf: %v", err)
	}
	return dir
}

func compileSpec(t testing.TB, version string) *Release {
	t.Helper()
	r, err := Compile(os.DirFS(specs(t, version)), version)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// released are the releases that the schema in the repository holds.
func released() []string {
	return []string{"1.0.0", "1.1.0", "1.2.0", "1.3.0", "1.4.0", "1.5.0", "1.6.0", "1.7.0", "1.8.0"}
}

const preview = "1.9.0-dev"

// counts is a line of the table of what upstream's compiler makes of each
// release.
type counts struct {
	Classes, Objects, Dictionary, Types, Profiles, Extensions int
	ClassAttributes, ObjectAttributes                         int
	// Enums are distinct by attribute, values and captions.
	Enums, EnumValues, TypeUIDs, AllEnumValues                 int
	DeprecatedAttributes, DeprecatedClasses, DeprecatedObjects int
	Constraints                                                int
}

func count(r *Release) counts {
	c := counts{Classes: len(r.Classes), Objects: len(r.Objects), Dictionary: len(r.Dictionary), Types: len(r.Types), Profiles: len(r.Profiles), Extensions: len(r.Extensions)}
	distinct := map[string]int{}
	items := func(list map[string]*Item, attributes, deprecated *int) {
		for _, item := range list {
			*attributes += len(item.Attributes)
			if item.Deprecated != nil {
				*deprecated++
			}
			c.Constraints += len(item.Constraints)
			for name, a := range item.Attributes {
				if a.Deprecated != nil {
					c.DeprecatedAttributes++
				}
				c.AllEnumValues += len(a.Enum)
				if name == "type_uid" {
					c.TypeUIDs += len(a.Enum)
				}
				if a.Enum != nil {
					key := name
					for _, value := range slices.Sorted(maps.Keys(a.Enum)) {
						key += fmt.Sprintf("\x00%s=%s", value, a.Enum[value].Caption)
					}
					distinct[key] = len(a.Enum)
				}
			}
		}
	}
	items(r.Classes, &c.ClassAttributes, &c.DeprecatedClasses)
	items(r.Objects, &c.ObjectAttributes, &c.DeprecatedObjects)
	c.Enums = len(distinct)
	for _, n := range distinct {
		c.EnumValues += n
	}
	return c
}

func TestCompileCounts(t *testing.T) {
	want := map[string]counts{
		"1.0.0":     {36, 84, 471, 22, 6, 2, 1478, 632, 151, 1017, 254, 1883, 0, 0, 0, 28},
		"1.1.0":     {50, 106, 588, 22, 8, 2, 2260, 904, 198, 1307, 360, 2903, 25, 3, 1, 48},
		"1.2.0":     {65, 111, 620, 22, 9, 2, 2898, 973, 238, 1466, 402, 3539, 29, 3, 1, 54},
		"1.3.0":     {72, 121, 670, 22, 10, 2, 3266, 1109, 275, 1713, 467, 3992, 31, 3, 1, 62},
		"1.4.0":     {79, 142, 773, 22, 12, 2, 4692, 1473, 312, 1943, 496, 7045, 61, 5, 1, 82},
		"1.5.0":     {81, 161, 847, 24, 12, 2, 4990, 1727, 325, 2052, 508, 7375, 76, 23, 4, 91},
		"1.6.0":     {82, 167, 887, 24, 12, 2, 5157, 1782, 331, 2107, 520, 7526, 80, 23, 4, 93},
		"1.7.0":     {83, 170, 908, 24, 12, 2, 5248, 1821, 339, 2167, 528, 7705, 80, 23, 4, 98},
		"1.8.0":     {83, 178, 960, 24, 14, 3, 5287, 1916, 346, 2223, 528, 7770, 81, 23, 4, 99},
		"1.9.0-dev": {87, 192, 1011, 24, 15, 3, 5766, 2076, 367, 2494, 618, 8311, 113, 25, 4, 105},
	}
	for _, version := range append(released(), preview) {
		t.Run(version, func(t *testing.T) {
			if diff := cmp.Diff(want[version], count(compileSpec(t, version))); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestCompileRefusesAnotherVersion(t *testing.T) {
	_, err := Compile(os.DirFS(specs(t, "1.5.0")), "1.6.0")
	want := `ocsf 1.6.0: version.json says "1.5.0", but "1.6.0" was asked for: check out the commit of that release`
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func importSpecs(t testing.TB, versions ...string) *model.Schema {
	t.Helper()
	var dirs []string
	for _, version := range versions {
		dirs = append(dirs, specs(t, version))
	}
	s, _, err := Import(dirs...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func marshal(t testing.TB, s *model.Schema) []byte {
	t.Helper()
	text, err := s.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestUnionLosesNothing takes every release out of the union, read back from
// its text, and compares it with the release compiled alone.
func TestUnionLosesNothing(t *testing.T) {
	versions := append(released(), preview)
	s, err := model.Parse(marshal(t, importSpecs(t, versions...)))
	if err != nil {
		t.Fatal(err)
	}
	for _, version := range versions {
		t.Run(version, func(t *testing.T) { compareView(t, s, compileSpec(t, version)) })
	}
}

// compareView compares a release with its view, apart from what view says the
// union does not keep.
func compareView(t *testing.T, s *model.Schema, want *Release) {
	t.Helper()
	got, err := view(s, want.Version)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range []*Release{want, got} {
		normalise(r)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-compiled +from the union\n%s", diff)
	}
}

func normalise(r *Release) {
	r.Dictionary, r.Extensions = nil, nil
	for name := range r.Profiles {
		r.Profiles[name] = ""
	}
	for _, s := range r.Types {
		s.Caption = ""
	}
	for _, object := range r.Objects {
		// Only what a class admits is kept: that of objects follows from it.
		object.Caption, object.Profiles = "", nil
	}
	// A category without a class of its own in the release can not be seen.
	used := map[string]bool{}
	for _, class := range r.Classes {
		used[class.Category] = true
	}
	maps.DeleteFunc(r.Categories, func(name string, _ Category) bool { return !used[name] })
	for _, items := range []map[string]*Item{r.Classes, r.Objects} {
		for _, item := range items {
			for _, a := range item.Attributes {
				a.Caption, a.Group, a.Extension = "", "", ""
				if a.Type == "integer_t" {
					a.Type = "long_t"
				}
				if item.Attributes[a.Sibling] == nil {
					a.Sibling = "" // a sibling that the item lacks can not be set
				}
			}
		}
	}
}
