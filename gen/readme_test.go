package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestReadme does what README.md says, in a module of its own.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	schema, _ := block(t, readme, "json", "")
	directive, _ := block(t, readme, "go", "//go:generate")
	program, _ := block(t, readme, "go", "package main")
	want, at := block(t, readme, "text", "")

	dir := t.TempDir()
	write(t, filepath.Join(dir, "go.mod"), []byte("module example.com/visits\n\ngo 1.26\n\n"+
		"require github.com/secmodel/secmodel v0.0.0\n\nreplace github.com/secmodel/secmodel => "+root+"\n"))
	write(t, filepath.Join(dir, "visit.schema.json"), []byte(schema))
	write(t, filepath.Join(dir, "generate.go"), []byte("package main\n\n"+strings.Replace(directive, "@latest", "", 1)))
	write(t, filepath.Join(dir, "main.go"), []byte(program))
	goIn(t, dir, "generate", "./...")
	goIn(t, dir, "build", "./...") // what it says of the modules that it finds is not for the comparison
	got := goIn(t, dir, "run", ".")
	if *update {
		write(t, "README.md", bytes.Join([][]byte{readme[:at], []byte(got), readme[at+len(want):]}, nil))
		return
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-README.md +output\n%s", diff)
	}
}

// block returns the first block of a language that starts with prefix, and where
// it is.
func block(t *testing.T, readme []byte, language, prefix string) (text string, at int) {
	t.Helper()
	fence := "```" + language + "\n" + prefix
	i := bytes.Index(readme, []byte(fence))
	if i < 0 {
		t.Fatalf("README.md has no block %q", fence)
	}
	at = i + len(fence) - len(prefix)
	text, _, ok := strings.Cut(string(readme[at:]), "```")
	if !ok {
		t.Fatal("a block of README.md does not end")
	}
	return text, at
}
