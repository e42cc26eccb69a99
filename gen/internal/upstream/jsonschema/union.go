package jsonschema

import (
	"slices"

	"github.com/secmodel/secmodel/internal/model"
)

// unions reads anyOf and oneOf. Those are supported whose alternatives are
// single values, JSON types, required attributes, or null and one other schema.
func (r *reader) unions(d *draftValue, p part) {
	for _, name := range [...]string{"anyOf", "oneOf"} {
		u := p.member(name)
		if u.n == nil {
			continue
		}
		list := r.list(u)
		every := func(only ...string) bool {
			for _, n := range list {
				found := false
				for _, m := range n.members {
					found = found || m.name == only[0]
					if asserts(m.name) && !slices.Contains(only, m.name) {
						return false
					}
				}
				if !found {
					return false
				}
			}
			return len(list) > 0
		}
		for i := range list {
			r.keywords(u.elem(i))
		}
		one := name == "oneOf"
		switch null := r.nullBranch(u); {
		case list == nil:
		case null >= 0 && len(list) == 2:
			if d.other.n != nil {
				r.fail(u.at, "two unions with null are not supported")
			}
			d.other, d.strict = u.elem(1-null), one
		case every("const", "type"), every("enum", "type"):
			r.valueUnion(d, u, one)
		case every("required", "type"):
			r.requiredUnion(d, u, one)
		case every("type"):
			r.typeUnion(d, u, one)
		default:
			r.fail(u.at, "is supported only with alternatives that are all single values, or all types, or all one required "+
				"attribute, or null and one other schema")
		}
	}
}

// nullBranch finds the alternative that is null alone, -1 if there is none or it
// is not alone in its kind.
func (r *reader) nullBranch(u place) int {
	found := -1
	single := 0 // alternatives that are values: null is one of them
	for i, n := range u.n.elems {
		if n.get("const") != nil || n.get("enum") != nil {
			single++
		}
		if r.justNull(n) {
			found = i
		}
	}
	if single == len(u.n.elems) {
		return -1
	}
	return found
}

func (r *reader) justNull(n *node) bool {
	for _, m := range n.members {
		if asserts(m.name) && m.name != "type" {
			return false
		}
	}
	return n.text("type") == "null"
}

// typeUnion is a union of types.
func (r *reader) typeUnion(d *draftValue, u place, one bool) {
	all := types{}
	for i := range u.n.elems {
		t, ok := r.typeList(u.elem(i))
		if !ok {
			return
		}
		for _, name := range t {
			if one && (all.has(name) && len(all) > 0 || name == "number" && slices.Contains(all, "integer")) {
				r.fail(u.elem(i).at, "the alternatives of a oneOf overlap in %q, which is not supported", name)
			}
			all = append(all, name)
		}
	}
	d.types = d.types.and(all.reduced())
}

// requiredUnion is a union of required attributes: at least one of them, or just
// one.
func (r *reader) requiredUnion(d *draftValue, u place, one bool) {
	c := model.Constraint{In: model.All, Kind: model.AtLeastOne}
	if one {
		c.Kind = model.JustOne
	}
	untyped := 0 // alternatives that hold of whatever is no object
	for i := range u.n.elems {
		branch := u.elem(i)
		if t, ok := r.typeList(branch); !ok {
			untyped++
		} else if !slices.Equal(t, types{"object"}) {
			r.fail(branch.at+"/type", `is supported beside "required" only if it is "object"`)
		}
		names := r.nameList(branch.member("required"))
		if len(names) != 1 {
			r.fail(branch.at+"/required", "is supported in an alternative only with one attribute")
			return
		}
		if slices.Contains(c.Of, names[0]) {
			r.fail(branch.at+"/required", "%q is in another alternative already", names[0])
			return
		}
		c.Of = append(c.Of, names[0])
	}
	d.require = append(d.require, c)
	if untyped == 0 || one && untyped > 1 {
		d.types = d.types.and(types{"object"})
	}
}
