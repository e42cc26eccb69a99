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
// begins.
func (s *splitter) sequence() error {
	c, err := s.peekSpace()
	if err == nil && c != recordSeparator {
		if err := s.broken("%q where a record separator (0x1e) should come first", c); err != nil {
			return err
		}
		if err := s.toSeparator(func([]byte) {}); err != nil {
			return noEOF(err)
		}
	}
	for {
		if _, err = s.peekSpace(); err != nil {
			return noEOF(err)
		}
		s.take()
		if c, err = s.peekSpace(); err == io.EOF || c == recordSeparator {
			continue // separators in a row are one
		} else if err != nil {
			return err
		}
		rec := s.begin()
		end := s.toSeparator(s.keep)
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

// toSeparator reads up to the next record separator, and gives what it reads to
// keep.
func (s *splitter) toSeparator(keep func([]byte)) error {
	for {
		ahead, err := s.buffered()
		if err != nil {
			return err
		}
		n := bytes.IndexByte(ahead, recordSeparator)
		end := n
		if n < 0 {
			end = len(ahead)
		}
		keep(ahead[:end])
		if err := s.pass(ahead, end); err != nil || n >= 0 {
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
