package wire

// Pattern is a regular expression as a deterministic automaton over bytes, in
// tables that the generator makes. The zero Pattern matches nothing. A Pattern
// is never written to, and may be used concurrently.
//
// Where the tables hold numbers in single bytes, they hold them as characters:
// ' ' is 0, '!' is 1 and so on, up to 223. So most of them can be read, and the
// generated code is short.
//
// Two states are fixed: in state 0 nothing can match any more; in state 1 the
// string matches, whatever follows.
type Pattern struct {
	Source string // the expression, as the specification has it

	States int    // number of states
	Kinds  int    // number of classes of bytes
	Start  uint16 // the first state, as the tables write it
	Accept uint16 // from this state on, as the tables write it, a string matches that ends there

	// Classes gives the class of each of the 256 bytes: bytes of one class are
	// not told apart.
	Classes string
	// Next gives the state after a byte, for each class and then each state
	// before it.
	Next string

	// Pairs, unless empty, gives the class of two bytes for each class of the
	// first and then of the second, and NextPair the state after both, as Next
	// does for one. They take half the steps, each of which waits for the last.
	Pairs    string
	NextPair string

	// Wide stands for Next where there are more than 224 states. It writes
	// them in two bytes, the lower first, as twice their number: where in the
	// part of a class they are.
	Wide string
}

// The fixed states, as the tables write them.
const (
	patternZero    = ' '
	patternMatched = patternZero + 1
	wideMatched    = 2
)

// Match reports whether s matches: for valid UTF-8 exactly if
// regexp.MustCompile(p.Source).MatchString(s) does, so unanchored unless the
// expression is, and with "$" for the end of the text only. (A Source that
// package regexp cannot parse stands for an expression that the generator has
// put in its place.) Bytes that are not UTF-8 are not part of any match, but a
// match can come before or after them.
//
// It reads each byte at most once, stops where the outcome is known, and does
// not allocate.
func (p *Pattern) Match(s string) bool {
	if p.Wide != "" {
		return p.matchWide(s)
	}
	classes, next := p.Classes, p.Next
	if len(classes) < 256 {
		return false
	}
	state, n, i := int(p.Start), p.States, 0
	if p.Pairs != "" {
		state, i = p.afterPairs(s), len(s)&^1
	}
	for ; i < len(s); i++ {
		if state <= patternMatched {
			break
		}
		state = int(next[(int(classes[s[i]])-patternZero)*n+state-patternZero])
	}
	return state >= int(p.Accept) || state == patternMatched
}

// afterPairs gives the state after all bytes of s in pairs, so but for the last
// one if their number is odd, or state 0 or 1 as soon as it is reached.
func (p *Pattern) afterPairs(s string) int {
	classes, pairs, next := p.Classes, p.Pairs, p.NextPair
	if len(classes) < 256 {
		return patternZero
	}
	state, n, k := int(p.Start), p.States, p.Kinds
	for i := 0; i < len(s)-1; i += 2 {
		if state <= patternMatched {
			break
		}
		pair := pairs[(int(classes[s[i]])-patternZero)*k+int(classes[s[i+1]])-patternZero]
		state = int(next[(int(pair)-patternZero)*n+state-patternZero])
	}
	return state
}

// matchWide is Match with the table Wide.
func (p *Pattern) matchWide(s string) bool {
	classes, next := p.Classes, p.Wide
	if len(classes) < 256 {
		return false
	}
	state, n := int(p.Start), 2*p.States
	for i := 0; i < len(s); i++ {
		if state <= wideMatched {
			return state == wideMatched
		}
		at := (int(classes[s[i]])-patternZero)*n + state
		state = int(next[at]) | int(next[at+1])<<8
	}
	return state >= int(p.Accept) || state == wideMatched
}
