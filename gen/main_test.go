package main

import (
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the golden files of testdata/script")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"gen": main})
}

// TestScripts runs gen on small schemas and compares what it makes.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           filepath.Join("testdata", "script"),
		UpdateScripts: *update,
	})
}

// byHand is what a package of generated code needs beside it.
const byHand = `package tiny

import (
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

type (
	IntOrString string
	Moment      int64
	Event       interface{ wire.Model }
	Class       struct{}
	Common      struct{}
)

func classOf(wire.Model) Class                            { return Class{} }
func common(wire.Model) Common                            { return Common{} }
func identity(wire.Model) secmodel.Identity               { return secmodel.Identity{} }
func check(wire.Model, secmodel.Options) secmodel.Report { return secmodel.Report{} }
`

// TestGoldenBuilds compiles the packages that the schemas of the scripts give,
// and makes sure that they do nothing at start-up.
func TestGoldenBuilds(t *testing.T) {
	scripts, err := filepath.Glob(filepath.Join("testdata", "script", "*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	built := 0
	for _, script := range scripts {
		archive, err := txtar.ParseFile(script)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			if f.Name != "in.json" && f.Name != "next.json" {
				continue
			}
			built++
			t.Run(filepath.Base(script)+"/"+f.Name, func(t *testing.T) {
				dir := t.TempDir()
				schema := filepath.Join(dir, f.Name)
				write(t, schema, f.Data)
				out := filepath.Join(dir, "tiny")
				if err := generate([]job{{schema: schema, dir: out, pkg: "tiny"}}, false, t.Output()); err != nil {
					t.Fatal(err)
				}
				write(t, filepath.Join(out, "hand.go"), []byte(byHand))
				assertStatic(t, build(t, out))
			})
		}
	}
	if built == 0 {
		t.Error("no script has a schema")
	}
}

// TestNoInit makes sure that the packages made from the schemas do nothing at start-up.
func TestNoInit(t *testing.T) {
	for _, pkg := range []string{"idmefv2", "mozdef", "ocsf"} {
		t.Run(pkg, func(t *testing.T) {
			archive := filepath.Join(t.TempDir(), pkg+".a")
			goTool(t, "build", "-o", archive, "../"+pkg)
			assertStatic(t, archive)
		})
	}
}

// build compiles the package in dir as if it were part of this module, and
// returns the archive.
func build(t *testing.T, dir string) string {
	t.Helper()
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	replace := map[string]string{}
	for _, f := range files {
		replace[filepath.Join(root, "gen", "overlay", "tiny", filepath.Base(f))] = f
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "overlay.json")
	write(t, path, overlay)
	archive := filepath.Join(t.TempDir(), "tiny.a")
	goTool(t, "build", "-overlay", path, "-o", archive, "./overlay/tiny")
	return archive
}

// initFunc is a function that runs at start-up: what the compiler makes of
// variables that are not constant, or an init of the source.
var initFunc = regexp.MustCompile(`\.init(\.\d+)?$`)

// assertStatic fails if a compiled package has work to do at start-up. Where
// the compiler writes an init function nevertheless, it does nothing but return.
func assertStatic(t *testing.T, archive string) {
	t.Helper()
	const bareReturn = 8 // bytes, on any processor
	found := false
	for line := range strings.Lines(goTool(t, "tool", "nm", "-size", "-type", archive)) {
		f := strings.Fields(line)
		if len(f) < 4 {
			continue
		}
		found = found || strings.HasSuffix(f[3], ".table")
		if !strings.EqualFold(f[2], "T") || !initFunc.MatchString(f[3]) {
			continue
		}
		if size, err := strconv.Atoi(f[1]); err != nil || size > bareReturn {
			t.Errorf("the package runs code at start-up: %s", strings.TrimSpace(line))
		}
	}
	if !found {
		t.Error("the archive has no table: is its list of symbols read rightly?")
	}
}

// goTool runs the go command and returns what it prints.
func goTool(t *testing.T, args ...string) string {
	t.Helper()
	out, err := exec.Command("go", args...).CombinedOutput()
	if err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o666); err != nil {
		t.Fatal(err)
	}
}
