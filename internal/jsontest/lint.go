package jsontest

import (
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/secmodel/secmodel"
)

// LintCodes returns the codes of suspicions that a format has, by the tables in
// code_lint.go of the root and of the format's package.
func LintCodes(t testing.TB, format string) (codes []string) {
	t.Helper()
	for _, row := range lintTable(t, filepath.Join(root(t), "code_lint.go")) {
		if slices.Contains(strings.Split(strings.ReplaceAll(strings.Join(row[1:4], " "), ",", " "), " "), format) {
			codes = append(codes, row[0])
		}
	}
	for _, row := range lintTable(t, filepath.Join(root(t), format, "code_lint.go")) {
		codes = append(codes, row[0])
	}
	slices.Sort(codes)
	return codes
}

// lintTable reads the rows of the table in a comment: one of a tab, with two
// cells or more.
func lintTable(t testing.TB, file string) (rows [][]string) {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	for _, group := range parsed.Comments {
		for line := range strings.Lines(group.Text()) {
			if cells := strings.Fields(line); line[0] == '\t' && len(cells) > 3 && cells[0] != "code" {
				rows = append(rows, cells)
			}
		}
	}
	if len(rows) == 0 {
		t.Fatalf("%s has no table", file)
	}
	return rows
}

// Suspect checks the samples that show suspicions: each code of the format has a
// document with it, lint-<code>.suspicious.json, and one that comes close,
// lint-<code>.valid.json. No other document that is valid without a warning is
// suspicious, but for the values set aside for documentation that samples must
// have; those that come close to breaking a rule of IDMEFv2, rule-*, are not asked.
// Check reads a document and checks it with options.
func Suspect(t *testing.T, format string, check func(data []byte, opts ...secmodel.Option) secmodel.Report) {
	files := map[string]bool{}
	for _, s := range Samples(t, format) {
		files[s.File] = true
		code, example := strings.CutPrefix(s.File, "lint-")
		code, _, _ = strings.Cut(strings.ReplaceAll(code, "-", "_"), ".")
		if strings.HasSuffix(s.File, ".suspicious.json") != (len(s.Suspicions) > 0) || len(s.Suspicions) > 0 && !example {
			t.Errorf("%s: has the suspicions %q by INDEX.tsv", s.File, s.Suspicions)
		}
		if s.Invalid || len(s.Places) > 0 || strings.HasPrefix(s.File, "rule-") {
			continue
		}
		r := check(s.Data, secmodel.Lint())
		got := Places(r, secmodel.Suspicion)
		if !example {
			got = slices.DeleteFunc(got, func(place string) bool { return strings.HasPrefix(place, secmodel.CodeExample+" ") })
		}
		if !slices.Equal(got, s.Suspicions) {
			t.Errorf("%s: suspicions\n got %q\nwant %q", s.File, got, s.Suspicions)
		}
		if !r.Valid() || r.Err(secmodel.Strict()) != nil {
			t.Errorf("%s: a suspicion makes it invalid", s.File)
		}
		for _, v := range r.Violations {
			if example && v.Code != code {
				t.Errorf("%s: shows also %v", s.File, v)
			}
			if v.Message == "" || strings.Contains(v.Message, "%!") {
				t.Errorf("%s: %v", s.File, v)
			}
		}
		if list := check(s.Data).Violations; len(list) > 0 {
			t.Errorf("%s: without Lint: %v", s.File, list)
		}
	}
	for _, code := range LintCodes(t, format) {
		name := "lint-" + strings.ReplaceAll(code, "_", "-")
		if !files[name+".suspicious.json"] || !files[name+".valid.json"] {
			t.Errorf("%s has not both documents, %s.suspicious.json and %s.valid.json", code, name, name)
		}
	}
}

// FieldSample is a row of docs/suspicions.md that names a value from the corpora.
type FieldSample struct{ Code, File, Line, Pointer, Value string }

// FieldSamples returns the rows of a format. It fails the test if a code of the
// format is not in the document at all.
func FieldSamples(t *testing.T, format string) (list []FieldSample) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root(t), "docs", "suspicions.md"))
	if err != nil {
		t.Fatal(err)
	}
	documented := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		for i := range cells {
			cells[i] = strings.Trim(strings.TrimSpace(cells[i]), "`")
		}
		if line[0] != '|' || len(cells) < 2 {
			continue
		}
		documented[cells[0]] = true
		if len(cells) == 5 && cells[1] == format {
			file, number, _ := strings.Cut(cells[2], ":")
			list = append(list, FieldSample{Code: cells[0], File: file, Line: number, Pointer: cells[3], Value: cells[4]})
		}
	}
	for _, code := range LintCodes(t, format) {
		if !documented[code] {
			t.Errorf("docs/suspicions.md has no row for %s", code)
		}
	}
	return list
}

// Field collects the suspicions of a corpus, to be compared with the rows of
// docs/suspicions.md, and counted.
type Field struct {
	counts map[string]int
	found  map[FieldSample]bool
	files  int
}

// Add takes the report of a document, which has a line in files that hold many.
func (f *Field) Add(r secmodel.Report, file, line string) {
	if f.found == nil {
		f.counts, f.found = map[string]int{}, map[FieldSample]bool{}
	}
	f.files++
	for _, v := range r.Violations {
		if v.Severity == secmodel.Suspicion {
			f.counts[v.Code]++
			f.found[FieldSample{v.Code, file, line, v.Pointer, fmt.Sprint(v.Value)}] = true
		}
	}
}

// Compare fails the test for a row that the corpus does not show, and logs how
// often each code was found.
func (f *Field) Compare(t *testing.T, format string) {
	t.Helper()
	list := FieldSamples(t, format)
	for _, s := range list {
		if !f.found[s] {
			t.Errorf("docs/suspicions.md: the corpus does not show %+v", s)
		}
	}
	if len(list) == 0 {
		t.Errorf("docs/suspicions.md has no sample of %s", format)
	}
	t.Logf("%d documents: %v", f.files, f.counts)
}
