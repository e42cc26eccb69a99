package secmodel

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"strings"
)

// Sentinels for errors.Is. The errors that wrap them say more.
var (
	// ErrMediaType: the content type is malformed or not one that is known.
	ErrMediaType = errors.New("unsupported content type")
	// ErrSyntax: the data is no well-formed document of its content type, or
	// its root is not an object. The error is a *SyntaxError.
	ErrSyntax = errors.New("malformed document")
	// ErrUnknownFormat: the document is none of the formats that are known.
	ErrUnknownFormat = errors.New("unknown format")
	// ErrInvalid: the document breaks rules of its format. The error is a
	// *ValidationError.
	ErrInvalid = errors.New("invalid message")
	// ErrTooLarge: the document is larger than the limit in force.
	ErrTooLarge = errors.New("document too large")
)

// SyntaxError says where a document stops being well-formed.
type SyntaxError struct {
	Offset int64  `json:"offset"`  // in bytes from the start of the document
	Line   int    `json:"line"`    // counted from 1; 0 if the document is binary
	Column int    `json:"column"`  // in bytes, counted from 1; 0 if the document is binary
	Msg    string `json:"message"` // what is wrong and what was expected
}

// Error implements error.
func (e *SyntaxError) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("malformed document at byte %d: %s", e.Offset, e.Msg)
	}
	return fmt.Sprintf("malformed document at line %d, column %d: %s", e.Line, e.Column, e.Msg)
}

// Is makes errors.Is(err, ErrSyntax) true.
func (e *SyntaxError) Is(target error) bool { return target == ErrSyntax }

// EncodeError says which value of a message the form that it was to be written
// in cannot hold: a number that is not finite, a string that is not valid
// UTF-8, a raw value that is not JSON, and what that form does not have.
type EncodeError struct {
	Format  string `json:"format"`  // name of the form, as "CBOR"; "" for JSON
	Pointer string `json:"pointer"` // JSON Pointer of the value
	Msg     string `json:"message"`
}

// Error implements error.
func (e *EncodeError) Error() string {
	return fmt.Sprintf("cannot write %s as %s: %s", cmp.Or(e.Pointer, "the message"), cmp.Or(e.Format, "JSON"), e.Msg)
}

// ValidationError is the error for a message that breaks rules of its format.
// It lists all violations found, warnings included, of which at least one is
// an error or, with the option Strict, a warning.
type ValidationError struct {
	Identity   Identity    `json:"identity"`
	Violations []Violation `json:"violations"`
}

// maxListed is how many violations Error spells out.
const maxListed = 5

// Error implements error: the first violations, errors before warnings.
func (e *ValidationError) Error() string {
	var b strings.Builder
	b.WriteString("invalid ")
	b.WriteString(e.Identity.String())
	listed := 0
	for _, severity := range [...]Severity{Error, Warning, Suspicion} {
		for i := range e.Violations {
			v := &e.Violations[i]
			if v.Severity != severity {
				continue
			}
			if listed == maxListed {
				fmt.Fprintf(&b, "; and %d more", len(e.Violations)-listed)
				return b.String()
			}
			sep := "; "
			if listed == 0 {
				sep = ": "
			}
			b.WriteString(sep)
			if v.Pointer != "" {
				b.WriteString(oneLine(v.Pointer))
				b.WriteString(": ")
			}
			b.WriteString(v.Message)
			listed++
		}
	}
	return b.String()
}

// Is makes errors.Is(err, ErrInvalid) true.
func (e *ValidationError) Is(target error) bool { return target == ErrInvalid }

// LogValue implements slog.LogValuer: the identity, and one group per
// violation with its code, pointer and message.
func (e *ValidationError) LogValue() slog.Value {
	attrs := make([]slog.Attr, 0, 1+min(len(e.Violations), maxListed))
	attrs = append(attrs, slog.String("identity", e.Identity.String()), slog.Int("violations", len(e.Violations)))
	for i := range e.Violations[:min(len(e.Violations), maxListed)] {
		v := &e.Violations[i]
		attrs = append(attrs, slog.Group(fmt.Sprint(i),
			slog.String("severity", v.Severity.String()), slog.String("code", v.Code),
			slog.String("pointer", v.Pointer), slog.String("message", v.Message)))
	}
	return slog.GroupValue(attrs...)
}
