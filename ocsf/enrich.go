package ocsf

import (
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

// Enrich fills in what follows from the rest of an event, by its release, and
// returns what it has filled, in the order in which it did:
//
//   - class_uid and category_uid, from the Go type;
//   - type_uid from the activity, or the activity from type_uid if activity_name
//     does not say otherwise, and type_name;
//   - the caption of each value of an enumeration, in every object, as severity
//     from severity_id; of a list, if every value has one;
//   - the number from the caption, as severity_id from severity, if just one
//     value has that caption, in capitals or not. The caption is then written as
//     the release has it;
//   - observables: those of [Observables] that are not in the list yet, after
//     those that are. The option SkipObservables leaves them out.
//
// What is there stays as it is, a wrong caption too, which is for Check to
// report; a null is not there. The value 99, other, has no caption but the
// source's own: none is filled from it, and it is filled from type_uid only.
// Captions are not looked for in Extra. An event whose class_uid is not the
// number of its Go type, or whose class its release does not have, is left alone,
// and so are objects nested more than 1,000 deep.
//
// Enrich changes e; clone it first to keep it. What is filled is new memory. A
// valid event is valid afterwards, without further warnings, and a second Enrich
// finds nothing to do. Of the options, WithVersion goes by another release than
// the event's own.
func Enrich(e Event, opts ...secmodel.Option) []Attribute {
	o := secmodel.NewOptions(opts...)
	r, ok := newRedundancy(e, o)
	if !ok {
		return nil
	}
	r.fillClass()
	r.objects(r.fillCaptions)
	r.fillType()
	if !o.SkipObservables {
		r.fillObservables()
	}
	return r.list
}

// redundancy is one way through an event that fills or removes what follows from
// the rest of it.
type redundancy struct {
	walk
	class Class
	root  wire.Node
	list  []Attribute // what was filled or removed
}

// newRedundancy prepares to change e; ok is false if its class is in doubt.
func newRedundancy(e Event, o secmodel.Options) (r *redundancy, ok bool) {
	r = &redundancy{walk: newWalk(e, o), class: e.EventClass(), root: wire.NodeOf(e)}
	uid := r.field("class_uid")
	if absent(r.root, uid) {
		if r.class.UID() == 0 {
			return nil, false // of a class that it does not name
		}
	} else if n := *r.root.Int(uid); n == nil || *n != int64(r.class.UID()) {
		return nil, false
	}
	return r, r.class.in(r.version)
}

// field returns an attribute of the class that every class has.
func (r *redundancy) field(name string) *wire.Field {
	t := r.root.Type()
	return &t.Fields[t.Field(name)]
}

// changed takes note of an attribute of the object at hand.
func (r *redundancy) changed(f *wire.Field, value any) {
	r.list = append(r.list, Attribute{Pointer: r.pointer(f), Value: value})
}

// fillClass fills what follows from the Go type, and activity_id.
func (r *redundancy) fillClass() {
	if f := r.field("class_uid"); absent(r.root, f) {
		r.setInt(r.root, f, int64(r.class.UID()))
	}
	if f := r.field("category_uid"); absent(r.root, f) && r.hasCategory() {
		r.setInt(r.root, f, int64(r.class.CategoryUID()))
	}
	r.fillActivity()
}

// fillActivity fills activity_id from type_uid, unless the caption says
// otherwise.
func (r *redundancy) fillActivity() {
	f, s := r.field("activity_id"), r.field("activity_name")
	uid := *r.root.Int(r.field("type_uid"))
	if uid == nil || !absent(r.root, f) {
		return
	}
	id := *uid - int64(r.class.UID())*100
	caption, text := activityTitle(r.root.Type(), id, r.version), *r.root.Text(s)
	same := text != nil && strings.EqualFold(*text, caption)
	if caption == "" || text != nil && same == (id == other) {
		return
	}
	r.setInt(r.root, f, id)
	if same && *text != caption {
		r.setText(r.root, s, caption)
	}
}

// hasCategory reports whether the release has the category of the class.
func (r *redundancy) hasCategory() bool {
	return eventEnum(r.root.Type(), "category_uid").Find(int64(r.class.CategoryUID()), r.version) >= 0
}

// fillType fills type_uid and its caption.
func (r *redundancy) fillType() {
	if f := r.field("type_uid"); absent(r.root, f) {
		if uid, ok := r.typeUID(); ok {
			r.setInt(r.root, f, uid)
		}
	}
	if f := r.field("type_name"); absent(r.root, f) {
		if name := r.typeName(); name != "" {
			r.setText(r.root, f, name)
		}
	}
}

// typeUID returns the type_uid that follows from activity_id; ok is false if
// none does.
func (r *redundancy) typeUID() (uid int64, ok bool) {
	id := *r.root.Int(r.field("activity_id"))
	if id == nil || typeActivity(r.root.Type(), *id, r.version) == "" {
		return 0, false
	}
	return int64(r.class.UID())*100 + *id, true
}

// typeName returns the caption of type_uid, "" if it is not there or has none.
func (r *redundancy) typeName() string {
	uid := *r.root.Int(r.field("type_uid"))
	if uid == nil || *uid == other {
		return ""
	}
	class := int64(r.class.UID())
	return typeTitle(r.root.Type(), class, *uid-class*100, r.version)
}

// fillCaptions fills captions from numbers, and numbers from captions.
func (r *redundancy) fillCaptions(n wire.Node) {
	for f, s := range r.pairs(n.Type()) {
		if f.Kind == wire.Int {
			r.fillCaption(n, f, s)
		} else {
			r.fillList(n, f, s)
		}
	}
}

func (r *redundancy) fillCaption(n wire.Node, f, s *wire.Field) {
	e := f.Scalar.Enum
	if number := *n.Int(f); number != nil {
		if caption := r.caption(e, *number); caption != "" && absent(n, s) {
			r.setText(n, s, caption)
		}
		return
	}
	text := *n.Text(s)
	if text == nil || !absent(n, f) || f == r.field("activity_id") && r.root.Has(r.field("type_uid")) {
		return
	}
	number, caption, ok := r.number(e, *text)
	if !ok {
		return
	}
	r.setInt(n, f, number)
	if *text != caption {
		r.setText(n, s, caption)
	}
}

// fillList is fillCaption for lists. A list is filled whole or not at all.
func (r *redundancy) fillList(n wire.Node, f, s *wire.Field) {
	e := f.Scalar.Enum
	if n.Has(f) {
		if captions := r.captions(e, *n.Ints(f)); captions != nil && absent(n, s) {
			*n.Texts(s) = captions
			r.changed(s, slices.Clone(captions))
		}
		return
	}
	texts := *n.Texts(s)
	if len(texts) == 0 || !absent(n, f) {
		return
	}
	numbers, captions, same := make([]int64, len(texts)), make([]string, len(texts)), true
	for i, text := range texts {
		var ok bool
		if numbers[i], captions[i], ok = r.number(e, text); !ok {
			return
		}
		same = same && captions[i] == text
	}
	*n.Ints(f) = numbers
	r.changed(f, slices.Clone(numbers))
	if !same {
		*n.Texts(s) = captions
		r.changed(s, slices.Clone(captions))
	}
}

func (r *redundancy) setInt(n wire.Node, f *wire.Field, value int64) {
	*n.Int(f) = &value
	r.changed(f, value)
}

func (r *redundancy) setText(n wire.Node, f *wire.Field, value string) {
	*n.Text(f) = &value
	r.changed(f, value)
}

// pairs gives the enumerations of an object, and the attributes that hold the
// captions of their values: an Int and a String, or Ints and Strings.
func (w *walk) pairs(t *wire.Type) iter.Seq2[*wire.Field, *wire.Field] {
	return func(yield func(number, caption *wire.Field) bool) {
		for i := range t.Fields {
			f := &t.Fields[i]
			if f.More == nil || f.More.Sibling == 0 || f.More.SiblingAbsent>>w.version&1 != 0 ||
				f.Scalar == nil || f.Scalar.Enum == nil || f.Scalar.Enum.Ints == nil {
				continue
			}
			s := &t.Fields[f.More.Sibling-1]
			fits := f.Kind == wire.Int && s.Kind == wire.String || f.Kind == wire.Ints && s.Kind == wire.Strings
			if fits && w.admits(f) && w.admits(s) && !yield(f, s) {
				return
			}
		}
	}
}

// caption returns the caption of a number, "" if it has none of its own.
func (w *walk) caption(e *wire.Enum, number int64) string {
	if number == other {
		return ""
	}
	return title(e, number, w.version)
}

// captions returns the captions of all numbers, nil if one has none or there are
// no numbers.
func (w *walk) captions(e *wire.Enum, numbers []int64) []string {
	var list []string
	for _, number := range numbers {
		caption := w.caption(e, number)
		if caption == "" {
			return nil
		}
		list = append(list, caption)
	}
	return list
}

// number returns the value that alone has a caption, in capitals or not; ok is
// false if there is none. Deprecated values do not count.
func (w *walk) number(e *wire.Enum, text string) (number int64, caption string, ok bool) {
	for i, value := range e.Ints {
		if value == other || e.Find(value, w.version) < 0 || e.DeprecatedSince(i, w.version) != "" {
			continue
		}
		if t := e.Title(i, w.version); t != "" && strings.EqualFold(t, text) {
			if ok {
				return 0, "", false
			}
			number, caption, ok = value, t, true
		}
	}
	return number, caption, ok
}

// fillObservables adds what the list of observables lacks.
func (r *redundancy) fillObservables() {
	f := r.field("observables")
	if !r.admits(f) || !absent(r.root, f) && !r.root.Has(f) {
		return
	}
	found := r.observables()
	if len(found) == 0 {
		return
	}
	place := wire.ListOf[Observable](r.root, f)
	listed := map[sighting]bool{}
	for i := range *place {
		if id, ok := sightingOf(&(*place)[i]); ok {
			listed[id] = true
		}
	}
	// The list may have room behind it that is not its own.
	list := (*place)[:len(*place):len(*place)]
	for i := range found {
		if id, _ := sightingOf(&found[i]); !listed[id] {
			r.list = append(r.list, Attribute{Pointer: "/observables/" + strconv.Itoa(len(list)), Value: *found[i].Clone()})
			list = append(list, found[i])
		}
	}
	*place = list
}
