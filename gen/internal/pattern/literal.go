package pattern

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/secmodel/secmodel/wire"
)

// maxColumns is the longest line of a literal, with a tab as four columns.
const maxColumns = 112

// GoLiteral prints p as a composite literal of Go, "wire.Pattern{…}", for
// gofmt to align. Long strings are concatenations, tables with a line or more
// for each class.
func GoLiteral(p *wire.Pattern) string {
	var b strings.Builder
	b.WriteString("wire.Pattern{\n")
	text := func(name, s string, row int) {
		if s != "" {
			fmt.Fprintf(&b, "\t%s: %s,\n", name, quote(s, row))
		}
	}
	text("Source", p.Source, len(p.Source))
	fmt.Fprintf(&b, "\tStates: %d,\n\tKinds: %d,\n\tStart: %d,\n\tAccept: %d,\n",
		p.States, p.Kinds, p.Start, p.Accept)
	text("Classes", p.Classes, 64)
	text("Next", p.Next, p.States)
	if p.Pairs != "" {
		text("Pairs", p.Pairs, p.Kinds)
		text("NextPair", p.NextPair, p.States)
	}
	text("Wide", p.Wide, 2*p.States)
	b.WriteString("}")
	return b.String()
}

// quote writes s as a constant expression, with a new line after each row of
// bytes and where a line would be too long. Rows of which several fit in a line
// share it.
func quote(s string, row int) string {
	const indent = 8
	if row < 32 {
		row *= 64 / max(row, 1)
	}
	var lines []string
	for len(s) > 0 {
		n := min(row, len(s))
		rest := s[:n]
		s = s[n:]
		for len(rest) > 0 {
			line, size := `"`, 0
			for size < len(rest) {
				q := strconv.Quote(rest[size : size+1])
				if indent+len(line)+len(q) > maxColumns {
					break
				}
				line += q[1 : len(q)-1]
				size++
			}
			lines = append(lines, line+`"`)
			rest = rest[size:]
		}
	}
	if len(lines) == 1 {
		return lines[0]
	}
	return `"" +` + "\n\t\t" + strings.Join(lines, " +\n\t\t")
}
