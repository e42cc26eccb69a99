package idmefv2

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/residue"
	"github.com/secmodel/secmodel/wire"
)

// crosswalk names the tables by which ForVersion converts, with their version.
// Old versions of the tables stay in the library, so that what they made can be
// restored.
const crosswalk = "idmefv2-idmefv2/1"

// carrierName is how the names of the attachments that carry a residue begin.
const carrierName = "idmefv2Residue"

// ForVersion returns the message as another draft has it, up or down: "2.D.V06".
// The input is not changed. The error is secmodel.ErrVersion if the draft is
// not known, a *secmodel.EncodeError if the message cannot be written, or a
// *secmodel.SyntaxError if what is left of it is empty objects beyond the limit
// of memory; a message that is not valid converts too.
//
// Categories, statuses, sectors and kinds of analyzer are mapped by table;
// values that the other draft's enumeration does not have become its marker for
// other values, with the value itself in the ext- attribute; the organisation,
// the type and the shape of attributes that were single values are adapted.
// What then has no place in the other draft travels in an Attachment called
// idmefv2Residue, from which Restore gets the message back exactly. What the
// other draft demands and the message does not have, as an ID of each Source
// from draft 07 on, is not invented: the result lacks it, and the report has a
// requirement_unmet. Apart from that the result is valid.
//
// A message of that draft already is returned as it is, as a copy, without an
// Attachment. Converting a message that carries a residue adds another one,
// and Restore undoes one conversion at a time.
func ForVersion(m *Message, version string) (*Message, secmodel.ConversionReport, error) {
	from, to, report, err := residue.Begin(m, version)
	if err != nil {
		return nil, report, err
	}
	report.To.Version = version
	if name, _, _ := wire.VersionOf(m); name == version {
		return m.Clone(), report, nil
	}
	source, err := residue.Document(m)
	if err != nil {
		return nil, report, err
	}

	c := conversion{from: from, to: to, notes: residue.Notes{}}
	target := residue.Copy(source)
	c.message(target)
	target["Version"] = version
	unmet, err := c.fit(target)
	if err != nil {
		return nil, report, err
	}
	back := restored(target, from, to)
	carrier := residue.Carrier{
		Format: Format, Crosswalk: crosswalk, From: table.Versions[from], To: version,
		Residue: residue.Between(back, source),
	}
	report.Entries = append(c.notes.Changes(carrier.Residue), unmet...)
	attach(target, &carrier)
	out, err := decode(target)
	return out, report, err
}

// Restore undoes ForVersion: it returns the message that m was made from. What
// has been edited since stays as edited and is reported (residue_superseded), as
// is what the edit left no place for (residue_orphaned); Lossless says that
// there is no such thing. A message that carries no residue is returned as it
// is, as a copy, and so is one whose residue was made by tables that this
// release of the library does not have (crosswalk_version_unknown). The input
// is not changed.
//
// A residue is data from whoever sent the message: what Restore returns is what
// the sender says the message was.
func Restore(m *Message) (*Message, secmodel.ConversionReport, error) {
	report := residue.NewReport(m)
	target, err := residue.Document(m)
	if err != nil {
		return nil, report, err
	}
	at, carrier, complete := findCarrier(target)
	if at < 0 {
		return m.Clone(), report, nil
	}
	pointer := fmt.Sprintf("/Attachment/%d", at)
	from, to, known := carrier.Versions(&table, crosswalk)
	if !known {
		carrier.Refuse(&report, pointer)
		return m.Clone(), report, nil
	}
	detach(target, at)
	source := restored(target, from, to)
	carrier.Restore(source, complete, &report, pointer)
	out, err := decode(source)
	if err != nil {
		return nil, report, err
	}
	report.To = out.Identity()
	return out, report, nil
}

// restored returns what conversion alone makes of a target, without its
// residue, on the way back to the draft of the source.
func restored(target map[string]any, from, to int) map[string]any {
	back := residue.Copy(target)
	(&conversion{from: to, to: from}).message(back)
	if back["Version"] == table.Versions[to] {
		back["Version"] = table.Versions[from]
	}
	return back
}

func decode(doc map[string]any) (*Message, error) {
	m := new(Message)
	text := residue.Text(doc)
	d := wire.Decoder{MaxDepth: len(text)}
	if err := d.Decode(m, text); err != nil {
		return nil, err
	}
	return m, nil
}

// fit removes what the target draft does not admit, and returns what it demands
// in vain.
func (c *conversion) fit(target map[string]any) ([]secmodel.Change, error) {
	check := func(doc map[string]any) ([]secmodel.Violation, error) {
		m, err := decode(doc)
		if err != nil {
			return nil, err
		}
		report := m.Check(secmodel.MaxViolations(0))
		return slices.DeleteFunc(report.Violations, func(v secmodel.Violation) bool { return !c.matters(v) }), nil
	}
	rest, err := residue.Fit(target, check, func(v secmodel.Violation, _ func(string, int) int) []string {
		if v.Code == secmodel.CodeRequiredMissing {
			return nil
		}
		return []string{v.Pointer}
	})
	return residue.Unmet(rest), err
}

// matters reports whether a violation makes a message invalid, or would if the
// schemas of the first drafts did not forget to look inside Analyzer.
func (c *conversion) matters(v secmodel.Violation) bool {
	if v.Severity == secmodel.Error {
		return true
	}
	if !strings.HasPrefix(v.Pointer, "/Analyzer/") || unchecked>>c.to&1 == 0 {
		return false
	}
	switch v.Code {
	case secmodel.CodeUnknown, secmodel.CodeWrongType, secmodel.CodeEnumUnknown, secmodel.CodeEnumArrayUnknown, secmodel.CodeRequiredMissing:
		return true
	}
	return false
}

// unchecked lists the drafts whose schema does not look inside Analyzer.
const unchecked = until2DV03

// attach adds the carrier to the attachments, under a name that is free and comes
// after those of all other carriers.
func attach(doc map[string]any, c *residue.Carrier) {
	list, _ := doc["Attachment"].([]any)
	last := ""
	for _, v := range list {
		a, _ := v.(map[string]any)
		name, _ := a["Name"].(string)
		if n := carrierNumber(name); compareNumbers(n, last) > 0 {
			last = n
		}
	}
	name := carrierName
	if last != "" {
		name += successor(last)
	}
	doc["Attachment"] = append(list, c.Attachment(name))
}

// detach removes attachment i, and the list if it was the only one.
func detach(doc map[string]any, i int) {
	list := doc["Attachment"].([]any)
	if list = slices.Delete(list, i, i+1); len(list) == 0 {
		delete(doc, "Attachment")
		return
	}
	doc["Attachment"] = list
}

// findCarrier returns the last residue that was attached, with its index; -1 if
// there is none. Conversions in a row number theirs.
func findCarrier(doc map[string]any) (at int, c residue.Carrier, complete bool) {
	at = -1
	best := ""
	list, _ := doc["Attachment"].([]any)
	for i, v := range list {
		a, _ := v.(map[string]any)
		name, _ := a["Name"].(string)
		text, _ := a["Content"].(string)
		n := carrierNumber(name)
		if compareNumbers(n, best) <= 0 {
			continue
		}
		if opened, whole, err := residue.OpenText(text, Format); err == nil && opened.Of(crosswalk) {
			at, best, c, complete = i, n, opened, whole
		}
	}
	return at, c, complete
}

// carrierNumber returns the number of a residue by the name of its attachment, in
// digits: "1" for the first, "" for what is none. It may be of any length, so that
// there is a higher one whatever names a message has.
func carrierNumber(name string) string {
	rest, ok := strings.CutPrefix(name, carrierName)
	switch {
	case !ok:
		return ""
	case rest == "":
		return "1"
	case rest == "1", rest[0] == '0', strings.Trim(rest, "0123456789") != "":
		return ""
	}
	return rest
}

// compareNumbers compares what carrierNumber returns.
func compareNumbers(a, b string) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b))
}

// successor returns the number after n.
func successor(n string) string {
	digits := []byte(n)
	for i := len(digits) - 1; i >= 0; i-- {
		if digits[i] < '9' {
			digits[i]++
			return string(digits)
		}
		digits[i] = '0'
	}
	return "1" + string(digits)
}
