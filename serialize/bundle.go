package serialize

import (
	"bytes"

	"github.com/secmodel/secmodel/ocsf"
	"github.com/secmodel/secmodel/wire"
)

// eventsName is the attribute of a bundle that lists its events.
const eventsName = "events"

// bundled reads an object of a stream of JSON: if it is a bundle, its events, as
// they come, as records; else itself. Whether it is one is clear, at the latest,
// from the first element of its list of events.
func (s *splitter) bundled() error {
	rec := s.begin()
	c, err := s.keepNext()
	for err == nil && c == '"' {
		from := len(s.buf)
		if err = s.scanValue(0, true); err != nil {
			return err
		}
		name, _ := wire.Text(s.buf[min(from, len(s.buf)):])
		if c, err = s.keepSpace(); err != nil || c != ':' || s.large {
			break
		}
		if c, err = s.keepNext(); err != nil {
			break
		}
		if name == eventsName && c == '[' {
			return s.bundledEvents(rec)
		}
		if err = s.scanValue(0, true); err != nil {
			return err
		}
		if c, err = s.keepSpace(); err == nil && c == ',' {
			c, err = s.keepNext()
		}
	}
	// The end, or something malformed, which is for decoding to say.
	return s.value(rec, 1, false)
}

// bundledEvents reads the rest of an object from the bracket on that opens its
// list of events.
func (s *splitter) bundledEvents(rec Record) error {
	c, err := s.keepNext()
	if err != nil || c != '{' {
		return s.value(rec, 2, false)
	}
	first := Record{Number: rec.Number, Offset: s.offset, Line: s.line, Column: s.column, ContentType: s.kind}
	from := len(s.buf)
	if err := s.scanValue(0, true); err != nil {
		return err
	}
	if s.large || !isBundle(append(s.buf[:len(s.buf):len(s.buf)], "]}"...)) {
		return s.value(rec, 2, false)
	}
	s.buf = append(s.buf[:0], s.buf[from:]...)
	s.bundle = false // a bundle does not hold bundles
	defer func() { s.bundle = true }()
	if err := s.emit(first); err != nil {
		return err
	}
	if err := s.elements(afterValue); err != nil {
		return err
	}
	// The attributes that follow are no records.
	s.buf, s.large = s.buf[:0], true
	if err := s.scanValue(1, true); err != nil || !s.cutShort {
		return err
	}
	return s.broken("the text ends within the bundle")
}

// keepSpace keeps white space and returns the byte after it, unread.
func (s *splitter) keepSpace() (byte, error) {
	for {
		ahead, err := s.buffered()
		if err != nil {
			return 0, noEOF(err)
		}
		n := len(ahead) - len(bytes.TrimLeft(ahead, white))
		s.keep(ahead[:n])
		if err := s.pass(ahead, n); err != nil {
			return 0, err
		}
		if n < len(ahead) {
			return ahead[n], nil
		}
	}
}

// keepNext keeps the next byte, and white space after it, and returns the byte
// after that, unread.
func (s *splitter) keepNext() (byte, error) {
	ahead, err := s.buffered()
	if err != nil {
		return 0, noEOF(err)
	}
	s.keep(ahead[:1])
	if err := s.pass(ahead, 1); err != nil {
		return 0, err
	}
	return s.keepSpace()
}

// isBundle reports whether the JSON object in text is a bundle.
func isBundle(text []byte) bool {
	var e ocsf.Evidence
	err := wire.Members(text, len(text), func(name string, value []byte) bool {
		e.Member(name, value)
		return !e.ClassKnown()
	})
	if err != nil {
		return false
	}
	_, class, ok := e.Class()
	return ok && class == ocsf.ClassBundle
}

// unbundle gives the events of a record that is a bundle to the caller, one by
// one, or the record itself if it is none. If the record is JSON, events have
// places of their own, else that of the bundle.
func (s *splitter) unbundle(rec Record) error {
	text := rec.Data
	if s.f.syntax != syntaxJSON {
		d, err := s.f.load(rec.Data, s.o)
		if err == nil {
			err = d.convert(s.o)
		}
		if err != nil {
			return s.deliver(rec)
		}
		text = d.text
	}
	if !isBundle(text) {
		return s.deliver(rec)
	}
	var events []Record
	for _, p := range elementsAt(text, eventsName) {
		e := rec
		e.ContentType, e.Data = JSON, text[p.Value:p.ValueEnd]
		if s.f.syntax == syntaxJSON {
			line, column := wire.LineColumn(text, p.Value)
			if line == 1 {
				column += rec.Column - 1
			}
			e.Offset, e.Line, e.Column = rec.Offset+int64(p.Value), rec.Line+line-1, column
		}
		events = append(events, e)
	}
	s.number--
	for _, e := range events {
		s.number++
		e.Number = s.number
		if err := s.deliver(e); err != nil {
			return err
		}
	}
	return nil
}

// elementsAt returns where the elements of the array stand that a member of the
// root is; of duplicate members the last counts.
func elementsAt(text []byte, member string) []wire.Place {
	var list []wire.Place
	array := []byte("/" + member)
	element := func(pointer []byte) bool {
		rest, ok := bytes.CutPrefix(pointer, array)
		return ok && bytes.LastIndexByte(rest, '/') == 0
	}
	wire.Walk(text, func(pointer []byte, p wire.Place) bool {
		if bytes.Equal(pointer, array) {
			list = nil
			return true
		}
		return len(pointer) == 0 || element(pointer)
	}, func(pointer []byte, p wire.Place) {
		if element(pointer) {
			list = append(list, p)
		}
	})
	return list
}
