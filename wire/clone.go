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
	t.clone(typ, p, q, newCopies())
}

// copies is the memory for the values of a clone. It takes the text of strings,
// too, which may be in memory that a reused decoder gives to the next message.
type copies struct {
	text    text
	strings slab[string]
	ints    slab[int64]
	floats  slab[float64]
	bools   slab[bool]
}

func newCopies() *copies { return &copies{text: text{first: 2 * leastText, limit: math.MaxInt}} }

// clone copies the struct at p to the one at q.
func (t *Table) clone(typ *Type, p, q unsafe.Pointer, c *copies) {
	typ.Zero(q, 1)
	if extra := *extraOf(typ, p); extra != nil {
		m := make(map[string]json.RawMessage, len(extra))
		for name, raw := range extra {
			m[c.text.keep(name)] = bytes.Clone(raw)
		}
		*extraOf(typ, q) = m
	}
	for f, at := typ.set(p, 0); f != nil; f, at = typ.set(p, at) {
		from, to := unsafe.Add(p, uintptr(f.Offset)), unsafe.Add(q, uintptr(f.Offset))
		switch f.Kind {
		case String, IntOrString:
			*(**string)(to) = c.strings.put(c.text.keep(**(**string)(from)))
		case Int:
			*(**int64)(to) = c.ints.put(**(**int64)(from))
		case Float:
			*(**float64)(to) = c.floats.put(**(**float64)(from))
		case Bool:
			*(**bool)(to) = c.bools.put(**(**bool)(from))
		case Raw:
			*(*json.RawMessage)(to) = bytes.Clone(*(*json.RawMessage)(from))
		case Object:
			child := t.Types[f.Child]
			*(*unsafe.Pointer)(to) = child.Grow(nil, 0, 1)
			t.clone(child, *(*unsafe.Pointer)(from), *(*unsafe.Pointer)(to), c)
		case Strings, IntOrStrings:
			list := slices.Clone(*(*[]string)(from))
			for i, s := range list {
				list[i] = c.text.keep(s)
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
				t.clone(child, unsafe.Add(list.data, off), unsafe.Add(data, off), c)
			}
			*(*unsafe.Pointer)(to) = data
			(*sliceHeader)(to).len, (*sliceHeader)(to).cap = list.len, list.len
		}
	}
}
