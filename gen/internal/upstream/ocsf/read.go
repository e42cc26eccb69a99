package ocsf

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
)

// source is what the files of one release say, before any rule but R1 and the
// sorting of extension items into patches and new ones (R2).
type source struct {
	fsys       fs.FS
	version    string
	categories node // name to category
	types      node // name to type
	dictionary node // name to attribute
	classes    map[string]node
	objects    map[string]node
	profiles   map[string]node
	extensions []*extension // by uid
}

// extension is the part of a source that one extension brings.
type extension struct {
	name          string
	uid           int64
	caption       string
	dir           string
	categories    node
	types         node
	dictionary    node
	classes       map[string]node
	objects       map[string]node
	classPatches  map[string]node
	objectPatches map[string]node
	profiles      map[string]node
}

// read loads the release in fsys, and refuses another version than the one
// asked for: an upstream tag is known to hold the wrong one.
func read(fsys fs.FS, version string) (*source, error) {
	n, err := readNode(fsys, "version.json")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("no version.json: this is not the root of a raw OCSF schema: %w", err)
	}
	if err != nil {
		return nil, err
	}
	if got := text(n, "version"); got != version {
		return nil, fmt.Errorf("version.json says %q, but %q was asked for: check out the commit of that release", got, version)
	}
	s := &source{fsys: fsys, version: version}
	if n, err = readNode(fsys, "categories.json"); err != nil {
		return nil, err
	}
	if err := checkShape(n); err != nil {
		return nil, fmt.Errorf("categories.json: %w", err)
	}
	s.categories = sub(n, "attributes")
	if s.dictionary, s.types, err = readDictionary(fsys, "dictionary.json"); err != nil {
		return nil, err
	}
	if s.classes, err = readItems(fsys, "events"); err != nil {
		return nil, err
	}
	if s.objects, err = readItems(fsys, "objects"); err != nil {
		return nil, err
	}
	if s.profiles, err = readItems(fsys, "profiles"); err != nil {
		return nil, err
	}
	if len(s.categories) == 0 || len(s.types) == 0 || len(s.classes) == 0 || len(s.objects) == 0 {
		return nil, errors.New("no categories, types, classes or objects: the directory is not complete")
	}
	return s, s.readExtensions()
}

func readDictionary(fsys fs.FS, name string) (attributes, types node, err error) {
	n, err := readNode(fsys, name)
	if err != nil {
		return nil, nil, err
	}
	if err := checkShape(n); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", name, err)
	}
	t := sub(n, "types")
	if t != nil {
		if err := checkShape(t); err != nil {
			return nil, nil, fmt.Errorf("%s: types: %w", name, err)
		}
	}
	return sub(n, "attributes"), sub(t, "attributes"), nil
}

// readItems loads all items below dir, by name; an item without one has the
// name that it extends. A missing directory holds no items.
func readItems(fsys fs.FS, dir string) (map[string]node, error) {
	items := map[string]node{}
	from := map[string]string{}
	err := fs.WalkDir(fsys, dir, func(name string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && name == dir {
			return fs.SkipAll
		}
		if err != nil || entry.IsDir() || path.Ext(name) != ".json" {
			return err
		}
		n, err := readNode(fsys, name)
		if err != nil {
			return err
		}
		if err := checkShape(n); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		upgradeProfiles(n)
		key := text(n, "name")
		if key == "" {
			key = text(n, "extends")
		}
		if key == "" {
			return fmt.Errorf("%s: neither a name nor an item that it extends", name)
		}
		if other, ok := from[key]; ok {
			return fmt.Errorf("%s and %s both define %q", other, name, key)
		}
		items[key], from[key] = n, name
		return nil
	})
	return items, err
}

// upgradeProfiles turns the "profile" of each attribute into a list (R1). A
// null stays: it frees the attribute of profiles.
func upgradeProfiles(item node) {
	if item["attributes"] == nil {
		item["attributes"] = node{}
	}
	for _, v := range sub(item, "attributes") {
		attribute, ok := v.(node)
		if !ok || !hasKey(attribute, "profile") {
			continue
		}
		if profile := attribute["profile"]; profile == nil {
			attribute["profiles"] = nil
		} else {
			attribute["profiles"] = []any{profile}
		}
		delete(attribute, "profile")
	}
}

// readExtensions loads extensions/*, in the order of their numbers.
func (s *source) readExtensions() error {
	entries, err := fs.ReadDir(s.fsys, "extensions")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if !entry.IsDir() {
			continue
		}
		x, err := readExtension(s.fsys, path.Join("extensions", entry.Name()))
		if err != nil {
			return err
		}
		s.extensions = append(s.extensions, x)
	}
	slices.SortFunc(s.extensions, func(a, b *extension) int { return int(a.uid - b.uid) })
	for i, x := range s.extensions {
		if i > 0 && s.extensions[i-1].uid == x.uid {
			return fmt.Errorf("extensions %s and %s have the same uid %d", s.extensions[i-1].name, x.name, x.uid)
		}
	}
	return nil
}

func readExtension(fsys fs.FS, dir string) (*extension, error) {
	n, err := readNode(fsys, path.Join(dir, "extension.json"))
	if err != nil {
		return nil, err
	}
	uid, ok := integer(n, "uid")
	x := &extension{name: text(n, "name"), uid: uid, caption: text(n, "caption"), dir: dir}
	if x.name == "" || !ok {
		return nil, fmt.Errorf("%s/extension.json: no name or no integer uid", dir)
	}
	optional := func(name string) (bool, error) {
		_, err := fs.Stat(fsys, path.Join(dir, name))
		if errors.Is(err, fs.ErrNotExist) {
			return false, nil
		}
		return err == nil, err
	}
	if has, err := optional("categories.json"); err != nil {
		return nil, err
	} else if has {
		if n, err = readNode(fsys, path.Join(dir, "categories.json")); err != nil {
			return nil, err
		}
		if err := checkShape(n); err != nil {
			return nil, fmt.Errorf("%s/categories.json: %w", dir, err)
		}
		x.categories = sub(n, "attributes")
	}
	if has, err := optional("dictionary.json"); err != nil {
		return nil, err
	} else if has {
		if x.dictionary, x.types, err = readDictionary(fsys, path.Join(dir, "dictionary.json")); err != nil {
			return nil, err
		}
	}
	if x.classes, x.classPatches, err = readPatchable(fsys, path.Join(dir, "events")); err != nil {
		return nil, err
	}
	if x.objects, x.objectPatches, err = readPatchable(fsys, path.Join(dir, "objects")); err != nil {
		return nil, err
	}
	x.profiles, err = readItems(fsys, path.Join(dir, "profiles"))
	return x, err
}

// readPatchable loads the items below dir, and tells new ones from patches: an
// item without a name of its own, or with the name it extends, is a patch.
func readPatchable(fsys fs.FS, dir string) (items, patches map[string]node, err error) {
	all, err := readItems(fsys, dir)
	if err != nil {
		return nil, nil, err
	}
	items, patches = map[string]node{}, map[string]node{}
	for name, n := range all {
		if text(n, "extends") == name {
			patches[name] = n
		} else {
			items[name] = n
		}
	}
	return items, patches, nil
}
