package wire

import "unsafe"

// Members calls f for each member of the JSON object in data, in order, until f
// returns false; name and value view data. It returns a *secmodel.SyntaxError,
// without line and column, if what it has read until then is not well-formed,
// or if the root is no object. It does not look at what follows the member that
// f stopped at.
func Members(data []byte, maxDepth int, f func(name string, value []byte) bool) error {
	s := scanner{src: unsafe.String(unsafe.SliceData(data), len(data)), maxDepth: maxDepth}
	if i := s.members(data, f); i < 0 {
		return s.err
	}
	return nil
}

func (s *scanner) members(data []byte, f func(name string, value []byte) bool) int {
	i := s.space(0)
	if i >= len(s.src) || s.src[i] != '{' {
		return s.notObject(i)
	}
	if !s.open(i) {
		return -1
	}
	if i = s.space(i + 1); i < len(s.src) && s.src[i] == '}' {
		return i + 1
	}
	for {
		if i >= len(s.src) || s.src[i] != '"' {
			return s.unexpected(i, "a member name")
		}
		end, escaped := s.str(i + 1)
		if end < 0 {
			return -1
		}
		name := s.src[i+1 : end]
		if escaped {
			name = string(unescape(nil, name))
		}
		if i = s.space(end + 1); i >= len(s.src) || s.src[i] != ':' {
			return s.unexpected(i, "a colon")
		}
		i = s.space(i + 1)
		if end = s.skip(i); end < 0 {
			return -1
		}
		if !f(name, data[i:end:end]) {
			return end
		}
		if i = s.space(end); i >= len(s.src) {
			return s.unexpected(i, "a comma or }")
		}
		switch s.src[i] {
		case ',':
			i = s.space(i + 1)
		case '}':
			return i + 1
		default:
			return s.unexpected(i, "a comma or }")
		}
	}
}

// notObject fails for a root at i that is no object, or no JSON at all.
func (s *scanner) notObject(i int) int {
	if i >= len(s.src) {
		return s.unexpected(i, "an object")
	}
	if _, to := s.whole(); to < 0 {
		return -1
	}
	return s.fail(i, "the root must be an object")
}

// CheckSyntax returns a *secmodel.SyntaxError if data is not one well-formed
// JSON value with nothing but white space around it.
func CheckSyntax(data []byte, maxDepth int) error {
	s := scanner{src: unsafe.String(unsafe.SliceData(data), len(data)), maxDepth: maxDepth}
	if _, to := s.whole(); to >= 0 {
		return nil
	}
	s.err.Line, s.err.Column = LineColumn(data, int(s.err.Offset))
	return s.err
}

// AppendIndent appends the well-formed JSON value src to dst, one member or
// element a line, indented by indent for each level.
func AppendIndent(dst, src []byte, indent string) []byte {
	depth := 0
	newline := func() {
		dst = append(dst, '\n')
		for range depth {
			dst = append(dst, indent...)
		}
	}
	for i := 0; i < len(src); i++ {
		switch c := src[i]; c {
		case ' ', '\t', '\r', '\n':
		case '"':
			from := i
			for i++; src[i] != '"'; i++ {
				if src[i] == '\\' {
					i++
				}
			}
			dst = append(dst, src[from:i+1]...)
		case '{', '[':
			dst = append(dst, c)
			j := i + 1
			for isSpace(src[j]) {
				j++
			}
			if src[j] == c+2 { // the closing bracket is two code points on
				dst = append(dst, src[j])
				i = j
				continue
			}
			depth++
			newline()
		case '}', ']':
			depth--
			newline()
			dst = append(dst, c)
		case ',':
			dst = append(dst, c)
			newline()
		case ':':
			dst = append(dst, ": "...)
		default:
			dst = append(dst, c)
		}
	}
	return dst
}
