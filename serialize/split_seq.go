package serialize

import (
	"bytes"
	"io"

	"github.com/secmodel/secmodel"
)

// recordSeparator begins each document of a JSON text sequence (RFC 7464).
const recordSeparator = 0x1e

// sequence reads the documents of a JSON text sequence. No document has the
// record separator in it, so that one that was cut off ends where the next
// begins. What follows the line feed of a document up to the next separator is
// no record.
func (s *splitter) sequence() error {
	for {
		c, err := s.peekSpace()
		if err != nil {
			return noEOF(err)
		}
		if c != recordSeparator {
			if err := s.broken("%q where a record separator (0x1e) should come first", c); err != nil {
				return err
			}
			if err := s.toSeparator(); err != nil {
				return noEOF(err)
			}
		}
		s.take()
		if c, err = s.peekSpace(); err == io.EOF || c == recordSeparator {
			continue // separators in a row are one
		} else if err != nil {
			return err
		}
		rec := s.begin()
		end := s.keepText()
		if end != nil && end != io.EOF {
			return end
		}
		if s.large {
			err = s.tooLarge(rec)
		} else {
			s.buf = bytes.TrimRight(s.buf, white)
			err = s.emit(rec)
		}
		if err != nil || end != nil {
			return noEOF(err)
		}
	}
}

// toSeparator reads up to the next record separator.
func (s *splitter) toSeparator() error {
	for {
		ahead, err := s.buffered()
		if err != nil {
			return err
		}
		n := bytes.IndexByte(ahead, recordSeparator)
		if n >= 0 {
			return s.pass(ahead, n)
		}
		if err := s.pass(ahead, len(ahead)); err != nil {
			return err
		}
	}
}

// keepText keeps what there is up to the line feed after which no bracket or
// string is open, so that nobody waits for the next document to have this one, or
// else up to the next record separator.
func (s *splitter) keepText() error {
	depth, inString, slash := 0, false, false
	for {
		ahead, err := s.buffered()
		if err != nil {
			return err
		}
		end, done := len(ahead), false
	scan:
		for i, c := range ahead {
			switch {
			case c == recordSeparator:
				end, done = i, true
				break scan
			case slash:
				slash = false
			case inString:
				slash, inString = c == '\\', c != '"'
			case c == '"':
				inString = true
			case c == '{' || c == '[':
				depth++
			case c == '}' || c == ']':
				depth--
			case c == '\n' && depth <= 0:
				end, done = i+1, true
				break scan
			}
		}
		s.keep(ahead[:end])
		if err := s.pass(ahead, end); err != nil || done {
			return err
		}
	}
}

// unframeSeq puts white space in the place of the record separators before the
// only document of a JSON text sequence.
func unframeSeq(data []byte) ([]byte, error) {
	document := bytes.TrimLeft(data, "\x1e"+white)
	lead := data[:len(data)-len(document)]
	if bytes.IndexByte(lead, recordSeparator) < 0 {
		line, column := 1+bytes.Count(lead, []byte{'\n'}), len(lead)-bytes.LastIndexByte(lead, '\n')
		return nil, &secmodel.SyntaxError{Offset: int64(len(lead)), Line: line, Column: column, Msg: "a record separator (0x1e) should come first"}
	}
	out := bytes.Clone(data)
	for i := range lead {
		if out[i] == recordSeparator {
			out[i] = ' '
		}
	}
	return out, nil
}
