package jsonschema

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	v5 "github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

// format is the name of the format in identities of documents that are judged by
// a schema alone.
const format = "jsonschema"

// Check validates one JSON document, whose root may be any value. The report
// lists every violation with its place in the text, in the order of the text;
// all are errors. Its identity is that of the schema: format "jsonschema", the
// draft as the version, the URI as the class.
//
// Options are MaxBytes, MaxDepth and MaxViolations; others mean nothing here.
// err is not nil only where there is no report: it wraps secmodel.ErrTooLarge,
// also where many values are below names so long that their places take too much
// memory, or secmodel.ErrSyntax, or ErrSchema if dynamic references of the schema
// run in a circle.
func (s *Schema) Check(data []byte, opts ...secmodel.Option) (secmodel.Report, error) {
	return s.check(secmodel.Identity{Format: format, Version: string(s.draft), Class: s.uri}, data, opts)
}

// CheckMessage validates a message as it would be written. The report is that of
// Check, but for the identity, which is the message's, and the places in the
// text, since there is none. err may also be a *secmodel.EncodeError.
func (s *Schema) CheckMessage(m secmodel.Message, opts ...secmodel.Option) (secmodel.Report, error) {
	data, err := m.AppendJSON(nil)
	if err != nil {
		return secmodel.Report{}, err
	}
	report, err := s.check(m.Identity(), data, opts)
	for i := range report.Violations {
		v := &report.Violations[i]
		v.Offset, v.Length, v.Line, v.Column = 0, 0, 0, 0
	}
	return report, err
}

func (s *Schema) check(id secmodel.Identity, data []byte, opts []secmodel.Option) (secmodel.Report, error) {
	o := secmodel.NewOptions(opts...)
	if len(data) > o.MaxBytes {
		return secmodel.Report{}, fmt.Errorf("%w: %d bytes, more than %d", secmodel.ErrTooLarge, len(data), o.MaxBytes)
	}
	if err := wire.CheckSyntax(data, o.MaxDepth); err != nil {
		return secmodel.Report{}, err
	}
	list, err := scan(data)
	if err != nil {
		return secmodel.Report{}, err
	}
	if !slices.ContainsFunc(list, func(v secmodel.Violation) bool { return v.Code == CodeNumberLimit }) {
		found, err := s.validate(data)
		if err != nil {
			return secmodel.Report{}, err
		}
		list = append(list, found...)
	}
	wire.Locate(data, list)
	slices.SortFunc(list, func(a, b secmodel.Violation) int {
		return cmp.Or(a.Offset-b.Offset, compare(&a, &b))
	})
	report := secmodel.Report{Identity: id, Violations: list}
	if most := o.MaxViolations; most > 0 && len(list) > most {
		report.Violations, report.Truncated = list[:most:most], true
	}
	return report, nil
}

// compare orders violations of one place.
func compare(a, b *secmodel.Violation) int {
	return cmp.Or(strings.Compare(a.Pointer, b.Pointer), strings.Compare(a.Code, b.Code), strings.Compare(a.Message, b.Message))
}

// validate returns what the schema finds in a well-formed document.
func (s *Schema) validate(data []byte) ([]secmodel.Violation, error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	var document any
	if err := dec.Decode(&document); err != nil {
		return nil, &secmodel.SyntaxError{Msg: err.Error()}
	}
	err := s.root.Validate(document)
	if err == nil {
		return nil, nil
	}
	failed, ok := errors.AsType[*v5.ValidationError](err)
	if !ok {
		return nil, fmt.Errorf("%w: %s", ErrSchema, strings.TrimPrefix(err.Error(), "jsonschema: "))
	}
	f := finder{s.rules, document}
	return place(data, f.find(failed)), nil
}

// place puts the findings at their places in the text, and fills in values that
// are larger than a string.
func place(data []byte, found []finding) []secmodel.Violation {
	list := make([]secmodel.Violation, len(found))
	for i, f := range found {
		if list[i] = f.Violation; f.name {
			// By this code Locate knows that the name is meant.
			list[i].Code = secmodel.CodeUnknown
		}
	}
	wire.Locate(data, list)
	var text []byte // a copy of data: the report must not keep that
	for i, f := range found {
		v := &list[i]
		v.Code = f.Code
		if !f.composite {
			continue
		}
		if text == nil {
			text = bytes.Clone(data)
		}
		v.Value = json.RawMessage(text[v.Offset : v.Offset+v.Length])
	}
	return list
}
