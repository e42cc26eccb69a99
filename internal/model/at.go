package model

import "slices"

// What a schema says of one version: the questions that an importer's proof,
// the exporter of plain schemas and tests of validators ask alike. A version is
// given as its bit.

// NameAt returns the name of the class, object or scalar in version v.
func (t *Type) NameAt(v int) string {
	names := t.Names
	if t.Class != nil {
		names = t.Class.Names
	}
	if name, ok := At(names, v); ok {
		return name
	}
	return t.Name
}

// PropertiesAt returns the attributes that t has in version v, those of every
// profile included; nil if v does not have t.
func (t *Type) PropertiesAt(v int) []*Property {
	if !t.In.Has(v) {
		return nil
	}
	var list []*Property
	for _, p := range t.Properties {
		if p.In.Has(v) {
			list = append(list, p)
		}
	}
	return list
}

// Admits reports whether the attribute exists in an event of version v that
// names these profiles.
func (p *Property) Admits(v int, profiles []string) bool {
	if !p.In.Has(v) {
		return false
	}
	gate, _ := At(p.Profiles, v)
	return gate == nil || slices.ContainsFunc(gate, func(name string) bool { return slices.Contains(profiles, name) })
}

// TypeAt returns the type of the attribute in version v, and whether it is an
// array of that.
func (p *Property) TypeAt(v int) (ref TypeRef, array bool) {
	for _, w := range p.Was {
		if w.In.Has(v) {
			return w.Type, w.Array
		}
	}
	return p.Type, p.Array && !p.One.Has(v)
}

// SiblingAt returns the attribute that holds the caption of the value in
// version v, "" if there is none.
func (p *Property) SiblingAt(v int) string {
	if p.SiblingIn.Has(v) {
		return p.Sibling
	}
	return ""
}

// ValuesAt returns the values of the enumeration in version v.
func (t *Type) ValuesAt(v int) []Value {
	if !t.In.Has(v) {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(t.Values), func(x Value) bool { return !x.In.Has(v) })
}

// TitleAt returns the caption of the value in version v.
func (x *Value) TitleAt(v int) string {
	if title, ok := At(x.Titles, v); ok {
		return title
	}
	return x.Title
}

// DeprecatedAt reports whether the list deprecates something in version v, and
// since when.
func DeprecatedAt(list []Deprecation, v int) (since string, ok bool) {
	for _, d := range list {
		if d.In.Has(v) {
			return d.Since, true
		}
	}
	return "", false
}

// ClassAt returns the class that has this number, or, for formats without
// numbers, this name in version v; nil if v has none.
func (s *Schema) ClassAt(v int, uid int64, name string) *Type {
	for _, t := range s.Types {
		if t.Class == nil || !t.In.Has(v) {
			continue
		}
		if name == "" && t.Class.UID == uid || name != "" && t.NameAt(v) == name {
			return t
		}
	}
	return nil
}
