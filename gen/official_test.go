package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/secmodel/secmodel/internal/jsontest"
)

// TestOfficialSchemas makes packages of schemas as specifications publish them,
// and compares verdicts as TestOtherModule does.
func TestOfficialSchemas(t *testing.T) {
	idmef, err := os.ReadFile(jsontest.Shared(t, "specs", "idmefv2", "08", "IDMEFv2.schema"))
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name, goType string
		schema       []byte
		seeds        []string
	}{
		{"message", "Message", idmef, []string{"idmefv2/08-full.valid.json", "idmefv2/08-minimal.valid.json"}},
		{"network_activity", "NetworkActivity", exported(t, "network_activity"), []string{"ocsf/network_activity-flow.valid.json"}},
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("testdata", "othermodule"))); err != nil {
		t.Fatal(err)
	}
	imports, entries := "", ""
	for _, c := range cases {
		write(t, filepath.Join(dir, "schemas", c.name+schemaSuffix), encode(t, withoutFormats(decode(t, c.schema))))
		var seeds []any
		for _, seed := range c.seeds {
			seeds = append(seeds, decodeFile(t, filepath.Join("..", "testdata", seed)))
		}
		write(t, filepath.Join(dir, "seeds", c.name+".json"), encode(t, seeds))
		imports += "\t\"example.com/inventory/" + c.name + "\"\n"
		entries += "\t\"" + c.name + "\": func() document { return new(" + c.name + "." + c.goType + ") },\n"
	}
	program := string(must(os.ReadFile(filepath.Join(dir, "main.go"))))
	const importsAt, entriesAt = "import (\n", "var documents = map[string]func() document{\n"
	program = strings.Replace(program, importsAt, importsAt+imports, 1)
	program = strings.Replace(program, entriesAt, entriesAt+entries, 1)
	write(t, filepath.Join(dir, "main.go"), []byte(program))
	root := must(filepath.Abs(".."))
	goIn(t, dir, "mod", "edit", "-replace", modulePath+"="+root)
	goIn(t, dir, "generate", "./...")
	for _, c := range cases {
		goIn(t, dir, "run", modulePath+"/gen", "-schema", filepath.Join("schemas", c.name+schemaSuffix), "-out", c.name, "-package", c.name)
	}
	executable := filepath.Join(dir, "inventory.exe")
	goIn(t, dir, "build", "-o", executable, ".")
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			compareVerdicts(t, executable, c.name, filepath.Join(dir, "schemas", c.name+schemaSuffix), filepath.Join(dir, "seeds", c.name+".json"))
		})
	}
}

// exported is the schema of a class of OCSF 1.3.0 without profiles, as the
// official server exports it.
func exported(t *testing.T, class string) []byte {
	t.Helper()
	packed := must(os.ReadFile(jsontest.Shared(t, "corpus", "ocsf-jsonschema-1.3.0.json.gz")))
	r := must(gzip.NewReader(bytes.NewReader(packed)))
	var all struct {
		NoProfiles map[string]json.RawMessage `json:"noprofiles"`
	}
	if err := json.Unmarshal(must(io.ReadAll(r)), &all); err != nil {
		t.Fatal(err)
	}
	return all.NoProfiles[class]
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// withoutFormats leaves out what the other validator asserts in old drafts.
func withoutFormats(v any) any {
	switch v := v.(type) {
	case map[string]any:
		c := map[string]any{}
		for k, x := range v {
			if _, text := x.(string); k != "format" || !text {
				c[k] = withoutFormats(x)
			}
		}
		return c
	case []any:
		c := make([]any, len(v))
		for i, x := range v {
			c[i] = withoutFormats(x)
		}
		return c
	}
	return v
}
