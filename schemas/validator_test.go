package schemas_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/model"
	"github.com/secmodel/secmodel/ocsf"
	"github.com/secmodel/secmodel/schemas"
)

// TestOCSFLikeValidator: the schemas for events without profiles and package
// ocsf give the same verdicts, but for differences that have a name, on events
// of every class, with every object in one of them, and attributes in turn
// missing, right, and wrong in many ways.
func TestOCSFLikeValidator(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	t.Parallel()
	data, err := schemas.Annotated("ocsf")
	if err != nil {
		t.Fatal(err)
	}
	s, err := model.Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	n := 0
	for _, version := range []string{"1.0.0", "1.3.0", "1.8.0"} {
		r := loadRelease(t, open(t, "ocsf"), version, schemas.WithDialect(schemas.Draft07), schemas.WithProfiles())
		b := newBuilder(s, version)
		for _, host := range b.hosts() {
			class := r.classes[host.class.NameAt(b.v)]
			for i, p := range host.of.PropertiesAt(b.v) {
				// What all classes have need not be tried in all of them.
				if host.of.Class != nil && s.Type("base_event").Property(p.Name) != nil && i%8 != int(host.of.Class.UID)%8 {
					continue
				}
				for _, probe := range append(b.probes(p), absent{}) {
					// Of so many, one in seventeen will do.
					if n++; n%17 != 0 {
						continue
					}
					event, at := b.event(host)
					if at[p.Name] = probe; probe == (absent{}) {
						delete(at, p.Name)
					}
					text, err := json.Marshal(event)
					if err != nil {
						t.Fatal(err)
					}
					schema := class.Validate(withoutNull(decodeJSON(t, text)))
					faults := oursErrors(text, version)
					rule := explainOurs(schema == nil, faults, host.pointer()+"/"+p.Name, probe)
					count[rule]++
					if rule == "" {
						t.Errorf("%s %s.%s: the schema says %v, package ocsf %q, of %s", version, host.of.Name, p.Name, schema, faults, text)
					}
				}
			}
		}
	}
	if count["valid"] < 1000 || count["invalid"] < 1000 {
		t.Errorf("too few verdicts compared: %v", count)
	}
	t.Logf("verdicts by rule: %v", count)
}

// absent is the probe that takes the attribute out.
type absent struct{}

// oursErrors returns the codes of the errors that package ocsf finds in an event,
// but for those that JSON Schema has no words for.
func oursErrors(text []byte, version string) []string {
	e, err := ocsf.Unmarshal(text, secmodel.WithVersion(version))
	if err != nil {
		return []string{err.Error()}
	}
	var codes []string
	for _, v := range e.Check(secmodel.WithVersion(version), secmodel.MaxViolations(0)).Violations {
		if v.Severity == secmodel.Error && !inexpressible[v.Code] {
			codes = append(codes, v.Code+" "+v.Pointer)
		}
	}
	return codes
}

// explainOurs names the verdict that both have, or the rule that a difference
// comes from; "" if there is none. pointer is where the probe is in the event.
func explainOurs(valid bool, faults []string, pointer string, probe any) string {
	if list, ok := probe.([]any); ok && len(list) == 1 {
		probe = list[0]
	}
	n, number := probe.(json.Number)
	switch {
	case valid == (len(faults) == 0):
		return map[bool]string{true: "valid", false: "invalid"}[valid]
	case valid && probe == nil && slices.Equal(faults, []string{secmodel.CodeUnknown + " " + pointer}):
		return "null of another profile" // an attribute that is not there is not null
	case valid && number && strings.HasSuffix(n.String(), ".0"):
		return "fraction of zero" // JSON Schema takes 1.0 for an integer
	case valid && number && n == "9223372036854775808":
		return "beyond 64 bits" // and knows no end of integers
	}
	return ""
}

// builder makes events of one release that name no profile.
type builder struct {
	s *model.Schema
	v int
}

func newBuilder(s *model.Schema, version string) *builder { return &builder{s, s.Version(version)} }

// host is where an object is in an event: the path of attributes from the
// class.
type host struct {
	v     int // release
	class *model.Type
	path  []*model.Property
	of    *model.Type // the class itself, or the object that the path leads to
}

// pointer returns the JSON Pointer of the object.
func (h host) pointer() string {
	var s strings.Builder
	for _, p := range h.path {
		s.WriteString("/" + p.Name)
		if _, array := p.TypeAt(h.v); array {
			s.WriteString("/0")
		}
	}
	return s.String()
}

// hosts returns a host of each class, and of each object by a shortest path.
func (b *builder) hosts() []host {
	var list []host
	for _, t := range b.s.Types {
		if t.Class != nil && t.In.Has(b.v) {
			list = append(list, host{b.v, t, nil, t})
		}
	}
	seen := map[*model.Type]bool{}
	for i := 0; i < len(list); i++ {
		h := list[i]
		for _, p := range h.of.PropertiesAt(b.v) {
			ref, _ := p.TypeAt(b.v)
			t := b.s.Type(ref.Ref)
			if t.Kind == model.Object && !seen[t] && p.Admits(b.v, nil) {
				seen[t] = true
				list = append(list, host{b.v, h.class, append(slices.Clone(h.path), p), t})
			}
		}
	}
	return list
}

// event returns an event with the least that it must have, and the object of
// the host in it.
func (b *builder) event(h host) (event, at map[string]any) {
	event = b.least(h.class)
	at = event
	for _, p := range h.path {
		ref, array := p.TypeAt(b.v)
		inner := b.least(b.s.Type(ref.Ref))
		at[p.Name] = inner
		if array {
			at[p.Name] = []any{inner}
		}
		at = inner
	}
	return event, at
}

// least returns an object of type t with what it must have.
func (b *builder) least(t *model.Type) map[string]any {
	o := map[string]any{}
	for _, p := range t.PropertiesAt(b.v) {
		if !p.Admits(b.v, nil) || !p.Required.Has(b.v) {
			continue
		}
		if numbers := b.s.NumbersAt(t, p, b.v); numbers != nil {
			o[p.Name] = numbers[0]
			if activity, ok := o["activity_id"].(int64); ok && p.Name == "type_uid" {
				o[p.Name] = numbers[0] + activity
			}
			continue
		}
		o[p.Name] = b.sample(p)
	}
	for _, c := range t.Constraints {
		has := slices.ContainsFunc(c.Of, func(path string) bool { return at(o, path) != nil })
		if !c.In.Has(b.v) || has {
			continue
		}
		for _, path := range c.Of {
			if b.put(t, o, strings.Split(path, ".")) {
				break
			}
		}
	}
	if t.Name == "metadata" {
		o["version"] = b.s.Versions[b.v].Name
	}
	return o
}

func at(o map[string]any, path string) (value any) {
	value = o
	for name := range strings.SplitSeq(path, ".") {
		m, _ := value.(map[string]any)
		value = m[name]
	}
	return value
}

// put puts a sample at a path, and reports whether it could.
func (b *builder) put(t *model.Type, o map[string]any, path []string) bool {
	p := t.Property(path[0])
	if p == nil || !p.Admits(b.v, nil) {
		return false
	}
	if o[p.Name] == nil {
		o[p.Name] = b.sample(p)
	}
	inner, ok := o[p.Name].(map[string]any)
	if len(path) == 1 || !ok {
		return true
	}
	ref, _ := p.TypeAt(b.v)
	return b.put(b.s.Type(ref.Ref), inner, path[1:])
}

// sample returns a value that is right for the attribute.
func (b *builder) sample(p *model.Property) any {
	ref, array := p.TypeAt(b.v)
	t := b.s.Type(ref.Ref)
	var value any
	switch values := t.ValuesAt(b.v); {
	case t.Kind == model.Object:
		value = b.least(t)
	case t.Kind == model.Any:
		value = map[string]any{"any": "thing"}
	case t.Kind == model.Boolean:
		value = true
	case t.Kind == model.Number:
		value = json.Number("1.5")
	case t.Kind == model.Integer && values != nil:
		value = values[len(values)/2].Int
	case t.Kind == model.Integer:
		value = int64(1)
	case values != nil:
		value = values[len(values)/2].Str
	default:
		value = "192.0.2.1"
	}
	if array {
		return []any{value}
	}
	return value
}

// probes returns values for the attribute: right and wrong ones, alone and in a
// list.
func (b *builder) probes(p *model.Property) []any {
	ref, _ := p.TypeAt(b.v)
	list := []any{b.sample(p), nil, []any{}, []any{[]any{}}}
	scalars := []any{true, "text", json.Number("1.5"), json.Number("7.0"), json.Number("9223372036854775808"), map[string]any{}}
	switch t := b.s.Type(ref.Ref); {
	case t.Kind == model.Object:
		with := b.least(t)
		with["zz"] = 1
		scalars = append(scalars, with)
		for _, name := range slices.Sorted(maps.Keys(b.least(t)))[:min(1, len(b.least(t)))] {
			without := b.least(t)
			delete(without, name)
			scalars = append(scalars, without)
		}
	case t.Kind == model.Integer:
		scalars = append(scalars, json.Number("-1"), json.Number("65536"), json.Number("4242"))
		for _, v := range t.ValuesAt(b.v) {
			scalars = append(scalars, v.Int)
		}
	case t.Kind == model.String:
		scalars = append(scalars, "", strings.Repeat("x", 70))
	}
	for _, v := range scalars {
		list = append(list, v, []any{v})
	}
	return list
}
