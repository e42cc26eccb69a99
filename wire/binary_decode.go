package wire

import (
	"encoding/json"
	"math"
	"strconv"
	"unsafe"
)

// binaryDecoder reads binary items into models: the counterpart of the methods
// of Decoder that read JSON text, with its memory and what it has learnt. What
// the embedded reader returns views the data; what a message keeps is copied.
type binaryDecoder struct {
	reader
	d *Decoder
}

// object reads the n members at i of a map that is open into the struct at p.
func (r *binaryDecoder) object(typ *Type, p unsafe.Pointer, i int, n uint64) int {
	d := r.d
	st := &d.state.types[typ.Number]
	if st.next == nil {
		st.learn(typ)
	}
	src := r.src
	prev := 0 // 1 + index of the field before
	for done := false; ; {
		if i, n, done = r.end(i, n); done {
			r.depth--
			return i
		}
		at := i
		// That a key is valid UTF-8 needs no check if the type has it.
		var name string
		size := r.shortText(i)
		if size >= 0 {
			i += 1 + size
			name = src[at+1 : i]
		} else if name, i = r.key(i); i < 0 {
			return -1
		}
		fi := -1
		if len(typ.Fields) > 0 {
			g := int(st.next[prev])
			if key := typ.Fields[g].Key; len(key) == len(name)+3 && key[1:len(key)-2] == name {
				fi = g
			} else if fi = typ.find(name); fi >= 0 {
				st.next[prev] = uint16(fi)
			}
		}
		if fi >= 0 {
			prev = fi + 1
			i = r.member(typ, st, fi, p, i, at)
		} else {
			if size >= 0 {
				if _, i = r.text(at+1, uint64(size)); i < 0 {
					return -1
				}
			}
			i = r.extra(typ, p, name, i, at)
		}
		if i < 0 {
			return -1
		}
	}
}

// member reads the value at i into a field. at is where the key stands.
func (r *binaryDecoder) member(typ *Type, st *typeState, fi int, p unsafe.Pointer, i, at int) int {
	d := r.d
	f := &typ.Fields[fi]
	fp := unsafe.Add(p, uintptr(f.Offset))
	if *(*unsafe.Pointer)(fp) != nil {
		d.repeated(at)
		d.remove(p, f)
	} else if extra := *extraOf(typ, p); extra != nil {
		name := f.Name()
		if _, ok := extra[name]; ok {
			d.repeated(at)
			delete(extra, name)
		}
	}
	k, n, next := r.item(i)
	if k == itemBad {
		return -1
	}
	switch f.Kind {
	case String:
		if k == itemText {
			s, end := r.text(next, n)
			if end >= 0 {
				*(**string)(fp) = d.strings.put(d.text.keep(s))
			}
			return end
		}
	case Int:
		if v, end, ok := r.int(k, n, next); ok {
			*(**int64)(fp) = d.ints.put(v)
			return end
		}
	case Float:
		if v, end, ok := r.float(k, n, next); ok {
			*(**float64)(fp) = d.floats.put(v)
			return end
		}
	case Bool:
		if k == itemTrue || k == itemFalse {
			*(**bool)(fp) = d.bools.put(k == itemTrue)
			return next
		}
	case IntOrString:
		if k == itemText || integral(k) {
			text, end := r.raw(i)
			if end >= 0 {
				*(**string)(fp) = d.strings.put(viewOf(text))
			}
			return end
		}
	case Raw:
		if admits(f, k) {
			raw, end := r.raw(i)
			if end >= 0 {
				*(*json.RawMessage)(fp) = raw
			}
			return end
		}
	case Object:
		if k == itemMap {
			if !r.open(i) {
				return -1
			}
			typ := d.table.Types[f.Child]
			if !d.take(uint64(typ.Size)) {
				return r.fail(i, tooMuch)
			}
			child := d.alloc(typ, nil, 0, 1)
			*(*unsafe.Pointer)(fp) = child
			return r.object(typ, child, next, n)
		}
	default:
		if k == itemArray {
			return r.array(typ, st, fi, p, i, n, next)
		}
		if f.More != nil && f.More.One != 0 {
			return r.single(typ, f, p, i, k, n, next)
		}
	}
	if r.err != nil {
		return -1
	}
	return r.misfit(typ, f, p, i)
}

// integral reports whether an item is an integer.
func integral(k item) bool { return k == itemUint || k == itemNint || k == itemBignum }

// admits reports whether a Raw takes an item.
func admits(f *Field, k item) bool {
	form := FormNumber
	switch k {
	case itemNull:
		return false
	case itemMap:
		form = FormObject
	case itemArray:
		form = FormArray
	case itemText:
		form = FormString
	case itemTrue, itemFalse:
		form = FormBool
	}
	return f.Flags&formMask == 0 || f.Flags&form != 0
}

// int returns the integer of which k and n are the head. ok is false if the item
// is none, is out of the range of int64, or after an error.
func (r *reader) int(k item, n uint64, next int) (v int64, end int, ok bool) {
	switch k {
	case itemUint:
		return int64(n), next, n <= math.MaxInt64
	case itemNint:
		return ^int64(n), next, n <= math.MaxInt64
	case itemBignum:
		if big, end := r.bignum(next, n); end >= 0 && big.IsInt64() {
			return big.Int64(), end, true
		}
	}
	return 0, -1, false
}

// float returns the number of which k and n are the head, rounded to a float64.
// ok is false if the item is none, is out of range, or after an error.
func (r *reader) float(k item, n uint64, next int) (v float64, end int, ok bool) {
	switch k {
	case itemFloat:
		return math.Float64frombits(n), next, true
	case itemUint:
		return float64(n), next, true
	case itemNint:
		if n == math.MaxUint64 {
			return -1 << 64, next, true
		}
		return -float64(n + 1), next, true
	case itemBignum, itemDecimal:
		text, end := r.bigNumber(nil, k, n, next)
		if end < 0 {
			return 0, -1, false
		}
		v, err := strconv.ParseFloat(string(text), 64)
		return v, end, err == nil
	}
	return 0, -1, false
}

// raw reads the item at i as JSON text in memory of its own.
func (r *binaryDecoder) raw(i int) (json.RawMessage, int) {
	t := &r.d.text
	// Where the text needs more than is left, appending makes the next chunk.
	b := t.room(leastRaw)
	from := len(b)
	out, end := r.json(b, i)
	if end < 0 {
		return nil, -1
	}
	t.buf = out
	return out[from:len(out):len(out)], end
}

// leastRaw is the room that a raw value starts with; most are shorter.
const leastRaw = 32

// extra keeps the value at i of a member that the type does not have.
func (r *binaryDecoder) extra(typ *Type, p unsafe.Pointer, name string, i, at int) int {
	if _, ok := (*extraOf(typ, p))[name]; ok {
		r.d.repeated(at)
	}
	raw, end := r.raw(i)
	if end < 0 {
		return -1
	}
	if !r.d.setExtra(typ, p, r.d.text.keep(name), raw) {
		return r.fail(i, tooMuch)
	}
	return end
}

// misfit keeps the value at i of a member whose field cannot hold it.
func (r *binaryDecoder) misfit(typ *Type, f *Field, p unsafe.Pointer, i int) int {
	raw, end := r.raw(i)
	if end < 0 {
		return -1
	}
	if !r.d.setExtra(typ, p, f.Name(), raw) {
		return r.fail(i, tooMuch)
	}
	return end
}

// maxAhead bounds the capacity that an array of objects gets by the length that
// it declares.
const maxAhead = 32

// array reads the array of n elements at i, whose first is at next, into a
// field. If an element does not fit, the whole array goes to Extra.
func (r *binaryDecoder) array(typ *Type, st *typeState, fi int, p unsafe.Pointer, i int, n uint64, next int) int {
	if !r.open(i) {
		return -1
	}
	d := r.d
	f := &typ.Fields[fi]
	fp := unsafe.Add(p, uintptr(f.Offset))
	shapes, repeated := len(d.shapes), len(d.Repeated)
	var before text
	if f.Kind == Objects {
		before = d.text // or else each level of lists that do not fit would leave its text
	}
	from := i
	i = next
	objects := objectList{from: from, first: int(st.lens[fi]), shapes: shapes}
	if n != endless {
		objects.first = int(min(n, maxAhead))
	}
	count := 0
	for done := false; ; count++ {
		if i, n, done = r.end(i, n); done {
			break
		}
		k, size, content := r.item(i)
		if k == itemBad {
			return -1
		}
		fits := false
		switch f.Kind {
		case Strings:
			if fits = k == itemText; fits {
				var s string
				if s, i = r.text(content, size); i >= 0 {
					d.strings.push(d.text.keep(s), count)
				}
			}
		case Objects:
			if fits = k == itemMap; fits {
				if !r.open(i) {
					return -1
				}
				child := d.table.Types[f.Child]
				if !d.takeElement(child, count) {
					return r.fail(i, tooMuch)
				}
				if count == objects.cap {
					d.growObjects(child, &objects, count, i, len(r.src))
				}
				i = r.object(child, unsafe.Add(objects.data, uintptr(count)*child.Size), content, size)
			}
		case Raws:
			if fits = admits(f, k); fits {
				var raw json.RawMessage
				if raw, i = r.raw(i); i >= 0 {
					*(*[]json.RawMessage)(fp) = append(*(*[]json.RawMessage)(fp), raw)
				}
			}
		case IntOrStrings:
			if fits = k == itemText || integral(k); fits {
				var text json.RawMessage
				if text, i = r.raw(i); i >= 0 {
					d.strings.push(viewOf(text), count)
				}
			}
		case Bools:
			if fits = k == itemTrue || k == itemFalse; fits {
				d.bools.push(k == itemTrue, count)
				i = content
			}
		case Floats:
			var v float64
			var end int
			if v, end, fits = r.float(k, size, content); fits {
				d.floats.push(v, count)
				i = end
			}
		default: // Ints
			var v int64
			var end int
			if v, end, fits = r.int(k, size, content); fits {
				d.ints.push(v, count)
				i = end
			}
		}
		if i < 0 || r.err != nil {
			return -1
		}
		if !fits {
			r.depth--
			d.dropList(f, fp, count)
			clear(d.shapes[shapes:])
			d.shapes, d.Repeated = d.shapes[:shapes], d.Repeated[:repeated]
			if f.Kind == Objects {
				d.text.drop(before)
			}
			return r.misfit(typ, f, p, from)
		}
	}
	r.depth--
	d.keepList(typ, st, fi, p, count, &objects)
	return i
}

// single reads one value, of which k and n are the head, into a field that is an
// array in other versions.
func (r *binaryDecoder) single(typ *Type, f *Field, p unsafe.Pointer, i int, k item, n uint64, next int) int {
	d := r.d
	fp := unsafe.Add(p, uintptr(f.Offset))
	switch {
	case f.Kind == Strings && k == itemText:
		var s string
		if s, i = r.text(next, n); i < 0 {
			return -1
		}
		d.strings.push(d.text.keep(s), 0)
		*(*[]string)(fp) = d.strings.list(1)
	case f.Kind == Objects && k == itemMap:
		if !r.open(i) {
			return -1
		}
		child := d.table.Types[f.Child]
		if !d.take(uint64(child.Size)) {
			return r.fail(i, tooMuch)
		}
		q := d.alloc(child, nil, 0, 1)
		*(*unsafe.Pointer)(fp) = q
		(*sliceHeader)(fp).len, (*sliceHeader)(fp).cap = 1, 1
		if i = r.object(child, q, next, n); i < 0 {
			return -1
		}
	default:
		return r.misfit(typ, f, p, i)
	}
	d.shapes = append(d.shapes, shape{p, typ, f, true})
	return i
}
