package schemas_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/internal/model"
	"github.com/secmodel/secmodel/schemas"
)

// drafts are the versions of IDMEFv2 and the directories of their schemas.
var drafts = [...]struct{ version, dir string }{
	{"2.D.V02", "02"}, {"2.D.V03", "03"}, {"2.D.V04", "04"}, {"2.D.V05", "05"},
	{"2.D.V06", "06"}, {"2.D.V07", "07"}, {"2.D.V08", "08"}, {"2.D.V09-Dev", "09-Dev"},
}

// pair is a draft's own schema, and the plain schemas made for it, in every
// dialect.
type pair struct {
	version  string
	upstream *jsonschema.Schema
	plain    []*jsonschema.Schema
}

func loadPairs(t *testing.T) []pair {
	t.Helper()
	f, err := schemas.Open("idmefv2")
	if err != nil {
		t.Fatal(err)
	}
	var pairs []pair
	for _, d := range drafts {
		text, err := os.ReadFile(shared(t, "specs/idmefv2/"+d.dir+"/IDMEFv2.schema"))
		if err != nil {
			t.Fatal(err)
		}
		p := pair{version: d.version, upstream: compileNoFormat(t, text)}
		for _, dialect := range []schemas.Dialect{schemas.Draft202012, schemas.Draft07, schemas.Draft04} {
			text, err := f.Plain(d.version, "message", schemas.WithDialect(dialect))
			if err != nil {
				t.Fatal(err)
			}
			p.plain = append(p.plain, compileNoFormat(t, text))
		}
		pairs = append(pairs, p)
	}
	return pairs
}

// compileNoFormat compiles a schema without its keywords format: the validator
// asserts them in the older dialects, the reference does not.
func compileNoFormat(t *testing.T, text []byte) *jsonschema.Schema {
	t.Helper()
	doc := decodeJSON(t, text)
	stripFormat(doc)
	text, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("s.json", bytes.NewReader(text)); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("s.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func stripFormat(v any) {
	switch v := v.(type) {
	case map[string]any:
		if _, ok := v["format"].(string); ok {
			delete(v, "format")
		}
		for _, e := range v {
			stripFormat(e)
		}
	case []any:
		for _, e := range v {
			stripFormat(e)
		}
	}
}

func decodeJSON(t testing.TB, text []byte) any {
	t.Helper()
	v, err := parseJSON(text)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func parseJSON(text []byte) (v any, err error) {
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	err = dec.Decode(&v)
	return v, err
}

// verdict is a message, and what the reference says of it.
type verdict struct {
	Schema  string
	Valid   bool
	Errors  [][2]string // keyword, pointer
	Message json.RawMessage
}

func loadVerdicts(t *testing.T) []verdict {
	t.Helper()
	f, err := os.Open(shared(t, "corpus/idmefv2-verdicts.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var list []verdict
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var v verdict
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		list = append(list, v)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

// loadSamples returns the corpus of messages by file name, those that are JSON.
func loadSamples(t *testing.T) map[string]any {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(shared(t, "corpus/idmefv2"), "*"))
	if err != nil {
		t.Fatal(err)
	}
	samples := map[string]any{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if v, err := parseJSON(text); err == nil {
			samples[filepath.Base(file)] = v
		}
	}
	return samples
}

// agree reports a difference between a draft's own schema and ours, in the
// dialect with number i, and returns the verdict.
func (p pair) agree(t *testing.T, i int, message any) bool {
	t.Helper()
	upstream := p.upstream.Validate(message)
	plain := p.plain[i%len(p.plain)].Validate(message)
	if (upstream == nil) != (plain == nil) {
		text, err := json.Marshal(message)
		if err != nil {
			t.Fatal(err)
		}
		t.Errorf("%s: upstream says %v, the plain schema %v, of %s", p.version, upstream, plain, text)
	}
	return upstream == nil
}

// TestIDMEFv2LikeUpstream: the plain schemas accept and refuse exactly what the
// drafts' own schemas do: messages of the corpora under their own draft and
// others, and thousands of mutations of them.
func TestIDMEFv2LikeUpstream(t *testing.T) {
	t.Parallel()
	pairs := loadPairs(t)
	samples := loadSamples(t)
	verdicts := loadVerdicts(t)
	var seeds []any
	for _, name := range slices.Sorted(maps.Keys(samples)) {
		seeds = append(seeds, samples[name])
	}
	for _, v := range verdicts {
		seeds = append(seeds, decodeJSON(t, v.Message))
	}
	if len(seeds) < 1000 {
		t.Fatalf("only %d messages", len(seeds))
	}
	count := map[bool]int{}
	for i, seed := range seeds {
		for j, p := range pairs {
			// Under its own draft, and under every third other.
			root, _ := seed.(map[string]any)
			if (i+j)%3 == 0 || root["Version"] == p.version {
				count[p.agree(t, i+j/3, seed)]++
			}
		}
	}
	const mutations = 6000
	random := rand.New(rand.NewPCG(2, 8))
	m := jsontest.NewMutator(random, seeds)
	for i := range mutations {
		p := pairs[random.IntN(len(pairs))]
		message := seeds[random.IntN(len(seeds))]
		if root, ok := message.(map[string]any); ok {
			// Under its own name a message of another draft is nearly right.
			root = maps.Clone(root)
			root["Version"] = p.version
			message = root
		}
		for range 1 + random.IntN(2) {
			message = m.Mutate(message)
		}
		count[p.agree(t, i, message)]++
	}
	if count[true] < mutations/10 || count[false] < mutations/10 {
		t.Errorf("%d messages are valid, %d are not: the test says little", count[true], count[false])
	}
}

// TestIDMEFv2Probes puts values at and beyond every bound into every attribute
// that any draft has, one at a time, under every draft: each value of each
// enumeration, alone and in a list, the edges of numbers, and every type.
func TestIDMEFv2Probes(t *testing.T) {
	t.Parallel()
	pairs := loadPairs(t)
	s := annotated(t)
	count := map[bool]int{}
	for v, p := range pairs {
		for _, class := range s.Types {
			if class.Kind != model.Object {
				continue
			}
			message, holder := leastMessage(t, s, v, class.Name)
			if !p.agree(t, v, message) && class.In.Has(v) {
				t.Fatalf("%s: a message with the least of %s is not valid", p.version, class.Name)
			}
			for _, attribute := range class.Properties {
				old, had := holder[attribute.Name]
				for i, probe := range probes(s, attribute) {
					holder[attribute.Name] = probe
					count[p.agree(t, i, message)]++
				}
				delete(holder, attribute.Name)
				count[p.agree(t, v, message)]++
				if had {
					holder[attribute.Name] = old
				}
			}
		}
	}
	if count[true] < 10000 || count[false] < 10000 {
		t.Errorf("%d messages are valid, %d are not: the test says little", count[true], count[false])
	}
}

// annotated returns the annotated schema of IDMEFv2.
func annotated(t *testing.T) *model.Schema {
	t.Helper()
	data, err := schemas.Annotated("idmefv2")
	if err != nil {
		t.Fatal(err)
	}
	s, err := model.Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// leastMessage returns a message of draft v with the least that the class must
// have, and the object in it that is of the class.
func leastMessage(t *testing.T, s *model.Schema, v int, class string) (message, holder map[string]any) {
	t.Helper()
	message = leastObject(t, s, v, "message")
	if class == "message" {
		return message, message
	}
	holder = leastObject(t, s, v, class)
	for _, p := range s.Type("message").Properties {
		switch {
		case p.Type.Ref != class:
		case p.Array:
			message[p.Name] = []any{holder}
		default:
			message[p.Name] = holder
		}
	}
	return message, holder
}

func leastObject(t *testing.T, s *model.Schema, v int, class string) map[string]any {
	t.Helper()
	samples := map[string]any{
		"":                "text",
		"analyzer":        nil,
		"attachment_name": "a1",
		"ip":              "192.0.2.1",
		"timestamp":       "2026-05-10T16:52:13Z",
		"uuid":            "819df7bc-35ef-40d8-bbee-1901117370b2",
		"vector_category": "Man",
		"version":         s.Versions[v].Name,
	}
	o := map[string]any{}
	for _, p := range s.Type(class).Properties {
		if !p.In.Has(v) || !p.Required.Has(v) {
			continue
		}
		value, ok := samples[p.Type.Ref]
		if !ok {
			t.Fatalf("no sample for %s.%s", class, p.Name)
		}
		if p.Type.Ref == "analyzer" {
			value = leastObject(t, s, v, "analyzer")
		}
		if p.Array && !p.One.Has(v) {
			value = []any{value}
		}
		o[p.Name] = value
	}
	return o
}

// probes returns values to put into an attribute, in an order that is the same
// in every run.
func probes(s *model.Schema, p *model.Property) []any {
	texts := []string{
		"", "a", "a1", "Event", "ext-value", "Other.ext-value", "192.0.2.1", "::1", "256.0.0.1", "2001:db8::/32",
		"819df7bc-35ef-40d8-bbee-1901117370b2", "819df7bc-35ef-40d8-bbee-1901117370b", "2026-05-10T16:52:13Z", "2026-13-10T16:52:13Z",
		"+48.75, 2.29", "FR PAR", "fr par", "text/plain", "text", "md5:00ff", "md5:0", "tcp", "tcp-", "a\n", "2.D.V05", "ü",
	}
	list := []any{nil, true, map[string]any{}, map[string]any{"x": nil}, []any{}, []any{[]any{}}, []any{nil}, []any{map[string]any{}}}
	for _, n := range []json.Number{"-1", "-0.0000001", "0", "0.5", "1", "1.0", "1.0000001", "2", "80.0", "65535", "65536", "1e2", "9223372036854775808"} {
		list = append(list, n, []any{n})
	}
	for _, text := range texts {
		list = append(list, text, []any{text}, []any{"a", text})
	}
	if t := s.Type(p.Type.Ref); t != nil {
		for _, v := range t.Values {
			list = append(list, v.Str, []any{v.Str}, v.Str+" ", []any{strings.ToLower(v.Str)})
		}
	}
	return list
}

// TestIDMEFv2Verdicts: the plain schemas give the reference's verdicts, but for
// the differences between validators that explain names.
func TestIDMEFv2Verdicts(t *testing.T) {
	t.Parallel()
	pairs := loadPairs(t)
	count := map[string]int{}
	for i, v := range loadVerdicts(t) {
		j := slices.IndexFunc(pairs, func(p pair) bool { return p.version == v.Schema })
		if j < 0 {
			t.Fatalf("line %d: no draft %s", i+1, v.Schema)
		}
		plain := pairs[j].plain[0]
		message := decodeJSON(t, v.Message)
		err := plain.Validate(message)
		if (err == nil) == v.Valid {
			count["same"]++
			continue
		}
		rule := explain(plain, message, v)
		count[rule]++
		if rule == "" {
			t.Errorf("line %d, %s: the reference says valid is %v %v, the plain schema %v, of %s", i+1, v.Schema, v.Valid, v.Errors, err, v.Message)
		}
	}
	if count["same"] < 1500 {
		t.Errorf("too few verdicts compared: %v", count)
	}
	t.Logf("verdicts by rule: %v", count)
}

// TestIDMEFv2Index: the verdicts of the index of real messages.
func TestIDMEFv2Index(t *testing.T) {
	t.Parallel()
	pairs := loadPairs(t)
	samples := loadSamples(t)
	text, err := os.ReadFile(shared(t, "corpus/idmefv2/INDEX.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	compared := 0
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(line, "\t")
		j := slices.IndexFunc(pairs, func(p pair) bool { return p.version == cells[3] })
		message, ok := samples[cells[0]]
		if j < 0 || !ok {
			continue
		}
		compared++
		err := pairs[j].plain[0].Validate(message)
		if (err == nil) != (cells[4] == "VALID") {
			t.Errorf("%s under %s: the index says %s, the plain schema %v", cells[0], cells[3], cells[4], err)
		}
	}
	if compared < 40 {
		t.Errorf("only %d messages compared", compared)
	}
}

// explain names the difference between validators that a differing verdict
// comes from, after showing that nothing else does; "" if there is none.
func explain(plain *jsonschema.Schema, message any, v verdict) string {
	if v.Valid {
		// In Python's expressions "$" also matches before a final newline.
		if plain.Validate(transform(message, func(e any) any {
			if s, ok := e.(string); ok {
				return strings.TrimSuffix(s, "\n")
			}
			return e
		})) == nil {
			return "dollar"
		}
		return ""
	}
	// Draft-04 takes 80.0 for no integer, and so does the reference; later
	// dialects, and this validator in all of them, take it for one.
	types := len(v.Errors) > 0 && !slices.ContainsFunc(v.Errors, func(e [2]string) bool { return e[0] != "type" })
	if types && plain.Validate(transform(message, func(e any) any {
		if n, ok := e.(json.Number); ok && strings.HasSuffix(n.String(), ".0") {
			return json.Number(strings.TrimSuffix(n.String(), "0") + "5")
		}
		return e
	})) != nil {
		return "fraction of zero"
	}
	return ""
}

// transform returns a copy of v with f applied to every string and number.
func transform(v any, f func(any) any) any {
	switch v := v.(type) {
	case map[string]any:
		c := make(map[string]any, len(v))
		for k, e := range v {
			c[k] = transform(e, f)
		}
		return c
	case []any:
		c := make([]any, len(v))
		for i, e := range v {
			c[i] = transform(e, f)
		}
		return c
	}
	return f(v)
}

// TestExplain shows that explain sees the differences that it names, and takes
// nothing else for one.
func TestExplain(t *testing.T) {
	text, err := schemas.Plain("idmefv2", "2.D.V06", "message")
	if err != nil {
		t.Fatal(err)
	}
	plain := compileNoFormat(t, text)
	message := func(more string) string {
		return `{"Version": "2.D.V06", "ID": "819df7bc-35ef-40d8-bbee-1901117370b2", "CreateTime": "2026-05-10T16:52:13Z", "Analyzer": {"Name": "x"}` + more + `}`
	}
	typeError := [][2]string{{"type", "/Source/0/Port/0"}}
	tests := []struct {
		name, message string
		valid         bool // as the reference says
		errors        [][2]string
		want          string
	}{
		{"newline", message(`, "CorrelID": ["819df7bc-35ef-40d8-bbee-1901117370b2\n"]`), true, nil, "dollar"},
		{"newline and a fault", message(`, "CorrelID": ["819df7bc\n"]`), true, nil, ""},
		{"80.0", message(`, "Source": [{"Port": [80.0]}]`), false, typeError, "fraction of zero"},
		{"80.0 with another fault", message(`, "Source": [{"Port": [80.0]}]`), false, append(typeError, [2]string{"required", ""}), ""},
		{"a number", message(`, "Confidence": 1.0`), false, [][2]string{{"maximum", "/Confidence"}}, ""},
		{"an integer", message(`, "Source": [{"Port": [80]}]`), false, typeError, ""},
	}
	for _, tt := range tests {
		v := verdict{Valid: tt.valid, Errors: tt.errors}
		if got := explain(plain, decodeJSON(t, []byte(tt.message)), v); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestIDMEFv2Counts: how many attributes and values each draft has, counted
// from the drafts by other means.
func TestIDMEFv2Counts(t *testing.T) {
	s := annotated(t)
	want := map[string][8]int{ // by draft, 02 to 09-Dev
		"message":    {27, 27, 30, 30, 30, 31, 32, 32},
		"analyzer":   {14, 14, 14, 14, 15, 14, 14, 14},
		"sensor":     {8, 8, 8, 8, 9, 9, 9, 9},
		"source":     {12, 12, 12, 12, 13, 13, 14, 14},
		"target":     {11, 11, 11, 11, 12, 12, 13, 13},
		"vector":     {10, 10, 10, 10, 11, 0, 0, 0},
		"attachment": {10, 10, 10, 10, 10, 10, 10, 10},

		"category":          {59, 59, 59, 59, 59, 125, 128, 128},
		"cause":             {6, 6, 6, 6, 6, 6, 6, 6},
		"status":            {2, 2, 2, 2, 2, 5, 6, 6},
		"priority":          {5, 5, 5, 5, 5, 5, 5, 5},
		"type":              {0, 0, 0, 0, 0, 4, 4, 4},
		"entity_sector":     {0, 0, 0, 0, 0, 132, 132, 132},
		"analyzer_type":     {4, 4, 4, 4, 4, 0, 0, 0},
		"analyzer_category": {36, 36, 36, 36, 36, 79, 79, 79},
		"analyzer_data":     {34, 34, 34, 34, 34, 34, 34, 34},
		"analyzer_method":   {17, 17, 17, 17, 17, 38, 38, 38},
		"vector_category":   {43, 43, 43, 43, 43, 0, 0, 0},
		"source_category":   {0, 0, 0, 0, 0, 0, 157, 157},
		"target_category":   {0, 0, 0, 0, 0, 0, 38, 38},
		"version":           {1, 1, 1, 1, 1, 1, 1, 1},
	}
	for _, typ := range s.Types {
		var got [8]int
		for v := range got {
			if !typ.In.Has(v) {
				continue
			}
			for _, p := range typ.Properties {
				if p.In.Has(v) {
					got[v]++
				}
			}
			for _, value := range typ.Values {
				if value.In.Has(v) {
					got[v]++
				}
			}
		}
		if got != want[typ.Name] {
			t.Errorf("%s has %v attributes or values, want %v", typ.Name, got, want[typ.Name])
		}
		delete(want, typ.Name)
	}
	if len(want) > 0 {
		t.Errorf("missing: %v", want)
	}
}
