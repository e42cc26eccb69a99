// Package schemas holds the annotated JSON Schemas that the models of this
// module are generated from, one per format, each the union of all versions of
// the format. README.md describes them.
//
// For other tools it makes plain JSON Schemas of one class in one version, or of
// a whole version: see [Plain] and [Release]. The models and package serialize do not import this package, so
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

// Object is an object of a format that is no document of its own.
type Object struct {
	Name  string // name of its definition in the schema: "analyzer", "process"
	Title string // caption
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
// itself, of one class of a format in one version, or of any other object that
// the version has (see [Format.Objects]). It reads the format's schema on each
// call: [Open] it once to make several.
//
// The schema says what makes a document wrong: no faults that are warnings only
// (see [Strict]), and no rules of the specification's text that JSON Schema can
// not express. The keyword format is there, and a validator should take it for
// the annotation that it is. An attribute that exists only under a profile is
// admitted and not required (see [WithProfiles]). A null is a value of a wrong
// type, even where the format takes it for an absent attribute. A pattern that
// is no expression of package regexp is left out, since validators can not run
// it.
func Plain(format, version, class string, opts ...Option) ([]byte, error) {
	f, err := Open(format)
	if err != nil {
		return nil, err
	}
	return f.Plain(version, class, opts...)
}

// Release returns one plain JSON Schema of a whole version of a format. Its
// definitions are all classes and objects of the version, each once, by their
// names in the version: "#/$defs/authentication" ("#/definitions/…" in dialects
// before 2020-12) gives the verdicts that the schema of that class does. A
// document is right in the release if it is so as the class whose number it has
// in class_uid, in formats with such numbers; else, and always in Draft04, if
// it is so as any class.
func Release(format, version string, opts ...Option) ([]byte, error) {
	f, err := Open(format)
	if err != nil {
		return nil, err
	}
	return f.Release(version, opts...)
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
	types  map[string]*model.Type // all, by name
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
	return newFormat(s), nil
}

func newFormat(s *model.Schema) *Format {
	types := make(map[string]*model.Type, len(s.Types))
	for _, t := range s.Types {
		types[t.Name] = t
	}
	return &Format{s, types}
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

// Objects returns the objects that the format has in a version beside its
// classes, ordered by name.
func (f *Format) Objects(version string) ([]Object, error) {
	v, err := f.version(version)
	if err != nil {
		return nil, err
	}
	var list []Object
	for _, t := range f.schema.Types {
		if t.Class == nil && isObject(t) && t.In.Has(v) {
			list = append(list, Object{Name: t.Name, Title: t.Title})
		}
	}
	return list, nil
}

// Plain is the function [Plain] of this format. A class or object that was
// renamed may also be named as the version named it.
func (f *Format) Plain(version, class string, opts ...Option) ([]byte, error) {
	x, err := f.exporter(version, opts)
	if err != nil {
		return nil, err
	}
	t, err := f.object(x.version, class)
	if err != nil {
		return nil, err
	}
	return x.plain(t).text()
}

// Release is the function [Release] of this format.
func (f *Format) Release(version string, opts ...Option) ([]byte, error) {
	x, err := f.exporter(version, opts)
	if err != nil {
		return nil, err
	}
	return x.release().text()
}

func (f *Format) exporter(version string, opts []Option) (*exporter, error) {
	v, err := f.version(version)
	if err != nil {
		return nil, err
	}
	o, err := newOptions(f.schema, v, opts)
	if err != nil {
		return nil, err
	}
	return &exporter{Format: f, version: v, options: o, defs: map[string]*schema{}}, nil
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

// object returns the class or object called name in version v, or in the
// newest.
func (f *Format) object(v int, name string) (*model.Type, error) {
	for _, t := range f.schema.Types {
		if isObject(t) && t.In.Has(v) && (t.Name == name || t.NameAt(v) == name) {
			return t, nil
		}
	}
	return nil, fmt.Errorf("%s %s has no class or object %q", f.schema.Format, f.schema.Versions[v].Name, name)
}

// isObject reports whether values of the type are objects, with attributes or
// free-form.
func isObject(t *model.Type) bool {
	return t.Kind == model.Object || t.Kind == model.Any && len(t.Forms) == 1 && t.Forms[0] == string(model.Object)
}
