package idmefv2

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel/wire"
)

var updateMappings = flag.Bool("update-mappings", false, "rewrite testdata/mappings.txt")

// Values of the published mapping that no draft has, though producers do.
var inTheField = []string{"Information.LoginSuccess", "BruteForce-SSH"}

// TestMappings holds the tables against the enumerations: every value is one,
// no draft has both a value and the first of its counterparts for a renaming, and
// each counterpart is needed in some draft.
func TestMappings(t *testing.T) {
	for _, table := range []struct {
		name     string
		mappings []mapping
		enum     *wire.Enum
	}{
		{"categories", categories, &categoryEnum},
		{"analyzerCategories", analyzerCategories, &analyzerCategoryEnum},
		{"analyzerData", analyzerData, &analyzerDataEnum},
		{"analyzerMethods", analyzerMethods, &analyzerMethodEnum},
		{"statuses", statuses, &statusEnum},
		{"entitySectors", entitySectors, &entitySectorEnum},
	} {
		seen := map[string]bool{}
		for _, m := range table.mappings {
			if seen[m.value] {
				t.Errorf("%s: %s is there twice", table.name, m.value)
			}
			seen[m.value] = true
			if !slices.Contains(table.enum.Strings, m.value) && !slices.Contains(inTheField, m.value) {
				t.Errorf("%s: %s is no value", table.name, m.value)
			}
			if len(m.to) == 0 {
				t.Errorf("%s: %s has no counterpart", table.name, m.value)
			}
			for _, to := range m.to {
				if to == "" {
					continue
				}
				if !slices.Contains(table.enum.Strings, to) {
					t.Errorf("%s: %s becomes %s, which is no value", table.name, m.value, to)
				}
				used := false
				for v := range versionEnum.Strings {
					if w, ok := translate(m.value, table.enum, table.mappings, v); ok && w == to {
						used = true
					}
				}
				if !used {
					t.Errorf("%s: %s never becomes %s", table.name, m.value, to)
				}
			}
		}
	}
	if n := len(entitySectors); n != 2*41 {
		t.Errorf("%d sectors, draft 08 renamed 41", n)
	}
}

// TestSectors maps every sector of draft 07 to 08 and of 08 to 07, and back.
func TestSectors(t *testing.T) {
	const v07, v08 = 5, 6
	for i, sector := range entitySectorEnum.Strings {
		for _, way := range [][2]int{{v07, v08}, {v08, v07}} {
			if !hasValue(&entitySectorEnum, i, way[0]) {
				continue
			}
			there, ok := translate(sector, &entitySectorEnum, entitySectors, way[1])
			back, okBack := translate(there, &entitySectorEnum, entitySectors, way[0])
			if !ok || !okBack || back != sector {
				t.Errorf("%s becomes %s becomes %s", sector, there, back)
			}
		}
	}
}

// TestEveryValue compares what becomes of every value of every enumeration that
// is mapped with testdata/mappings.txt.
func TestEveryValue(t *testing.T) {
	var b strings.Builder
	for _, way := range [][2]int{{4, 5}, {5, 4}, {4, 6}, {6, 4}, {5, 6}, {6, 5}} {
		fmt.Fprintf(&b, "# %s to %s\n", table.Versions[way[0]], table.Versions[way[1]])
		for _, e := range []struct {
			enum     *wire.Enum
			mappings []mapping
		}{
			{&categoryEnum, categories}, {&analyzerCategoryEnum, analyzerCategories}, {&analyzerDataEnum, analyzerData},
			{&analyzerMethodEnum, analyzerMethods}, {&statusEnum, statuses}, {&entitySectorEnum, entitySectors},
		} {
			for i, v := range e.enum.Strings {
				w, ok := translate(v, e.enum, e.mappings, way[1])
				switch {
				case !hasValue(e.enum, i, way[0]) || w == v && ok || strings.HasSuffix(v, "ext-value"):
				case ok:
					fmt.Fprintf(&b, "%s: %s = %s\n", e.enum.Name, v, w)
				case w == "":
					fmt.Fprintf(&b, "%s: %s is left out\n", e.enum.Name, v)
				default:
					fmt.Fprintf(&b, "%s: %s has no counterpart\n", e.enum.Name, v)
				}
			}
		}
	}
	file := filepath.Join("testdata", "mappings.txt")
	if *updateMappings {
		if err := os.MkdirAll("testdata", 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(b.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(b.String(), "\n")); diff != "" {
		t.Error(diff)
	}
}
