package serialize

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

// Record is one document of a stream, as it stands there.
type Record struct {
	Number int    // counted from 1
	Offset int64  // of its first byte in the stream
	Line   int    // of its first byte, counted from 1
	Column int    // of its first byte, in bytes, counted from 1
	Data   []byte // valid until the next record is read
}

// RecordError is an error in one record of a stream.
type RecordError struct {
	Record Record // without Data
	Err    error
}

// Error implements error.
func (e *RecordError) Error() string {
	return fmt.Sprintf("record %d (line %d): %s", e.Record.Number, e.Record.Line, e.Err)
}

// Unwrap returns the error of the record.
func (e *RecordError) Unwrap() error { return e.Err }

// Records splits a stream into documents, without decoding them. A content type
// of lines has one document a line; blank lines are passed over. JSON is one
// document, an array whose elements are the documents, or several documents one
// after the other, be it on one line, one a line or over several lines. Where
// they are one a line, a malformed one costs itself only: it ends where the next
// line is a document. Memory is bounded by the largest record.
//
// An error with a *RecordError concerns one record, and the stream goes on if
// it can; any other, as one of r, ends it. A record larger than the limit
// (option MaxBytes) is passed over, with an error that wraps
// secmodel.ErrTooLarge.
func Records(r io.Reader, contentType string, opts ...secmodel.Option) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		f, err := parseMediaType(contentType)
		if err != nil {
			yield(Record{}, err)
			return
		}
		o := secmodel.NewOptions(opts...)
		s := splitter{r: bufio.NewReaderSize(r, 64<<10), max: o.MaxBytes, maxDepth: o.MaxDepth, line: 1, column: 1, yield: yield}
		if f == formLines {
			err = s.lines()
		} else {
			err = s.values()
		}
		if err != nil && err != errStopped {
			yield(Record{}, err)
		}
	}
}

// errStopped ends a stream because the caller wants no more.
var errStopped = errors.New("stopped")

// splitter cuts a stream into records.
type splitter struct {
	r        *bufio.Reader
	max      int
	maxDepth int
	yield    func(Record, error) bool

	number int
	offset int64 // of the next byte
	line   int
	column int
	buf    []byte
	single bool // the last record that is an object had a line for itself
}

// begin notes where a record begins.
func (s *splitter) begin() Record {
	s.number++
	s.buf = s.buf[:0]
	return Record{Number: s.number, Offset: s.offset, Line: s.line, Column: s.column}
}

// emit gives a record to the caller.
func (s *splitter) emit(rec Record) error {
	rec.Data = s.buf
	if !s.yield(rec, nil) {
		return errStopped
	}
	return nil
}

// fault reports an error of one record.
func (s *splitter) fault(rec Record, err error) error {
	rec.Data = nil
	if !s.yield(rec, &RecordError{rec, err}) {
		return errStopped
	}
	return nil
}

func (s *splitter) tooLarge(rec Record) error {
	return s.fault(rec, fmt.Errorf("%w: more than %d bytes", secmodel.ErrTooLarge, s.max))
}

// advance counts bytes that have been read.
func (s *splitter) advance(b []byte) {
	s.offset += int64(len(b))
	if n := bytes.Count(b, []byte{'\n'}); n > 0 {
		s.line += n
		s.column = len(b) - bytes.LastIndexByte(b, '\n')
	} else {
		s.column += len(b)
	}
}

// lines reads one record a line.
func (s *splitter) lines() error {
	for {
		err := s.restOfLine()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
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

// white is the white space of JSON.
const white = " \t\r\n"

// peekSpace passes over white space and returns the byte after it, unread.
func (s *splitter) peekSpace() (byte, error) {
	for {
		c, err := s.r.ReadByte()
		if err != nil {
			return 0, err
		}
		switch c {
		case ' ', '\t', '\r', '\n':
			s.advance([]byte{c})
		default:
			return c, s.r.UnreadByte()
		}
	}
}

// values reads an array of records, or records one after the other.
func (s *splitter) values() error {
	c, err := s.peekSpace()
	switch {
	case err == io.EOF:
		return &RecordError{Record{Number: 1, Offset: s.offset, Line: s.line, Column: s.column},
			&secmodel.SyntaxError{Offset: s.offset, Line: s.line, Column: s.column, Msg: "there is no document"}}
	case err != nil:
		return err
	case c == '[':
		return s.array()
	}
	for {
		begins, line := s.line, s.aLine(c)
		if line {
			err = s.restOfLine()
		} else {
			err = s.value(false)
		}
		if err != nil {
			return noEOF(err)
		}
		ends := s.line
		if c, err = s.peekSpace(); err != nil {
			return noEOF(err)
		}
		if !line {
			s.single = begins == ends && ends < s.line
		}
	}
}

func noEOF(err error) error {
	if err == io.EOF {
		return nil
	}
	return err
}

// aLine reports whether the next record, which begins with c, goes to the end of
// its line. After an object with a line for itself, a line that looks like one
// is taken as one, without counting its brackets. What begins like no object is
// no document, wherever it ends.
func (s *splitter) aLine(c byte) bool {
	if c != '{' {
		return c != '['
	}
	line := bytes.TrimRight(s.peekLine(0), white)
	return s.single && len(line) > 0 && line[len(line)-1] == '}'
}

// cut reports whether the record in s.buf, whose brackets are open at the end of
// a line, is a malformed one that ends there. It is if the next line is an
// object that is not indented, and either no document can go on like this, or
// documents have had a line each. The former is looked at after the first line
// only, lest it be looked at again and again.
func (s *splitter) cut(lines int) bool {
	if lines > 1 && !s.single {
		return false
	}
	next := s.peekLine(0)
	if len(next) == 0 || next[0] != '{' || wire.CheckSyntax(next, s.maxDepth) != nil {
		return false
	}
	if s.single {
		return true
	}
	more := s.peekLine(len(next))
	ahead, _ := s.r.Peek(len(next) + len(more))
	text := bytes.TrimRight(slices.Concat(s.buf, ahead), white)
	err, malformed := errors.AsType[*secmodel.SyntaxError](wire.CheckSyntax(text, s.maxDepth))
	return malformed && int(err.Offset) < len(text)
}

// peekLine returns the line that begins i bytes ahead, with its newline, or
// what there is of it at the end of the stream. It returns nil at the end, and
// if the line is longer than the buffer.
func (s *splitter) peekLine(i int) []byte {
	for seen := i; ; {
		ahead, _ := s.r.Peek(s.r.Buffered())
		if n := bytes.IndexByte(ahead[min(seen, len(ahead)):], '\n'); n >= 0 {
			return ahead[i : seen+n+1]
		}
		seen = max(len(ahead), i)
		if _, err := s.r.Peek(seen + 1); err == io.EOF && seen > i {
			return ahead[i:]
		} else if err != nil {
			return nil
		}
	}
}

// array reads the elements of an array as records.
func (s *splitter) array() error {
	s.take()
	c, err := s.peekSpace()
	for first := true; err == nil; first = false {
		switch {
		case c == ']':
			s.take()
			if c, err = s.peekSpace(); err != nil {
				return noEOF(err)
			}
			return s.broken(fmt.Sprintf("%q after the array", c))
		case !first && c != ',':
			return s.broken(fmt.Sprintf("%q where a comma or ] should follow", c))
		case !first:
			s.take()
			if c, err = s.peekSpace(); err != nil {
				continue
			}
		}
		if err := s.value(true); err != nil {
			return err
		}
		c, err = s.peekSpace()
	}
	if err == io.EOF {
		return s.broken("the text ends within the array")
	}
	return err
}

// broken ends a stream whose framing is malformed.
func (s *splitter) broken(msg string) error {
	rec := s.begin()
	return &RecordError{rec, &secmodel.SyntaxError{Offset: s.offset, Line: s.line, Column: s.column, Msg: msg}}
}

// take reads the byte that has been peeked at.
func (s *splitter) take() {
	if c, err := s.r.ReadByte(); err == nil {
		s.advance([]byte{c})
	}
}

// value reads one value as a record: up to the bracket that closes it, or, if
// it is a scalar, up to what can't belong to it. It does not check the syntax,
// except to see that a record outside an array ends before the next line.
func (s *splitter) value(inArray bool) error {
	rec := s.begin()
	var (
		depth           int
		inString, slash bool
		large           bool
		lines           int // that have ended
	)
	for {
		ahead, err := s.r.Peek(1)
		if err == nil {
			ahead, _ = s.r.Peek(s.r.Buffered())
		} else if err != io.EOF {
			return err
		}
		end, done, newline := len(ahead), len(ahead) == 0, false
	scan:
		for i, c := range ahead {
			if c == '\n' && depth > 0 && !inArray {
				end, newline, slash = i+1, true, false
				break scan
			}
			switch {
			case slash:
				slash = false
			case inString:
				slash = c == '\\'
				if inString = c != '"'; !inString && depth == 0 {
					end, done = i+1, true
					break scan
				}
			case c == '"':
				inString = true
			case c == '{' || c == '[':
				depth++
			case c == '}' || c == ']':
				if depth == 0 {
					end, done = i, true
					break scan
				}
				if depth--; depth == 0 {
					end, done = i+1, true
					break scan
				}
			case depth == 0 && (c == ',' && inArray || c == ' ' || c == '\t' || c == '\r' || c == '\n'):
				end, done = i, true
				break scan
			}
		}
		if large = large || len(s.buf)+end > s.max; !large {
			s.buf = append(s.buf, ahead[:end]...)
		}
		s.advance(ahead[:end])
		if _, err := s.r.Discard(end); err != nil {
			return err
		}
		if newline {
			lines++
			done = s.cut(lines)
		}
		if done {
			break
		}
	}
	s.buf = bytes.TrimRight(s.buf, white)
	switch {
	case large:
		return s.tooLarge(rec)
	case len(s.buf) == 0: // a comma or bracket where a value should be
		s.number--
		if c, _ := s.r.Peek(1); len(c) > 0 {
			return s.broken(fmt.Sprintf("%q where a value should follow", c[0]))
		}
		return s.broken("the text ends where a value should follow")
	}
	return s.emit(rec)
}
