package wire

import (
	"math"
	"unsafe"
)

// objectList is a list of objects that is being read.
type objectList struct {
	sliceHeader
	from   int // where it begins in the text
	first  int // how many objects are expected at first
	shapes int // shapes that were remembered before
}

// spareRoom returns how many bytes a document of n bytes may take, besides its
// room, for objects that are expected and may not come.
func spareRoom(n int) int {
	return leastSpare + sparePerByte*min(n, (math.MaxInt-leastSpare)/sparePerByte)
}

// takeElement counts the memory of a list of n objects that gets one more. What
// it counts is what a list takes that grows by doubling, whatever has been
// expected of this one: so that what the decoder has learnt, and where in memory
// the list is, does not decide whether a document has too much.
func (d *Decoder) takeElement(child *Type, n int) bool {
	return n&(n-1) != 0 || d.take(uint64(max(2*n, 1))*uint64(child.Size))
}

// manyObjects is how many objects a list has at least, of which it is foreseen
// how many more there will be.
const manyObjects = 64

// growObjects makes room for more than the n objects of a list, the next of which
// is at i in a text of size bytes.
func (d *Decoder) growObjects(child *Type, list *objectList, n, i, size int) {
	c := max(2*n, 1)
	expected := c
	switch {
	case n == 0:
		expected = list.first
	case n >= manyObjects:
		expected = list.expected(n, i, size)
	}
	if most := c + d.spare/int(child.Size); expected > c {
		expected = min(expected, most)
		d.spare -= (expected - c) * int(child.Size)
	}
	if expected > n {
		c = expected
	}
	d.moved(list, child, n, d.alloc(child, list.data, n, c))
	list.cap = c
}

// expected returns how many objects a list will have, of which n have been read.
// The memory that a long list has grown out of would else be as much as what it
// has in the end.
func (list *objectList) expected(n, i, size int) int {
	read := i - list.from
	// As many as there will be if the rest of the text is more of them, and a few for
	// those being shorter, but so many at least that a list which is wrong about that
	// does not grow one by one.
	rest := int(float64(n) * float64(size-i) / float64(read))
	all := max(n+n/4, n+1+rest+rest/16)
	if read < i/4 {
		return min(2*n, all) // it is one list of several
	}
	return all
}

// shrinkObjects returns what a list of n objects has too much, if it is much.
func (d *Decoder) shrinkObjects(child *Type, list *objectList, n int) {
	if n < manyObjects || list.cap < 2*n {
		return
	}
	if !d.Reuse {
		d.moved(list, child, n, child.Grow(list.data, n, n))
	} else if st := &d.state.types[child.Number]; st.used >= list.cap &&
		list.data == unsafe.Add(st.arena, uintptr(st.used-list.cap)*child.Size) {
		st.used -= list.cap - n
	} else {
		return
	}
	list.cap = n
}

// moved takes in that the n objects of a list are at data now: the structs that
// shapes remember have moved with them.
func (d *Decoder) moved(list *objectList, child *Type, n int, data unsafe.Pointer) {
	old := uintptr(list.data)
	for i := range d.shapes[list.shapes:] {
		s := &d.shapes[list.shapes+i]
		if off := uintptr(s.p) - old; uintptr(s.p) >= old && off < uintptr(n)*child.Size {
			s.p = unsafe.Add(data, off)
		}
	}
	list.data = data
}
