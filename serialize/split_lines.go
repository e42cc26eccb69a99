package serialize

import (
	"bufio"
	"bytes"
	"io"
)

// lines reads one record a line.
func (s *splitter) lines() error {
	for {
		if err := s.restOfLine(); err != nil {
			return noEOF(err)
		}
	}
}

// restOfLine reads what there is of a line as a record, unless it is blank. It
// returns io.EOF if the stream ends with it.
func (s *splitter) restOfLine() error {
	rec := s.begin()
	large := false
	var err error
	for {
		var part []byte
		part, err = s.r.ReadSlice('\n')
		s.advance(part)
		if large = large || len(s.buf)+len(part) > s.max+1; !large {
			s.buf = append(s.buf, part...)
		}
		if err != bufio.ErrBufferFull {
			break
		}
	}
	if err != nil && err != io.EOF {
		return err
	}
	lead := len(s.buf) - len(bytes.TrimLeft(s.buf, white))
	switch {
	case large:
		if err := s.tooLarge(rec); err != nil {
			return err
		}
	case lead == len(s.buf):
		s.number-- // a blank line is no record
	default:
		rec.Offset += int64(lead)
		rec.Column += lead
		whole := s.buf
		s.buf = bytes.TrimRight(s.buf[lead:], white)
		stop := s.emit(rec)
		s.buf = whole
		if stop != nil {
			return stop
		}
	}
	return err
}
