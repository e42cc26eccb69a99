package emit

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/secmodel/secmodel/internal/model"
)

// maxVersions is how many versions a wire.Versions has room for.
const maxVersions = 32

// sets writes version sets as Go expressions over constants named after the
// versions where a range starts and ends. So a set whose meaning stays the same
// is written the same when a version is added; and only constants that are used
// are declared.
type sets struct {
	versions     []model.Version
	names        []string // of the versions, as parts of identifiers
	all          bool     // whether the constants are used
	since, until []bool
}

func newSets(versions []model.Version) (*sets, error) {
	if len(versions) > maxVersions {
		return nil, fmt.Errorf("%d versions, but tables have room for %d", len(versions), maxVersions)
	}
	s := &sets{versions: versions, since: make([]bool, len(versions)), until: make([]bool, len(versions))}
	for _, v := range versions {
		name := versionName(v.Name)
		if name == "" || slices.Contains(s.names, name) {
			return nil, fmt.Errorf("version %q: its name cannot be told from another's in Go", v.Name)
		}
		s.names = append(s.names, name)
	}
	return s, nil
}

// versionName makes a part of an identifier: "2.D.V08" is 2DV08, and "1.8.0",
// where digits would run together, is 1_8_0.
func versionName(name string) string {
	var b strings.Builder
	var last rune
	gap := false
	for _, r := range name {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			gap = true
			continue
		}
		if gap && unicode.IsDigit(last) && unicode.IsDigit(r) {
			b.WriteByte('_')
		}
		gap = false
		last = r
		b.WriteRune(r)
	}
	return b.String()
}

// ranges splits a set into ranges of known versions. The last one is open if
// the set goes on beyond the newest version.
func (s *sets) ranges(set model.Set) (list []versionRange) {
	n := len(s.versions)
	for i := 0; i < n; i++ {
		if !set.Has(i) {
			continue
		}
		r := versionRange{from: i}
		for i+1 < n && set.Has(i+1) {
			i++
		}
		r.to = i
		r.open = i == n-1 && set>>n == model.All>>n
		list = append(list, r)
	}
	return list
}

type versionRange struct {
	from, to int // both included
	open     bool
}

// expr gives a set as Go source, "0" for the empty one.
func (s *sets) expr(set model.Set) string {
	if set == model.All {
		s.all = true
		return "all"
	}
	var list []string
	for _, r := range s.ranges(set) {
		since, until := "since"+s.names[r.from], "until"+s.names[r.to]
		if r.from > 0 {
			s.since[r.from] = true
		}
		if !r.open {
			s.until[r.to] = true
		}
		switch {
		case r.open && r.from == 0:
			s.all = true
			list = append(list, "all")
		case r.open:
			list = append(list, since)
		case r.from == 0:
			list = append(list, until)
		default:
			list = append(list, since+"&"+until)
		}
	}
	if len(list) == 0 {
		return "0"
	}
	return strings.Join(list, "|")
}

// absent gives the complement of a set.
func (s *sets) absent(in model.Set) string { return s.expr(^in) }

// words gives a set for people, as "since 2.D.V04" or "in 2.D.V02 to 2.D.V06";
// "" stands for every version.
func (s *sets) words(set model.Set) string {
	list := s.ranges(set)
	if len(list) == 1 {
		r := list[0]
		switch {
		case r.open && r.from == 0:
			return ""
		case r.open:
			return "since " + s.versions[r.from].Name
		case r.from == 0 && r.to > 0:
			return "until " + s.versions[r.to].Name
		}
	}
	var text []string
	for _, r := range list {
		from, to := s.versions[r.from].Name, s.versions[r.to].Name
		switch {
		case r.open:
			text = append(text, "since "+from)
		case r.from == r.to:
			text = append(text, "in "+from)
		default:
			text = append(text, "in "+from+" to "+to)
		}
	}
	if len(text) == 0 {
		return "in no version"
	}
	return strings.Join(text, ", ")
}

// write declares the constants that expr has used.
func (s *sets) write(w *writer) {
	if !s.all && !slices.Contains(s.since, true) && !slices.Contains(s.until, true) {
		return
	}
	w.line("")
	w.line("// Sets of versions; those that go on include versions to come.")
	w.line("const (")
	if s.all {
		w.line("// Every version.")
		w.line("all = ^wire.Versions(0)")
	}
	for i, v := range s.versions {
		if s.since[i] {
			w.line("// From %s on.", v.Name)
			w.line("since%s = ^wire.Versions(1<<%d - 1)", s.names[i], i)
		}
		if s.until[i] {
			w.line("// Up to %s, which is included.", v.Name)
			w.line("until%s = wire.Versions(1<<%d - 1)", s.names[i], i+1)
		}
	}
	w.line(")")
}
