package ocsf

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/secmodel/secmodel/wire"
)

// Errors of Get.
var (
	// ErrPath: a text is not the path of an attribute.
	ErrPath = errors.New("malformed path")
	// ErrNoAttribute: the class has no attribute at a path, in any release.
	ErrNoAttribute = errors.New("no such attribute")
)

// Get returns the values at the path of an attribute, as "src_endpoint.ip": all
// of them in the order of the event, each with its place; none if the attribute
// is absent or null.
//
// A path is names with dots between them. Where a list stands, the path goes to
// all its elements, or to the one with an index: "answers.rdata" and
// "answers[].rdata" are all, "answers[0].rdata" is that of the first. So is the
// path of a list itself the elements of it. The names of observables are such
// paths.
//
// A value is a string, int64 (the numbers of enumerations and times in
// milliseconds included), float64 or bool. An object is a pointer to its type,
// as *User, within the event. What is in free-form JSON, as in
// "unmapped.vendor.rule", or in the Extra of an object, is found too, also where
// no class has such an attribute: there an integer that int64 holds is one,
// another number is a float64, and an object, or a list in a list, is a
// json.RawMessage that shares memory with the event.
//
// The error wraps ErrPath, or ErrNoAttribute if neither the class of the event,
// in any release, nor the event has such an attribute. An index beyond a list is
// no error.
func Get(e Event, path string) ([]Attribute, error) {
	steps, ok := wire.ParsePath(path)
	if !ok {
		return nil, fmt.Errorf("ocsf: %w: %q", ErrPath, path)
	}
	g := getter{event: e}
	_, g.version, _ = wire.VersionOf(e)
	g.node(wire.NodeOf(e), steps, nil)
	if g.list == nil {
		if err := attributeOf(wire.NodeOf(e).Type(), steps); err != nil {
			return nil, fmt.Errorf("ocsf: %s: %w", path, err)
		}
	}
	return g.list, nil
}

// attributeOf returns an error if a type has no attribute at a path. What is
// within free-form JSON nothing is known of.
func attributeOf(t *wire.Type, path []wire.PathStep) error {
	for i, step := range path {
		k := t.Field(step.Name)
		if k < 0 {
			return fmt.Errorf("%w: %s has no %q", ErrNoAttribute, t.Name, step.Name)
		}
		f := &t.Fields[k]
		switch f.Kind {
		case wire.Raw, wire.Raws:
			return nil
		case wire.Object, wire.Objects:
			t = table.Types[f.Child]
		default:
			if i < len(path)-1 {
				return fmt.Errorf("%w: %s has no attributes", ErrNoAttribute, step.Name)
			}
		}
		if step.List && !f.Kind.List() {
			return fmt.Errorf("%w: %s is no list", ErrNoAttribute, step.Name)
		}
	}
	return nil
}

// getter collects the values at a path.
type getter struct {
	event   Event
	version int
	fields  []*wire.Field // to the object at hand
	list    []Attribute
}

func (g *getter) add(pointer []byte, value any) {
	g.list = append(g.list, Attribute{Pointer: string(pointer), Value: value})
}

// node collects the values in an object.
func (g *getter) node(n wire.Node, path []wire.PathStep, pointer []byte) {
	step, rest := path[0], path[1:]
	pointer = wire.AppendPointer(slices.Clip(pointer), step.Name)
	k := n.Type().Field(step.Name)
	if k < 0 || !n.Has(&n.Type().Fields[k]) {
		if raw, ok := n.Extra()[step.Name]; ok {
			g.raw(raw, step, rest, pointer)
		}
		return
	}
	f := &n.Type().Fields[k]
	if f.Kind == wire.Raw {
		g.raw(n.Value(f, 0).(json.RawMessage), step, rest, pointer)
		return
	}
	if step.List && !f.Kind.List() {
		return
	}
	count := n.Len(f)
	for i := range count {
		if step.Index >= 0 && i != step.Index {
			continue
		}
		at := slices.Clip(pointer)
		if !f.Single(g.version, count) {
			at = appendIndex(at, i)
		}
		switch f.Kind {
		case wire.Object, wire.Objects:
			g.fields = append(g.fields, f)
			if child := n.Child(f, i); len(rest) > 0 {
				g.node(child, rest, at)
			} else {
				g.add(at, child.Typed(g.event, g.fields))
			}
			g.fields = g.fields[:len(g.fields)-1]
		case wire.Raws:
			g.element(n.Value(f, i).(json.RawMessage), rest, at)
		default:
			if len(rest) == 0 {
				g.add(at, n.Value(f, i))
			}
		}
	}
}

// raw collects the values in the JSON that stands where a step leads.
func (g *getter) raw(raw json.RawMessage, step wire.PathStep, rest []wire.PathStep, pointer []byte) {
	elements, list := wire.Elements(raw)
	if !list {
		if !step.List {
			g.element(raw, rest, pointer)
		}
		return
	}
	for i, element := range elements {
		if step.Index < 0 || step.Index == i {
			g.element(element, rest, appendIndex(slices.Clip(pointer), i))
		}
	}
}

// element collects the values in JSON that the rest of a path starts from.
func (g *getter) element(raw json.RawMessage, rest []wire.PathStep, pointer []byte) {
	if len(rest) == 0 {
		if value := valueOf(raw); value != nil {
			g.add(pointer, value)
		}
		return
	}
	if len(raw) == 0 || raw[0] != '{' {
		return
	}
	var member json.RawMessage
	// It has been decoded; of a member that occurs twice the last counts.
	_ = wire.Members(raw, len(raw), func(name string, value []byte) bool {
		if name == rest[0].Name {
			member = value
		}
		return true
	})
	if member != nil {
		g.raw(member, rest[0], rest[1:], wire.AppendPointer(slices.Clip(pointer), rest[0].Name))
	}
}

// valueOf returns the Go value of JSON, nil for null.
func valueOf(raw json.RawMessage) any {
	if len(raw) == 0 {
		return nil
	}
	switch raw[0] {
	case 'n':
		return nil
	case 't', 'f':
		return raw[0] == 't'
	case '"':
		text, _ := wire.Text(raw)
		return text
	case '{', '[':
		return raw
	}
	if n, err := strconv.ParseInt(string(raw), 10, 64); err == nil {
		return n
	}
	if x, err := strconv.ParseFloat(string(raw), 64); err == nil {
		return x
	}
	return raw
}
