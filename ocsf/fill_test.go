package ocsf_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/secmodel/secmodel/internal/model"
)

// schema reads the schema that the package is made from.
var schema = sync.OnceValues(func() (*model.Schema, error) {
	text, err := os.ReadFile("../schemas/ocsf.schema.json")
	if err != nil {
		return nil, err
	}
	return model.Parse(text)
})

func mustSchema(t testing.TB) *model.Schema {
	t.Helper()
	s, err := schema()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// classes lists the classes of the schema that a version has, by name.
func classes(s *model.Schema, v int) []*model.Type {
	return slices.DeleteFunc(slices.Clone(s.Types), func(t *model.Type) bool { return t.Class == nil || !t.In.Has(v) })
}

// extent says how much of an object a filler fills.
type extent int

const (
	// What is required, and what constraints demand.
	minimal extent = iota
	// Every attribute of a class or object, those within them minimal.
	flat
	// Every attribute, and of every object within the first one that is met of
	// its type: all that a class can reach, once.
	deep
)

// filler makes events of a version from the schema.
type filler struct {
	schema   *model.Schema
	version  int
	profiles []string
	types    map[string]*model.Type
	met      map[string]bool
}

func newFiller(s *model.Schema, version int, class *model.Type) *filler {
	profiles, _ := model.At(class.Profiles, version)
	f := &filler{schema: s, version: version, profiles: profiles, types: map[string]*model.Type{}, met: map[string]bool{}}
	for _, t := range s.Types {
		f.types[t.Name] = t
	}
	return f
}

func (f *filler) name() string { return f.schema.Versions[f.version].Name }

// properties lists the attributes that an object has.
func (f *filler) properties(t *model.Type) []*model.Property {
	return slices.DeleteFunc(t.PropertiesAt(f.version), func(p *model.Property) bool { return !p.Admits(f.version, f.profiles) })
}

func (f *filler) property(t *model.Type, name string) *model.Property {
	p := t.Property(name)
	if p == nil || !p.Admits(f.version, f.profiles) {
		return nil
	}
	return p
}

// event makes an event of a class, with all profiles that it admits.
func (f *filler) event(class *model.Type, e extent) map[string]any {
	event := f.object(class, e)
	activity := f.enumValue(f.types[class.Property("activity_id").Type.Ref])
	uid := class.Class.UID
	event["class_uid"] = uid
	event["class_name"] = f.caption("class_uid", uid)
	event["category_uid"] = uid / 1000 % 100
	event["category_name"] = f.caption("category_uid", uid/1000%100)
	event["activity_id"] = activity.Int
	event["activity_name"] = activity.TitleAt(f.version)
	event["type_uid"] = uid*100 + activity.Int
	event["type_name"] = f.caption("class_uid", uid) + ": " + activity.TitleAt(f.version)
	metadata := event["metadata"].(map[string]any)
	metadata["version"] = f.name()
	metadata["profiles"] = f.profiles
	if event["observables"] != nil {
		event["observables"] = []any{map[string]any{
			"name": "metadata.version", "value": f.name(), "type_id": 0, "type": "Unknown",
		}}
	}
	return event
}

func (f *filler) caption(enum string, n int64) string {
	for _, v := range f.types[enum].ValuesAt(f.version) {
		if v.Int == n {
			return v.TitleAt(f.version)
		}
	}
	return ""
}

// object makes an object.
func (f *filler) object(t *model.Type, e extent) map[string]any {
	if e == deep {
		if f.met[t.Name] {
			e = minimal
		}
		f.met[t.Name] = true
	}
	object := map[string]any{}
	for _, p := range f.properties(t) {
		if e != minimal || p.Required.Has(f.version) {
			object[p.Name] = f.value(p, e)
		}
	}
	for _, c := range t.Constraints {
		if c.In.Has(f.version) {
			f.constrain(object, t, c)
		}
	}
	for _, p := range f.properties(t) {
		f.label(object, p)
	}
	return object
}

// constrain makes an object keep to a constraint.
func (f *filler) constrain(object map[string]any, t *model.Type, c model.Constraint) {
	kept := false
	for _, path := range c.Of {
		_, there := object[path]
		switch {
		case !there:
		case kept && c.Kind == model.JustOne:
			delete(object, path)
		default:
			kept = true
		}
	}
	for _, path := range c.Of {
		if !kept {
			kept = f.ensure(object, t, path)
		}
	}
}

// ensure sets the attribute at a path, if there is such an attribute.
func (f *filler) ensure(object map[string]any, t *model.Type, path string) bool {
	name, rest, dotted := strings.Cut(path, ".")
	p := f.property(t, name)
	if p == nil {
		return false
	}
	if object[name] == nil {
		object[name] = f.value(p, minimal)
	}
	if inner, ok := object[name].(map[string]any); ok && dotted {
		ref, _ := p.TypeAt(f.version)
		return f.ensure(inner, f.types[ref.Ref], rest)
	}
	return true
}

// label sets the caption of an enumeration's value, where there is one.
func (f *filler) label(object map[string]any, p *model.Property) {
	ref, _ := p.TypeAt(f.version)
	enum := f.types[ref.Ref]
	sibling := p.SiblingAt(f.version)
	if enum == nil || enum.Values == nil || object[sibling] == nil {
		return
	}
	if _, number := object[sibling].(int64); number {
		return // incident_finding.priority in 1.1.0
	}
	title := func(n any) string {
		for _, v := range enum.ValuesAt(f.version) {
			if n == v.Int {
				return v.TitleAt(f.version)
			}
		}
		return ""
	}
	switch n := object[p.Name].(type) {
	case int64:
		object[sibling] = title(n)
	case []any:
		var list []any
		for _, x := range n {
			list = append(list, title(x))
		}
		object[sibling] = list
	}
}

// value makes the value of an attribute.
func (f *filler) value(p *model.Property, e extent) any {
	ref, array := p.TypeAt(f.version)
	if e == flat {
		e = minimal
	}
	v := f.single(ref, e)
	if array {
		return []any{v}
	}
	return v
}

func (f *filler) single(ref model.TypeRef, e extent) any {
	t := f.types[ref.Ref]
	switch {
	case t.Kind == model.Object:
		return f.object(t, e)
	case t.Values != nil:
		v := f.enumValue(t)
		if t.Kind == model.Integer {
			return v.Int
		}
		return v.Str
	}
	return f.scalar(t)
}

// enumValue returns the first value that is neither deprecated, nor unknown, nor
// other; if there is none, the first.
func (f *filler) enumValue(t *model.Type) model.Value {
	values := t.ValuesAt(f.version)
	for _, v := range values {
		if _, old := model.DeprecatedAt(v.Deprecated, f.version); !old && (t.Kind == model.String || v.Int != 0 && v.Int != 99) {
			return v
		}
	}
	return values[0]
}

// texts are values that match the pattern of their type.
var texts = map[string]string{
	"bytestring_t": "c2VjbW9kZWw=",
	"datetime_t":   "2026-01-02T03:04:05.678Z",
	"email_t":      "jane.doe@example.com",
	"file_hash_t":  "5d41402abc4b2a76b9719d911017c592",
	"file_name_t":  "report.pdf",
	"file_path_t":  "/home/jane/report.pdf",
	"hostname_t":   "host.example.com",
	"ip_t":         "192.0.2.10",
	"mac_t":        "00:00:5e:00:53:01",
	"subnet_t":     "192.0.2.0/24",
	"url_t":        "https://example.com/report",
	"username_t":   "jane",
	"uuid_t":       "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
}

// scalar makes the value of a scalar that is no enumeration.
func (f *filler) scalar(t *model.Type) any {
	switch {
	case t.Name == "datetime_t" && f.name() == "1.0.0":
		return "2026-01-02T03:04%3A05Z" // what its pattern demands
	case t.Name == "timestamp_t":
		return int64(1767323045678)
	case t.Name == "port_t":
		return int64(443)
	case texts[t.Name] != "":
		return texts[t.Name]
	}
	switch t.Kind {
	case model.String:
		return "text"
	case model.Integer:
		return int64(7)
	case model.Number:
		return 0.5
	case model.Boolean:
		return true
	}
	return map[string]any{"key": "value"}
}

func marshal(t testing.TB, v any) []byte {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
