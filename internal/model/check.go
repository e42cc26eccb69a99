package model

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
)

// check finds what the form of a schema does not exclude: references that lead
// nowhere, names that occur twice, sets that contradict each other.
func (s *Schema) check() error {
	c := &checker{s: s, types: make(map[string]*Type, len(s.Types))}
	c.root()
	for _, t := range s.Types {
		if c.types[t.Name] != nil {
			c.fail("#/$defs", "%q occurs twice", t.Name)
		}
		c.types[t.Name] = t
	}
	for _, t := range s.Types {
		c.typ(t, "#/$defs/"+escape(t.Name))
	}
	return errors.Join(c.errs...)
}

type checker struct {
	s     *Schema
	types map[string]*Type
	errs  []error
}

func (c *checker) fail(at, format string, args ...any) {
	c.errs = append(c.errs, fmt.Errorf("%s: %s", at, fmt.Sprintf(format, args...)))
}

// names complains about names that are empty or occur twice.
func (c *checker) names(at string, names []string) {
	for i, name := range names {
		if name == "" {
			c.fail(at, "a name is empty")
		} else if slices.Contains(names[:i], name) {
			c.fail(at, "%q occurs twice", name)
		}
	}
}

func (c *checker) root() {
	if c.s.Format == "" {
		c.fail("#", "the format has no name")
	}
	var versions, profiles []string
	for _, v := range c.s.Versions {
		versions = append(versions, v.Name)
		if v.Name == "*" || strings.Contains(v.Name, "..") || strings.ContainsAny(v.Name, ", ") {
			c.fail("#/x-versions", "%q can not be written in a version set", v.Name)
		}
	}
	c.names("#/x-versions", versions)
	if n := len(versions); n == 0 || n > 64 {
		c.fail("#/x-versions", "there are %d versions, want 1 to 64", n)
	}
	for _, p := range c.s.Profiles {
		profiles = append(profiles, p.Name)
		c.some(p.In, "#/x-profiles")
	}
	c.names("#/x-profiles", profiles)
	if !slices.IsSortedFunc(c.s.Types, func(a, b *Type) int { return strings.Compare(a.Name, b.Name) }) {
		c.fail("#/$defs", "definitions are not ordered by name")
	}
}

// set complains about a set with versions that there are not.
func (c *checker) set(s Set, at string) {
	n := len(c.s.Versions)
	if beyond := s >> n; beyond != 0 && (beyond != All>>n || !s.Has(n-1)) {
		c.fail(at, "the version set %#x has versions beyond the newest", uint64(s))
	}
}

// some is set for one that must not be empty.
func (c *checker) some(s Set, at string) {
	c.set(s, at)
	if s == 0 {
		c.fail(at, "the version set is empty")
	}
}

// within complains about versions of s that are not among those of all.
func (c *checker) within(s, all Set, what, at string) {
	c.set(s, at)
	if rest := s &^ all; rest != 0 {
		c.fail(at, "%s has %s, in which the attribute is not there or is no array", what, rest.Format(c.s.Versions))
	}
}

// disjoint complains about sets of which two share a version.
func (c *checker) disjoint(what, at string, sets []Set) {
	var all Set
	for _, s := range sets {
		c.some(s, at)
		if both := all & s; both != 0 {
			c.fail(at, "%s gives two values for %s", what, both.Format(c.s.Versions))
		}
		all |= s
	}
}

func sets[T any](list []Ranged[T]) []Set {
	var all []Set
	for _, r := range list {
		all = append(all, r.In)
	}
	return all
}

// maxNumber is the greatest number and length that a schema may have.
const maxNumber = 1 << 30

// numbers is disjoint for values that count or number something.
func (c *checker) numbers(what, at string, list []Ranged[int]) {
	c.disjoint(what, at, sets(list))
	for _, r := range list {
		c.number(what, at, r.Value)
	}
}

func (c *checker) number(what, at string, n int) {
	if n < 0 || n > maxNumber {
		c.fail(at, "%s is %d, out of range", what, n)
	}
}

func (c *checker) deprecated(list []Deprecation, at string) {
	var all []Set
	for _, d := range list {
		all = append(all, d.In)
	}
	c.disjoint("x-deprecated", at, all)
}

func (c *checker) profiles(list []Ranged[[]string], at string) {
	c.disjoint("x-profiles", at, sets(list))
	for _, r := range list {
		c.names(at, r.Value)
		for _, name := range r.Value {
			if !slices.ContainsFunc(c.s.Profiles, func(p Profile) bool { return p.Name == name }) {
				c.fail(at, "there is no profile %q", name)
			}
		}
	}
}

func (c *checker) typ(t *Type, at string) {
	if t.Name == "" {
		c.fail(at, "the name is empty")
	}
	c.some(t.In, at)
	c.disjoint("x-names", at, sets(t.Names))
	c.deprecated(t.Deprecated, at)
	c.numbers("x-observable", at, t.Observable)
	if t.Kind == Object {
		if t.Super != "" || t.Values != nil || t.Facets != nil || t.Forms != nil {
			c.fail(at, "an object has no super type, values, bounds or forms")
		}
		c.object(t, at)
		return
	}
	if t.Class != nil || t.Properties != nil || t.Unknown != UnknownError || t.Constraints != nil || t.MinProperties != nil || t.Profiles != nil {
		c.fail(at, "only an object has a class, attributes, constraints or profiles")
	}
	c.primitive(t.Kind, t.Forms, at)
	c.scalar(t, at)
}

func (c *checker) primitive(kind Kind, forms []string, at string) {
	switch {
	case kind == Any:
		c.names(at+"/type", forms)
		for _, form := range forms {
			if !slices.Contains(jsonTypes[:], form) {
				c.fail(at+"/type", "%q is not one of %q", form, jsonTypes)
			}
		}
	case forms != nil:
		c.fail(at+"/type", "only a free-form value has forms")
	case kind != IntOrString && !slices.Contains(primitives[:], kind):
		c.fail(at+"/type", "%q is no type of a value", kind)
	}
}

func (c *checker) object(t *Type, at string) {
	var names []string
	for _, p := range t.Properties {
		names = append(names, p.Name)
		c.property(t, p, at+"/properties/"+escape(p.Name))
	}
	c.names(at+"/properties", names)
	if t.Class != nil {
		c.disjoint("names", at+"/x-class", sets(t.Class.Names))
		for _, name := range t.Class.Names {
			c.names(at+"/x-class", []string{name.Value})
		}
	}
	c.profiles(t.Profiles, at)
	c.numbers("x-min-properties", at, t.MinProperties)
	for _, x := range t.Constraints {
		c.constraint(t, x, at+"/x-constraints")
	}
}

func (c *checker) constraint(t *Type, x Constraint, at string) {
	c.some(x.In, at)
	if x.Kind != AtLeastOne && x.Kind != JustOne {
		c.fail(at, "kind is %q, want %q or %q", x.Kind, AtLeastOne, JustOne)
	}
	if len(x.Of) == 0 {
		c.fail(at, "a constraint of no attributes")
	}
	c.names(at, x.Of)
	for _, path := range x.Of {
		owner := t
		for name := range strings.SplitSeq(path, ".") {
			var p *Property
			if owner != nil {
				p = owner.Property(name)
			}
			if p == nil {
				c.fail(at, "%q leads to no attribute", path)
				break
			}
			owner = c.types[p.Type.Ref]
		}
	}
}

func (c *checker) property(t *Type, p *Property, at string) {
	c.some(p.In, at)
	c.typeRef(p.Type, at)
	arrays := p.In
	if !p.Array {
		arrays = 0
	}
	c.within(p.One, arrays, "x-one", at)
	c.within(p.Required, p.In, "x-required", at)
	c.within(p.Recommended, p.In, "x-recommended", at)
	c.within(p.Unchecked, p.In, "x-unchecked", at)
	c.within(p.Null, p.In, "x-nullable", at)
	c.within(p.NullItems, arrays, "x-nullable-items", at)
	var was []Set
	for _, w := range p.Was {
		was = append(was, w.In)
		c.within(w.In, p.In, "x-was", at)
		c.typeRef(w.Type, at+"/x-was")
	}
	c.disjoint("x-was", at, was)
	c.profiles(p.Profiles, at)
	c.deprecated(p.Deprecated, at)
	c.numbers("x-observable", at, p.Observable)
	if p.Sibling != "" && t.Property(p.Sibling) == nil {
		c.fail(at+"/x-sibling", "there is no attribute %q beside it", p.Sibling)
	}
	if c.set(p.SiblingIn, at); (p.Sibling == "") != (p.SiblingIn == 0) {
		c.fail(at+"/x-sibling", "a sibling in no version, or versions of none")
	}
	c.names(at+"/x-lenient", p.Lenient)
	for _, kind := range p.Lenient {
		if !slices.Contains(faults[:], kind) {
			c.fail(at+"/x-lenient", "%q is not one of %q", kind, faults)
		}
	}
}

var faults = [...]string{"missing", "type", "value"}

func (c *checker) typeRef(ref TypeRef, at string) {
	switch {
	case ref.Ref == "":
		c.primitive(ref.Kind, ref.Forms, at)
	case c.types[ref.Ref] == nil:
		c.fail(at, "there is no definition %q", ref.Ref)
	case ref.Kind != "" || ref.Forms != nil:
		c.fail(at, "a reference to %q with a type beside it", ref.Ref)
	}
}

func (c *checker) scalar(t *Type, at string) {
	seen := map[string]bool{}
	for up := t; up.Super != ""; {
		if seen[up.Name] {
			c.fail(at+"/x-super", "%q narrows itself", t.Name)
			break
		}
		seen[up.Name] = true
		next := c.types[up.Super]
		if next == nil || next.Kind == Object {
			c.fail(at+"/x-super", "there is no scalar %q", up.Super)
			break
		}
		up = next
	}
	c.values(t, at+"/oneOf")
	for _, f := range t.Facets {
		c.facet(t, f, at)
	}
}

func (c *checker) values(t *Type, at string) {
	if t.Values != nil && t.Kind != String && t.Kind != Integer {
		c.fail(at, "an enumeration is of strings or of integers")
	}
	strs, ints := map[string]bool{}, map[int64]bool{}
	for _, v := range t.Values {
		c.some(v.In, at)
		c.disjoint("x-titles", at, sets(v.Titles))
		c.deprecated(v.Deprecated, at)
		switch {
		case t.Kind == Integer && v.Str != "", t.Kind == String && v.Int != 0:
			c.fail(at, "a value is both %q and %d", v.Str, v.Int)
		case t.Kind == Integer && ints[v.Int]:
			c.fail(at, "%d occurs twice", v.Int)
		case t.Kind == String && strs[v.Str]:
			c.fail(at, "%q occurs twice", v.Str)
		}
		strs[v.Str], ints[v.Int] = true, true
	}
}

func (c *checker) facet(t *Type, f Facet, at string) {
	c.some(f.In, at)
	if f.Pattern == "" && f.Format == "" && f.Min == nil && f.Max == nil && f.MinLen == nil && f.MaxLen == nil && len(f.Ints) == 0 {
		c.fail(at, "a facet without a bound")
	}
	if (f.Pattern != "" || f.Format != "" || f.MinLen != nil || f.MaxLen != nil) && t.Kind != String {
		c.fail(at, "a %s has no pattern, format or length", t.Kind)
	}
	if (f.Min != nil || f.Max != nil) && t.Kind != Integer && t.Kind != Number || f.Ints != nil && t.Kind != Integer {
		c.fail(at, "a %s has no minimum, maximum or ranges", t.Kind)
	}
	if f.ExclusiveMin && f.Min == nil || f.ExclusiveMax && f.Max == nil {
		c.fail(at, "an exclusive bound without the bound")
	}
	for _, length := range []*int{f.MinLen, f.MaxLen} {
		if length != nil {
			c.number("a length", at, *length)
		}
	}
	for _, bound := range []*float64{f.Min, f.Max} {
		if bound != nil && (math.IsNaN(*bound) || math.IsInf(*bound, 0)) {
			c.fail(at, "a bound is not a number")
		}
	}
	if f.Min != nil && f.Max != nil && *f.Min > *f.Max || f.MinLen != nil && f.MaxLen != nil && *f.MinLen > *f.MaxLen {
		c.fail(at, "a minimum is greater than its maximum")
	}
	for _, r := range f.Ints {
		if r[0] > r[1] {
			c.fail(at, "the range [%d, %d] runs backwards", r[0], r[1])
		}
	}
}
