package wire

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/secmodel/secmodel"
)

// LineColumn returns the line and column, both counted from 1, of the byte at
// offset; columns count bytes.
func LineColumn(data []byte, offset int) (line, column int) {
	offset = min(max(offset, 0), len(data))
	before := data[:offset]
	return 1 + bytes.Count(before, []byte{'\n'}), offset - bytes.LastIndexByte(before, '\n')
}

// AppendPointer appends "/" and name, escaped as a JSON Pointer token (RFC
// 6901).
func AppendPointer(dst []byte, name string) []byte {
	dst = append(dst, '/')
	if strings.IndexByte(name, '/') < 0 && strings.IndexByte(name, '~') < 0 {
		return append(dst, name...)
	}
	for _, c := range []byte(name) {
		switch c {
		case '~':
			dst = append(dst, "~0"...)
		case '/':
			dst = append(dst, "~1"...)
		default:
			dst = append(dst, c)
		}
	}
	return dst
}

// Place is where a value stands in a text, in byte offsets.
type Place struct {
	Pointer         string
	Name, NameEnd   int // the member's name with its quotes; 0, 0 for others
	Value, ValueEnd int
}

// Walk goes through every value in data in the order of the text. It calls
// enter for a value, before what is in it; if that returns false, it passes
// over the value. It calls leave after a value that was entered, with its end,
// which enter cannot know. data must be well-formed JSON, possibly with white
// space around it; where it is not, Walk does nothing. pointer is only valid
// during the call.
func Walk(data []byte, enter func(pointer []byte, p Place) bool, leave func(pointer []byte, p Place)) {
	s := scanner{src: viewOf(data), maxDepth: len(data)}
	if _, to := s.whole(); to >= 0 {
		walk(data, enter, leave)
	}
}

// walk is Walk for a text that has been read before. Should it be malformed, the
// walk ends there.
func walk(data []byte, enter func([]byte, Place) bool, leave func([]byte, Place)) {
	w := walker{enter: enter, leave: leave}
	w.src, w.maxDepth = viewOf(data), len(data)
	w.value(w.space(0), Place{})
}

type walker struct {
	scanner
	pointer []byte
	enter   func([]byte, Place) bool
	leave   func([]byte, Place)
}

// value walks the value at i, of which place knows the name, and returns the
// position after it.
func (w *walker) value(i int, place Place) int {
	if i >= len(w.src) {
		return -1
	}
	place.Value = i
	if !w.enter(w.pointer, place) {
		return w.skip(i)
	}
	if c := w.src[i]; c == '{' || c == '[' {
		i = w.container(i)
	} else {
		i = w.skip(i)
	}
	if i < 0 {
		return -1
	}
	place.ValueEnd = i
	w.leave(w.pointer, place)
	return i
}

func (w *walker) container(i int) int {
	object := w.src[i] == '{'
	base := len(w.pointer)
	if i = w.space(i + 1); i < len(w.src) && (w.src[i] == '}' || w.src[i] == ']') {
		return i + 1
	}
	for n := 0; ; n++ {
		var member Place
		if object {
			if i = w.member(i, &member); i < 0 {
				return -1
			}
		} else {
			w.pointer = strconv.AppendInt(append(w.pointer, '/'), int64(n), 10)
		}
		if i = w.value(i, member); i < 0 {
			return -1
		}
		w.pointer = w.pointer[:base]
		if i = w.space(i); i >= len(w.src) {
			return -1
		}
		if w.src[i] != ',' {
			return i + 1
		}
		i = w.space(i + 1)
	}
}

// member adds the name at i to the pointer, and returns the position of its
// value.
func (w *walker) member(i int, place *Place) int {
	if i >= len(w.src) || w.src[i] != '"' {
		return -1
	}
	end, escaped := w.str(i + 1)
	if end < 0 {
		return -1
	}
	name := w.src[i+1 : end]
	if escaped {
		name = string(unescape(nil, name))
	}
	place.Name, place.NameEnd = i, end+1
	w.pointer = AppendPointer(w.pointer, name)
	if i = w.space(end + 1); i >= len(w.src) || w.src[i] != ':' {
		return -1
	}
	return w.space(i + 1)
}

// Locate fills in where each violation stands in data, the text that it was
// found in. A violation whose pointer leads to no value, as that of a missing
// attribute, gets the place of the innermost value that is there. Of duplicate
// members the last counts. Violations that have a line are left alone.
func Locate(data []byte, violations []secmodel.Violation) {
	if len(violations) == 0 {
		return
	}
	place(violations, func(v *secmodel.Violation) bool { return v.Line > 0 },
		func(enter func([]byte, Place) bool, leave func([]byte, Place)) { walk(data, enter, leave) })
	Lines(data, violations)
}

// place fills in offset and length of the violations that are not done, by a
// walk through the document that they were found in.
func place(violations []secmodel.Violation, done func(*secmodel.Violation) bool, walk func(enter func([]byte, Place) bool, leave func([]byte, Place))) {
	if len(violations) == 0 {
		return
	}
	w := newWanted(violations)
	type value struct{ node, length int } // of the pointer
	var open []value
	walk(func(pointer []byte, _ Place) bool {
		n := 0 // the root
		if last := len(open) - 1; last >= 0 {
			if n = w.find(open[last].node, viewOf(pointer[open[last].length:])); n == 0 {
				return false
			}
		}
		open = append(open, value{n, len(pointer)})
		return true
	}, func(_ []byte, p Place) {
		last := len(open) - 1
		n := &w.nodes[open[last].node]
		open = open[:last]
		n.place, n.found = p, true
	})
	for i := range violations {
		v := &violations[i]
		if done(v) {
			continue
		}
		n := w.at[i]
		for !w.nodes[n].found && n != 0 {
			n = w.nodes[n].from
		}
		place := w.nodes[n].place
		v.Offset, v.Length = place.Value, place.ValueEnd-place.Value
		if v.Code == secmodel.CodeUnknown && place.NameEnd > 0 {
			v.Offset, v.Length = place.Name, place.NameEnd-place.Name
		}
	}
}

// wanted is what violations point to and what leads there, as a tree: a name may
// be as long as the document, and is to be looked at once, not for each value in
// it.
type wanted struct {
	nodes []wantedNode // the first is the root, and each comes after the one that it is in
	index map[wantedStep]int
	at    []int // the node of each violation
}

// wantedNode is a value.
type wantedNode struct {
	wantedStep
	place Place
	found bool
}

// wantedStep is the step from a node to another.
type wantedStep struct {
	from  int
	token string // with the slash before it
}

// fewNodes is how many are looked through without an index, which takes longer to
// make than it saves.
const fewNodes = 32

func newWanted(violations []secmodel.Violation) wanted {
	w := wanted{nodes: make([]wantedNode, 1, 2+2*len(violations)), at: make([]int, len(violations))}
	for i := range violations {
		n := 0
		for rest := violations[i].Pointer; rest != ""; {
			end := len(rest)
			if next := strings.IndexByte(rest[1:], '/'); next >= 0 {
				end = 1 + next
			}
			n = w.child(wantedStep{n, rest[:end]})
			rest = rest[end:]
		}
		w.at[i] = n
	}
	return w
}

// child returns the node that a step leads to, a new one if there is none yet.
func (w *wanted) child(s wantedStep) int {
	if n := w.find(s.from, s.token); n != 0 {
		return n
	}
	n := len(w.nodes)
	w.nodes = append(w.nodes, wantedNode{wantedStep: s})
	switch {
	case w.index != nil:
		w.index[s] = n
	case n == fewNodes:
		w.index = make(map[wantedStep]int, 4*n)
		for i := 1; i <= n; i++ {
			w.index[w.nodes[i].wantedStep] = i
		}
	}
	return n
}

// find returns the node that a step from a node leads to, 0 if there is none.
func (w *wanted) find(from int, token string) int {
	if w.index != nil {
		return w.index[wantedStep{from, token}]
	}
	for i := from + 1; i < len(w.nodes); i++ {
		if n := &w.nodes[i]; n.from == from && n.token == token {
			return i
		}
	}
	return 0
}

// Lines fills in lines and columns from offsets, in one pass over data however
// many violations there are. Violations that have a line are left alone.
func Lines(data []byte, violations []secmodel.Violation) {
	var few [fewNodes]int
	order := few[:0]
	for i := range violations {
		order = append(order, i)
	}
	slices.SortStableFunc(order, func(a, b int) int { return violations[a].Offset - violations[b].Offset })
	line, start, at := 1, 0, 0
	for _, i := range order {
		v := &violations[i]
		if v.Line > 0 {
			continue
		}
		between := data[at:min(v.Offset, len(data))]
		if n := bytes.Count(between, []byte{'\n'}); n > 0 {
			line += n
			start = at + bytes.LastIndexByte(between, '\n') + 1
		}
		at = v.Offset
		v.Line, v.Column = line, v.Offset-start+1
	}
}

// PointerAt returns the pointers of the members whose names begin at offsets,
// which are sorted, in data, a well-formed document. Where many members are
// within one of a very long name, the last have "" instead: together the pointers
// take no more memory than mostPointers and pointersPerByte for each byte of data.
func PointerAt(data []byte, offsets []int) []string {
	return pointersAt(len(data), offsets, func(enter func([]byte, Place) bool, leave func([]byte, Place)) { walk(data, enter, leave) })
}

const (
	mostPointers    = 16 << 20
	pointersPerByte = 4
)

// pointersAt is PointerAt for a document of n bytes that walk goes through.
func pointersAt(n int, offsets []int, walk func(enter func([]byte, Place) bool, leave func([]byte, Place))) []string {
	found := make([]string, len(offsets))
	room := int64(mostPointers) + pointersPerByte*int64(n)
	walk(func(pointer []byte, p Place) bool {
		if i, ok := slices.BinarySearch(offsets, p.Name); ok && p.NameEnd > 0 {
			if room -= int64(len(pointer)); room >= 0 {
				found[i] = string(pointer)
			}
		}
		return true
	}, func([]byte, Place) {})
	return found
}
