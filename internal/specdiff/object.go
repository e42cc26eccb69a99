package specdiff

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/secmodel/secmodel/internal/model"
)

// object compares a class or object.
func (c *comparer) object(kind ItemKind, t *model.Type) Item {
	item := Item{Kind: kind, Name: t.NameAt(c.v[1])}
	if t.Class != nil {
		item.UID = t.Class.UID
	}
	change, compare := c.presence(t.In)
	switch {
	case change == Added:
		item.Changes = []Change{{Kind: Added, After: count(len(t.PropertiesAt(c.v[1])), "attribute")}}
		return item
	case change == Removed:
		item.Name = t.NameAt(c.v[0])
		gone := Change{Kind: Removed, Before: count(len(t.PropertiesAt(c.v[0])), "attribute")}
		// An object that goes takes attributes along, which break by themselves.
		if kind == Class {
			gone.Breaks = Breaks{Producers: true, Consumers: true}
		}
		item.Changes = []Change{gone}
		return item
	case !compare:
		return item
	}
	list := differ(Renamed, t.NameAt(c.v[0]), t.NameAt(c.v[1]))
	list = append(list, c.deprecation(t.Deprecated)...)
	list = append(list, c.observable(t.Observable)...)
	list = append(list, c.admitted(t)...)
	list = append(list, c.members(t)...)
	for _, p := range t.Properties {
		list = append(list, c.attribute(p)...)
	}
	item.Changes = append(list, c.constraints(t)...)
	return item
}

func count(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}

// admitted compares the profiles that a class admits.
func (c *comparer) admitted(t *model.Type) []Change {
	was, _ := model.At(t.Profiles, c.v[0])
	is, _ := model.At(t.Profiles, c.v[1])
	var list []Change
	for _, p := range c.s.Profiles {
		switch before, after := slices.Contains(was, p.Name), slices.Contains(is, p.Name); {
		case after && !before:
			list = append(list, Change{Kind: Added, Profile: p.Name})
		case before && !after:
			list = append(list, Change{Kind: Removed, Profile: p.Name, Breaks: Breaks{Producers: true}})
		}
	}
	return list
}

func profilesText(list []string, none string) string {
	if len(list) == 0 {
		return none
	}
	return strings.Join(slices.Sorted(slices.Values(list)), ", ")
}

// subset reports whether all of a are in b.
func subset[T comparable](a, b []T) bool {
	return !slices.ContainsFunc(a, func(e T) bool { return !slices.Contains(b, e) })
}

// members compares the least number of members of an object.
func (c *comparer) members(t *model.Type) []Change {
	was, _ := model.At(t.MinProperties, c.v[0])
	is, _ := model.At(t.MinProperties, c.v[1])
	list := differ(Members, "at least "+strconv.Itoa(was), "at least "+strconv.Itoa(is))
	for i := range list {
		list[i].Breaks = Breaks{Producers: is > was, Consumers: is < was}
	}
	return list
}

// constraints compares the constraints of an object. Those of one kind are the
// same, changed, if each version has one.
func (c *comparer) constraints(t *model.Type) []Change {
	var list []Change
	for _, kind := range []string{model.AtLeastOne, model.JustOne} {
		before, after := constraintsAt(t, kind, c.v[0]), constraintsAt(t, kind, c.v[1])
		gone := slices.DeleteFunc(slices.Clone(before), func(of []string) bool { return slices.ContainsFunc(after, same(of)) })
		come := slices.DeleteFunc(slices.Clone(after), func(of []string) bool { return slices.ContainsFunc(before, same(of)) })
		if len(gone) == 1 && len(come) == 1 {
			list = append(list, Change{
				Kind: Constraint, Constraint: kind,
				Before: strings.Join(gone[0], ", "), After: strings.Join(come[0], ", "),
				// More names are a weaker promise of one, fewer a stronger demand.
				Breaks: Breaks{
					Producers: !c.keeps(t, kind, come[0], c.v[0]) && (kind == model.JustOne || !subset(gone[0], come[0])),
					Consumers: !c.keeps(t, kind, gone[0], c.v[1]) && (kind == model.JustOne || !subset(come[0], gone[0])),
				},
			})
			continue
		}
		for _, of := range gone {
			list = append(list, Change{Kind: Removed, Constraint: kind, Before: strings.Join(of, ", "), Breaks: Breaks{Consumers: !c.keeps(t, kind, of, c.v[1])}})
		}
		for _, of := range come {
			list = append(list, Change{Kind: Added, Constraint: kind, After: strings.Join(of, ", "), Breaks: Breaks{Producers: !c.keeps(t, kind, of, c.v[0])}})
		}
	}
	return list
}

// keeps reports whether version v keeps a constraint without having it, because
// it requires one of the attributes of which there must be one at least.
func (c *comparer) keeps(t *model.Type, kind string, of []string, v int) bool {
	return kind == model.AtLeastOne && slices.ContainsFunc(of, func(name string) bool {
		p := t.Property(name)
		if p == nil || !p.In.Has(v) {
			return false
		}
		gate, _ := model.At(p.Profiles, v)
		return gate == nil && demanded(p, v)
	})
}

func same(a []string) func(b []string) bool {
	return func(b []string) bool { return slices.Equal(a, b) }
}

// constraintsAt returns what the constraints of a kind bind in version v, names
// in alphabetical order.
func constraintsAt(t *model.Type, kind string, v int) [][]string {
	var list [][]string
	for _, x := range t.Constraints {
		if x.Kind == kind && x.In.Has(v) {
			list = append(list, slices.Sorted(slices.Values(x.Of)))
		}
	}
	return list
}
