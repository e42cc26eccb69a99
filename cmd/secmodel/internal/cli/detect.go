package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/serialize"
	"github.com/spf13/cobra"
)

// detectFlags are the flags of detect.
type detectFlags struct {
	output outputFlag
	input  inputFlags
}

// newDetect returns the command detect, whose flags set f.
func newDetect(c *console, f *detectFlags) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "detect [FILE...]",
		Short: "Say which format, version and class documents are",
		Long: `Detect says what documents are, without checking them: format, version, class
and content type, and which of their members show it. The version is the one
that a document would be judged by: the one that it names, or the newest if it
names none that is known. For each document there is a line

  file:line:column: idmefv2 2.D.V08 message, application/json, by /Version

With --output json it is an object with the members file, record, format,
version, class, content_type and evidence: an array of objects with the JSON
Pointer and the value of a member. Of a document that is of no known format,
the first three are empty, and error says why.

` + inputHelp + `
Exit codes:
  0    all documents are of a known format
  1    at least one is not
` + exitHelp,
		Example: `  # What is this file?
  secmodel detect alert.json

  # How many of each are in a log?
  secmodel detect events.ndjson | cut -d ' ' -f 2-4 | sort | uniq -c`,
		Args: checkInputs,
		RunE: func(cmd *cobra.Command, args []string) error { return detect(cmd.Context(), c, args, f) },
	}
	cmd.Flags().SortFlags = false
	f.output.name = outputs()[0]
	cmd.Flags().Var(&f.output, "output", "form of the output: for people or for machines")
	f.input.add(cmd)
	complete(cmd, "output", outputs())
	return cmd
}

// detected is what detect says of one document.
type detected struct {
	output []byte
	known  bool
}

// evidence is a member that shows the format of a document.
type evidence struct {
	Pointer string          `json:"pointer"`
	Value   json.RawMessage `json:"value"`
}

// detect says what the documents of all inputs are.
func detect(ctx context.Context, c *console, args []string, f *detectFlags) error {
	documents, known := 0, 0
	opts, asJSON := f.input.options(), f.output.name == "json"
	work := func(d *document) detected { return detectOne(d, opts, asJSON) }
	o := pipeline(ctx, c, args, &f.input, work, func(r detected) bool {
		documents++
		if r.known {
			known++
		} else {
			c.faults.Add(1)
		}
		_, err := c.out.Write(r.output)
		return err == nil
	})
	if o.flush(c) && (o.note() != "" || known < documents) {
		c.errorln(fmt.Sprintf("%s: %d known, %d not%s", count(documents, "document"), known, documents-known, o.note()))
	}
	return o.finish(known == documents)
}

// detectOne says what one document is.
func detectOne(d *document, opts []secmodel.Option, asJSON bool) detected {
	found, err := serialize.Detection{}, d.err
	if err == nil {
		found, err = serialize.DetectPayload(d.Payload(), opts...)
	}
	if asJSON {
		list := make([]evidence, len(found.Evidence))
		for i, e := range found.Evidence {
			list[i].Pointer = e.Pointer
			if len(e.Value) > 0 {
				list[i].Value = e.Value
			}
		}
		reason := ""
		if err != nil {
			reason = d.violation(err).Message
		}
		return detected{known: err == nil, output: jsonLine(struct {
			File   string `json:"file"`
			Record int    `json:"record"`
			secmodel.Identity
			ContentType string     `json:"content_type"`
			Evidence    []evidence `json:"evidence"`
			Error       string     `json:"error,omitzero"`
		}{d.file, d.Number, found.Identity, d.ContentType, list, reason})}
	}
	line := d.appendPlace(nil, &secmodel.Violation{Line: d.Line, Column: d.Column})
	if err != nil {
		return detected{output: append(append(line, printable("unknown: "+strings.TrimPrefix(d.violation(err).Message, "unknown format: "))...), '\n')}
	}
	text := found.Identity.String() + ", " + d.ContentType
	var by []string
	for _, e := range found.Evidence {
		by = append(by, e.Pointer)
	}
	if len(by) > 0 {
		text += ", by " + strings.Join(by, " ")
	}
	return detected{known: true, output: append(append(line, printable(text)...), '\n')}
}
