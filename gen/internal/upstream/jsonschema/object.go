package jsonschema

import (
	"slices"
	"strings"
	"unicode"

	"github.com/secmodel/secmodel/internal/model"
)

// attributes are the properties of a conjunction, in order.
type attributes struct {
	names  []string
	places map[string][]place
}

func (a *attributes) add(name string, p ...place) {
	if _, known := a.places[name]; !known {
		a.names = append(a.names, name)
	}
	a.places[name] = append(a.places[name], p...)
}

// object is an object; one of which nothing is said is free-form JSON.
func (r *reader) object(d *draftValue, v *value) {
	all := attributes{places: map[string][]place{}}
	var required []string
	least := 0
	for _, p := range d.parts {
		if props := p.member("properties"); props.n != nil {
			if props.n.kind != objectNode {
				r.fail(props.at, "is not an object")
			}
			for _, m := range props.n.members {
				all.add(m.name, props.member(m.name))
			}
		}
		if x := p.member("required"); x.n != nil {
			required = append(required, r.nameList(x)...)
		}
		if n := r.length(p.member("minProperties")); n != nil {
			least = max(least, *n)
		}
	}
	closed := r.closed(d, &all, required)
	if len(all.names) == 0 && required == nil && !closed && least == 0 && d.require == nil && !d.root {
		v.ref = model.TypeRef{Kind: model.Any, Forms: []string{"object"}}
		return
	}
	t := &model.Type{Kind: model.Object, Unknown: model.UnknownOpen, Constraints: d.require}
	if closed {
		t.Unknown = model.UnknownError
	}
	if least > 0 {
		t.MinProperties = []model.Ranged[int]{{In: model.All, Value: least}}
	}
	r.named(d, v, t)
	r.values[d.id] = v // attributes may lead here again
	for _, name := range required {
		all.add(name)
	}
	for _, c := range d.require {
		for _, name := range c.Of {
			if strings.Contains(name, ".") {
				r.fail(d.at, "the attribute %q has a dot in its name and is one of several of which one is required, which is not supported", name)
			}
			all.add(name)
		}
	}
	taken := map[string]bool{}
	for _, name := range all.names {
		t.Properties = append(t.Properties, r.property(name, all.places[name], required, taken, d.at))
	}
}

// closed reports whether members that no part names are refused.
func (r *reader) closed(d *draftValue, all *attributes, required []string) bool {
	closed, open := false, false
	var unevaluated place
	for _, p := range d.parts {
		if x := p.member("additionalProperties"); x.n != nil {
			switch {
			case anything(x.n):
				open = true
			case x.n.isBool(false):
				closed = true
				r.covers(x.at, p.member("properties").n, all, required, d)
			default:
				r.fail(x.at, "a schema for members without a name of their own is not supported, only true and false")
			}
		}
		if x := p.member("unevaluatedProperties"); x.n != nil && !anything(x.n) {
			if unevaluated = x; !x.n.isBool(false) || !p.outer {
				r.fail(x.at, "is supported only if it is true or false, and false only outside allOf and $ref")
			}
		}
	}
	if closed || open || unevaluated.n == nil {
		return closed
	}
	evaluated := &node{}
	for _, name := range all.names {
		evaluated.members = append(evaluated.members, member{name, &node{value: true}})
	}
	r.covers(unevaluated.at, evaluated, all, required, d)
	return true
}

// covers refuses attributes that a false at a place admits nowhere: it knows only
// props, and an object with another of the schema's would never be valid.
func (r *reader) covers(at string, props *node, all *attributes, required []string, d *draftValue) {
	names := slices.Concat(all.names, required)
	for _, c := range d.require {
		names = append(names, c.Of...)
	}
	for _, name := range names {
		if props == nil || props.get(name) == nil {
			r.fail(at, "false here refuses the attribute %q, which the schema has elsewhere", name)
		}
	}
}

func (r *reader) property(name string, places []place, required []string, taken map[string]bool, at string) *model.Property {
	if name == "" || name == "-" || strings.ContainsAny(name, "\"\\`,") || strings.ContainsFunc(name, unicode.IsControl) {
		r.fail(at, "the attribute %q has a name that is not supported: it cannot stand in the tag of a Go field", name)
	}
	p := &model.Property{Name: name, In: model.All}
	for _, x := range places {
		if p.Go == "" {
			p.Go = x.n.text("x-go")
		}
		if p.Title == "" {
			p.Title = title(x.n)
		}
	}
	if p.Go == "" {
		p.Go = fieldName(name, taken)
	}
	if places == nil {
		places = []place{{&node{kind: objectNode}, at + "/required"}} // required, and nothing else said
	}
	v := r.value(places, false)
	p.Type, p.Array = v.ref, v.array
	if slices.Contains(required, name) {
		p.Required = model.All
	}
	if v.null {
		p.Null = model.All
	}
	if v.nullItems {
		p.NullItems = model.All
	}
	return p
}

// nameList reads the names of "required".
func (r *reader) nameList(p place) []string {
	var list []string
	if p.n.kind != arrayNode {
		r.fail(p.at, "is not an array of names")
		return nil
	}
	for i, e := range p.n.elems {
		name, ok := e.value.(string)
		if !ok {
			r.fail(p.elem(i).at, "is not a name")
			continue
		}
		list = append(list, name)
	}
	return list
}
