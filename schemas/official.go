package schemas

import (
	"cmp"
	"slices"

	"github.com/secmodel/secmodel/internal/model"
)

// The rules by which the schema server of OCSF makes JSON Schemas; see
// [Official].

const (
	officialFormat = "ocsf"
	officialBase   = "https://schema.ocsf.io/schema/classes/"
)

// officialDocument makes the document that is the server's answer for a class
// or an object.
func (x *exporter) officialDocument(root *model.Type) *schema {
	doc := x.document(x.definition(root))
	if root.Class == nil {
		return doc
	}
	if id := officialBase + root.NameAt(x.version); x.dialect == Draft04 {
		doc.ID04 = id
	} else {
		doc.ID = id
	}
	return doc
}

func (x *exporter) officialObject(t *model.Type) *schema {
	s := &schema{Type: "object", Properties: members{}}
	bound := x.officialConstraints(s, t)
	for _, p := range t.PropertiesAt(x.version) {
		// Refers to objects of attributes that are not admitted, too.
		property := x.officialProperty(t, p)
		if !x.admits(p) {
			continue
		}
		s.Properties = append(s.Properties, member{p.Name, property})
		if p.Required.Has(x.version) && !bound[p.Name] {
			s.Required = append(s.Required, p.Name)
		}
	}
	slices.Sort(s.Required)
	s.AdditionalProperties = new(len(s.Properties) == 0)
	return s
}

func (x *exporter) officialProperty(t *model.Type, p *model.Property) *schema {
	ref, array := p.TypeAt(x.version)
	typ := x.types[ref.Ref]
	var s *schema
	if isObject(typ) {
		s = x.ref(typ)
	} else {
		s = &schema{Type: x.jsonType(ref)}
		values := x.values(typ)
		if numbers := x.schema.NumbersAt(t, p, x.version); numbers != nil && values != nil {
			values = anys(numbers)
		}
		slices.SortFunc(values, compareValues)
		if len(values) == 1 && x.dialect != Draft04 {
			s.Const = values[0]
		} else {
			s.Enum = values
		}
	}
	s = listed(s, array)
	s.Title = p.Title
	return s
}

// compareValues orders values of one enumeration.
func compareValues(a, b any) int {
	if i, ok := a.(int64); ok {
		return cmp.Compare(i, b.(int64))
	}
	return cmp.Compare(a.(string), b.(string))
}

// officialConstraints adds what binds several attributes, and returns those:
// what a constraint names is not required by itself.
func (x *exporter) officialConstraints(s *schema, t *model.Type) (bound map[string]bool) {
	bound = map[string]bool{}
	for _, c := range t.Constraints {
		if !c.In.Has(x.version) {
			continue
		}
		var names []string
		for _, name := range c.Of {
			bound[name] = true
			if p := t.Property(name); p != nil && x.admits(p) {
				names = append(names, name)
			}
		}
		slices.Sort(names)
		for i, name := range names {
			one := &schema{Required: []string{name}}
			if c.Kind == model.AtLeastOne {
				s.AnyOf = append(s.AnyOf, one)
				continue
			}
			if others := slices.Delete(slices.Clone(names), i, i+1); len(others) > 0 {
				one.Not = &schema{Required: others}
			}
			s.OneOf = append(s.OneOf, one)
		}
	}
	return bound
}
