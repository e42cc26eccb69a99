package ocsf

import (
	"strconv"
	"strings"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

// Observables returns what the observables of an event are by its release: one
// for each value of an attribute to which the release gives the number of an
// observable type, as such or as an attribute of its data type, and for each
// object of such a type. They are not looked up in the event's own list, and
// that is not changed; Enrich adds them to it.
//
// Name is the path of the attribute, with [] after the name of a list, as in
// "answers[].rdata"; TypeID and Type are the number and its caption. Value is
// the value as text; an object has none. What is the same in all these is
// listed once. The order is that of the schema's attributes and the event's
// lists, with the attributes of an object before those of the objects within it.
//
// Attributes that the release does not have with the event's profiles, values
// of a wrong type, and what is in free-form JSON, such as unmapped, are no
// observables. Of the options, WithVersion goes by another release than the
// event's own.
func Observables(e Event, opts ...secmodel.Option) []Observable {
	w := newWalk(e, secmodel.NewOptions(opts...))
	return w.observables()
}

// sighting is what tells observables apart.
type sighting struct {
	name  string // path, without the brackets of lists
	typ   ObservableTypeID
	value string
	none  bool // there is no value
}

// sightingOf returns what tells an observable from others; ok is false if it
// lacks a name or number. "answers[].rdata", "answers[0].rdata" and
// "answers.rdata" are the same: which answer it is says the value.
func sightingOf(o *Observable) (id sighting, ok bool) {
	if o.Name == nil || o.TypeID == nil {
		return id, false
	}
	id = sighting{name: *o.Name, typ: *o.TypeID, value: secmodel.Or(o.Value, ""), none: o.Value == nil}
	if strings.IndexByte(id.name, '[') >= 0 {
		path, ok := wire.ParsePath(id.name)
		if !ok {
			return id, false
		}
		names := make([]string, len(path))
		for i, step := range path {
			names[i] = step.Name
		}
		id.name = strings.Join(names, ".")
	}
	return id, true
}

func (w *walk) observables() []Observable {
	var list []Observable
	seen := map[sighting]bool{}
	w.objects(func(n wire.Node) {
		fields := n.Type().Fields
		for i := range fields {
			f := &fields[i]
			number := f.ObservableType(w.version)
			count := n.Len(f)
			if number == 0 || count == 0 || !w.admits(f) {
				continue
			}
			typ := observableTypeIDEnum.Find(int64(number), w.version)
			if typ < 0 {
				continue
			}
			name := w.name(f, count)
			for j := range count {
				o := Observable{
					Name:   new(name),
					Type:   new(observableTypeIDEnum.Title(typ, w.version)),
					TypeID: new(ObservableTypeID(number)),
				}
				if f.Kind != wire.Object && f.Kind != wire.Objects {
					text, ok := textOf(n.Value(f, j))
					if !ok {
						continue
					}
					o.Value = new(text)
				}
				if id, _ := sightingOf(&o); !seen[id] {
					seen[id] = true
					list = append(list, o)
				}
			}
		}
	})
	return list
}

// name returns the path of an attribute of the object at hand, which has so many
// values.
func (w *walk) name(f *wire.Field, count int) string {
	var name []byte
	for _, s := range w.path {
		name = append(name, s.field.Name()...)
		if s.index >= 0 {
			name = append(name, "[]"...)
		}
		name = append(name, '.')
	}
	name = append(name, f.Name()...)
	if !f.Single(w.version, count) {
		name = append(name, "[]"...)
	}
	return string(name)
}

// textOf returns the text of a scalar; ok is false for free-form JSON.
func textOf(value any) (text string, ok bool) {
	switch v := value.(type) {
	case string:
		return v, true
	case int64:
		return strconv.FormatInt(v, 10), true
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64), true
	case bool:
		return strconv.FormatBool(v), true
	}
	return "", false
}
