package ocsf_test

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/internal/model"
	"github.com/secmodel/secmodel/ocsf"
)

// everyMutation names the variable that makes TestMutations leave nothing out.
const everyMutation = "SECMODEL_EVERY_MUTATION"

// TestMutations changes one attribute of a valid event at a time, of every class
// and of every object in every release, and demands exactly the violation that
// the schema says. Unless SECMODEL_EVERY_MUTATION is set, releases between the
// first and the newest take turns: each attribute is tried in one of them. With
// -short, all releases do.
func TestMutations(t *testing.T) {
	s := mustSchema(t)
	every := os.Getenv(everyMutation) != ""
	for v, version := range s.Versions {
		t.Run(version.Name, func(t *testing.T) {
			t.Parallel()
			share := 1
			if last := len(s.Versions) - 1; !every && (testing.Short() || v > 0 && v < last) {
				share = last - 1
			}
			n := 0
			hosts := hosts(s, v)
			for i, owner := range s.Types {
				if h, ok := hosts[owner.Name]; ok {
					m := newMutator(t, s, v, h)
					for j, p := range m.properties(owner) {
						if (i+j+v)%share == 0 {
							m.mutate(p)
						}
					}
					n += m.tried
				}
			}
			t.Logf("%d mutations", n)
		})
	}
}

// host is an event that has an object at a path.
type host struct {
	class, owner *model.Type
	path         []string // names of attributes; none for the class itself
}

// hosts finds, for each class and object, the class and the shortest path by
// which an event has it.
func hosts(s *model.Schema, v int) map[string]host {
	found := map[string]host{}
	var queue []host
	for _, class := range classes(s, v) {
		h := host{class: class, owner: class}
		found[class.Name] = h
		queue = append(queue, h)
	}
	for len(queue) > 0 {
		h := queue[0]
		queue = queue[1:]
		f := newFiller(s, v, h.class)
		for _, p := range f.properties(h.owner) {
			ref, _ := p.TypeAt(v)
			inner := f.types[ref.Ref]
			if inner.Kind != model.Object || p.Name == "observables" {
				continue
			}
			if _, ok := found[inner.Name]; !ok {
				next := host{class: h.class, owner: inner, path: append(slices.Clone(h.path), p.Name)}
				found[inner.Name] = next
				queue = append(queue, next)
			}
		}
	}
	return found
}

// mutator changes attributes of one object in an event.
type mutator struct {
	*filler
	t       *testing.T
	host    host
	event   map[string]any
	object  map[string]any // in event
	pointer string         // of object
	before  map[finding]bool
	tried   int
}

func newMutator(t *testing.T, s *model.Schema, v int, h host) *mutator {
	m := &mutator{filler: newFiller(s, v, h.class), t: t, host: h}
	m.event = m.filler.event(h.class, minimal)
	m.object = m.event
	owner := h.class
	for i, name := range h.path {
		parent, p := owner, owner.Property(name)
		ref, array := p.TypeAt(v)
		owner = m.types[ref.Ref]
		inner, _ := m.object[name].(map[string]any)
		if inner == nil {
			inner = m.filler.object(owner, minimal)
		}
		m.object[name] = inner
		m.prefer(m.object, parent, name)
		m.pointer += "/" + name
		if array {
			m.object[name] = []any{inner}
			m.pointer += "/0"
		}
		if i == 0 && name == "metadata" {
			inner["version"], inner["profiles"] = m.name(), m.profiles
		}
		m.object = inner
	}
	full := m.filler.object(h.owner, flat)
	for name, value := range full {
		if _, ok := m.object[name]; !ok {
			m.object[name] = value
		}
	}
	for _, c := range h.owner.Constraints {
		if c.In.Has(v) {
			m.constrain(m.object, h.owner, c)
		}
	}
	for _, p := range m.filler.properties(h.owner) {
		m.label(m.object, p)
	}
	if m.event["observables"] != nil {
		m.event["observables"] = []any{map[string]any{"name": "class_uid", "value": fmt.Sprint(h.class.Class.UID), "type_id": 0, "type": "Unknown"}}
	}
	m.before = m.check()
	for f := range m.before {
		if !slices.Contains(deprecations, f.code) {
			t.Errorf("%s at %s in %s: %v", h.owner.Name, m.pointer, h.class.Name, f)
		}
	}
	return m
}

// prefer removes the attributes that a constraint excludes beside one.
func (m *mutator) prefer(object map[string]any, owner *model.Type, name string) {
	for _, c := range owner.Constraints {
		if c.In.Has(m.version) && c.Kind == model.JustOne && slices.Contains(c.Of, name) {
			for _, other := range c.Of {
				if other != name {
					delete(object, other)
				}
			}
		}
	}
}

// check returns what is found in the event.
func (m *mutator) check() map[finding]bool {
	m.t.Helper()
	text := marshal(m.t, m.event)
	e, err := ocsf.Unmarshal(text)
	if err != nil {
		m.t.Fatalf("%v: %s", err, text)
	}
	jsontest.SameChecks(m.t, e, secmodel.WithVersion(m.name()))
	found := map[finding]bool{}
	for _, x := range e.Check(secmodel.WithVersion(m.name())).Violations {
		found[finding{x.Code, x.Pointer}] = true
	}
	return found
}

// fixed are the attributes on which others depend; they have tests of their own.
var fixed = []string{"class_uid", "category_uid", "activity_id", "type_uid", "metadata"}

// mutate tries everything that can be wrong with an attribute.
func (m *mutator) mutate(p *model.Property) {
	owner := m.host.owner
	if owner.Class != nil && slices.Contains(fixed, p.Name) || owner.Name == "metadata" && (p.Name == "profiles" || p.Name == "version") ||
		owner.Name == "observable" || p.Name == "observables" {
		return
	}
	if _, there := m.object[p.Name]; !there {
		return // a constraint excludes it
	}
	ref, array := p.TypeAt(m.version)
	typ := m.types[ref.Ref]
	pointer := m.pointer + "/" + p.Name
	element := pointer
	list := func(v any) any { return v }
	if array {
		element += "/0"
		list = func(v any) any { return []any{v} }
	}
	enum := func(scalar, array_ string) string {
		if array {
			return array_
		}
		return scalar
	}

	var missing []finding
	if p.Required.Has(m.version) {
		missing = append(missing, finding{secmodel.CodeRequiredMissing, pointer})
	}
	m.try("missing", p, absent{}, missing)
	null := missing
	if null == nil {
		null = []finding{{secmodel.CodeNull, pointer}}
	}
	m.try("null", p, nil, null)
	if typ.Kind != model.Any || typ.Forms != nil {
		m.try("wrong type", p, list(misfit(typ)), []finding{{secmodel.CodeWrongType, element}})
	}
	if array {
		m.try("no array", p, map[string]any{}, []finding{{secmodel.CodeWrongType, pointer}})
	}
	switch typ.Kind {
	case model.Integer:
		if typ.Values != nil {
			m.try("unknown value", p, list(987654), []finding{{enum(secmodel.CodeEnumUnknown, secmodel.CodeEnumArrayUnknown), element}})
		}
		m.try("fraction", p, list(number("7.0")), []finding{{secmodel.CodeWrongType, element}})
		m.try("beyond 64 bits", p, list(number("9223372036854775808")), []finding{{secmodel.CodeWrongType, element}})
		for _, r := range m.ranges(typ) {
			m.try("out of range", p, list(r[1]+1), []finding{{secmodel.CodeRange, element}})
		}
	case model.Number:
		m.try("integer literal", p, list(7), nil)
	case model.String:
		if typ.Values != nil {
			m.try("unknown value", p, list("no such value"), []finding{{enum(secmodel.CodeEnumUnknown, secmodel.CodeEnumArrayUnknown), element}})
			break
		}
		for _, text := range []string{"\u0001 é", strings.Repeat("é", 65536), strings.Repeat("a", 65), strings.Repeat("b", 43)} {
			m.try("text", p, list(text), m.textual(typ, text, element))
		}
	case model.Object:
		if inner, ok := m.object[p.Name].(map[string]any); ok && typ.Unknown == model.UnknownError {
			changed := maps.Clone(inner)
			changed["no such attribute"] = 1
			m.try("unknown attribute", p, changed, []finding{{secmodel.CodeUnknown, pointer + "/no such attribute"}})
		}
	}
}

// absent stands for the value of an attribute that is not there.
type absent struct{}

// number is a number as it is written.
type number string

func (n number) MarshalJSON() ([]byte, error) { return []byte(n), nil }

// misfit returns a value of another type.
func misfit(t *model.Type) any {
	if t.Kind == model.String {
		return 5
	}
	return "text"
}

func (m *mutator) ranges(t *model.Type) (list [][2]int64) {
	for _, f := range t.Facets {
		if f.In.Has(m.version) {
			list = append(list, f.Ints...)
		}
	}
	return list
}

// textual says what is wrong with a text: the nearest bound of each kind.
func (m *mutator) textual(t *model.Type, text, pointer string) (want []finding) {
	long := false
	for super := false; t != nil; t, super = m.types[t.Super], true {
		for _, f := range t.Facets {
			if !f.In.Has(m.version) {
				continue
			}
			if f.MaxLen != nil && utf8.RuneCountInString(text) > *f.MaxLen && !long {
				long = true
				want = append(want, finding{pick(super, secmodel.CodeSuperMaxLen, secmodel.CodeMaxLen), pointer})
			}
			if f.Pattern == "" {
				continue
			}
			re, err := regexp.Compile(f.Pattern)
			if err != nil { // ip_t in 1.0.0, of which no text here is one
				want = append(want, finding{secmodel.CodePattern, pointer})
			} else if !re.MatchString(text) {
				want = append(want, finding{pick(super, secmodel.CodeSuperPattern, secmodel.CodePattern), pointer})
			}
		}
	}
	return want
}

func pick(yes bool, a, b string) string {
	if yes {
		return a
	}
	return b
}

// try sets the attribute to a value, and compares what is found then.
func (m *mutator) try(what string, p *model.Property, value any, want []finding) {
	m.t.Helper()
	m.tried++
	old := m.object[p.Name]
	if _, ok := value.(absent); ok {
		delete(m.object, p.Name)
	} else {
		m.object[p.Name] = value
	}
	defer func() { m.object[p.Name] = old }()
	want = append(want, m.constraints(p.Name)...)
	want = append(want, m.miscaption(p, value)...)
	after := m.check()
	pointer := m.pointer + "/" + p.Name
	for f := range m.before {
		// What was said of the old value may be gone with it.
		if !after[f] && !strings.HasPrefix(f.path, pointer) {
			m.t.Errorf("%s: %s of %s in %s: %v is gone", what, pointer, m.host.owner.Name, m.host.class.Name, f)
		}
	}
	for _, f := range want {
		if !after[f] {
			m.t.Errorf("%s: %s of %s in %s: no %v", what, pointer, m.host.owner.Name, m.host.class.Name, f)
		}
	}
	for f := range after {
		if !m.before[f] && !slices.Contains(want, f) {
			m.t.Errorf("%s: %s of %s in %s: %v", what, pointer, m.host.owner.Name, m.host.class.Name, f)
		}
	}
}

// miscaption says what is wrong with an attribute that is no longer the caption of
// an enumeration's value.
func (m *mutator) miscaption(p *model.Property, value any) []finding {
	owner, pointer := m.host.owner, m.pointer+"/"+p.Name
	for _, id := range m.properties(owner) {
		if id.SiblingAt(m.version) != p.Name {
			continue
		}
		ref, _ := id.TypeAt(m.version)
		named := m.types[ref.Ref].Values != nil || owner.Class != nil && id.Name == "type_uid"
		switch v := value.(type) {
		case string:
			if m.object[id.Name] != nil && named {
				return []finding{{secmodel.CodeSiblingIncorrect, pointer}}
			}
		case []any:
			if _, text := v[0].(string); text && m.object[id.Name] != nil {
				return []finding{{secmodel.CodeArraySiblingIncorrect, pointer + "/0"}}
			}
		}
	}
	return nil
}

// constraints says which constraints of the object that name the attribute the
// object fails.
func (m *mutator) constraints(name string) (want []finding) {
	for _, c := range m.host.owner.Constraints {
		concerned := func(path string) bool { return path == name || strings.HasPrefix(path, name+".") }
		if !c.In.Has(m.version) || !slices.ContainsFunc(c.Of, concerned) {
			continue
		}
		n := 0
		for _, path := range c.Of {
			if value, _ := at(m.object, path); value != nil {
				n++
			}
		}
		if n == 0 || c.Kind == model.JustOne && n > 1 {
			want = append(want, finding{secmodel.CodeConstraint, m.pointer})
		}
	}
	return want
}
