package mozdef

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"unicode"
)

// pythonText returns the text that the server, which is written in Python,
// makes of a JSON value where it wants a string: null is "None", true is
// "True", and objects and arrays are in Python's notation.
func pythonText(raw json.RawMessage) string {
	if s, ok := stringOf(raw); ok {
		return s
	}
	return string(appendPython(nil, raw))
}

// appendPython appends a JSON value in Python's notation.
func appendPython(dst []byte, raw json.RawMessage) []byte {
	switch raw[0] {
	case '"':
		s, _ := stringOf(raw)
		return appendPythonString(dst, s)
	case 'n':
		return append(dst, "None"...)
	case 't':
		return append(dst, "True"...)
	case 'f':
		return append(dst, "False"...)
	case '[':
		dst = append(dst, '[')
		for i, v := range elements(raw) {
			if i > 0 {
				dst = append(dst, ", "...)
			}
			dst = appendPython(dst, v)
		}
		return append(dst, ']')
	case '{':
		o, _ := parseObject(raw)
		dst = append(dst, '{')
		for i, m := range o.list {
			if i > 0 {
				dst = append(dst, ", "...)
			}
			dst = append(appendPythonString(dst, m.name), ": "...)
			dst = appendPython(dst, m.raw)
		}
		return append(dst, '}')
	}
	if isInteger(string(raw)) {
		if string(raw) == "-0" {
			raw = raw[1:]
		}
		return append(dst, raw...)
	}
	f, _ := strconv.ParseFloat(string(raw), 64)
	return append(dst, pythonFloat(f)...)
}

// pythonUpper returns s in upper case. Of the letters whose upper case is
// several letters for Python, only ß is known.
func pythonUpper(s string) string { return strings.ReplaceAll(strings.ToUpper(s), "ß", "SS") }

// isInteger reports whether a JSON number is written as an integer.
func isInteger(number string) bool { return !strings.ContainsAny(number, ".eE") }

// pythonFloat writes a float as Python does: the shortest digits that identify
// it, with a fraction, and with an exponent if it is small or large.
func pythonFloat(f float64) string {
	switch {
	case math.IsInf(f, 1):
		return "inf"
	case math.IsInf(f, -1):
		return "-inf"
	}
	if abs := math.Abs(f); abs != 0 && (abs < 1e-4 || abs >= 1e16) {
		return strconv.FormatFloat(f, 'e', -1, 64)
	}
	s := strconv.FormatFloat(f, 'f', -1, 64)
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
}

// appendPythonString appends a string as a literal of Python: in single quotes,
// unless it has such and no double ones.
func appendPythonString(dst []byte, s string) []byte {
	quote := byte('\'')
	if strings.Contains(s, "'") && !strings.Contains(s, `"`) {
		quote = '"'
	}
	dst = append(dst, quote)
	for _, r := range s {
		switch {
		case r == rune(quote) || r == '\\':
			dst = append(dst, '\\', byte(r))
		case r == '\n':
			dst = append(dst, `\n`...)
		case r == '\r':
			dst = append(dst, `\r`...)
		case r == '\t':
			dst = append(dst, `\t`...)
		case unicode.IsPrint(r):
			dst = append(dst, string(r)...)
		case r < 0x100:
			dst = appendHex(append(dst, `\x`...), r, 2)
		case r < 0x10000:
			dst = appendHex(append(dst, `\u`...), r, 4)
		default:
			dst = appendHex(append(dst, `\U`...), r, 8)
		}
	}
	return append(dst, quote)
}

func appendHex(dst []byte, r rune, digits int) []byte {
	for shift := 4 * (digits - 1); shift >= 0; shift -= 4 {
		dst = append(dst, "0123456789abcdef"[r>>shift&0xf])
	}
	return dst
}

// pythonInt returns the JSON number that Python's int makes of a value: of the
// digits of a string, of a boolean, of a number without its fraction. ok is
// false where that fails.
func pythonInt(raw json.RawMessage) (number string, ok bool) {
	switch raw[0] {
	case 't':
		return "1", true
	case 'f':
		return "0", true
	case 'n', '[', '{':
		return "", false
	case '"':
		s, _ := stringOf(raw)
		return integerText(s)
	}
	if isInteger(string(raw)) {
		return integerText(string(raw))
	}
	f, err := strconv.ParseFloat(string(raw), 64)
	if err != nil {
		return "", false // infinite
	}
	return integerText(strconv.FormatFloat(math.Trunc(f), 'f', 0, 64))
}

// integerText returns the integer that a text is for Python, as a JSON number:
// decimal digits, with underscores between them and a sign and spaces before.
func integerText(s string) (number string, ok bool) {
	s = strings.TrimSpace(s)
	digits := strings.TrimLeft(s, "+-")
	if len(s)-len(digits) > 1 || !digitGroups(digits) {
		return "", false
	}
	digits = strings.TrimLeft(strings.ReplaceAll(digits, "_", ""), "0")
	switch {
	case digits == "":
		return "0", true
	case s[0] == '-':
		return "-" + digits, true
	}
	return digits, true
}

// digitGroups reports whether s is decimal digits, in groups that single
// underscores separate.
func digitGroups(s string) bool {
	for group := range strings.SplitSeq(s, "_") {
		if group == "" || strings.Trim(group, "0123456789") != "" {
			return false
		}
	}
	return true
}

// pythonNumber returns the number that Python's float makes of a value. ok is
// false where that fails; infinities and NaN are numbers to it.
func pythonNumber(raw json.RawMessage) (f float64, ok bool) {
	switch raw[0] {
	case 't':
		return 1, true
	case 'f':
		return 0, true
	case 'n', '[', '{':
		return 0, false
	case '"':
		s, _ := stringOf(raw)
		return floatText(s)
	}
	f, err := strconv.ParseFloat(string(raw), 64)
	return f, err == nil || !isInteger(string(raw)) // an integer must be in range
}

// floatText returns the number that a text is for Python, which knows no
// hexadecimal ones, and takes underscores between digits. A number that is too
// large is infinite.
func floatText(s string) (f float64, ok bool) {
	s = strings.TrimSpace(s)
	if strings.ContainsAny(s, "xXpP") {
		return 0, false
	}
	for i := range len(s) {
		if s[i] == '_' && (i == 0 || i+1 == len(s) || !isDigit(s[i-1]) || !isDigit(s[i+1])) {
			return 0, false
		}
	}
	s = strings.ReplaceAll(s, "_", "")
	f, err := strconv.ParseFloat(s, 64)
	return f, err == nil || math.IsInf(f, 0)
}
