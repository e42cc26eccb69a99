package ocsf

import (
	"flag"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/secmodel/secmodel/internal/model"
)

var update = flag.Bool("update", false, "write golden files")

func mergeTiny(t testing.TB) *model.Schema {
	t.Helper()
	s, err := Merge([]*Release{compileTiny(t, tiny(), "1.0.0"), compileTiny(t, tinyNext(t), "1.1.0")})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestMergeGolden(t *testing.T) {
	got := marshal(t, mergeTiny(t))
	golden := filepath.Join("testdata", "tiny.schema.json")
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")); diff != "" {
		t.Errorf("-want +got; -update writes the file anew\n%s", diff)
	}
}

func TestTinyUnionLosesNothing(t *testing.T) {
	s := mergeTiny(t)
	compareView(t, s, compileTiny(t, tiny(), "1.0.0"))
	compareView(t, s, compileTiny(t, tinyNext(t), "1.1.0"))
}

// TestMergeAgain checks that a release that changes nothing changes no line of
// the union but that of its version.
func TestMergeAgain(t *testing.T) {
	last := tinyNext(t)
	releases := []*Release{compileTiny(t, tiny(), "1.0.0"), compileTiny(t, last, "1.1.0")}
	before, err := Merge(releases)
	if err != nil {
		t.Fatal(err)
	}
	last["version.json"] = &fstest.MapFile{Data: []byte(`{"version": "1.2.0-dev"}`)}
	after, err := Merge(append(releases, compileTiny(t, last, "1.2.0-dev")))
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Replace(string(marshal(t, before)), `{"name": "1.1.0"}`, "{\"name\": \"1.1.0\"},\n    "+`{"name": "1.2.0-dev", "preview": true}`, 1)
	if diff := cmp.Diff(want, string(marshal(t, after))); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// TestEnumerationNames checks that values make one enumeration only if all
// owners have the same ones with the same captions in every release.
func TestEnumerationNames(t *testing.T) {
	name := func(a, b map[string]EnumValue) string {
		release := func(version string, first map[string]EnumValue) *Release {
			object := func(name string, enum map[string]EnumValue) *Item {
				return &Item{Name: name, Attributes: map[string]*Attribute{"mode_id": {Caption: "Mode", Type: "integer_t", Enum: enum}}}
			}
			r := compileTiny(t, tiny(), "1.0.0")
			r.Version = version
			r.Objects["one"], r.Objects["two"] = object("one", first), object("two", map[string]EnumValue{"1": {Caption: "On"}})
			return r
		}
		s, err := Merge([]*Release{release("1.0.0", a), release("1.1.0", b)})
		if err != nil {
			t.Fatal(err)
		}
		return s.Type("one").Property("mode_id").Type.Ref
	}
	on := map[string]EnumValue{"1": {Caption: "On"}}
	tests := []struct {
		about string
		a, b  map[string]EnumValue
		want  string
	}{
		{"same in every release", on, on, "mode_id"},
		{"another caption", on, map[string]EnumValue{"1": {Caption: "Off"}}, "one_mode_id"},
		{"another value", on, map[string]EnumValue{"2": {Caption: "On"}}, "one_mode_id"},
		{"a deprecation", on, map[string]EnumValue{"1": {Caption: "On", Deprecated: &Deprecation{"1.1.0"}}}, "one_mode_id"},
		{"another caption once", map[string]EnumValue{"1": {Caption: "Off"}}, on, "one_mode_id"},
	}
	for _, test := range tests {
		if got := name(test.a, test.b); got != test.want {
			t.Errorf("%s: got %s, want %s", test.about, got, test.want)
		}
	}
}

func TestMergeErrors(t *testing.T) {
	compile := func(change func(*Release)) *Release {
		r := compileTiny(t, tiny(), "1.0.0")
		change(r)
		return r
	}
	later := func(change func(*Release)) *Release {
		r := compileTiny(t, tinyNext(t), "1.1.0")
		change(r)
		return r
	}
	same := func(*Release) {}
	tests := map[string]struct {
		releases []*Release
		want     string
	}{
		"none":      {nil, "0 releases to merge"},
		"order":     {[]*Release{later(same), compile(same)}, "release 1.0.0 is given after 1.1.0"},
		"twice":     {[]*Release{compile(same), compile(same)}, "release 1.0.0 is given after 1.0.0"},
		"primitive": {[]*Release{compile(func(r *Release) { r.Types["byte_t"] = &Scalar{} })}, `type "byte_t": "byte_t" is a primitive that is not known`},
		"loop":      {[]*Release{compile(func(r *Release) { r.Types["tag_t"].Super = "tag_t" })}, `type "tag_t": narrows itself or a type that is not defined`},
		"super": {[]*Release{compile(same), later(func(r *Release) { r.Types["tag_t"].Super = "long_t" })},
			`type "tag_t": is a integer (long_t) in 1.1.0, and was a string (string_t)`},
		"name": {[]*Release{compile(func(r *Release) { r.Objects["tag_t"] = &Item{Name: "tag_t"} })}, `two definitions are called "tag_t"`},
		"value": {[]*Release{compile(func(r *Release) { r.Objects["observable"].Attributes["type_id"].Enum["x"] = EnumValue{} })},
			`enumeration "type_id": the value "x" is not an integer`},
		"class_uid": {[]*Release{compile(func(r *Release) { r.Classes["opened"].Attributes["class_uid"].Enum = nil })},
			`class "opened" has no single class_uid in 1.0.0`},
		"type_uid": {[]*Release{compile(func(r *Release) { delete(r.Classes["opened"].Attributes["type_uid"].Enum, "400199") })},
			`class "opened" has numbers in 1.0.0 that do not follow from its class_uid and activity_id`},
	}
	for about, test := range tests {
		t.Run(about, func(t *testing.T) {
			_, err := Merge(test.releases)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v\nwant %s", err, test.want)
			}
		})
	}
}

// TestImport reads releases from directories, named after them and in any
// order.
func TestImport(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, fsys fstest.MapFS) string {
		root := filepath.Join(dir, name)
		if err := os.CopyFS(root, fsys); err != nil {
			t.Fatal(err)
		}
		return root
	}
	first, next := write("1.0.0", tiny()), write("v1.1.0", tinyNext(t))
	s, sources, err := Import(next, first)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(marshal(t, mergeTiny(t))), string(marshal(t, s))); diff != "" {
		t.Errorf("-merged +imported\n%s", diff)
	}
	if len(sources) != 2 || sources[0].Version != "1.0.0" || sources[1].Version != "1.1.0" || sources[0].SHA256 == sources[1].SHA256 {
		t.Errorf("sources %+v", sources)
	}

	// What version control adds does not count.
	if err := os.MkdirAll(filepath.Join(first, ".git"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(first, ".git", "HEAD"), []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, again, err := Import(first, next)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(sources, again); diff != "" {
		t.Errorf("-before +with .git\n%s", diff)
	}

	_, _, err = Import(write("1.0.1", tiny()))
	if err == nil || !strings.Contains(err.Error(), `version.json says "1.0.0", but "1.0.1" was asked for`) {
		t.Errorf("got %v", err)
	}
}

// committed is the schema in the repository.
var committed = filepath.Join("..", "..", "..", "..", "schemas", "ocsf.schema.json")

// TestCommittedSchema imports all releases, twice, and compares the text with
// the schema in the repository.
func TestCommittedSchema(t *testing.T) {
	got := string(marshal(t, importSpecs(t, released()...)))
	if again := string(marshal(t, importSpecs(t, released()...))); again != got {
		t.Error("a second import gives another text")
	}
	want, err := os.ReadFile(committed)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("schemas/ocsf.schema.json is not what the importer makes; run go run ./gen import ocsf ../shared/specs/ocsf/1.?.0\n%s",
			strings.Join(changes(string(want), got), "\n"))
	}
}

// TestCommittedSchemaIsFacts checks that the schema holds captions and no
// prose: nothing with markup, and nothing long outside of patterns and lists
// of names.
func TestCommittedSchemaIsFacts(t *testing.T) {
	text, err := os.ReadFile(committed)
	if err != nil {
		t.Fatal(err)
	}
	s, err := model.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	title := func(at, title string) {
		if len(title) > 80 || strings.ContainsAny(title, "<>`\n") {
			t.Errorf("%s: %q is no caption", at, title)
		}
	}
	n := 0
	for _, d := range s.Types {
		title(d.Name, d.Title)
		for _, p := range d.Properties {
			title(d.Name+"."+p.Name, p.Title)
			n++
		}
		for _, v := range d.Values {
			title(d.Name, v.Title)
		}
	}
	if n < 7000 {
		t.Errorf("only %d attributes", n)
	}
	if keys := regexp.MustCompile(`"(description|message|references|source)": "`).FindAll(text, -1); keys != nil {
		t.Errorf("members of prose: %q", keys)
	}
}

// TestPreview merges the next release while it is in development, prints what
// it changes, and checks that it changes no definition of a class or object
// that is the same in both.
func TestPreview(t *testing.T) {
	before := importSpecs(t, released()...)
	after := importSpecs(t, append(released(), preview)...)
	if v := after.Versions[len(after.Versions)-1]; v != (model.Version{Name: preview, Preview: true}) || after.Newest() != before.Newest() {
		t.Errorf("newest is %s, last %+v", after.Versions[after.Newest()].Name, v)
	}
	old, new := definitions(string(marshal(t, before))), definitions(string(marshal(t, after)))
	last, next := compileSpec(t, "1.8.0"), compileSpec(t, preview)
	var split []string // enumerations that come to be named after their owners
	for name := range old {
		if new[name] == "" {
			split = append(split, name)
		}
	}
	slices.Sort(split)
	kept := 0
	for _, d := range after.Types {
		v := len(after.Versions) - 1
		var a, b *Item
		if d.Class != nil {
			a, b = last.Classes[d.NameAt(v-1)], next.Classes[d.NameAt(v)]
		} else {
			a, b = last.Objects[d.NameAt(v-1)], next.Objects[d.NameAt(v)]
		}
		if a == nil || !reflect.DeepEqual(a, b) {
			continue
		}
		kept++
		before := old[d.Name]
		for _, enum := range split {
			before = strings.ReplaceAll(before, `/`+enum+`"`, `/`+d.Name+"_"+enum+`"`)
		}
		if before != new[d.Name] {
			t.Errorf("%s changed, but is the same in %s:\n%s", d.Name, preview, strings.Join(lineChanges(d.Name, before, new[d.Name]), "\n"))
		}
	}
	if kept < 100 {
		t.Errorf("only %d classes and objects are the same in %s", kept, preview)
	}
	diff := changes(string(marshal(t, before)), string(marshal(t, after)))
	t.Logf("%d classes and objects are the same in %s; it splits the enumerations %q and changes %d lines:\n%s",
		kept, preview, split, len(diff), strings.Join(diff, "\n"))
}

// definitions splits the text of a schema into its definitions.
func definitions(text string) map[string]string {
	list := map[string]string{}
	_, text, _ = strings.Cut(text, `  "$defs": {`+"\n")
	text = strings.TrimSuffix(text, "\n    }\n  }\n}\n")
	for text != "" {
		definition, rest, _ := strings.Cut(text, "\n    },\n")
		name, _, _ := strings.Cut(strings.TrimPrefix(definition, `    "`), `"`)
		list[name], text = definition, rest
	}
	return list
}

// changes lists the lines of a text that another lacks, definition by
// definition, and those that it has instead. A comma at the end does not count.
func changes(old, new string) []string {
	var list []string
	before, after := definitions(old), definitions(new)
	for _, name := range slices.Sorted(maps.Keys(after)) {
		list = append(list, lineChanges(name, before[name], after[name])...)
	}
	for _, name := range slices.Sorted(maps.Keys(before)) {
		if _, ok := after[name]; !ok {
			list = append(list, lineChanges(name, before[name], "")...)
		}
	}
	return list
}

func lineChanges(name, old, new string) []string {
	lines := func(text string) map[string]int {
		count := map[string]int{}
		for line := range strings.Lines(text) {
			count[strings.TrimSuffix(strings.TrimSpace(line), ",")]++
		}
		return count
	}
	missing := func(text string, other map[string]int, sign string) (list []string) {
		for line := range strings.Lines(text) {
			line = strings.TrimSuffix(strings.TrimSpace(line), ",")
			if other[line]--; other[line] < 0 {
				list = append(list, sign+" "+name+": "+line)
			}
		}
		return list
	}
	return append(missing(old, lines(new), "-"), missing(new, lines(old), "+")...)
}
