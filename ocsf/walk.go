package ocsf

import (
	"slices"
	"strconv"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

// Attribute is a value in an event, and where it stands.
type Attribute struct {
	// Pointer is the JSON Pointer (RFC 6901) of the value in the event.
	Pointer string `json:"pointer"`
	Value   any    `json:"value"`
}

// walk goes through an event by the attributes that its release has with its
// profiles.
type walk struct {
	event    Event
	version  int    // index of the release
	profiles uint64 // bits of table.Profiles
	path     []step // to the object at hand
}

// step leads from an object to one within it.
type step struct {
	field *wire.Field
	index int // of an element; -1 for what is no element
}

// maxNesting bounds the way into an event made by hand, which may contain itself.
const maxNesting = 1000

func newWalk(e Event, o secmodel.Options) walk {
	w := walk{event: e}
	_, w.version, _ = wire.VersionOf(e)
	if o.Version != "" {
		w.version, _ = table.VersionIndex(o.Version)
	}
	if m := e.Common().Metadata; m != nil {
		names := m.Profiles
		if names == nil { // perhaps a list of which not every element is a string
			list, _ := wire.Elements(m.Extra["profiles"])
			for _, element := range list {
				if name, ok := wire.Text(element); ok {
					names = append(names, name)
				}
			}
		}
		for _, name := range names {
			if p := slices.Index(table.Profiles, name); p >= 0 && (table.ProfileAbsent == nil || table.ProfileAbsent[p]>>w.version&1 == 0) {
				w.profiles |= 1 << p
			}
		}
	}
	return w
}

// admits reports whether an attribute exists, as the type that it has here.
func (w *walk) admits(f *wire.Field) bool {
	return f.Admits(w.version, w.profiles) && !f.Retyped(w.version)
}

// objects calls visit with the event and every object within it, each before
// those within it. The path of the walk leads to the object.
func (w *walk) objects(visit func(n wire.Node)) {
	w.from(wire.NodeOf(w.event), visit)
	w.path = w.path[:0]
}

// from is objects from n on; it reports whether to go on, which ends where
// objects are nested too deeply.
func (w *walk) from(n wire.Node, visit func(n wire.Node)) bool {
	if len(w.path) == maxNesting {
		return false
	}
	visit(n)
	fields := n.Type().Fields
	for i := range fields {
		f := &fields[i]
		if f.Kind != wire.Object && f.Kind != wire.Objects || !n.Has(f) || !w.admits(f) {
			continue
		}
		count := n.Len(f)
		w.path = append(w.path, step{f, -1})
		for j := range count {
			if !f.Single(w.version, count) {
				w.path[len(w.path)-1].index = j
			}
			if !w.from(n.Child(f, j), visit) {
				return false
			}
		}
		w.path = w.path[:len(w.path)-1]
	}
	return true
}

// pointer returns the JSON Pointer of an attribute of the object at hand.
func (w *walk) pointer(f *wire.Field) string {
	var p []byte
	for _, s := range w.path {
		p = wire.AppendPointer(p, s.field.Name())
		if s.index >= 0 {
			p = appendIndex(p, s.index)
		}
	}
	return string(wire.AppendPointer(p, f.Name()))
}

func appendIndex(pointer []byte, i int) []byte {
	return strconv.AppendInt(append(pointer, '/'), int64(i), 10)
}

// absent reports whether an attribute is not there. A null is none.
func absent(n wire.Node, f *wire.Field) bool {
	if n.Has(f) {
		return false
	}
	raw, ok := n.Extra()[f.Name()]
	return !ok || string(raw) == "null"
}
