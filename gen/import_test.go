package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// draftsDir holds the made-up drafts that the importer is tested with.
var draftsDir = filepath.Join("internal", "upstream", "idmefv2", "testdata", "drafts")

func TestRunImport(t *testing.T) {
	out := t.TempDir()
	read := func(name string) []byte {
		t.Helper()
		data, err := os.ReadFile(filepath.Join(out, name))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	if err := runImport([]string{"idmefv2", "-schemas", out, draftsDir}); err == nil || !strings.Contains(err.Error(), "-commit") {
		t.Fatalf("sources without a commit: error %v", err)
	}
	if _, err := os.Stat(filepath.Join(out, "idmefv2.schema.json")); err == nil {
		t.Fatal("a failed import leaves a schema")
	}
	if err := runImport([]string{"idmefv2", "-commit", "abc1234", "-schemas", out, draftsDir}); err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join(filepath.Dir(draftsDir), "union.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(read("idmefv2.schema.json"), want) {
		t.Error("the schema is not what the importer gives")
	}
	sources := read("sources.json")
	if got := bytes.Count(sources, []byte(`"commit":"abc1234"`)); got != 3 {
		t.Errorf("%d sources with the commit, want 3:\n%s", got, sources)
	}
	if err := runImport([]string{"idmefv2", "-schemas", out, draftsDir}); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(read("idmefv2.schema.json"), want) || !bytes.Equal(read("sources.json"), sources) {
		t.Error("a second import gives other files")
	}
}

func TestRunImportRefuses(t *testing.T) {
	tests := []struct {
		args []string
		want string
	}{
		{nil, "which format?"},
		{[]string{"nix", "."}, "import nix: "},
		{[]string{"idmefv2"}, "import idmefv2: "},
		{[]string{"idmefv2", "a", "b"}, "import idmefv2: "},
		{[]string{"ocsf"}, "import ocsf: "},
	}
	for _, tt := range tests {
		err := runImport(tt.args)
		var usage usageError
		if !errors.As(err, &usage) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q: error %v, want one of usage with %q in it", tt.args, err, tt.want)
		}
	}
	if err := runImport([]string{"idmefv2", t.TempDir()}); err == nil || !strings.Contains(err.Error(), "no directory with a file IDMEFv2.schema in it") {
		t.Errorf("a directory without drafts: error %v", err)
	}
}
