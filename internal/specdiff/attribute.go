package specdiff

import (
	"slices"
	"strings"

	"github.com/secmodel/secmodel/internal/model"
)

// attribute compares an attribute of an object that both versions have.
func (c *comparer) attribute(p *model.Property) []Change {
	var list []Change
	switch kind, compare := c.presence(p.In); {
	case kind == Added:
		list = []Change{{Kind: Added, After: describe(p, c.v[1]), Breaks: Breaks{Producers: demanded(p, c.v[1]) && c.reached(p)}}}
	case kind == Removed:
		list = []Change{{Kind: Removed, Before: describe(p, c.v[0]), Breaks: Breaks{Producers: true, Consumers: true}}}
	case compare:
		list = slices.Concat(
			c.typeOf(p),
			c.requirement(p),
			c.gate(p),
			differ(Sibling, orNone(p.SiblingAt(c.v[0])), orNone(p.SiblingAt(c.v[1]))),
			c.null(p.Null, "null admitted", "no null"),
			c.null(p.NullItems, "null elements admitted", "no null elements"),
			c.checked(p),
			c.observable(p.Observable),
			c.deprecation(p.Deprecated),
		)
	}
	for i := range list {
		list[i].Attribute = p.Name
	}
	return list
}

func orNone(name string) string {
	if name == "" {
		return "none"
	}
	return name
}

// describe says what an attribute is in version v.
func describe(p *model.Property, v int) string {
	ref, array := p.TypeAt(v)
	text := typeText(ref)
	if array {
		text = "array of " + text
	}
	text += ", " + requirementAt(p, v)
	if gate, _ := model.At(p.Profiles, v); gate != nil {
		text += ", profile " + profilesText(gate, "none")
	}
	return text
}

func typeText(ref model.TypeRef) string {
	switch {
	case ref.Ref != "":
		return ref.Ref
	case ref.Kind == model.Any && ref.Forms != nil:
		return strings.Join(ref.Forms, "|")
	}
	return string(ref.Kind)
}

// typeOf compares type and shape.
func (c *comparer) typeOf(p *model.Property) []Change {
	was, wasArray := p.TypeAt(c.v[0])
	is, isArray := p.TypeAt(c.v[1])
	list := differ(Type, typeText(was), typeText(is))
	for i := range list {
		list[i].Breaks = c.typeBreaks(was, is)
	}
	shapes := map[bool]string{false: "single", true: "array"}
	shape := differ(Shape, shapes[wasArray], shapes[isArray])
	for i := range shape {
		shape[i].Breaks = Breaks{Producers: true, Consumers: true}
	}
	return append(list, shape...)
}

func requirementAt(p *model.Property, v int) string {
	switch {
	case p.Required.Has(v):
		return "required"
	case p.Recommended.Has(v):
		return "recommended"
	}
	return "optional"
}

// demanded reports whether it is an error of a document, at least of those that
// name a profile, not to have the attribute.
func demanded(p *model.Property, v int) bool {
	return p.Required.Has(v) && !slices.Contains(p.Lenient, "missing")
}

// reached reports whether a document of the older version can be among those
// that the newer one wants to have an attribute: not if it depends on profiles
// that are all new.
func (c *comparer) reached(p *model.Property) bool {
	gate, _ := model.At(p.Profiles, c.v[1])
	return gate == nil || slices.ContainsFunc(c.s.Profiles, func(f model.Profile) bool {
		return f.In.Has(c.v[0]) && slices.Contains(gate, f.Name)
	})
}

func (c *comparer) requirement(p *model.Property) []Change {
	list := differ(Requirement, requirementAt(p, c.v[0]), requirementAt(p, c.v[1]))
	for i := range list {
		list[i].Breaks = Breaks{Producers: demanded(p, c.v[1]), Consumers: demanded(p, c.v[0])}
	}
	return list
}

// gate compares the profiles that an attribute depends on.
func (c *comparer) gate(p *model.Property) []Change {
	was, _ := model.At(p.Profiles, c.v[0])
	is, _ := model.At(p.Profiles, c.v[1])
	list := differ(Profiles, profilesText(was, "every document"), profilesText(is, "every document"))
	fewer := is != nil && (was == nil || !subset(was, is))
	more := was != nil && (is == nil || !subset(is, was))
	for i := range list {
		list[i].Breaks = Breaks{
			Producers: fewer || more && demanded(p, c.v[1]),
			Consumers: fewer && demanded(p, c.v[0]),
		}
	}
	return list
}

// checked compares whether the official schema looks into an attribute.
func (c *comparer) checked(p *model.Property) []Change {
	text := map[bool]string{true: "not checked inside", false: "checked inside"}
	was, is := p.Unchecked.Has(c.v[0]), p.Unchecked.Has(c.v[1])
	list := differ(Checked, text[was], text[is])
	for i := range list {
		list[i].Breaks = Breaks{Producers: was, Consumers: is}
	}
	return list
}

// null compares whether null is a value.
func (c *comparer) null(in model.Set, yes, no string) []Change {
	text := map[bool]string{true: yes, false: no}
	was, is := in.Has(c.v[0]), in.Has(c.v[1])
	list := differ(Null, text[was], text[is])
	for i := range list {
		list[i].Breaks = Breaks{Producers: was, Consumers: is}
	}
	return list
}
