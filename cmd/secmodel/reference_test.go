package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel/cmd/secmodel/internal/cli"
)

// TestReference makes sure that docs/cli.md is the help of the commands; -update
// writes it anew.
func TestReference(t *testing.T) {
	name := filepath.Join("..", "..", "docs", "cli.md")
	want := cli.Reference()
	if *update {
		if err := os.WriteFile(name, want, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("docs/cli.md is not the help of the commands; run this test with -update (-want +got):\n%s", diff)
	}
}
