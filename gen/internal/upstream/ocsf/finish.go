package ocsf

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// finish merges the dictionary into the attributes of items (R12), and gives
// everything its type.
func (c *compiler) finish() (*Release, error) {
	r := &Release{
		Version:    c.version,
		Extensions: map[string]int64{},
		Categories: map[string]Category{},
		Profiles:   map[string]string{},
		Types:      map[string]*Scalar{},
		Dictionary: map[string]*Attribute{},
		Classes:    map[string]*Item{},
		Objects:    map[string]*Item{},
	}
	for _, x := range c.extensions {
		r.Extensions[x.name] = x.uid
	}
	for name, v := range c.categories {
		category, _ := v.(node)
		uid, _ := integer(category, "uid")
		r.Categories[name] = Category{UID: uid, Caption: text(category, "caption")}
	}
	for name, profile := range c.profiles {
		r.Profiles[name] = text(profile, "caption")
	}
	for _, name := range slices.Sorted(maps.Keys(c.types)) {
		scalar, err := finishScalar(sub(c.types, name))
		if err != nil {
			return nil, fmt.Errorf("type %q: %w", name, err)
		}
		r.Types[name] = scalar
	}
	for name, v := range c.dictionary {
		r.Dictionary[name] = finishAttribute(v.(node))
	}
	for _, group := range []struct {
		from map[string]node
		to   map[string]*Item
	}{{c.classes, r.Classes}, {c.objects, r.Objects}} {
		for _, name := range slices.Sorted(maps.Keys(group.from)) {
			item, err := c.finishItem(name, group.from[name])
			if err != nil {
				return nil, fmt.Errorf("%q: %w", name, err)
			}
			group.to[name] = item
		}
	}
	return r, nil
}

func finishScalar(n node) (*Scalar, error) {
	s := &Scalar{
		Caption:   text(n, "caption"),
		Super:     text(n, "type"),
		Regex:     text(n, "regex"),
		Extension: text(n, "extension"),
	}
	s.MaxLen, _ = integer(n, "max_len")
	s.Observable, _ = integer(n, "observable")
	if bounds, ok := n["range"].([]any); ok {
		for _, v := range bounds {
			if bound, ok := integer(node{"v": v}, "v"); ok {
				s.Range = append(s.Range, bound)
			}
		}
		if len(s.Range) != 2 || len(bounds) != 2 {
			return nil, fmt.Errorf("range %v is not two integers", bounds)
		}
	}
	return s, nil
}

func (c *compiler) finishItem(name string, n node) (*Item, error) {
	item := &Item{
		Name:        name,
		Caption:     text(n, "caption"),
		Category:    text(n, "category"),
		Extension:   text(n, "extension"),
		Attributes:  map[string]*Attribute{},
		Constraints: map[string][]string{},
		Profiles:    texts(n, "profiles"),
		Deprecated:  finishDeprecation(n),
	}
	item.UID, _ = integer(n, "uid")
	item.Observable, _ = integer(n, "observable")
	attributes := sub(n, "attributes")
	for _, name := range slices.Sorted(maps.Keys(attributes)) {
		base := sub(c.dictionary, name)
		if base == nil {
			return nil, fmt.Errorf("attribute %q is not in the dictionary", name)
		}
		own := sub(attributes, name)
		merged := clone(base)
		deepMerge(merged, own)
		if of := text(own, "type"); of != "" && of != text(base, "type") {
			if text(sub(c.types, of), "type") != text(base, "type") {
				return nil, fmt.Errorf("attribute %q has the type %s, which does not narrow %s", name, of, text(base, "type"))
			}
		}
		attribute := finishAttribute(merged)
		if attribute.Requirement == "" {
			attribute.Requirement = "optional"
		}
		if requirementRank(merged) < 0 && text(merged, "requirement") != "" {
			return nil, fmt.Errorf("attribute %q has the requirement %q", name, attribute.Requirement)
		}
		item.Attributes[name] = attribute
	}
	for kind, v := range sub(n, "constraints") {
		if !isTexts(v) {
			return nil, fmt.Errorf("constraint %s is not a list of names", kind)
		}
		if kind != "at_least_one" && kind != "just_one" {
			return nil, fmt.Errorf("constraint %q is of an unknown kind", kind)
		}
		// A name that no attribute has is dropped: nothing can satisfy it.
		var of []string
		for _, path := range texts(sub(n, "constraints"), kind) {
			if c.resolves(attributes, path) {
				of = append(of, path)
			}
		}
		slices.Sort(of)
		if len(of) > 0 {
			item.Constraints[kind] = of
		}
	}
	return item, nil
}

// resolves reports whether a dotted path leads to an attribute.
func (c *compiler) resolves(attributes node, path string) bool {
	name, rest, dotted := strings.Cut(path, ".")
	if !hasKey(attributes, name) {
		return false
	}
	if !dotted {
		return true
	}
	object := text(sub(c.dictionary, name), "object_type")
	return object != "" && c.resolves(sub(c.objects[object], "attributes"), rest)
}

func finishAttribute(n node) *Attribute {
	a := &Attribute{
		Caption:     text(n, "caption"),
		Type:        text(n, "type"),
		ObjectType:  text(n, "object_type"),
		Requirement: text(n, "requirement"),
		Group:       text(n, "group"),
		Sibling:     text(n, "sibling"),
		Extension:   text(n, "extension"),
		Deprecated:  finishDeprecation(n),
	}
	a.Array, _ = n["is_array"].(bool)
	a.Observable, _ = integer(n, "observable")
	if list := texts(n, "profiles"); len(list) > 0 {
		a.Profiles = list
	}
	if enum := sub(n, "enum"); len(enum) > 0 {
		a.Enum = map[string]EnumValue{}
		for key, v := range enum {
			a.Enum[key] = EnumValue{Caption: text(v.(node), "caption"), Deprecated: finishDeprecation(v.(node))}
		}
	}
	return a
}

func finishDeprecation(n node) *Deprecation {
	d := sub(n, "@deprecated")
	if d == nil {
		return nil
	}
	return &Deprecation{Since: text(d, "since")}
}
