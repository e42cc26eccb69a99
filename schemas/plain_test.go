package schemas

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/secmodel/secmodel/internal/model"
)

var update = flag.Bool("update", false, "rewrite golden files")

// demo is a format that exists for these tests only.
func demo(t testing.TB) *Format {
	t.Helper()
	data, err := os.ReadFile("testdata/demo.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	s, err := model.Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	return newFormat(s)
}

// compile compiles a schema as text, with the keyword format as an annotation:
// dialects before 2019 assert it in this validator, so there it is taken out.
func compile(t testing.TB, text []byte) *jsonschema.Schema {
	t.Helper()
	if !bytes.Contains(text, []byte(Draft202012)) {
		doc := decode(t, text)
		dropFormat(doc)
		var err error
		if text, err = json.Marshal(doc); err != nil {
			t.Fatal(err)
		}
	}
	c := jsonschema.NewCompiler()
	c.LoadURL = func(url string) (io.ReadCloser, error) { return nil, fmt.Errorf("%s is not to be read", url) }
	if err := c.AddResource("schema.json", bytes.NewReader(text)); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func dropFormat(v any) {
	switch v := v.(type) {
	case map[string]any:
		if _, ok := v["format"].(string); ok {
			delete(v, "format")
		}
		for _, e := range v {
			dropFormat(e)
		}
	case []any:
		for _, e := range v {
			dropFormat(e)
		}
	}
}

func decode(t testing.TB, text []byte) any {
	t.Helper()
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestPlainGolden(t *testing.T) {
	f := demo(t)
	tests := []struct {
		file, version, class string
		opts                 []Option
	}{
		{"event-1-2020-12.json", "1", "event", nil},
		{"event-1-draft-04.json", "1", "event", []Option{WithDialect(Draft04)}},
		{"event-2-2020-12.json", "2", "event", nil},
		{"event-3-draft-07.json", "3-dev", "event", []Option{WithDialect(Draft07)}},
		{"event-1-strict.json", "1", "event", []Option{Strict()}},
		{"noise-2-2020-12.json", "2", "noise", nil},
		{"noise-2-strict.json", "2", "noise", []Option{Strict()}},
		{"event-2-cloud.json", "2", "event", []Option{WithProfiles("cloud")}},
		{"release-1-2020-12.json", "1", "", nil},
		{"release-2-draft-04.json", "2", "", []Option{WithDialect(Draft04)}},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			write := func() ([]byte, error) { return f.Plain(tt.version, tt.class, tt.opts...) }
			if tt.class == "" {
				write = func() ([]byte, error) { return f.Release(tt.version, tt.opts...) }
			}
			got, err := write()
			if err != nil {
				t.Fatal(err)
			}
			compile(t, got)
			file := filepath.Join("testdata", "plain", tt.file)
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
				t.Errorf("%s differs (-want +got); -update rewrites it:\n%s", file, diff)
			}
		})
	}
}

// TestPlainMeans has documents of the demo format that its rules admit or
// refuse, in every dialect.
func TestPlainMeans(t *testing.T) {
	// What a document of version 2 needs, for the cases to add to.
	const v2 = `"id": "abc", "port": 5`
	tests := []struct {
		name, version, document string
		valid                   bool
	}{
		{"least", "1", `{"id": "abc", "old": true}`, true},
		{"required", "1", `{"old": true}`, false},
		{"required then", "1", `{"id": "abc"}`, false},
		{"gone", "2", `{` + v2 + `, "old": true}`, false},
		{"not there yet", "1", `{"id": "abc", "old": true, "level": 0}`, false},
		{"unknown", "2", `{` + v2 + `, "x": 1}`, false},
		{"one then", "1", `{"id": "abc", "old": true, "color": "green"}`, true},
		{"array too early", "1", `{"id": "abc", "old": true, "color": ["green"]}`, false},
		{"array", "2", `{` + v2 + `, "color": ["red", "deep blue"]}`, true},
		{"one too late", "2", `{` + v2 + `, "color": "red"}`, false},
		{"value gone", "2", `{` + v2 + `, "color": ["green"]}`, false},
		{"value not there yet", "1", `{"id": "abc", "old": true, "color": "deep blue"}`, false},
		{"null", "2", `{` + v2 + `, "color": null}`, false},
		{"other type then", "1", `{"id": "abc", "old": true, "port": "x"}`, true},
		{"type of later", "1", `{"id": "abc", "old": true, "port": 5}`, false},
		{"in the second range", "2", `{"id": "abc", "port": 20}`, true},
		{"between the ranges", "2", `{"id": "abc", "port": 11}`, false},
		{"number of an enumeration", "2", `{"id": "abc", "level": 99}`, true},
		{"number outside", "2", `{"id": "abc", "level": 1}`, false},
		{"unchecked inside", "1", `{"id": "abc", "old": true, "inside": {"x": 1}}`, true},
		{"unchecked is an object", "1", `{"id": "abc", "old": true, "inside": 1}`, false},
		{"checked inside", "2", `{` + v2 + `, "inside": {"x": 1}}`, false},
		{"unchecked elements", "1", `{"id": "abc", "old": true, "parts": [1]}`, true},
		{"unchecked is an array", "1", `{"id": "abc", "old": true, "parts": {}}`, false},
		{"checked elements", "2", `{` + v2 + `, "parts": [{"a/b": 0.5}]}`, true},
		{"wrong element", "2", `{` + v2 + `, "parts": [{"a/b": 0.5}, {"a/b": 0.6}]}`, false},
		{"exclusive bound", "2", `{` + v2 + `, "inside": {"a/b": 0}}`, false},
		{"bound of later", "1", `{"id": "abc", "old": true, "color": "red"}`, true},
		{"cycle", "2", `{` + v2 + `, "inside": {"next": {"next": {"a/b": 0.1}}}}`, true},
		{"wrong in a cycle", "2", `{` + v2 + `, "inside": {"next": {"next": {"a/b": 0}}}}`, false},
		{"too few members", "2", `{` + v2 + `, "inside": {}}`, false},
		{"root in itself", "2", `{` + v2 + `, "parent": {` + v2 + `}}`, true},
		{"wrong root in itself", "2", `{` + v2 + `, "parent": {"id": "abc"}}`, false},
		{"none of a constraint", "2", `{"id": "abc"}`, false},
		{"a path of a constraint", "2", `{"id": "abc", "inside": {"a/b": 0.1}}`, true},
		{"half a path of a constraint", "2", `{"id": "abc", "inside": {"next": {"a/b": 0.1}}}`, false},
		{"just one", "3-dev", `{` + v2 + `, "spare": "x"}`, true},
		{"both", "3-dev", `{` + v2 + `, "spare": "x", "text": "y"}`, false},
		{"neither", "3-dev", `{` + v2 + `}`, false},
		{"lenient value", "2", `{` + v2 + `, "loose": "pink"}`, true},
		{"lenient value of a wrong type", "2", `{` + v2 + `, "loose": 1}`, false},
		{"lenient type", "2", `{` + v2 + `, "words": [1, "ab"], "text": 1}`, true},
		{"lenient type, wrong value", "2", `{` + v2 + `, "words": [1, "AB"]}`, false},
		{"profile", "2", `{` + v2 + `, "region": "x"}`, true},
		{"integer or string", "2", `{` + v2 + `, "number": 1}`, true},
		{"neither integer nor string", "2", `{` + v2 + `, "number": 1.5}`, false},
		{"a form", "2", `{` + v2 + `, "content": {"x": 1}}`, true},
		{"another form", "2", `{` + v2 + `, "content": []}`, false},
		{"anything", "2", `{` + v2 + `, "any": null}`, true},
		{"pattern", "2", `{"id": "ABC", "port": 5}`, false},
		{"length", "2", `{"id": "a", "port": 5}`, false},
		{"narrower", "2", `{` + v2 + `, "brief": "abc"}`, true},
		{"too long for the narrower", "2", `{` + v2 + `, "brief": "abcd"}`, false},
		{"too short for the wider", "2", `{` + v2 + `, "brief": "a"}`, false},
		{"exclusive maximum", "2", `{` + v2 + `, "maybe": [100]}`, false},
		{"below an exclusive maximum", "2", `{` + v2 + `, "maybe": [99.5]}`, true},
		{"null admitted", "2", `{` + v2 + `, "maybe": null}`, true},
		{"null not admitted any more", "3-dev", `{` + v2 + `, "spare": "x", "maybe": null}`, false},
		{"null not admitted in the array", "2", `{` + v2 + `, "maybe": [null]}`, false},
		{"null admitted in the array", "3-dev", `{` + v2 + `, "spare": "x", "maybe": [null, 1]}`, true},
		{"wrong beside null", "3-dev", `{` + v2 + `, "spare": "x", "maybe": [null, "x"]}`, false},
		{"format is not asserted", "2", `{"id": "<&", "port": 5}`, true},
	}
	f := demo(t)
	for _, dialect := range dialects {
		for _, version := range []string{"1", "2", "3-dev"} {
			text, err := f.Plain(version, "event", WithDialect(dialect))
			if err != nil {
				t.Fatal(err)
			}
			schema := compile(t, text)
			for _, tt := range tests {
				if tt.version != version {
					continue
				}
				if err := schema.Validate(decode(t, []byte(tt.document))); (err == nil) != tt.valid {
					t.Errorf("%s, version %s, %s: valid is %v, want %v: %v", tt.name, version, dialect, err == nil, tt.valid, err)
				}
			}
		}
	}
}

func TestPlainStrict(t *testing.T) {
	f := demo(t)
	tests := []struct{ version, class, document string }{
		{"1", "event", `{"id": "abc", "old": true}`},
		{"1", "event", `{"id": "abc", "old": true, "loose": "pink"}`},
		{"1", "event", `{"id": "abc", "old": true, "loose": "red", "inside": {"x": 1}}`},
		{"1", "event", `{"id": "abc", "old": true, "loose": "red", "text": 1}`},
		{"2", "noise", `{"x": 1}`},
	}
	for _, tt := range tests {
		for _, strict := range []bool{false, true} {
			var opts []Option
			if strict {
				opts = append(opts, Strict())
			}
			text, err := f.Plain(tt.version, tt.class, opts...)
			if err != nil {
				t.Fatal(err)
			}
			if err := compile(t, text).Validate(decode(t, []byte(tt.document))); (err != nil) != strict {
				t.Errorf("%s, strict %v: error %v", tt.document, strict, err)
			}
		}
	}
}

// TestPlainProfiles: attributes are those of the profiles that a document names.
func TestPlainProfiles(t *testing.T) {
	const least = `"id": "abc", "port": 5`
	tests := []struct {
		name     string
		opts     []Option
		document string
		valid    bool
	}{
		{"of any, there", nil, `{` + least + `, "region": "x"}`, true},
		{"of any, not there", nil, `{` + least + `}`, true},
		{"of none, there", []Option{WithProfiles()}, `{` + least + `, "region": "x"}`, false},
		{"of none, not there", []Option{WithProfiles()}, `{` + least + `}`, true},
		{"of one, there", []Option{WithProfiles("cloud")}, `{` + least + `, "region": "x"}`, true},
		{"of one, required", []Option{WithProfiles("cloud")}, `{` + least + `}`, false},
	}
	f := demo(t)
	for _, tt := range tests {
		text, err := f.Plain("2", "event", tt.opts...)
		if err != nil {
			t.Fatal(err)
		}
		if err := compile(t, text).Validate(decode(t, []byte(tt.document))); (err == nil) != tt.valid {
			t.Errorf("%s: valid is %v, want %v: %v", tt.name, err == nil, tt.valid, err)
		}
	}
}

// TestRelease: of the demo format, whose classes documents do not tell apart by
// a number, a document is right as any of them.
func TestRelease(t *testing.T) {
	tests := []struct {
		version, document string
		valid             bool
	}{
		{"1", `{"id": "abc", "old": true}`, true},
		{"1", `{"text": "a noise"}`, false},
		{"2", `{"id": "abc", "port": 5}`, true},
		{"2", `{"id": 3, "text": "a noise"}`, true},
		{"2", `{"id": 3, "text": 4}`, false},
		{"2", `"text"`, false},
	}
	f := demo(t)
	for _, dialect := range dialects {
		for _, tt := range tests {
			text, err := f.Release(tt.version, WithDialect(dialect))
			if err != nil {
				t.Fatal(err)
			}
			if err := compile(t, text).Validate(decode(t, []byte(tt.document))); (err == nil) != tt.valid {
				t.Errorf("%s, version %s, %s: valid is %v, want %v: %v", tt.document, tt.version, dialect, err == nil, tt.valid, err)
			}
		}
	}
	if _, err := f.Release("4"); err == nil {
		t.Error("a release that there is not")
	}
}

// TestPlainPattern: a pattern is there unless it only warns, or no validator
// can run it.
func TestPlainPattern(t *testing.T) {
	tests := []struct {
		name    string
		warning bool
		pattern string
		opts    []Option
		want    bool
	}{
		{"error", false, "^[a-z]+$", nil, true},
		{"warning", true, "^[a-z]+$", nil, false},
		{"warning, strict", true, "^[a-z]+$", []Option{Strict()}, true},
		{"not for regexp", false, "/^(?>a)$/i", nil, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := demo(t)
			f.schema.PatternWarning = tt.warning
			f.schema.Type("word").Facets = []model.Facet{{In: model.All, Pattern: tt.pattern}}
			text, err := f.Plain("2", "event", tt.opts...)
			if err != nil {
				t.Fatal(err)
			}
			refused := compile(t, text).Validate(decode(t, []byte(`{"id": "7", "port": 5, "loose": "red"}`))) != nil
			if refused != tt.want {
				t.Errorf("a value that does not match is refused: %v, want %v", refused, tt.want)
			}
		})
	}
}

func TestPlainNames(t *testing.T) {
	f := demo(t)
	old, err := f.Plain("1", "evt")
	if err != nil {
		t.Fatal(err)
	}
	now, err := f.Plain("1", "event")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(old, now) {
		t.Error("a class by its former name is another")
	}
	if _, err := f.Plain("2", "part"); err != nil {
		t.Errorf("an object that is no class: %v", err)
	}
	tests := []struct {
		version, class, want string
		opts                 []Option
	}{
		{"4", "event", `demo has no version "4": want one of ["1" "2" "3-dev"]`, nil},
		{"2", "evt", `demo 2 has no class or object "evt"`, nil},
		{"1", "noise", `demo 1 has no class or object "noise"`, nil},
		{"1", "color", `demo 1 has no class or object "color"`, nil},
		{"1", "event", `no dialect "draft-03"`, []Option{WithDialect("draft-03")}},
		{"1", "event", `demo 1 has no profile "host": want some of ["cloud"]`, []Option{WithProfiles("cloud", "host")}},
		{"1", "event", `demo has no official export`, []Option{Official()}},
	}
	for _, tt := range tests {
		if _, err := f.Plain(tt.version, tt.class, tt.opts...); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s %s: error %v, want %q", tt.version, tt.class, err, tt.want)
		}
	}
}

func TestListing(t *testing.T) {
	f := demo(t)
	wantVersions := []Version{{Name: "1"}, {Name: "2"}, {Name: "3-dev", Preview: true}}
	if diff := cmp.Diff(wantVersions, f.Versions()); diff != "" {
		t.Errorf("versions (-want +got):\n%s", diff)
	}
	event := Class{Name: "event", Title: "Event", UID: 7, Category: "system"}
	for version, want := range map[string][]Class{"1": {event}, "2": {event, {Name: "noise", Title: "Noise"}}} {
		got, err := f.Classes(version)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("classes of version %s (-want +got):\n%s", version, diff)
		}
	}
	objects, err := f.Objects("1")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Object{{Name: "part", Title: "Part"}}, objects); diff != "" {
		t.Errorf("objects of version 1 (-want +got):\n%s", diff)
	}
	if second(f.Classes("4")) == nil || second(f.Objects("4")) == nil {
		t.Error("classes or objects of a version that there is not")
	}
}

func second[T any](_ T, err error) error { return err }
