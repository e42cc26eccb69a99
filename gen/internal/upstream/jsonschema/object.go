package jsonschema

import (
	"go/token"
	"strings"
	"unicode"

	"github.com/secmodel/secmodel/internal/model"
)

// attributes are the properties of a conjunction, in order.
type attributes struct {
	names    []string
	places   map[string][]place
	required map[string]bool
	goNames  map[string]int // taken; see fieldName
}

func (a *attributes) add(name string, p ...place) {
	if _, known := a.places[name]; !known {
		a.names = append(a.names, name)
	}
	a.places[name] = append(a.places[name], p...)
}

// object is an object; one of which nothing is said is free-form JSON.
func (r *reader) object(d *draftValue, v *value) {
	all := &attributes{places: map[string][]place{}, required: map[string]bool{}, goNames: map[string]int{}}
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
	closed := r.closed(d, all, required)
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
		all.required[name] = true
	}
	for _, c := range d.require {
		for _, name := range c.Of {
			if strings.Contains(name, ".") {
				r.fail(d.at, "the attribute %q has a dot in its name and is one of several of which one is required, which is not supported", name)
			}
			all.add(name)
		}
	}
	for _, name := range all.names {
		all.goNames[r.chosen(all.places[name])] = 1
	}
	for _, name := range all.names {
		t.Properties = append(t.Properties, r.property(name, all, d.at))
	}
}

// closed reports whether members that no part names are refused.
func (r *reader) closed(d *draftValue, all *attributes, required []string) bool {
	names := all.names
	names = append(names[:len(names):len(names)], required...)
	for _, c := range d.require {
		names = append(names, c.Of...)
	}
	closed, open := false, false
	var unevaluated place
	for _, p := range d.parts {
		if x := p.member("additionalProperties"); x.n != nil {
			switch {
			case anything(x.n):
				open = true
			case x.n.isBool(false):
				closed = true
				props := p.n.get("properties")
				r.covers(x.at, names, func(name string) bool { return props != nil && props.get(name) != nil })
			default:
				r.fail(x.at, "a schema for members without a name of their own is not supported, only true and false")
			}
		}
		if x := p.member("unevaluatedProperties"); x.n != nil {
			if anything(x.n) {
				open = true // to what is outside, too, all members are evaluated
			} else if unevaluated = x; !x.n.isBool(false) || !p.outer {
				r.fail(x.at, "is supported only if it is true or false, and false only outside allOf and $ref")
			}
		}
	}
	if closed || open || unevaluated.n == nil {
		return closed
	}
	r.covers(unevaluated.at, names, func(name string) bool { return all.places[name] != nil })
	return true
}

// covers refuses attributes that a false at a place admits nowhere: an object
// with one that is not known there would never be valid.
func (r *reader) covers(at string, names []string, known func(string) bool) {
	for _, name := range names {
		if !known(name) {
			r.fail(at, "false here refuses the attribute %q, which the schema has elsewhere", name)
		}
	}
}

func (r *reader) property(name string, all *attributes, at string) *model.Property {
	if name == "" || name == "-" || strings.ContainsAny(name, "\"\\`,") || strings.ContainsFunc(name, unicode.IsControl) {
		r.fail(at, "the attribute %q has a name that is not supported: it cannot stand in the tag of a Go field", name)
	}
	places := all.places[name]
	p := &model.Property{Name: name, Go: r.chosen(places), In: model.All}
	for _, x := range places {
		if p.Title == "" {
			p.Title = title(x.n)
		}
	}
	if p.Go == "" {
		p.Go = fieldName(name, all.goNames)
	}
	if places == nil {
		places = []place{{&node{kind: objectNode}, at + "/required"}} // required, and nothing else said
	}
	v := r.value(places, false)
	p.Type, p.Array = v.ref, v.array
	if all.required[name] {
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

// chosen gives the Go name that one of the schemas of an attribute, or of a
// definition, asks for; "" if none does.
func (r *reader) chosen(places []place) string {
	for _, p := range places {
		x := p.member("x-go")
		if x.n == nil {
			continue
		}
		name, _ := x.n.value.(string)
		if !token.IsIdentifier(name) || !token.IsExported(name) {
			r.fail(x.at, "is not an exported name in Go")
		}
		return name
	}
	return ""
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
