package cli

import (
	"context"
	"fmt"

	"github.com/secmodel/secmodel"
	"github.com/spf13/cobra"
)

// validateFlags are the flags of validate.
type validateFlags struct {
	output                    outputFlag
	version                   versionFlag
	strict, text, recommended bool
	lint, roundTrip           bool
	input                     inputFlags
	stop                      stopFlags
}

// options returns the options that the flags stand for.
func (f *validateFlags) options() []secmodel.Option {
	opts := append(f.input.options(), secmodel.WithVersion(f.version.version))
	if f.strict {
		opts = append(opts, secmodel.Strict())
	}
	if f.text {
		opts = append(opts, secmodel.Text())
	}
	if f.recommended {
		opts = append(opts, secmodel.Recommended())
	}
	if f.lint {
		opts = append(opts, secmodel.Lint())
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
only. A suspicion, which --lint looks for, is of what the specification allows
and what is probably still a mistake, as a time in the wrong unit.

For each violation the output has a line

  file:line:column: error: /Source/0/IP: what is wrong (code)

with the place in the file, the JSON Pointer (RFC 6901) of the value, and a code
that stays the same from release to release. Below it is the line of the file,
with the value marked. Lines and columns are counted from 1, columns in bytes.
In a file that is not text the place is file:record 3:byte 120, counted from the
beginning of the file. What a code means says secmodel explain.

A summary goes to standard error, for several documents with how often each code
and each class occurred.

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
    severity   "error", "warning" or "suspicion"
    code       what kind of violation it is; "syntax" if this is not JSON
    pointer    JSON Pointer of the value; of a missing member, where it would be
    message    for people; it may change from release to release
    value      what stands there; null if nothing does
    expected   what would have been right; null if that is not said shortly
    offset     place of the value, in bytes from the start of the document; for
               a missing member, place of the object that lacks it
    length     its length in bytes
    line       its line in the file, counted from 1; 0 if there are no lines
    column     its column in that line, in bytes, counted from 1; 0 likewise

Exit codes:
  0    all documents are valid
  1    at least one is not
` + exitHelp + `
Versions, for --version-as:
` + versionList(),
		Example: `  # One file
  secmodel validate alert.json

  # All files of a directory, warnings not tolerated
  secmodel validate --strict 'alerts/*.json'

  # A log with one event a line, from a pipe
  cat events.ndjson | secmodel validate

  # Everything below a directory, up to the tenth invalid document
  secmodel validate --max-errors 10 alerts

  # What is allowed and still looks wrong
  secmodel validate --lint events.ndjson

  # How often each code occurs
  secmodel validate --output json *.ndjson |
    grep -o '"code":"[^"]*"' | sort | uniq -c

  # Is a document ready for another version of its format?
  secmodel validate --version-as 2.D.V08 alert.json`,
		Args: checkInputs,
		RunE: func(cmd *cobra.Command, args []string) error {
			j := &judge{opts: f.options(), json: f.output.name == "json", roundTrip: f.roundTrip, look: c.look}
			return validate(cmd.Context(), c, args, &f.input, j, f.stop.limit())
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
	flags.BoolVar(&f.lint, "lint", false, "also tell suspicions: what is allowed and probably still a mistake")
	flags.BoolVar(&f.roundTrip, "round-trip", false, "also write each document back, and compare: nothing must be lost")
	f.stop.add(cmd)
	f.input.add(cmd)
	complete(cmd, "output", outputs())
	complete(cmd, "version-as", versions())
	return cmd
}

// validate judges the documents of all inputs, up to a number of invalid ones if
// that is not 0.
func validate(ctx context.Context, c *console, args []string, in *inputFlags, j *judge, limit int) error {
	documents, valid, warned, all := 0, 0, 0, newTally()
	o := pipeline(ctx, c, args, in, j.verdict, func(v verdict) bool {
		documents++
		if v.valid {
			valid++
		} else {
			c.faults.Add(1)
		}
		if v.warned {
			warned++
		}
		all.add(v.found)
		_, err := c.out.Write(v.output)
		return err == nil && (limit == 0 || documents-valid < limit)
	})
	if !o.flush(c) {
		return o.finish(false)
	}
	note := o.note()
	if limit > 0 && documents-valid >= limit {
		note += "; stopped"
	}
	c.errorln(fmt.Sprintf("%s: %d valid, %d invalid, %d with warnings%s",
		count(documents, "document"), valid, documents-valid, warned, note))
	if documents > 1 {
		for _, line := range all.lines() {
			c.errorln(line)
		}
	}
	return o.finish(valid == documents)
}
