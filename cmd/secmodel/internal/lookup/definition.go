package lookup

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/secmodel/secmodel/internal/model"
)

// definition describes a class, object or scalar.
func (g *guide) definition(t *model.Type) Entry {
	e := Entry{
		Kind: Type, Format: g.Format, Name: t.Name, Title: t.Title,
		Versions: t.In.Format(g.Versions), Deprecated: since(t.Deprecated), Link: g.link(t),
	}
	for _, n := range names(t) {
		e.Formerly = append(e.Formerly, n.Value+" ("+n.In.Format(g.Versions)+")")
	}
	switch {
	case t.Class != nil:
		e.Kind, e.UID, e.Category = Class, t.Class.UID, t.Class.Category
		if list, ok := model.At(t.Profiles, g.Newest()); ok {
			e.Profiles = list
		}
	case t.Kind == model.Object:
		e.Kind = Object
	default:
		e.Type = string(t.Kind)
		e.Values = g.choices(t)
		e.Bounds = g.bounds(t)
	}
	for _, p := range t.Properties {
		m := Member{
			Name: p.Name, Type: typeName(p.Type), Array: p.Array, Title: g.title(p),
			Versions: p.In.Format(g.Versions), Required: p.Required.Format(g.Versions), Recommended: p.Recommended.Format(g.Versions),
		}
		m.Profiles, _ = model.At(p.Profiles, g.Newest())
		e.Attributes = append(e.Attributes, m)
	}
	e.UsedBy = g.usedBy(t)
	return e
}

// title returns the caption of an attribute or, if it has none, of its type.
func (g *guide) title(p *model.Property) string {
	if t := g.Type(p.Type.Ref); p.Title == "" && t != nil {
		return t.Title
	}
	return p.Title
}

// usedBy lists the attributes that have a type.
func (g *guide) usedBy(t *model.Type) []string {
	var list []string
	for _, owner := range g.Types {
		for _, p := range owner.Properties {
			if p.Type.Ref == t.Name {
				list = append(list, owner.Name+"."+p.Name)
			}
		}
	}
	return list
}

// choices lists the values of an enumeration, of all versions.
func (g *guide) choices(t *model.Type) []Choice {
	var list []Choice
	for i := range t.Values {
		v := &t.Values[i]
		c := Choice{Value: v.Str, Title: v.Title, Versions: v.In.Format(g.Versions), Deprecated: since(v.Deprecated)}
		if t.Kind == model.Integer {
			c.Value = strconv.FormatInt(v.Int, 10)
		}
		list = append(list, c)
	}
	return list
}

// bounds says what a scalar must be like, with the versions that ask for it.
func (g *guide) bounds(t *model.Type) []string {
	var list []string
	for _, f := range t.Facets {
		when := ""
		if in := f.In.Format(g.Versions); in != "*" {
			when = " (" + in + ")"
		}
		say := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)+when) }
		if f.Pattern != "" {
			say("matches %s", f.Pattern)
		}
		if f.Format != "" {
			say("format %s", f.Format)
		}
		if f.Min != nil {
			say("%s %v", choose(f.ExclusiveMin, "more than", "at least"), *f.Min)
		}
		if f.Max != nil {
			say("%s %v", choose(f.ExclusiveMax, "less than", "at most"), *f.Max)
		}
		if f.MinLen != nil {
			say("at least %d characters", *f.MinLen)
		}
		if f.MaxLen != nil {
			say("at most %d characters", *f.MaxLen)
		}
		for _, r := range f.Ints {
			say("from %d to %d", r[0], r[1])
		}
	}
	return list
}

func choose(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}

// typeName returns what is said of the type of an attribute.
func typeName(r model.TypeRef) string {
	switch {
	case r.Ref != "":
		return r.Ref
	case len(r.Forms) > 0:
		return strings.Join(r.Forms, " or ")
	case r.Kind == model.IntOrString:
		return "integer or string"
	case r.Kind == model.Any:
		return "any JSON"
	}
	return string(r.Kind)
}

// since returns the version since which something is deprecated, "" if it is not.
func since(list []model.Deprecation) string {
	if len(list) == 0 {
		return ""
	}
	return list[0].Since
}
