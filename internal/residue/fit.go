package residue

import (
	"slices"

	"github.com/secmodel/secmodel"
)

// Fit removes from a document what a check objects to, until it objects to
// nothing that can be removed: it returns what it objects to then. remedy says
// which value to remove for a violation, by its pointer, that of the violation
// or of something around it; "" for none. It sees the document as it is then. An
// array of which every element was removed goes too.
func Fit(doc map[string]any, check func(map[string]any) ([]secmodel.Violation, error),
	remedy func(secmodel.Violation) (pointer string)) (rest []secmodel.Violation, err error) {
	for {
		rest, err = check(doc)
		if err != nil {
			return nil, err
		}
		// From the end, so that no index moves before it has been used.
		order := slices.Clone(rest)
		slices.SortStableFunc(order, func(a, b secmodel.Violation) int { return Compare(b.Pointer, a.Pointer) })
		var removed []string
		for _, v := range order {
			if slices.ContainsFunc(removed, func(outer string) bool { return within(v.Pointer, outer) }) {
				continue
			}
			pointer := remedy(v)
			if pointer == "" || !Remove(doc, pointer) {
				continue
			}
			removed = append(removed, pointer)
			parent, _ := Parent(pointer)
			if list, ok := Get(doc, parent); ok {
				if list, ok := list.([]any); ok && len(list) == 0 {
					Remove(doc, parent)
					removed = append(removed, parent)
				}
			}
		}
		if len(removed) == 0 {
			return rest, nil
		}
	}
}

// Notes collects what a conversion has to say of the source's values, by
// pointer.
type Notes map[string]secmodel.Change

// Add says something of a value; what is said of it twice is joined.
func (n Notes) Add(code, pointer, target, note string) {
	if n == nil {
		return
	}
	c, again := n[pointer]
	if again {
		if c.Note != note {
			c.Note += "; " + note
		}
	} else {
		c = secmodel.Change{Severity: secmodel.Warning, Code: code, Pointer: pointer, Target: target, Note: note}
	}
	n[pointer] = c
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
		c, ok := n[e.Pointer]
		if !ok {
			c = secmodel.Change{
				Severity: secmodel.Warning, Code: secmodel.ChangeCarried, Pointer: e.Pointer, Note: "the target has no place for it",
			}
		}
		c.Value = e.value()
		list = append(list, c)
	}
	return list
}
