package wire

import (
	"encoding/json"
	"unsafe"
)

// Memory of structs that are known only by their table. Each field starts with a
// pointer, and what follows in a slice are integers, so that a struct is cleared
// as a list of pointers: to clear an integer as one does no harm. What is between
// slices is copied in the same way, and slices as what they are, because an
// integer must not be copied as a pointer.

// Grow allocates memory for c values, and copies the first n from old.
func (t *Type) Grow(old unsafe.Pointer, n, c int) unsafe.Pointer {
	p := t.New(c)
	touch(p, uintptr(c)*t.Size)
	t.Copy(p, old, n)
	return p
}

// touch writes to all pages of n bytes of memory that is zero. If they have just
// come from the operating system, to look at them first, as reading a message
// does, would make it enter each into its tables twice, and halt all other
// processors for the second time.
func touch(p unsafe.Pointer, n uintptr) {
	const page = 4096
	for at := uintptr(0); n >= 1<<16 && at < n; at += page {
		*(*byte)(unsafe.Add(p, at)) = 0
	}
}

// Copy copies n values from src to dst.
func (t *Type) Copy(dst, src unsafe.Pointer, n int) {
	if n == 0 {
		return
	}
	if t.onlyPointers() {
		copyPointers(dst, src, uintptr(n)*t.Size)
		return
	}
	for k := range n {
		q, p := unsafe.Add(dst, uintptr(k)*t.Size), unsafe.Add(src, uintptr(k)*t.Size)
		from := uintptr(0) // behind the last slice are pointers
		for i := range t.Fields {
			f := &t.Fields[i]
			if !f.Kind.slice() {
				continue
			}
			at := uintptr(f.Offset)
			copyPointers(unsafe.Add(q, from), unsafe.Add(p, from), at-from)
			copyField(f.Kind, unsafe.Add(q, at), unsafe.Add(p, at))
			from = at + unsafe.Sizeof(sliceHeader{})
		}
		copyPointers(unsafe.Add(q, from), unsafe.Add(p, from), t.Size-from)
	}
}

// onlyPointers reports whether no field is a slice.
func (t *Type) onlyPointers() bool {
	for i := range t.Fields {
		if t.Fields[i].Kind.slice() {
			return false
		}
	}
	return true
}

// copyPointers copies the pointers in n bytes.
func copyPointers(dst, src unsafe.Pointer, n uintptr) {
	n /= unsafe.Sizeof(dst)
	copy(unsafe.Slice((*unsafe.Pointer)(dst), n), unsafe.Slice((*unsafe.Pointer)(src), n))
}

// slice reports whether a field of the kind is a slice.
func (k Kind) slice() bool { return k == Raw || k.List() }

// copyField copies the field of a kind.
func copyField(k Kind, dst, src unsafe.Pointer) {
	switch {
	case k == Raw:
		*(*json.RawMessage)(dst) = *(*json.RawMessage)(src)
	case k.List():
		*(*sliceHeader)(dst) = *(*sliceHeader)(src)
	default:
		*(*unsafe.Pointer)(dst) = *(*unsafe.Pointer)(src)
	}
}

// Zero clears the n values at p.
func (t *Type) Zero(p unsafe.Pointer, n int) {
	clear(unsafe.Slice((*unsafe.Pointer)(p), uintptr(n)*t.Size/unsafe.Sizeof(p)))
}
