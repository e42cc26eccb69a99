package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/atombender/go-jsonschema/pkg/generator"
	upstream "github.com/atombender/go-jsonschema/pkg/schemas"
	"github.com/secmodel/secmodel/schemas"
)

// classes are those that go-jsonschema gets the plain JSON Schemas of.
var classes = []struct{ format, version, name string }{
	{"idmefv2", "2.D.V08", "message"},
	{"idmefv2", "2.D.V06", "message"},
	{"ocsf", "1.8.0", "detection_finding"},
	{"ocsf", "1.8.0", "authentication"},
	{"mozdef", "1", "event"},
}

// goJSONSchema makes go-jsonschema's full output of the plain JSON Schema of a
// class. What does not compile is taken away again, and the registry says why.
func goJSONSchema(r *registry, c struct{ format, version, name string }) error {
	name := "gojson" + c.format + strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, c.version) + strings.ReplaceAll(c.name, "_", "")
	e := entry{key: []string{c.format, c.version, c.name}, typ: name + ".Root"}
	dir := filepath.Join(target, name)
	why, err := output(dir, name, c.format, c.version, c.name)
	if err != nil {
		return err
	}
	if e.why = why; why != "" {
		if err := os.RemoveAll(dir); err != nil {
			return err
		}
	} else {
		r.imports = append(r.imports, importPath+"/"+name)
	}
	r.gojson = append(r.gojson, e)
	return nil
}

// output writes the package, and says what is wrong with it, if anything.
func output(dir, name, format, version, class string) (why string, err error) {
	plain, err := schemas.Plain(format, version, class)
	if err != nil {
		return "", err
	}
	s, err := upstream.FromJSONReader(bytes.NewReader(plain))
	if err != nil {
		return "cannot read the schema: " + first(err.Error()), nil
	}
	g, err := generator.New(generator.Config{
		DefaultPackageName: name,
		DefaultOutputName:  "models.go",
		SchemaMappings:     []generator.SchemaMapping{{PackageName: name, RootType: "Root", OutputName: "models.go"}},
		Tags:               []string{"json"},
		Warner:             func(string) {},
	})
	if err != nil {
		return "", err
	}
	if err := g.AddFile("models", s); err != nil {
		return "cannot make Go of the schema: " + first(err.Error()), nil
	}
	sources, err := g.Sources()
	if err != nil {
		return "its output is not Go: " + first(err.Error()), nil
	}
	for file, text := range sources {
		if err := writeFile(filepath.Join(dir, filepath.Base(file)), text); err != nil {
			return "", err
		}
	}
	out, err := exec.Command("go", "build", "./"+dir).CombinedOutput()
	if err == nil {
		return "", nil
	}
	for line := range strings.Lines(string(out)) {
		if place, fault, ok := strings.Cut(line, ": "); ok && strings.Contains(place, ".go:") {
			return "its output does not compile: " + strings.TrimSpace(fault), nil
		}
	}
	return "", fmt.Errorf("go build: %w\n%s", err, out)
}

// first is the first line of a text, shortened.
func first(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	if len(s) > 120 {
		s = s[:120] + "…"
	}
	return s
}
