package idmefv2

import (
	"slices"
	"testing"

	"github.com/secmodel/secmodel/wire"
)

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
