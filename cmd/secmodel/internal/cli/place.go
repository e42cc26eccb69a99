package cli

import (
	"errors"

	"github.com/secmodel/secmodel"
)

// violation turns an error for which there is no report into a violation, with
// its place in the document.
func (d *document) violation(err error) secmodel.Violation {
	v := secmodel.Violation{Message: err.Error(), Length: len(d.Data), Line: min(d.Line, 1), Column: min(d.Column, 1)}
	switch e, malformed := errors.AsType[*secmodel.SyntaxError](err); {
	case malformed:
		v.Code, v.Message, v.Length = secmodel.CodeSyntax, e.Msg, 0
		if d.err == nil { // of an error of the framing, Record says the place
			v.Offset, v.Line, v.Column = int(e.Offset), e.Line, e.Column
			v.Length = min(1, len(d.Data)-v.Offset)
		}
	case errors.Is(err, secmodel.ErrTooLarge):
		v.Code = secmodel.CodeTooLarge
	default:
		v.Code = secmodel.CodeFormatUnknown
	}
	return v
}

// toFile moves the line and column of a violation from the document to the
// file. Its offset stays that of the document.
func (d *document) toFile(v *secmodel.Violation) {
	if v.Line == 0 {
		return
	}
	if v.Line == 1 {
		v.Column += d.Column - 1
	}
	v.Line += d.Line - 1
}
