package serialize

import (
	"encoding/json"
	"log/slog"

	"github.com/secmodel/secmodel"
)

// MarshalJSON implements json.Marshaler: the record's number and place, the text
// of the error, and the violations, of which a record that is malformed, too
// large or of no known format has one with a code that says so. The form is
// described in docs/violations.md, and stable.
func (e *RecordError) MarshalJSON() ([]byte, error) {
	violations := readFault(e).violations
	if violations == nil {
		violations = []secmodel.Violation{}
	}
	return json.Marshal(struct {
		Record     int                  `json:"record"`
		Offset     int64                `json:"offset"`
		Line       int                  `json:"line"`
		Column     int                  `json:"column"`
		Message    string               `json:"message"`
		Violations []secmodel.Violation `json:"violations"`
	}{e.Record.Number, e.Record.Offset, e.Record.Line, e.Record.Column, e.Err.Error(), violations})
}

// LogValue implements slog.LogValuer: the record's number and place, and the
// error, as a group if it is one.
func (e *RecordError) LogValue() slog.Value {
	attrs := []slog.Attr{slog.Int("record", e.Record.Number), slog.Int64("offset", e.Record.Offset)}
	if e.Record.Line > 0 {
		attrs = append(attrs, slog.Int("line", e.Record.Line))
	}
	return slog.GroupValue(append(attrs, slog.Any("error", e.Err))...)
}
