package secmodel

import (
	"encoding/json"
	"strings"
)

// Codes of a Repaired.
const (
	RepairArray      = "scalar_for_array"       // one value where an array of such is due
	RepairScalar     = "array_for_scalar"       // an array of one value where the value is due
	RepairNumber     = "text_for_number"        // a number or boolean written as a string
	RepairText       = "number_for_text"        // a string written as a number or boolean
	RepairInteger    = "fraction_for_integer"   // an integer written with a fraction or exponent
	RepairEnum       = "enum_value_spelling"    // a value in other case, with stray spaces, or as other versions spell it
	RepairCaption    = "caption_for_number"     // the caption of an enumeration's value where its number is due
	RepairSeverity   = "severity_spelling"      // a severity in another scale, as the numbers of syslog
	RepairTime       = "time_spelling"          // a time in another notation or unit
	RepairNull       = "null_for_absent"        // null where the attribute should be left out
	RepairName       = "attribute_name"         // an attribute under a name that other versions or producers use
	RepairShape      = "shape"                  // an object of a shape that other versions or producers use
	RepairWhitespace = "surrounding_whitespace" // spaces around a value or the parts of it
)

// Repaired is one deviation of a document that the option Repair mended.
type Repaired struct {
	// Code is stable and for machines; the constants Repair… list them.
	Code string `json:"code"`
	// Pointer is the JSON Pointer (RFC 6901) of the value in the document as it
	// came in.
	Pointer string `json:"pointer"`
	// Target is where the mended value stands in the document as it becomes, ""
	// where none does.
	Target string `json:"target"`
	// Before and After are the value as JSON, as this repair found and left it;
	// nil where there was or is none. A value may be repaired more than once, as
	// one of another name and shape, and later repairs may change what is in it:
	// in their order, the repairs lead from the document that came in to the one
	// that it became.
	Before json.RawMessage `json:"before"`
	After  json.RawMessage `json:"after"`
	// Note is for people; its text may change.
	Note string `json:"note"`
}

// String gives the repair on one line: code, place and what was changed.
func (r Repaired) String() string {
	var b strings.Builder
	b.WriteString(r.Code)
	if r.Pointer != "" {
		b.WriteString(" " + oneLine(r.Pointer))
	}
	if r.Target != "" && r.Target != r.Pointer {
		b.WriteString(" -> " + oneLine(r.Target))
	}
	b.WriteString(": " + shorten(r.Before) + " becomes " + shorten(r.After))
	if r.Note != "" {
		b.WriteString(" (" + r.Note + ")")
	}
	return b.String()
}

// shorten gives raw on one line of moderate length.
func shorten(raw json.RawMessage) string {
	const most = 60
	switch {
	case raw == nil:
		return "nothing"
	case len(raw) > most:
		return oneLine(strings.ToValidUTF8(string(raw[:most]), "")) + "..."
	}
	return oneLine(string(raw))
}
