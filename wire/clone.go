package wire

import (
	"bytes"
	"encoding/json"
	"math"
	"slices"
	"unsafe"
)

// CloneInto makes *dst, which must be of the type of src, a deep copy of *src.
func CloneInto(src, dst Model) {
	t, typ, p := src.WireModel()
	_, _, q := dst.WireModel()
	t.clone(typ, p, q, &text{first: 2 * leastText, limit: math.MaxInt})
}

// clone copies the struct at p to the one at q, and its strings to words: they
// may be in memory that a reused decoder gives to the next message.
func (t *Table) clone(typ *Type, p, q unsafe.Pointer, words *text) {
	typ.Zero(q, 1)
	if extra := *extraOf(typ, p); extra != nil {
		m := make(map[string]json.RawMessage, len(extra))
		for name, raw := range extra {
			m[words.keep(name)] = bytes.Clone(raw)
		}
		*extraOf(typ, q) = m
	}
	for f, at := typ.set(p, 0); f != nil; f, at = typ.set(p, at) {
		from, to := unsafe.Add(p, uintptr(f.Offset)), unsafe.Add(q, uintptr(f.Offset))
		switch f.Kind {
		case String, IntOrString:
			clonePointer[string](from, to)
			**(**string)(to) = words.keep(**(**string)(to))
		case Int:
			clonePointer[int64](from, to)
		case Float:
			clonePointer[float64](from, to)
		case Bool:
			clonePointer[bool](from, to)
		case Raw:
			*(*json.RawMessage)(to) = bytes.Clone(*(*json.RawMessage)(from))
		case Object:
			child := t.Types[f.Child]
			*(*unsafe.Pointer)(to) = child.Grow(nil, 0, 1)
			t.clone(child, *(*unsafe.Pointer)(from), *(*unsafe.Pointer)(to), words)
		case Strings, IntOrStrings:
			list := slices.Clone(*(*[]string)(from))
			for i, s := range list {
				list[i] = words.keep(s)
			}
			*(*[]string)(to) = list
		case Ints:
			*(*[]int64)(to) = slices.Clone(*(*[]int64)(from))
		case Floats:
			*(*[]float64)(to) = slices.Clone(*(*[]float64)(from))
		case Bools:
			*(*[]bool)(to) = slices.Clone(*(*[]bool)(from))
		case Raws:
			raws := slices.Clone(*(*[]json.RawMessage)(from))
			for i, raw := range raws {
				raws[i] = bytes.Clone(raw)
			}
			*(*[]json.RawMessage)(to) = raws
		case Objects:
			child := t.Types[f.Child]
			list := (*sliceHeader)(from)
			data := child.Grow(nil, 0, list.len)
			for i := range list.len {
				off := uintptr(i) * child.Size
				t.clone(child, unsafe.Add(list.data, off), unsafe.Add(data, off), words)
			}
			*(*unsafe.Pointer)(to) = data
			(*sliceHeader)(to).len, (*sliceHeader)(to).cap = list.len, list.len
		}
	}
}

func clonePointer[T any](from, to unsafe.Pointer) {
	v := new(T)
	*v = **(**T)(from)
	*(**T)(to) = v
}
