package secmodel

import (
	"encoding/json"
	"errors"
	"strings"
)

// ErrVersion: the version asked for is none that the format is known to have.
var ErrVersion = errors.New("unknown version")

// Codes of a Change. Those up to ChangeRequirement tell of a conversion, the
// rest of a restoration.
const (
	// The target has no place for the value; it is in the residue.
	ChangeCarried = "carried"
	// The target has something close to the value, which is there; the exact
	// value is in the residue.
	ChangeApproximated = "approximated"
	// The target asks for a value that the source does not state, but that
	// follows from what it states.
	ChangeDerived = "derived"
	// The value has a place in the target, but the object there would lack what
	// the target demands of it; the value is in the residue.
	ChangeConstraint = "target_constraint"
	// The target demands what the source does not state and what does not
	// follow from it. Nothing was invented: the result is not valid.
	ChangeRequirement = "requirement_unmet"

	// The value was edited after the conversion: the edit stays, what the source
	// had is in Value.
	ChangeSuperseded = "residue_superseded"
	// What the value belonged to was removed after the conversion.
	ChangeOrphaned = "residue_orphaned"
	// Part of the residue was lost on the way.
	ChangeIncomplete = "residue_incomplete"
	// The residue was made by tables or for a version that are not known here.
	ChangeCrosswalk = "crosswalk_version_unknown"
)

// Change is one difference that a conversion or restoration made, beyond mere
// renaming.
type Change struct {
	// Severity is Error where the result is not what was asked for: a
	// requirement is not met, or the source does not come back exactly.
	Severity Severity `json:"severity"`
	// Code is stable and for machines; the constants Change… list them.
	Code string `json:"code"`
	// Pointer is the JSON Pointer (RFC 6901) of the value in the source, that
	// is, in the document before the conversion. For ChangeDerived and
	// ChangeRequirement it is where the value stands, or is missing, in the
	// result.
	Pointer string `json:"pointer"`
	// Target is the JSON Pointer, in the result, of what stands for the value;
	// "" where nothing does.
	Target string `json:"target"`
	// Value is the source's value as JSON, nil where it has none.
	Value json.RawMessage `json:"value"`
	// Note is for people; its text may change.
	Note string `json:"note"`
}

// String gives the change on one line: code, place and note.
func (c Change) String() string {
	var b strings.Builder
	b.WriteString(c.Code)
	if c.Pointer != "" {
		b.WriteString(" " + oneLine(c.Pointer))
	}
	if c.Target != "" && c.Target != c.Pointer {
		b.WriteString(" -> " + oneLine(c.Target))
	}
	if c.Note != "" {
		b.WriteString(": " + c.Note)
	}
	return b.String()
}

// ConversionReport says what a conversion to another version or format could
// not express in the target, or what a restoration could not put back.
type ConversionReport struct {
	// From and To name what was read and what was made.
	From Identity `json:"from"`
	To   Identity `json:"to"`
	// Entries are in the order of the source's attributes by name; what concerns
	// the result alone follows.
	Entries []Change `json:"entries"`
	// Lossless says of a conversion that restoring its result gives the source
	// back exactly, and of a restoration that it did.
	Lossless bool `json:"lossless"`
}

// Count returns how many entries have a code.
func (r ConversionReport) Count(code string) int {
	n := 0
	for i := range r.Entries {
		if r.Entries[i].Code == code {
			n++
		}
	}
	return n
}
