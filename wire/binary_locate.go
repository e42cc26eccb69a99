package wire

import (
	"strconv"

	"github.com/secmodel/secmodel"
)

// Locate fills in Offset and Length of each violation: where it stands in data,
// which it was found in, tags included. Which place that is, is said at the
// function Locate. Violations that have a length are left alone.
func (b Binary) Locate(data []byte, violations []secmodel.Violation) {
	place(violations, func(v *secmodel.Violation) bool { return v.Length > 0 },
		func(enter func([]byte, Place) bool, leave func([]byte, Place)) { b.walk(data, enter, leave) })
}

// PointerAt returns the pointers of the members whose keys begin at offsets,
// which are sorted, in data, a well-formed document, as the function PointerAt
// does.
func (b Binary) PointerAt(data []byte, offsets []int) []string {
	return pointersAt(len(data), offsets, func(enter func([]byte, Place) bool, leave func([]byte, Place)) { b.walk(data, enter, leave) })
}

// walk is Walk for the one item that data is.
func (b Binary) walk(data []byte, enter func([]byte, Place) bool, leave func([]byte, Place)) {
	w := binaryWalker{reader: b.reader(data, maxNesting), enter: enter, leave: leave}
	w.value(0, Place{})
}

// binaryWalker goes through items as walker does through text.
type binaryWalker struct {
	reader
	pointer []byte // of the value at hand; after an error, of that with it
	scratch []byte
	enter   func([]byte, Place) bool
	leave   func([]byte, Place)
}

// value walks the item at i, of which place knows the key.
func (w *binaryWalker) value(i int, place Place) int {
	place.Value = i
	if !w.enter(w.pointer, place) {
		return w.skip(i)
	}
	switch k, n, next := w.item(i); k {
	case itemBad:
		return -1
	case itemArray, itemMap:
		if !w.open(i) {
			return -1
		}
		i = w.parts(next, n, k == itemMap)
		w.depth--
	default:
		w.scratch, i = w.json(w.scratch[:0], i)
	}
	if i < 0 {
		return -1
	}
	place.ValueEnd = i
	w.leave(w.pointer, place)
	return i
}

// parts walks the n elements or members at i.
func (w *binaryWalker) parts(i int, n uint64, members bool) int {
	base := len(w.pointer)
	for count, done := 0, false; ; count++ {
		if i, n, done = w.end(i, n); done {
			return i
		}
		var member Place
		if members {
			name, end := w.key(i)
			if end < 0 {
				return -1
			}
			member.Name, member.NameEnd = i, end
			w.pointer = AppendPointer(w.pointer, name)
			i = end
		} else {
			w.pointer = strconv.AppendInt(append(w.pointer, '/'), int64(count), 10)
		}
		if i = w.value(i, member); i < 0 {
			return -1
		}
		w.pointer = w.pointer[:base]
	}
}

// blame returns the pointer of the value that made r fail, "" for the root.
func (r *reader) blame() string {
	w := binaryWalker{
		reader: newReader(r.form, r.src, r.maxDepth),
		enter:  func([]byte, Place) bool { return true },
		leave:  func([]byte, Place) {},
	}
	if w.value(0, Place{}) >= 0 || w.err.Offset != r.err.Offset {
		return ""
	}
	return string(w.pointer)
}
