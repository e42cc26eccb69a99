package serialize

import (
	"strings"
	"unicode/utf8"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

// yamlIndent is how far each level of a block is indented, in spaces.
const yamlIndent = 2

// maxImplicitKey is the length of a key, in bytes, up to which a colon after it
// is enough; parsers look no further than 1024 characters ahead.
const maxImplicitKey = 900

// yamlFromJSON appends the JSON document text in block style. Strings are quoted
// wherever some version of YAML might take them for something else. Of members
// with one name the last is written: a mapping of YAML has each key once.
func yamlFromJSON(dst, text []byte, o *secmodel.Options) ([]byte, error) {
	if err := wire.CheckSyntax(text, len(text)); err != nil {
		return dst, err
	}
	text = distinct(text)
	w := yamlWriter{src: text, out: dst}
	w.value(0, false)
	return append(w.out, '\n'), nil
}

// yamlWriter writes well-formed JSON as YAML.
type yamlWriter struct {
	src []byte
	i   int
	out []byte
}

// space passes over white space and returns the byte after it.
func (w *yamlWriter) space() byte {
	for {
		switch c := w.src[w.i]; c {
		case ' ', '\t', '\r', '\n':
			w.i++
		default:
			return c
		}
	}
}

// value writes the next value. A collection that is not empty begins on a line of
// its own, indented, or, as an element, on that of its dash.
func (w *yamlWriter) value(indent int, element bool) {
	c := w.space()
	switch c {
	case '{', '[':
		w.i++
		if w.space() == c+2 { // the closing bracket is two code points on
			w.i++
			w.out = append(w.out, c, c+2)
			return
		}
		w.collection(c == '{', indent, element)
	case '"':
		w.out = appendYAMLString(w.out, w.text())
	default:
		from := w.i
		for w.i < len(w.src) && strings.IndexByte(",]} \t\r\n", w.src[w.i]) < 0 {
			w.i++
		}
		w.out = appendYAMLNumber(w.out, string(w.src[from:w.i]))
	}
}

// text reads a string.
func (w *yamlWriter) text() string {
	n := nameLength(w.src[w.i:])
	s, _ := wire.Text(w.src[w.i : w.i+n])
	w.i += n
	return s
}

// collection writes the members or elements of an object or array that is not
// empty, after its opening bracket.
func (w *yamlWriter) collection(object bool, indent int, element bool) {
	for first := true; ; first = false {
		if !first || !element && len(w.out) > 0 && w.out[len(w.out)-1] == ' ' {
			w.line(indent)
		}
		if object {
			w.member(indent)
		} else {
			w.out = append(w.out, "- "...)
			w.value(indent+yamlIndent, true)
		}
		closed := w.space() != ','
		if w.i++; closed {
			return
		}
		w.space()
	}
}

// member writes a member of an object.
func (w *yamlWriter) member(indent int) {
	from := len(w.out)
	w.out = appendYAMLString(w.out, w.text())
	if len(w.out)-from > maxImplicitKey {
		key := string(w.out[from:])
		w.out = append(append(w.out[:from], "? "...), key...)
		w.line(indent)
	}
	w.out = append(w.out, ": "...)
	w.space()
	w.i++ // the colon
	w.value(indent+yamlIndent, false)
}

// line begins a line. No space is left at the end of the one before.
func (w *yamlWriter) line(indent int) {
	if n := len(w.out); n > 0 && w.out[n-1] == ' ' {
		w.out = w.out[:n-1]
	}
	w.out = append(w.out, '\n')
	for range indent {
		w.out = append(w.out, ' ')
	}
}

// appendYAMLNumber writes a number, true, false or null. An exponent gets the
// form that YAML 1.1 takes for a number too: with a fraction before it and a
// sign.
func appendYAMLNumber(dst []byte, s string) []byte {
	e := strings.IndexAny(s, "eE")
	if e < 0 || s == "true" || s == "false" {
		return append(dst, s...)
	}
	dst = append(dst, s[:e]...)
	if !strings.Contains(s[:e], ".") {
		dst = append(dst, ".0"...)
	}
	dst = append(dst, 'e')
	if c := s[e+1]; c != '-' && c != '+' {
		dst = append(dst, '+')
	}
	return append(dst, s[e+1:]...)
}

// appendYAMLString writes a string, plain if nobody takes that for anything else.
func appendYAMLString(dst []byte, s string) []byte {
	if isPlainYAML(s) {
		return append(dst, s...)
	}
	dst = append(dst, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			dst = append(dst, '\\', byte(r))
		case r == '\n':
			dst = append(dst, `\n`...)
		case r == '\r':
			dst = append(dst, `\r`...)
		case r == '\t':
			dst = append(dst, `\t`...)
		case r < ' ' || r >= 0x7f && r < 0xa0:
			dst = append(dst, '\\', 'x', hexDigits[r>>4], hexDigits[r&15])
		case r == 0x2028 || r == 0x2029 || r == 0xfeff || r == 0xfffe || r == 0xffff:
			dst = append(dst, '\\', 'u', hexDigits[r>>12], hexDigits[r>>8&15], hexDigits[r>>4&15], hexDigits[r&15])
		default:
			dst = utf8.AppendRune(dst, r)
		}
	}
	return append(dst, '"')
}

const hexDigits = "0123456789abcdef"

// isPlainYAML reports whether s is a string in YAML 1.1 and 1.2 without quotes,
// wherever it stands: it begins with a letter, and has nothing in it that could
// end it, nor the look of a boolean or a null.
func isPlainYAML(s string) bool {
	if s == "" || len(s) > maxImplicitKey || !isLetter(s[0]) {
		return false
	}
	for i := range len(s) {
		switch c := s[i]; {
		case isLetter(c), c >= '0' && c <= '9', strings.IndexByte("-./+@=()", c) >= 0:
		case c == ' ' || c == ':':
			// Not at the end, and no colon or comment sign beside a space.
			if i+1 == len(s) || s[i+1] == ' ' || s[i+1] == ':' {
				return false
			}
		default:
			return false
		}
	}
	switch strings.ToLower(s) {
	case "y", "n", "yes", "no", "on", "off", "true", "false", "null":
		return false
	}
	return true
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' }
