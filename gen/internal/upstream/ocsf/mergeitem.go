package ocsf

import (
	"slices"

	"github.com/secmodel/secmodel/internal/model"
)

// items makes the definitions of classes and objects.
func (m *merger) items() ([]*model.Type, error) {
	var list []*model.Type
	for _, e := range m.entities {
		list = append(list, m.item(e))
	}
	return list, nil
}

func (m *merger) item(e *entity) *model.Type {
	t := &model.Type{
		Name:       e.name,
		Go:         goName(e.name),
		Title:      e.newest.Caption,
		Kind:       model.Object,
		In:         m.set(e.in, m.known),
		Extension:  e.newest.Extension,
		Deprecated: m.deprecations(e.in, func(i int) *Deprecation { return e.items[i].Deprecated }),
		Observable: m.observables(e.in, func(i int) int64 { return e.items[i].Observable }),
	}
	names := m.others(e.in, e.name, func(i int) string { return e.items[i].Name })
	if e.class {
		t.Class = &model.Class{UID: e.newest.UID, Category: e.newest.Category, Names: names}
		t.Profiles = ranged(m, e.in, func(i int) ([]string, bool) { return e.items[i].Profiles, e.items[i].Profiles != nil }, slices.Equal)
	} else {
		t.Names = names
	}
	if len(e.attrs) == 0 { // an object without attributes is free-form
		t.Kind, t.Forms = model.Any, []string{"object"}
		return t
	}
	for _, name := range e.attrs {
		t.Properties = append(t.Properties, m.property(e, name))
	}
	for _, kind := range []string{model.AtLeastOne, model.JustOne} {
		for _, r := range ranged(m, e.in, func(i int) ([]string, bool) { of := e.items[i].Constraints[kind]; return of, of != nil }, slices.Equal) {
			t.Constraints = append(t.Constraints, model.Constraint{In: r.In, Kind: kind, Of: r.Value})
		}
	}
	return t
}

// goName gives the Go name of what has another one than its own: a class that
// upstream misspelt, and the scalar that is a Go type of its own. It is "" for
// all others.
func goName(name string) string {
	switch name {
	case misspelt:
		return "EventLogActivity"
	case "timestamp_t":
		return "Timestamp"
	}
	return ""
}

// misspelt is a class whose name lacks a letter in every release that has it.
const misspelt = "event_log_actvity"

func (m *merger) property(e *entity, name string) *model.Property {
	p := &model.Property{Name: name}
	var in, required, recommended, sibling model.Set
	for i := range m.releases {
		a := e.attribute(i, name)
		if a == nil {
			continue
		}
		v := model.Single(i)
		in |= v
		switch a.Requirement {
		case "required":
			required |= v
		case "recommended":
			recommended |= v
		}
		p.Title, p.Group = a.Caption, a.Group
		// A sibling that the item lacks can not be set.
		if a.Sibling != "" && e.attribute(i, a.Sibling) != nil {
			if a.Sibling != p.Sibling {
				p.Sibling, sibling = a.Sibling, 0
			}
			sibling |= v
		}
		p.Type, p.Array = m.typeOf(e, i, name)
	}
	p.In = m.set(in, e.in)
	p.Required = m.set(required, e.in)
	p.Recommended = m.set(recommended, e.in)
	if sibling == in {
		p.SiblingIn = model.All
	} else {
		p.SiblingIn = m.set(sibling, e.in)
	}
	m.older(e, p, in)
	p.Profiles = ranged(m, in, func(i int) ([]string, bool) { a := e.attribute(i, name); return a.Profiles, a.Profiles != nil }, slices.Equal)
	p.Deprecated = m.deprecations(in, func(i int) *Deprecation { return e.attribute(i, name).Deprecated })
	p.Observable = m.observables(in, func(i int) int64 { return e.attribute(i, name).Observable })
	return p
}

// older records the types of releases in which the type was not the newest
// one. A long_t that was an integer_t is none: both are integers of 64 bits
// without bounds.
func (m *merger) older(e *entity, p *model.Property, in model.Set) {
	type form struct {
		ref   string
		array bool
	}
	var one model.Set
	for _, r := range ranged(m, in, func(i int) (form, bool) {
		ref, array := m.typeOf(e, i, p.Name)
		if array == p.Array && (ref.Ref == p.Type.Ref || ref.Ref == "integer_t" && p.Type.Ref == "long_t") {
			return form{}, false
		}
		if p.Array && !array && ref.Ref == p.Type.Ref {
			one |= model.Single(i)
			return form{}, false
		}
		return form{ref.Ref, array}, true
	}, same) {
		p.Was = append(p.Was, model.Was{In: r.In, Type: model.TypeRef{Ref: r.Value.ref}, Array: r.Value.array})
	}
	p.One = m.set(one, e.in)
}

// typeOf returns the definition that an attribute has in release i.
func (m *merger) typeOf(e *entity, i int, name string) (ref model.TypeRef, array bool) {
	a := e.attribute(i, name)
	switch {
	case e.class && (name == "class_uid" || name == "category_uid"):
		ref.Ref = name
	case e.class && name == "type_uid":
		ref.Ref = a.Type
	case a.Enum != nil:
		ref.Ref = e.enumFor[name]
	case a.Type == "object_t":
		ref.Ref = m.objectNames[i][a.ObjectType]
	default:
		ref.Ref = a.Type
	}
	return ref, a.Array
}
