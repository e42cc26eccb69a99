package serialize

import (
	"bytes"
	"errors"
	"io"
	"slices"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

// values reads an array of records, or records one after the other.
func (s *splitter) values() error {
	c, err := s.peekSpace()
	switch {
	case err == io.EOF:
		return s.noDocument()
	case err != nil:
		return err
	case c == '[':
		s.take()
		return s.array()
	}
	for {
		begins, line := s.line, s.aLine(c)
		switch {
		case line:
			err = s.restOfLine()
		case s.bundle && c == '{':
			err = s.bundled()
		default:
			err = s.value(s.begin(), 0, false)
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

// aLine reports whether the next record, which begins with c, goes to the end of
// its line. After an object with a line for itself, a line that looks like one
// is taken as one, without counting its brackets. What begins like no object is
// no document, wherever it ends.
func (s *splitter) aLine(c byte) bool {
	if c != '{' {
		return c != '['
	}
	if !s.single {
		return false
	}
	line := bytes.TrimRight(s.peekLine(0), white)
	return len(line) > 0 && line[len(line)-1] == '}'
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

// array reads the elements of an array, whose bracket has been read, as records,
// and what follows the array, which must be nothing.
func (s *splitter) array() error {
	if err := s.elements(atStart); err != nil {
		return noEOF(err)
	}
	c, err := s.peekSpace()
	if err != nil {
		return noEOF(err)
	}
	return s.broken("%q after the array; what follows is not read", c)
}

// between says what may come next in an array.
type between uint8

const (
	atStart    between = iota // an element, or the end
	afterComma                // an element
	afterValue                // a comma, or the end
	afterError                // anything; it has been reported
)

// elements reads the elements of an array from the first on, or from the comma
// after it, up to its closing bracket. After an error between them, which is
// reported once, it goes on with the next one. It returns io.EOF, having reported
// it, if the stream ends before that.
func (s *splitter) elements(at between) error {
	for {
		c, err := s.peekSpace()
		if err != nil {
			return s.cutOff(err)
		}
		switch {
		case c == ']' && at != afterComma, c == ',' && at == afterValue:
		case (c == ']' || c == ',' || c == '}') && at != afterValue && at != afterError:
			err = s.broken("%q where a value should follow", c)
			at = afterError
		case at == afterValue:
			err = s.broken("%q where a comma or ] should follow", c)
			at = afterError
			if err == nil && c != '{' {
				if err = s.resync(); err == nil {
					continue
				}
			}
		}
		if err != nil {
			return err
		}
		switch c {
		case ']':
			s.take()
			return nil
		case ',':
			s.take()
			if at == afterValue {
				at = afterComma
			}
		case '}':
			s.take()
		default:
			if err := s.value(s.begin(), 0, true); err != nil {
				return err
			}
			at = afterValue
		}
	}
}

// cutOff reports that the stream ends within an array, if err is io.EOF.
func (s *splitter) cutOff(err error) error {
	if err == io.EOF {
		if fault := s.broken("the text ends within the array"); fault != nil {
			return fault
		}
	}
	return err
}

// resync passes over what follows up to where an element, or the end of the
// array, may come.
func (s *splitter) resync() error {
	for {
		ahead, err := s.buffered()
		if err != nil {
			return noEOF(err)
		}
		if n := bytes.IndexAny(ahead, ",]{"); n >= 0 {
			return s.pass(ahead, n)
		}
		if err := s.pass(ahead, len(ahead)); err != nil {
			return err
		}
	}
}

// value reads the rest of a value, of which depth brackets are open and s.buf
// holds the beginning, as a record: up to the bracket that closes it, or, if it
// is a scalar, up to what can't belong to it. It does not check the syntax,
// except to see that a record outside an array ends before the next line.
func (s *splitter) value(rec Record, depth int, inArray bool) error {
	if err := s.scanValue(depth, inArray); err != nil {
		return err
	}
	s.buf = bytes.TrimRight(s.buf, white)
	if s.large {
		return s.tooLarge(rec)
	}
	return s.emit(rec)
}

// scanValue keeps the rest of a value, of which depth brackets are open.
func (s *splitter) scanValue(depth int, inArray bool) error {
	var inString, slash bool
	lines := 0 // that have ended
	for {
		ahead, err := s.buffered()
		if err != nil && err != io.EOF {
			return err
		}
		end, done, newline := len(ahead), len(ahead) == 0, false
		s.cutShort = done && (depth > 0 || inString)
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
		s.keep(ahead[:end])
		if err := s.pass(ahead, end); err != nil {
			return err
		}
		if newline {
			lines++
			done = s.cut(lines)
		}
		if done {
			return nil
		}
	}
}
