package jsonschema_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/secmodel/secmodel/gen/internal/upstream/jsonschema"
)

// list joins what f gives for the numbers below n.
func list(n int, f func(i int) string) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(f(i))
	}
	return b.String()
}

// TestReadMany: time and memory grow with the schema, not with the square of it.
// What does not hold here does not come to an end.
func TestReadMany(t *testing.T) {
	const many = 40_000
	numbered := func(format string) string {
		return list(many, func(i int) string { return fmt.Sprintf(format, i) })
	}
	values := numbered(`"v%d"`)
	chain := func(format string) string {
		return list(many, func(i int) string { return fmt.Sprintf(format, i, i+1) }) + fmt.Sprintf(`,"d%d":{"type":"object"}`, many)
	}
	for _, c := range []struct{ name, schema, err string }{
		{"references into an array", `{"type":"object","allOf":[` + numbered(`{"title":"%d"}`) + `],"properties":{` + numbered(`"p%[1]d":{"$ref":"#/allOf/%[1]d"}`) + `}}`, ""},
		{"references to definitions", `{"type":"object","properties":{` + numbered(`"p%[1]d":{"$ref":"#/$defs/d%[1]d"}`) + `},"$defs":{` + numbered(`"d%d":{"type":"string"}`) + `}}`, ""},
		{"required", `{"type":"object","required":[` + numbered(`"p%d"`) + `],"additionalProperties":false,"properties":{` + numbered(`"p%d":{}`) + `}}`, ""},
		{"one of many required", `{"type":"object","anyOf":[` + numbered(`{"required":["p%d"]}`) + `]}`, ""},
		{"values", `{"type":"object","properties":{"a":{"enum":[` + values + `],"anyOf":[{"enum":[` + values + `]}]}}}`, ""},
		{"single values", `{"type":"object","properties":{"a":{"oneOf":[` + numbered(`{"const":%d}`) + `]}}}`, ""},
		{"powers of ten", `{"type":"object","properties":{"a":{"enum":[` + numbered(`1e-9%05d`) + `]}}}`, "an enumeration is of strings"},
		{"one name in Go", `{"type":"object","properties":{` + list(many, func(i int) string {
			return fmt.Sprintf(`"p%s%s":{"type":"string","minLength":1}`, strings.Repeat("-", i%200), strings.Repeat("_", i/200))
		}) + `}}`, ""},
		{"faults", `{"type":"object","properties":{` + numbered(`"p%d":{"not":{}}`) + `}}`, `#/properties/p0/not: "not" is not supported`},
		{"a long way", `{"$ref":"#/$defs/d0","$defs":{` + chain(`"d%d":{"$ref":"#/$defs/d%d"}`) + `}}`, ""},
		{"a long way of parts", `{"$ref":"#/$defs/d0","$defs":{` + chain(`"d%d":{"minProperties":1,"$ref":"#/$defs/d%d"}`) + `}}`, ""},
		{"a long way of types", `{"$ref":"#/$defs/d0","$defs":{` + chain(`"d%d":{"type":"object","properties":{"n":{"$ref":"#/$defs/d%d"}}}`) + `}}`, "nested too deeply"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := jsonschema.Read([]byte(c.schema), "doc")
			if (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
				t.Errorf("error %.200q, want %q", fmt.Sprint(err), c.err)
			}
		})
	}
}

// TestReadCircles: circles of different lengths, laid over each other, combine in
// as many ways as the product of the lengths says, here 223 million.
func TestReadCircles(t *testing.T) {
	var parts, defs []string
	for _, n := range []int{2, 3, 5, 7, 11, 13, 17, 19, 23} {
		parts = append(parts, fmt.Sprintf(`{"$ref":"#/$defs/c%d_0"}`, n))
		defs = append(defs, list(n, func(i int) string {
			return fmt.Sprintf(`"c%d_%d":{"type":"object","properties":{"next":{"$ref":"#/$defs/c%[1]d_%[3]d"}}}`, n, i, (i+1)%n)
		}))
	}
	schema := `{"type":"object","allOf":[` + strings.Join(parts, ",") + `],"$defs":{` + strings.Join(defs, ",") + `}}`
	if _, err := jsonschema.Read([]byte(schema), "doc"); err == nil || !strings.Contains(err.Error(), "#: the schemas combine in too many ways") {
		t.Error(err)
	}
}
