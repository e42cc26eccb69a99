// Command generate makes what two peers need that are generators themselves:
// easyjson's methods on copies of the mirrors, and what go-jsonschema makes of
// the plain JSON Schemas. It writes to internal/generated, which is not part of
// the repository, and is run by go generate in the folder of the module.
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

// target is the folder that is written anew, and its import path.
const (
	target     = "internal/generated"
	importPath = "github.com/secmodel/secmodel/bench/" + target
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	if err := os.RemoveAll(target); err != nil {
		return err
	}
	var r registry
	for _, f := range mirrors {
		if err := easyjson(&r, f); err != nil {
			return fmt.Errorf("easyjson of %s: %w", f.format, err)
		}
	}
	for _, c := range classes {
		if err := goJSONSchema(&r, c); err != nil {
			return fmt.Errorf("go-jsonschema of %s %s: %w", c.format, c.name, err)
		}
	}
	return r.write(filepath.Join(target, "generated.go"))
}

// writeFile writes a file and the folder that it is in.
func writeFile(name string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return err
	}
	return os.WriteFile(name, text, 0o666)
}
