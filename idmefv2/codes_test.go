package idmefv2_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/idmefv2"
	"github.com/secmodel/secmodel/internal/jsontest"
)

// ruleRow is a row of the table in codes.go.
type ruleRow struct {
	Code, Rule, Section, Level, Meaning string
	From, To                            string // numbers of drafts; To is "" for the newest
}

// readCodes returns the table of codes.go and the values of the constants that
// it documents.
func readCodes(t *testing.T) (rows []ruleRow, constants []string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "codes.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	decl, ok := file.Decls[0].(*ast.GenDecl)
	if !ok || decl.Tok != token.CONST {
		t.Fatal("codes.go does not begin with its constants")
	}
	for _, spec := range decl.Specs {
		for _, value := range spec.(*ast.ValueSpec).Values {
			s, err := strconv.Unquote(value.(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			constants = append(constants, s)
		}
	}
	_, text, _ := strings.Cut(decl.Doc.Text(), "meaning\n")
	text, _, _ = strings.Cut(text, "\n\n")
	for line := range strings.Lines(text) {
		cells := strings.Fields(line)
		if len(cells) < 6 {
			t.Fatalf("row with less than 6 columns: %s", line)
		}
		row := ruleRow{Code: cells[0], Rule: cells[1], Section: cells[2], Level: cells[3]}
		cells = cells[4:]
		if cells[0] == "NOT" {
			row.Level, cells = row.Level+" NOT", cells[1:]
		}
		row.From, row.To, ok = strings.Cut(cells[0], "-")
		if !ok {
			t.Fatalf("%s: %q is no range of drafts", row.Code, cells[0])
		}
		row.Meaning = strings.Join(cells[1:], " ")
		rows = append(rows, row)
	}
	return rows, constants
}

// in reports whether the rule holds in a draft, named as 2.D.V08.
func (r *ruleRow) in(draft string) bool {
	number := strings.TrimPrefix(draft, "2.D.V")[:2]
	return r.From <= number && (r.To == "" || number <= r.To)
}

// TestCodes: the table in codes.go lists each constant once, and every rule is
// in it or said not to be checked.
func TestCodes(t *testing.T) {
	rows, constants := readCodes(t)
	var codes []string
	rules := map[string]bool{}
	for _, row := range rows {
		codes = append(codes, row.Code)
		rules[row.Rule] = true
		if !slices.Contains([]string{"MUST", "MUST NOT", "SHOULD", "SHOULD NOT", "RECOMMENDED", "implied", "type"}, row.Level) || row.Meaning == "" {
			t.Errorf("%+v: no level or meaning", row)
		}
	}
	slices.Sort(codes)
	slices.Sort(constants)
	if diff := cmp.Diff(constants, codes); diff != "" {
		t.Errorf("-constants +table\n%s", diff)
	}
	for n := 1; n <= 28; n++ {
		if rule := "R" + strconv.Itoa(n); !rules[rule] && rule != "R26" && rule != "R27" {
			t.Errorf("%s has no row", rule)
		}
	}
}

// TestRuleSamples: each rule has a document that breaks it, and it alone, in
// just the drafts that the table names, and one that comes close but does not.
// With the option Text the same findings are errors.
func TestRuleSamples(t *testing.T) {
	samples := map[string]jsontest.Sample{}
	for _, s := range jsontest.Samples(t, idmefv2.Format) {
		samples[s.File] = s
	}
	rows, _ := readCodes(t)
	found := 0
	for _, row := range rows {
		name := "rule-" + strings.ReplaceAll(row.Code, "_", "-")
		broken, ok := samples[name+".warning.json"]
		near, ok2 := samples[name+".valid.json"]
		if !ok || !ok2 {
			t.Errorf("%s has not both documents, %s.warning.json and %s.valid.json", row.Code, name, name)
			continue
		}
		found++
		if list := decode(t, near.Data).Check().Violations; len(list) > 0 {
			t.Errorf("%s: %v", near.File, list)
		}
		m := decode(t, broken.Data)
		warnings := m.Check()
		if len(warnings.Violations) == 0 || !warnings.Valid() {
			t.Errorf("%s: %v", broken.File, warnings.Violations)
		}
		if m.Identity() != warnings.Identity {
			t.Errorf("%s: is %s, judged as %s", broken.File, m.Identity(), warnings.Identity)
		}
		for _, v := range warnings.Violations {
			if v.Code != row.Code {
				t.Errorf("%s: breaks another rule: %s", broken.File, v)
			}
		}
		if err := m.Validate(); err != nil {
			t.Errorf("%s: %v", broken.File, err)
		}
		errors := m.Check(secmodel.Text())
		if got, want := jsontest.Places(errors, secmodel.Error), jsontest.Places(warnings, secmodel.Warning); !slices.Equal(got, want) {
			t.Errorf("%s: with Text\n got %q\nwant %q", broken.File, got, want)
		}
		for _, draft := range idmefv2.Versions() {
			report := m.Check(secmodel.WithVersion(draft))
			broke := slices.ContainsFunc(report.Violations, func(v secmodel.Violation) bool { return v.Code == row.Code })
			if broke != row.in(draft) {
				t.Errorf("%s: in draft %s the rule is broken: %v, the table says %v", broken.File, draft, broke, row.in(draft))
			}
		}
	}
	if named := countPrefix(samples, "rule-"); named != 2*found {
		t.Errorf("%d documents are named after rules, %d belong to one", named, 2*found)
	}
}

func countPrefix(samples map[string]jsontest.Sample, prefix string) (n int) {
	for name := range samples {
		if strings.HasPrefix(name, prefix) {
			n++
		}
	}
	return n
}

func decode(t testing.TB, text []byte) *idmefv2.Message {
	t.Helper()
	m := new(idmefv2.Message)
	if err := json.Unmarshal(text, m); err != nil {
		t.Fatal(err)
	}
	return m
}
