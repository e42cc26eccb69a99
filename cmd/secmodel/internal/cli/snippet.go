package cli

import (
	"bytes"
	"unicode/utf8"
)

// A snippet is a line of a document with a mark below. Lines that are longer
// than snippetWidth characters are cut on both sides; snippetLead characters
// before the value are kept.
const (
	snippetIndent = "    "
	snippetWidth  = 96
	snippetLead   = 32
)

// appendSnippet appends the line of data in which offset is, and below it a mark
// under the length bytes from there. An object or array is marked at its
// bracket only. It appends nothing if there is nothing to show.
func appendSnippet(dst, data []byte, offset, length int) []byte {
	offset = min(max(offset, 0), len(data))
	from := bytes.LastIndexByte(data[:offset], '\n') + 1
	to := len(data)
	if n := bytes.IndexByte(data[offset:], '\n'); n >= 0 {
		to = offset + n
	}
	line := bytes.TrimRight(data[from:to], " \t\r")
	if len(line) == 0 {
		return dst
	}
	// The mark begins at at and ends before end, in the line.
	at := min(offset-from, len(line))
	end := min(at+max(length, 1), len(line))
	if at < len(line) && (line[at] == '{' || line[at] == '[') {
		end = at + 1
	}

	before := lastChars(line[:at], snippetWidth)
	after := firstChars(line[at:], snippetWidth)
	cutLeft, cutRight := len(before) < at, len(after) < len(line)-at
	left, right := cells(before), cells(after)
	mark := max(utf8.RuneCount(line[at:max(end, at)][:min(end-at, len(after))]), 1)
	if !cutLeft {
		// Without the indentation that the line has itself.
		left = bytes.TrimLeft(left, " ")
	}
	if length := utf8.RuneCount(left) + utf8.RuneCount(right); cutLeft || cutRight || length > snippetWidth {
		if lead := max(snippetLead, snippetWidth-utf8.RuneCount(right)); utf8.RuneCount(left) > lead {
			left, cutLeft = lastChars(left, lead), true
		}
		if room := snippetWidth - utf8.RuneCount(left); utf8.RuneCount(right) > room {
			right, cutRight = firstChars(right, room), true
		}
		mark = min(mark, max(utf8.RuneCount(right), 1))
	}

	dst = append(dst, snippetIndent...)
	column := utf8.RuneCount(left)
	if cutLeft {
		dst = append(dst, "…"...)
		column++
	}
	dst = append(append(dst, left...), right...)
	if cutRight {
		dst = append(dst, "…"...)
	}
	dst = append(append(dst, '\n'), snippetIndent...)
	dst = append(dst, bytes.Repeat([]byte{' '}, column)...)
	dst = append(dst, bytes.Repeat([]byte{'^'}, mark)...)
	return append(dst, '\n')
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

// cells gives each character of text one that takes a cell of a terminal, and
// does nothing but that.
func cells(text []byte) []byte {
	return bytes.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case hidden(r):
			return utf8.RuneError
		}
		return r
	}, text)
}
