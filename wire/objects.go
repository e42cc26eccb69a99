package wire

import "unsafe"

// objectList is a list of objects that is being read.
type objectList struct {
	sliceHeader
	from   int // where it begins in the text
	first  int // the capacity to begin with
	shapes int // shapes that were remembered before
}

// manyObjects is how many objects a list has at least, of which it is foreseen
// how many more there will be.
const manyObjects = 64

// growObjects makes room for more than the n objects of a list, the next of which
// is at i in a text of size bytes. It reports false if there is no room for them.
func (d *Decoder) growObjects(f *Field, list *objectList, n, i, size int) bool {
	child := d.table.Types[f.Child]
	c := max(2*n, list.first, 1)
	if n >= manyObjects {
		c = list.capacity(n, i, size, child.Size)
	}
	data := d.alloc(child, list.data, n, c)
	if data == nil {
		return false
	}
	d.moved(list, child, n, data)
	list.cap = c
	return true
}

// capacity returns for how many objects, of a type of the given size, a list of n
// is to have room. The memory that a long list has grown out of would else be as
// much as what it has in the end.
func (list *objectList) capacity(n, i, size int, each uintptr) int {
	read := i - list.from
	// As many as there will be if the rest of the text is more of them, but enough
	// that a list which is wrong about that does not grow one by one.
	all := max(n+n/4, n+1+int(float64(n)*float64(size-i)/float64(read)))
	if read < i/4 {
		return min(2*n, all) // it is one list of several
	}
	// Where the text ends otherwise, what is too much is of about its length.
	return min(max(8*n, 2*size/int(each)), all)
}

// shrinkObjects returns what a list of n objects has too much, if it is much.
func (d *Decoder) shrinkObjects(f *Field, list *objectList, n int) {
	if n < manyObjects || list.cap < 2*n {
		return
	}
	child := d.table.Types[f.Child]
	spare := list.cap - n
	if !d.Reuse {
		d.moved(list, child, n, child.Grow(list.data, n, n))
	} else if st := &d.state.types[child.Number]; st.used >= list.cap &&
		list.data == unsafe.Add(st.arena, uintptr(st.used-list.cap)*child.Size) {
		st.used -= spare
	} else {
		return
	}
	list.cap = n
	d.room += spare * int(child.Size)
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
