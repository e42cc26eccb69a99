package residue

import (
	"slices"
	"strings"

	"github.com/secmodel/secmodel"
)

// Remedy says which values to remove for a violation, by their pointers; none if
// nothing helps. Indexes are those that the violation was found with: elements
// that were removed since are null in the document. left counts those that are
// left of the array at a pointer, which has so many.
type Remedy func(v secmodel.Violation, left func(list string, elements int) int) []string

// Fit removes from a document what a check objects to, until it objects to
// nothing that can be removed: it returns what it objects to then. remedy says
// what to remove for a violation: its value, or something around or beside it.
// An array of which every element was removed goes too.
func Fit(doc map[string]any, check func(map[string]any) ([]secmodel.Violation, error), remedy Remedy) (rest []secmodel.Violation, err error) {
	for {
		rest, err = check(doc)
		if err != nil {
			return nil, err
		}
		// What is contained first, so that what contains it may stay.
		order := slices.Clone(rest)
		slices.SortStableFunc(order, func(a, b secmodel.Violation) int { return Compare(b.Pointer, a.Pointer) })
		removed := 0
		last := "" // what was removed; in this order only the last one may contain the next
		holes := map[string]int{}
		left := func(list string, elements int) int { return elements - holes[list] }
		for _, v := range order {
			if last != "" && within(v.Pointer, last) {
				continue
			}
			for _, pointer := range remedy(v, left) {
				if !remove(doc, pointer, holes) {
					continue
				}
				removed++
				if within(v.Pointer, pointer) {
					last = pointer
				}
			}
		}
		if removed == 0 {
			return rest, nil
		}
		sweep(doc, false)
	}
}

// remove takes the value at a pointer away, and counts it among the holes of its
// array. It reports whether there was one.
func remove(doc map[string]any, pointer string, holes map[string]int) bool {
	tokens, ok := Split(pointer)
	if !ok || len(tokens) == 0 {
		return false
	}
	removed := false
	edit(doc, tokens, func(value any, present bool) (any, bool) {
		removed = present && value != (hole{})
		return nil, false
	})
	if removed {
		parent, _ := Parent(pointer)
		holes[parent]++ // of no use where it is an object
	}
	return removed
}

// Notes collects what a conversion has to say of the source's values, by
// pointer.
type Notes map[string]*remark

// remark is what is said of one value.
type remark struct {
	change secmodel.Change // without its note
	notes  []string
}

// maxNotes is how many notes on one value are kept: a list of many values may
// have something to say of each.
const maxNotes = 10

// Add says something of a value; what is said of it twice is joined.
func (n Notes) Add(code, pointer, target, note string) {
	if n == nil {
		return
	}
	r := n[pointer]
	if r == nil {
		r = &remark{change: secmodel.Change{Severity: secmodel.Warning, Code: code, Pointer: pointer, Target: target}}
		n[pointer] = r
	}
	switch {
	case len(r.notes) > maxNotes || slices.Contains(r.notes, note):
	case len(r.notes) == maxNotes:
		r.notes = append(r.notes, "and more")
	default:
		r.notes = append(r.notes, note)
	}
}

// Changes lists what the residue holds of the source, each value with what the
// notes say of it. Notes on values that are not in the residue are of no
// interest: these values come back by conversion alone.
func (n Notes) Changes(r Residue) []secmodel.Change {
	list := []secmodel.Change{}
	for i := range r.Entries {
		e := &r.Entries[i]
		if e.Gone {
			continue // the source has nothing there
		}
		c := secmodel.Change{
			Severity: secmodel.Warning, Code: secmodel.ChangeCarried, Pointer: e.Pointer, Note: "the target has no place for it",
		}
		if r := n[e.Pointer]; r != nil {
			c = r.change
			c.Note = strings.Join(r.notes, "; ")
		}
		c.Value = e.value()
		list = append(list, c)
	}
	return list
}
