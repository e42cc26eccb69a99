package secmodel_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// code is a constant for a code of violations.
type code struct {
	name, value string
	doc         string // the comment of the constant, or of its group
}

// codesIn returns the codes that the files of a folder declare.
func codesIn(t *testing.T, files ...string) (list []code) {
	t.Helper()
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range parsed.Decls {
			decl, ok := d.(*ast.GenDecl)
			if !ok || decl.Tok != token.CONST {
				continue
			}
			for _, s := range decl.Specs {
				spec := s.(*ast.ValueSpec)
				if !strings.HasPrefix(spec.Names[0].Name, "Code") {
					continue
				}
				value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
				if err != nil {
					t.Fatal(err)
				}
				list = append(list, code{spec.Names[0].Name, value, decl.Doc.Text()})
			}
		}
	}
	if len(list) == 0 {
		t.Fatalf("no codes in %q", files)
	}
	return list
}

// codeFiles lists the files of each package that declare codes; "" is what the
// formats share.
var codeFiles = map[string][]string{
	"":        {"code.go", "code_lint.go"},
	"idmefv2": {"idmefv2/codes.go", "idmefv2/code_lint.go"},
	"mozdef":  {"mozdef/code.go", "mozdef/code_lint.go"},
	"ocsf":    {"ocsf/code.go", "ocsf/code_lint.go"},
}

// TestCodeFiles: no other file declares a code.
func TestCodeFiles(t *testing.T) {
	for dir, files := range codeFiles {
		all, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range all {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Contains(files, filepath.ToSlash(file)) && !strings.HasSuffix(file, "_test.go") && strings.Contains(string(text), "\n\tCode") && strings.Contains(string(text), "const (") {
				for line := range strings.Lines(string(text)) {
					if name, value, ok := strings.Cut(strings.TrimSpace(line), "="); ok && strings.HasPrefix(name, "Code") && strings.HasPrefix(strings.TrimSpace(value), `"`) {
						t.Errorf("%s declares %s", file, name)
					}
				}
			}
		}
	}
}

// TestCodesAreDocumented: the table in the comment on the constants, which go doc
// shows, has each of them once, with its meaning, and nothing else.
func TestCodesAreDocumented(t *testing.T) {
	for dir, files := range codeFiles {
		for _, file := range files {
			list := codesIn(t, file)
			meanings := map[string]string{}
			for _, doc := range groups(list) {
				for line := range strings.Lines(doc) {
					if !strings.HasPrefix(line, "\t") {
						continue
					}
					value, meaning, _ := strings.Cut(strings.TrimSpace(line), " ")
					if !strings.Contains(value, "_") && value != "syntax" {
						continue // a heading, or a further line of a row
					}
					if meanings[value] == "" {
						meanings[value] = strings.TrimSpace(meaning)
					}
				}
			}
			for _, c := range list {
				if len(strings.Fields(meanings[c.value])) < 3 {
					t.Errorf("%s: the table has no meaning of %s, %s: %q", file, c.name, c.value, meanings[c.value])
				}
				delete(meanings, c.value)
			}
			if dir == "mozdef" {
				for _, c := range codesIn(t, codeFiles[""]...) {
					delete(meanings, c.value) // there is a second table, of how severe these are
				}
			}
			for value := range meanings {
				if dir != "idmefv2" || !strings.Contains(value, ".") {
					t.Errorf("%s: the table has %s, which no constant has", file, value)
				}
			}
		}
	}
}

func groups(list []code) (docs []string) {
	for _, c := range list {
		docs = append(docs, c.doc)
	}
	slices.Sort(docs)
	return slices.Compact(docs)
}

// elsewhere lists the codes that no document of testdata shows, because Check
// alone does not give them, with the test that does.
var elsewhere = map[string]string{
	"syntax":                        "a document that is none has no report: serialize.TestRecordErrorJSON",
	"format_unknown":                "serialize.TestRecordErrorJSON",
	"document_too_large":            "serialize.TestRecordErrorJSON",
	"attribute_duplicate":           "serialize.TestValidateBytes: it takes the text",
	"attribute_recommended_missing": "ocsf.TestRecommended: it takes an option",
	"attribute_overwritten":         "mozdef.TestNormalizeNotes: only Normalize reports it",
	"plugin_may_alter":              "mozdef.TestNormalizeNotes: only Normalize reports it",
	"category_mismatch":             "mozdef.TestRules: a document of the category is read as of its class, and has to be asked as another",
	// No release has an array of an enumeration with such a value, nor a type
	// that narrows another with such bounds; private extensions may.
	"attribute_enum_array_value_deprecated":        "wire.TestCheck",
	"attribute_value_exceeds_super_type_range":     "wire.TestSuperTypes",
	"attribute_value_super_type_regex_not_matched": "wire.TestSuperTypes",
	"attribute_value_exceeds_super_type_max_len":   "wire.TestSuperTypes; a text of more than 65,535 characters",
}

// TestCodesInSamples: every code is in a document of testdata that must have it,
// by INDEX.tsv, which the tests of the packages hold; and every format has
// documents of each of its classes in which nothing is found.
func TestCodesInSamples(t *testing.T) {
	failing, passing := map[string]map[string]bool{}, map[string]int{}
	shared := map[string]bool{}
	for format := range codeFiles {
		if format == "" {
			continue
		}
		text, err := os.ReadFile(filepath.Join("testdata", format, "INDEX.tsv"))
		if err != nil {
			t.Fatal(err)
		}
		failing[format] = map[string]bool{}
		for line := range strings.Lines(string(text)) {
			cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
			switch {
			case len(cells) != 5:
				t.Errorf("%s: %q", format, line)
			case cells[3] != "":
				failing[format][cells[3]] = true
				shared[cells[3]] = true
			case cells[2] == "valid":
				passing[format]++
			}
		}
		if passing[format] < 5 {
			t.Errorf("%s: %d documents without any violation", format, passing[format])
		}
	}
	for format, files := range codeFiles {
		found := shared
		if format != "" {
			found = failing[format]
		}
		for _, c := range codesIn(t, files...) {
			_, reason := elsewhere[c.value]
			switch {
			case !found[c.value] && !reason:
				t.Errorf("no document of testdata/%s shows %s", format, c.value)
			case found[c.value] && reason:
				t.Errorf("%s is in testdata, and said not to be", c.value)
			}
		}
	}
}
