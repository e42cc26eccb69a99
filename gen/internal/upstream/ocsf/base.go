package ocsf

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"testing/fstest"

	"github.com/secmodel/secmodel/internal/model"
)

// base is what [Distil] makes of the newest release: what extensions are
// compiled on.
//
//go:embed base.json
var base []byte

// kept are the members that say something that [Compile] uses.
var kept = []string{
	"$include", "@deprecated", "annotations", "attributes", "caption", "category", "constraints", "enum", "extends", "group",
	"is_array", "max_len", "meta", "name", "observable", "observables", "profile", "profiles", "range", "regex", "requirement",
	"sibling", "since", "type", "types", "uid", "version",
}

// named are the members whose own members are names of the metaschema's author.
var named = []string{"attributes", "enum", "constraints", "observables"}

// Distil keeps of a raw release what Compile uses: names, types, captions,
// requirements, values and bounds, file by file, and no prose. The result is a
// JSON object with a line for each file.
func Distil(fsys fs.FS) ([]byte, error) {
	files := map[string]node{}
	err := fs.WalkDir(visible{fsys}, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(name) != ".json" {
			return err
		}
		switch top, _, _ := strings.Cut(name, "/"); top {
		case "version.json", "categories.json", "dictionary.json", "events", "objects", "profiles", "includes", "extensions":
			n, err := readNode(fsys, name)
			if err == nil {
				files[name] = distil(n, false).(node)
			}
			return err
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	out.WriteString("{")
	for i, name := range slices.Sorted(maps.Keys(files)) {
		if i > 0 {
			out.WriteString(",")
		}
		text, err := json.Marshal(files[name])
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&out, "\n%q: %s", name, text)
	}
	out.WriteString("\n}\n")
	return out.Bytes(), nil
}

// distil leaves out what is not kept. free says that the members of v have names
// of the author's.
func distil(v any, free bool) any {
	switch v := v.(type) {
	case node:
		n := node{}
		for key, e := range v {
			switch {
			case free:
				n[key] = distil(e, false)
			case slices.Contains(kept, key):
				n[key] = distil(e, slices.Contains(named, key))
			}
		}
		return n
	case []any:
		list := make([]any, len(v))
		for i, e := range v {
			list[i] = distil(e, false)
		}
		return list
	}
	return v
}

// Newest returns the directory of the newest release, previews aside; "" if there
// is none. The directories are those that Import takes.
func Newest(dirs []string) string {
	newest := ""
	for _, dir := range dirs {
		if v := versionOf(dir); !strings.Contains(v, "-") && (newest == "" || CompareVersions(v, versionOf(newest)) > 0) {
			newest = dir
		}
	}
	return newest
}

// BaseVersion is the release that extensions are compiled on.
func BaseVersion() (string, error) {
	fsys, err := baseFS()
	if err != nil {
		return "", err
	}
	n, err := readNode(fsys, "version.json")
	return text(n, "version"), err
}

// baseFS gives the files of the base.
func baseFS() (fstest.MapFS, error) {
	var files map[string]json.RawMessage
	if err := json.Unmarshal(base, &files); err != nil {
		return nil, fmt.Errorf("base.json: %w", err)
	}
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: text}
	}
	return fsys, nil
}

// Extended is the newest release with an extension of someone's own.
type Extended struct {
	Schema *model.Schema // of that release alone, the extension included
	// Own holds the names of the types that the extension defines or changes,
	// directly or in what they refer to.
	Own map[string]bool
}

// Extend compiles the extension in dir, which has the layout of upstream's
// extensions/NAME, on the newest release.
func Extend(dir fs.FS) (*Extended, error) {
	version, err := BaseVersion()
	if err != nil {
		return nil, err
	}
	plain, err := baseFS()
	if err != nil {
		return nil, err
	}
	extended := maps.Clone(plain)
	n, err := readNode(dir, "extension.json")
	if err != nil {
		return nil, fmt.Errorf("not an extension of OCSF: %w", err)
	}
	root := "extensions/" + text(n, "name")
	if err := fs.WalkDir(visible{dir}, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(name) != ".json" {
			return err
		}
		data, err := fs.ReadFile(dir, name)
		file := path.Join(root, name)
		if extended[file] != nil {
			return fmt.Errorf("OCSF has an extension %q itself", text(n, "name"))
		}
		extended[file] = &fstest.MapFile{Data: data}
		return err
	}); err != nil {
		return nil, err
	}
	var schemas [2]*model.Schema
	for i, fsys := range [...]fs.FS{plain, extended} {
		r, err := Compile(fsys, version)
		if err != nil {
			return nil, err
		}
		if schemas[i], err = Merge([]*Release{r}); err != nil {
			return nil, err
		}
	}
	x := &Extended{Schema: schemas[1], Own: changed(schemas[0], schemas[1])}
	x.Schema.Title = "OCSF with the extension " + text(n, "name")
	for _, name := range [...]string{"metadata", "observable"} {
		if x.Own[name] {
			return nil, fmt.Errorf("the extension changes the object %q, or one that it refers to: then its events would not be events of package ocsf", name)
		}
	}
	return x, nil
}
