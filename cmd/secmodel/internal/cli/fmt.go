package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/serialize"
	"github.com/secmodel/secmodel/wire"
	"github.com/spf13/cobra"
)

// fmtFlags are the flags of fmt.
type fmtFlags struct {
	indent indentFlag
	input  inputFlags
}

// newFmt returns the command fmt, whose flags set f.
func newFmt(c *console, f *fmtFlags) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "fmt [FILE...]",
		Short: "Write documents with members in the order of the specification",
		Long: `Fmt writes documents to standard output as JSON, each on one line or, with
--indent, over several, with the members of all objects in the order of the
specification; those that are unknown or of a wrong type come last. Nothing else
changes: a document says afterwards what it said before, be it valid or not. The
documents of an array are written one after the other, not as an array.

` + inputHelp + `
Nothing is lost without a word. A document that is of no known format, or that
has two members of the same name in one object, is reported and written with its
members as they are. One that is no JSON or too large is reported and left out.

Exit codes:
  0    all documents were written in order
  1    at least one was left out, or written with its members as they are
` + exitHelp,
		Example: `  # Look at an event
  secmodel fmt --indent 2 alert.json

  # Make one document a line of an array, or of many files
  secmodel fmt archive.json 'alerts/*.json' > all.ndjson

  # Do two files say the same? Then diff finds nothing
  secmodel fmt --indent tab alert.json > a
  secmodel fmt --indent tab copy.json > b
  diff a b`,
		Args: checkInputs,
		RunE: func(cmd *cobra.Command, args []string) error {
			// One violation is as good as many: all that matters are
			// duplicate names, which the limit does not hold back.
			opts := append(f.input.options(), secmodel.MaxViolations(1))
			return reformat(cmd.Context(), c, args, &f.input, &formatter{opts: opts, indent: f.indent.indent})
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.Var(&f.indent, "indent", "write over several lines, indented by this many spaces, by a tab, or by this string")
	f.input.add(cmd)
	complete(cmd, "indent", []string{"2", "4", "tab"})
	return cmd
}

// formatted is what fmt makes of one document.
type formatted struct {
	output []byte // empty if the document is left out
	report []byte // for people, empty if all is well
}

// formatter writes documents in order.
type formatter struct {
	opts   []secmodel.Option
	indent string
}

// format writes one document.
func (f *formatter) format(d *document) formatted {
	m, err := d.read(f.opts)
	if invalid, ok := errors.AsType[*secmodel.ValidationError](err); ok {
		twice := slices.IndexFunc(invalid.Violations, func(v secmodel.Violation) bool { return v.Code == secmodel.CodeDuplicate })
		if twice >= 0 {
			if d.ContentType != serialize.JSON {
				return f.fault(d, invalid.Violations[twice], nil)
			}
			return f.fault(d, invalid.Violations[twice], f.layout(d.Data))
		}
	} else if err != nil {
		if d.err != nil || d.ContentType != serialize.JSON || wire.CheckSyntax(d.Data, secmodel.DefaultMaxDepth) != nil {
			return f.fault(d, d.violation(err), nil)
		}
		return f.fault(d, d.violation(err), f.layout(d.Data))
	}
	data, err := m.AppendJSON(make([]byte, 0, len(d.Data)+1))
	if err != nil {
		// Only a message that a program has made can have what JSON hasn't.
		panic("cli: a decoded message cannot be written: " + err.Error())
	}
	if f.indent != "" {
		data = f.layout(data)
	} else {
		data = append(data, '\n')
	}
	return formatted{output: data}
}

// layout writes JSON compact or indented, with a newline at its end.
func (f *formatter) layout(data []byte) []byte {
	if f.indent != "" {
		return append(wire.AppendIndent(make([]byte, 0, 2*len(data)), data, f.indent), '\n')
	}
	var b bytes.Buffer
	if err := json.Compact(&b, data); err != nil {
		panic("cli: what has been read as JSON is none: " + err.Error())
	}
	b.WriteByte('\n')
	return b.Bytes()
}

// fault reports a document that is not written in order, but as output or, if
// that is empty, not at all.
func (f *formatter) fault(d *document, v secmodel.Violation, output []byte) formatted {
	if output != nil {
		v.Message += "; written as it is"
	} else {
		v.Message += "; left out"
	}
	d.toFile(&v)
	return formatted{output, d.appendText(nil, &v, look{})}
}

// reformat writes the documents of all inputs.
func reformat(ctx context.Context, c *console, args []string, in *inputFlags, f *formatter) error {
	documents, asIs, out := 0, 0, 0
	o := pipeline(ctx, c, args, in, f.format, func(r formatted) bool {
		documents++
		if r.report != nil {
			c.faults.Add(1)
			c.errorln(string(bytes.TrimSuffix(r.report, []byte("\n"))))
			if r.output == nil {
				out++
			} else {
				asIs++
			}
		}
		_, err := c.out.Write(r.output)
		return err == nil
	})
	if faults := asIs + out; o.flush(c) && (faults > 0 || o.note() != "") {
		c.errorln(fmt.Sprintf("%s: %d written in order, %d written as they are, %d left out%s",
			count(documents, "document"), documents-faults, asIs, out, o.note()))
	}
	return o.finish(asIs+out == 0)
}
