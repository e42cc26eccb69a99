package ocsf

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Compile reads the raw metaschema of one release and applies its rules:
// includes, extensions, patches, inheritance, numbers, observables and the
// datetime profile. It refuses a directory that holds another version.
func Compile(fsys fs.FS, version string) (*Release, error) {
	s, err := read(fsys, version)
	if err != nil {
		return nil, fmt.Errorf("ocsf %s: %w", version, err)
	}
	c := &compiler{source: s, observables: map[int64]string{}}
	for _, step := range []func() error{
		s.include,
		c.mergeExtensions,
		c.collectObservables,
		c.applyPatches,
		c.flatten,
		c.numberClasses,
		c.checkDictionary,
		c.addObservables,
		c.consolidateProfiles,
	} {
		if err := step(); err != nil {
			return nil, fmt.Errorf("ocsf %s: %w", version, err)
		}
	}
	r, err := c.finish()
	if err != nil {
		return nil, fmt.Errorf("ocsf %s: %w", version, err)
	}
	return r, nil
}

// compiler applies the rules to a source, in place.
type compiler struct {
	*source
	observables map[int64]string // number to caption
}

// mergeExtensions adds what the extensions define to the base schema, marked
// with the extension's name, and scopes the names of their profiles (R2).
func (c *compiler) mergeExtensions() error {
	for _, x := range c.extensions {
		x.mark()
		if err := errors.Join(
			add(c.categories, x.categories, "category"),
			add(c.dictionary, x.dictionary, "dictionary attribute"),
			add(c.types, x.types, "type"),
			addItems(c.classes, x.classes, "class"),
			addItems(c.objects, x.objects, "object"),
		); err != nil {
			return fmt.Errorf("extension %s: %w", x.name, err)
		}
		for name, profile := range x.profiles {
			c.profiles[x.name+"/"+name] = profile
		}
	}
	return nil
}

// mark sets the extension on everything it brings, and scopes its profiles.
func (x *extension) mark() {
	stamp := func(n node) {
		n["extension"] = x.name
		n["extension_id"] = json.Number(strconv.FormatInt(x.uid, 10))
	}
	for _, group := range []node{x.categories, x.dictionary, x.types} {
		for _, v := range group {
			stamp(v.(node))
		}
	}
	for _, items := range []map[string]node{x.classes, x.classPatches, x.objects, x.objectPatches} {
		for _, item := range items {
			stamp(item)
			x.scope(item)
			for _, v := range sub(item, "attributes") {
				stamp(v.(node))
				x.scope(v.(node))
			}
		}
	}
}

// scope puts the extension before the names of its own profiles.
func (x *extension) scope(n node) {
	list := texts(n, "profiles")
	if list == nil {
		return
	}
	for i, name := range list {
		if _, own := x.profiles[name]; own {
			list[i] = x.name + "/" + name
		}
	}
	n["profiles"] = union(list)
}

func add(dst, src node, kind string) error {
	for name, v := range src {
		if hasKey(dst, name) {
			return fmt.Errorf("%s %q is defined already", kind, name)
		}
		dst[name] = v
	}
	return nil
}

func addItems(dst, src map[string]node, kind string) error {
	for name, n := range src {
		if _, ok := dst[name]; ok {
			return fmt.Errorf("%s %q is defined already", kind, name)
		}
		dst[name] = n
	}
	return nil
}

// applyPatches lays the patches of extensions over the items they name (R5).
// Names and captions of a patch are its own and dropped.
func (c *compiler) applyPatches() error {
	apply := func(items, patches map[string]node, kind string) error {
		for _, name := range slices.Sorted(maps.Keys(patches)) {
			item, ok := items[name]
			if !ok {
				return fmt.Errorf("patch of %s %q, which is not defined", kind, name)
			}
			patch := patches[name]
			mergeProfiles(item, patch)
			mergeAttributes(sub(item, "attributes"), sub(patch, "attributes"))
			for _, key := range []string{"observable", "observables"} {
				if v := patch[key]; v != nil {
					item[key] = v
				}
			}
			if constraints := sub(patch, "constraints"); len(constraints) > 0 {
				item["constraints"] = constraints
			} else if constraints != nil {
				delete(item, "constraints")
			}
		}
		return nil
	}
	for _, x := range c.extensions {
		if err := errors.Join(
			apply(c.classes, x.classPatches, "class"),
			apply(c.objects, x.objectPatches, "object"),
		); err != nil {
			return fmt.Errorf("extension %s: %w", x.name, err)
		}
	}
	return nil
}

// flatten gives every item what its ancestors have (R6), and drops the items
// that exist for that purpose only (R7): classes without a uid, and objects
// whose names start with an underscore.
func (c *compiler) flatten() error {
	for _, group := range []struct {
		items  map[string]node
		kind   string
		hidden func(name string, item node) bool
	}{
		{c.classes, "class", func(name string, item node) bool { return !hasKey(item, "uid") && name != "base_event" }},
		{c.objects, "object", func(name string, _ node) bool { return strings.HasPrefix(name, "_") }},
	} {
		done := map[string]bool{}
		for _, name := range slices.Sorted(maps.Keys(group.items)) {
			if err := extend(group.items, name, done, nil); err != nil {
				return fmt.Errorf("%s %w", group.kind, err)
			}
		}
		maps.DeleteFunc(group.items, group.hidden)
	}
	return nil
}

// extend flattens one item, its ancestors first; path holds the descendants
// that are waiting for it.
func extend(items map[string]node, name string, done map[string]bool, path []string) error {
	item := items[name]
	parent := text(item, "extends")
	if done[name] || parent == "" {
		return nil
	}
	if slices.Contains(path, name) {
		return fmt.Errorf("%q extends itself by way of %s", name, strings.Join(path, ", "))
	}
	if items[parent] == nil {
		return fmt.Errorf("%q extends %q, which is not defined", name, parent)
	}
	if err := extend(items, parent, done, append(path, name)); err != nil {
		return err
	}
	merged := clone(items[parent])
	for key, v := range item {
		switch key {
		case "attributes":
			mergeAttributes(sub(merged, key), v.(node))
		case "profiles":
			mergeProfiles(merged, item)
		default:
			merged[key] = cloneValue(v)
		}
	}
	items[name], done[name] = merged, true
	return nil
}

// numberClasses computes class_uid, and the enumerations that follow from it
// (R8): class_uid, category_uid and type_uid.
func (c *compiler) numberClasses() error {
	uids := map[int64]string{}
	for _, name := range slices.Sorted(maps.Keys(c.classes)) {
		class := c.classes[name]
		key := text(class, "category")
		category := sub(c.categories, key)
		if category == nil && key != "other" {
			return fmt.Errorf("class %q has the category %q, which is not defined", name, key)
		}
		categoryUID, _ := integer(category, "uid")
		scoped := categoryUID
		if ext, ok := integer(class, "extension_id"); ok {
			scoped += 100 * ext
		}
		own, _ := integer(class, "uid")
		uid := scoped*1000 + own
		if other, ok := uids[uid]; ok {
			return fmt.Errorf("classes %q and %q have the same class_uid %d", other, name, uid)
		}
		uids[uid] = name
		class["uid"] = json.Number(strconv.FormatInt(uid, 10))

		attributes := sub(class, "attributes")
		activities := sub(sub(attributes, "activity_id"), "enum")
		if activities == nil {
			return fmt.Errorf("class %q has no values for activity_id", name)
		}
		caption := text(class, "caption")
		types := node{}
		for key, v := range activities {
			activity, err := strconv.ParseInt(key, 10, 64)
			if err != nil {
				return fmt.Errorf("class %q: activity_id %q is not an integer", name, key)
			}
			value := clone(v.(node))
			value["caption"] = caption + ": " + text(value, "caption")
			types[strconv.FormatInt(uid*100+activity, 10)] = value
		}
		types[strconv.FormatInt(uid*100, 10)] = node{"caption": caption + ": Unknown"}
		setEnum(attributes, "type_uid", types)
		setEnum(attributes, "class_uid", node{strconv.FormatInt(uid, 10): node{"caption": caption}})
		if category != nil {
			setEnum(attributes, "category_uid", node{strconv.FormatInt(categoryUID, 10): node{"caption": text(category, "caption")}})
		}
	}
	return nil
}

func setEnum(attributes node, name string, enum node) {
	attribute := sub(attributes, name)
	if attribute == nil {
		attribute = node{}
		attributes[name] = attribute
	}
	attribute["enum"] = enum
}

// checkDictionary resolves the types of the dictionary's attributes: what is
// no type is the name of an object (R12). It then adds the attributes that the
// datetime profile derives (R10).
func (c *compiler) checkDictionary() error {
	for _, name := range slices.Sorted(maps.Keys(c.types)) {
		if super := text(sub(c.types, name), "type"); super != "" && !hasKey(c.types, super) {
			return fmt.Errorf("type %q narrows %q, which is not defined", name, super)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.dictionary)) {
		attribute := sub(c.dictionary, name)
		of := text(attribute, "type")
		if hasKey(c.types, of) {
			continue
		}
		if c.objects[of] == nil {
			return fmt.Errorf("dictionary attribute %q has the type %q, which is neither a type nor an object", name, of)
		}
		attribute["type"], attribute["object_type"] = "object_t", of
	}
	if !c.hasDatetime() {
		return nil
	}
	for name, v := range maps.Clone(c.dictionary) {
		if attribute := v.(node); text(attribute, "type") == "timestamp_t" {
			dt := clone(attribute)
			dt["type"] = "datetime_t"
			c.dictionary[name+"_dt"] = dt
		}
	}
	return nil
}

func (c *compiler) hasDatetime() bool {
	return c.profiles["datetime"] != nil && hasKey(c.types, "datetime_t") && hasKey(c.types, "timestamp_t")
}

// addDatetime gives an item a sibling <name>_dt for each timestamp (R10).
func (c *compiler) addDatetime(item node) {
	if !c.hasDatetime() {
		return
	}
	attributes := sub(item, "attributes")
	for name, v := range maps.Clone(attributes) {
		attribute := v.(node)
		of := text(attribute, "type")
		if of == "" {
			of = text(sub(c.dictionary, name), "type")
		}
		if of != "timestamp_t" {
			continue
		}
		dt := clone(attribute)
		dt["profiles"] = []any{"datetime"}
		dt["requirement"] = "optional"
		delete(dt, "type")
		attributes[name+"_dt"] = dt
		item["profiles"] = union(texts(item, "profiles"), []string{"datetime"})
	}
}

// consolidateProfiles gives each item the profiles of all objects that it can
// reach (R11), objects first; then come the datetime attributes.
func (c *compiler) consolidateProfiles() error {
	for _, items := range []map[string]node{c.objects, c.classes} {
		for _, name := range slices.Sorted(maps.Keys(items)) {
			item := items[name]
			for _, profile := range texts(item, "profiles") {
				if c.profiles[profile] == nil {
					return fmt.Errorf("%q has the profile %q, which is not defined", name, profile)
				}
			}
			found := map[string]bool{}
			if err := c.gatherProfiles(item, found, map[string]bool{}); err != nil {
				return fmt.Errorf("%q: %w", name, err)
			}
			if len(found) > 0 {
				item["profiles"] = union(slices.Collect(maps.Keys(found)))
			}
		}
		for _, item := range items {
			c.addDatetime(item)
		}
	}
	return nil
}

func (c *compiler) gatherProfiles(item node, found, seen map[string]bool) error {
	for _, profile := range texts(item, "profiles") {
		found[profile] = true
	}
	for _, name := range slices.Sorted(maps.Keys(sub(item, "attributes"))) {
		attribute := sub(c.dictionary, name)
		if attribute == nil {
			return fmt.Errorf("attribute %q is not in the dictionary", name)
		}
		object := text(attribute, "object_type")
		if object == "" || seen[object] {
			continue
		}
		seen[object] = true
		if err := c.gatherProfiles(c.objects[object], found, seen); err != nil {
			return fmt.Errorf("%q: %w", object, err)
		}
	}
	return nil
}
