package cli

import (
	"fmt"

	"github.com/secmodel/secmodel"
	"github.com/spf13/cobra"
)

// validateFlags are the flags of validate.
type validateFlags struct {
	output                    outputFlag
	version                   versionFlag
	strict, text, recommended bool
	roundTrip                 bool
	maxBytes                  bytesFlag
}

// options returns the options that the flags stand for.
func (f *validateFlags) options() []secmodel.Option {
	opts := []secmodel.Option{secmodel.WithVersion(f.version.version), secmodel.MaxBytes(f.maxBytes.n)}
	if f.strict {
		opts = append(opts, secmodel.Strict())
	}
	if f.text {
		opts = append(opts, secmodel.Text())
	}
	if f.recommended {
		opts = append(opts, secmodel.Recommended())
	}
	return opts
}

// newValidate returns the command validate, whose flags set f.
func newValidate(c *console, f *validateFlags) *cobra.Command {
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
  secmodel validate --output json *.ndjson |
    grep -o '"code":"[^"]*"' | sort | uniq -c

  # Is a document ready for another version of its format?
  secmodel validate --version-as 2.D.V08 alert.json`,
		Args: checkInputs,
		RunE: func(_ *cobra.Command, args []string) error {
			return validate(c, args, &judge{opts: f.options(), json: f.output.name == "json", roundTrip: f.roundTrip})
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	f.output.name = outputs()[0]
	flags.Var(&f.output, "output", "form of the output: for people or for machines")
	flags.Var(&f.version, "version-as", "judge documents by this version, whatever they name themselves")
	flags.BoolVar(&f.strict, "strict", false, "warnings make a document invalid too")
	flags.BoolVar(&f.text, "text", false, "rules that only the text of a specification states are errors, not warnings")
	flags.BoolVar(&f.recommended, "recommended", false, "warn of recommended attributes that are missing")
	flags.BoolVar(&f.roundTrip, "round-trip", false, "also write each document back, and compare: nothing must be lost")
	addMaxBytes(cmd, &f.maxBytes)
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
