package cli

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/secmodel/secmodel"
)

// appendText appends a violation for people: a line that says what and where,
// and the line of the document that it is in, with a mark under the value. The
// place is that in the file.
func (d *document) appendText(dst []byte, v *secmodel.Violation, l look) []byte {
	dst = d.appendPlace(dst, v)
	located := *v
	located.Line = 0 // the place is there already
	text := printable(located.String())
	severity := v.Severity.String()
	dst = append(dst, l.paint(severityColour(v.Severity), severity)...)
	dst = append(append(dst, strings.TrimPrefix(text, severity)...), '\n')
	if d.Line == 0 {
		return dst // what is binary has no lines to show
	}
	return appendSnippet(dst, d.Data, v.Offset, v.Length, l)
}

// severityColour is the colour of a severity.
func severityColour(s secmodel.Severity) string {
	switch s {
	case secmodel.Error:
		return red
	case secmodel.Warning:
		return yellow
	}
	return cyan
}

// appendPlace appends where a violation is: "file:line:column: ", or, in a file
// that has no lines, "file:record 3:byte 120: ", counted from the beginning of the
// file.
func (d *document) appendPlace(dst []byte, v *secmodel.Violation) []byte {
	if d.Line == 0 {
		return fmt.Appendf(dst, "%s:record %d:byte %d: ", printable(d.file), d.Number, d.Offset+int64(v.Offset))
	}
	return d.appendLine(dst, v.Line, v.Column)
}

// appendLine appends "file:line:column: ".
func (d *document) appendLine(dst []byte, line, column int) []byte {
	dst = append(dst, printable(d.file)...)
	for _, n := range [...]int{line, column} {
		dst = strconv.AppendInt(append(dst, ':'), int64(n), 10)
	}
	return append(dst, ": "...)
}

// printable makes text from documents safe to show: what is not printable, as
// the characters that control a terminal, is written as in JSON.
func printable(text string) string {
	if strings.IndexFunc(text, hidden) < 0 && utf8.ValidString(text) {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		switch {
		case !hidden(r):
			b.WriteRune(r)
		case r > 0xffff:
			b.WriteString(`\U` + hex(r, 8))
		default:
			b.WriteString(`\u` + hex(r, 4))
		}
	}
	return b.String()
}

// hidden reports whether a character can't be seen, or does more than be seen.
func hidden(r rune) bool { return !unicode.IsPrint(r) }

// hex writes r in width hexadecimal digits.
func hex(r rune, width int) string {
	digits := strconv.FormatInt(int64(r), 16)
	return strings.Repeat("0", width-len(digits)) + digits
}
