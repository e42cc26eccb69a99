// Package residue keeps what a conversion of a JSON document cannot express.
//
// Where f converts a document A and g converts back, Diff(g(f(A)), A) is the
// residue: all in which A differs from what comes back by conversion alone. It
// travels with the converted document (see [Carrier]), and Apply(g(f(A)),
// residue) is A again, for every A and whatever f and g do; the better they
// are, the smaller the residue.
//
// The residue is three-way: an entry knows what g gave for a value when the
// residue was made, and is applied only if it gives that still. So if someone
// edited the converted document in between, the edit wins, and is reported.
//
// All of it depends on the documents alone. Numbers are compared as decimals
// and never rounded.
package residue

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strconv"

	"github.com/secmodel/secmodel"
)

// ErrDocument is the error for a text that is not one JSON object.
var ErrDocument = errors.New("residue: not a JSON object")

// Residue is the difference between two documents. The entries are in the order
// of Compare, none of them inside another.
type Residue struct{ Entries []Entry }

// Entry is the difference in one value.
type Entry struct {
	// Pointer is the JSON Pointer of the value.
	Pointer string
	// Was is the Digest of the value that is to be replaced, "" if there is to be
	// none.
	Was string
	// Is is the value to be set.
	Is any
	// Gone says that there is no value to be set: the one there is to be removed.
	Gone bool
}

// Diff returns what Apply needs to make is of was. Objects are compared by
// member, arrays of objects by index, all else as a whole.
func Diff(was, is []byte) (Residue, error) {
	a, err := Parse(was)
	if err != nil {
		return Residue{}, errors.Join(ErrDocument, err)
	}
	b, err := Parse(is)
	if err != nil {
		return Residue{}, errors.Join(ErrDocument, err)
	}
	return Between(a, b), nil
}

// Between is Diff for documents in memory. The residue shares memory with is.
func Between(was, is map[string]any) Residue {
	var r Residue
	r.objects(nil, was, is)
	return r
}

func (r *Residue) add(tokens []string, e Entry) {
	e.Pointer = Join(tokens...)
	r.Entries = append(r.Entries, e)
}

func (r *Residue) objects(at []string, was, is map[string]any) {
	names := slices.Collect(maps.Keys(was))
	for name := range is {
		if _, ok := was[name]; !ok {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, compareTokens)
	at = slices.Concat(at, []string{""})
	for _, name := range names {
		at[len(at)-1] = name
		a, had := was[name]
		b, has := is[name]
		switch {
		case !had:
			r.add(at, Entry{Is: b})
		case !has:
			r.add(at, Entry{Was: Digest(a), Gone: true})
		default:
			r.values(at, a, b)
		}
	}
}

func (r *Residue) values(at []string, was, is any) {
	switch a := was.(type) {
	case map[string]any:
		if b, ok := is.(map[string]any); ok {
			r.objects(at, a, b)
			return
		}
	case []any:
		if b, ok := is.([]any); ok && allObjects(a) && allObjects(b) {
			r.lists(at, a, b)
			return
		}
	}
	if !equal(was, is) {
		r.add(at, Entry{Was: Digest(was), Is: is})
	}
}

// lists compares arrays of objects: what both have by index, then what is added
// or removed at the end.
func (r *Residue) lists(at []string, was, is []any) {
	at = slices.Concat(at, []string{""})
	for i := range max(len(was), len(is)) {
		at[len(at)-1] = strconv.Itoa(i)
		switch {
		case i >= len(was):
			r.add(at, Entry{Is: is[i]})
		case i >= len(is):
			r.add(at, Entry{Was: Digest(was[i]), Gone: true})
		default:
			r.objects(at, was[i].(map[string]any), is[i].(map[string]any))
		}
	}
}

func allObjects(list []any) bool {
	for _, v := range list {
		if _, ok := v.(map[string]any); !ok {
			return false
		}
	}
	return true
}

// Apply makes the changes of r to a document. An entry whose value is no longer
// what it was when the residue was made is left out and reported.
func Apply(doc []byte, r Residue) ([]byte, []secmodel.Change, error) {
	v, err := Parse(doc)
	if err != nil {
		return nil, nil, errors.Join(ErrDocument, err)
	}
	changes := r.ApplyTo(v)
	return Text(v), changes, nil
}

// ApplyTo is Apply to a document in memory, which it changes. The document then
// shares no memory with r.
func (r Residue) ApplyTo(doc map[string]any) []secmodel.Change {
	skipped := map[string]secmodel.Change{}
	apply := func(e *Entry) {
		if code, note := e.apply(doc); code != "" {
			skipped[e.Pointer] = secmodel.Change{
				Severity: secmodel.Error, Code: code, Pointer: e.Pointer, Value: e.value(), Note: note,
			}
		}
	}
	// What is removed comes after all else, what is contained first.
	for i := range r.Entries {
		if !r.Entries[i].Gone {
			apply(&r.Entries[i])
		}
	}
	for i := range r.Entries {
		if e := &r.Entries[len(r.Entries)-1-i]; e.Gone {
			apply(e)
		}
	}
	sweep(doc, true)
	changes := slices.Collect(maps.Values(skipped))
	slices.SortFunc(changes, func(a, b secmodel.Change) int { return Compare(a.Pointer, b.Pointer) })
	return changes
}

func (e *Entry) value() json.RawMessage {
	if e.Gone {
		return nil
	}
	return Text(e.Is)
}

// apply makes the change, or says why not.
func (e *Entry) apply(doc map[string]any) (code, note string) {
	tokens, ok := Split(e.Pointer)
	if ok && len(tokens) > 0 {
		_, ok = edit(doc, tokens, func(value any, present bool) (any, bool) {
			switch {
			case !present && e.Was != "":
				note = "what stood for the value has been removed since"
			case present && e.Was == "":
				note = "a value has been added since"
			case present && Digest(value) != e.Was:
				note = "what stood for the value has been edited since"
			default:
				return clone(e.Is), !e.Gone
			}
			code = secmodel.ChangeSuperseded
			return value, present
		})
	}
	if !ok || len(tokens) == 0 {
		return secmodel.ChangeOrphaned, "what the value belonged to has been removed since"
	}
	return code, note
}
