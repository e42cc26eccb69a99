package model_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secmodel/secmodel/internal/model"
)

var update = flag.Bool("update", false, "rewrite golden files")

// sample uses every keyword of the format. Its versions are v1, v2 and v3-dev.
func sample() *model.Schema {
	const (
		v1 = model.Set(1)
		v2 = model.Set(2)
	)
	from2 := model.From(1)
	until1 := v1
	return &model.Schema{
		Format:     "demo",
		Title:      "Demo <format> & more",
		Versions:   []model.Version{{Name: "v1"}, {Name: "v2"}, {Name: "v3-dev", Preview: true}},
		VersionAt:  []string{"meta", "version"},
		NullAbsent: true, PatternWarning: true, Int64: true,
		Profiles: []model.Profile{{Name: "cloud", Title: "Cloud", In: model.All}, {Name: "win/host", In: from2}},
		Types: []*model.Type{
			{
				Name: "event", Go: "Event", Title: "Event", Kind: model.Object, In: model.All,
				Class:   &model.Class{UID: 1001, Category: "system", Names: []model.Ranged[string]{{In: until1, Value: "evt"}}},
				Unknown: model.UnknownError,
				Properties: []*model.Property{
					{Name: "meta", Type: model.TypeRef{Ref: "meta"}, In: model.All, Required: model.All},
					{
						Name: "status_id", Go: "StatusID", Title: "Status", Type: model.TypeRef{Ref: "status"}, In: model.All,
						Recommended: from2, Sibling: "status", SiblingIn: model.All, Group: "classification",
						Deprecated: []model.Deprecation{{In: from2, Since: "2.0"}},
						Observable: []model.Ranged[int]{{In: from2, Value: 7}},
					},
					{Name: "status", Type: model.TypeRef{Kind: model.String}, In: model.All, Array: true, One: until1, Lenient: []string{"missing", "type", "value"}},
					{
						Name: "port", Type: model.TypeRef{Ref: "port"}, In: from2,
						Was:      []model.Was{{In: v2, Type: model.TypeRef{Kind: model.IntOrString}, Array: true}},
						Profiles: []model.Ranged[[]string]{{In: v2, Value: nil}, {In: model.From(2), Value: []string{"cloud"}}},
					},
					{Name: "any", Type: model.TypeRef{Kind: model.Any}, In: v1 | model.Single(2)},
					{Name: "form", Type: model.TypeRef{Kind: model.Any, Forms: []string{"object", "string"}}, In: model.All, Unchecked: v1},
				},
				Constraints:   []model.Constraint{{In: from2, Kind: model.JustOne, Of: []string{"port", "meta.version"}}, {In: model.All, Kind: model.AtLeastOne, Of: []string{"any", "form"}}},
				MinProperties: []model.Ranged[int]{{In: from2, Value: 1}},
				Deprecated:    []model.Deprecation{{In: model.From(2)}},
				Profiles:      []model.Ranged[[]string]{{In: model.All, Value: []string{"cloud", "win/host"}}},
				Observable:    []model.Ranged[int]{{In: model.All, Value: 3}},
				Extension:     "win",
			},
			{Name: "free", Kind: model.Any, Forms: []string{"object", "array"}, In: model.All},
			{
				Name: "meta", Kind: model.Object, In: model.All, Unknown: model.UnknownWarning,
				Properties: []*model.Property{
					{Name: "version", Type: model.TypeRef{Kind: model.String}, In: model.All},
					{Name: "x/y~z", Type: model.TypeRef{Ref: "win/key"}, In: model.All},
				},
			},
			{Name: "open", Kind: model.Object, In: model.All, Unknown: model.UnknownOpen},
			{
				Name: "port", Kind: model.Integer, In: from2, Facets: []model.Facet{
					{In: model.All, Min: new(0.0), ExclusiveMin: true, Max: new(65535.0)},
					{In: from2, Ints: [][2]int64{{1, 1023}, {-9223372036854775808, 9223372036854775807}}},
				},
			},
			{Name: "ratio", Kind: model.Number, In: model.All, Facets: []model.Facet{{In: from2, Min: new(0.0), Max: new(0.5)}}},
			{
				Name: "status", Kind: model.Integer, In: model.All, Values: []model.Value{
					{Int: 0, Title: "Unknown", In: model.All},
					{Int: 99, Title: "Other", Go: "Else", In: from2, Deprecated: []model.Deprecation{{In: model.From(2), Since: "3.0"}}},
				},
			},
			{
				Name: "win/key", Kind: model.String, In: model.All, Super: "word",
				Values: []model.Value{{Str: "", In: model.All}, {Str: "two words", In: v1}},
			},
			{
				Name: "word", Kind: model.String, In: model.All, Facets: []model.Facet{
					{In: model.All, Pattern: `^[<>&\pL"]+$`, Format: "uri", MinLen: new(0), MaxLen: new(64)},
				},
			},
		},
	}
}

func TestMarshalGolden(t *testing.T) {
	got, err := sample().Marshal()
	if err != nil {
		t.Fatal(err)
	}
	const file = "testdata/sample.json"
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("Marshal differs from %s (-want +got); -update rewrites it:\n%s", file, diff)
	}
}

func TestParseInvertsMarshal(t *testing.T) {
	want := sample()
	text, err := want.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	got, err := model.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Parse(Marshal(s)) differs from s (-s +parsed):\n%s", diff)
	}
}

func TestParseOrdersDefinitions(t *testing.T) {
	s, err := model.Parse([]byte(`{"$schema": "` + model.Dialect + `", "x-format": "f", "x-versions": [{"name": "1"}],
		"$defs": {"b": {"type": "string"}, "a": {"type": "boolean"}}}`))
	if err != nil {
		t.Fatal(err)
	}
	if s.Types[0].Name != "a" || s.Types[1].Name != "b" {
		t.Errorf("definitions are in the order %s, %s", s.Types[0].Name, s.Types[1].Name)
	}
}

// TestParseRefuses has faults of the text, each in a schema that is otherwise
// right, and the message that names the place.
func TestParseRefuses(t *testing.T) {
	// The text of a schema with one definition "d", and a definition "s".
	def := func(d string) string {
		return `{"$schema": "` + model.Dialect + `", "x-format": "f", "x-versions": [{"name": "1"}, {"name": "2"}], "$defs": {"s": {"type": "string"}, "d": ` + d + `}}`
	}
	prop := func(p string) string {
		return def(`{"type": "object", "properties": {"p": ` + p + `}, "additionalProperties": false}`)
	}
	tests := []struct{ name, text, want string }{
		{"syntax", "{\n\"a\": }", "line 2: "},
		{"cut off", `{"a": [1`, "line 1: "},
		{"two values", def(`{}`) + "\n7", "line 2: text after the schema"},
		{"no object", `7`, "#: is a number, want an object"},
		{"dialect", `{"$schema": "x", "x-format": "f", "x-versions": [{"name": "1"}]}`, `#/$schema: is "x"`},
		{"no versions", `{"$schema": "` + model.Dialect + `", "x-format": "f"}`, "#/x-versions: there are 0 versions"},
		{"no format", `{"$schema": "` + model.Dialect + `", "x-versions": [{"name": "1"}]}`, `#: "x-format" is missing`},
		{"version name", `{"$schema": "` + model.Dialect + `", "x-format": "f", "x-versions": [{"name": "1..2"}]}`, `#/x-versions: "1..2" can not be written`},
		{"version twice", `{"$schema": "` + model.Dialect + `", "x-format": "f", "x-versions": [{"name": "1"}, {"name": "1"}]}`, `#/x-versions: "1" occurs twice`},
		{"null", `{"$schema": "` + model.Dialect + `", "x-format": "f", "x-null": "x", "x-versions": [{"name": "1"}]}`, `#/x-null: is "x"`},
		{"pattern", `{"$schema": "` + model.Dialect + `", "x-format": "f", "x-pattern": "x", "x-versions": [{"name": "1"}]}`, `#/x-pattern: is "x"`},
		{"integer", `{"$schema": "` + model.Dialect + `", "x-format": "f", "x-integer": "x", "x-versions": [{"name": "1"}]}`, `#/x-integer: is "x"`},
		{"unknown keyword", def(`{"type": "string", "colour": 1}`), `#/$defs/d: unknown or misplaced keyword "colour"`},
		{"misplaced keyword", def(`{"type": "string", "properties": {}}`), `#/$defs/d: unknown or misplaced keyword "properties"`},
		{"required", def(`{"type": "object", "required": ["p"], "additionalProperties": false}`), `#/$defs/d: unknown or misplaced keyword "required"`},
		{"definition twice", def(`{}, "d": {}`), `#/$defs: "d" occurs twice`},
		{"attribute twice", prop(`{}, "p": {}`), `#/$defs/d/properties: "p" occurs twice`},
		{"value twice", def(`{"type": "string", "oneOf": [{"const": "a"}, {"const": "a"}]}`), `#/$defs/d/oneOf: "a" occurs twice`},
		{"number twice", def(`{"type": "integer", "oneOf": [{"const": 4}, {"const": 4}]}`), `#/$defs/d/oneOf: 4 occurs twice`},
		{"value of another type", def(`{"type": "string", "oneOf": [{"const": 1}]}`), "#/$defs/d/oneOf/0/const: is a number, want a string"},
		{"fraction", def(`{"type": "integer", "oneOf": [{"const": 1.5}]}`), "#/$defs/d/oneOf/0/const: is not an integer"},
		{"no const", def(`{"type": "string", "oneOf": [{"title": "x"}]}`), `#/$defs/d/oneOf/0: "const" is missing`},
		{"values of a boolean", def(`{"type": "boolean", "oneOf": [{"const": "x"}]}`), "#/$defs/d/oneOf: an enumeration is of strings or of integers"},
		{"empty enumeration", def(`{"type": "string", "oneOf": []}`), "#/$defs/d/oneOf: is empty"},
		{"dangling reference", prop(`{"$ref": "#/$defs/nix"}`), `#/$defs/d/properties/p: there is no definition "nix"`},
		{"dangling items", prop(`{"type": "array", "items": {"$ref": "#/$defs/nix"}}`), `#/$defs/d/properties/p: there is no definition "nix"`},
		{"foreign reference", prop(`{"$ref": "other.json#/s"}`), `#/$defs/d/properties/p: "$ref" is "other.json#/s"`},
		{"reference and type", prop(`{"$ref": "#/$defs/s", "type": "string"}`), `#/$defs/d/properties/p: "$ref"`},
		{"array without items", prop(`{"type": "array"}`), `#/$defs/d/properties/p: "items" is missing`},
		{"array of arrays", prop(`{"type": "array", "items": {"type": "array"}}`), `#/$defs/d/properties/p/items/type: is "array"`},
		{"nested object", prop(`{"type": "object"}`), `#/$defs/d/properties/p/type: a free-form object`},
		{"unknown type", prop(`{"type": "date"}`), `#/$defs/d/properties/p/type: is "date"`},
		{"unknown form", prop(`{"type": ["object", "null"]}`), `#/$defs/d/properties/p/type: "null" is not one of`},
		{"bounds in an attribute", prop(`{"type": "integer", "minimum": 1}`), `#/$defs/d/properties/p: unknown or misplaced keyword "minimum"`},
		{"bad set", prop(`{"type": "string", "x-in": "3.."}`), `#/$defs/d/properties/p/x-in: version set "3..": no version "3"`},
		{"backward set", prop(`{"type": "string", "x-in": "2..1"}`), `#/$defs/d/properties/p/x-in: version set "2..1"`},
		{"empty set", prop(`{"type": "string", "x-in": ""}`), `#/$defs/d/properties/p/x-in: is empty`},
		{"set that is no string", prop(`{"type": "string", "x-in": ["1"]}`), `#/$defs/d/properties/p/x-in: is an array, want a string`},
		{"required where absent", prop(`{"type": "string", "x-in": "2", "x-required": "*"}`), `#/$defs/d/properties/p: x-required has`},
		{"one of no array", prop(`{"type": "string", "x-one": "1"}`), `#/$defs/d/properties/p: x-one has 1`},
		{"two former types", prop(`{"type": "string", "x-was": [{"x-in": "1", "type": "integer"}, {"x-in": "1", "type": "number"}]}`), `#/$defs/d/properties/p: x-was gives two values for 1`},
		{"unknown profile", prop(`{"type": "string", "x-profiles": [{"value": ["cloud"]}]}`), `#/$defs/d/properties/p: there is no profile "cloud"`},
		{"no value", prop(`{"type": "string", "x-profiles": [{"x-in": "1"}]}`), `#/$defs/d/properties/p/x-profiles/0: "value" is missing`},
		{"sibling", prop(`{"type": "string", "x-sibling": "q"}`), `#/$defs/d/properties/p/x-sibling: there is no attribute "q"`},
		{"lenience", prop(`{"type": "string", "x-lenient": ["all"]}`), `#/$defs/d/properties/p/x-lenient: "all" is not one of`},
		{"open or closed", def(`{"type": "object"}`), `#/$defs/d: "additionalProperties" is missing`},
		{"unknown members", def(`{"type": "object", "additionalProperties": false, "x-unknown": "warning"}`), `#/$defs/d/x-unknown: is "warning"`},
		{"class of a scalar", def(`{"type": "string", "x-class": {}}`), `#/$defs/d: unknown or misplaced keyword "x-class"`},
		{"constraint", def(`{"type": "object", "additionalProperties": true, "x-constraints": [{"kind": "all", "of": ["p"]}]}`), `#/$defs/d/x-constraints: kind is "all"`},
		{"constraint of nothing", def(`{"type": "object", "additionalProperties": true, "x-constraints": [{"kind": "just_one", "of": ["p.q"]}]}`), `#/$defs/d/x-constraints: "p.q" leads to no attribute`},
		{"super", def(`{"type": "string", "x-super": "nix"}`), `#/$defs/d/x-super: there is no scalar "nix"`},
		{"super of itself", def(`{"type": "string", "x-super": "d"}`), `#/$defs/d/x-super: "d" narrows itself`},
		{"two minima", def(`{"type": "number", "minimum": 1, "exclusiveMinimum": 1}`), `#/$defs/d: "minimum" and "exclusiveMinimum"`},
		{"two maxima", def(`{"type": "number", "maximum": 1, "exclusiveMaximum": 1}`), `#/$defs/d: "maximum" and "exclusiveMaximum"`},
		{"boolean minimum", def(`{"type": "number", "exclusiveMinimum": true}`), `#/$defs/d/exclusiveMinimum: is not a number`},
		{"minimum of a string", def(`{"type": "string", "minimum": 1}`), `#/$defs/d: a string has no minimum`},
		{"pattern of a number", def(`{"type": "number", "pattern": "x"}`), `#/$defs/d: a number has no pattern`},
		{"empty facet", def(`{"type": "number", "x-facets": [{"x-in": "1"}]}`), `#/$defs/d: a facet without a bound`},
		{"ranges outside", def(`{"type": "integer", "ranges": [[1, 2]]}`), `#/$defs/d: unknown or misplaced keyword "ranges"`},
		{"backward range", def(`{"type": "integer", "x-facets": [{"ranges": [[2, 1]]}]}`), `#/$defs/d: the range [2, 1] runs backwards`},
		{"range of one", def(`{"type": "integer", "x-facets": [{"ranges": [[2]]}]}`), `#/$defs/d/x-facets/0/ranges/0: is not a pair`},
		{"length", def(`{"type": "string", "maxLength": -1}`), `#/$defs/d/maxLength: is out of range`},
	}
	if _, err := model.Parse([]byte(prop(`{"$ref": "#/$defs/s"}`))); err != nil {
		t.Fatalf("the schema that the tests vary is wrong: %v", err)
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := model.Parse([]byte(tt.text))
			if err == nil {
				t.Fatalf("no error, want %q", tt.want)
			}
			if !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %q, want %q in it", err, tt.want)
			}
		})
	}
}

func TestParseNamesAllFaults(t *testing.T) {
	_, err := model.Parse([]byte(`{"$schema": "` + model.Dialect + `", "x-format": "f", "x-versions": [{"name": "1"}],
		"$defs": {"a": {"type": "nix"}, "b": {"type": "string", "x-in": "7"}, "c": {"one": 1, "two": 2}}}`))
	if err == nil {
		t.Fatal("no error")
	}
	if got := strings.Count(err.Error(), "\n") + 1; got != 4 {
		t.Errorf("%d faults, want 4:\n%v", got, err)
	}
}

// TestMarshalRefuses has faults that the text can not have, or that would not
// survive being written.
func TestMarshalRefuses(t *testing.T) {
	tests := []struct {
		name, want string
		change     func(*model.Schema)
	}{
		{"order", "not ordered by name", func(s *model.Schema) { s.Types[0], s.Types[1] = s.Types[1], s.Types[0] }},
		{"twice", `"event" occurs twice`, func(s *model.Schema) { s.Types = append([]*model.Type{s.Types[0]}, s.Types...) }},
		{"beyond the newest", "has versions beyond the newest", func(s *model.Schema) { s.Types[0].In = 1 << 40 }},
		{"nowhere", "the version set is empty", func(s *model.Schema) { s.Type("event").Properties[0].In = 0 }},
		{"two kinds of value", `both "x" and 99`, func(s *model.Schema) { s.Type("status").Values[1].Str = "x" }},
		{"reference with a type", "with a type beside it", func(s *model.Schema) { s.Type("event").Properties[0].Type.Kind = model.String }},
		{"no kind", `"" is no type of a value`, func(s *model.Schema) { s.Type("meta").Properties[0].Type = model.TypeRef{} }},
		{"object with values", "an object has no super type", func(s *model.Schema) { s.Type("open").Super = "word" }},
		{"scalar with attributes", "only an object", func(s *model.Schema) { s.Type("word").Unknown = model.UnknownOpen }},
		{"negative number", "x-min-properties is -1", func(s *model.Schema) { s.Type("event").MinProperties[0].Value = -1 }},
		{"negative length", "a length is -1", func(s *model.Schema) { s.Type("word").Facets[0].MinLen = new(-1) }},
		{"class without a name", "a name is empty", func(s *model.Schema) { s.Type("event").Class.Names[0].Value = "" }},
		{"exclusive", "an exclusive bound without the bound", func(s *model.Schema) {
			s.Type("ratio").Facets[0] = model.Facet{In: model.All, Max: new(1.0), ExclusiveMin: true}
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := sample()
			tt.change(s)
			if _, err := s.Marshal(); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %q in it", err, tt.want)
			}
		})
	}
}

// TestLarge has as many attributes as the largest format has.
func TestLarge(t *testing.T) {
	s := &model.Schema{Format: "large", Versions: []model.Version{{Name: "1"}}}
	for i := range 250 {
		typ := &model.Type{Name: fmt.Sprintf("t%03d", i), Kind: model.Object, In: model.All}
		for j := range 40 {
			typ.Properties = append(typ.Properties, &model.Property{
				Name: fmt.Sprintf("p%d", j), In: model.All, Type: model.TypeRef{Ref: fmt.Sprintf("t%03d", (i+j)%250)},
			})
		}
		s.Types = append(s.Types, typ)
	}
	text, err := s.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	got, err := model.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	if !cmp.Equal(s, got) {
		t.Error("Parse(Marshal(s)) differs from s")
	}
}

// FuzzParse: what Parse accepts, Marshal writes, and Parse reads back equal.
func FuzzParse(f *testing.F) {
	text, err := sample().Marshal()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add([]byte(`{"$schema": "` + model.Dialect + `", "x-format": "f", "x-versions": [{"name": "1"}], "$defs": {"": {}}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := model.Parse(data)
		if err != nil {
			return
		}
		text, err := s.Marshal()
		if err != nil {
			t.Fatalf("Marshal refuses what Parse accepts: %v", err)
		}
		again, err := model.Parse(text)
		if err != nil {
			t.Fatalf("Parse refuses what Marshal writes: %v\n%s", err, text)
		}
		if diff := cmp.Diff(s, again); diff != "" {
			t.Errorf("not equal after a round trip (-first +second):\n%s", diff)
		}
	})
}
