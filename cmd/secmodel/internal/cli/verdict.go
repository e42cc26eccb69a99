package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsonequal"
	"github.com/secmodel/secmodel/serialize"
)

// verdict is what validation says of one document.
type verdict struct {
	found
	warned bool   // there are warnings
	output []byte // what to write to standard output
}

// judge validates documents.
type judge struct {
	opts      []secmodel.Option
	json      bool // output is JSON
	roundTrip bool // write each document and compare
	look      look
}

// verdict validates one document.
func (j *judge) verdict(d *document) verdict {
	report, err := secmodel.Report{}, d.err
	if err == nil {
		report, err = serialize.ValidateBytes(d.Payload(), j.opts...)
	}
	if err != nil {
		report = secmodel.Report{Violations: []secmodel.Violation{d.violation(err)}}
	}
	if err == nil && j.roundTrip {
		if err := roundTrip(d.Payload(), j.opts); err != nil {
			report.Violations = append(report.Violations, secmodel.Violation{
				Code: codeRoundTrip, Message: "written back, the document is another: " + err.Error(),
				Offset: 0, Length: len(d.Data), Line: min(d.Line, 1), Column: min(d.Column, 1),
			})
		}
	}
	for i := range report.Violations {
		d.toFile(&report.Violations[i])
	}
	v := verdict{found: foundIn(&report, report.Err(j.opts...) == nil), warned: report.Count(secmodel.Warning) > 0}
	if j.json {
		v.output = d.appendJSON(&report, v.valid)
	} else {
		v.output = d.appendReport(&report, j.look)
	}
	return v
}

// codeRoundTrip is the code for a document that does not survive being decoded
// and written: a defect of secmodel.
const codeRoundTrip = "round_trip_failed"

// roundTrip decodes a document, writes it, and compares the two. Of duplicate
// member names the last counts. What is not JSON is written in its own content
// type, read again, and compared as JSON.
func roundTrip(p serialize.Payload, opts []secmodel.Option) error {
	opts = append(slices.Clip(opts), secmodel.SkipValidation())
	m, err := serialize.Unserialize(p, opts...)
	if err != nil {
		return err
	}
	text, err := m.AppendJSON(nil)
	if err != nil {
		return err
	}
	if p.ContentType == serialize.JSON {
		return jsonequal.Equal(p.Data, text, true)
	}
	again, err := serialize.Serialize(m, p.ContentType, opts...)
	if err != nil {
		return err
	}
	if m, err = serialize.Unserialize(again, opts...); err != nil {
		return err
	}
	back, err := m.AppendJSON(nil)
	if err != nil {
		return err
	}
	return jsonequal.Equal(text, back, true)
}

// appendReport gives a report for people; it is empty if there is nothing to
// say.
func (d *document) appendReport(report *secmodel.Report, l look) []byte {
	var text []byte
	for i := range report.Violations {
		text = d.appendText(text, &report.Violations[i], l)
	}
	if report.Truncated {
		text = d.appendLine(text, d.Line, d.Column)
		text = fmt.Appendf(text, "note: only the first %d violations are listed\n", len(report.Violations))
	}
	return text
}

// appendJSON gives a report for machines, on one line.
func (d *document) appendJSON(report *secmodel.Report, valid bool) []byte {
	if report.Violations == nil {
		report.Violations = []secmodel.Violation{} // [], not null
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(struct {
		File   string `json:"file"`
		Record int    `json:"record"`
		secmodel.Identity
		Valid      bool                 `json:"valid"`
		Truncated  bool                 `json:"truncated,omitzero"`
		Violations []secmodel.Violation `json:"violations"`
	}{d.file, d.Number, report.Identity, valid, report.Truncated, report.Violations})
	if err != nil {
		// Values are scalars and JSON from the document.
		panic("cli: a violation is no JSON: " + err.Error())
	}
	return b.Bytes()
}
