package cli

import (
	"fmt"

	"github.com/secmodel/secmodel"
	"github.com/spf13/cobra"
)

// newValidate returns the command validate.
func newValidate(c *console) *cobra.Command {
	var (
		output              = outputFlag{outputs()[0]}
		version             versionFlag
		strict, recommended bool
		text                bool
		maxBytes            *bytesFlag
	)
	cmd := &cobra.Command{
		Use:   "validate [FILE...]",
		Short: "Say whether documents are valid, and where they are not",
		Long: `Validate checks documents against the rules of their format, and tells all that
is wrong with them, not only the first thing.

` + inputHelp + `
An error makes a document invalid. A warning does not: it is for what receivers
accept or store altered, and for rules that a specification states in its text
only.

For each violation the output has a line

  file:line:column: error: /Source/0/IP: what is wrong (code)

with the place in the file, the JSON Pointer (RFC 6901) of the value, and a code
that stays the same from release to release. Below it is the line of the file,
with the value marked. Lines and columns are counted from 1, columns in bytes. A
summary goes to standard error.

With --output json the output has one object a line for each document, valid or
not, in the order of the input. Its members are

  file         as it was named, "-" for standard input
  record       number of the document in the file, counted from 1
  format       name of the format; "" if it is not known
  version      version of the format that the document was judged by
  class        what the document is within its format
  valid        true or false
  truncated    true if there are more violations than are listed; else absent
  violations   an array, of objects with the members
    severity   "error" or "warning"
    code       what kind of violation it is; "syntax" if this is not JSON
    pointer    JSON Pointer of the value; of a missing member, where it would be
    message    for people; it may change from release to release
    value      what stands there; null if nothing does
    expected   what would have been right; null if that is not said shortly
    offset     place of the value, in bytes from the start of the document; for
               a missing member, place of the object that lacks it
    length     its length in bytes
    line       its line in the file, counted from 1
    column     its column in that line, in bytes, counted from 1

Exit codes:
  0  all documents are valid
  1  at least one is not
  2  the command line is not understood
  3  an input could not be read, or the output not written

Versions, for --version-as:
` + versionList(),
		Example: `  # One file
  secmodel validate alert.json

  # All files of a directory, warnings not tolerated
  secmodel validate --strict 'alerts/*.json'

  # A log with one event a line, from a pipe
  cat events.ndjson | secmodel validate

  # How often each code occurs
  secmodel validate --output json *.ndjson | grep -o '"code":"[^"]*"' | sort | uniq -c

  # Is a document ready for another version of its format?
  secmodel validate --version-as 2.D.V08 alert.json`,
		Args: checkInputs,
		RunE: func(_ *cobra.Command, args []string) error {
			opts := []secmodel.Option{secmodel.MaxBytes(maxBytes.n)}
			if version.version != "" {
				opts = append(opts, secmodel.WithVersion(version.version))
			}
			for _, flag := range [...]struct {
				given  bool
				option secmodel.Option
			}{
				{strict, secmodel.Strict()},
				{text, secmodel.Text()},
				{recommended, secmodel.Recommended()},
			} {
				if flag.given {
					opts = append(opts, flag.option)
				}
			}
			return validate(c, args, &judge{opts: opts, json: output.name == "json"})
		},
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.Var(&output, "output", "form of the output: for people or for machines")
	f.Var(&version, "version-as", "judge documents by this version, whatever they name themselves")
	f.BoolVar(&strict, "strict", false, "warnings make a document invalid too")
	f.BoolVar(&text, "text", false, "rules that only the text of a specification states are errors, not warnings")
	f.BoolVar(&recommended, "recommended", false, "warn of recommended attributes that are missing")
	maxBytes = addMaxBytes(cmd)
	complete(cmd, "output", outputs())
	complete(cmd, "version-as", versions())
	return cmd
}

// validate judges the documents of all inputs.
func validate(c *console, args []string, j *judge) error {
	documents, valid, warned := 0, 0, 0
	unread := pipeline(c, args, j.opts, j.verdict, func(v verdict) bool {
		documents++
		if v.valid {
			valid++
		}
		if v.warned {
			warned++
		}
		_, err := c.out.Write(v.output)
		return err == nil
	})
	if c.out.Flush() == nil {
		c.errorln(fmt.Sprintf("%s: %d valid, %d invalid, %d with warnings%s",
			count(documents, "document"), valid, documents-valid, warned, unreadNote(unread)))
	}
	return finish(unread, valid == documents)
}
