package ocsf

import (
	"slices"
	"strconv"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

// Reduce takes out of an event what Enrich fills in again exactly as it was, by
// its release: captions, type_uid and type_name, category_uid and category_name,
// class_name, and observables. It returns what it has taken out, the place of
// each as it was before. class_uid stays, for Unmarshal to go by, and so do the
// numbers of enumerations.
//
// What differs from what Enrich would fill stays: a wrong caption, that of the
// value 99 (other), an observable with a reputation, and those before it in the
// list. The option SkipObservables leaves observables alone.
//
// The result is meant to be stored or sent to where it is enriched again: a
// release demands type_uid and category_uid, and in some objects captions.
// Enrich gives the same for an event and for what Reduce makes of it: the event
// itself, if it was enriched. Reduce gives the same for an event and for what
// Enrich makes of it, if that had no number to fill but type_uid and
// category_uid.
//
// Reduce changes e; clone it first to keep it. Of the options, WithVersion goes
// by another release than the event's own.
func Reduce(e Event, opts ...secmodel.Option) []Attribute {
	o := secmodel.NewOptions(opts...)
	r, ok := newRedundancy(e, o)
	if !ok {
		return nil
	}
	if !o.SkipObservables {
		r.removeObservables()
	}
	// category_name and type_name follow from numbers that may be gone already.
	category, hadCategory := r.borrow("category_uid", int64(r.class.CategoryUID()), r.hasCategory())
	uid, follows := r.typeUID()
	typ, hadType := r.borrow("type_uid", uid, follows)

	r.objects(r.removeCaptions)
	if f := r.field("type_name"); r.root.Has(f) && **r.root.Text(f) != "" && **r.root.Text(f) == r.typeName() {
		r.removeText(r.root, f)
	}
	r.giveBack(category, hadCategory)
	r.giveBack(typ, hadType)
	return r.list
}

// borrow sets a number of the event that follows from the rest, if it is absent.
// It returns the attribute if it has that number now, and whether it had before.
func (r *redundancy) borrow(name string, number int64, follows bool) (f *wire.Field, had bool) {
	f = r.field(name)
	if !follows {
		return nil, false
	}
	if absent(r.root, f) {
		*r.root.Int(f) = &number
		return f, false
	}
	if n := *r.root.Int(f); n == nil || *n != number {
		return nil, false
	}
	return f, true
}

// giveBack removes a number that borrow returned.
func (r *redundancy) giveBack(f *wire.Field, had bool) {
	if f == nil {
		return
	}
	if had {
		r.changed(f, **r.root.Int(f))
	}
	*r.root.Int(f) = nil
}

// removeCaptions removes the captions that follow from numbers.
func (r *redundancy) removeCaptions(n wire.Node) {
	for f, s := range r.pairs(n.Type()) {
		if !n.Has(f) || !n.Has(s) {
			continue
		}
		if f.Kind == wire.Int {
			if **n.Text(s) != "" && **n.Text(s) == r.caption(f.Scalar.Enum, **n.Int(f)) {
				r.removeText(n, s)
			}
			continue
		}
		if list := *n.Texts(s); len(list) > 0 && slices.Equal(list, r.captions(f.Scalar.Enum, *n.Ints(f))) {
			*n.Texts(s) = nil
			r.changed(s, list)
		}
	}
}

func (r *redundancy) removeText(n wire.Node, f *wire.Field) {
	text := **n.Text(f)
	*n.Text(f) = nil
	r.changed(f, text)
}

// removeObservables cuts the list of observables where Enrich continues it as it
// was: each of the rest is as found in the event, in the order in which Enrich
// adds them, and not listed before.
func (r *redundancy) removeObservables() {
	f := r.field("observables")
	if !r.admits(f) || !r.root.Has(f) {
		return
	}
	found := r.observables()
	place := wire.ListOf[Observable](r.root, f)
	list := *place

	index := map[sighting]int{} // in found
	for i := range found {
		id, _ := sightingOf(&found[i])
		index[id] = i
	}
	first := make([]int, len(found)) // where it is listed first
	for i := range first {
		first[i] = len(list)
	}
	which := make([]int, len(list)) // found that is listed here, -1 if none
	for i := len(list) - 1; i >= 0; i-- {
		which[i] = -1
		if id, ok := sightingOf(&list[i]); ok {
			if j, ok := index[id]; ok {
				which[i], first[j] = j, i
			}
		}
	}
	// Enrich adds what is not listed at all after the rest.
	next := slices.Index(first, len(list))
	if next < 0 {
		next = len(found)
	}
	cut := len(list)
	for cut > 0 {
		j := which[cut-1]
		if j < 0 || j >= next || first[j] != cut-1 || !restorable(&list[cut-1], &found[j]) {
			break
		}
		next = j
		cut--
	}
	for i := cut; i < len(list); i++ {
		r.list = append(r.list, Attribute{Pointer: "/observables/" + strconv.Itoa(i), Value: list[i]})
	}
	switch {
	case cut == 0 && len(found) > 0:
		*place = nil
	case cut < len(list):
		*place = slices.Clone(list[:cut])
	}
}

// restorable reports whether an observable is as found in the event. The caption
// of its number may be absent.
func restorable(o, found *Observable) bool {
	return *o.Name == *found.Name && (o.Type == nil || *o.Type == *found.Type) &&
		o.EventUID == nil && o.Reputation == nil && o.TypeUID == nil && len(o.Extra) == 0
}
