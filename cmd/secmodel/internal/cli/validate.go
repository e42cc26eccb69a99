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
		Long: `Validate checks documents against the rules of their format, and lists all that
is wrong, not only the first thing.

` + inputHelp + `
An error makes a document invalid. A warning does not: it is for what receivers
accept or store altered, and for rules that a specification states only in its
text.

For each violation the output has a line

  file:line:column: error: /Source/0/IP: what is wrong (code)

with the place in the file, the JSON Pointer (RFC 6901) of the value, and a code
that never changes, for machines; and below it the line of the file, with the
value marked. Lines and columns are counted from 1, columns in bytes. A summary
goes to standard error.

With --output json there is one object a line for each document, valid or not, in
the order of the input, with the members

  file         as it was named, "-" for standard input
  record       number of the document in the file, from 1
  format       "idmefv2" or "mozdef"; "" if the document is none that is known
  version      the version of the format that it was judged by
  class        what the document is within its format
  valid        true or false
  violations   an array of objects:
    severity   "error" or "warning"
    code       the code; "syntax" if the document is not JSON
    pointer    JSON Pointer of the value; for a missing member, where it should be
    message    for people; it may change
    value      what stands there, null if nothing does
    expected   what would have been right, null if that can't be said shortly
    offset     where the value begins, in bytes from the start of the document
    length     how long it is, in bytes
    line       where it begins, in the file, counted from 1
    column     in bytes, counted from 1
  truncated    true, and only there if so: there are more violations

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

  # Codes of all violations, with how often each occurs
  secmodel validate --output json events.ndjson | grep -o '"code":"[^"]*"' | sort | uniq -c

  # Is a document ready for another version of its format?
  secmodel validate --version-as 2.D.V08 alert.json`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkInputs(cmd, args); err != nil {
				return err
			}
			opts := []secmodel.Option{secmodel.MaxBytes(maxBytes.n)}
			if version.version != "" {
				opts = append(opts, secmodel.WithVersion(version.version))
			}
			if text {
				opts = append(opts, secmodel.Text())
			}
			if recommended {
				opts = append(opts, secmodel.Recommended())
			}
			return validate(c, args, &judge{opts: opts, strict: strict, json: output.name == "json"})
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
