package jsonschema_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secmodel/secmodel/serialize/jsonschema"
)

// FuzzCheck: no schema and no document makes Compile or Check panic, and reports
// are the same each time and have places within the document.
func FuzzCheck(f *testing.F) {
	for _, seed := range [][2]string{
		{`{"type":"object","required":["a"],"properties":{"a":{"$ref":"#"}},"additionalProperties":false}`, `{"a":{"b":1}}`},
		{`{"anyOf":[{"type":"string"},{"oneOf":[{"minimum":1},{"maximum":0.5}]}],"not":{"enum":[1,null]}}`, `0.7`},
		{`{"$schema":"http://json-schema.org/draft-04/schema#","dependencies":{"a":["b"]},"minimum":1,"exclusiveMinimum":true}`, `{"a":1,"a":2}`},
		{`{"$dynamicAnchor":"x","items":{"$dynamicRef":"#x"},"prefixItems":[false],"unevaluatedItems":false}`, `[[],[1]]`},
		{`{"propertyNames":{"pattern":"^a"},"patternProperties":{"b$":{"const":{}}},"unevaluatedProperties":{"type":"null"}}`, `{"cb":1,"é/~%":2}`},
		{`{"$schema":"https://json-schema.org/draft/2019-09/schema","$recursiveAnchor":true,"contains":{"$recursiveRef":"#"},"minContains":2}`, `[[[]]]`},
	} {
		f.Add([]byte(seed[0]), []byte(seed[1]))
	}
	f.Fuzz(func(t *testing.T, schema, document []byte) {
		s, err := jsonschema.Compile(schema)
		if err != nil {
			return
		}
		r, err := s.Check(document)
		if err != nil {
			return
		}
		for _, v := range r.Violations {
			if v.Offset < 0 || v.Length <= 0 || v.Offset+v.Length > len(document) || v.Line < 1 || v.Column < 1 || v.Code == "" || v.Message == "" {
				t.Errorf("%+v", v)
			}
			if raw, ok := v.Value.(json.RawMessage); ok && !json.Valid(raw) {
				t.Errorf("value %s", raw)
			}
		}
		again, err := s.Check(document)
		if diff := cmp.Diff(r, again); diff != "" || err != nil {
			t.Errorf("%v (-first +again):\n%s", err, diff)
		}
	})
}
