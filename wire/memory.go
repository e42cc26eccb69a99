package wire

import (
	"encoding/json"
	"unsafe"
)

// Memory of structs that are known only by their table. Each field starts with a
// pointer, and what follows in a slice are integers, so that a struct is cleared
// as a list of pointers: to clear an integer as one does no harm. It is copied
// field by field, because an integer must not be copied as a pointer.

// Grow allocates memory for c values, and copies the first n from old.
func (t *Type) Grow(old unsafe.Pointer, n, c int) unsafe.Pointer {
	p := t.New(c)
	t.Copy(p, old, n)
	return p
}

// Copy copies n values from src to dst.
func (t *Type) Copy(dst, src unsafe.Pointer, n int) {
	for k := range n {
		q, p := unsafe.Add(dst, uintptr(k)*t.Size), unsafe.Add(src, uintptr(k)*t.Size)
		*extraOf(t, q) = *extraOf(t, p)
		for i := range t.Fields {
			f := &t.Fields[i]
			copyField(f.Kind, unsafe.Add(q, uintptr(f.Offset)), unsafe.Add(p, uintptr(f.Offset)))
		}
	}
}

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
