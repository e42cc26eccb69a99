package lookup

import (
	"errors"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel/internal/model"
	"github.com/secmodel/secmodel/schemas"
)

var update = flag.Bool("update", false, "rewrite the golden files of testdata")

// TestFind compares what is said of names with golden files.
func TestFind(t *testing.T) {
	tests := []struct{ file, format, name string }{
		{"class", "", "authentication"},
		{"class_number", "", "3002"},
		{"class_old_name", "", "win/prefetch_info"},
		{"object", "", "analyzer"},
		{"attribute", "ocsf", "severity_id"},
		{"attribute_path", "", "Source.IP"},
		{"attribute_through", "", "src_endpoint.ip"},
		{"attribute_mozdef", "mozdef", "tags"},
		{"scalar", "", "ip_t"},
		{"value", "", "Recon.Scanning"},
		{"value_caption", "", "Logon"},
		{"value_of", "", "severity_id=4"},
		{"code", "", "type_uid_incorrect"},
		{"code_suspicion", "", "TIME_UNIT_SUSPICIOUS"},
		{"code_repair", "", "scalar_for_array"},
	}
	for _, test := range tests {
		t.Run(test.file, func(t *testing.T) {
			found, err := Find(test.format, test.name)
			if err != nil {
				t.Fatal(err)
			}
			var b strings.Builder
			for i := range found {
				b.WriteString(found[i].Text(false))
			}
			golden := filepath.Join("testdata", test.file+".txt")
			if *update {
				if err := os.WriteFile(golden, []byte(b.String()), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), b.String()); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// TestUnknown: what there is not is an error that proposes what is meant.
func TestUnknown(t *testing.T) {
	for name, want := range map[string]string{
		"authentification":   "did you mean authentication",
		"severty_id":         "did you mean severity_id",
		"type_uid_incorect":  "did you mean type_uid_incorrect",
		"qqqqqqqqqqqqqqqqqq": `is called "qqqqqqqqqqqqqqqqqq"`,
		"":                   `is called ""`,
		"=":                  `is called "="`,
		".":                  `is called "."`,
		"a.b.c":              `is called "a.b.c"`,
	} {
		_, err := Find("", name)
		if !errors.Is(err, ErrUnknown) || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", name, err, want)
		}
	}
	if _, err := Find("cef", "severity"); err == nil || errors.Is(err, ErrUnknown) {
		t.Errorf("a format that there is not: %v", err)
	}
	if _, err := Find("idmefv2", "type_uid_incorrect"); !errors.Is(err, ErrUnknown) {
		t.Errorf("a code of another format: %v", err)
	}
}

// TestCodesComplete: every code that the packages have is explained, and none
// that they do not have.
func TestCodesComplete(t *testing.T) {
	root := filepath.Join("..", "..", "..", "..")
	var want []string
	for _, dir := range []string{"", "idmefv2", "ocsf", "mozdef", "cmd/secmodel/internal/cli"} {
		files, err := filepath.Glob(filepath.Join(root, dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_gen.go") || strings.HasSuffix(file, "_test.go") {
				continue
			}
			tree, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Skipf("%s cannot be read: %v", file, err)
			}
			want = append(want, codesOf(t, tree)...)
		}
	}
	got := codeNames()
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-in the packages +explained:\n%s", diff)
	}
	for _, e := range Codes() {
		if e.Title == "" || e.Of == "" {
			t.Errorf("%s is not explained", e.Name)
		}
	}
}

// codesOf returns the values of the constants of a file that are codes.
func codesOf(t *testing.T, tree *ast.File) []string {
	var list []string
	for _, d := range tree.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.CONST {
			continue
		}
		for _, s := range g.Specs {
			spec := s.(*ast.ValueSpec)
			for i, name := range spec.Names {
				isCode := false
				for _, prefix := range []string{"Code", "code", "Repair", "Change"} {
					isCode = isCode || strings.HasPrefix(name.Name, prefix)
				}
				if !isCode || len(spec.Values) <= i {
					continue
				}
				value, ok := spec.Values[i].(*ast.BasicLit)
				if !ok {
					continue
				}
				text, err := strconv.Unquote(value.Value)
				if err != nil {
					t.Fatal(err)
				}
				list = append(list, text)
			}
		}
	}
	return list
}

// FuzzFind: no name makes the search fail other than by its rules.
func FuzzFind(f *testing.F) {
	for _, seed := range []string{"", "Source.IP", "severity_id=4", "a=b=c", "\xff", "win/x", ".", "3002"} {
		f.Add(seed)
	}
	s, err := Schema("idmefv2")
	if err != nil {
		f.Fatal(err)
	}
	guides := []*guide{{s}}
	f.Fuzz(func(t *testing.T, name string) {
		found := search(guides, name)
		if len(found) == 0 && unknown(name, guides[0].names()).Error() == "" {
			t.Error("nothing was found, and nothing says so")
		}
		for i := range found {
			if found[i].Text(true) == "" {
				t.Error("an entry without text")
			}
		}
	})
}

// TestCodesApart: no format has a name that is a code, which would hide it.
func TestCodesApart(t *testing.T) {
	codes := codeNames()
	for _, format := range schemas.Formats() {
		s, err := Schema(format)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range (&guide{s}).names() {
			if slices.Contains(codes, name) {
				t.Errorf("%s: %s is a code too", format, name)
			}
		}
	}
}

// TestSchemaOnce makes sure that a schema is read once, whoever asks for it at the
// same time.
func TestSchemaOnce(t *testing.T) {
	var all [8]*model.Schema
	var group sync.WaitGroup
	for i := range all {
		group.Go(func() {
			var err error
			if all[i], err = Schema("ocsf"); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	for _, s := range all {
		if s == nil || s != all[0] {
			t.Fatal("the schema was read anew")
		}
	}
	if _, err := Schema("xml"); err == nil {
		t.Error("a schema of a format that there is not")
	}
}
