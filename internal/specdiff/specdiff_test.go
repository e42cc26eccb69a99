package specdiff_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secmodel/secmodel/internal/model"
	"github.com/secmodel/secmodel/internal/specdiff"
	"github.com/secmodel/secmodel/schemas"
)

// tiny parses a schema of versions 1 and 2 with these definitions and those
// that the cases share. root holds keywords of the root, with a comma at the
// end.
func tiny(t *testing.T, root, definitions string) *model.Schema {
	t.Helper()
	s, err := model.Parse(fmt.Appendf(nil, `{
		"$schema": "https://json-schema.org/draft/2020-12/schema",
		"x-format": "tiny",
		"x-versions": [{"name": "1"}, {"name": "2"}],
		"x-profiles": [{"name": "cloud"}, {"name": "host"}],
		%s
		"$defs": {%s}
	}`, root, definitions))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// object is the definition of an object "o" with these members.
func object(members string) string { return `"o": {"type": "object", ` + members + `}` }

// attribute is an object with one attribute.
func attribute(members string) string {
	return object(`"properties": {"a": {` + members + `}}, "additionalProperties": false`)
}

var (
	nobody    = specdiff.Breaks{}
	producers = specdiff.Breaks{Producers: true}
	consumers = specdiff.Breaks{Consumers: true}
	both      = specdiff.Breaks{Producers: true, Consumers: true}
)

// change is a change without its attribute or other subject.
func change(kind specdiff.Kind, before, after string, breaks specdiff.Breaks) specdiff.Change {
	return specdiff.Change{Kind: kind, Before: before, After: after, Breaks: breaks}
}

// TestNewProfile: what a new profile demands is demanded of no older document.
func TestNewProfile(t *testing.T) {
	s := tiny(t, "", attribute(`"type": "string", "x-in": "2..", "x-required": "2..", "x-profiles": [{"value": ["host"]}]`))
	s.Profiles[1].In = s.Types[0].Properties[0].In
	r, err := specdiff.Compare(s, "1", "2")
	if err != nil {
		t.Fatal(err)
	}
	want := []specdiff.Item{
		{Kind: specdiff.Profile, Name: "host", Changes: []specdiff.Change{{Kind: specdiff.Added}}},
		{Kind: specdiff.Object, Name: "o", Changes: []specdiff.Change{{Kind: specdiff.Added, Attribute: "a", After: "string, required, profile host"}}},
	}
	if diff := cmp.Diff(want, r.Items); diff != "" {
		t.Error(diff)
	}
}

// TestAttribute has the changes that an attribute can undergo.
func TestAttribute(t *testing.T) {
	tests := []struct {
		name, attribute string
		want            []specdiff.Change
	}{
		{"nothing", `"type": "string"`, nil},
		{"added", `"type": "string", "x-in": "2..", "x-recommended": "2.."`,
			[]specdiff.Change{change(specdiff.Added, "", "string, recommended", nobody)}},
		{"required when added", `"type": "array", "items": {"type": "string"}, "x-in": "2..", "x-required": "2.."`,
			[]specdiff.Change{change(specdiff.Added, "", "array of string, required", producers)}},
		{"required when added, missing is let pass", `"type": "string", "x-in": "2..", "x-required": "2..", "x-lenient": ["missing"]`,
			[]specdiff.Change{change(specdiff.Added, "", "string, required", nobody)}},
		{"required when added, with a profile", `"type": "string", "x-in": "2..", "x-required": "2..", "x-profiles": [{"value": ["host"]}]`,
			[]specdiff.Change{change(specdiff.Added, "", "string, required, profile host", producers)}},
		{"removed", `"type": "string", "x-in": "1", "x-profiles": [{"value": ["host", "cloud"]}]`,
			[]specdiff.Change{change(specdiff.Removed, "string, optional, profile cloud, host", "", both)}},
		{"type", `"type": "string", "x-was": [{"x-in": "1", "type": "boolean"}]`,
			[]specdiff.Change{change(specdiff.Type, "boolean", "string", both)}},
		{"wider type", `"type": "number", "x-was": [{"x-in": "1", "type": "integer"}]`,
			[]specdiff.Change{change(specdiff.Type, "integer", "number", consumers)}},
		{"narrower type", `"type": "integer", "x-was": [{"x-in": "1", "type": ["integer", "string"]}]`,
			[]specdiff.Change{change(specdiff.Type, "integer|string", "integer", producers)}},
		{"any type", `"x-was": [{"x-in": "1", "type": ["object", "number"]}]`,
			[]specdiff.Change{change(specdiff.Type, "object|number", "any", consumers)}},
		{"shape", `"type": "array", "items": {"type": "string"}, "x-one": "1"`,
			[]specdiff.Change{change(specdiff.Shape, "single", "array", both)}},
		{"required", `"type": "string", "x-required": "2..", "x-recommended": "1"`,
			[]specdiff.Change{change(specdiff.Requirement, "recommended", "required", producers)}},
		{"not required", `"type": "string", "x-required": "1"`,
			[]specdiff.Change{change(specdiff.Requirement, "required", "optional", consumers)}},
		{"not required, missing was let pass", `"type": "string", "x-required": "1", "x-lenient": ["missing"]`,
			[]specdiff.Change{change(specdiff.Requirement, "required", "optional", nobody)}},
		{"recommended", `"type": "string", "x-recommended": "2.."`,
			[]specdiff.Change{change(specdiff.Requirement, "optional", "recommended", nobody)}},
		{"under a profile", `"type": "string", "x-profiles": [{"x-in": "2..", "value": ["host"]}]`,
			[]specdiff.Change{change(specdiff.Profiles, "every document", "host", producers)}},
		{"under a profile, required", `"type": "string", "x-required": "*", "x-profiles": [{"x-in": "2..", "value": ["host"]}]`,
			[]specdiff.Change{change(specdiff.Profiles, "every document", "host", both)}},
		{"under no profile", `"type": "string", "x-profiles": [{"x-in": "1", "value": ["host"]}]`,
			[]specdiff.Change{change(specdiff.Profiles, "host", "every document", nobody)}},
		{"under no profile, required", `"type": "string", "x-required": "*", "x-profiles": [{"x-in": "1", "value": ["host"]}]`,
			[]specdiff.Change{change(specdiff.Profiles, "host", "every document", producers)}},
		{"under more profiles", `"type": "string", "x-profiles": [{"x-in": "1", "value": ["host"]}, {"x-in": "2..", "value": ["host", "cloud"]}]`,
			[]specdiff.Change{change(specdiff.Profiles, "host", "cloud, host", nobody)}},
		{"under another profile", `"type": "string", "x-profiles": [{"x-in": "1", "value": ["host"]}, {"x-in": "2..", "value": ["cloud"]}]`,
			[]specdiff.Change{change(specdiff.Profiles, "host", "cloud", producers)}},
		{"looked into", `"type": "string", "x-unchecked": "1"`,
			[]specdiff.Change{change(specdiff.Checked, "not checked inside", "checked inside", producers)}},
		{"not looked into", `"type": "string", "x-unchecked": "2.."`,
			[]specdiff.Change{change(specdiff.Checked, "checked inside", "not checked inside", consumers)}},
		{"null", `"type": "string", "x-nullable": "2.."`,
			[]specdiff.Change{change(specdiff.Null, "no null", "null admitted", consumers)}},
		{"no null elements", `"type": "array", "items": {"type": "string"}, "x-nullable-items": "1"`,
			[]specdiff.Change{change(specdiff.Null, "null elements admitted", "no null elements", producers)}},
		{"sibling", `"type": "string", "x-sibling": "a", "x-sibling-in": "2.."`,
			[]specdiff.Change{change(specdiff.Sibling, "none", "a", nobody)}},
		{"observable", `"type": "string", "x-observable": [{"x-in": "1", "value": 3}]`,
			[]specdiff.Change{change(specdiff.Observable, "3", "none", nobody)}},
		{"deprecated", `"type": "string", "x-deprecated": [{"x-in": "2..", "since": "2"}]`,
			[]specdiff.Change{change(specdiff.Deprecated, "", "since 2", nobody)}},
		{"not deprecated", `"type": "string", "x-deprecated": [{"x-in": "1", "since": "1"}]`,
			[]specdiff.Change{change(specdiff.Undeprecated, "", "", nobody)}},
		{"two at once", `"type": "string", "x-required": "2..", "x-deprecated": [{"x-in": "2.."}]`,
			[]specdiff.Change{change(specdiff.Requirement, "optional", "required", producers), change(specdiff.Deprecated, "", "", nobody)}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for i := range tt.want {
				tt.want[i].Attribute = "a"
			}
			assertChanges(t, tiny(t, "", attribute(tt.attribute)), specdiff.Object, tt.want)
		})
	}
}

// TestType has an attribute that changes from one definition to another.
func TestType(t *testing.T) {
	tests := []struct {
		name, from, to string
		want           specdiff.Breaks
	}{
		{"same", `"type": "string"`, `"type": "string"`, nobody},
		{"pattern", `"type": "string"`, `"type": "string", "pattern": "^x"`, producers},
		{"length", `"type": "string", "maxLength": 5`, `"type": "string", "maxLength": 4`, producers},
		{"enumeration", `"type": "string"`, `"type": "string", "oneOf": [{"const": "x"}]`, producers},
		{"more values", `"type": "string", "oneOf": [{"const": "x"}]`, `"type": "string", "oneOf": [{"const": "x"}, {"const": "y"}]`, nobody},
		{"other values", `"type": "integer", "oneOf": [{"const": 1}]`, `"type": "integer", "oneOf": [{"const": 2}]`, producers},
		{"no enumeration", `"type": "string", "oneOf": [{"const": "x"}]`, `"type": "string"`, nobody},
		{"of what it narrows", `"type": "string"`, `"type": "string", "x-super": "s"`, producers},
		{"object", `"type": "object", "properties": {}, "additionalProperties": true`, `"type": "object", "properties": {}, "additionalProperties": false`, both},
		{"no object", `"type": "object", "properties": {}, "additionalProperties": true`, `"type": "string"`, both},
		{"free-form", `"type": "object", "properties": {}, "additionalProperties": true`, `"type": ["object"]`, nobody},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := tiny(t, "", `"from": {`+tt.from+`}, `+attribute(`"$ref": "#/$defs/to", "x-was": [{"x-in": "1", "$ref": "#/$defs/from"}]`)+
				`, "s": {"type": "string", "minLength": 1}, "to": {`+tt.to+`}`)
			want := change(specdiff.Type, "from", "to", tt.want)
			want.Attribute = "a"
			assertChanges(t, s, specdiff.Object, []specdiff.Change{want})
		})
	}
}

func TestObject(t *testing.T) {
	constraint := func(kind specdiff.Kind, name, before, after string, breaks specdiff.Breaks) []specdiff.Change {
		c := change(kind, before, after, breaks)
		c.Constraint = name
		return []specdiff.Change{c}
	}
	// with is an object with three attributes, of which the last is required.
	with := func(constraints string) string {
		return object(`"properties": {"a": {"type": "string"}, "b": {"type": "string"}, "c": {"type": "string", "x-required": "*"}}, "additionalProperties": false, "x-constraints": [` + constraints + `]`)
	}
	const none = `"properties": {}, "additionalProperties": false`
	tests := []struct {
		name, definition string
		kind             specdiff.ItemKind
		want             []specdiff.Change
	}{
		{"added", object(`"x-in": "2..", ` + none), specdiff.Object,
			[]specdiff.Change{change(specdiff.Added, "", "0 attributes", nobody)}},
		{"removed", object(`"x-in": "1", "properties": {"a": {"type": "string"}}, "additionalProperties": false`), specdiff.Object,
			[]specdiff.Change{change(specdiff.Removed, "1 attribute", "", nobody)}},
		{"class removed", object(`"x-in": "1", "x-class": {"uid": 4}, ` + none), specdiff.Class,
			[]specdiff.Change{change(specdiff.Removed, "0 attributes", "", both)}},
		{"renamed", object(`"x-names": [{"x-in": "1", "value": "old"}], ` + none), specdiff.Object,
			[]specdiff.Change{change(specdiff.Renamed, "old", "o", nobody)}},
		{"class renamed", object(`"x-class": {"uid": 4, "names": [{"x-in": "1", "value": "old"}]}, ` + none), specdiff.Class,
			[]specdiff.Change{change(specdiff.Renamed, "old", "o", nobody)}},
		{"deprecated", object(`"x-deprecated": [{"x-in": "2..", "since": "2"}], ` + none), specdiff.Object,
			[]specdiff.Change{change(specdiff.Deprecated, "", "since 2", nobody)}},
		{"observable", object(`"x-observable": [{"x-in": "1", "value": 1}, {"x-in": "2..", "value": 2}], ` + none), specdiff.Object,
			[]specdiff.Change{change(specdiff.Observable, "1", "2", nobody)}},
		{"profiles", object(`"x-class": {}, "x-profiles": [{"x-in": "1", "value": ["cloud"]}, {"x-in": "2..", "value": ["host"]}], ` + none), specdiff.Class,
			[]specdiff.Change{{Kind: specdiff.Removed, Profile: "cloud", Breaks: producers}, {Kind: specdiff.Added, Profile: "host"}}},
		{"more members", object(`"x-min-properties": [{"x-in": "2..", "value": 1}], ` + none), specdiff.Object,
			[]specdiff.Change{change(specdiff.Members, "at least 0", "at least 1", producers)}},
		{"fewer members", object(`"x-min-properties": [{"x-in": "1", "value": 1}], ` + none), specdiff.Object,
			[]specdiff.Change{change(specdiff.Members, "at least 1", "at least 0", consumers)}},
		{"same constraint", with(`{"kind": "just_one", "of": ["a", "b"], "x-in": "1"}, {"kind": "just_one", "of": ["b", "a"], "x-in": "2.."}`), specdiff.Object, nil},
		{"constraint added", with(`{"kind": "at_least_one", "of": ["b", "a"], "x-in": "2.."}`), specdiff.Object,
			constraint(specdiff.Added, "at_least_one", "", "a, b", producers)},
		{"constraint removed", with(`{"kind": "just_one", "of": ["a", "c"], "x-in": "1"}`), specdiff.Object,
			constraint(specdiff.Removed, "just_one", "a, c", "", consumers)},
		{"constraint kept by a requirement", with(`{"kind": "at_least_one", "of": ["a", "c"], "x-in": "1"}`), specdiff.Object,
			constraint(specdiff.Removed, "at_least_one", "a, c", "", nobody)},
		{"constraint with more names", with(`{"kind": "at_least_one", "of": ["a"], "x-in": "1"}, {"kind": "at_least_one", "of": ["a", "b"], "x-in": "2.."}`), specdiff.Object,
			constraint(specdiff.Constraint, "at_least_one", "a", "a, b", consumers)},
		{"constraint with fewer names", with(`{"kind": "at_least_one", "of": ["a", "b"], "x-in": "1"}, {"kind": "at_least_one", "of": ["a"], "x-in": "2.."}`), specdiff.Object,
			constraint(specdiff.Constraint, "at_least_one", "a, b", "a", producers)},
		{"just one of more", with(`{"kind": "just_one", "of": ["a"], "x-in": "1"}, {"kind": "just_one", "of": ["a", "b"], "x-in": "2.."}`), specdiff.Object,
			constraint(specdiff.Constraint, "just_one", "a", "a, b", both)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			assertChanges(t, tiny(t, "", tt.definition), tt.kind, tt.want)
		})
	}
}

// TestScalar has the scalar that an attribute is of in both versions.
func TestScalar(t *testing.T) {
	bound := func(keyword, before, after string, breaks specdiff.Breaks) []specdiff.Change {
		c := change(specdiff.Bound, before, after, breaks)
		c.Bound = keyword
		return []specdiff.Change{c}
	}
	value := func(value string, c specdiff.Change) specdiff.Change {
		c.Value = value
		return c
	}
	const warnings = `"x-pattern": "warning",`
	tests := []struct {
		name, root, scalar string
		kind               specdiff.ItemKind
		want               []specdiff.Change
	}{
		{"values", "", `"type": "integer", "oneOf": [{"const": 1, "x-in": "1", "title": "One"}, {"const": 2, "title": "Two", "x-titles": [{"x-in": "1", "value": "Zwei"}]},
			{"const": 3, "x-in": "2.."}, {"const": 4, "x-deprecated": [{"x-in": "2..", "since": "2"}]}]`, specdiff.Enumeration, []specdiff.Change{
			value("1", change(specdiff.Removed, "One", "", producers)),
			value("2", change(specdiff.Caption, "Zwei", "Two", nobody)),
			value("3", change(specdiff.Added, "", "", nobody)),
			value("4", change(specdiff.Deprecated, "", "since 2", nobody)),
		}},
		{"enumeration now", "", `"type": "string", "oneOf": [{"const": "x", "x-in": "2.."}]`, specdiff.Enumeration,
			[]specdiff.Change{change(specdiff.Values, "any", "1 value", producers)}},
		{"enumeration once", "", `"type": "string", "oneOf": [{"const": "x", "x-in": "1"}]`, specdiff.Enumeration,
			[]specdiff.Change{change(specdiff.Values, "1 value", "any", nobody)}},
		{"pattern", "", `"type": "string", "x-facets": [{"x-in": "1", "pattern": "a"}, {"x-in": "2..", "pattern": "b"}]`, specdiff.Scalar,
			bound("pattern", "a", "b", producers)},
		{"pattern that warns", warnings, `"type": "string", "x-facets": [{"x-in": "2..", "pattern": "b"}]`, specdiff.Scalar,
			bound("pattern", "none", "b", nobody)},
		{"one of two patterns", "", `"type": "string", "pattern": "b", "x-facets": [{"x-in": "1", "pattern": "a"}]`, specdiff.Scalar,
			bound("pattern", "a and b", "b", nobody)},
		{"format", "", `"type": "string", "x-facets": [{"x-in": "2..", "format": "ipv4"}]`, specdiff.Scalar,
			bound("format", "none", "ipv4", nobody)},
		{"exclusive", "", `"type": "integer", "x-facets": [{"x-in": "1", "minimum": 0}, {"x-in": "2..", "exclusiveMinimum": 0}]`, specdiff.Scalar,
			slices.Concat(bound("minimum", "0", "none", nobody), bound("exclusiveMinimum", "none", "0", producers))},
		{"no longer exclusive", "", `"type": "integer", "x-facets": [{"x-in": "1", "exclusiveMinimum": 0, "exclusiveMaximum": 9}, {"x-in": "2..", "minimum": 0, "maximum": 9}]`, specdiff.Scalar,
			slices.Concat(bound("minimum", "none", "0", nobody), bound("exclusiveMinimum", "0", "none", nobody),
				bound("maximum", "none", "9", nobody), bound("exclusiveMaximum", "9", "none", nobody))},
		{"longer", "", `"type": "string", "x-facets": [{"x-in": "1", "maxLength": 5}, {"x-in": "2..", "maxLength": 10}]`, specdiff.Scalar,
			bound("maxLength", "5", "10", nobody)},
		{"shorter", "", `"type": "string", "x-facets": [{"x-in": "1", "maxLength": 10}, {"x-in": "2..", "maxLength": 5}]`, specdiff.Scalar,
			bound("maxLength", "10", "5", producers)},
		{"length at all", "", `"type": "string", "x-facets": [{"x-in": "2..", "minLength": 1}]`, specdiff.Scalar,
			bound("minLength", "none", "1", producers)},
		{"the tighter of two", "", `"type": "integer", "minimum": 2, "x-facets": [{"x-in": "2..", "minimum": 1}]`, specdiff.Scalar,
			bound("minimum", "2", "1 and 2", nobody)},
		{"from more", "", `"type": "number", "x-facets": [{"x-in": "1", "exclusiveMinimum": -1}, {"x-in": "2..", "exclusiveMinimum": 0.5}]`, specdiff.Scalar,
			bound("exclusiveMinimum", "-1", "0.5", producers)},
		{"exclusive maximum", "", `"type": "number", "x-facets": [{"x-in": "1", "exclusiveMaximum": 2}, {"x-in": "2..", "exclusiveMaximum": 1}]`, specdiff.Scalar,
			bound("exclusiveMaximum", "2", "1", producers)},
		{"no maximum", "", `"type": "integer", "x-facets": [{"x-in": "1", "maximum": 9}]`, specdiff.Scalar,
			bound("maximum", "9", "none", nobody)},
		{"more ranges", "", `"type": "integer", "x-facets": [{"x-in": "1", "ranges": [[1, 2]]}, {"x-in": "2..", "ranges": [[0, 3], [9, 9]]}]`, specdiff.Scalar,
			bound("ranges", "[[1,2]]", "[[0,3],[9,9]]", nobody)},
		{"other ranges", "", `"type": "integer", "x-facets": [{"x-in": "1", "ranges": [[1, 5]]}, {"x-in": "2..", "ranges": [[0, 3], [4, 9]]}]`, specdiff.Scalar,
			bound("ranges", "[[1,5]]", "[[0,3],[4,9]]", producers)},
		{"ranges at all", "", `"type": "integer", "x-facets": [{"x-in": "2..", "ranges": [[1, 5]]}]`, specdiff.Scalar,
			bound("ranges", "none", "[[1,5]]", producers)},
		{"no ranges", "", `"type": "integer", "x-facets": [{"x-in": "1", "ranges": [[1, 5]]}]`, specdiff.Scalar,
			bound("ranges", "[[1,5]]", "none", nobody)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := tiny(t, tt.root, attribute(`"$ref": "#/$defs/s"`)+`, "s": {`+tt.scalar+`}`)
			assertChanges(t, s, tt.kind, tt.want)
		})
	}
}

// assertChanges makes sure that the one item of the report has the changes, and
// that there is none without any.
func assertChanges(t *testing.T, s *model.Schema, kind specdiff.ItemKind, want []specdiff.Change) {
	t.Helper()
	r := compare(t, s, "1", "2")
	var got []specdiff.Change
	for _, item := range r.Items {
		if item.Kind != kind {
			t.Errorf("a change of the %s %s: %+v", item.Kind, item.Name, item.Changes)
		}
		got = append(got, item.Changes...)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	// The other way round there are as many, and what comes goes.
	back := compare(t, s, "2", "1")
	if back.Changes != r.Changes {
		t.Errorf("%d changes, the other way round %d", r.Changes, back.Changes)
	}
}

func compare(t *testing.T, s *model.Schema, from, to string) *specdiff.Report {
	t.Helper()
	r, err := specdiff.Compare(s, from, to)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestUnused: values and bounds of what only one of the versions uses are not
// listed, nor are the attribute that names the version and the numbers of
// classes.
func TestUnused(t *testing.T) {
	s := tiny(t, `"x-version-at": ["v"],`, `
		"class_uid": {"type": "integer", "oneOf": [{"const": 1}, {"const": 2, "x-in": "2.."}]},
		"e": {"type": "string", "oneOf": [{"const": "x"}, {"const": "y", "x-in": "2.."}]},
		"o": {"x-class": {}, "type": "object", "properties": {
			"v": {"$ref": "#/$defs/v"}, "class_uid": {"$ref": "#/$defs/class_uid"}, "a": {"$ref": "#/$defs/e", "x-in": "2.."}
		}, "additionalProperties": false},
		"v": {"type": "string", "oneOf": [{"const": "1", "x-in": "1"}, {"const": "2", "x-in": "2.."}]}`)
	want := change(specdiff.Added, "", "e, optional", nobody)
	want.Attribute = "a"
	assertChanges(t, s, specdiff.Class, []specdiff.Change{want})
}

func TestCompareRefuses(t *testing.T) {
	s := tiny(t, "", attribute(`"type": "string"`))
	for _, versions := range [][2]string{{"1", "3"}, {"0", "2"}} {
		if _, err := specdiff.Compare(s, versions[0], versions[1]); err == nil || !strings.Contains(err.Error(), `want one of ["1" "2"]`) {
			t.Errorf("%q: error %v", versions, err)
		}
	}
	if r := compare(t, s, "2", "2"); r.Changes != 0 || len(r.Items) != 0 {
		t.Errorf("a version differs from itself: %+v", r)
	}
}

func annotated(t *testing.T, format string) *model.Schema {
	t.Helper()
	data, err := schemas.Annotated(format)
	if err != nil {
		t.Fatal(err)
	}
	s, err := model.Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// breaking lists the changes that break producers, or consumers.
func breaking(r *specdiff.Report, whom func(specdiff.Breaks) bool) []string {
	var list []string
	for _, item := range r.Items {
		for _, c := range item.Changes {
			if whom(c.Breaks) {
				list = append(list, fmt.Sprintf("%s %s %s%s %s", item.Name, c.Kind, c.Attribute, c.Constraint, c.After))
			}
		}
	}
	return list
}

// TestOCSF13to18: from 1.3.0 on OCSF only adds, but for what stands here.
func TestOCSF13to18(t *testing.T) {
	r := compare(t, annotated(t, "ocsf"), "1.3.0", "1.8.0")
	renamed, added := map[string]string{}, map[specdiff.ItemKind]int{}
	for _, item := range r.Items {
		for _, c := range item.Changes {
			switch c.Kind {
			case specdiff.Renamed:
				renamed[c.Before] = c.After
			case specdiff.Type: // string_t became a string with a name of its own
				if c.Breaks != nobody {
					t.Errorf("%s: %+v", item.Name, c)
				}
			case specdiff.Shape, specdiff.Values:
				t.Errorf("%s: %+v", item.Name, c)
			case specdiff.Removed:
				if c.Constraint == "" {
					t.Errorf("%s: %+v", item.Name, c)
				}
			case specdiff.Added:
				if c.Attribute+c.Value+c.Profile+c.Constraint == "" {
					added[item.Kind]++
				}
			}
		}
	}
	wantRenamed := map[string]string{
		"event_log":            "event_log_actvity",
		"kernel_extension":     "kernel_extension_activity",
		"resource_activity":    "windows_resource_activity",
		"win_service_activity": "windows_service_activity",
	}
	if diff := cmp.Diff(wantRenamed, renamed); diff != "" {
		t.Errorf("renamed (-want +got):\n%s", diff)
	}
	// 72 classes, 121 objects and 10 profiles became 83, 178 and 14.
	if diff := cmp.Diff(map[specdiff.ItemKind]int{specdiff.Class: 11, specdiff.Object: 57, specdiff.Profile: 4}, added); diff != "" {
		t.Errorf("added (-want +got):\n%s", diff)
	}
	want := []string{
		"dhcp_activity added at_least_one dst_endpoint, src_endpoint",
		"dns_activity added at_least_one dst_endpoint, src_endpoint",
		"email_activity requirement activity_id required",
		"email_file_activity requirement activity_id required",
		"email_url_activity requirement activity_id required",
		"network_file_activity profiles actor every document",
		"vulnerability added just_one advisory, cve, cwe",
	}
	if diff := cmp.Diff(want, breaking(r, func(b specdiff.Breaks) bool { return b.Producers })); diff != "" {
		t.Errorf("breaking for producers (-want +got):\n%s", diff)
	}
	for _, s := range breaking(r, func(b specdiff.Breaks) bool { return b.Consumers }) {
		if !strings.Contains(s, " requirement ") && !strings.Contains(s, "at_least_one") && !strings.Contains(s, "just_one") {
			t.Errorf("breaking for consumers: %s", s)
		}
	}
}

// TestOCSFHistory: what else than additions older releases changed in types,
// shapes, requirements and values.
func TestOCSFHistory(t *testing.T) {
	s := annotated(t, "ocsf")
	tests := []struct {
		from, to string
		want     []string
	}{
		{"1.0.0", "1.1.0", []string{
			"security_finding cis_csc: cis_control → cis_csc",
			"cve cvss: single → array",
			"remediation desc: optional → required",
			"dns_activity_activity_id 3: Reset →",
			"dns_activity_activity_id 4: Fail →",
			"dns_activity_activity_id 5: Refuse →",
		}},
		{"1.1.0", "1.2.0", []string{
			"incident_finding priority: integer_t → string_t",
			"analytic_type_id 4: Learning (ML/DL) →",
			// What these classes told by their activity they tell in query_result_id.
			"prefetch_query_activity_id 2: Partial →",
			"prefetch_query_activity_id 3: Does not exist →",
			"prefetch_query_activity_id 4: Error →",
			"prefetch_query_activity_id 5: Unsupported →",
			"registry_key_query_activity_id 2: Partial →",
			"registry_key_query_activity_id 3: Does not exist →",
			"registry_key_query_activity_id 4: Error →",
			"registry_key_query_activity_id 5: Unsupported →",
			"registry_value_query_activity_id 2: Partial →",
			"registry_value_query_activity_id 3: Does not exist →",
			"registry_value_query_activity_id 4: Error →",
			"registry_value_query_activity_id 5: Unsupported →",
		}},
		{"1.2.0", "1.3.0", nil},
	}
	for _, tt := range tests {
		var got []string
		for _, item := range compare(t, s, tt.from, tt.to).Items {
			for _, c := range item.Changes {
				switch {
				case !c.Breaks.Producers:
				case c.Kind == specdiff.Type, c.Kind == specdiff.Shape, c.Kind == specdiff.Requirement:
					got = append(got, fmt.Sprintf("%s %s: %s → %s", item.Name, c.Attribute, c.Before, c.After))
				case c.Value != "":
					got = append(got, fmt.Sprintf("%s %s: %s →", item.Name, c.Value, c.Before))
				}
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s to %s (-want +got):\n%s", tt.from, tt.to, diff)
		}
	}
}

// TestIDMEFv2Draft08: the list of what draft 08 changed.
func TestIDMEFv2Draft08(t *testing.T) {
	r := compare(t, annotated(t, "idmefv2"), "2.D.V07", "2.D.V08")
	var got []string
	values := map[string][2]int{}
	for _, item := range r.Items {
		for _, c := range item.Changes {
			n := values[item.Name]
			switch {
			case item.Kind != specdiff.Enumeration:
				got = append(got, fmt.Sprintf("%s.%s %s %s→%s %+v", item.Name, c.Attribute, c.Kind, c.Before, c.After, c.Breaks))
			case c.Kind == specdiff.Added:
				n[1]++
			case c.Kind == specdiff.Removed:
				n[0]++
			default:
				t.Errorf("%s: %+v", item.Name, c)
			}
			if item.Kind == specdiff.Enumeration {
				values[item.Name] = n
			}
		}
	}
	want := []string{
		"message.Status shape single→array producers and consumers",
		"message.ReportTime added →timestamp, optional ",
		"analyzer.ID requirement required→optional consumers",
		"sensor.ID requirement required→optional consumers",
		"source.Category added →array of source_category, optional ",
		"target.Category added →array of target_category, optional ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("attributes (-want +got):\n%s", diff)
	}
	// Values that went, and that came: 41 of the sectors were renamed.
	wantValues := map[string][2]int{"category": {1, 4}, "entity_sector": {41, 41}, "status": {0, 1}}
	if diff := cmp.Diff(wantValues, values); diff != "" {
		t.Errorf("values (-want +got):\n%s", diff)
	}
}

// TestDeterministic: two reports of the same versions are the same, in every
// form, for all formats.
func TestDeterministic(t *testing.T) {
	for _, format := range schemas.Formats() {
		s := annotated(t, format)
		from, to := s.Versions[0].Name, s.Versions[len(s.Versions)-1].Name
		forms := func() [][]byte {
			r := compare(t, s, from, to)
			text, err := r.JSON()
			if err != nil {
				t.Fatal(err)
			}
			return [][]byte{r.Text(), r.Markdown(), text}
		}
		a, b := forms(), forms()
		if !slices.EqualFunc(a, b, bytes.Equal) {
			t.Errorf("%s: two reports differ", format)
		}
	}
}

// TestMirrored: the other way round, what came goes and what went comes.
func TestMirrored(t *testing.T) {
	s := annotated(t, "ocsf")
	tally := func(from, to string) map[specdiff.Kind]int {
		count := map[specdiff.Kind]int{}
		for _, item := range compare(t, s, from, to).Items {
			for _, c := range item.Changes {
				count[c.Kind]++
			}
		}
		return count
	}
	for i := range s.Versions[1:] {
		there, back := tally(s.Versions[i].Name, s.Versions[i+1].Name), tally(s.Versions[i+1].Name, s.Versions[i].Name)
		there[specdiff.Added], there[specdiff.Removed] = there[specdiff.Removed], there[specdiff.Added]
		there[specdiff.Deprecated], there[specdiff.Undeprecated] = there[specdiff.Undeprecated], there[specdiff.Deprecated]
		for _, m := range []map[specdiff.Kind]int{there, back} {
			for kind, n := range m {
				if n == 0 {
					delete(m, kind)
				}
			}
		}
		if diff := cmp.Diff(there, back); diff != "" {
			t.Errorf("%s and %s (-there +back):\n%s", s.Versions[i].Name, s.Versions[i+1].Name, diff)
		}
	}
}
