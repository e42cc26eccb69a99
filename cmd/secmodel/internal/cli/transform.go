package cli

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/secmodel/secmodel"
	"github.com/spf13/cobra"
)

// A transformer is a command that reads documents, changes each, and writes it to
// standard output as JSON, one a line. What it did goes to standard error.
type transformer struct {
	input   inputFlags
	told    toldFlag
	did     string // for the summary: what documents are that it changed, as "repaired"
	same    string // and the others
	other   string // what documents are called that it leaves alone
	changer func(d *document) change
}

// change is what a transformer makes of one document.
type change struct {
	message    secmodel.Message     // afterwards; nil if it is left out
	done       []told               // in the order in which it was done
	changed    bool                 // something was done that there is nothing to tell of
	violations []secmodel.Violation // what there is to say against it, places as in the document
	fault      bool                 // it is not as it should be
	alone      bool                 // it is none that the command changes
}

// told is one thing that was done: as text, and for JSON.
type told struct {
	text string
	item any
}

// toldFlag is the value of the flag --output of a transformer.
type toldFlag struct{ name string }

// toldOutputs are the values of toldFlag.
func toldOutputs() []string { return []string{"text", "json", "none"} }

// String implements pflag.Value.
func (f *toldFlag) String() string { return f.name }

// Type implements pflag.Value.
func (f *toldFlag) Type() string { return strings.Join(toldOutputs(), "|") }

// Set implements pflag.Value.
func (f *toldFlag) Set(text string) error {
	for _, name := range toldOutputs() {
		if name == text {
			f.name = text
			return nil
		}
	}
	return fmt.Errorf("it must be %s", strings.Join(toldOutputs(), ", "))
}

// toldHelp says in a help text where a transformer tells what.
const toldHelp = `The documents go to standard output, as JSON, one on each line, in the order of
the input; "secmodel transcode" turns them into another content type. What was
done goes to standard error: as text; with --output json as one object a line
for each document that there is something to tell of, with the members file,
record, format, version, class, written, changes and violations; or not at all.

`

// add adds the flags that all transformers share to a command; told is the
// default of --output.
func (t *transformer) add(cmd *cobra.Command, told string) {
	t.told.name = told
	cmd.Flags().Var(&t.told, "output", "how to tell on standard error what was done")
	t.input.add(cmd)
	complete(cmd, "output", toldOutputs())
}

// load reads a document without judging it, but for names that occur twice. If
// ok is false, the change is all there is to say.
func (t *transformer) load(d *document) (c change, ok bool) {
	opts := append(t.input.options(), secmodel.MaxViolations(1), secmodel.ErrorsOnly)
	m, err := d.read(opts)
	if m == nil {
		return unreadable(d, err), false
	}
	c.message = m
	c.note(err)
	return c, true
}

// unreadable is the change for a document that cannot be read.
func unreadable(d *document, err error) change {
	v := d.violation(err)
	v.Message += "; left out"
	return change{violations: []secmodel.Violation{v}, fault: true}
}

// note adds the names of err, the verdict of the document, that occur twice.
func (c *change) note(err error) {
	invalid, ok := errors.AsType[*secmodel.ValidationError](err)
	if !ok {
		return
	}
	for _, v := range invalid.Violations {
		if v.Code == secmodel.CodeDuplicate {
			v.Message += "; the last one is kept"
			c.violations, c.fault = append(c.violations, v), true
		}
	}
}

// transformed is a document on its way out.
type transformed struct {
	output, notes      []byte
	fault, alone, done bool
}

// work changes a document and writes it.
func (t *transformer) work(d *document) transformed {
	c := t.changer(d)
	r := transformed{fault: c.fault, alone: c.alone, done: c.changed || len(c.done) > 0}
	var id secmodel.Identity
	if c.message != nil {
		id = c.message.Identity()
		out, err := c.message.AppendJSON(make([]byte, 0, len(d.Data)+len(d.Data)/4+1))
		if err != nil {
			r.fault = true
			c.violations = append(c.violations, secmodel.Violation{Code: codeUnwritable, Message: err.Error() + "; left out", Line: min(d.Line, 1), Column: min(d.Column, 1)})
		} else {
			r.output = append(out, '\n')
		}
	}
	for i := range c.violations {
		d.toFile(&c.violations[i])
	}
	if t.told.name != "none" && len(c.done)+len(c.violations) > 0 || r.fault && len(c.violations) > 0 {
		r.notes = t.notes(d, id, &c, r.output != nil)
	}
	return r
}

// codeUnwritable is the code for a document that the content type of the output
// cannot hold.
const codeUnwritable = "document_unwritable"

// notes tells of a document.
func (t *transformer) notes(d *document, id secmodel.Identity, c *change, written bool) []byte {
	if t.told.name == "json" {
		items := make([]any, len(c.done))
		for i := range c.done {
			items[i] = c.done[i].item
		}
		if c.violations == nil {
			c.violations = []secmodel.Violation{} // [], not null
		}
		return jsonLine(struct {
			File   string `json:"file"`
			Record int    `json:"record"`
			secmodel.Identity
			Written    bool                 `json:"written"`
			Changes    []any                `json:"changes"`
			Violations []secmodel.Violation `json:"violations"`
		}{d.file, d.Number, id, written, items, c.violations})
	}
	var text []byte
	start := secmodel.Violation{Line: d.Line, Column: d.Column}
	if t.told.name != "none" {
		for i := range c.done {
			text = d.appendPlace(text, &start)
			text = append(append(text, printable(c.done[i].text)...), '\n')
		}
	}
	for i := range c.violations {
		text = d.appendText(text, &c.violations[i], look{})
	}
	return text
}

// jsonLine gives a value as JSON on one line.
func jsonLine(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		// All that is told is scalars and JSON from documents.
		panic("cli: a result is no JSON: " + err.Error())
	}
	return b.Bytes()
}

// run changes the documents of all inputs.
func (t *transformer) run(ctx context.Context, c *console, args []string) error {
	documents, done, alone, faults, out := 0, 0, 0, 0, 0
	o := pipeline(ctx, c, args, &t.input, t.work, func(r transformed) bool {
		documents++
		switch {
		case r.output == nil:
			out++
		case r.done:
			done++
		case r.alone:
			alone++
		}
		if r.fault {
			faults++
			c.faults.Add(1)
		}
		if len(r.notes) > 0 {
			c.errorln(string(bytes.TrimSuffix(r.notes, []byte("\n"))))
		}
		_, err := c.out.Write(r.output)
		return err == nil
	})
	if !o.flush(c) {
		return o.finish(false)
	}
	note := ""
	if alone > 0 {
		note += fmt.Sprintf(", %d %s", alone, t.other)
	}
	if out > 0 {
		note += fmt.Sprintf(", %d left out", out)
	}
	if faults > out {
		note += fmt.Sprintf("; %d not as they should be", faults-out)
	}
	c.errorln(fmt.Sprintf("%s: %d %s, %d %s%s%s", count(documents, "document"), done, t.did, documents-done-alone-out, cmp.Or(t.same, "as they were"), note, o.note()))
	return o.finish(faults == 0)
}
