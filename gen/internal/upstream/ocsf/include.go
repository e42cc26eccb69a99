package ocsf

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
)

// include replaces the $include members of all items by what they name (R3).
func (s *source) include() error {
	resolve := func(items map[string]node, dirs ...string) error {
		for _, name := range slices.Sorted(maps.Keys(items)) {
			if err := s.includeItem(items[name], dirs); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
		return nil
	}
	for _, items := range []map[string]node{s.classes, s.objects} {
		if err := resolve(items, "."); err != nil {
			return err
		}
	}
	for _, x := range s.extensions {
		for _, items := range []map[string]node{x.classes, x.classPatches, x.objects, x.objectPatches} {
			if err := resolve(items, x.dir, "."); err != nil {
				return fmt.Errorf("extension %s: %w", x.name, err)
			}
		}
	}
	return nil
}

// includeItem resolves the includes of one item; files are looked for in dirs,
// in order. What the item says wins over what it includes, and an earlier
// include over a later.
func (s *source) includeItem(item node, dirs []string) error {
	attributes := sub(item, "attributes")
	var files []string
	switch v := attributes["$include"].(type) {
	case nil:
	case string:
		files = []string{v}
	default:
		if !isTexts(v) {
			return errors.New("$include is neither a path nor a list of paths")
		}
		files = texts(attributes, "$include")
	}
	delete(attributes, "$include")
	for _, file := range files {
		n, err := s.included(file, dirs)
		if err != nil {
			return err
		}
		base := sub(n, "attributes")
		if base == nil {
			return fmt.Errorf("%s is included and has no attributes", file)
		}
		if hasKey(base, "$include") {
			return fmt.Errorf("%s is included and has itself an $include", file)
		}
		for _, v := range base {
			attribute := v.(node)
			if text(n, "meta") == "profile" {
				attribute["profiles"] = []any{text(n, "name")}
			}
			for key, v := range sub(n, "annotations") {
				if !hasKey(attribute, key) {
					attribute[key] = v
				}
			}
		}
		mergeAttributes(base, attributes)
		attributes = base
	}
	for name, v := range attributes {
		attribute := v.(node)
		file, ok := attribute["$include"]
		if !ok {
			continue
		}
		delete(attribute, "$include")
		base, err := s.included(fmt.Sprint(file), dirs)
		if err != nil {
			return fmt.Errorf("attribute %q: %w", name, err)
		}
		if err := checkAttribute(base); err != nil {
			return fmt.Errorf("%v, included as attribute %q, %w", file, name, err)
		}
		deepMerge(base, attribute)
		attributes[name] = base
	}
	item["attributes"] = attributes
	return nil
}

// included reads an included file, anew each time.
func (s *source) included(file string, dirs []string) (node, error) {
	for _, dir := range dirs {
		n, err := readNode(s.fsys, path.Join(dir, file))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if err := checkShape(n); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		return n, nil
	}
	return nil, fmt.Errorf("includes %s, which is not in %s", file, strings.Join(dirs, " or "))
}
