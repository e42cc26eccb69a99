package secmodel

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// oneLine gives text as it stands in a line of output: what would end the line,
// steer a terminal, or is not UTF-8, is escaped as in a Go string. Names of
// members, and so pointers, may hold all of that.
func oneLine(text string) string {
	plain := true
	for i := 0; plain && i < len(text); i++ {
		plain = text[i] >= ' ' && text[i] < 0x7F
	}
	if plain || utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool { return !strconv.IsPrint(r) }) {
		return text
	}
	var b []byte
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if strconv.IsPrint(r) && (r != utf8.RuneError || size > 1) {
			b = append(b, text[i:i+size]...)
		} else {
			quoted := strconv.Quote(text[i : i+size])
			b = append(b, quoted[1:len(quoted)-1]...)
		}
		i += size
	}
	return string(b)
}
