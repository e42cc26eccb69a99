package lookup

import (
	"slices"
	"strings"

	"github.com/secmodel/secmodel/internal/model"
)

// attributes describes the attributes that a name or path leads to. Those of one
// type and caption, which many classes may have, are one entry.
func (g *guide) attributes(path string) []Entry {
	names := strings.Split(path, ".")
	last := names[len(names)-1]
	owners := g.Types
	if len(names) > 1 {
		owners = g.reach(names[:len(names)-1])
	}
	var found []Entry
	for _, t := range owners {
		for _, p := range t.Properties {
			if strings.EqualFold(p.Name, last) {
				found = g.add(found, t, p)
			}
		}
	}
	return found
}

// reach returns the classes and objects that a path of names leads to: the first
// is that of a definition or of an attribute, which any may have, each other that
// of an attribute of the one before.
func (g *guide) reach(names []string) []*model.Type {
	var at []*model.Type
	add := func(t *model.Type) {
		if t != nil && t.Kind == model.Object && !slices.Contains(at, t) {
			at = append(at, t)
		}
	}
	for _, t := range g.Types {
		if isCalled(t, names[0]) {
			add(t)
		}
		for _, p := range t.Properties {
			if strings.EqualFold(p.Name, names[0]) {
				add(g.Type(p.Type.Ref))
			}
		}
	}
	for _, name := range names[1:] {
		from := at
		at = nil
		for _, t := range from {
			for _, p := range t.Properties {
				if strings.EqualFold(p.Name, name) {
					add(g.Type(p.Type.Ref))
				}
			}
		}
	}
	return at
}

// add notes that t has the attribute p.
func (g *guide) add(found []Entry, t *model.Type, p *model.Property) []Entry {
	owner := Owner{
		Name: t.Name, Versions: p.In.Format(g.Versions),
		Required: p.Required.Format(g.Versions), Recommended: p.Recommended.Format(g.Versions),
	}
	kind, title := typeName(p.Type), g.title(p)
	same := func(e Entry) bool {
		return e.Name == p.Name && e.Type == kind && e.Array == p.Array && e.Title == title && e.Caption == p.Sibling
	}
	i := slices.IndexFunc(found, same)
	if i < 0 {
		e := Entry{
			Kind: Attribute, Format: g.Format, Name: p.Name, Title: title,
			Type: kind, Array: p.Array, Caption: p.Sibling, Deprecated: since(p.Deprecated),
		}
		if ref := g.Type(p.Type.Ref); ref != nil {
			e.Values, e.Bounds, e.Link = g.choices(ref), g.bounds(ref), g.link(ref)
		} else {
			e.Link = g.link(t)
		}
		found = append(found, e)
		i = len(found) - 1
	}
	e := &found[i]
	e.Owners = append(e.Owners, owner)
	if list, ok := model.At(p.Profiles, g.Newest()); ok {
		for _, name := range list {
			if !slices.Contains(e.Profiles, name) {
				e.Profiles = append(e.Profiles, name)
			}
		}
	}
	return found
}
