package secmodel

import (
	"fmt"
	"strconv"
	"strings"
)

// Severity ranks a Violation.
type Severity uint8

const (
	// Error makes a message invalid.
	Error Severity = iota
	// Warning does not, unless the option Strict is given.
	Warning
	// Suspicion is of what the specification allows and what is probably still
	// a mistake: it never makes a message invalid. Only the option Lint gives
	// suspicions.
	Suspicion
)

// String returns "error", "warning" or "suspicion".
func (s Severity) String() string {
	switch s {
	case Warning:
		return "warning"
	case Suspicion:
		return "suspicion"
	}
	return "error"
}

// MarshalText implements encoding.TextMarshaler.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (s *Severity) UnmarshalText(text []byte) error {
	switch string(text) {
	case "error":
		*s = Error
	case "warning":
		*s = Warning
	case "suspicion":
		*s = Suspicion
	default:
		return fmt.Errorf("secmodel: severity %q is none of error, warning, suspicion", text)
	}
	return nil
}

// Violation is one thing that validation found.
type Violation struct {
	Severity Severity `json:"severity"`
	// Code is stable and for machines; the constants Code… list them.
	Code string `json:"code"`
	// Pointer is the JSON Pointer (RFC 6901) of the value; for a missing or
	// unknown member it is that member's own.
	Pointer string `json:"pointer"`
	// Message is for people; its text may change.
	Message string `json:"message"`
	// Value is what stands at Pointer, nil for a missing member: a string,
	// number or bool, or json.RawMessage for anything larger.
	Value any `json:"value"`
	// Expected says what would have been right, where that can be said
	// shortly: a type, a pattern, a bound, a list of values.
	Expected any `json:"expected"`

	// Where the value stands in the source text, if there is one: byte offset
	// and length, and line and column counted from 1, the column in bytes. For
	// a missing member it is the object that lacks it; for an unknown member it
	// is the name. All are zero when there is no source text.
	Offset int `json:"offset"`
	Length int `json:"length"`
	Line   int `json:"line"`
	Column int `json:"column"`
}

// String gives the violation on one line: place, code and message.
func (v Violation) String() string {
	var b strings.Builder
	if v.Line > 0 {
		b.WriteString(strconv.Itoa(v.Line))
		b.WriteByte(':')
		b.WriteString(strconv.Itoa(v.Column))
		b.WriteString(": ")
	}
	b.WriteString(v.Severity.String())
	b.WriteString(": ")
	if v.Pointer != "" {
		b.WriteString(oneLine(v.Pointer))
		b.WriteString(": ")
	}
	b.WriteString(v.Message)
	b.WriteString(" (")
	b.WriteString(v.Code)
	b.WriteByte(')')
	return b.String()
}

// Report is the outcome of a check.
type Report struct {
	Identity   Identity    `json:"identity"`
	Violations []Violation `json:"violations"`
	// Truncated says that there were more violations than MaxViolations.
	Truncated bool `json:"truncated,omitzero"`
}

// Valid reports whether there is no error; warnings do not count.
func (r Report) Valid() bool { return r.Count(Error) == 0 }

// Count returns how many violations have severity s.
func (r Report) Count(s Severity) int {
	n := 0
	for i := range r.Violations {
		if r.Violations[i].Severity == s {
			n++
		}
	}
	return n
}

// Err returns a *ValidationError with all violations if at least one of them
// is an error (or, with the option Strict, a warning), else nil.
func (r Report) Err(opts ...Option) error {
	if len(r.Violations) == 0 {
		return nil
	}
	if !r.Valid() || NewOptions(opts...).Strict && r.Count(Warning) > 0 {
		return &ValidationError{Identity: r.Identity, Violations: r.Violations}
	}
	return nil
}
