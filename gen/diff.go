package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/secmodel/secmodel/internal/model"
	"github.com/secmodel/secmodel/internal/specdiff"
)

const diffUsage = "usage: gen diff [-output text|json|markdown] [-schemas DIR] FORMAT FROM TO"

// runDiff lists what changed from one version of a format to another. args are
// those after the word diff; flags may stand before and after the names.
func runDiff(args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("gen diff", flag.ContinueOnError)
	flags.SetOutput(stderr)
	output := flags.String("output", "text", "`form` of the list: text, json or markdown")
	schemas := flags.String("schemas", "schemas", "`directory` of the schemas")
	var names []string
	for len(args) > 0 {
		if err := flags.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				return err
			}
			return usageError("see gen diff -help")
		}
		if args = flags.Args(); len(args) > 0 {
			names, args = append(names, args[0]), args[1:]
		}
	}
	if len(names) != 3 {
		return usageError("diff: want a format and two versions; " + diffUsage)
	}
	data, err := os.ReadFile(filepath.Join(*schemas, names[0]+schemaSuffix))
	if err != nil {
		return err
	}
	schema, err := model.Parse(data)
	if err != nil {
		return fmt.Errorf("%s: %w", names[0], err)
	}
	report, err := specdiff.Compare(schema, names[1], names[2])
	if err != nil {
		return err
	}
	var text []byte
	switch *output {
	case "text":
		text = report.Text()
	case "markdown":
		text = report.Markdown()
	case "json":
		if text, err = report.JSON(); err != nil {
			return err
		}
	default:
		return usageError(fmt.Sprintf("diff: no output %q: want text, json or markdown", *output))
	}
	_, err = stdout.Write(text)
	return err
}
