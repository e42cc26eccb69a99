package pattern

import (
	"regexp/syntax"
	"unicode"
)

// Nodes that every forest has.
const (
	fail   = 0 // no rune of the set begins with these bytes
	accept = 1 // the bytes are a rune of the set
)

// A forest recognises sets of runes byte by byte. Each set is a root node; from
// a node, a byte leads to the next one, until accept or fail. Equal nodes are
// one, within a set and between sets, so each is minimal.
type forest struct {
	nodes [][256]int32
	known map[[256]int32]int32
}

func newForest() *forest {
	f := &forest{known: map[[256]int32]int32{}}
	f.node([256]int32{}) // fail leads to fail
	f.nodes = append(f.nodes, [256]int32{})
	return f
}

// node gives the number of the node with the successors next.
func (f *forest) node(next [256]int32) int32 {
	if n, ok := f.known[next]; ok {
		return n
	}
	n := int32(len(f.nodes))
	f.known[next] = n
	f.nodes = append(f.nodes, next)
	return n
}

const (
	blocks     = (unicode.MaxRune + 1) / 64 // blocks of 64 runes, which share all bytes but the last
	surrogates = 0xD800 / 64
	private    = 0xE000 / 64
)

// A runeSet holds one bit per rune: bit r%64 of word r/64.
type runeSet [blocks]uint64

func (s *runeSet) add(lo, hi rune) {
	for r := lo; r <= hi; {
		if r%64 == 0 && hi-r >= 63 {
			s[r/64] = ^uint64(0)
			r += 64
			continue
		}
		s[r/64] |= 1 << (r % 64)
		r++
	}
}

// root gives the node that recognises the runes of s. Surrogates have no bytes
// in UTF-8, and overlong forms are none of it.
func (f *forest) root(s *runeSet) int32 {
	// last recognises the last byte of the runes of a block.
	last := func(block int) int32 {
		if s[block] == 0 || surrogates <= block && block < private {
			return fail
		}
		var next [256]int32
		for i := range 64 {
			if s[block]>>i&1 != 0 {
				next[0x80+i] = accept
			}
		}
		return f.node(next)
	}
	// lastTwo recognises the last two bytes of the 64 blocks from block, of
	// which those below min have a shorter form.
	lastTwo := func(block, min int) int32 {
		var next [256]int32
		for i := range 64 {
			if block+i >= min {
				next[0x80+i] = last(block + i)
			}
		}
		return f.node(next)
	}

	const (
		twoByte   = 0x80 / 64 // the first blocks of each length
		threeByte = 0x800 / 64
		fourByte  = 0x10000 / 64
	)
	var next [256]int32
	for r := range 0x80 {
		if s[r/64]>>(r%64)&1 != 0 {
			next[r] = accept
		}
	}
	for i := twoByte; i < threeByte; i++ {
		next[0xC0+i] = last(i)
	}
	for i := range 16 {
		next[0xE0+i] = lastTwo(i*64, threeByte)
	}
	for lead := range 5 {
		var second [256]int32
		for i := range 64 {
			if block := (lead*64 + i) * 64; fourByte <= block && block < blocks {
				second[0x80+i] = lastTwo(block, fourByte)
			}
		}
		next[0xF0+lead] = f.node(second)
	}
	return f.node(next)
}

// runes gives the set of runes that a rune instruction consumes.
func runes(in *syntax.Inst) *runeSet {
	s := new(runeSet)
	switch in.Op {
	case syntax.InstRuneAny:
		s.add(0, unicode.MaxRune)
	case syntax.InstRuneAnyNotNL:
		s.add(0, '\n'-1)
		s.add('\n'+1, unicode.MaxRune)
	default:
		if len(in.Rune) == 1 {
			r := in.Rune[0]
			s.add(r, r)
			if syntax.Flags(in.Arg)&syntax.FoldCase != 0 {
				for o := unicode.SimpleFold(r); o != r; o = unicode.SimpleFold(o) {
					s.add(o, o)
				}
			}
			break
		}
		for i := 0; i+1 < len(in.Rune); i += 2 {
			s.add(in.Rune[i], in.Rune[i+1])
		}
	}
	return s
}
