package wire

import (
	"encoding/binary"
	"encoding/json"
	"slices"
	"strconv"
	"sync"
	"unicode/utf8"
	"unsafe"

	"github.com/secmodel/secmodel"
)

// AppendJSON appends m as compact JSON to dst: the typed fields in the order of
// the specification, then the members of Extra by name, except those whose
// typed field is set. The error is a *secmodel.EncodeError.
func AppendJSON(m Model, dst []byte) ([]byte, error) {
	t, typ, p := m.WireModel()
	return appendModel(dst, t, typ, p)
}

func appendModel(dst []byte, t *Table, typ *Type, p unsafe.Pointer) ([]byte, error) {
	v := Versions(1) << t.Newest
	if typ.Root {
		name, _ := t.versionOf(typ, p)
		v = t.bit(name)
	}
	e := encoder{table: t, version: v}
	out := e.object(dst, typ, p)
	if e.err != nil {
		return dst, e.err
	}
	return out, nil
}

// MarshalJSON is AppendJSON into memory of its own, of about the size needed, for
// a model that is known by its table: so it need not escape to the heap.
func MarshalJSON(t *Table, typ *Type, p unsafe.Pointer) ([]byte, error) {
	buf := buffers.Get().(*[]byte)
	defer buffers.Put(buf)
	out, err := appendModel((*buf)[:0], t, typ, p)
	large := cap(out) > maxBuffer
	if !large {
		*buf = out
	}
	switch {
	case err != nil:
		return nil, err
	case large && cap(out)-len(out) <= len(out)/8:
		return slices.Clip(out), nil
	}
	return append([]byte(nil), out...), nil
}

// maxBuffer is the size of the largest buffer that is kept.
const maxBuffer = 1 << 16

var buffers = sync.Pool{New: func() any { return new(make([]byte, 0, 2048)) }}

type encoder struct {
	table   *Table
	version Versions
	depth   int
	err     *secmodel.EncodeError
}

// maxNesting bounds the recursion into values made by hand, which may contain
// themselves.
const maxNesting = 10_000

// appendField appends the value of one field as a message of the versions v
// has it.
func (t *Table) appendField(dst []byte, f *Field, fp unsafe.Pointer, v Versions) ([]byte, error) {
	e := encoder{table: t, version: v}
	out := e.field(dst, f, fp)
	if e.err != nil {
		return dst, e.err
	}
	return out, nil
}

// appendShape is appendField for an array that may be a single value: it writes
// it as one if single, whatever the version has.
func (t *Table) appendShape(dst []byte, f *Field, fp unsafe.Pointer, v Versions, single bool) ([]byte, error) {
	e := encoder{table: t, version: v}
	var out []byte
	if single {
		out = e.element(dst, f, fp, 0)
	} else {
		out = e.list(dst, f, fp)
	}
	if e.err != nil {
		return dst, e.err
	}
	return out, nil
}

// fail records why a value cannot be written.
func (e *encoder) fail(msg string) {
	if e.err == nil {
		e.err = &secmodel.EncodeError{Msg: msg}
	}
}

// within prefixes the pointer of the error with one step. It is made on the way
// back, so that writing costs nothing for it.
func (e *encoder) within(name string) {
	e.err.Pointer = string(AppendPointer(nil, name)) + e.err.Pointer
}

func (e *encoder) object(dst []byte, typ *Type, p unsafe.Pointer) []byte {
	if e.depth++; e.depth > maxNesting {
		e.fail("objects are nested too deeply, perhaps one contains itself")
		return dst
	}
	start := len(dst)
	fields := typ.Fields
	for i := range fields {
		f := &fields[i]
		fp := unsafe.Add(p, uintptr(f.Offset))
		if *(*unsafe.Pointer)(fp) == nil {
			continue
		}
		n := len(dst)
		if cap(dst)-n <= len(f.Key) {
			dst = slices.Grow(dst, len(f.Key)+1)
		}
		dst = dst[:n+1+len(f.Key)]
		dst[n] = ','
		copy(dst[n+1:], f.Key)
		dst = e.field(dst, f, fp)
		if e.err != nil {
			e.within(f.Name())
			return dst
		}
	}
	if extra := *extraOf(typ, p); len(extra) != 0 {
		dst = e.extra(dst, typ, p, extra)
	}
	e.depth--
	if len(dst) == start {
		return append(dst, "{}"...)
	}
	dst[start] = '{'
	return append(dst, '}')
}

// extra appends the members of Extra that no typed field overrides.
func (e *encoder) extra(dst []byte, typ *Type, p unsafe.Pointer, extra map[string]json.RawMessage) []byte {
	var few [16]string
	names := few[:0]
	for name := range extra {
		if fi := typ.find(name); fi < 0 || word(p, &typ.Fields[fi]) == nil {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		dst = append(dst, ',')
		dst = e.str(dst, name)
		dst = append(dst, ':')
		dst = e.raw(dst, extra[name])
		if e.err != nil {
			e.within(name)
			break
		}
	}
	return dst
}

func (e *encoder) field(dst []byte, f *Field, fp unsafe.Pointer) []byte {
	switch f.Kind {
	case String:
		return e.str(dst, **(**string)(fp))
	case Int:
		return strconv.AppendInt(dst, **(**int64)(fp), 10)
	case Float:
		return e.float(dst, **(**float64)(fp))
	case Bool:
		return strconv.AppendBool(dst, **(**bool)(fp))
	case Raw:
		return e.raw(dst, *(*json.RawMessage)(fp))
	case IntOrString:
		return e.intOrString(dst, **(**string)(fp))
	case Object:
		return e.object(dst, e.table.Types[f.Child], *(*unsafe.Pointer)(fp))
	}
	if f.More != nil && f.More.One&e.version != 0 && (*sliceHeader)(fp).len == 1 {
		return e.element(dst, f, fp, 0)
	}
	return e.list(dst, f, fp)
}

// list appends all elements of the list at fp as an array.
func (e *encoder) list(dst []byte, f *Field, fp unsafe.Pointer) []byte {
	n := (*sliceHeader)(fp).len
	if n == 0 {
		return append(dst, "[]"...)
	}
	start, next := len(dst), manyObjects
	for i := range n {
		if i == next {
			dst = foresee(dst, start, i, n)
			next *= 8
		}
		dst = append(dst, ',')
		dst = e.element(dst, f, fp, i)
		if e.err != nil {
			e.within(strconv.Itoa(i))
			return dst
		}
	}
	dst[start] = '['
	return append(dst, ']')
}

// foresee makes room for the rest of a list of n elements, if those to come are
// as long as the i that have been written since start: a text that grows with each
// is copied several times. Should the others be much shorter, there is room for no
// more than a few times what there is. A list that is a small part of the text does
// not foresee, because there may be many such.
func foresee(dst []byte, start, i, n int) []byte {
	written := len(dst) - start
	if written < len(dst)/4 {
		return dst
	}
	rest := float64(written)/float64(i)*float64(n-i) + float64(written)/8
	return slices.Grow(dst, int(min(rest, 8*float64(len(dst)), float64(len(dst)+mostForeseen))))
}

// mostForeseen is for how many bytes more than there are there is room at once.
const mostForeseen = 16 << 20

// element appends element i of the list at fp.
func (e *encoder) element(dst []byte, f *Field, fp unsafe.Pointer, i int) []byte {
	switch f.Kind {
	case Strings:
		return e.str(dst, (*(*[]string)(fp))[i])
	case Ints:
		return strconv.AppendInt(dst, (*(*[]int64)(fp))[i], 10)
	case Floats:
		return e.float(dst, (*(*[]float64)(fp))[i])
	case Bools:
		return strconv.AppendBool(dst, (*(*[]bool)(fp))[i])
	case Raws:
		return e.raw(dst, (*(*[]json.RawMessage)(fp))[i])
	case IntOrStrings:
		return e.intOrString(dst, (*(*[]string)(fp))[i])
	default:
		child := e.table.Types[f.Child]
		return e.object(dst, child, unsafe.Add((*sliceHeader)(fp).data, uintptr(i)*child.Size))
	}
}

// float writes v without exponent, as the IDMEFv2 drafts ask, and always with a
// fraction: the official OCSF validator takes a number without one for an
// integer.
func (e *encoder) float(dst []byte, v float64) []byte {
	if !finite(v) {
		e.fail("a number that is not finite")
		return dst
	}
	start := len(dst)
	dst = strconv.AppendFloat(dst, v, 'f', -1, 64)
	if !slices.Contains(dst[start:], '.') {
		dst = append(dst, ".0"...)
	}
	return dst
}

// raw writes free-form JSON, compacted. It checks the syntax: callers may have
// put anything there.
func (e *encoder) raw(dst []byte, raw json.RawMessage) []byte {
	s := scanner{src: unsafe.String(unsafe.SliceData(raw), len(raw)), maxDepth: maxNesting}
	from, to := s.whole()
	if to < 0 {
		e.fail("a raw value is not JSON: " + s.err.Msg)
		return dst
	}
	if s.spaces {
		return appendCompact(dst, s.src[from:to])
	}
	return append(dst, s.src[from:to]...)
}

func (e *encoder) intOrString(dst []byte, text string) []byte {
	s := scanner{src: text, maxDepth: 1}
	ok := false
	if len(text) > 0 {
		if text[0] == '"' {
			end, _ := s.str(1)
			ok = end == len(text)-1
		} else if text[0] == '-' || text[0] >= '0' && text[0] <= '9' {
			end, whole := s.number(0)
			ok = end == len(text) && whole
		}
	}
	if !ok {
		e.fail("neither the JSON text of an integer nor that of a string")
		return dst
	}
	return append(dst, text...)
}

const hexDigits = "0123456789abcdef"

// str writes s as a JSON string. It escapes what JSON demands and nothing more.
// It copies while it looks for what needs care: most strings need none.
func (e *encoder) str(dst []byte, s string) []byte {
	n := len(s)
	if cap(dst)-len(dst) < n+2 {
		dst = slices.Grow(dst, n+2)
	}
	at := len(dst) + 1
	out := dst[:at+n+1]
	out[at-1] = '"'
	body := out[at : at+n]
	var bad uint64
	switch {
	case n >= 8:
		i := 0
		for ; i+8 < n; i += 8 {
			x := load8(s, i)
			bad |= special(x)
			binary.LittleEndian.PutUint64(body[i:], x)
		}
		x := load8(s, n-8)
		bad |= special(x)
		binary.LittleEndian.PutUint64(body[n-8:], x)
	case n >= 4:
		x, y := load4(s, 0), load4(s, n-4)
		bad = special(x | y<<32)
		binary.LittleEndian.PutUint32(body, uint32(x))
		binary.LittleEndian.PutUint32(body[n-4:], uint32(y))
	default:
		for i := range n {
			c := s[i]
			if c == '"' || c == '\\' || c < 0x20 || c >= utf8.RuneSelf {
				bad = 1
			}
			body[i] = c
		}
	}
	if bad != 0 {
		return e.careful(dst, s)
	}
	out[at+n] = '"'
	return out
}

// careful is str for a string with escapes or beyond ASCII.
func (e *encoder) careful(dst []byte, s string) []byte {
	dst = append(dst, '"')
	from := 0
	for i := plain(s, 0); i < len(s); i = plain(s, i) {
		c := s[i]
		if c >= utf8.RuneSelf {
			if i = runes(s, i); i < 0 {
				e.fail("a string that is not valid UTF-8")
				return dst
			}
			continue
		}
		dst = append(dst, s[from:i]...)
		switch c {
		case '"', '\\':
			dst = append(dst, '\\', c)
		case '\b':
			dst = append(dst, '\\', 'b')
		case '\f':
			dst = append(dst, '\\', 'f')
		case '\n':
			dst = append(dst, '\\', 'n')
		case '\r':
			dst = append(dst, '\\', 'r')
		case '\t':
			dst = append(dst, '\\', 't')
		default:
			dst = append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		}
		i++
		from = i
	}
	return append(append(dst, s[from:]...), '"')
}
