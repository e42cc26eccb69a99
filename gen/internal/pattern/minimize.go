package pattern

// minimize gives the smallest automaton that accepts the same strings, by
// Hopcroft's algorithm. Its states are dead, matched, then those where a string
// does not match if it ends, then those where it does; each group in the order
// of a breadth-first search from the start.
func (d *dfa) minimize() *dfa {
	p := d.partition()
	m := &dfa{class: d.class, classes: d.classes}

	// Blocks in the order of the search. One state of a block stands for it.
	const none = -1
	number := make([]int32, len(p.first))
	for i := range number {
		number[i] = none
	}
	var order []int32 // states that stand for blocks
	visit := func(s int32) {
		if b := p.block[s]; number[b] == none {
			number[b] = 0
			order = append(order, s)
		}
	}
	number[p.block[dead]], number[p.block[matched]] = dead, matched
	visit(d.start)
	for i := 0; i < len(order); i++ {
		for c := range d.classes {
			visit(d.next[int(order[i])*d.classes+c])
		}
	}

	final := []int32{dead, matched}
	for _, accepts := range []bool{false, true} {
		for _, s := range order {
			if d.accepts[s] == accepts {
				number[p.block[s]] = int32(len(final))
				final = append(final, s)
			}
		}
	}
	for _, s := range final {
		m.accepts = append(m.accepts, d.accepts[s])
		for c := range d.classes {
			m.next = append(m.next, number[p.block[d.next[int(s)*d.classes+c]]])
		}
	}
	m.start = number[p.block[d.start]]
	return m
}

// A partition of the states: the states of block b are
// elems[first[b]:end[b]], of which those before mid[b] are marked.
type partition struct {
	elems           []int32
	place           []int32 // by state: its index in elems
	block           []int32 // by state
	first, mid, end []int32 // by block
}

func (p *partition) add(first, end int32) int32 {
	b := int32(len(p.first))
	p.first = append(p.first, first)
	p.mid = append(p.mid, first)
	p.end = append(p.end, end)
	for _, s := range p.elems[first:end] {
		p.block[s] = b
	}
	return b
}

// mark marks a state, and tells whether it is the first of its block.
func (p *partition) mark(s int32) bool {
	b, i := p.block[s], p.place[s]
	mid := p.mid[b]
	if i < mid {
		return false
	}
	t := p.elems[mid]
	p.elems[mid], p.elems[i] = s, t
	p.place[s], p.place[t] = mid, i
	p.mid[b]++
	return mid == p.first[b]
}

// split separates the marked states of b from the others and unmarks them. It
// gives the smaller part as a new block; none (-1) if all are marked.
func (p *partition) split(b int32) int32 {
	first, mid, end := p.first[b], p.mid[b], p.end[b]
	p.mid[b] = first
	switch {
	case mid == end:
		return -1
	case mid-first <= end-mid:
		p.first[b], p.mid[b] = mid, mid
		return p.add(first, mid)
	default:
		p.end[b] = mid
		return p.add(mid, end)
	}
}

// partition finds the coarsest partition in which the states of a block accept
// alike, and lead to the same block by each class.
func (d *dfa) partition() *partition {
	n := int32(d.states())
	p := &partition{elems: make([]int32, n), place: make([]int32, n), block: make([]int32, n)}
	for i := range n {
		p.elems[i], p.place[i] = i, i
	}
	p.add(0, n)
	for s, accepts := range d.accepts {
		if accepts {
			p.mark(int32(s))
		}
	}
	p.split(0)

	// from[at[c*n+s]:at[c*n+s+1]] are the states that lead to s by class c.
	at := make([]int32, int(n)*d.classes+1)
	from := make([]int32, int(n)*d.classes)
	for i, t := range d.next {
		at[i%d.classes*int(n)+int(t)]++
	}
	for i := 1; i < len(at); i++ {
		at[i] += at[i-1]
	}
	for i := len(d.next) - 1; i >= 0; i-- {
		j := i%d.classes*int(n) + int(d.next[i])
		at[j]--
		from[at[j]] = int32(i / d.classes)
	}

	// Blocks that may split others. Of the two parts of a block the smaller is
	// enough, unless the whole is still to come; and then it is in the queue
	// itself, as what is left of it.
	queue := []int32{0}
	if len(p.first) > 1 {
		queue = append(queue, 1)
	}
	var splitter, touched []int32
	for len(queue) > 0 {
		b := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		splitter = append(splitter[:0], p.elems[p.first[b]:p.end[b]]...)
		for c := range d.classes {
			touched = touched[:0]
			for _, t := range splitter {
				i := c*int(n) + int(t)
				for _, s := range from[at[i]:at[i+1]] {
					if p.mark(s) {
						touched = append(touched, p.block[s])
					}
				}
			}
			for _, t := range touched {
				if small := p.split(t); small >= 0 {
					queue = append(queue, small)
				}
			}
		}
	}
	return p
}
