package jsonschema_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secmodel/secmodel/schemas"
	"github.com/secmodel/secmodel/serialize/jsonschema"
)

// TestResources: references to documents that the caller gives.
func TestResources(t *testing.T) {
	word := []byte(`{"type":"string","maxLength":3}`)
	named := []byte(`{"$id":"https://example.com/own","definitions":{"w":{"type":"string","maxLength":3}}}`)
	named04 := []byte(`{"$schema":"http://json-schema.org/draft-04/schema#","id":"https://example.com/own","definitions":{"w":{"type":"string","maxLength":3}}}`)
	tests := []struct {
		name, schema string
		opts         []jsonschema.Option
	}{
		{"absolute", `{"$ref":"https://example.com/word"}`, []jsonschema.Option{jsonschema.WithResource("https://example.com/word", word)}},
		{"with an empty fragment", `{"$ref":"https://example.com/word#"}`, []jsonschema.Option{jsonschema.WithResource("https://example.com/word#", word)}},
		{"relative, no URI", `{"$ref":"word.json"}`, []jsonschema.Option{jsonschema.WithResource("word.json", word)}},
		{"relative to the identifier", `{"$id":"https://example.com/a/b","$ref":"../word.json"}`, []jsonschema.Option{jsonschema.WithResource("https://example.com/word.json", word)}},
		{"both relative to the identifier", `{"$id":"https://example.com/a/b","$ref":"word.json"}`, []jsonschema.Option{jsonschema.WithResource("word.json", word)}},
		{"relative to the URI given", `{"$ref":"word.json"}`, []jsonschema.Option{jsonschema.WithURI("https://example.com/a"), jsonschema.WithResource("https://example.com/word.json", word)}},
		{"urn", `{"$ref":"urn:example:word"}`, []jsonschema.Option{jsonschema.WithResource("urn:example:word", word)}},
		{"by its own identifier", `{"$ref":"https://example.com/own#/definitions/w"}`, []jsonschema.Option{jsonschema.WithResource("own.json", named)}},
		{"by either name", `{"allOf":[{"$ref":"https://example.com/own#/definitions/w"},{"$ref":"own.json#/definitions/w"}]}`, []jsonschema.Option{jsonschema.WithResource("own.json", named)}},
		{"of another draft", `{"$ref":"https://example.com/own#/definitions/w"}`, []jsonschema.Option{jsonschema.WithResource("own.json", named04)}},
		{"one leads to another", `{"$ref":"a.json"}`, []jsonschema.Option{jsonschema.WithResource("a.json", []byte(`{"$ref":"b.json"}`)), jsonschema.WithResource("b.json", word)}},
	}
	for _, tt := range tests {
		s, err := jsonschema.Compile([]byte(tt.schema), tt.opts...)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if diff := cmp.Diff([]string{`1:1 schema_max_length  3`}, lines(check(t, s, `"long"`))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// TestMetaSchemas: the drafts' own schemas are built in.
func TestMetaSchemas(t *testing.T) {
	for _, uri := range []string{
		"http://json-schema.org/draft-04/schema#", "http://json-schema.org/draft-06/schema#", "http://json-schema.org/draft-07/schema#",
		"https://json-schema.org/draft/2019-09/schema", "https://json-schema.org/draft/2020-12/schema",
	} {
		s := compile(t, `{"$ref":"`+uri+`"}`)
		if r := check(t, s, `{"type":"strong"}`); r.Valid() {
			t.Errorf("%s: no violation", uri)
		}
		if r := check(t, s, `{"type":"string","pattern":"a"}`); !r.Valid() {
			t.Errorf("%s: %v", uri, r.Violations)
		}
	}
}

// TestRefused: schemas that can not be used, and what is said of them.
func TestRefused(t *testing.T) {
	chain := func(n int) string {
		var b strings.Builder
		b.WriteString(`{"$ref":"#/definitions/0","definitions":{`)
		for i := range n {
			fmt.Fprintf(&b, `"%d":{"$ref":"#/definitions/%d"},`, i, i+1)
		}
		fmt.Fprintf(&b, `"%d":{}}}`, n)
		return b.String()
	}
	doubling := func(n int) string {
		var b strings.Builder
		b.WriteString(`{"$ref":"#/definitions/0","definitions":{`)
		for i := range n {
			fmt.Fprintf(&b, `"%d":{"allOf":[{"$ref":"#/definitions/%d"},{"$ref":"#/definitions/%d"}]},`, i, i+1, i+1)
		}
		fmt.Fprintf(&b, `"%d":{}}}`, n)
		return b.String()
	}
	tests := []struct {
		name, schema string
		opts         []jsonschema.Option
		unresolved   bool
		want         string // part of the error
	}{
		{"no JSON", `{`, nil, false, `malformed document at line 1`},
		{"no schema", `5`, nil, false, `but got number`},
		{"unknown type", `{"properties":{"a/b":{"type":"strong"}}}`, nil, false, `at "/properties/a~1b/type" `},
		{"bad expression", `{"pattern":"(?=a)"}`, nil, false, `at "/pattern" '(?=a)' is not valid 'regex'`},
		{"bad expression for names", `{"patternProperties":{"(":{}}}`, nil, false, `'(' is not valid 'regex'`},
		{"twice the same name", `{"type":"string","type":"object"}`, nil, false, `/type: the name occurs more than once`},
		{"a number too large", `{"minimum":1e9999}`, nil, false, `/minimum: the number is beyond`},
		{"remote", `{"properties":{"a":{"$ref":"https://example.com/word#/x"}}}`, nil, true, `leads to "https://example.com/word"; nothing is fetched`},
		{"file", `{"$ref":"file:///etc/passwd"}`, nil, true, `leads to "file:///etc/passwd"`},
		{"relative", `{"$ref":"other.json"}`, nil, true, `leads to "schema:///other.json"`},
		{"remote from a resource", `{"$ref":"a.json"}`, []jsonschema.Option{jsonschema.WithResource("a.json", []byte(`{"$ref":"https://example.com/x"}`))}, true, `a.json: a reference leads to "https://example.com/x"`},
		{"remote meta-schema", `{"$schema":"https://example.com/meta"}`, nil, true, `leads to "https://example.com/meta"`},
		{"no such definition", `{"$ref":"#/definitions/none"}`, nil, false, `#/definitions/none not found`},
		{"circle", `{"$ref":"#"}`, nil, false, `infinite loop`},
		{"circle of two", `{"allOf":[{"$ref":"#/definitions/a"}],"definitions":{"a":{"anyOf":[{"$ref":"#"}]}}}`, nil, false, `infinite loop`},
		{"a doubling of alternatives", doubling(60), nil, false, `more than 100000 schemas apply to one value`},
		{"too many references", chain(15_001), nil, false, `references, more than 15000`},
		{"too many objects", "{" + strings.Repeat(`"not":{`, 100) + strings.Repeat("}", 100) + `,"enum":[` + strings.Repeat("{},", 50_000) + "{}]}", nil, false, `objects, more than 50000`},
		{"too deep", strings.Repeat(`{"not":`, 300) + "{}" + strings.Repeat("}", 300), nil, false, `malformed document`},
		{"too large", `{"title":"` + strings.Repeat("x", 16<<20) + `"}`, nil, false, `more than 16777216`},
		{"bad resource", `{}`, []jsonschema.Option{jsonschema.WithResource("a.json", []byte(`{"type":5}`))}, false, `a.json: at "/type"`},
		{"resource is no JSON", `{}`, []jsonschema.Option{jsonschema.WithResource("a.json", []byte(`{`))}, false, `a.json: malformed`},
		{"resource twice", `{}`, []jsonschema.Option{jsonschema.WithResource("a.json", []byte(`{}`)), jsonschema.WithResource("a.json", []byte(`{}`))}, false, `given twice`},
		{"resource with a fragment", `{}`, []jsonschema.Option{jsonschema.WithResource("a.json#x", []byte(`{}`))}, false, `has a fragment`},
		{"resource without URI", `{}`, []jsonschema.Option{jsonschema.WithResource(":", []byte(`{}`))}, false, `is no URI`},
		{"relative URI", `{}`, []jsonschema.Option{jsonschema.WithURI("a.json")}, false, `is no absolute URI`},
		{"no such draft", `{}`, []jsonschema.Option{jsonschema.WithDraft("draft-03")}, false, `there is no draft "draft-03"`},
	}
	for _, tt := range tests {
		_, err := jsonschema.Compile([]byte(tt.schema), tt.opts...)
		if !errors.Is(err, jsonschema.ErrSchema) || errors.Is(err, jsonschema.ErrUnresolved) != tt.unresolved || !strings.Contains(fmt.Sprint(err), tt.want) {
			t.Errorf("%s: %v, want %q, unresolved %v", tt.name, err, tt.want, tt.unresolved)
		}
	}
}

// TestRelease: the largest schema of this module can be used.
func TestRelease(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	t.Parallel()
	text, err := schemas.Release("ocsf", "1.8.0")
	if err != nil {
		t.Fatal(err)
	}
	s := compile(t, string(text))
	if r := check(t, s, `{"class_uid":3002}`); r.Valid() {
		t.Error("an event with nothing but its class is valid")
	}
}

// TestLongChain: many references, one after another.
func TestLongChain(t *testing.T) {
	const n = 1000
	var b strings.Builder
	b.WriteString(`{"$ref":"#/definitions/0","definitions":{`)
	for i := range n {
		fmt.Fprintf(&b, `"%d":{"properties":{"a":{"$ref":"#/definitions/%d"}}},`, i, i+1)
	}
	fmt.Fprintf(&b, `"%d":{"type":"string"}}}`, n)
	s := compile(t, b.String())
	document := strings.Repeat(`{"a":`, 40) + "5" + strings.Repeat("}", 40)
	if r := check(t, s, document); !r.Valid() {
		t.Errorf("%v", r.Violations)
	}
}

// TestCircleAtWork: a circle that only shows with a document.
func TestCircleAtWork(t *testing.T) {
	s, err := jsonschema.Compile([]byte(`{"$dynamicAnchor":"n","$ref":"#/$defs/a","$defs":{"a":{"$dynamicAnchor":"m","allOf":[{"$dynamicRef":"#n"}]}}}`))
	if err == nil {
		_, err = s.Check([]byte(`{}`))
	}
	if !errors.Is(err, jsonschema.ErrSchema) {
		t.Errorf("%v", err)
	}
}
