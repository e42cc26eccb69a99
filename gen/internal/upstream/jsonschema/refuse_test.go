package jsonschema_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/secmodel/secmodel/gen/internal/emit"
	"github.com/secmodel/secmodel/gen/internal/upstream/jsonschema"
)

// drafts are the values of $schema.
var drafts = map[string]string{
	"04": "http://json-schema.org/draft-04/schema#", "06": "http://json-schema.org/draft-06/schema#",
	"07": "http://json-schema.org/draft-07/schema", "19": "https://json-schema.org/draft/2019-09/schema",
	"20": "https://json-schema.org/draft/2020-12/schema",
}

// object is a schema of a draft with one property, a.
func object(draft, a string) string {
	return fmt.Sprintf(`{"$schema": %q, "type": "object", "properties": {"a": %s}}`, drafts[draft], a)
}

func TestRefuses(t *testing.T) {
	cases := []struct{ name, schema, want string }{
		{"no JSON", `{`, "the schema is cut off, at offset 1"},
		{"deep", strings.Repeat(`[`, 1e6), "more than 1000 arrays and objects are in each other"},
		{"no version", `{"x-version": 2, "type": "object"}`, `#/x-version: is not a version`},
		{"version set", `{"x-version": "1, 2", "type": "object"}`, `#/x-version: is not a version`},
		{"two texts", `{} {}`, "text after the schema"},
		{"twice", `{"type": "object", "properties": {"a": {}, "a": {}}}`, "#/properties/a: the member occurs twice"},
		{"no object", `[]`, "#: the schema is no object"},
		{"unknown draft", `{"$schema": "http://json-schema.org/draft-03/schema#"}`, `#/$schema: "http://json-schema.org/draft-03/schema#" is not supported`},
		{"draft no string", `{"$schema": 1}`, `#/$schema: is not a string`},
		{"nothing", `{}`, `#: describes no object`},
		{"no documents", `{"type": "string"}`, `no value has all the types`},
		{"unknown keyword", object("20", `{"minimun": 1}`), `#/properties/a/minimun: "minimun" is not a keyword`},
		{"later keyword", object("04", `{"const": 1}`), `#/properties/a/const: "const" is a keyword since draft-06, and the schema is of draft-04`},
		{"much later keyword", object("07", `{"unevaluatedProperties": false}`), `is a keyword since 2019-09`},
		{"escaped pointer", `{"type": "object", "properties": {"a/b~c": {"not": {}}}}`, `#/properties/a~1b~0c/not: "not" is not supported`},
		{"maxItems", object("20", `{"type": "array", "maxItems": 3}`), `#/properties/a/maxItems: "maxItems" is not supported`},
		{"minItems", object("20", `{"type": "array", "minItems": 1}`), `#/properties/a/minItems: "minItems" is not supported`},
		{"uniqueItems", object("07", `{"type": "array", "uniqueItems": true}`), `"uniqueItems" is not supported`},
		{"multipleOf", object("07", `{"type": "number", "multipleOf": 2}`), `"multipleOf" is not supported`},
		{"maxProperties", object("07", `{"type": "object", "maxProperties": 2}`), `"maxProperties" is not supported`},
		{"patternProperties", object("07", `{"type": "object", "patternProperties": {}}`), `"patternProperties" is not supported`},
		{"propertyNames", object("07", `{"type": "object", "propertyNames": {}}`), `"propertyNames" is not supported`},
		{"contains", object("07", `{"type": "array", "contains": {}}`), `"contains" is not supported`},
		{"dependencies", object("07", `{"type": "object", "dependencies": {}}`), `"dependencies" is not supported`},
		{"dependentRequired", object("19", `{"type": "object", "dependentRequired": {}}`), `"dependentRequired" is not supported`},
		{"if", object("07", `{"if": {}}`), `"if" is not supported`},
		{"dynamicRef", object("20", `{"$dynamicRef": "#a"}`), `"$dynamicRef" is not supported`},
		{"prefixItems", object("20", `{"type": "array", "prefixItems": [{}]}`), `"prefixItems" is not supported`},
		{"tuple", object("07", `{"type": "array", "items": [{}]}`), `#/properties/a/items: a list of schemas`},
		{"additionalItems", object("07", `{"type": "array", "additionalItems": false}`), `"additionalItems" is not supported`},
		{"map of schema", object("07", `{"type": "object", "additionalProperties": {"type": "string"}}`), `#/properties/a/additionalProperties: a schema for members`},
		{"matrix", object("07", `{"type": "array", "items": {"type": "array", "items": {"type": "string"}}}`), `#/properties/a/items: an array of arrays`},
		{"array of itself", `{"type": "object", "properties": {"a": {"$ref": "#/$defs/l"}}, "$defs": {"l": {"type": "array", "items": {"$ref": "#/$defs/l"}}}}`, `contains nothing but itself`},
		{"itself beside others", `{"type": "object", "properties": {"a": {"$ref": "#/$defs/x"}}, "$defs": {"x": {"$ref": "#/$defs/x", "type": "object"}}}`, `#/$defs/x: refers to itself`},
		{"itself in allOf", `{"type": "object", "allOf": [{"$ref": "#"}, {"required": ["a"]}]}`, `#: refers to itself`},
		{"document inside", `{"properties": {"a": {"$ref": "#"}}}`, `#: is the document and, by a $ref, a value in it`},
		{"itself", `{"type": "object", "properties": {"a": {"$ref": "#/properties/a"}}}`, `refers to itself`},
		{"false", object("20", `false`), `#/properties/a: false`},
		{"boolean in 04", object("04", `true`), `#/properties/a: is not a schema`},
		{"no schema", object("20", `7`), `#/properties/a: is not a schema`},
		{"outside", object("20", `{"$ref": "other.json#/a"}`), `#/properties/a/$ref: "other.json#/a" leads out of the document`},
		{"anchor", object("20", `{"$ref": "#name"}`), `"#name" is no JSON Pointer`},
		{"nowhere", object("20", `{"$ref": "#/$defs/x"}`), `"#/$defs/x" leads nowhere`},
		{"into an id", `{"type": "object", "properties": {"a": {"$ref": "#/$defs/x/properties/b"}}, "$defs": {"x": {"$id": "http://example.com/x", "properties": {"b": {"$ref": "#/$defs/y"}}}}}`,
			`#/properties/a/$ref: "#/$defs/x/properties/b" leads into a schema with a URI of its own`},
		{"other than the id", `{"$id": "http://example.com/a/b.json", "type": "object", "properties": {"a": {"$ref": "../b.json"}}}`, `"../b.json" leads out of the document`},
		{"array index", object("20", `{"$ref": "#/allOf/00"}`), `"#/allOf/00" leads nowhere`},
		{"nested id", object("20", `{"$id": "x", "type": "string"}`), `#/properties/a/$id: a schema inside the schema`},
		{"pattern", object("20", `{"type": "string", "pattern": "(?=x)"}`), `#/properties/a/pattern: is not supported`},
		{"bound without type", object("20", `{"minLength": 1}`), `#/properties/a/minLength: is supported only where "type" is "string"`},
		{"properties without type", object("20", `{"properties": {}}`), `#/properties/a/properties: is supported only where "type" is "object"`},
		{"required union without type", object("20", `{"anyOf": [{"required": ["x"]}]}`), `#/properties/a: required attributes are supported only where`},
		{"bound of two types", object("20", `{"type": ["string", "boolean"], "maxLength": 4}`), `#/properties/a/maxLength: is supported only where`},
		{"bound of integer or string", object("20", `{"type": ["integer", "string"], "minimum": 4}`), `#/properties/a/minimum: is supported only where "type" is "number"`},
		{"required of a string", object("20", `{"type": "string", "oneOf": [{"required": ["x"]}, {"required": ["y"]}]}`), `#/properties/a: no value has all the types`},
		{"integer or boolean", object("20", `{"type": ["integer", "boolean"]}`), `the type "integer" is supported alone, and beside`},
		{"null alone", object("20", `{"type": "null"}`), `#/properties/a: a value that can only be null`},
		{"unknown type", object("20", `{"type": "text"}`), `#/properties/a/type: is not a type`},
		{"no type of a list", object("20", `{"type": []}`), `#/properties/a/type: is not a type`},
		{"mixed enumeration", object("20", `{"enum": ["a", 1]}`), `#/properties/a/enum/1: an enumeration of values of different types`},
		{"fractions", object("20", `{"enum": [1.5]}`), `#/properties/a/enum/0: an enumeration is of strings`},
		{"one truth", object("20", `{"const": true}`), `a boolean that has only one value`},
		{"contradiction", object("20", `{"type": "string", "enum": [1]}`), `no value satisfies the enumeration`},
		{"empty enumeration", object("20", `{"enum": []}`), `#/properties/a/enum: is not an array of values`},
		{"union", object("20", `{"oneOf": [{"type": "string", "maxLength": 2}, {"type": "integer"}]}`), `#/properties/a/oneOf: is supported only with`},
		{"overlap", object("20", `{"oneOf": [{"type": "integer"}, {"type": "number"}]}`), `#/properties/a/oneOf/1: the alternatives of a oneOf overlap`},
		{"overlapping values", object("20", `{"oneOf": [{"const": 1}, {"enum": [1, 2]}, {"const": 1}]}`), `#/properties/a/oneOf: is supported only with`},
		{"value twice", object("20", `{"oneOf": [{"const": 1}, {"const": 1}]}`), `#/properties/a/oneOf/1/const: the value is in another`},
		{"pairs required", `{"type": "object", "oneOf": [{"required": ["a", "b"]}, {"required": ["c"]}]}`, `#/oneOf/0/required: is supported in an alternative only with one`},
		{"null or null", object("20", `{"oneOf": [{"type": "null"}, {"type": ["string", "null"], "minLength": 1}]}`), `a oneOf of null and a schema that admits null`},
		{"beside null", object("20", `{"type": "string", "anyOf": [{"type": "null"}, {"minLength": 1}]}`), `#/properties/a/type: is not supported beside a union with null`},
		{"two unions", object("20", `{"anyOf": [{"type": "null"}, {"type": "string"}], "oneOf": [{"const": "a"}]}`), `a union with null is not supported beside another union`},
		{"closed base", `{"type": "object", "allOf": [{"$ref": "#/$defs/b"}], "properties": {"x": {}}, "$defs": {"b": {"type": "object", "additionalProperties": false}}}`,
			`#/$defs/b/additionalProperties: false here refuses the attribute "x"`},
		{"closed requirement", `{"type": "object", "required": ["x"], "unevaluatedProperties": false}`, `#/unevaluatedProperties: false here refuses the attribute "x"`},
		{"unevaluated base", `{"type": "object", "allOf": [{"unevaluatedProperties": false}]}`, `#/allOf/0/unevaluatedProperties: is supported only if`},
		{"minimum above maximum", object("20", `{"type": "integer", "minimum": 2, "maximum": 1}`), `#/properties/a: a minimum is greater than its maximum`},
		{"minimum length above maximum", object("20", `{"type": "string", "minLength": 2, "maxLength": 1}`), `#/properties/a: a minimum is greater than its maximum`},
		{"large minimum above maximum", object("20", `{"type": "integer", "minimum": 9007199254740994, "maximum": 9007199254740993}`), `#/properties/a: a minimum is greater than its maximum`},
		{"beyond 64 bits", object("20", `{"type": "integer", "minimum": 1e19}`), `#/properties/a/minimum: admits no integer of 64 bits`},
		{"number for a flag", object("04", `{"type": "integer", "minimum": 2, "exclusiveMinimum": 3}`), `#/properties/a/exclusiveMinimum: is not a boolean beside the bound`},
		{"flag for a number", object("06", `{"type": "integer", "exclusiveMinimum": true}`), `#/properties/a/exclusiveMinimum: is not a number`},
		{"negative length", object("06", `{"type": "string", "maxLength": -1}`), `#/properties/a/maxLength: is not an integer from 0`},
		{"name for no tag", `{"type": "object", "properties": {"a,b": {}}}`, `the attribute "a,b" has a name that is not supported`},
		{"Go name", object("20", `{"x-go": "small"}`), `#/properties/a/x-go: is not an exported name in Go`},
		{"Go name no text", object("20", `{"x-go": 7}`), `#/properties/a/x-go: is not an exported name in Go`},
		{"no name", `{"type": "object", "properties": {"": {}}}`, `the attribute "" has a name that is not supported`},
		{"dotted alternative", `{"type": "object", "anyOf": [{"required": ["a.b"]}]}`, `the attribute "a.b" has a dot in its name`},
		{"allOf of nothing", `{"type": "object", "allOf": []}`, `#/allOf: is not an array of schemas`},
		{"properties no object", `{"type": "object", "properties": []}`, `#/properties: is not an object`},
		{"required no list", `{"type": "object", "required": true}`, `#/required: is not an array of names`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s, err := jsonschema.Read([]byte(c.schema), "doc")
			if err == nil {
				t.Fatalf("read as %v", s)
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q in it", err, c.want)
			}
		})
	}
}

// TestRefusesOnce: a fault has no others that only follow from it.
func TestRefusesOnce(t *testing.T) {
	_, err := jsonschema.Read([]byte(`{"type": "object", "properties": {"a": {}}, "required": ["a", 1]}`), "doc")
	if want := "#/required/1: is not a name"; err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}

// TestRefusesAll makes sure that one run names everything.
func TestRefusesAll(t *testing.T) {
	_, err := jsonschema.Read([]byte(`{"type": "object", "maxProperties": 1,
		"properties": {"a": {"not": {}}, "b": {"type": "array", "items": {"multipleOf": 2}}}}`), "doc")
	const want = "#/maxProperties: \"maxProperties\" is not supported\n" +
		"#/properties/a/not: \"not\" is not supported\n" +
		"#/properties/b/items/multipleOf: \"multipleOf\" is not supported"
	if err == nil || err.Error() != want {
		t.Errorf("error\n%v\nwant\n%s", err, want)
	}
}

// FuzzRead makes sure that no schema makes Read panic, and that what it makes is
// a schema that can be written, and that gives Go source.
func FuzzRead(f *testing.F) {
	for _, s := range supported {
		f.Add(s.schema)
	}
	f.Add(object("20", `{"$ref": "#/allOf"}`))
	f.Add(`{"allOf": [{"$ref": "#"}], "type": "object"}`)
	f.Fuzz(func(t *testing.T, schema string) {
		s, err := jsonschema.Read([]byte(schema), "doc")
		if err != nil {
			return
		}
		if _, err := s.Marshal(); err != nil {
			t.Errorf("made a schema that is wrong: %v", err)
		}
		if _, err := emit.Standalone(s, "doc"); err != nil && !strings.Contains(err.Error(), "give ") {
			t.Errorf("made a schema that gives no package: %v", err)
		}
	})
}
