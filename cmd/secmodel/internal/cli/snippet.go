package cli

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// A snippet is a line of a document with a mark below. Lines that are longer
// than snippetWidth characters are cut; before the value snippetLead characters
// are kept, and more where there is room.
const (
	snippetIndent = "    "
	snippetWidth  = 96
	snippetLead   = 32
)

// appendSnippet appends the line of data in which offset is, and below it a mark
// under the length bytes from there. An object or array is marked at its
// bracket only. It appends nothing if there is nothing to show.
func appendSnippet(dst, data []byte, offset, length int, l look) []byte {
	line, at := lineAt(data, offset)
	if len(line) == 0 {
		return dst
	}
	end := min(at+max(length, 0), len(line))
	if at < end && (line[at] == '{' || line[at] == '[') {
		end = at + 1
	}

	// What can't be shown anyway is cut off first, since a line may be long.
	before := cells(lastChars(line[:at], snippetWidth))
	value := cells(firstChars(line[at:end], snippetWidth))
	after := cells(firstChars(line[end:], snippetWidth))
	cutLeft, cutRight := utf8.RuneCount(line[:at]) > len(before), false
	if room := max(snippetWidth-len(value)-len(after), snippetLead); len(before) > room {
		before, cutLeft = before[len(before)-room:], true
	}
	rest := append(value, after...)
	if room := snippetWidth - len(before); len(rest) > room {
		rest, cutRight = rest[:room], true
	}
	mark := max(min(len(value), len(rest)), 1)
	if !cutLeft {
		for len(before) > 0 && before[0] == ' ' {
			before = before[1:] // the line's own indentation
		}
	}

	lead, width := columns(before), max(columns(rest[:min(mark, len(rest))]), 1)
	dst = append(dst, snippetIndent...)
	if cutLeft {
		dst = append(dst, "…"...)
		lead++
	}
	dst = append(append(dst, string(before)...), string(rest)...)
	if cutRight {
		dst = append(dst, "…"...)
	}
	dst = append(append(dst, '\n'), snippetIndent...)
	dst = append(dst, strings.Repeat(" ", lead)...)
	dst = append(dst, l.paint(green, strings.Repeat("^", width))...)
	return append(dst, '\n')
}

// lineAt returns the line of data in which offset is, without white space at
// its end, and where offset is in it.
func lineAt(data []byte, offset int) (line []byte, at int) {
	offset = min(max(offset, 0), len(data))
	from := bytes.LastIndexByte(data[:offset], '\n') + 1
	to := len(data)
	if n := bytes.IndexByte(data[offset:], '\n'); n >= 0 {
		to = offset + n
	}
	line = bytes.TrimRight(data[from:to], " \t\r")
	return line, min(offset-from, len(line))
}

// firstChars returns the first n characters of text; bytes that are not UTF-8
// count as characters.
func firstChars(text []byte, n int) []byte {
	i := 0
	for ; n > 0 && i < len(text); n-- {
		_, size := utf8.DecodeRune(text[i:])
		i += size
	}
	return text[:i]
}

// lastChars returns the last n characters of text.
func lastChars(text []byte, n int) []byte {
	i := len(text)
	for ; n > 0 && i > 0; n-- {
		_, size := utf8.DecodeLastRune(text[:i])
		i -= size
	}
	return text[i:]
}

// cells returns the characters of text, with others in the place of those that
// take no cell of a terminal, or do more than that.
func cells(text []byte) []rune {
	runes := []rune(string(text))
	for i, r := range runes {
		switch {
		case r == '\t':
			runes[i] = ' '
		case hidden(r):
			runes[i] = utf8.RuneError
		}
	}
	return runes
}

// columns returns how many cells of a terminal the characters take.
func columns(text []rune) (n int) {
	for _, r := range text {
		if n++; wide(r) {
			n++
		}
	}
	return n
}

// wide reports whether a character takes two cells: those that are wide or
// fullwidth by Unicode's annex 11, East Asian Width, by blocks, and the usual
// emoji.
func wide(r rune) bool {
	switch {
	case r < 0x1100:
		return false
	case r <= 0x115F, r >= 0x2E80 && r <= 0x303E, r >= 0x3041 && r <= 0x4DBF, r >= 0x4E00 && r <= 0xA4CF, r >= 0xA960 && r <= 0xA97F,
		r >= 0xAC00 && r <= 0xD7A3, r >= 0xF900 && r <= 0xFAFF, r >= 0xFE30 && r <= 0xFE6F, r >= 0xFF01 && r <= 0xFF60, r >= 0xFFE0 && r <= 0xFFE6,
		r >= 0x1F300 && r <= 0x1F64F, r >= 0x1F680 && r <= 0x1F6FF, r >= 0x1F900 && r <= 0x1FAFF, r >= 0x20000 && r <= 0x3FFFD:
		return true
	}
	return false
}
