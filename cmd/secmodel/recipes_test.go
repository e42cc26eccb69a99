package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestRecipes runs every block of commands of docs/recipes.md, in a directory with
// the files of testdata/recipes.
func TestRecipes(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "recipes.md"))
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?ms)^```sh\n(.*?)^```$").FindAllSubmatch(text, -1)
	if len(blocks) < 10 {
		t.Fatalf("found %d blocks of commands only", len(blocks))
	}
	dir := t.TempDir()
	for i, block := range blocks {
		script := fmt.Sprintf("[!exec:sh] skip 'no shell'\nexec sh -e recipe.sh\n! stderr '^secmodel:'\n-- recipe.sh --\n%s", block[1])
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("recipe_%d.txtar", i+1)), []byte(script), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	testscript.Run(t, testscript.Params{
		Dir: dir,
		Setup: func(env *testscript.Env) error {
			return os.CopyFS(env.WorkDir, os.DirFS(filepath.Join("testdata", "recipes")))
		},
	})
}
