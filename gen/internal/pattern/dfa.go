package pattern

import (
	"encoding/binary"
	"fmt"
	"regexp/syntax"
	"slices"
)

// States that every automaton has.
const (
	dead    = 0 // nothing can match any more
	matched = 1 // whatever follows, the string matches
)

// A dfa is a deterministic automaton over bytes. Bytes of one class are not
// told apart.
type dfa struct {
	class   [256]uint8
	classes int
	next    []int32 // next[state*classes+class]
	accepts []bool  // by state: the string matches if it ends here
	start   int32
}

func (d *dfa) states() int { return len(d.accepts) }

// A context is what a zero-width assertion needs to know of its neighbours.
type context uint8

const (
	edge         context = iota // beginning or end of the text
	newline                     // '\n'
	word                        // [0-9A-Za-z_]
	continuation                // a byte within a rune: only before one is there a position that is none
	other
	unknown // the next byte has not been read
)

func contextOf(b byte) context {
	switch {
	case b == '\n':
		return newline
	case syntax.IsWordChar(rune(b)):
		return word
	case b&0xC0 == 0x80:
		return continuation
	}
	return other
}

// holds tells whether an assertion holds between two neighbours; sure is false
// if that depends on a next byte that has not been read.
func holds(op syntax.EmptyOp, prev, next context) (yes, sure bool) {
	switch op {
	case syntax.EmptyBeginText:
		return prev == edge, true
	case syntax.EmptyBeginLine:
		return prev == edge || prev == newline, true
	}
	if next == unknown {
		return false, false
	}
	switch op {
	case syntax.EmptyEndText:
		return next == edge, true
	case syntax.EmptyEndLine:
		return next == edge || next == newline, true
	case syntax.EmptyWordBoundary:
		return (prev == word) != (next == word), true
	default: // syntax.EmptyNoWordBoundary
		return (prev == word) == (next == word) && next != continuation, true
	}
}

// An item is a place in the program: an instruction, and for one that consumes
// a rune, the node of the forest that the bytes of the rune read so far lead to.
type item struct {
	pc   uint32
	node int32
}

func (a item) compare(b item) int {
	if a.pc != b.pc {
		return int(a.pc) - int(b.pc)
	}
	return int(a.node) - int(b.node)
}

// A set is the places in which the program can be after the bytes read. Those
// at assertions wait for the next byte.
type set struct {
	items   []item
	waiting bool    // there are items at assertions
	prev    context // the last byte read, if waiting
	matched bool    // the program can have come to its end
}

// A builder makes the automaton whose states are the sets that can occur.
type builder struct {
	prog   *syntax.Prog
	forest *forest
	roots  []int32 // by instruction: where its rune begins

	class   [256]uint8
	example []byte // by class: a byte of it

	sets  []set
	known map[string]int32
	work  int

	// The set in the making.
	cur   set
	seen  []uint32 // by instruction: the last round in which it was followed
	round uint32
	stack []uint32
}

// determinize makes the automaton of a program, complete and with the states
// dead and matched, but not minimal.
func determinize(prog *syntax.Prog) (*dfa, error) {
	b := &builder{
		prog:   prog,
		forest: newForest(),
		roots:  make([]int32, len(prog.Inst)),
		known:  map[string]int32{},
		seen:   make([]uint32, len(prog.Inst)),
	}
	b.plant()
	b.classify()

	// The empty set is not dead: a match can still begin after the next byte.
	// Where it cannot, the two become one when the automaton is made minimal.
	b.sets = []set{dead: {}, matched: {matched: true}}
	b.begin()
	b.follow(uint32(prog.Start), edge, unknown)
	d := &dfa{class: b.class, classes: len(b.example)}
	d.start = b.state(edge)

	for s := 0; s < len(b.sets); s++ {
		if len(b.sets) > MaxStates {
			return nil, fmt.Errorf("%w: more than %d states", ErrTooComplex, MaxStates)
		}
		if b.work > maxWork {
			return nil, fmt.Errorf("%w: construction given up at %d states", ErrTooComplex, len(b.sets))
		}
		d.accepts = append(d.accepts, b.atEnd(s))
		d.next = b.successors(d.next, s)
	}
	return d, nil
}

// plant makes the forest of all sets of runes in the program.
func (b *builder) plant() {
	known := map[string]int32{}
	for pc := range b.prog.Inst {
		in := &b.prog.Inst[pc]
		switch in.Op {
		case syntax.InstRune, syntax.InstRune1, syntax.InstRuneAny, syntax.InstRuneAnyNotNL:
			key := fmt.Sprint(in.Op, in.Arg, in.Rune)
			root, ok := known[key]
			if !ok {
				root = b.forest.root(runes(in))
				known[key] = root
			}
			b.roots[pc] = root
		}
	}
}

// classify puts bytes in one class that neither the forest nor an assertion
// tells apart.
func (b *builder) classify() {
	known := map[string]uint8{}
	var key []byte
	for c := range 256 {
		key = append(key[:0], byte(contextOf(byte(c))))
		for i := range b.forest.nodes {
			key = binary.LittleEndian.AppendUint32(key, uint32(b.forest.nodes[i][c]))
		}
		class, ok := known[string(key)]
		if !ok {
			class = uint8(len(b.example))
			known[string(key)] = class
			b.example = append(b.example, byte(c))
		}
		b.class[c] = class
	}
}

// begin starts a new set.
func (b *builder) begin() {
	b.cur = set{items: b.cur.items[:0]}
	b.round++
}

// follow adds the places that the program reaches from pc without a byte,
// between two neighbours.
func (b *builder) follow(pc uint32, prev, next context) {
	b.stack = append(b.stack[:0], pc)
	for len(b.stack) > 0 {
		pc := b.stack[len(b.stack)-1]
		b.stack = b.stack[:len(b.stack)-1]
		if b.seen[pc] == b.round {
			continue
		}
		b.seen[pc] = b.round
		b.work++
		in := &b.prog.Inst[pc]
		switch in.Op {
		case syntax.InstAlt, syntax.InstAltMatch:
			b.stack = append(b.stack, in.Out, in.Arg)
		case syntax.InstCapture, syntax.InstNop:
			b.stack = append(b.stack, in.Out)
		case syntax.InstEmptyWidth:
			yes, sure := holds(syntax.EmptyOp(in.Arg), prev, next)
			switch {
			case !sure:
				b.cur.items = append(b.cur.items, item{pc: pc})
				b.cur.waiting = true
			case yes:
				b.stack = append(b.stack, in.Out)
			}
		case syntax.InstMatch:
			b.cur.matched = true
		case syntax.InstFail:
		default:
			b.cur.items = append(b.cur.items, item{pc, b.roots[pc]})
		}
	}
}

// resolve makes the set that s is, once the next byte is known: without items
// at assertions.
func (b *builder) resolve(s *set, next context) {
	b.begin()
	b.cur.matched = s.matched
	for _, it := range s.items {
		if b.prog.Inst[it.pc].Op == syntax.InstEmptyWidth {
			b.follow(it.pc, s.prev, next)
		} else {
			b.cur.items = append(b.cur.items, it)
		}
	}
}

// atEnd tells whether a string matches that ends in state s.
func (b *builder) atEnd(s int) bool {
	b.resolve(&b.sets[s], edge)
	return b.cur.matched
}

// successors appends the states to which the classes lead from state s.
func (b *builder) successors(next []int32, s int) []int32 {
	if s == dead || s == matched {
		for range b.example {
			next = append(next, int32(s))
		}
		return next
	}
	from := b.sets[s]
	resolved := map[context]set{}
	for _, c := range b.example {
		ctx := contextOf(c)
		now, ok := from, !from.waiting
		if !ok {
			now, ok = resolved[ctx]
		}
		if !ok {
			b.resolve(&from, ctx)
			now = b.cur
			now.items = slices.Clone(now.items)
			resolved[ctx] = now
		}
		if now.matched {
			next = append(next, matched)
			continue
		}
		b.begin()
		b.work += len(now.items)
		for _, it := range now.items {
			switch node := b.forest.nodes[it.node][c]; node {
			case fail:
			case accept:
				b.follow(b.prog.Inst[it.pc].Out, ctx, unknown)
			default:
				b.cur.items = append(b.cur.items, item{it.pc, node})
			}
		}
		// The search is not anchored: a match can begin here too. Within a rune
		// it cannot, but no rune begins with a continuation byte, and holds
		// looks out for assertions.
		b.follow(uint32(b.prog.Start), ctx, unknown)
		next = append(next, b.state(ctx))
	}
	return next
}

// state gives the number of the state of the set in the making, after prev.
func (b *builder) state(prev context) int32 {
	if b.cur.matched {
		return matched
	}
	if b.cur.waiting {
		b.cur.prev = prev
	}
	slices.SortFunc(b.cur.items, item.compare)
	b.cur.items = slices.Compact(b.cur.items)
	key := b.key(&b.cur)
	if n, ok := b.known[key]; ok {
		return n
	}
	n := int32(len(b.sets))
	kept := b.cur
	kept.items = slices.Clone(kept.items)
	b.sets = append(b.sets, kept)
	b.known[key] = n
	return n
}

// key identifies a set.
func (b *builder) key(s *set) string {
	key := []byte{byte(s.prev)}
	for _, it := range s.items {
		key = binary.LittleEndian.AppendUint32(key, it.pc)
		key = binary.LittleEndian.AppendUint32(key, uint32(it.node))
	}
	return string(key)
}
