package lint

import "strings"

// maxPlaceholder is the length in bytes of the longest word of placeholders.
const maxPlaceholder = len("not applicable")

// Placeholder reports whether a text stands for a value that was not known: a
// word for that, as N/A or -, or a template that nobody filled in, as
// %{host}. An empty text is none; formats have a meaning for it.
func Placeholder(text string) bool {
	text = strings.TrimSpace(text)
	if len(text) <= maxPlaceholder {
		switch strings.ToLower(text) {
		case "-", "--", "---", "?", "??", "???", "n/a", "#n/a", "n.a.", "none", "(none)", "<none>", "[none]",
			"null", "(null)", "<null>", "[null]", "nil", "(nil)", "<nil>", "%!s(<nil>)", "nan", "undefined",
			"unknown", "(unknown)", "<unknown>", "[unknown]", "unspecified", "unavailable", "not available",
			"not applicable", "not set", "(not set)", "tbd", "todo", "changeme", "placeholder":
			return true
		}
	}
	return template(text)
}

// template reports whether a text as a whole is a variable of a template.
func template(text string) bool {
	for _, fence := range [...][2]string{{"%{", "}"}, {"${", "}"}, {"{{", "}}"}, {"<%", "%>"}} {
		if len(text) > 4 && strings.HasPrefix(text, fence[0]) && strings.HasSuffix(text, fence[1]) {
			return true
		}
	}
	return text == "[object Object]"
}

// PlaceholderUUID reports whether a UUID has nothing but zeros, or nothing but
// f: the nil and the max UUID (RFC 9562, sections 5.9 and 5.10).
func PlaceholderUUID(text string) bool { return IsUUID(text) && uniform(text, '-') }

// PlaceholderMAC reports whether a hardware address has nothing but zeros, or
// nothing but f, which is broadcast.
func PlaceholderMAC(text string) bool {
	return len(text) >= len("000000000000") && uniform(text, ':', '-', '.')
}

// PlaceholderHash reports whether a hash in hexadecimal has nothing but zeros,
// or nothing but f.
func PlaceholderHash(text string) bool { return len(text) >= 8 && uniform(text) }

// uniform reports whether a text is all zeros or all f, but for separators.
func uniform(text string, separators ...byte) bool {
	digit := byte(0)
	for i := range len(text) {
		c := text[i] | 0x20
		if c == 'f' || text[i] == '0' {
			if digit != 0 && digit != c {
				return false
			}
			digit = c
			continue
		}
		if strings.IndexByte(string(separators), text[i]) < 0 {
			return false
		}
	}
	return digit != 0
}

// IsUUID reports whether a text is written as a UUID (RFC 9562, section 4).
func IsUUID(text string) bool {
	if len(text) != 36 {
		return false
	}
	for i := range len(text) {
		switch c := text[i]; i {
		case 8, 13, 18, 23:
			if c != '-' {
				return false
			}
		default:
			if !isHex(c) {
				return false
			}
		}
	}
	return true
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}
