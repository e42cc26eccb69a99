package idmefv2

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite golden files")

// importText imports and returns the text of the union.
func importText(t *testing.T, fsys fs.FS, dirs ...string) []byte {
	t.Helper()
	s, err := Import(fsys, dirs...)
	if err != nil {
		t.Fatal(err)
	}
	text, err := s.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestImportGolden(t *testing.T) {
	fsys := os.DirFS("testdata/drafts")
	dirs, err := Drafts(fsys)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"02", "03", "04-Dev"}, dirs); diff != "" {
		t.Fatalf("drafts (-want +got):\n%s", diff)
	}
	got := importText(t, fsys, dirs...)
	const file = "testdata/union.schema.json"
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
	if !bytes.Equal(got, importText(t, fsys, dirs...)) {
		t.Error("a second import gives another text")
	}
}

// TestImportNext: a draft changes the lines of what it changed, and no others.
func TestImportNext(t *testing.T) {
	fsys := os.DirFS("testdata/drafts")
	before := importText(t, fsys, "02", "03")
	after := importText(t, fsys, "02", "03", "04-Dev")
	gone, come := diffLines(before, after)
	wantGone := []string{
		`analyzer: "ID": {"$ref": "#/$defs/uuid", "x-in": "9.D.V03..", "x-required": "9.D.V03.."}`,
		`entity_sector: {"const": "Energy.Gas"}`,
		`message: "Status": {"title": "State of the alert in its life", "$ref": "#/$defs/status"}`,
	}
	wantCome := []string{
		`: {"name": "9.D.V04-Dev", "preview": true}`,
		`analyzer: "ID": {"$ref": "#/$defs/uuid", "x-in": "9.D.V03..", "x-required": "9.D.V03"}`,
		`entity_sector: {"const": "Energy.Gas", "x-in": "9.D.V03"}`,
		`entity_sector: {"const": "Energy.Naphtha", "x-in": "9.D.V04-Dev.."}`,
		`message: "ReportTime": {"title": "When the event was reported to others", "type": "string", "x-in": "9.D.V04-Dev.."}`,
		`message: "Status": {"title": "State of the alert in its life", "type": "array", "items": {"$ref": "#/$defs/status"}, "x-one": "9.D.V02..9.D.V03"}`,
		`version: {"const": "9.D.V04-Dev", "x-go": "V04Dev", "x-in": "9.D.V04-Dev"}`,
	}
	if diff := cmp.Diff(wantGone, gone); diff != "" {
		t.Errorf("lines that went (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(wantCome, come); diff != "" {
		t.Errorf("lines that came (-want +got):\n%s", diff)
	}
}

// lines returns the lines of a schema, each with the definition it stands in,
// and without the comma that depends on what follows.
func lines(text []byte) []string {
	var list []string
	definition := ""
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSuffix(strings.TrimRight(line, "\n"), ",")
		name, found := strings.CutSuffix(line, `": {`)
		if name, ok := strings.CutPrefix(name, `    "`); ok && found && !strings.HasPrefix(name, " ") {
			definition = name
		}
		list = append(list, definition+": "+strings.TrimSpace(line))
	}
	return list
}

// diffLines returns the lines that only one of two schemas has, sorted.
func diffLines(before, after []byte) (gone, come []string) {
	count := map[string]int{}
	for _, line := range lines(before) {
		count[line]--
	}
	for _, line := range lines(after) {
		count[line]++
	}
	for line, n := range count {
		for range -n {
			gone = append(gone, line)
		}
		for range n {
			come = append(come, line)
		}
	}
	slices.Sort(gone)
	slices.Sort(come)
	return gone, come
}

func TestMerge(t *testing.T) {
	tests := []struct {
		name  string
		lists [][]string // oldest first
		want  string
	}{
		{"one", [][]string{{"a", "b"}}, "a b"},
		{"the newest decides", [][]string{{"a", "b"}, {"b", "a"}}, "b a"},
		{"dropped in the middle", [][]string{{"a", "x", "y", "b"}, {"a", "b"}}, "a x y b"},
		{"dropped at the start", [][]string{{"x", "a"}, {"a"}}, "x a"},
		{"dropped at the end", [][]string{{"a", "x"}, {"a", "b"}}, "a x b"},
		{"nothing in common", [][]string{{"x", "y"}, {"a"}}, "x y a"},
		{"twice dropped", [][]string{{"a", "x", "b"}, {"a", "y", "b"}, {"a", "b"}}, "a x y b"},
		{"beside its group", [][]string{{"G.x", "H.x", "G.y"}, {"G.a", "H.a"}}, "G.a G.x G.y H.a H.x"},
		{"a group is not split", [][]string{{"G.a", "Old.x", "Old.y", "G.b"}, {"G.a", "G.b"}}, "G.a G.b Old.x Old.y"},
		{"a group at the start", [][]string{{"Old.x", "G.b"}, {"F.a", "G.a", "G.b"}}, "F.a Old.x G.a G.b"},
	}
	for _, tt := range tests {
		if got := strings.Join(merge(tt.lists), " "); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

// TestImportRefuses: what the importer does not know must not pass in silence.
func TestImportRefuses(t *testing.T) {
	root := func(properties, definitions string) string {
		return `{"properties": {"Version": {"enum": ["9.D.V02"]}, ` + properties + `}, "additionalProperties": false, "definitions": {` + definitions + `}}`
	}
	tests := []struct{ name, text, want string }{
		{"syntax", `{`, "draft 02: unexpected EOF"},
		{"no version", `{"properties": {}}`, "draft 02: Version is not an enumeration of one value"},
		{"two versions", `{"properties": {"Version": {"enum": ["1", "2"]}}}`, "draft 02: Version is not an enumeration of one value"},
		{"unknown keyword", root(`"A": {"type": "string", "maxLength": 3}`, ``), `unknown field "maxLength"`},
		{"attribute twice", root(`"A": {"type": "string"}, "A": {"type": "string"}`, ``), `"A" occurs twice`},
		{"open class", `{"properties": {"Version": {"enum": ["9.D.V02"]}}}`, "message in 9.D.V02: unknown members are admitted"},
		{"required unknown", `{"properties": {"Version": {"enum": ["9.D.V02"]}}, "additionalProperties": false, "required": ["A"]}`, `"A" is required, but not defined`},
		{"foreign reference", root(`"A": {"$ref": "other.json"}`, ``), `message.A: 9.D.V02: "other.json" refers to something else`},
		{"dangling reference", root(`"A": {"$ref": "#/definitions/x"}`, ``), `"x" is not defined`},
		{"unknown type", root(`"A": {"type": "null"}`, ``), `type ["null"] is none that the importer knows`},
		{"unknown type of a definition", root(`"A": {"$ref": "#/definitions/x"}`, `"x": {"pattern": "a"}`), `type [] is none that the importer knows`},
		{"two of a name", root(`"A": {"$ref": "#/definitions/xType"}, "B": {"$ref": "#/definitions/xEnum"}`, `"xType": {"type": "string", "pattern": "a"}, "xEnum": {"enum": ["a"]}`), "x: two definitions would have this name"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			fsys := fstest.MapFS{"02/IDMEFv2.schema": {Data: []byte(tt.text)}}
			if _, err := Import(fsys, "02"); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %q in it", err, tt.want)
			}
		})
	}
	if _, err := Import(fstest.MapFS{}, "02"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a draft that is not there: error %v", err)
	}
	if _, err := Drafts(fstest.MapFS{}); err == nil {
		t.Error("no error for a directory without drafts")
	}
}

// TestImportTypeChange: attributes and definitions whose type changes.
func TestImportTypeChange(t *testing.T) {
	draft := func(version, attribute, definitions string) *fstest.MapFile {
		return &fstest.MapFile{Data: fmt.Appendf(nil,
			`{"properties": {"Version": {"enum": ["9.D.V%s"]}, "A": %s}, "additionalProperties": false, "definitions": {%s}}`, version, attribute, definitions)}
	}
	const enum = `"xEnum": {"enum": ["a"]}`
	tests := []struct{ name, first, second, third, want string }{
		{"bounds come", `{"type": "number"}`, `{"type": "number", "minimum": 1}`, `{"type": "number", "minimum": 2}`, `"A": {"$ref": "#/$defs/a"}`},
		{"bounds go", `{"type": "number", "minimum": 1}`, `{"type": "number"}`, `{"type": "number"}`, `"A": {"$ref": "#/$defs/a"}`},
		{"becomes an enumeration", `{"type": "string"}`, `{"$ref": "#/definitions/xEnum"}`, `{"$ref": "#/definitions/xEnum"}`, `"A": {"$ref": "#/$defs/x", "x-was": [{"x-in": "9.D.V02", "type": "string"}]}`},
		{"list of another type", `{"type": "array", "items": {"type": "string"}}`, `{"type": "integer"}`, `{"type": "integer"}`, `"A": {"type": "integer", "x-was": [{"x-in": "9.D.V02", "type": "array", "items": {"type": "string"}}]}`},
		{"two former types", `{"type": "string"}`, `{"type": "boolean"}`, `{"type": "integer"}`, `"A": {"type": "integer", "x-was": [{"x-in": "9.D.V02", "type": "string"}, {"x-in": "9.D.V03", "type": "boolean"}]}`},
		{"one, list, one", `{"type": "string"}`, `{"type": "array", "items": {"type": "string"}}`, `{"type": "string"}`, `"A": {"type": "array", "items": {"type": "string"}, "x-one": "9.D.V02, 9.D.V04.."}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := importText(t, fstest.MapFS{
				"02/IDMEFv2.schema": draft("02", tt.first, enum),
				"03/IDMEFv2.schema": draft("03", tt.second, enum),
				"04/IDMEFv2.schema": draft("04", tt.third, enum),
			}, "02", "03", "04")
			if !slices.Contains(lines(text), "message: "+tt.want) {
				t.Errorf("no line %s in\n%s", tt.want, text)
			}
		})
	}
}

// shared is the directory of the real drafts, beside the repository; without
// it the test is skipped.
func shared(t *testing.T) fs.FS {
	t.Helper()
	dir := filepath.Join("..", "..", "..", "..", "..", "shared", "specs", "idmefv2")
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		t.Skipf("needs %s", dir)
	}
	return os.DirFS(dir)
}

// TestSchemaIsCurrent: the schema in the repository is what the importer makes
// of the drafts.
func TestSchemaIsCurrent(t *testing.T) {
	fsys := shared(t)
	dirs, err := Drafts(fsys)
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join("..", "..", "..", "..", "schemas", "idmefv2.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(importText(t, fsys, dirs...))); diff != "" {
		t.Errorf("schemas/idmefv2.schema.json is not what an import gives (-file +import):\n%s", diff)
	}
}

// TestCaptionsAreUsed: no caption is left of what is not there.
func TestCaptionsAreUsed(t *testing.T) {
	fsys := shared(t)
	dirs, err := Drafts(fsys)
	if err != nil {
		t.Fatal(err)
	}
	s, err := Import(fsys, dirs...)
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for _, typ := range s.Types {
		used[typ.Name] = true
		for _, p := range typ.Properties {
			used[typ.Name+"."+p.Name] = true
			if _, ok := captions[typ.Name+"."+p.Name]; !ok {
				used[p.Name] = true
			}
		}
	}
	for name := range captions {
		if !used[name] {
			t.Errorf("the caption of %q is not used", name)
		}
	}
	for _, typ := range s.Types {
		if typ.Title == "" {
			t.Errorf("the definition %q has no caption", typ.Name)
		}
	}
}

// TestDraft08 imports the drafts up to 07, then 08 as well: the difference is
// what draft 08 changed, and nothing else.
func TestDraft08(t *testing.T) {
	fsys := shared(t)
	until07 := []string{"02", "03", "04", "05", "06", "07"}
	before := importText(t, fsys, until07...)
	after := importText(t, fsys, append(until07, "08")...)
	gone, come := diffLines(before, after)

	// What is new as a whole: two enumerations.
	come = slices.DeleteFunc(come, func(line string) bool {
		return strings.HasPrefix(line, "source_category: ") || strings.HasPrefix(line, "target_category: ")
	})
	// 41 sectors were renamed: the old names end, the new ones begin.
	ended := renamed(t, &gone, &come)
	if ended != 41 {
		t.Errorf("%d sectors were renamed, want 41", ended)
	}
	wantGone := []string{
		`analyzer: "ID": {"$ref": "#/$defs/uuid", "x-in": "2.D.V06..", "x-required": "2.D.V07.."}`,
		`category: {"const": "Recon.Netword", "x-in": "2.D.V07.."}`,
		`message: "Status": {"title": "State of the alert in its life", "$ref": "#/$defs/status"}`,
		`sensor: "ID": {"$ref": "#/$defs/uuid", "x-in": "2.D.V06..", "x-required": "2.D.V07.."}`,
	}
	wantCome := []string{
		`: {"name": "2.D.V08"}`,
		`analyzer: "ID": {"$ref": "#/$defs/uuid", "x-in": "2.D.V06..", "x-required": "2.D.V07"}`,
		`category: {"const": "Malware.Backdoor", "x-in": "2.D.V08.."}`,
		`category: {"const": "Malware.Cryptominer", "x-in": "2.D.V08.."}`,
		`category: {"const": "Malware.Downloader", "x-in": "2.D.V08.."}`,
		`category: {"const": "Recon.Netword", "x-in": "2.D.V07"}`,
		`category: {"const": "Recon.Network", "x-in": "2.D.V08.."}`,
		`message: "ReportTime": {"title": "When the event was reported to others", "$ref": "#/$defs/timestamp", "x-in": "2.D.V08.."}`,
		`message: "Status": {"title": "State of the alert in its life", "type": "array", "items": {"$ref": "#/$defs/status"}, "x-one": "2.D.V02..2.D.V07"}`,
		`sensor: "ID": {"$ref": "#/$defs/uuid", "x-in": "2.D.V06..", "x-required": "2.D.V07"}`,
		`source: "Category": {"title": "What the source is", "type": "array", "items": {"$ref": "#/$defs/source_category"}, "x-in": "2.D.V08.."}`,
		`status: {"const": "Reported", "x-in": "2.D.V08.."}`,
		`target: "Category": {"title": "What the target is", "type": "array", "items": {"$ref": "#/$defs/target_category"}, "x-in": "2.D.V08.."}`,
		`version: {"const": "2.D.V08", "x-go": "V08", "x-in": "2.D.V08"}`,
	}
	if diff := cmp.Diff(wantGone, gone); diff != "" {
		t.Errorf("lines that went (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(wantCome, come); diff != "" {
		t.Errorf("lines that came (-want +got):\n%s", diff)
	}

	// What stayed stays in its place, but for the enumerations whose order the
	// draft changed.
	if diff := cmp.Diff(common(before, after), common(after, before)); diff != "" {
		t.Errorf("lines that moved (-before +after):\n%s", diff)
	}
}

// renamed takes the lines of renamed sectors out of gone and come, and returns
// how many there are.
func renamed(t *testing.T, gone, come *[]string) int {
	t.Helper()
	ended := 0
	begun := len(*come)
	*come = slices.DeleteFunc(*come, func(line string) bool {
		return strings.HasPrefix(line, "entity_sector: ") && strings.HasSuffix(line, `, "x-in": "2.D.V08.."}`)
	})
	begun -= len(*come)
	*gone = slices.DeleteFunc(*gone, func(line string) bool {
		if !strings.HasPrefix(line, "entity_sector: ") {
			return false
		}
		i := slices.Index(*come, strings.TrimSuffix(line, "}")+`, "x-in": "2.D.V07"}`)
		if i < 0 {
			return false
		}
		*come = slices.Delete(*come, i, i+1)
		ended++
		return true
	})
	if begun != ended {
		t.Errorf("%d sectors end and %d begin", ended, begun)
	}
	return ended
}

// common returns the lines of a that b has as well, in order.
func common(a, b []byte) []string {
	in := map[string]bool{}
	for _, line := range lines(b) {
		in[line] = true
	}
	return slices.DeleteFunc(lines(a), func(line string) bool {
		return !in[line] || strings.HasPrefix(line, "category: ") || strings.HasPrefix(line, "entity_sector: ")
	})
}
