package cli

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/serialize"
)

// verdict is what validation says of one document.
type verdict struct {
	valid  bool
	warned bool   // there are warnings
	output []byte // what to write to standard output
}

// judge validates documents.
type judge struct {
	opts []secmodel.Option
	json bool // output is JSON
}

// verdict validates one document.
func (j *judge) verdict(d *document) verdict {
	report, err := secmodel.Report{}, d.err
	if err == nil {
		report, err = serialize.ValidateBytes(serialize.Payload{Data: d.Data}, j.opts...)
	}
	if err != nil {
		report = secmodel.Report{Violations: []secmodel.Violation{d.violation(err)}}
	}
	for i := range report.Violations {
		d.toFile(&report.Violations[i])
	}
	v := verdict{valid: report.Err(j.opts...) == nil, warned: report.Count(secmodel.Warning) > 0}
	if j.json {
		v.output = d.appendJSON(&report, v.valid)
	} else {
		v.output = d.appendReport(&report)
	}
	return v
}

// appendReport gives a report for people; it is empty if there is nothing to
// say.
func (d *document) appendReport(report *secmodel.Report) []byte {
	var text []byte
	for i := range report.Violations {
		text = d.appendText(text, &report.Violations[i])
	}
	if report.Truncated {
		text = d.appendPlace(text, d.Line, d.Column)
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
