package serialize

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/secmodel/secmodel"
)

// splitter cuts a stream into records.
type splitter struct {
	r        *bufio.Reader
	source   steadyReader // what r reads from, by Read
	f        *format
	o        *secmodel.Options
	max      int
	maxDepth int
	bundle   bool   // events of bundles are records
	kind     string // content type of a record
	each     eachRecord

	number   int
	offset   int64 // of the next byte
	line     int   // of the next byte; 0 if the stream is binary
	column   int
	buf      []byte
	large    bool     // the record is larger than max; buf has its beginning
	cutShort bool     // the stream has ended within the value scanned last
	open     []uint64 // of binary items, kept for the next
	single   bool     // the last record that is an object had a line for itself
	done     int      // records that have been given to the caller
	doneAt   int64    // where the last of them ends
}

func newSplitter(r io.Reader, f *format, o *secmodel.Options, each eachRecord) *splitter {
	s := &splitter{
		source: steadyReader{r: r}, f: f, o: o, max: o.MaxBytes, maxDepth: o.MaxDepth, bundle: o.Bundle,
		kind: f.recordType(), line: 1, column: 1, each: each,
	}
	s.r = bufio.NewReaderSize(s, 64<<10)
	if f.frame != nil || f.syntax == syntaxBinary {
		s.line, s.column = 0, 0
	}
	return s
}

// errSource stands for an error of the io.Reader, which may be any, and must not
// be taken for one that the splitter makes itself.
var errSource = errors.New("the source has failed")

// Read implements io.Reader for s.r.
func (s *splitter) Read(p []byte) (int, error) {
	n, err := s.source.Read(p)
	if err != nil && err != io.EOF {
		err = errSource
	}
	return n, err
}

// begin notes where a record begins.
func (s *splitter) begin() Record {
	s.number++
	s.buf, s.large = spare(s.buf), false
	return Record{Number: s.number, Offset: s.offset, Line: s.line, Column: s.column, ContentType: s.kind}
}

// maxSpare is the size in bytes of the largest buffer that is kept from one
// record to the next however large that is.
const maxSpare = 1 << 18

// spare returns a buffer for the next record: that of the last, unless it is much
// larger than what that needed.
func spare(buf []byte) []byte {
	if cap(buf) > maxSpare && len(buf) < cap(buf)/4 {
		return nil
	}
	return buf[:0]
}

// emit gives a record to the caller.
func (s *splitter) emit(rec Record) error {
	rec.Data = s.buf
	if s.bundle {
		return s.unbundle(rec)
	}
	return s.deliver(rec)
}

// deliver gives a record to the caller as it is.
func (s *splitter) deliver(rec Record) error {
	return s.give(rec, nil)
}

// give gives a record, or an error of one, to the caller.
func (s *splitter) give(rec Record, err error) error {
	if !s.each(rec, s.offset, err) {
		return errStopped
	}
	s.done, s.doneAt = rec.Number, s.offset
	return nil
}

// fault reports an error of one record.
func (s *splitter) fault(rec Record, err error) error {
	rec.Data = nil
	return s.give(rec, &RecordError{rec, err})
}

func (s *splitter) tooLarge(rec Record) error {
	return s.fault(rec, fmt.Errorf("%w: more than %d bytes", secmodel.ErrTooLarge, s.max))
}

// broken reports that the framing is malformed here.
func (s *splitter) broken(format string, args ...any) error {
	rec := s.begin()
	return s.fault(rec, s.malformed(format, args...))
}

// malformed is a syntax error here.
func (s *splitter) malformed(format string, args ...any) error {
	return &secmodel.SyntaxError{Offset: s.offset, Line: s.line, Column: s.column, Msg: fmt.Sprintf(format, args...)}
}

// advance counts bytes that have been read.
func (s *splitter) advance(b []byte) {
	s.offset += int64(len(b))
	if s.line == 0 {
		return
	}
	if n := bytes.Count(b, []byte{'\n'}); n > 0 {
		s.line += n
		s.column = len(b) - bytes.LastIndexByte(b, '\n')
	} else {
		s.column += len(b)
	}
}

// keep appends bytes that have been read to the record, unless it becomes too
// large by that.
func (s *splitter) keep(b []byte) {
	if s.large = s.large || len(s.buf)+len(b) > s.max; !s.large {
		s.buf = append(s.buf, b...)
	}
}

// take reads the byte that has been peeked at.
func (s *splitter) take() {
	if c, err := s.r.ReadByte(); err == nil {
		s.advance([]byte{c})
	}
}

// buffered returns what can be looked at without waiting, at least one byte
// unless the stream has ended.
func (s *splitter) buffered() ([]byte, error) {
	if _, err := s.r.Peek(1); err != nil {
		return nil, err
	}
	return s.r.Peek(s.r.Buffered())
}

// pass reads n bytes that have been looked at.
func (s *splitter) pass(ahead []byte, n int) error {
	s.advance(ahead[:n])
	_, err := s.r.Discard(n)
	return err
}

func noEOF(err error) error {
	if err == io.EOF {
		return nil
	}
	return err
}

// white is the white space of JSON.
const white = " \t\r\n"

// peekSpace passes over white space and returns the byte after it, unread.
func (s *splitter) peekSpace() (byte, error) {
	for {
		ahead, err := s.buffered()
		if err != nil {
			return 0, err
		}
		n := len(ahead) - len(bytes.TrimLeft(ahead, white))
		if err := s.pass(ahead, n); err != nil {
			return 0, err
		}
		if n < len(ahead) {
			return ahead[n], nil
		}
	}
}

// noDocument is the end of a stream that holds nothing, which the content type
// does not allow.
func (s *splitter) noDocument() error { return s.broken("there is no document") }
