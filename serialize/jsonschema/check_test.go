package jsonschema_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/mozdef"
	"github.com/secmodel/secmodel/serialize/jsonschema"
)

func compile(t testing.TB, schema string, opts ...jsonschema.Option) *jsonschema.Schema {
	t.Helper()
	s, err := jsonschema.Compile([]byte(schema), opts...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func check(t testing.TB, s *jsonschema.Schema, document string, opts ...secmodel.Option) secmodel.Report {
	t.Helper()
	r, err := s.Check([]byte(document), opts...)
	if err != nil {
		t.Fatalf("%s: %v", document, err)
	}
	return r
}

// lines writes violations as "line:column code pointer expected".
func lines(r secmodel.Report) []string {
	var list []string
	for _, v := range r.Violations {
		expected, err := json.Marshal(v.Expected)
		if err != nil {
			expected = []byte(err.Error())
		}
		list = append(list, fmt.Sprintf("%d:%d %s %s %s", v.Line, v.Column, v.Code, v.Pointer, expected))
	}
	return list
}

var drafts = []jsonschema.Draft{jsonschema.Draft04, jsonschema.Draft06, jsonschema.Draft07, jsonschema.Draft201909, jsonschema.Draft202012}

// TestKeywords: every keyword in every draft that has it, with a document that
// is right and one that is wrong.
func TestKeywords(t *testing.T) {
	all, since06, since07, since2019, only2020, until07, until2019 := drafts, drafts[1:], drafts[2:], drafts[3:], drafts[4:], drafts[:3], drafts[:4]
	tests := []struct {
		drafts               []jsonschema.Draft
		schema, right, wrong string
		want                 []string
	}{
		{all, `{"type":"integer"}`, `5`, `"5"`, []string{`1:1 schema_type  "integer"`}},
		{all, `{"type":"integer"}`, `5.0`, `5.5`, []string{`1:1 schema_type  "integer"`}},
		{all, `{"type":["integer","null"]}`, `null`, `[]`, []string{`1:1 schema_type  ["integer","null"]`}},
		{all, `{"enum":[1,"a",[2]]}`, `[2]`, `"b"`, []string{`1:1 schema_enum  [1,"a",[2]]`}},
		{since06, `{"const":{"a":1}}`, `{"a":1.0}`, `{"a":2}`, []string{`1:1 schema_const  {"a":1}`}},
		{all, `{"required":["a","b","c"]}`, `{"a":1,"b":1,"c":1}`, `{"b":1}`, []string{`1:1 schema_required /a "present"`, `1:1 schema_required /c "present"`}},
		{all, `{"minProperties":1}`, `{"a":1}`, `{}`, []string{`1:1 schema_properties_few  1`}},
		{all, `{"maxProperties":1}`, `{"a":1}`, `{"a":1,"b":2}`, []string{`1:1 schema_properties_many  1`}},
		{all, `{"properties":{"a":{}},"patternProperties":{"^x":{}},"additionalProperties":false}`, `{"a":1,"x2":2}`, "{\"x\":1,\n \"b~/\": {\"c\":1}, \"d\":2}",
			[]string{`2:2 schema_property_unknown /b~0~1 null`, `2:18 schema_property_unknown /d null`}},
		{all, `{"additionalProperties":{"type":"string"}}`, `{"a":"b"}`, `{"a/b%":1}`, []string{`1:9 schema_type /a~1b% "string"`}},
		{since2019, `{"allOf":[{"properties":{"a":{}}}],"unevaluatedProperties":false}`, `{"a":1}`, `{"a":1,"b":2}`, []string{`1:8 schema_property_unknown /b null`}},
		{since06, `{"propertyNames":{"maxLength":2}}`, `{"ab":1}`, `{"ab":1, "abc":2}`, []string{`1:10 schema_property_name /abc 2`}},
		{since06, `{"properties":{"propertyNames":{"maxLength":2}}}`, `{"propertyNames":"ab"}`, `{"propertyNames":"abc"}`, []string{`1:18 schema_max_length /propertyNames 2`}},
		{until07, `{"dependencies":{"a/b":["b"]}}`, `{"a/b":1,"b":2}`, `{"a/b":1}`, []string{`1:1 schema_dependency /b "present"`}},
		{until07, `{"dependencies":{"a":{"required":["b"]}}}`, `{"a":1,"b":2}`, `{"a":1}`, []string{`1:1 schema_required /b "present"`}},
		{since2019, `{"dependentRequired":{"a":["x","b"]}}`, `{"a":1,"b":2,"x":3}`, `{"a":1,"x":1}`, []string{`1:1 schema_dependency /b "present"`}},
		{since2019, `{"dependentSchemas":{"a":{"required":["b"]}}}`, `{"a":1,"b":2}`, `{"a":1}`, []string{`1:1 schema_required /b "present"`}},
		{all, `{"minItems":1}`, `[1]`, `[]`, []string{`1:1 schema_items_few  1`}},
		{all, `{"maxItems":1}`, `[1]`, `[1,2]`, []string{`1:1 schema_items_many  1`}},
		{all, `{"uniqueItems":true}`, `[1,2]`, `[1,2,1.0]`, []string{`1:1 schema_items_unique  "different elements"`}},
		{all, `{"items":{"type":"string"}}`, `["a"]`, `["a",1,"b",2]`, []string{`1:6 schema_type /1 "string"`, `1:12 schema_type /3 "string"`}},
		{until2019, `{"items":[{"type":"string"}],"additionalItems":false}`, `["a"]`, `["a",1]`, []string{`1:1 schema_item_unknown  1`}},
		{only2020, `{"prefixItems":[{"type":"string"}],"items":false}`, `["a"]`, `["a",1]`, []string{`1:6 schema_item_unknown /1 null`}},
		{since2019, `{"allOf":[{"contains":{"const":1}}],"unevaluatedItems":{"type":"string"}}`, `["a"]`, `[{}]`, nil},
		{since06, `{"contains":{"const":1}}`, `[0,1]`, `[0]`, []string{`1:1 schema_contains  1`}},
		{since2019, `{"contains":{"const":1},"maxContains":1}`, `[0,1]`, `[1,1]`, []string{`1:1 schema_contains_many  1`}},
		{all, `{"minLength":2}`, `"é~"`, `"é"`, []string{`1:1 schema_min_length  2`}},
		{all, `{"maxLength":2}`, `"éé"`, `"ééé"`, []string{`1:1 schema_max_length  2`}},
		{all, `{"maxLength":1e300,"minItems":1e300}`, `"a"`, `[]`, []string{`1:1 schema_items_few  ` + strconv.Itoa(math.MaxInt)}},
		{all, `{"pattern":"^a+$"}`, `"aa"`, `"ab"`, []string{`1:1 schema_pattern  "^a+$"`}},
		{all, `{"minimum":9007199254740993}`, `9007199254740993`, `9007199254740992`, []string{`1:1 schema_minimum  9007199254740993`}},
		{all, `{"maximum":0.1}`, `0.1`, `0.10000000000000000000001`, []string{`1:1 schema_maximum  0.1`}},
		{all[:1], `{"maximum":2,"exclusiveMaximum":true}`, `1`, `2`, []string{`1:1 schema_maximum  2`}},
		{since06, `{"exclusiveMaximum":2}`, `1`, `2`, []string{`1:1 schema_maximum  2`}},
		{since06, `{"exclusiveMinimum":2}`, `3`, `2`, []string{`1:1 schema_minimum  2`}},
		{all, `{"multipleOf":0.01}`, `19.99`, `19.995`, []string{`1:1 schema_multiple_of  0.01`}},
		{all, `{"not":{"type":"string"}}`, `1`, `"a"`, []string{`1:1 schema_not  null`}},
		{all, `{"allOf":[{"minimum":1},{"minimum":2}]}`, `2`, `0`, []string{`1:1 schema_minimum  1`, `1:1 schema_minimum  2`}},
		{all, `{"anyOf":[{"type":"string"},{"minimum":2}]}`, `"a"`, `1`, []string{`1:1 schema_any_of  null`}},
		{all, `{"anyOf":[{"type":"string"}]}`, `"a"`, `1`, []string{`1:1 schema_type  "string"`}},
		{all, `{"oneOf":[{"minimum":1},{"minimum":2}]}`, `1`, `2`, []string{`1:1 schema_one_of  null`}},
		{all, `{"oneOf":[{"minimum":1},{"type":"string"}]}`, `1`, `0`, []string{`1:1 schema_one_of  null`}},
		{since07, `{"if":{"minimum":5},"then":{"multipleOf":5},"else":{"enum":[1]}}`, `10`, `6`, []string{`1:1 schema_multiple_of  5`}},
		{since07, `{"if":{"minimum":5},"then":{"multipleOf":5},"else":{"enum":[1]}}`, `1`, `2`, []string{`1:1 schema_enum  [1]`}},
		{drafts[2:3], `{"contentEncoding":"base64"}`, `"YQ=="`, `"?"`, []string{`1:1 schema_content  "base64"`}},
		{drafts[2:3], `{"contentMediaType":"application/json"}`, `"{}"`, `"{"`, []string{`1:1 schema_content  "application/json"`}},
		{since06, `{"properties":{"items":false}}`, `{}`, `{"items":1}`, []string{`1:10 schema_false /items null`}},
		{since06, `false`, ``, `1`, []string{`1:1 schema_false  null`}},
		{all, `{"definitions":{"s":{"type":"string"}},"properties":{"a":{"$ref":"#/definitions/s"}}}`, `{"a":""}`, `{"a":1}`, []string{`1:6 schema_type /a "string"`}},
		{all, `{"properties":{"a":{"$ref":"#"}},"additionalProperties":false}`, `{"a":{"a":{}}}`, `{"a":{"a":{"b":1}}}`, []string{`1:12 schema_property_unknown /a/a/b null`}},
		{drafts[3:4], `{"$recursiveAnchor":true,"properties":{"a":{"$recursiveRef":"#"}},"additionalProperties":false}`, `{"a":{}}`, `{"a":{"b":1}}`, []string{`1:7 schema_property_unknown /a/b null`}},
		{only2020, `{"$dynamicAnchor":"n","properties":{"a":{"$dynamicRef":"#n"}},"additionalProperties":false}`, `{"a":{}}`, `{"a":{"b":1}}`, []string{`1:7 schema_property_unknown /a/b null`}},
		{all, `{"type":"object"}`, `{"a":1}`, `{"a":1,"a":2}`, []string{`1:8 attribute_duplicate /a null`}},
	}
	for _, tt := range tests {
		for _, draft := range tt.drafts {
			s := compile(t, tt.schema, jsonschema.WithDraft(draft))
			if s.Draft() != draft {
				t.Errorf("%s: the draft is %s, not %s", tt.schema, s.Draft(), draft)
			}
			if tt.right != "" && tt.want != nil {
				if r := check(t, s, tt.right); len(r.Violations) > 0 {
					t.Errorf("%s %s of %s: %v", draft, tt.schema, tt.right, r.Violations)
				}
			}
			r := check(t, s, tt.wrong)
			if tt.want == nil {
				if r.Valid() {
					t.Errorf("%s %s of %s: no violation", draft, tt.schema, tt.wrong)
				}
				continue
			}
			if diff := cmp.Diff(tt.want, lines(r)); diff != "" {
				t.Errorf("%s %s of %s (-want +got):\n%s%v", draft, tt.schema, tt.wrong, diff, r.Violations)
			}
			for _, v := range r.Violations {
				if v.Message == "" || strings.Contains(v.Message, "%!") {
					t.Errorf("%s: message %q", tt.schema, v.Message)
				}
			}
		}
	}
}

// TestMessages: what people read, and the values.
func TestMessages(t *testing.T) {
	tests := []struct{ schema, document, want, value string }{
		{`{"type":"string"}`, `5`, `5 is an integer, want string`, `5`},
		{`{"type":"string"}`, `[1]`, `the array is an array, want string`, `[1]`},
		{`{"enum":["a","b"]}`, `"c"`, `"c" is none of the values "a", "b"`, `"c"`},
		{`{"additionalProperties":false}`, `{"a":[1, 2]}`, `"a" is not a member that the schema knows`, `[1,2]`},
		{`{"required":["a"]}`, `{}`, `"a" is required`, `null`},
		{`{"maxLength":1}`, `"` + strings.Repeat("x", 50) + `"`, `"` + strings.Repeat("x", 40) + `"… is longer than 1 characters`, `"` + strings.Repeat("x", 50) + `"`},
		{`{"propertyNames":{"pattern":"^a"}}`, `{"b":1}`, `the name: "b" does not match ^a`, `"b"`},
		{`{"anyOf":[{"type":"string"},{"properties":{"a":{"type":"string"}}}]}`, `{"a":1}`,
			`the object fits none of 2 alternatives; the nearest is number 2: at /a 1 is an integer, want string`, `{"a":1}`},
		{`{"oneOf":[{},{}]}`, `1`, `1 fits more than one of 2 alternatives, want exactly one`, `1`},
	}
	for _, tt := range tests {
		r := check(t, compile(t, tt.schema), tt.document)
		if len(r.Violations) != 1 {
			t.Errorf("%s of %s: %v", tt.schema, tt.document, r.Violations)
			continue
		}
		v := r.Violations[0]
		value, err := json.Marshal(v.Value)
		if err != nil || v.Message != tt.want || string(value) != tt.value {
			t.Errorf("%s of %s: %q, value %s (%v), want %q, %s", tt.schema, tt.document, v.Message, value, err, tt.want, tt.value)
		}
	}
}

func TestIdentity(t *testing.T) {
	s := compile(t, `{"$schema":"http://json-schema.org/draft-07/schema#","$id":"https://example.com/a.json","type":"object"}`)
	r := check(t, s, `5`)
	want := secmodel.Identity{Format: "jsonschema", Version: "draft-07", Class: "https://example.com/a.json"}
	if r.Identity != want || s.URI() != want.Class {
		t.Errorf("identity %v, URI %s", r.Identity, s.URI())
	}
	if err := r.Err(); !errors.Is(err, secmodel.ErrInvalid) {
		t.Errorf("%v", err)
	}
}

// TestFormat: format is an annotation in all drafts, unless asked for.
func TestFormat(t *testing.T) {
	for _, d := range drafts {
		const schema = `{"properties":{"a":{"format":"ipv4"},"b":{"format":"unheard of"}}}`
		if r := check(t, compile(t, schema, jsonschema.WithDraft(d)), `{"a":"x"}`); !r.Valid() {
			t.Errorf("%s: %v", d, r.Violations)
		}
		r := check(t, compile(t, schema, jsonschema.WithDraft(d), jsonschema.AssertFormat()), `{"a":"x","b":"y"}`)
		if diff := cmp.Diff([]string{`1:6 schema_format /a "ipv4"`}, lines(r)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", d, diff)
		}
	}
}

// TestDollarSchema: what a document says of its draft counts.
func TestDollarSchema(t *testing.T) {
	for _, tt := range []struct {
		uri   string
		draft jsonschema.Draft
	}{
		{"http://json-schema.org/draft-04/schema#", jsonschema.Draft04},
		{"http://json-schema.org/draft-06/schema#", jsonschema.Draft06},
		{"http://json-schema.org/draft-07/schema#", jsonschema.Draft07},
		{"https://json-schema.org/draft/2019-09/schema", jsonschema.Draft201909},
		{"https://json-schema.org/draft/2020-12/schema", jsonschema.Draft202012},
	} {
		for _, d := range drafts {
			if s := compile(t, `{"$schema":"`+tt.uri+`"}`, jsonschema.WithDraft(d)); s.Draft() != tt.draft {
				t.Errorf("%s: %s", tt.uri, s.Draft())
			}
		}
	}
}

// TestSameOrder: reports of one document are the same, run after run.
func TestSameOrder(t *testing.T) {
	s := compile(t, `{"allOf":[{"required":["x","y"]},{"$ref":"#/$defs/o"},{"$ref":"#/$defs/o"}],
		"$defs":{"o":{"additionalProperties":false,"properties":{"a":{"type":"string"},"b":{"type":"string"},"c":{"anyOf":[{"type":"string","minLength":9},{"required":["q","r"]}]}}}}}`)
	const document = `{"a":1,"b":2,"c":{},"d":1,"e":1,"f":1}`
	first := check(t, s, document)
	if len(first.Violations) != 8 {
		t.Errorf("%v", first.Violations)
	}
	for range 50 {
		if diff := cmp.Diff(first, check(t, s, document)); diff != "" {
			t.Fatalf("(-first +again):\n%s", diff)
		}
	}
	r := check(t, s, document, secmodel.MaxViolations(3))
	if !r.Truncated || !slices.Equal(lines(r), lines(first)[:3]) {
		t.Errorf("cut short: %v", lines(r))
	}
}

// TestConcurrent: one schema, many goroutines. For the race detector.
func TestConcurrent(t *testing.T) {
	s := compile(t, `{"properties":{"a":{"type":"string","pattern":"^a"},"b":{"$ref":"#"}},"required":["a"],"additionalProperties":false}`, jsonschema.AssertFormat())
	const document = `{"b":{"a":"x","c":1},"d":[]}`
	want := check(t, s, document)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 100 {
				r, err := s.Check([]byte(document))
				if diff := cmp.Diff(want, r); err != nil || diff != "" {
					t.Errorf("%v\n%s", err, diff)
					return
				}
			}
		})
	}
	wg.Wait()
}

// TestRefusedDocuments: what there is no report of.
func TestRefusedDocuments(t *testing.T) {
	s := compile(t, `{}`)
	for _, tt := range []struct {
		document string
		opts     []secmodel.Option
		want     error
	}{
		{``, nil, secmodel.ErrSyntax},
		{`{"a":}`, nil, secmodel.ErrSyntax},
		{`{} {}`, nil, secmodel.ErrSyntax},
		{`[[[]]]`, []secmodel.Option{secmodel.MaxDepth(2)}, secmodel.ErrSyntax},
		{strings.Repeat("[", 11000) + strings.Repeat("]", 11000), []secmodel.Option{secmodel.MaxDepth(30000)}, secmodel.ErrSyntax},
		{`[1,2,3]`, []secmodel.Option{secmodel.MaxBytes(3)}, secmodel.ErrTooLarge},
		// Each of a million values has the long name in its place.
		{`{"` + strings.Repeat("k", 1<<20) + `":[` + strings.Repeat("1,", 1<<20) + `1]}`, nil, secmodel.ErrTooLarge},
	} {
		if r, err := s.Check([]byte(tt.document), tt.opts...); !errors.Is(err, tt.want) {
			t.Errorf("%.20s: %v, %v", tt.document, r, err)
		}
	}
}

// TestNumberLimit: numbers that would take long are refused, by place.
func TestNumberLimit(t *testing.T) {
	s := compile(t, `{"additionalProperties":{"type":"integer","multipleOf":7}}`)
	for _, number := range []string{"1e1001", "1E-1001", "1e999999999999999999999", strings.Repeat("7", 1001), "-1e+2000"} {
		r := check(t, s, `{"a":8, "b":`+number+`}`)
		if len(r.Violations) != 1 || r.Violations[0].Code != jsonschema.CodeNumberLimit || r.Violations[0].Pointer != "/b" || r.Violations[0].Column != 13 {
			t.Errorf("%.20s: %v", number, r.Violations)
		}
	}
	for _, number := range []string{"7e1000", "-0", strings.Repeat("7", 1000)} {
		if r := check(t, s, `{"b":`+number+`}`); !r.Valid() {
			t.Errorf("%.20s: %v", number, r.Violations)
		}
	}
}

// TestCheckMessage: a message, as it would be written.
func TestCheckMessage(t *testing.T) {
	s := compile(t, `{"properties":{"hostname":{"pattern":"[.]example[.]com$"}},"required":["hostname","source"]}`)
	e := mozdef.NewEvent("x", time.Unix(0, 0))
	e.Hostname = new("www.example.org")
	r, err := s.CheckMessage(e)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{`0:0 schema_required /source "present"`, `0:0 schema_pattern /hostname "[.]example[.]com$"`}
	if diff := cmp.Diff(want, lines(r)); diff != "" || r.Identity != e.Identity() {
		t.Errorf("%v (-want +got):\n%s", r.Identity, diff)
	}
	e.Extra = map[string]json.RawMessage{"x": json.RawMessage("{")}
	if _, err := s.CheckMessage(e); err == nil {
		t.Error("a message that is no JSON has a report")
	}
}
