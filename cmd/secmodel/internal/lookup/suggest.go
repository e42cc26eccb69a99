package lookup

import (
	"fmt"
	"slices"
	"strings"
)

// most is how many names an error proposes.
const most = 5

// unknown is the error for a name that there is not, with those known that are
// close to it.
func unknown(name string, known []string) error {
	near := Nearest(name, known)
	if len(near) == 0 {
		return fmt.Errorf("%w: no class, object, attribute, type, value or code is called %q", ErrUnknown, name)
	}
	return fmt.Errorf("%w: no class, object, attribute, type, value or code is called %q; did you mean %s?", ErrUnknown, name, strings.Join(near, ", "))
}

// Nearest returns the known names that differ least from a name: those in which
// few letters differ, then those that it is a part of.
func Nearest(name string, known []string) []string {
	const longest = 64 // longer names are not misspelt names
	name = strings.ToLower(name)
	if len(name) > longest {
		return nil
	}
	allowed := 1 + len(name)/5
	type candidate struct {
		name     string
		distance int
	}
	var list []candidate
	for _, k := range known {
		lower := strings.ToLower(k)
		d := distance(name, lower)
		if len(name) > 3 && strings.Contains(lower, name) {
			d = min(d, allowed)
		}
		if d <= allowed {
			list = append(list, candidate{k, d})
		}
	}
	slices.SortStableFunc(list, func(a, b candidate) int { return a.distance - b.distance })
	var near []string
	for _, c := range list {
		if len(near) < most && !slices.Contains(near, c.name) {
			near = append(near, c.name)
		}
	}
	return near
}

// distance is how many letters must be replaced, added or taken away to make b
// of a (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := before
			if a[i] != b[j] {
				cost++
			}
			before = row[j+1]
			row[j+1] = min(cost, before+1, row[j]+1)
		}
	}
	return row[len(b)]
}
