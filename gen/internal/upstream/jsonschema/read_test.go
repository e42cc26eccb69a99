package jsonschema_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secmodel/secmodel/gen/internal/upstream/jsonschema"
	"github.com/secmodel/secmodel/internal/model"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// supported are schemas, and what is read of them is in testdata.
var supported = []struct{ name, schema string }{
	{"names", `{"title": "Names.", "type": "object", "properties": {
		"a": {"type": "object", "properties": {"b": {"type": "object", "required": ["x"]}}},
		"a-b": {"type": "object", "required": ["x"]},
		"a_b": {"enum": ["", "v"]},
		"A": {"$ref": "#/properties/a/properties/b"},
		"list": {"type": "array", "items": {"type": "object", "required": ["y"]}},
		"@": {"type": "string"}, "1": {"type": "string", "maxLength": 1}, "check": {}, "extra_value": {}, "extra": {}
	}, "$defs": {"doc.a.b": {"type": "string"}}}`},
	{"definitions", `{"$schema": "http://json-schema.org/draft-07/schema#", "definitions": {
		"cat": {"type": "object", "properties": {"kittens": {"type": "array", "items": {"$ref": "#/definitions/cat"}}}, "additionalProperties": false},
		"dog": {"allOf": [{"$ref": "#/definitions/cat"}], "title": "the same as a cat"},
		"colour": {"enum": ["black", "red"]},
		"any": {"type": "object"}
	}}`},
	{"conjunction", `{"$ref": "#/$defs/base", "required": ["p"], "properties": {"p": {"required": ["q"]}, "n": {"maximum": 9}, "e": {"enum": ["y", "z"]}},
		"$defs": {"base": {"type": "object", "minProperties": 1, "properties": {
			"p": {"$ref": "#/$defs/part"}, "n": {"type": "number", "minimum": 1, "exclusiveMinimum": 0}, "e": {"enum": ["x", "y"]}}},
		"part": {"type": "object", "properties": {"q": {"type": "string"}, "r": {"$ref": "#/$defs/part"}}}}}`},
	{"nullable", `{"type": "object", "properties": {
		"a": {"type": ["string", "null"]}, "b": {"anyOf": [{"type": "null"}, {"$ref": "#/$defs/list"}]}, "c": {"$ref": "#/$defs/list"},
		"d": {"enum": [1, null, 2]}, "e": {"type": "string", "enum": ["x", null]}, "f": true, "g": {"type": ["object", "array", "string", "number", "boolean"]},
		"h": {"type": "array", "items": {"type": ["integer", "null"]}}, "i": {"type": "array", "items": {}}
	}, "$defs": {"list": {"type": "array", "items": {"$ref": "#/$defs/node"}}, "node": {"type": "object", "properties": {"next": {"$ref": "#/$defs/list"}}}}}`},
	{"titles", `{"title": "Of many\n words.", "description": "not used", "type": "object", "properties": {
		"a": {"type": "integer", "description": "First sentence. Second.", "x-go": "Alpha"},
		"b": {"oneOf": [{"const": 1, "title": "One"}, {"const": 2, "x-go": "Zwei"}]}, "c": {"type": "integer", "const": 3.0},
		"d": {"type": "number", "minimum": 1, "exclusiveMaximum": 5}}}`},
	{"bounds", `{"type": "object", "properties": {
		"a": {"type": "integer", "minimum": -9223372036854775808, "maximum": 9223372036854775807},
		"b": {"type": "integer", "minimum": 1, "exclusiveMaximum": 9007199254740993, "maximum": 1e30},
		"c": {"type": "integer", "exclusiveMinimum": 9007199254740993.5, "maximum": 9007199254740995.5},
		"d": {"type": "number", "maximum": 9007199254740992}}}`},
	{"draft04", `{"$schema": "http://json-schema.org/draft-04/schema#", "id": "http://example.com/a/b.json", "type": "object", "properties": {
		"a": {"type": "integer", "minimum": 9007199254740992, "exclusiveMinimum": true, "maximum": 9007199254740999, "exclusiveMaximum": false},
		"b": {"$ref": "b.json#/properties/a", "maximum": 2}}}`},
	{"inside", `{"type": ["object", "null"], "properties": {"next": {"$ref": "#"}, "foo": {}, "a": {"x-go": "Foo"}, "e": {"enum": ["empty", ""]},
		"one": {"type": ["object", "null"], "oneOf": [{"required": ["x"]}, {"required": ["y"]}]},
		"any": {"type": ["object", "null"], "anyOf": [{"required": ["x"]}, {"required": ["y"]}]},
		"open": {"$ref": "#/$defs/open", "unevaluatedProperties": false}},
		"$defs": {"open": {"type": "object", "unevaluatedProperties": true, "properties": {"a": {}}}}}`},
}

// TestRead compares what is read with testdata, in the form of the annotated
// schemas.
func TestRead(t *testing.T) {
	for _, c := range supported {
		t.Run(c.name, func(t *testing.T) {
			s, err := jsonschema.Read([]byte(c.schema), "doc")
			if err != nil {
				t.Fatal(err)
			}
			got, err := s.Marshal()
			if err != nil {
				t.Fatal(err)
			}
			again, err := model.Parse(got)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(s, again); diff != "" {
				t.Errorf("-read +written and read\n%s", diff)
			}
			golden := filepath.Join("testdata", c.name+".schema.json")
			if *update {
				if err := os.WriteFile(golden, got, 0o666); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// TestOrder makes sure that definitions keep their names and types whatever
// else the schema has.
func TestOrder(t *testing.T) {
	const first = `{"type": "object", "properties": {"x": {"$ref": "#/$defs/x"}}, "$defs": {"x": {"type": "object", "required": ["a"]}}}`
	const more = `{"type": "object", "properties": {"w": {"type": "object", "required": ["b"]}, "x": {"$ref": "#/$defs/x"}},
		"$defs": {"w": {"type": "string"}, "x": {"type": "object", "required": ["a"]}}}`
	old, err := jsonschema.Read([]byte(first), "doc")
	if err != nil {
		t.Fatal(err)
	}
	now, err := jsonschema.Read([]byte(more), "doc")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(old.Type("x"), now.Type("x")); diff != "" {
		t.Error(diff)
	}
	if now.Type("doc.w") == nil {
		t.Error("the object in doc.w is not named by its path")
	}
}
