package serialize

import (
	"slices"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

// document is one document in its content type.
type document struct {
	f    *format
	data []byte // as it came
	text []byte // as JSON; nil for binary data, which is read as it is
}

// size returns how many bytes the document has, in its content type or as JSON.
func (doc *document) size() int { return max(len(doc.data), len(doc.text)) }

// load prepares data for reading as one document.
func (f *format) load(data []byte, o *secmodel.Options) (document, error) {
	doc := document{f: f, data: data}
	if f.unframe != nil {
		var err error
		if doc.data, err = f.unframe(data); err != nil {
			return doc, err
		}
	}
	switch f.syntax {
	case syntaxJSON:
		doc.text = doc.data
	case syntaxConverted:
		return doc, doc.convert(o)
	}
	return doc, nil
}

// convert makes JSON text of the document, if there is none.
func (doc *document) convert(o *secmodel.Options) (err error) {
	switch {
	case doc.text != nil:
		return nil
	case doc.f.syntax == syntaxBinary:
		doc.text, err = doc.f.binary.ToJSON(nil, doc.data, o.MaxDepth)
		return err
	}
	own := *o // so that o needs no memory when nothing is converted
	if doc.text, err = doc.f.toJSON(nil, doc.data, &own); err != nil {
		return err
	}
	if len(doc.text) > o.MaxBytes {
		return tooLarge(int64(o.MaxBytes))
	}
	// What a converter makes is judged as what it has been made of.
	if err := wire.CheckSyntax(doc.text, o.MaxDepth); err != nil {
		syntax := err.(*secmodel.SyntaxError)
		return &secmodel.SyntaxError{Msg: "as JSON: " + syntax.Msg}
	}
	return nil
}

// members calls yield for each member of the root, as wire.Members does.
func (doc *document) members(maxDepth int, yield func(name string, value []byte) bool) error {
	if doc.text == nil {
		return doc.f.binary.Members(doc.data, maxDepth, yield)
	}
	return wire.Members(doc.text, maxDepth, yield)
}

// syntax returns the error for a document whose members cannot be read, with its
// place.
func (doc *document) syntax(err error, maxDepth int) error {
	if doc.f.syntax == syntaxBinary {
		return err
	}
	// The whole text says where.
	if err := wire.CheckSyntax(doc.text, maxDepth); err != nil {
		return err
	}
	syntax := err.(*secmodel.SyntaxError)
	if doc.f.syntax == syntaxConverted {
		return &secmodel.SyntaxError{Line: 1, Column: 1, Msg: syntax.Msg} // the root
	}
	syntax.Line, syntax.Column = wire.LineColumn(doc.text, int(syntax.Offset))
	return syntax
}

// decode reads the document into m, which must be a generated type.
func (doc *document) decode(d *wire.Decoder, m secmodel.Message) error {
	c, composite := m.(wire.Composite)
	switch {
	case doc.text == nil && composite:
		return doc.f.binary.DecodeComposite(d, c, doc.data)
	case doc.text == nil:
		return doc.f.binary.Decode(d, m.(wire.Model), doc.data)
	}
	var err error
	if composite {
		err = c.DecodeWire(d, doc.text)
	} else {
		err = d.Decode(m.(wire.Model), doc.text)
	}
	if err != nil && doc.f.syntax == syntaxConverted {
		err = doc.syntax(err, d.MaxDepth)
	}
	return err
}

// inspect checks a decoded message, adds duplicate names, which stand at the
// offsets repeated, and finds the place of every violation in the document.
func (doc *document) inspect(m secmodel.Message, repeated []int, opts []secmodel.Option) secmodel.Report {
	report := m.Check(opts...)
	if len(repeated) > 0 {
		if most := secmodel.NewOptions(opts...).MaxViolations; most > 0 && len(repeated) > most {
			repeated = repeated[:most]
			report.Truncated = true
		}
		report.Violations = append(report.Violations, doc.duplicates(repeated)...)
	}
	doc.place(report.Violations)
	return report
}

// judge is inspect for those who need the error only, which for a valid document
// takes less time.
func (doc *document) judge(m secmodel.Message, repeated []int, opts []secmodel.Option) error {
	if len(repeated) > 0 {
		return doc.inspect(m, repeated, opts).Err(opts...)
	}
	err := m.Validate(opts...)
	if invalid, ok := err.(*secmodel.ValidationError); ok {
		doc.place(invalid.Violations)
	}
	return err
}

// place finds the places of violations, and puts them in their order.
func (doc *document) place(list []secmodel.Violation) {
	if len(list) > 0 {
		doc.locate(list)
		slices.SortStableFunc(list, func(a, b secmodel.Violation) int { return a.Offset - b.Offset })
	}
}

// duplicates returns violations for member names that occur more than once.
func (doc *document) duplicates(repeated []int) []secmodel.Violation {
	var pointers []string
	if doc.text == nil {
		pointers = doc.f.binary.PointerAt(doc.data, repeated)
	} else {
		pointers = wire.PointerAt(doc.text, repeated)
	}
	list := make([]secmodel.Violation, len(pointers))
	for i, pointer := range pointers {
		list[i] = secmodel.Violation{Code: secmodel.CodeDuplicate, Pointer: pointer, Message: "the name occurs more than once in its object"}
		switch doc.f.syntax {
		case syntaxJSON:
			list[i].Offset, list[i].Length = repeated[i], nameLength(doc.text[repeated[i]:])
		case syntaxBinary:
			n, _ := doc.f.binary.Item(doc.data[repeated[i]:], 1)
			list[i].Offset, list[i].Length = repeated[i], n
		}
	}
	if doc.f.syntax == syntaxJSON {
		wire.Lines(doc.text, list)
	}
	return list
}

// locate fills in the places of violations.
func (doc *document) locate(violations []secmodel.Violation) {
	switch {
	case doc.f.syntax == syntaxBinary:
		doc.f.binary.Locate(doc.data, violations)
	case doc.f.syntax == syntaxJSON:
		wire.Locate(doc.text, violations)
	case doc.f.locate != nil:
		doc.f.locate(doc.data, violations)
	}
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

// append appends m as one document to dst.
func (f *format) append(dst []byte, m secmodel.Message, o *secmodel.Options) ([]byte, error) {
	switch f.syntax {
	case syntaxJSON:
		return m.AppendJSON(dst)
	case syntaxBinary:
		if model, ok := m.(wire.Model); ok {
			return f.binary.Append(dst, model)
		}
	}
	text, err := m.AppendJSON(nil)
	if err != nil {
		return dst, err
	}
	if f.syntax == syntaxBinary {
		return f.binary.FromJSON(dst, text)
	}
	own := *o // so that o needs no memory when nothing is converted
	return f.fromJSON(dst, text, &own)
}
