package jsonschema_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	official "github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/secmodel/secmodel/gen/internal/upstream/jsonschema"
	"github.com/secmodel/secmodel/internal/model"
)

// TestVerdicts makes random schemas, and compares for those that are read what
// the model says of random documents with what a validator says by the schema.
func TestVerdicts(t *testing.T) {
	schemas, wanted := 0, 400
	if testing.Short() {
		wanted = 100
	}
	verdicts := map[bool]int{}
	for seed := uint64(0); schemas < wanted; seed++ {
		g := &schemaMaker{rand.New(rand.NewPCG(1, seed)), ""}
		text, draft := g.document()
		s, err := jsonschema.Read(text, "doc")
		if err != nil {
			continue
		}
		schemas++
		if _, err := s.Marshal(); err != nil {
			t.Errorf("%s\nmade a schema that is wrong: %v", text, err)
			continue
		}
		c := official.NewCompiler()
		c.Draft = draft
		if err := c.AddResource("mem://doc.json", bytes.NewReader(text)); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		validator, err := c.Compile("mem://doc.json")
		if err != nil && (strings.HasSuffix(err.Error(), " not found") || strings.Contains(err.Error(), "infinite loop")) {
			continue // in what is not read, as items beside "type": "object"
		} else if err != nil {
			t.Errorf("%s\nis no schema, and was read: %v", text, err)
			continue
		}
		root := slices.IndexFunc(s.Types, func(t *model.Type) bool { return t.Class != nil })
		for range 100 {
			doc := g.object(3)
			got, want := judge{s}.object(s.Types[root], doc), validator.Validate(doc)
			if got != (want == nil) {
				out, _ := json.Marshal(doc)
				m, _ := s.Marshal()
				t.Fatalf("seed %d: the model says %v of %s\nby %s\nwhich became\n%s\n%v", seed, got, out, text, m, want)
			}
			verdicts[got]++
		}
	}
	t.Logf("%d schemas, verdicts %v", schemas, verdicts)
	if verdicts[true] < 1000 || verdicts[false] < 1000 {
		t.Errorf("verdicts %v prove little", verdicts)
	}
}

// judge says whether values are valid by a schema as the engine would say it.
type judge struct{ *model.Schema }

func (j judge) object(t *model.Type, doc map[string]any) bool {
	for name := range doc {
		if t.Property(name) == nil && t.Unknown == model.UnknownError {
			return false
		}
	}
	for _, p := range t.Properties {
		v, present := doc[p.Name]
		if !present && p.Required != 0 || present && !j.property(p, v) {
			return false
		}
	}
	for _, c := range t.Constraints {
		n := 0
		for _, name := range c.Of {
			if _, present := doc[name]; present {
				n++
			}
		}
		if n == 0 || n > 1 && c.Kind == model.JustOne {
			return false
		}
	}
	return len(t.MinProperties) == 0 || len(doc) >= t.MinProperties[0].Value
}

func (j judge) property(p *model.Property, v any) bool {
	if v == nil {
		return p.Null != 0
	}
	if !p.Array {
		return j.value(p.Type, v)
	}
	list, ok := v.([]any)
	for _, e := range list {
		if e == nil && p.NullItems == 0 || e != nil && !j.value(p.Type, e) {
			return false
		}
	}
	return ok
}

func (j judge) value(ref model.TypeRef, v any) bool {
	t := &model.Type{Kind: ref.Kind, Forms: ref.Forms}
	if ref.Ref != "" {
		t = j.Type(ref.Ref)
	}
	form := jsonType(v)
	switch t.Kind {
	case model.Object:
		doc, ok := v.(map[string]any)
		return ok && j.object(t, doc)
	case model.Any:
		return t.Forms == nil || slices.Contains(t.Forms, form) || form == "integer" && slices.Contains(t.Forms, "number")
	case model.IntOrString:
		return form == "integer" || form == "string"
	case model.Number:
		if form == "integer" {
			form = "number"
		}
	}
	if form != string(t.Kind) {
		return false
	}
	if t.Values != nil && !slices.ContainsFunc(t.Values, func(x model.Value) bool {
		return form == "string" && x.Str == v || form == "integer" && fmt.Sprint(x.Int) == fmt.Sprint(v)
	}) {
		return false
	}
	return !slices.ContainsFunc(t.Facets, func(f model.Facet) bool { return !within(f, v) })
}

func within(f model.Facet, v any) bool {
	if s, ok := v.(string); ok {
		n := utf8.RuneCountInString(s)
		return (f.MinLen == nil || n >= *f.MinLen) && (f.MaxLen == nil || n <= *f.MaxLen) && (f.Pattern == "" || regexp.MustCompile(f.Pattern).MatchString(s))
	}
	number, ok := v.(json.Number)
	if !ok {
		return true
	}
	x, _ := number.Float64()
	if f.Min != nil && (x < *f.Min || x == *f.Min && f.ExclusiveMin) || f.Max != nil && (x > *f.Max || x == *f.Max && f.ExclusiveMax) {
		return false
	}
	i, err := number.Int64()
	return len(f.Ints) == 0 || err == nil && slices.ContainsFunc(f.Ints, func(r [2]int64) bool { return r[0] <= i && i <= r[1] })
}

func jsonType(v any) string {
	switch x := v.(type) {
	case map[string]any:
		return "object"
	case []any:
		return "array"
	case string:
		return "string"
	case bool:
		return "boolean"
	case json.Number:
		if r, _ := new(big.Rat).SetString(x.String()); r.IsInt() {
			return "integer"
		}
		return "number"
	}
	return "null"
}

// schemaMaker makes random schemas and documents.
type schemaMaker struct {
	*rand.Rand
	draft string
}

func (g *schemaMaker) one(list ...string) string { return list[g.IntN(len(list))] }

func (g *schemaMaker) some(n int) bool { return g.IntN(n) == 0 }

func (g *schemaMaker) name() string { return g.one("a", "b", "c") }

func (g *schemaMaker) document() (text []byte, draft *official.Draft) {
	g.draft = g.one("04", "06", "07", "19", "20")
	root := g.schema(3)
	if g.some(2) || len(root) == 0 {
		root["type"] = "object"
	}
	if !g.some(4) {
		root["properties"] = map[string]any{"a": g.schema(2), "b": g.schema(2), "c": g.schema(2)}
	}
	root["$schema"] = drafts[g.draft]
	defs := map[string]any{}
	for _, name := range []string{"x", "y", "z"} {
		defs[name] = g.schema(2)
	}
	root["definitions"] = defs
	text, _ = json.Marshal(root)
	return text, map[string]*official.Draft{"04": official.Draft4, "06": official.Draft6, "07": official.Draft7, "19": official.Draft2019, "20": official.Draft2020}[g.draft]
}

// schema makes a schema, most often of one type.
func (g *schemaMaker) schema(depth int) map[string]any {
	s := map[string]any{}
	typ := g.one("object", "object", "array", "string", "integer", "number", "boolean", "null", "any")
	if depth == 0 && (typ == "object" || typ == "array") {
		typ = "string"
	}
	switch {
	case g.some(6):
		s["type"] = []any{typ, g.one("null", "string", "integer", "object", "boolean")}
	case typ != "any" && !g.some(8):
		s["type"] = typ
	}
	if l, ok := s["type"].([]any); ok && (typ == "any" || l[0] == l[1]) {
		delete(s, "type")
	}
	for range g.IntN(3) {
		about := typ
		if g.some(8) {
			about = g.one("object", "array", "string", "integer")
		}
		switch about {
		case "object":
			g.keywordOfObjects(s, depth)
		case "array":
			if g.some(2) && depth > 0 {
				s["items"] = g.schema(depth - 1)
			}
		case "string":
			s[g.one("minLength", "maxLength")] = g.IntN(3)
			if g.some(3) {
				s["pattern"] = g.one("^a", "b$", "^[ab]*$")
			}
		case "integer", "number":
			g.bound(s)
		}
	}
	if g.some(5) {
		g.enumeration(s, typ)
	}
	if g.some(5) {
		g.union(s, typ, depth)
	}
	if g.some(6) && depth > 0 {
		var all []any
		for range 1 + g.IntN(2) {
			all = append(all, g.schema(depth-1))
		}
		s["allOf"] = all
	}
	if g.some(5) {
		if !g.some(4) {
			s = map[string]any{}
		}
		s["$ref"] = g.one("#", "#/definitions/x", "#/definitions/y", "#/definitions/z", "#/properties/a")
	}
	return s
}

func (g *schemaMaker) keywordOfObjects(s map[string]any, depth int) {
	if depth == 0 {
		return
	}
	switch g.IntN(6) {
	case 0:
		s["required"] = []any{g.name()}
	case 1:
		s["additionalProperties"] = g.some(2)
	case 2:
		s["minProperties"] = g.IntN(3)
	case 3:
		if g.draft == "19" || g.draft == "20" {
			s["unevaluatedProperties"] = g.some(2)
		}
	default:
		props := map[string]any{}
		for range 1 + g.IntN(2) {
			props[g.name()] = g.schema(depth - 1)
		}
		s["properties"] = props
	}
}

func (g *schemaMaker) bound(s map[string]any) {
	name := g.one("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
	limit := json.Number(g.one("0", "1", "2", "1.5"))
	if s["type"] == "integer" && g.some(2) { // numbers are 64-bit floats
		limit = json.Number(g.one("9007199254740991", "9007199254740992", "9007199254740993", "9223372036854775807", "-9007199254740993"))
	}
	if g.draft == "04" && strings.HasPrefix(name, "exclusive") {
		s[name] = g.some(2)
		s[strings.ToLower(strings.TrimPrefix(name, "exclusive"))] = limit
		return
	}
	s[name] = limit
}

// scalars are values for enumerations and documents.
var scalars = []string{`"a"`, `"b"`, `"ab"`, `""`, `0`, `1`, `2`, `3`, `1.5`, `9007199254740992`, `9007199254740993`, `-9007199254740992`,
	`9223372036854775807`, `true`, `false`, `null`}

func (g *schemaMaker) scalar() any { return number(g.one(scalars...)) }

// number reads a JSON text.
func number(text string) (v any) {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		panic(err)
	}
	return v
}

func (g *schemaMaker) literal(typ string) any {
	for {
		if v := g.scalar(); g.some(6) || jsonType(v) == typ {
			return v
		}
		if g.some(20) {
			return "a"
		}
	}
}

func (g *schemaMaker) literals(typ string) []any {
	var list []any
	for range 1 + g.IntN(3) {
		if v := g.literal(typ); !slices.Contains(list, v) {
			list = append(list, v)
		}
	}
	return list
}

func (g *schemaMaker) enumeration(s map[string]any, typ string) {
	if g.draft != "04" && g.some(3) {
		s["const"] = g.literal(typ)
		return
	}
	s["enum"] = g.literals(typ)
}

func (g *schemaMaker) union(s map[string]any, typ string, depth int) {
	var list []any
	kind := g.IntN(4)
	for i := range 1 + g.IntN(3) {
		b := map[string]any{}
		switch kind {
		case 0:
			b["enum"] = g.literals(typ)
		case 1:
			b["type"] = g.one("string", "integer", "number", "object", "boolean", "null", "array")
		case 2:
			b["required"] = []any{g.name()}
			if g.some(4) {
				b["type"] = "object"
			}
		case 3:
			if b = g.schema(depth - 1); i == 0 || depth == 0 {
				b = map[string]any{"type": "null"}
			}
		}
		list = append(list, b)
	}
	s[g.one("anyOf", "oneOf")] = list
}

// object makes a document.
func (g *schemaMaker) object(depth int) map[string]any {
	doc := map[string]any{}
	for range g.IntN(4) {
		doc[g.one("a", "b", "c", "d")] = g.any(depth - 1)
	}
	return doc
}

func (g *schemaMaker) any(depth int) any {
	switch n := g.IntN(5); {
	case n == 0 && depth > 0:
		list := []any{}
		for range g.IntN(3) {
			list = append(list, g.any(depth-1))
		}
		return list
	case n == 1 && depth > 0:
		return g.object(depth - 1)
	}
	return g.scalar()
}
