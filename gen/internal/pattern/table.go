package pattern

import (
	"fmt"

	"github.com/secmodel/secmodel/wire"
)

const (
	// zero is 0 as wire.Pattern writes numbers in one byte.
	zero = ' '
	// narrow is how many numbers one byte holds.
	narrow = 256 - zero
	// maxPairTable is the largest table over pairs of bytes that its speed is
	// worth, in bytes.
	maxPairTable = 16 << 10
)

// tables writes a minimal automaton as a matcher.
func tables(d *dfa) (*wire.Pattern, error) {
	n := d.states()
	accept := n
	for accept > matched+1 && d.accepts[accept-1] {
		accept--
	}

	// Classes whose columns have become equal are one.
	var columns grouping
	var ofByte [256]int
	column := make([]int32, n)
	for b, class := range d.class {
		for s := range column {
			column[s] = d.next[s*d.classes+int(class)]
		}
		ofByte[b] = columns.group(column)
	}
	if len(columns.members) > narrow {
		return nil, fmt.Errorf("%w: %d classes of bytes, more than %d", ErrTooComplex, len(columns.members), narrow)
	}

	p := &wire.Pattern{States: n, Kinds: len(columns.members), Classes: narrowText(ofByte[:])}
	if n > narrow {
		p.Start, p.Accept = uint16(2*d.start), uint16(2*accept)
		p.Wide = wideText(columns.members)
		return p, nil
	}
	p.Start, p.Accept = uint16(zero+d.start), uint16(zero+accept)
	p.Next = narrowText(columns.members...)

	var pairs grouping
	var ofPair []int
	for _, first := range columns.members {
		for _, second := range columns.members {
			for s, t := range first {
				column[s] = second[t]
			}
			ofPair = append(ofPair, pairs.group(column))
		}
	}
	if k := len(pairs.members); k <= narrow && k*n+len(ofPair) <= maxPairTable {
		p.Pairs, p.NextPair = narrowText(ofPair), narrowText(pairs.members...)
	}
	return p, nil
}

// A grouping numbers columns of a table, equal ones alike.
type grouping struct {
	members [][]int32
	known   map[string]int
}

func (g *grouping) group(column []int32) int {
	key := wideText([][]int32{column})
	n, ok := g.known[key]
	if !ok {
		if g.known == nil {
			g.known = map[string]int{}
		}
		n = len(g.members)
		g.known[key] = n
		g.members = append(g.members, append([]int32(nil), column...))
	}
	return n
}

func narrowText[T int | int32](rows ...[]T) string {
	var text []byte
	for _, row := range rows {
		for _, v := range row {
			text = append(text, byte(zero+v))
		}
	}
	return string(text)
}

func wideText(rows [][]int32) string {
	var text []byte
	for _, row := range rows {
		for _, v := range row {
			text = append(text, byte(2*v), byte(2*v>>8))
		}
	}
	return string(text)
}
