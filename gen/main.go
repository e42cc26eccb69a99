// Gen makes the Go code of this module from the annotated JSON Schemas in
// schemas/, whose format schemas/README.md describes. From any module it makes a
// package of its own of a JSON Schema, annotated or not; README.md beside this
// file says how, and which keywords it takes.
//
// Usage, from the root of the module:
//
//	go run ./gen [-check]                             schemas/F.schema.json → F/*_gen.go, for each format F
//	go run ./gen [-check] [-standalone] -schema FILE -out DIR -package NAME
//	                                                  one schema, into any package
//	go run ./gen [-check] -extension DIR -out DIR -package NAME
//	                                                  a private extension of OCSF, into any package
//	go run ./gen fmt [FILE…]                          bring schemas into their canonical form
//	go run ./gen import FORMAT DIR…                   make a schema from an upstream release
//	go run ./gen diff FORMAT FROM TO                  list what changed between two versions
//
// Files are written only if their content changes. Files of earlier runs that
// are not made any more are removed; nothing else in the directories is touched.
// With -check nothing is written: what would change is listed, and the exit
// status is 1 if that is anything. The status is 1 for a schema that is wrong
// too, and 2 for wrong arguments.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// errChanges is the outcome of -check when something would change. What that is
// has been listed by then.
var errChanges = errors.New("generated files are not up to date: go generate ./... updates them")

// run is main without the process.
func run(args []string, stdout, stderr io.Writer) int {
	err := dispatch(args, stdout, stderr)
	var usage usageError
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return 0
	case errors.As(err, &usage):
		fmt.Fprintln(stderr, "gen:", err)
		return 2
	}
	fmt.Fprintln(stderr, "gen:", err)
	return 1
}

// usageError is an error in the arguments.
type usageError string

func (e usageError) Error() string { return string(e) }

func dispatch(args []string, stdout, stderr io.Writer) error {
	if len(args) > 0 {
		switch args[0] {
		case "import":
			return runImport(args[1:])
		case "fmt":
			return runFmt(args[1:], stdout)
		case "diff":
			return runDiff(args[1:], stdout, stderr)
		}
	}
	flags := flag.NewFlagSet("gen", flag.ContinueOnError)
	flags.SetOutput(stderr)
	check := flags.Bool("check", false, "write nothing; list what would change, and fail if anything would")
	schema := flags.String("schema", "", "JSON Schema `file`, annotated or any other; without it, all in schemas/")
	standalone := flags.Bool("standalone", false, "the package needs nothing written by hand, with -schema; implied if the schema is not annotated")
	extension := flags.String("extension", "", "`directory` of an extension of OCSF, in place of -schema")
	out := flags.String("out", "", "`directory` to write to, with -schema or -extension")
	pkg := flags.String("package", "", "`name` of the package, with -schema or -extension")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return err
		}
		return usageError("see gen -help")
	}
	if flags.NArg() > 0 {
		return usageError(fmt.Sprintf("unknown command %q: want import, fmt, diff, or flags only", flags.Arg(0)))
	}
	one := job{schema: *schema, dir: *out, pkg: *pkg, standalone: *standalone, extension: *extension}
	jobs := []job{one}
	switch {
	case one == job{}:
		var err error
		if jobs, err = formats(); err != nil {
			return err
		}
	case one.input() == "" || one.dir == "" || one.pkg == "":
		return usageError("-schema or -extension, -out and -package go together")
	case one.schema != "" && one.extension != "", one.extension != "" && one.standalone:
		return usageError("-extension stands alone, without -schema and -standalone")
	}
	return generate(jobs, *check, stdout)
}
