package residue

import (
	"fmt"
	"strings"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

// What the conversions between the versions of a format have in common.

// Message is a message of a format that has versions.
type Message interface {
	secmodel.Message
	wire.Model
}

// Document returns a message as a document in memory. The error is a
// *secmodel.EncodeError.
func Document(m secmodel.Message) (map[string]any, error) {
	text, err := m.AppendJSON(nil)
	if err != nil {
		return nil, err
	}
	doc, err := Parse(text)
	if err != nil { // nested more deeply than any limit admits
		return nil, &secmodel.EncodeError{Msg: err.Error()}
	}
	return doc, nil
}

// Target returns the index of the version that a message is to be converted to.
// The error is secmodel.ErrVersion.
func Target(table *wire.Table, version string) (int, error) {
	to, known := table.VersionIndex(version)
	if !known {
		return 0, fmt.Errorf("%s: %w: %q is none of %s", table.Format, secmodel.ErrVersion, version, strings.Join(table.Versions, ", "))
	}
	return to, nil
}

// Begin returns the indexes of the versions that a message is of and is to be
// converted to, and a report without entries. The error is secmodel.ErrVersion.
func Begin(m Message, version string) (from, to int, report secmodel.ConversionReport, err error) {
	table, _, _ := m.WireModel()
	if to, err = Target(table, version); err != nil {
		return 0, 0, report, err
	}
	_, from, _ = wire.VersionOf(m)
	return from, to, NewReport(m), nil
}

// NewReport returns the report of a conversion that alters nothing.
func NewReport(m secmodel.Message) secmodel.ConversionReport {
	id := m.Identity()
	return secmodel.ConversionReport{From: id, To: id, Entries: []secmodel.Change{}, Lossless: true}
}

// Unmet lists what the target of a conversion demands in vain, of what Fit
// returns.
func Unmet(rest []secmodel.Violation) []secmodel.Change {
	var list []secmodel.Change
	for _, v := range rest {
		list = append(list, secmodel.Change{
			Severity: secmodel.Error, Code: secmodel.ChangeRequirement, Pointer: v.Pointer, Note: v.Message,
		})
	}
	return list
}

// Versions returns the indexes of the versions that the residue is from and to;
// known is false if it was made by other tables than crosswalk, or for versions
// that table does not have.
func (c *Carrier) Versions(table *wire.Table, crosswalk string) (from, to int, known bool) {
	from, knownFrom := table.VersionIndex(c.From)
	to, knownTo := table.VersionIndex(c.To)
	return from, to, c.Crosswalk == crosswalk && knownFrom && knownTo
}

// Refuse reports that nothing can be restored: the residue, which is at a
// pointer, was made by tables that are not known.
func (c *Carrier) Refuse(report *secmodel.ConversionReport, pointer string) {
	report.Lossless = false
	report.Entries = append(report.Entries, secmodel.Change{
		Severity: secmodel.Error, Code: secmodel.ChangeCrosswalk, Pointer: pointer,
		Note: fmt.Sprintf("the residue was made by %q from %q to %q", c.Crosswalk, c.From, c.To),
	})
}

// Restore applies the residue, which was at a pointer, to what conversion alone
// made of the document that carried it. complete is as Open returned it.
func (c *Carrier) Restore(source map[string]any, complete bool, report *secmodel.ConversionReport, pointer string) {
	report.Entries = append(report.Entries, c.Residue.ApplyTo(source)...)
	if !complete {
		report.Entries = append(report.Entries, secmodel.Change{
			Severity: secmodel.Error, Code: secmodel.ChangeIncomplete, Pointer: pointer, Note: "entries of the residue have been lost",
		})
	}
	report.Lossless = len(report.Entries) == 0
}
