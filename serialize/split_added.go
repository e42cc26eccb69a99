package serialize

import (
	"bufio"
	"bytes"
	"io"
)

// whole reads the stream as one record.
func (s *splitter) whole() error {
	rec := s.begin()
	for {
		ahead, err := s.buffered()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		s.keep(ahead)
		if err := s.pass(ahead, len(ahead)); err != nil {
			return err
		}
	}
	if s.large {
		return s.tooLarge(rec)
	}
	return s.emit(rec)
}

// scan reads the records that an added format's Split finds. A record that is
// too large, or an error of Split, ends the stream. Split is not told of the end
// of a stream that fails, lest it take what has been cut off for a record.
func (s *splitter) scan(split bufio.SplitFunc) error {
	var before int64 // offset of what split was last called with
	scanner := bufio.NewScanner(s.r)
	scanner.Buffer(make([]byte, 0, min(64<<10, s.max+1)), s.max+1)
	scanner.Split(func(data []byte, atEOF bool) (int, []byte, error) {
		if atEOF = atEOF && s.source.err == io.EOF; !atEOF && len(data) == 0 {
			return 0, nil, nil
		}
		n, token, err := split(data, atEOF)
		if token != nil {
			before = s.offset + int64(max(bytes.Index(data, token), 0))
		}
		s.offset += int64(max(n, 0))
		return n, token, err
	})
	for scanner.Scan() {
		rec := s.begin()
		rec.Offset = before
		s.buf = append(s.buf, scanner.Bytes()...)
		if err := s.emit(rec); err != nil {
			return err
		}
	}
	switch err := scanner.Err(); err {
	case nil:
		return nil
	case bufio.ErrTooLong:
		return s.tooLarge(s.begin())
	default:
		return err
	}
}
