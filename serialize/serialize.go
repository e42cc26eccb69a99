// Package serialize reads and writes messages of all formats by content type,
// with validation before writing and after reading.
//
//	msg, err := serialize.Unserialize(serialize.Payload{ContentType: "application/json", Data: body})
//
// [Unserialize] finds out by itself which format, class and version a document
// is. Where a program knows the type it wants, [UnserializeAs] gives it. An
// invalid document is returned together with the error, so that it can be
// looked at; err is then a *[secmodel.ValidationError] that lists every
// violation with its place in the text.
//
// All functions are safe for concurrent use; the package has no state that
// callers can see.
package serialize

import (
	"fmt"
	"slices"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

// Payload is a document with its content type.
type Payload struct {
	ContentType     string // as in the header field of this name; "" means application/json
	ContentEncoding string // as in the header field of this name; "" means identity
	Data            []byte
}

// Serialize validates m and writes it as contentType. If m is invalid it
// returns a *secmodel.ValidationError and no payload; with the option
// SkipValidation it writes m as it is. Other errors wrap secmodel.ErrMediaType,
// or are a *secmodel.EncodeError. A type of lines gets the document on one
// line, with the newline.
func Serialize(m secmodel.Message, contentType string, opts ...secmodel.Option) (Payload, error) {
	o := secmodel.NewOptions(opts...)
	f, err := parseMediaType(contentType)
	if err != nil {
		return Payload{}, err
	}
	if !o.SkipValidation {
		if err := m.Validate(opts...); err != nil {
			return Payload{}, err
		}
	}
	data, err := marshal(m)
	if err != nil {
		return Payload{}, err
	}
	switch {
	case f == formLines:
		data = append(data, '\n')
	case o.Indent != "":
		data = wire.AppendIndent(make([]byte, 0, 2*len(data)), data, o.Indent)
	}
	if contentType == "" {
		contentType = JSON
	}
	return Payload{ContentType: contentType, Data: data}, nil
}

// marshal writes m into memory of its own.
func marshal(m secmodel.Message) ([]byte, error) {
	if model, ok := m.(wire.Model); ok {
		return wire.MarshalJSON(model)
	}
	return m.AppendJSON(nil)
}

// Unserialize reads one document of any format: it detects which, decodes it
// into the type of its class, and validates it.
//
// The error wraps secmodel.ErrMediaType, secmodel.ErrTooLarge,
// secmodel.ErrSyntax or secmodel.ErrUnknownFormat, and there is no message; or
// it is a *secmodel.ValidationError, and the message is there.
func Unserialize(p Payload, opts ...secmodel.Option) (secmodel.Message, error) {
	o := secmodel.NewOptions(opts...)
	if err := admit(p, &o); err != nil {
		return nil, err
	}
	m, err := detectNew(p.Data, &o)
	if err != nil {
		return nil, err
	}
	if err := readInto(m, p.Data, &o, opts); err != nil {
		if _, invalid := err.(*secmodel.ValidationError); invalid {
			return m, err
		}
		return nil, err
	}
	return m, nil
}

// UnserializeAs reads one document as the type T, whatever it looks like:
//
//	msg, err := serialize.UnserializeAs[idmefv2.Message](payload)
//
// Errors are those of Unserialize.
func UnserializeAs[T any, P interface {
	*T
	secmodel.Message
}](p Payload, opts ...secmodel.Option) (*T, error) {
	o := secmodel.NewOptions(opts...)
	if err := admit(p, &o); err != nil {
		return nil, err
	}
	m := new(T)
	if err := readInto(P(m), p.Data, &o, opts); err != nil {
		if _, invalid := err.(*secmodel.ValidationError); invalid {
			return m, err
		}
		return nil, err
	}
	return m, nil
}

// admit checks the content type and size of a payload that holds one document.
func admit(p Payload, o *secmodel.Options) error {
	if _, err := parseMediaType(p.ContentType); err != nil {
		return err
	}
	if len(p.Data) > o.MaxBytes {
		return fmt.Errorf("%w: %d bytes, more than %d", secmodel.ErrTooLarge, len(p.Data), o.MaxBytes)
	}
	return nil
}

// readInto decodes data into m and, unless that is to be skipped, validates it.
func readInto(m secmodel.Message, data []byte, o *secmodel.Options, opts []secmodel.Option) error {
	r := readers.Get().(*reader)
	defer readers.Put(r)
	d := &r.fresh
	if err := r.decode(d, m, data, o); err != nil {
		return err
	}
	if o.SkipValidation {
		d.Forget()
		return nil
	}
	report := inspect(m, data, d.Repeated, opts)
	d.Forget()
	return report.Err(opts...)
}

// inspect checks a decoded message, adds duplicate names, and finds the place
// of every violation in the text.
func inspect(m secmodel.Message, data []byte, repeated []int, opts []secmodel.Option) secmodel.Report {
	report := m.Check(opts...)
	if len(repeated) > 0 {
		for i, pointer := range wire.PointerAt(data, repeated) {
			line, column := wire.LineColumn(data, repeated[i])
			report.Violations = append(report.Violations, secmodel.Violation{
				Code: secmodel.CodeDuplicate, Pointer: pointer, Message: "the name occurs more than once in its object",
				Offset: repeated[i], Length: nameLength(data[repeated[i]:]), Line: line, Column: column,
			})
		}
	}
	if len(report.Violations) > 0 {
		wire.Locate(data, report.Violations)
		slices.SortStableFunc(report.Violations, func(a, b secmodel.Violation) int { return a.Offset - b.Offset })
	}
	return report
}

// nameLength returns the length of the string that text begins with, with its
// quotes.
func nameLength(text []byte) int {
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(text)
}

// ValidateBytes checks one document without giving it to the caller. The report
// lists every violation with its place in the text, duplicate member names
// included. err is not nil only where there is no report: it wraps
// secmodel.ErrMediaType, secmodel.ErrTooLarge, secmodel.ErrSyntax or
// secmodel.ErrUnknownFormat.
//
// It is the fastest way to a verdict: memory is reused from call to call.
func ValidateBytes(p Payload, opts ...secmodel.Option) (secmodel.Report, error) {
	o := secmodel.NewOptions(opts...)
	if err := admit(p, &o); err != nil {
		return secmodel.Report{}, err
	}
	c, err := detect(p.Data, &o)
	if err != nil {
		return secmodel.Report{}, err
	}
	r := readers.Get().(*reader)
	defer readers.Put(r)
	m := r.scratch(c)
	if err := r.decode(&r.reused, m, p.Data, &o); err != nil {
		return secmodel.Report{}, err
	}
	report := inspect(m, p.Data, r.reused.Repeated, opts)
	for i := range report.Violations {
		own(&report.Violations[i])
	}
	return report, nil
}
