package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/secmodel/secmodel"
)

// otherModule copies testdata/othermodule, has it generate its packages by
// go generate as any module would, and builds its program.
func otherModule(t *testing.T) (dir, program string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "othermodule")
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("testdata", "othermodule"))); err != nil {
		t.Fatal(err)
	}
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	program = filepath.Join(dir, "inventory.exe")
	for _, args := range [][]string{
		{"mod", "edit", "-replace", "github.com/secmodel/secmodel=" + root},
		{"generate", "./..."},
		{"vet", "./..."},
		{"test", "./..."},
		{"build", "-o", program, "."},
	} {
		goIn(t, dir, args...)
	}
	return dir, program
}

// goIn runs the go command in the other module, with what is in the module
// cache.
func goIn(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOSUMDB=off", "GOWORK=off")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// answer is what the program says of a document.
type answer struct {
	Identity   secmodel.Identity
	Valid      bool
	Violations []struct{ Code, Pointer, Message string }
	Document   json.RawMessage
	Error      string
}

// ask has the program judge documents of one schema.
func ask(t *testing.T, program, schema string, documents [][]byte) []answer {
	t.Helper()
	var in bytes.Buffer
	for _, doc := range documents {
		fmt.Fprintf(&in, "{\"schema\": %q, \"document\": %s}\n", schema, doc)
	}
	cmd := exec.Command(program)
	cmd.Stdin = &in
	cmd.Stderr = t.Output()
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var answers []answer
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var a answer
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		answers = append(answers, a)
	}
	if len(answers) != len(documents) {
		t.Fatalf("%d answers to %d questions", len(answers), len(documents))
	}
	return answers
}

// leastMutants and mostMutants are how many documents of each schema are
// compared.
const leastMutants, mostMutants = 300, 5000

// TestOtherModule generates packages in another module, and compares what they
// say of mutated documents with what a validator says by the schema itself.
func TestOtherModule(t *testing.T) {
	dir, program := otherModule(t)
	schemas, err := filepath.Glob(filepath.Join(dir, "schemas", "*"+schemaSuffix))
	if err != nil || len(schemas) == 0 {
		t.Fatal(schemas, err)
	}
	for _, file := range schemas {
		name := strings.TrimSuffix(filepath.Base(file), schemaSuffix)
		t.Run(name, func(t *testing.T) { compareVerdicts(t, program, name, file, filepath.Join(dir, "seeds", name+".json")) })
	}
}

func compareVerdicts(t *testing.T, program, name, file, seedFile string) {
	official, err := jsonschema.NewCompiler().Compile(file)
	if err != nil {
		t.Fatal(err)
	}
	schema, seeds := decodeFile(t, file), decodeFile(t, seedFile).([]any)
	var documents [][]byte
	for _, seed := range seeds {
		documents = append(documents, encode(t, seed))
	}
	all := mutants(t, seeds, propertyNames(schema))
	for i := 0; i < len(all); i += 1 + len(all)/mostMutants {
		documents = append(documents, all[i])
	}
	plain := make([][]byte, len(documents)) // with integers written as such
	for i, doc := range documents {
		plain[i] = encode(t, withoutFractions(decode(t, doc)))
	}
	answers, plainAnswers := ask(t, program, name, documents), ask(t, program, name, plain)

	valid, differ := 0, map[string]int{}
	for i, doc := range documents {
		want := official.Validate(decode(t, doc))
		got := answers[i]
		if i < len(seeds) && want != nil {
			t.Errorf("seed %d is not valid: %v", i, want)
		}
		if want == nil {
			valid++
		}
		if got.Error != "" {
			t.Errorf("%s: %s", doc, got.Error)
			continue
		}
		if diff := cmp.Diff(decode(t, doc), decode(t, got.Document), cmp.Comparer(sameNumber)); diff != "" {
			t.Errorf("%s changed: -read +written\n%s", doc, diff)
		}
		switch {
		case got.Valid == (want == nil):
		case plainAnswers[i].Valid == (want == nil):
			differ["an integer with a fraction or exponent is no integer"]++
		default:
			t.Errorf("%s: valid is %v\n%v\nthe schema says %v", doc, got.Valid, got.Violations, want)
		}
	}
	if len(documents) < leastMutants || valid < 100 || valid > len(documents)*9/10 {
		t.Errorf("%d documents, of which %d are valid: that proves little", len(documents), valid)
	}
	t.Logf("%d documents, %d valid, differences: %v", len(documents), valid, differ)
}

// sameNumber compares what was read with what is written: numbers of a field for
// 64-bit floats are written as such, all others as they were.
func sameNumber(read, written json.Number) bool {
	x, _ := read.Float64()
	y, _ := written.Float64()
	return read == written || x == y && strings.ContainsAny(read.String()+written.String(), ".e")
}

// pool is what values are replaced by.
var pool = []string{
	`null`, `true`, `false`, `0`, `1`, `-1`, `5`, `4.5`, `1.0`, `240`, `239.9`, `1000000`, `0.5`, `65536`, `99999999999999999999`, `1e2`,
	`""`, `"x"`, `"open"`, `"low"`, `"abc"`, `"2020-01-31"`, `"a-b-c-d-e-f"`, `"ünïcödé"`, `"` + strings.Repeat("long ", 9) + `"`,
	`[]`, `[null]`, `[1, "a"]`, `[{}]`, `[[]]`, `{}`, `{"name": "x"}`, `{"port": 1, "zz": 1}`, `{"a": 1, "b": null}`,
}

// mutants changes each value of each seed: to each of the pool, to nothing, and
// with each of the names added to objects.
func mutants(t *testing.T, seeds []any, names []string) [][]byte {
	t.Helper()
	var list [][]byte
	seen := map[string]bool{}
	emit := func(doc any) {
		text := encode(t, doc)
		if _, object := doc.(map[string]any); object && !seen[string(text)] {
			seen[string(text)] = true
			list = append(list, text)
		}
	}
	var walk func(v any, put func(any) any)
	walk = func(v any, put func(any) any) {
		for _, text := range pool {
			emit(put(decode(t, []byte(text))))
		}
		switch v := v.(type) {
		case map[string]any:
			for _, key := range sortedKeys(v) {
				emit(put(without(v, key)))
				walk(v[key], func(x any) any { return put(with(v, key, x)) })
			}
			for i, name := range append(names, "zz") {
				if _, has := v[name]; !has {
					for j := range 4 {
						emit(put(with(v, name, decode(t, []byte(pool[(7*i+11*j)%len(pool)])))))
					}
				}
			}
		case []any:
			emit(put(append(slices.Clone(v), v...)))
			for i := range v {
				emit(put(slices.Delete(slices.Clone(v), i, i+1)))
				walk(v[i], func(x any) any {
					c := slices.Clone(v)
					c[i] = x
					return put(c)
				})
			}
		}
	}
	for _, seed := range seeds {
		walk(seed, func(x any) any { return x })
	}
	return list
}

func without(m map[string]any, key string) map[string]any {
	c := map[string]any{}
	for k, v := range m {
		if k != key {
			c[k] = v
		}
	}
	return c
}

func with(m map[string]any, key string, v any) map[string]any {
	c := without(m, key)
	c[key] = v
	return c
}

func sortedKeys(m map[string]any) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// propertyNames lists the names under all "properties" of a schema.
func propertyNames(schema any) []string {
	found := map[string]any{}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			if props, ok := v["properties"].(map[string]any); ok {
				for name := range props {
					found[name] = true
				}
			}
			for _, x := range v {
				walk(x)
			}
		case []any:
			for _, x := range v {
				walk(x)
			}
		}
	}
	walk(schema)
	return sortedKeys(found)
}

// withoutFractions writes integers as such that have a fraction of zero or an
// exponent.
func withoutFractions(v any) any {
	switch v := v.(type) {
	case map[string]any:
		c := map[string]any{}
		for k, x := range v {
			c[k] = withoutFractions(x)
		}
		return c
	case []any:
		c := []any{}
		for _, x := range v {
			c = append(c, withoutFractions(x))
		}
		return c
	case json.Number:
		if x, ok := new(big.Rat).SetString(v.String()); ok && x.IsInt() {
			return json.Number(x.Num().String())
		}
	}
	return v
}

func decodeFile(t *testing.T, file string) any {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return decode(t, data)
}

func decode(t *testing.T, data []byte) any {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		t.Fatalf("%s: %v", data, err)
	}
	return v
}

func encode(t *testing.T, v any) []byte {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
