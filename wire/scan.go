package wire

import (
	"fmt"
	"math/bits"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/secmodel/secmodel"
)

// scanner reads JSON text (RFC 8259). Its methods take the position to read at
// and return the one after what they read, or -1 after a syntax error, which is
// then in err. Text that is not valid UTF-8 and lone surrogates are errors.
type scanner struct {
	src      string
	depth    int // objects and arrays that are open
	maxDepth int
	spaces   bool // skip has passed white space
	err      *secmodel.SyntaxError
}

// fail records a syntax error at i, if it is the first.
func (s *scanner) fail(i int, format string, args ...any) int {
	if s.err == nil {
		s.err = &secmodel.SyntaxError{Offset: int64(i), Msg: fmt.Sprintf(format, args...)}
	}
	return -1
}

// unexpected is fail for a byte, or the end, that cannot stand at i.
func (s *scanner) unexpected(i int, want string) int {
	if i >= len(s.src) {
		return s.fail(len(s.src), "the text ends where %s should follow", want)
	}
	switch c := s.src[i]; {
	case c == 0xef && strings.HasPrefix(s.src[i:], "\xef\xbb\xbf"):
		return s.fail(i, "a byte-order mark; %s should follow", want)
	case c < 0x20 || c >= 0x7f:
		return s.fail(i, "byte 0x%02x; %s should follow", c, want)
	default:
		return s.fail(i, "%q; %s should follow", c, want)
	}
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' }

// space skips white space from i on.
func (s *scanner) space(i int) int {
	for i < len(s.src) && isSpace(s.src[i]) {
		i++
	}
	return i
}

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// special marks, in the high bit of its byte, the first byte of x that ends a
// run of plain string bytes: a quote, a backslash, a control character or one
// that is not ASCII. Bytes above the first may be marked wrongly.
func special(x uint64) uint64 {
	// Of an ASCII byte each difference has the high bit only if it is negative;
	// any other is marked by x itself.
	quote, slash := x^'"'*ones, x^'\\'*ones
	return ((quote - ones) | (slash - ones) | (x - 0x20*ones) | x) & highs
}

// plain returns the position of the first special byte of src from i on, or
// len(src).
func plain(src string, i int) int {
	for i+8 <= len(src) {
		if m := special(load8(src, i)); m != 0 {
			return i + bits.TrailingZeros64(m)>>3
		}
		i += 8
	}
	for i < len(src) {
		if c := src[i]; c == '"' || c == '\\' || c < 0x20 || c >= 0x80 {
			return i
		}
		i++
	}
	return i
}

// str reads a string whose first byte after the quote is at i. end is the
// position of the closing quote, escaped whether it has escapes.
func (s *scanner) str(i int) (end int, escaped bool) {
	for {
		i = plain(s.src, i)
		if i >= len(s.src) {
			return s.fail(i, "the text ends within a string"), false
		}
		switch c := s.src[i]; {
		case c == '"':
			return i, escaped
		case c == '\\':
			escaped = true
			if i = s.escape(i); i < 0 {
				return -1, false
			}
		case c < 0x20:
			return s.fail(i, "control character 0x%02x within a string; it must be escaped", c), false
		default:
			next := runes(s.src, i)
			if next < 0 {
				return s.invalid(i), false
			}
			i = next
		}
	}
}

// runes reads a run of characters beyond ASCII from i on, and returns the
// position after it, -1 if they are not valid UTF-8.
func runes(src string, i int) int {
	for i < len(src) && src[i] >= utf8.RuneSelf {
		r, n := utf8.DecodeRuneInString(src[i:])
		if r == utf8.RuneError && n <= 1 {
			return -1
		}
		i += n
	}
	return i
}

// invalid fails at the first byte from i on that is not valid UTF-8.
func (s *scanner) invalid(i int) int {
	for {
		r, n := utf8.DecodeRuneInString(s.src[i:])
		if r == utf8.RuneError && n <= 1 {
			return s.fail(i, "byte 0x%02x is not valid UTF-8", s.src[i])
		}
		i += n
	}
}

// escape checks the escape sequence whose backslash is at i.
func (s *scanner) escape(i int) int {
	if i+1 >= len(s.src) {
		return s.fail(i, "the text ends within an escape sequence")
	}
	switch s.src[i+1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return i + 2
	case 'u':
		r, ok := hex4(s.src, i+2)
		switch {
		case !ok:
			return s.fail(i, `\u must be followed by four hexadecimal digits`)
		case r < 0xd800 || r > 0xdfff:
			return i + 6
		case r >= 0xdc00:
			return s.fail(i, "lone low surrogate \\u%04x", r)
		}
		if strings.HasPrefix(s.src[i+6:], `\u`) {
			if low, ok := hex4(s.src, i+8); ok && low >= 0xdc00 && low <= 0xdfff {
				return i + 12
			}
		}
		return s.fail(i, "lone high surrogate \\u%04x", r)
	default:
		return s.fail(i, `%q does not follow a backslash in JSON`, s.src[i+1])
	}
}

// hex4 reads four hexadecimal digits of src at i.
func hex4(src string, i int) (r rune, ok bool) {
	if i+4 > len(src) {
		return 0, false
	}
	for _, c := range []byte(src[i : i+4]) {
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case c >= 'a' && c <= 'f':
			c -= 'a' - 10
		case c >= 'A' && c <= 'F':
			c -= 'A' - 10
		default:
			return 0, false
		}
		r = r<<4 | rune(c)
	}
	return r, true
}

// unescape writes the string body, whose syntax str has checked, to dst with
// its escapes resolved. dst may be the memory of body: the result is never
// longer than what has been read.
func unescape(dst []byte, body string) []byte {
	for i := 0; i < len(body); {
		c := body[i]
		if c != '\\' {
			dst = append(dst, c)
			i++
			continue
		}
		c = body[i+1]
		i += 2
		switch c {
		case 'b':
			c = '\b'
		case 'f':
			c = '\f'
		case 'n':
			c = '\n'
		case 'r':
			c = '\r'
		case 't':
			c = '\t'
		case 'u':
			r, _ := hex4(body, i)
			i += 4
			if r >= 0xd800 && r <= 0xdfff {
				low, _ := hex4(body, i+2)
				r = (r-0xd800)<<10 + (low - 0xdc00) + 0x10000
				i += 6
			}
			dst = utf8.AppendRune(dst, r)
			continue
		}
		dst = append(dst, c)
	}
	return dst
}

// number reads a number at i. integer says that it has neither fraction nor
// exponent.
func (s *scanner) number(i int) (end int, integer bool) {
	src := s.src
	if src[i] == '-' {
		i++
	}
	switch {
	case i >= len(src) || src[i] < '0' || src[i] > '9':
		return s.unexpected(i, "a digit"), false
	case src[i] == '0':
		if i++; i < len(src) && src[i] >= '0' && src[i] <= '9' {
			return s.fail(i, "a number must not begin with 0"), false
		}
	default:
		i = digits(src, i)
	}
	integer = true
	if i < len(src) && src[i] == '.' {
		integer = false
		n := digits(src, i+1)
		if n == i+1 {
			return s.unexpected(n, "a digit"), false
		}
		i = n
	}
	if i < len(src) && src[i]|0x20 == 'e' {
		integer = false
		if i++; i < len(src) && (src[i] == '+' || src[i] == '-') {
			i++
		}
		n := digits(src, i)
		if n == i {
			return s.unexpected(n, "a digit"), false
		}
		i = n
	}
	return i, integer
}

func digits(src string, i int) int {
	for i < len(src) && src[i] >= '0' && src[i] <= '9' {
		i++
	}
	return i
}

// literal reads word at i.
func (s *scanner) literal(i int, word string) int {
	if strings.HasPrefix(s.src[i:], word) {
		return i + len(word)
	}
	return s.unexpected(i, "a value")
}

// open counts an object or array that begins at i.
func (s *scanner) open(i int) bool {
	if s.depth >= s.maxDepth {
		s.fail(i, "objects and arrays are nested deeper than %d", s.maxDepth)
		return false
	}
	s.depth++
	return true
}

// skip reads any value at i and checks its syntax.
func (s *scanner) skip(i int) int {
	if i >= len(s.src) {
		return s.unexpected(i, "a value")
	}
	switch c := s.src[i]; c {
	case '"':
		end, _ := s.str(i + 1)
		if end < 0 {
			return -1
		}
		return end + 1
	case '{':
		return s.skipObject(i)
	case '[':
		return s.skipArray(i)
	case 't':
		return s.literal(i, "true")
	case 'f':
		return s.literal(i, "false")
	case 'n':
		return s.literal(i, "null")
	default:
		if c == '-' || c >= '0' && c <= '9' {
			end, _ := s.number(i)
			return end
		}
		return s.unexpected(i, "a value")
	}
}

func (s *scanner) skipObject(i int) int {
	if !s.open(i) {
		return -1
	}
	defer func() { s.depth-- }()
	i = s.gap(i + 1)
	if i < len(s.src) && s.src[i] == '}' {
		return i + 1
	}
	for {
		if i >= len(s.src) || s.src[i] != '"' {
			return s.unexpected(i, "a member name")
		}
		end, _ := s.str(i + 1)
		if end < 0 {
			return -1
		}
		if i = s.gap(end + 1); i >= len(s.src) || s.src[i] != ':' {
			return s.unexpected(i, "a colon")
		}
		if i = s.skip(s.gap(i + 1)); i < 0 {
			return -1
		}
		if i = s.gap(i); i >= len(s.src) {
			return s.unexpected(i, "a comma or }")
		}
		switch s.src[i] {
		case ',':
			i = s.gap(i + 1)
		case '}':
			return i + 1
		default:
			return s.unexpected(i, "a comma or }")
		}
	}
}

func (s *scanner) skipArray(i int) int {
	if !s.open(i) {
		return -1
	}
	defer func() { s.depth-- }()
	i = s.gap(i + 1)
	if i < len(s.src) && s.src[i] == ']' {
		return i + 1
	}
	for {
		if i = s.skip(i); i < 0 {
			return -1
		}
		if i = s.gap(i); i >= len(s.src) {
			return s.unexpected(i, "a comma or ]")
		}
		switch s.src[i] {
		case ',':
			i = s.gap(i + 1)
		case ']':
			return i + 1
		default:
			return s.unexpected(i, "a comma or ]")
		}
	}
}

// gap is space that remembers whether there was any.
func (s *scanner) gap(i int) int {
	if i < len(s.src) && isSpace(s.src[i]) {
		s.spaces = true
		return s.space(i + 1)
	}
	return i
}

// whole checks that s.src is one value with nothing but white space around it,
// and returns where the value begins and ends.
func (s *scanner) whole() (from, to int) {
	from = s.space(0)
	if to = s.skip(from); to < 0 {
		return from, to
	}
	if end := s.space(to); end < len(s.src) {
		return from, s.unexpected(end, "the end of the text")
	}
	return from, to
}

// appendCompact appends the JSON value src to dst without white space between
// its tokens. src must be well-formed.
func appendCompact(dst []byte, src string) []byte {
	for i := 0; i < len(src); {
		c := src[i]
		switch {
		case isSpace(c):
			i++
			continue
		case c == '"':
			from := i
			for i++; src[i] != '"'; i++ {
				if src[i] == '\\' {
					i++
				}
			}
			i++
			dst = append(dst, src[from:i]...)
			continue
		}
		dst = append(dst, c)
		i++
	}
	return dst
}

// integer parses the digits of src, an integer by JSON grammar. ok is false if
// it is out of the range of int64.
func integer(src string) (n int64, ok bool) {
	digits := src
	if src[0] == '-' {
		digits = src[1:]
	}
	if len(digits) > 18 {
		n, err := strconv.ParseInt(src, 10, 64)
		return n, err == nil
	}
	for _, c := range []byte(digits) {
		n = n*10 + int64(c-'0')
	}
	if len(digits) != len(src) {
		n = -n
	}
	return n, true
}
