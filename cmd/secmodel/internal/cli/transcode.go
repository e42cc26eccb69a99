package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/serialize"
	"github.com/spf13/cobra"
)

// transcodeFlags are the flags of transcode.
type transcodeFlags struct {
	to       typeFlag
	compress encodingFlag
	indent   indentFlag
	bundle   bool
	input    inputFlags
}

// encodingFlag is the value of a flag that names a content encoding.
type encodingFlag struct{ name string }

// String implements pflag.Value.
func (f *encodingFlag) String() string { return f.name }

// Type implements pflag.Value.
func (f *encodingFlag) Type() string { return strings.Join(serialize.ContentEncodings(), "|") }

// Set implements pflag.Value.
func (f *encodingFlag) Set(text string) error {
	if list := serialize.ContentEncodings(); !slices.Contains(list, text) {
		return fmt.Errorf("it must be %s", strings.Join(list, ", "))
	}
	f.name = text
	return nil
}

// newTranscode returns the command transcode, whose flags set f.
func newTranscode(c *console, f *transcodeFlags) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "transcode --to TYPE [FILE...]",
		Short: "Write documents in another content type",
		Long: `Transcode writes documents in another content type. They say afterwards what
they said before, be they valid or not. Several documents are written as the
content type has them: lines for ndjson, one array for json and cbor, a sequence
for json-seq, cbor-seq and msgpack, documents with lines "---" between them for
yaml.

What the content type cannot hold is reported with its place, and the document
left out. A document that has two members of the same name in one object is
reported, and written with the last one.

` + inputHelp + `
Exit codes:
  0    all documents were written
  1    at least one was left out, or has two members of one name
` + exitHelp,
		Example: `  # To CBOR, and back
  secmodel transcode --to cbor-seq events.ndjson > events.cborseq
  secmodel transcode --to ndjson events.cborseq

  # One compressed stream of many files
  secmodel transcode --to ndjson --compress zstd alerts > alerts.ndjson.zst

  # To read
  secmodel transcode --to yaml alert.json`,
		Args: checkInputs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.to.contentType == "" {
				return errors.New("say which content type to write, with --to")
			}
			if f.bundle && f.to.contentType != serialize.JSON {
				return errors.New("--bundle goes with --to json only")
			}
			return transcode(cmd.Context(), c, args, f)
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.Var(&f.to, "to", "content type of the output: "+strings.Join(typeNames(), ", "))
	flags.Var(&f.compress, "compress", "compress the output")
	flags.Var(&f.indent, "indent", "write JSON over several lines, indented by this many spaces, by a tab, or by this string")
	flags.BoolVar(&f.bundle, "bundle", false, "write OCSF events as one bundle; with --to json")
	f.input.add(cmd)
	complete(cmd, "to", typeNames())
	complete(cmd, "compress", serialize.ContentEncodings())
	complete(cmd, "indent", []string{"2", "4", "tab"})
	return cmd
}

// options returns the options of writing that the flags stand for.
func (f *transcodeFlags) options() []secmodel.Option {
	opts := []secmodel.Option{secmodel.SkipValidation(), secmodel.ContentEncoding(f.compress.name), secmodel.Indent(f.indent.indent)}
	if f.bundle {
		opts = append(opts, secmodel.Bundle())
	}
	return opts
}

// loaded is a document that is to be written.
type loaded struct {
	document // without its text
	change
}

// transcode writes the documents of all inputs.
func transcode(ctx context.Context, c *console, args []string, f *transcodeFlags) error {
	t := transformer{input: f.input}
	w := serialize.NewWriter(c.out, f.to.contentType, f.options()...)
	documents, faults, out := 0, 0, 0
	var failed error
	work := func(d *document) loaded {
		ch, _ := t.load(d)
		for i := range ch.violations {
			d.toFile(&ch.violations[i])
		}
		l := loaded{*d, ch}
		if len(ch.violations) == 0 {
			l.Data = nil
		} else {
			l.Data = slices.Clone(d.Data) // for the line that is shown
		}
		return l
	}
	o := pipeline(ctx, c, args, &f.input, work, func(l loaded) bool {
		documents++
		if l.message == nil {
			out++
		} else if err := w.Write(l.message); err != nil {
			e, ok := errors.AsType[*secmodel.EncodeError](err)
			if !ok {
				failed = err
				return false
			}
			out++
			l.fault = true
			l.violations = append(l.violations, secmodel.Violation{Code: codeUnwritable, Pointer: e.Pointer, Message: err.Error() + "; left out", Line: l.Line, Column: l.Column})
		}
		if l.fault {
			faults++
			c.faults.Add(1)
		}
		for i := range l.violations {
			c.errorln(strings.TrimSuffix(string(l.appendText(nil, &l.violations[i], look{})), "\n"))
		}
		return true
	})
	if failed == nil {
		failed = w.Close()
	}
	if !o.flush(c) {
		return o.finish(false) // close reports that
	}
	if failed != nil && !o.gone {
		c.errorf("cannot write %s: %s", f.to.name, failed)
		return status(exitIO)
	}
	if faults > 0 || o.note() != "" {
		c.errorln(fmt.Sprintf("%s: %d written, %d left out%s", count(documents, "document"), w.Written(), out, o.note()))
	}
	return o.finish(faults == 0)
}
