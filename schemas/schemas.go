// Package schemas holds the annotated JSON Schemas that the models of this
// module are generated from, one per format, each the union of all versions of
// the format. README.md describes them.
//
// For other tools it makes plain JSON Schemas of one class in one version: see
// [Plain]. The models and package serialize do not import this package, so
// that a program carries the schemas only if it asks for them.
package schemas

import (
	"embed"
	"fmt"
	"slices"
	"strings"

	"github.com/secmodel/secmodel/internal/model"
)

//go:embed *.schema.json
var files embed.FS

const suffix = ".schema.json"

// Formats returns the names of the formats, in alphabetical order.
func Formats() []string {
	entries, err := files.ReadDir(".")
	if err != nil {
		panic(err) // the root of an embedded file system can always be read
	}
	var names []string
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), suffix))
	}
	slices.Sort(names)
	return names
}

// Version is one release or draft of a format.
type Version struct {
	Name    string // as documents name it: "2.D.V08", "1.8.0"
	Preview bool   // not released yet
}

// Class is one kind of document of a format.
type Class struct {
	Name     string // name of its definition in the schema: "message", "authentication"
	Title    string // caption
	UID      int64  // number of the class, 0 if the format has no numbers
	Category string // name of its category, "" if the format has none
}

// Versions returns the versions of a format, oldest first.
func Versions(format string) ([]Version, error) {
	f, err := Open(format)
	if err != nil {
		return nil, err
	}
	return f.Versions(), nil
}

// Classes returns the classes that a format has in a version, ordered by name.
func Classes(format, version string) ([]Class, error) {
	f, err := Open(format)
	if err != nil {
		return nil, err
	}
	return f.Classes(version)
}

// Plain returns a plain JSON Schema, without annotations and complete in
// itself, of one class of a format in one version. It reads the format's
// schema on each call: [Open] it once to make several.
//
// The schema says what makes a document wrong: no faults that are warnings only
// (see [Strict]), and no rules of the specification's text that JSON Schema can
// not express. The keyword format is there, and a validator should take it for
// the annotation that it is. An attribute that exists only under a profile is
// admitted and never required. A null is a value of a wrong type, even where
// the format takes it for an absent attribute. A pattern that is no expression
// of package regexp is left out, since validators can not run it.
func Plain(format, version, class string, opts ...Option) ([]byte, error) {
	f, err := Open(format)
	if err != nil {
		return nil, err
	}
	return f.Plain(version, class, opts...)
}

// Annotated returns the annotated schema of a format as it is in the file.
func Annotated(format string) ([]byte, error) {
	data, err := files.ReadFile(format + suffix)
	if err != nil {
		return nil, fmt.Errorf("no format %q: want one of %q", format, Formats())
	}
	return data, nil
}

// Format is the schema of one format, ready for use. It never changes, and may
// be used by several goroutines.
type Format struct {
	schema *model.Schema
}

// Open reads the schema of a format.
func Open(format string) (*Format, error) {
	data, err := Annotated(format)
	if err != nil {
		return nil, err
	}
	s, err := model.Parse(data)
	if err != nil {
		return nil, fmt.Errorf("schema of %s: %w", format, err)
	}
	return &Format{s}, nil
}

// Versions returns the versions of the format, oldest first.
func (f *Format) Versions() []Version {
	var list []Version
	for _, v := range f.schema.Versions {
		list = append(list, Version{Name: v.Name, Preview: v.Preview})
	}
	return list
}

// Classes returns the classes that the format has in a version, ordered by
// name.
func (f *Format) Classes(version string) ([]Class, error) {
	v, err := f.version(version)
	if err != nil {
		return nil, err
	}
	var list []Class
	for _, t := range f.schema.Types {
		if t.Class != nil && t.In.Has(v) {
			list = append(list, Class{Name: t.Name, Title: t.Title, UID: t.Class.UID, Category: t.Class.Category})
		}
	}
	return list, nil
}

// Plain is the function [Plain] of this format. The class may also be named as
// the version named it, if it was renamed later, or be any other object.
func (f *Format) Plain(version, class string, opts ...Option) ([]byte, error) {
	v, err := f.version(version)
	if err != nil {
		return nil, err
	}
	t, err := f.class(v, class)
	if err != nil {
		return nil, err
	}
	o := options{dialect: Draft202012}
	for _, opt := range opts {
		opt(&o)
	}
	if !slices.Contains(dialects[:], o.dialect) {
		return nil, fmt.Errorf("no dialect %q: want one of %q", o.dialect, dialects)
	}
	return newExporter(f.schema, v, t, o).document()
}

func (f *Format) version(name string) (int, error) {
	v := f.schema.Version(name)
	if v < 0 {
		return 0, fmt.Errorf("%s has no version %q: want one of %q", f.schema.Format, name, names(f.schema.Versions))
	}
	return v, nil
}

func names(versions []model.Version) []string {
	var list []string
	for _, v := range versions {
		list = append(list, v.Name)
	}
	return list
}

func (f *Format) class(v int, name string) (*model.Type, error) {
	for _, t := range f.schema.Types {
		if t.Kind != model.Object || !t.In.Has(v) {
			continue
		}
		if t.Name == name {
			return t, nil
		}
		if t.Class != nil {
			if then, ok := model.At(t.Class.Names, v); ok && then == name {
				return t, nil
			}
		}
	}
	return nil, fmt.Errorf("%s %s has no class %q", f.schema.Format, f.schema.Versions[v].Name, name)
}
