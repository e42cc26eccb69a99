package ocsf

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
)

// collectObservables finds the numbers of all observable types (R9): those of
// objects, of attributes of classes and objects, of attribute paths of classes,
// and of the dictionary's types and attributes. It runs before inheritance,
// which would spread them. Of an attribute path only the number and caption are
// kept, in observable.type_id; no release has one yet.
func (c *compiler) collectObservables() error {
	type group struct {
		items, base map[string]node
		kind        string
		patch       bool
	}
	groups := []group{{c.classes, c.classes, "Class", false}, {c.objects, c.objects, "Object", false}}
	for _, x := range c.extensions {
		groups = append(groups, group{x.classPatches, c.classes, "Class", true}, group{x.objectPatches, c.objects, "Object", true})
	}
	for _, g := range groups {
		for _, name := range slices.Sorted(maps.Keys(g.items)) {
			item := g.items[name]
			if err := c.observe(item, captionOf(g.base, name, item)); err != nil {
				return err
			}
			// What a patch adds to is called by the caption of the item patched.
			owner := item
			if g.patch {
				owner = g.base[name]
			}
			prefix := captionOf(g.base, name, owner) + " " + g.kind + ": "
			attributes := sub(item, "attributes")
			for _, attribute := range slices.Sorted(maps.Keys(attributes)) {
				if err := c.observe(sub(attributes, attribute), prefix+attribute); err != nil {
					return err
				}
			}
			paths := sub(item, "observables")
			for _, path := range slices.Sorted(maps.Keys(paths)) {
				if err := c.observe(node{"observable": paths[path]}, prefix+path); err != nil {
					return err
				}
			}
		}
	}
	for _, group := range []node{c.types, c.dictionary} {
		for _, name := range slices.Sorted(maps.Keys(group)) {
			if err := c.observe(sub(group, name), text(sub(group, name), "caption")); err != nil {
				return err
			}
		}
	}
	return nil
}

// observe records the number of n, if it has one, under caption.
func (c *compiler) observe(n node, caption string) error {
	uid, ok := integer(n, "observable")
	if !ok {
		return nil
	}
	if other, ok := c.observables[uid]; ok {
		return fmt.Errorf("observable type %d is both %q and %q", uid, other, caption)
	}
	c.observables[uid] = caption
	return nil
}

// captionOf returns the caption of an item, or of the nearest ancestor that
// has one, or else its name.
func captionOf(items map[string]node, name string, item node) string {
	seen := map[string]bool{}
	for item != nil {
		if caption := text(item, "caption"); caption != "" {
			return caption
		}
		parent := text(item, "extends")
		if seen[parent] {
			break
		}
		seen[parent] = true
		item = items[parent]
	}
	return name
}

// addObservables makes the numbers the values of observable.type_id.
func (c *compiler) addObservables() error {
	observable := c.objects["observable"]
	if observable == nil {
		return nil
	}
	attributes := sub(observable, "attributes")
	typeID := sub(attributes, "type_id")
	if typeID == nil {
		typeID = node{}
		attributes["type_id"] = typeID
	}
	enum := sub(typeID, "enum")
	if enum == nil {
		enum = node{}
		typeID["enum"] = enum
	}
	for uid, caption := range c.observables {
		key := strconv.FormatInt(uid, 10)
		if hasKey(enum, key) {
			return fmt.Errorf("observable type %d (%s) is a value of observable.type_id already", uid, caption)
		}
		enum[key] = node{"caption": caption}
	}
	return nil
}
