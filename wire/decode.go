package wire

import (
	"encoding/json"
	"math"
	"math/bits"
	"strconv"
	"strings"
	"sync"
	"unsafe"

	"github.com/secmodel/secmodel"
)

// Decoder reads JSON text into models. It learns from each message, in which
// order members come and how long arrays are, to read the next one faster; what
// it learnt never changes a result. A Decoder must not be used by two
// goroutines at a time. The zero Decoder is ready.
type Decoder struct {
	// MaxDepth limits how deeply objects and arrays may be nested; 0 means
	// secmodel.DefaultMaxDepth.
	MaxDepth int
	// Version judges attributes whose shape changed by this version instead of
	// the one that the document names.
	Version string
	// Duplicates makes the decoder look for member names that occur twice in
	// one object, at every level; Repeated lists them.
	Duplicates bool
	// Reuse gives the memory of the message before to the next one.
	Reuse bool

	// Repeated holds the offsets of the member names that were duplicates in
	// the last message, in the order of the text.
	Repeated []int

	scanner // of the caller's text, until Decode returns
	table   *Table
	learnt  map[*Table]*tableState
	state   *tableState
	strings slab[string]
	ints    slab[int64]
	floats  slab[float64]
	bools   slab[bool]
	text    text
	shapes  []shape
	room    int // bytes that objects may still take
	spare   int // bytes that may still be given to objects which are only expected
}

// The objects of a message take no more memory than leastRoom and roomPerByte
// for each byte of its text. A text of empty objects, of three bytes each, would
// else take hundreds of times its own size.
const (
	leastRoom   = 16 << 20
	roomPerByte = 32

	leastSpare   = 64 << 10
	sparePerByte = 2

	tooMuch = "the objects of the document take too much memory for its length"
)

// tableState is what a decoder has learnt of, and keeps for, one table.
type tableState struct {
	types []typeState
	used  []*Type // whose arena is in use
	share share   // the part of a document that is kept as text
}

type typeState struct {
	// next[1+i] is the field that followed field i last time, next[0] the one
	// that came first.
	next []uint16
	// trust, from about minTrust to maxTrust, falls with each wrong guess and rises
	// with each right one; without trust there is no guess.
	trust int8
	skips uint8
	lens  []uint8 // by field: length of the array last time
	arena unsafe.Pointer
	used  int
	cap   int
}

const (
	maxTrust  = 16
	minTrust  = -2
	retryRate = 32 // one guess in so many without trust
	maxLearnt = 8  // array capacity to start with, at most

	// maxText is how many bytes of text, and of structs of one type, a reused
	// decoder keeps between messages.
	maxText = 1 << 20
)

// shape remembers a value that could be single or an array, until the version
// of the message is known.
type shape struct {
	p      unsafe.Pointer // the struct
	typ    *Type
	field  *Field
	single bool
}

var decoders = sync.Pool{New: func() any { return new(Decoder) }}

// UnmarshalJSON replaces *m by the JSON object in data. It fails only if data
// is not well-formed JSON or no object; what the type has no room for is kept
// in Extra. Of duplicate member names the last counts.
func UnmarshalJSON(m Model, data []byte) error {
	d := decoders.Get().(*Decoder)
	err := d.Decode(m, data)
	d.Forget()
	decoders.Put(d)
	return err
}

// Forget lets go of the last message, so that a pooled decoder does not keep it
// alive.
func (d *Decoder) Forget() {
	d.text.buf = nil
	d.strings.buf, d.ints.buf, d.floats.buf, d.bools.buf = nil, nil, nil, nil
	clear(d.shapes[:cap(d.shapes)])
	d.shapes, d.Repeated = d.shapes[:0], d.Repeated[:0]
	if cap(d.shapes) > maxKept || cap(d.Repeated) > maxKept {
		d.shapes, d.Repeated = nil, nil
	}
}

// Decode replaces *m by the JSON object in data, as UnmarshalJSON does. The
// error is a *secmodel.SyntaxError. With Reuse, strings and objects of the
// message before become invalid.
func (d *Decoder) Decode(m Model, data []byte) error {
	table, typ, p := m.WireModel()
	d.begin(table, data)
	defer d.end()
	typ.Zero(p, 1)
	i := d.space(0)
	if i >= len(d.src) || d.src[i] != '{' {
		i = d.notObject(i)
	} else if i = d.object(typ, p, i); i >= 0 {
		if i = d.space(i); i < len(d.src) {
			i = d.unexpected(i, "the end of the text")
		}
	}
	if i < 0 {
		typ.Zero(p, 1)
		err := d.err
		err.Line, err.Column = LineColumn(data, int(err.Offset))
		return err
	}
	d.settle(typ, p)
	return nil
}

func (d *Decoder) begin(table *Table, data []byte) {
	d.src = viewOf(data)
	d.depth, d.err = 0, nil
	if d.maxDepth = d.MaxDepth; d.maxDepth == 0 {
		d.maxDepth = secmodel.DefaultMaxDepth
	}
	d.room, d.spare = Room(len(data)), spareRoom(len(data))
	d.Repeated = d.Repeated[:0]
	d.shapes = d.shapes[:0]
	limit := len(data) / 6
	d.strings.begin(d.Reuse, limit)
	d.ints.begin(d.Reuse, limit)
	d.floats.begin(d.Reuse, limit)
	d.bools.begin(d.Reuse, limit)
	if d.table != table {
		d.table = table
		d.state = d.learnt[table]
		if d.state == nil {
			if d.learnt == nil {
				d.learnt = map[*Table]*tableState{}
			}
			d.state = &tableState{types: make([]typeState, table.Count)}
			d.learnt[table] = d.state
		}
	}
	d.text.begin(d.Reuse, d.state.share.of(len(data)), len(data))
	for _, typ := range d.state.used {
		st := &d.state.types[typ.Number]
		if uintptr(st.cap)*typ.Size > maxText {
			st.arena, st.cap = nil, 0
		} else {
			typ.Zero(st.arena, st.used)
		}
		st.used = 0
	}
	d.state.used = d.state.used[:0]
}

// end learns from the message that has been read, and lets go of its text.
func (d *Decoder) end() {
	d.state.share.learn(d.text.used(), len(d.src))
	d.src = ""
}

// Room returns how many bytes the objects of a document of n bytes may take.
func Room(n int) int { return leastRoom + roomPerByte*min(n, (math.MaxInt-leastRoom)/roomPerByte) }

// take counts n bytes of memory; it returns false if the message has taken as
// much as it may.
func (d *Decoder) take(n uint64) bool {
	if n > uint64(d.room) {
		return false
	}
	d.room -= int(n)
	return true
}

// mapSize is about how many bytes a map with a few members takes.
const mapSize = 400

// setExtra keeps a raw value as a member of Extra. It returns false if there is
// no room for it.
func (d *Decoder) setExtra(typ *Type, p unsafe.Pointer, name string, raw json.RawMessage) bool {
	m := extraOf(typ, p)
	if *m == nil {
		if !d.take(mapSize) {
			return false
		}
		*m = map[string]json.RawMessage{}
	}
	(*m)[name] = raw
	return true
}

// alloc returns memory for c values of a type, the first n copied from old and
// the others zero.
func (d *Decoder) alloc(typ *Type, old unsafe.Pointer, n, c int) unsafe.Pointer {
	if !d.Reuse {
		return typ.Grow(old, n, c)
	}
	st := &d.state.types[typ.Number]
	if st.used == 0 {
		d.state.used = append(d.state.used, typ)
	}
	if st.used+c > st.cap {
		// What the old chunk holds stays valid with the message.
		st.cap = max(2*st.cap, c, 4)
		st.arena, st.used = typ.Grow(old, n, st.cap), c
		return st.arena
	}
	if n > 0 && n <= st.used && old == unsafe.Add(st.arena, uintptr(st.used-n)*typ.Size) { // it can stay where it is
		st.used += c - n
		return old
	}
	p := unsafe.Add(st.arena, uintptr(st.used)*typ.Size)
	typ.Copy(p, old, n)
	st.used += c
	return p
}

func (st *typeState) learn(typ *Type) {
	st.next = make([]uint16, len(typ.Fields)+1)
	for i := range st.next {
		st.next[i] = uint16(min(i, len(typ.Fields)-1))
	}
	st.lens = make([]uint8, len(typ.Fields))
	st.trust = maxTrust
}

// object reads the object whose brace is at i into the struct at p.
func (d *Decoder) object(typ *Type, p unsafe.Pointer, i int) int {
	if !d.open(i) {
		return -1
	}
	st := &d.state.types[typ.Number]
	if st.next == nil {
		st.learn(typ)
	}
	src := d.src
	if i++; i < len(src) && src[i] <= ' ' {
		i = d.space(i)
	}
	if i < len(src) && src[i] == '}' {
		d.depth--
		return i + 1
	}
	prev := 0 // 1 + index of the field before
	for {
		at := i
		fi := -1
		guess := st.trust > 0
		if !guess {
			st.skips++
			guess = st.skips%retryRate == 0
		}
		if guess && len(typ.Fields) > 0 {
			g := int(st.next[prev])
			if key := typ.Fields[g].Key; strings.HasPrefix(src[i:], key) {
				fi = g
				i += len(key)
				if st.trust < maxTrust {
					st.trust++
				}
			} else if st.trust > minTrust {
				st.trust -= 2
			}
		}
		var name string
		if fi < 0 {
			if i >= len(src) || src[i] != '"' {
				return d.unexpected(i, "a member name")
			}
			end, escaped := d.str(i + 1)
			if end < 0 {
				return -1
			}
			name = src[i+1 : end]
			if escaped {
				name = string(unescape(nil, name))
			}
			if i = d.space(end + 1); i >= len(src) || src[i] != ':' {
				return d.unexpected(i, "a colon")
			}
			i++
			if fi = typ.find(name); fi >= 0 {
				st.next[prev] = uint16(fi)
			}
		}
		if i < len(src) && src[i] <= ' ' {
			i = d.space(i)
		}
		if fi >= 0 {
			prev = fi + 1
			i = d.member(typ, st, fi, p, i, at)
		} else {
			i = d.extra(typ, p, name, i, at)
		}
		if i < 0 {
			return -1
		}
		if i < len(src) && src[i] <= ' ' {
			i = d.space(i)
		}
		if i >= len(src) {
			return d.unexpected(i, "a comma or }")
		}
		switch src[i] {
		case ',':
			if i++; i < len(src) && src[i] <= ' ' {
				i = d.space(i)
			}
		case '}':
			d.depth--
			return i + 1
		default:
			return d.unexpected(i, "a comma or }")
		}
	}
}

// find returns the index of the field for a member name, or -1.
func (t *Type) find(name string) int {
	x := &t.Index
	if len(x.Slots) == 0 {
		return -1
	}
	for h := hash(name, x.Seed) >> x.Shift; ; h++ {
		i := x.slot(h)
		if i == 0 {
			return -1
		}
		if key := t.Fields[i-1].Key; len(key) == len(name)+3 && key[1:len(key)-2] == name {
			return i - 1
		}
	}
}

// word returns the first word of a field, which is nil if it is absent.
func word(p unsafe.Pointer, f *Field) unsafe.Pointer {
	return *(*unsafe.Pointer)(unsafe.Add(p, uintptr(f.Offset)))
}

// extraOf returns the Extra map of the struct at p.
func extraOf(typ *Type, p unsafe.Pointer) *map[string]json.RawMessage {
	return (*map[string]json.RawMessage)(unsafe.Add(p, typ.Extra))
}

// member reads the value at i into a field. at is where the name stands.
func (d *Decoder) member(typ *Type, st *typeState, fi int, p unsafe.Pointer, i, at int) int {
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
	if i >= len(d.src) {
		return d.unexpected(i, "a value")
	}
	c := d.src[i]
	switch f.Kind {
	case String:
		if c == '"' {
			return d.stringField((**string)(fp), i)
		}
	case Int:
		if c == '-' || c >= '0' && c <= '9' {
			end, whole := d.number(i)
			if end < 0 {
				return -1
			}
			if whole {
				if n, ok := integer(d.src[i:end]); ok {
					*(**int64)(fp) = d.ints.put(n)
					return end
				}
			}
		}
	case Float:
		if c == '-' || c >= '0' && c <= '9' {
			end, _ := d.number(i)
			if end < 0 {
				return -1
			}
			if v, err := strconv.ParseFloat(d.src[i:end], 64); err == nil {
				*(**float64)(fp) = d.floats.put(v)
				return end
			}
		}
	case Bool:
		if v, end := d.boolean(i); end > 0 {
			*(**bool)(fp) = d.bools.put(v)
			return end
		}
	case IntOrString:
		if text, end := d.intOrString(i); end > 0 {
			*(**string)(fp) = d.strings.put(text)
			return end
		} else if end < 0 {
			return -1
		}
	case Raw:
		if f.Flags.admits(c) && c != 'n' {
			raw, end := d.raw(i)
			if end < 0 {
				return -1
			}
			*(*json.RawMessage)(fp) = raw
			return end
		}
	case Object:
		if c == '{' {
			typ := d.table.Types[f.Child]
			if !d.take(uint64(typ.Size)) {
				return d.fail(i, tooMuch)
			}
			child := d.alloc(typ, nil, 0, 1)
			*(*unsafe.Pointer)(fp) = child
			return d.object(typ, child, i)
		}
	default:
		if c == '[' {
			return d.array(typ, st, fi, p, i)
		}
		if f.More != nil && f.More.One != 0 {
			return d.single(typ, f, p, i)
		}
	}
	return d.misfit(typ, f, p, i)
}

// stringField reads the string whose quote is at i.
func (d *Decoder) stringField(fp **string, i int) int {
	s, end := d.string(i)
	if end < 0 {
		return -1
	}
	*fp = d.strings.put(s)
	return end
}

// string reads the string whose quote is at i.
func (d *Decoder) string(i int) (s string, next int) {
	src := d.src
	i++
	end := i
	for ; end+8 <= len(src); end += 8 { // most strings hold nothing special
		if m := special(load8(src, end)); m != 0 {
			end += bits.TrailingZeros64(m) >> 3
			break
		}
	}
	if end < len(src) && src[end] == '"' {
		return d.text.keep(src[i:end]), end + 1
	}
	end, escaped := d.str(i)
	if end < 0 {
		return "", -1
	}
	s = src[i:end]
	if escaped {
		return d.text.unescaped(s), end + 1
	}
	return d.text.keep(s), end + 1
}

func (d *Decoder) boolean(i int) (v bool, end int) {
	switch {
	case strings.HasPrefix(d.src[i:], "true"):
		return true, i + 4
	case strings.HasPrefix(d.src[i:], "false"):
		return false, i + 5
	}
	return false, 0
}

// intOrString reads an integer or a string as its JSON text. end is 0 if the
// value is neither, and -1 after a syntax error.
func (d *Decoder) intOrString(i int) (text string, end int) {
	switch c := d.src[i]; {
	case c == '"':
		if end, _ = d.str(i + 1); end < 0 {
			return "", -1
		}
		end++
	case c == '-' || c >= '0' && c <= '9':
		var whole bool
		if end, whole = d.number(i); end < 0 {
			return "", -1
		}
		if !whole {
			return "", 0
		}
	default:
		return "", 0
	}
	return d.text.keep(d.src[i:end]), end
}

// admits reports whether a Raw of these flags takes a value whose first byte
// is c.
func (f Flags) admits(c byte) bool {
	return f&formMask == 0 || f&formOf(c) != 0
}

func formOf(c byte) Flags {
	switch c {
	case '{':
		return FormObject
	case '[':
		return FormArray
	case '"':
		return FormString
	case 't', 'f':
		return FormBool
	case 'n':
		return 0
	}
	return FormNumber
}

// raw reads any value at i into memory of its own, without white space.
func (d *Decoder) raw(i int) (json.RawMessage, int) {
	d.spaces = false
	end := d.skip(i)
	if end < 0 {
		return nil, -1
	}
	if d.Duplicates {
		d.repeatedWithin(i, end)
	}
	return d.text.raw(d.src[i:end], d.spaces), end
}

// extra keeps the value at i of a member that the type does not have.
func (d *Decoder) extra(typ *Type, p unsafe.Pointer, name string, i, at int) int {
	if _, ok := (*extraOf(typ, p))[name]; ok {
		d.repeated(at)
	}
	raw, end := d.raw(i)
	if end < 0 {
		return -1
	}
	if !d.setExtra(typ, p, d.text.keep(name), raw) {
		return d.fail(i, tooMuch)
	}
	return end
}

// misfit keeps the value at i of a member whose field cannot hold it.
func (d *Decoder) misfit(typ *Type, f *Field, p unsafe.Pointer, i int) int {
	raw, end := d.raw(i)
	if end < 0 {
		return -1
	}
	if !d.setExtra(typ, p, f.Name(), raw) {
		return d.fail(i, tooMuch)
	}
	return end
}

// repeated notes that the name at offset at is a duplicate.
func (d *Decoder) repeated(at int) {
	if d.Duplicates {
		d.Repeated = append(d.Repeated, at)
	}
}

// remove makes a field of the struct at p absent, because a duplicate follows.
func (d *Decoder) remove(p unsafe.Pointer, f *Field) {
	clearField(unsafe.Add(p, uintptr(f.Offset)), f)
	if f.More == nil || f.More.One == 0 {
		return
	}
	// The shape was that of the value that is gone. It is the last one of the
	// field, and behind it is only what came after the value.
	for i := len(d.shapes) - 1; i >= 0; i-- {
		if s := &d.shapes[i]; s.p == p && s.field == f {
			*s = shape{}
			return
		}
	}
}

// clearField makes a field absent.
func clearField(fp unsafe.Pointer, f *Field) {
	switch {
	case f.Kind == Raw:
		*(*json.RawMessage)(fp) = nil
	case f.Kind == Raws:
		*(*[]json.RawMessage)(fp) = nil
	case f.Kind == Ints:
		*(*[]int64)(fp) = nil
	case f.Kind == Floats:
		*(*[]float64)(fp) = nil
	case f.Kind == Bools:
		*(*[]bool)(fp) = nil
	case f.Kind == Strings || f.Kind == IntOrStrings:
		*(*[]string)(fp) = nil
	case f.Kind == Objects:
		*(*sliceHeader)(fp) = sliceHeader{}
	default:
		*(*unsafe.Pointer)(fp) = nil
	}
}

// sliceHeader is the layout of a slice, with its pointer as a pointer.
type sliceHeader struct {
	data unsafe.Pointer
	len  int
	cap  int
}

// array reads the array whose bracket is at i into a field. If an element does
// not fit, the whole array goes to Extra.
func (d *Decoder) array(typ *Type, st *typeState, fi int, p unsafe.Pointer, i int) int {
	f := &typ.Fields[fi]
	fp := unsafe.Add(p, uintptr(f.Offset))
	if !d.open(i) {
		return -1
	}
	shapes, repeated := len(d.shapes), len(d.Repeated)
	var before text
	if f.Kind == Objects {
		before = d.text // or else each level of lists that do not fit would leave its text
	}
	src := d.src
	from := i
	n := 0
	fits := true
	objects := objectList{from: i, first: int(st.lens[fi]), shapes: shapes}
	if i = d.space(i + 1); i < len(src) && src[i] == ']' {
		i++
	} else {
	elements:
		for {
			if i >= len(src) {
				return d.unexpected(i, "a value")
			}
			c := src[i]
			switch f.Kind {
			case Strings:
				if fits = c == '"'; fits {
					var s string
					if s, i = d.string(i); i >= 0 {
						d.strings.push(s, n)
					}
				}
			case Objects:
				if fits = c == '{'; fits {
					child := d.table.Types[f.Child]
					if !d.takeElement(child, n) {
						return d.fail(i, tooMuch)
					}
					if n == objects.cap {
						d.growObjects(child, &objects, n, i, len(src))
					}
					i = d.object(child, unsafe.Add(objects.data, uintptr(n)*child.Size), i)
				}
			case Raws:
				if fits = f.Flags.admits(c) && c != 'n'; fits {
					var raw json.RawMessage
					if raw, i = d.raw(i); i >= 0 {
						*(*[]json.RawMessage)(fp) = append(*(*[]json.RawMessage)(fp), raw)
					}
				}
			case IntOrStrings:
				var text string
				var end int
				if text, end = d.intOrString(i); end != 0 {
					if i = end; i >= 0 {
						d.strings.push(text, n)
					}
				}
				fits = end != 0
			case Bools:
				var v bool
				var end int
				if v, end = d.boolean(i); end > 0 {
					d.bools.push(v, n)
					i = end
				}
				fits = end > 0
			default: // Ints, Floats
				if fits = c == '-' || c >= '0' && c <= '9'; fits {
					end, whole := d.number(i)
					if end < 0 {
						return -1
					}
					if fits = d.pushNumber(f.Kind, src[i:end], whole, n); fits {
						i = end
					}
				}
			}
			if i < 0 {
				return -1
			}
			if !fits {
				break
			}
			n++
			if i < len(src) && src[i] <= ' ' {
				i = d.space(i)
			}
			if i >= len(src) {
				return d.unexpected(i, "a comma or ]")
			}
			switch src[i] {
			case ',':
				if i++; i < len(src) && src[i] <= ' ' {
					i = d.space(i)
				}
			case ']':
				i++
				break elements
			default:
				return d.unexpected(i, "a comma or ]")
			}
		}
	}
	d.depth--
	if !fits {
		d.dropList(f, fp, n)
		clear(d.shapes[shapes:])
		d.shapes, d.Repeated = d.shapes[:shapes], d.Repeated[:repeated]
		if f.Kind == Objects {
			d.text.drop(before)
		}
		return d.misfit(typ, f, p, from)
	}
	d.keepList(typ, st, fi, p, n, &objects)
	return i
}

// keepList makes the n values read last, of which objects has those that are
// objects, the value of a field.
func (d *Decoder) keepList(typ *Type, st *typeState, fi int, p unsafe.Pointer, n int, objects *objectList) {
	f := &typ.Fields[fi]
	fp := unsafe.Add(p, uintptr(f.Offset))
	switch f.Kind {
	case Strings, IntOrStrings:
		*(*[]string)(fp) = d.strings.list(n)
	case Ints:
		*(*[]int64)(fp) = d.ints.list(n)
	case Floats:
		*(*[]float64)(fp) = d.floats.list(n)
	case Bools:
		*(*[]bool)(fp) = d.bools.list(n)
	case Raws:
		if n == 0 {
			*(*[]json.RawMessage)(fp) = []json.RawMessage{}
		}
	case Objects:
		if n == 0 {
			objects.data = unsafe.Pointer(unsafe.SliceData([]struct{}{}))
		}
		d.shrinkObjects(d.table.Types[f.Child], objects, n)
		*(*unsafe.Pointer)(fp) = objects.data
		(*sliceHeader)(fp).len, (*sliceHeader)(fp).cap = n, objects.cap
	}
	st.lens[fi] = uint8(min(n, maxLearnt))
	if f.More != nil && f.More.One != 0 {
		d.shapes = append(d.shapes, shape{p, typ, f, false})
	}
}

// pushNumber appends a number to the list of n values being read.
func (d *Decoder) pushNumber(k Kind, text string, whole bool, n int) bool {
	if k == Floats {
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return false
		}
		d.floats.push(v, n)
		return true
	}
	if !whole {
		return false
	}
	v, ok := integer(text)
	if ok {
		d.ints.push(v, n)
	}
	return ok
}

// dropList takes back the n values of a list that turned out not to fit.
func (d *Decoder) dropList(f *Field, fp unsafe.Pointer, n int) {
	switch f.Kind {
	case Strings, IntOrStrings:
		d.strings.drop(n)
	case Ints:
		d.ints.drop(n)
	case Floats:
		d.floats.drop(n)
	case Bools:
		d.bools.drop(n)
	case Raws:
		*(*[]json.RawMessage)(fp) = nil
	}
}

// single reads one value into a field that is an array in other versions.
func (d *Decoder) single(typ *Type, f *Field, p unsafe.Pointer, i int) int {
	fp := unsafe.Add(p, uintptr(f.Offset))
	switch c := d.src[i]; {
	case f.Kind == Strings && c == '"':
		var s string
		if s, i = d.string(i); i < 0 {
			return -1
		}
		d.strings.push(s, 0)
		*(*[]string)(fp) = d.strings.list(1)
	case f.Kind == Objects && c == '{':
		child := d.table.Types[f.Child]
		if !d.take(uint64(child.Size)) {
			return d.fail(i, tooMuch)
		}
		q := d.alloc(child, nil, 0, 1)
		*(*unsafe.Pointer)(fp) = q
		(*sliceHeader)(fp).len, (*sliceHeader)(fp).cap = 1, 1
		if i = d.object(child, q, i); i < 0 {
			return -1
		}
	default:
		return d.misfit(typ, f, p, i)
	}
	d.shapes = append(d.shapes, shape{p, typ, f, true})
	return i
}

// settle moves values whose shape is foreign to the version of the message,
// which is known only now, to Extra.
func (d *Decoder) settle(root *Type, p unsafe.Pointer) {
	if len(d.shapes) == 0 || !root.Root {
		return
	}
	v := d.table.bit(d.Version)
	if d.Version == "" {
		name, _ := d.table.versionOf(root, p)
		v = d.table.bit(name)
	}
	for i := range d.shapes {
		s := &d.shapes[i]
		if s.p == nil || s.single == (s.field.More.One&v != 0) {
			continue // a duplicate took its place, or it is as it should be
		}
		fp := unsafe.Add(s.p, uintptr(s.field.Offset))
		raw, err := d.table.appendShape(nil, s.field, fp, v, s.single)
		if err != nil {
			continue
		}
		clearField(fp, s.field)
		m := extraOf(s.typ, s.p)
		if *m == nil {
			*m = map[string]json.RawMessage{}
		}
		(*m)[s.field.Name()] = raw
	}
}

// bit returns the set of the version called name alone, or of the newest
// released one if there is no such version.
func (t *Table) bit(name string) Versions {
	i, _ := t.VersionIndex(name)
	return 1 << i
}

// VersionIndex returns the index of the version called name; if there is none,
// it returns that of the newest released version, and false.
func (t *Table) VersionIndex(name string) (i int, known bool) {
	for i, v := range t.Versions {
		if v == name {
			return i, true
		}
	}
	return int(t.Newest), false
}

// versionOf reads the version that a message names. present is false if it
// names none.
func (t *Table) versionOf(typ *Type, p unsafe.Pointer) (name string, present bool) {
	for i, key := range t.VersionAt {
		fi := typ.find(key)
		if fi < 0 {
			return "", false
		}
		f := &typ.Fields[fi]
		next := word(p, f)
		switch {
		case next == nil:
			return "", false
		case i == len(t.VersionAt)-1:
			if f.Kind != String {
				return "", false
			}
			return *(*string)(next), true
		case f.Kind != Object:
			return "", false
		}
		typ, p = t.Types[f.Child], next
	}
	return "", false
}

// VersionOf returns the version that m names, and its index in the table; if
// it names none or an unknown one, the index is that of the newest.
func VersionOf(m Model) (name string, index int, known bool) {
	t, typ, p := m.WireModel()
	name, _ = t.versionOf(typ, p)
	index, known = t.VersionIndex(name)
	return name, index, known
}

// finite reports whether v is a number that JSON can hold.
func finite(v float64) bool { return !math.IsInf(v, 0) && !math.IsNaN(v) }
