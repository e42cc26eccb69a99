package main

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const source = `package p

func (r *ruling) rule(n int) {
	r.add("a", n)
	if n > 1 {
		r.add("b",
			n)
	}
	r.add("a", n)
}

func yes(s string) (ok bool) { return s != "" }

func two() (a, b []int, err error) { panic("x") }

type t struct{}
`

// TestInstrument: every mutant is in the file, behind its number, and the file is
// still Go.
func TestInstrument(t *testing.T) {
	out, mutants, err := instrument("p/rules.go", []byte(source), 7)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, m := range mutants {
		names = append(names, m.Name)
	}
	want := []string{
		"p/rules.go (*ruling).rule", `p/rules.go (*ruling).rule: r.add("a", n)`, `p/rules.go (*ruling).rule: r.add("b", n)`,
		`p/rules.go (*ruling).rule: r.add("a", n) #2`, "p/rules.go yes = false", "p/rules.go yes = true", "p/rules.go two", `p/rules.go two: panic("x")`,
	}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Error(diff)
	}
	if _, err := parser.ParseFile(token.NewFileSet(), "rules.go", out, 0); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	for _, part := range []string{
		"rule(n int) { if ruleMutant == 7 { return };\n", `if ruleMutant != 8 { r.add("a", n) }`, "if ruleMutant != 9 { r.add(\"b\",\n\t\t\tn) }",
		"{ if ruleMutant == 11 { return false }; if ruleMutant == 12 { return true };", "{ if ruleMutant == 13 { return *new([]int), *new([]int), *new(error) };",
	} {
		if !strings.Contains(string(out), part) {
			t.Errorf("there is no %s in\n%s", part, out)
		}
	}
}

// TestExplained: each mutant that explained.go has a reason for exists.
func TestExplained(t *testing.T) {
	t.Chdir(filepath.Join("..", ".."))
	p, err := plan(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, m := range p.mutants {
		if known[m.Name] {
			t.Errorf("two mutants are called %s", m.Name)
		}
		known[m.Name] = true
	}
	for name, reason := range explained {
		if !known[name] || reason == "" {
			t.Errorf("%s: exists %t, because %q", name, known[name], reason)
		}
	}
	if len(known) < 500 {
		t.Errorf("%d mutants", len(known))
	}
	for original, copied := range p.overlay.Replace {
		if _, err := os.Stat(copied); err != nil {
			t.Errorf("%s: %v", original, err)
		}
	}
}
