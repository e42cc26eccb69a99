package wire

import (
	"cmp"
	"encoding/json"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
	"unsafe"

	"github.com/secmodel/secmodel"
)

// binaryEncoder writes models, and JSON text, as binary items: the counterpart
// of encoder. It keeps, and learns of each type, in which order keys are written.
type binaryEncoder struct {
	form    Binary
	table   *Table
	version Versions
	depth   int
	err     *secmodel.EncodeError
	plans   map[planKey][]*plan // by number of the type
	current []*plan             // those of form and table
	present []uint16            // fields that are set, of the objects that are being written
	script  transcript
}

type planKey struct {
	form  Binary
	table *Table
}

// plan is the order in which the members of a type are written.
type plan struct {
	offsets []uint16 // of the fields
	fields  []planField
}

// planField is a field with its key as an item.
type planField struct {
	*Field
	key string
}

var binaryEncoders = sync.Pool{New: func() any { return &binaryEncoder{plans: map[planKey][]*plan{}} }}

// model appends m.
func (e *binaryEncoder) model(dst []byte, form Binary, m Model) ([]byte, error) {
	t, typ, p := m.WireModel()
	e.form, e.table, e.version = form, t, Versions(1)<<t.Newest
	if typ.Root {
		name, _ := t.versionOf(typ, p)
		e.version = t.bit(name)
	}
	key := planKey{form, t}
	if e.current = e.plans[key]; e.current == nil {
		e.current = make([]*plan, t.Count)
		e.plans[key] = e.current
	}
	out := e.object(dst, typ, p)
	return e.finish(dst, out)
}

// finish returns out, or dst and the error if there is one.
func (e *binaryEncoder) finish(dst, out []byte) ([]byte, error) {
	err := e.err
	e.err, e.depth, e.present = nil, 0, e.present[:0]
	e.script.forget()
	if err != nil {
		err.Format = e.form.String()
		return dst, err
	}
	return out, nil
}

// fail records why a value cannot be written.
func (e *binaryEncoder) fail(msg string) {
	if e.err == nil {
		e.err = &secmodel.EncodeError{Msg: msg}
	}
}

// within prefixes the pointer of the error with one step.
func (e *binaryEncoder) within(name string) {
	e.err.Pointer = string(AppendPointer(nil, name)) + e.err.Pointer
}

// compareNames orders the members of a map: shorter names first, and those of
// one length bytewise. As text strings of CBOR, they are then in bytewise order.
func compareNames(a, b string) int {
	if len(a) != len(b) {
		return cmp.Compare(len(a), len(b))
	}
	return strings.Compare(a, b)
}

// plan returns the plan of a type.
func (e *binaryEncoder) plan(typ *Type) *plan {
	if p := e.current[typ.Number]; p != nil {
		return p
	}
	p := &plan{make([]uint16, len(typ.Fields)), make([]planField, len(typ.Fields))}
	for i := range typ.Fields {
		f := &typ.Fields[i]
		p.fields[i] = planField{f, string(e.str(nil, f.Name()))}
	}
	slices.SortFunc(p.fields, func(a, b planField) int { return compareNames(a.Name(), b.Name()) })
	for i := range p.fields {
		p.offsets[i] = p.fields[i].Offset
	}
	e.current[typ.Number] = p
	return p
}

func (e *binaryEncoder) object(dst []byte, typ *Type, p unsafe.Pointer) []byte {
	if e.depth++; e.depth > maxNesting {
		e.fail("objects are nested too deeply, perhaps one contains itself")
		return dst
	}
	order := e.plan(typ)
	from := len(e.present)
	for i, offset := range order.offsets {
		if *(*unsafe.Pointer)(unsafe.Add(p, uintptr(offset))) != nil {
			e.present = append(e.present, uint16(i))
		}
	}
	to := len(e.present)
	var few [16]string
	var extra []string
	members := *extraOf(typ, p)
	if len(members) != 0 {
		extra = few[:0]
		for name := range members {
			if fi := typ.find(name); fi < 0 || word(p, &typ.Fields[fi]) == nil {
				extra = append(extra, name)
			}
		}
		slices.SortFunc(extra, compareNames)
	}
	dst = e.mapHead(dst, to-from+len(extra))
	for j := from; j < to; j++ {
		f := &order.fields[e.present[j]]
		for len(extra) > 0 && compareNames(extra[0], f.Name()) < 0 {
			if dst = e.extra(dst, extra[0], members[extra[0]]); e.err != nil {
				return dst
			}
			extra = extra[1:]
		}
		dst = append(dst, f.key...)
		if dst = e.field(dst, f.Field, unsafe.Add(p, uintptr(f.Offset))); e.err != nil {
			e.within(f.Name())
			return dst
		}
	}
	for _, name := range extra {
		if dst = e.extra(dst, name, members[name]); e.err != nil {
			return dst
		}
	}
	e.present = e.present[:from]
	e.depth--
	return dst
}

// extra appends a member of Extra.
func (e *binaryEncoder) extra(dst []byte, name string, value json.RawMessage) []byte {
	dst = e.str(dst, name)
	if e.err == nil {
		dst = e.raw(dst, value)
	}
	if e.err != nil {
		e.within(name)
	}
	return dst
}

func (e *binaryEncoder) field(dst []byte, f *Field, fp unsafe.Pointer) []byte {
	switch f.Kind {
	case String:
		return e.str(dst, **(**string)(fp))
	case Int:
		return e.int(dst, **(**int64)(fp))
	case Float:
		return e.float(dst, **(**float64)(fp))
	case Bool:
		return e.bool(dst, **(**bool)(fp))
	case Raw:
		return e.raw(dst, *(*json.RawMessage)(fp))
	case IntOrString:
		return e.intOrString(dst, **(**string)(fp))
	case Object:
		return e.object(dst, e.table.Types[f.Child], *(*unsafe.Pointer)(fp))
	}
	n := (*sliceHeader)(fp).len
	if n == 1 && f.More != nil && f.More.One&e.version != 0 {
		return e.element(dst, f, fp, 0)
	}
	dst = e.arrayHead(dst, n)
	for i := range n {
		if dst = e.element(dst, f, fp, i); e.err != nil {
			e.within(strconv.Itoa(i))
			break
		}
	}
	return dst
}

// element appends element i of the list at fp.
func (e *binaryEncoder) element(dst []byte, f *Field, fp unsafe.Pointer, i int) []byte {
	switch f.Kind {
	case Strings:
		return e.str(dst, (*(*[]string)(fp))[i])
	case Ints:
		return e.int(dst, (*(*[]int64)(fp))[i])
	case Floats:
		return e.float(dst, (*(*[]float64)(fp))[i])
	case Bools:
		return e.bool(dst, (*(*[]bool)(fp))[i])
	case Raws:
		return e.raw(dst, (*(*[]json.RawMessage)(fp))[i])
	case IntOrStrings:
		return e.intOrString(dst, (*(*[]string)(fp))[i])
	default:
		child := e.table.Types[f.Child]
		return e.object(dst, child, unsafe.Add((*sliceHeader)(fp).data, uintptr(i)*child.Size))
	}
}

// intOrString appends what text is the JSON text of, if that is an integer or a
// string.
func (e *binaryEncoder) intOrString(dst []byte, text string) []byte {
	s := scanner{src: text, maxDepth: 1}
	if len(text) > 0 {
		if text[0] == '"' {
			if end, escaped := s.str(1); end == len(text)-1 {
				body := text[1:end]
				if escaped {
					body = string(unescape(nil, body))
				}
				return e.str(dst, body)
			}
		} else if text[0] == '-' || text[0] >= '0' && text[0] <= '9' {
			if end, whole := s.number(0); end == len(text) && whole {
				return e.number(dst, text, true)
			}
		}
	}
	e.fail("neither the JSON text of an integer nor that of a string")
	return dst
}

// str appends a text string.
func (e *binaryEncoder) str(dst []byte, s string) []byte {
	if !ascii(s) && !utf8.ValidString(s) {
		e.fail("a string that is not valid UTF-8")
		return dst
	}
	return e.valid(dst, s)
}

// valid appends a text string that is known to be valid UTF-8.
func (e *binaryEncoder) valid(dst []byte, s string) []byte {
	switch {
	case len(s) < 24 && e.form == CBOR:
		dst = append(dst, cborText|byte(len(s)))
	case e.form == CBOR:
		dst = appendCBORHead(dst, cborText, uint64(len(s)))
	case e.counted(len(s)):
		dst = appendMsgpackText(dst, len(s))
	}
	return append(dst, s...)
}

func (e *binaryEncoder) int(dst []byte, v int64) []byte {
	switch {
	case e.form == CBOR && v >= 0:
		return appendCBORHead(dst, cborUint, uint64(v))
	case e.form == CBOR:
		return appendCBORHead(dst, cborNint, uint64(^v))
	case v >= 0:
		return appendMsgpackUint(dst, uint64(v))
	}
	return appendMsgpackNegative(dst, v)
}

func (e *binaryEncoder) float(dst []byte, v float64) []byte {
	switch {
	case !finite(v):
		e.fail("a number that is not finite")
		return dst
	case e.form == CBOR:
		return appendCBORFloat(dst, v)
	}
	return appendMsgpackFloat(dst, v)
}

func (e *binaryEncoder) bool(dst []byte, v bool) []byte {
	switch {
	case e.form == CBOR && v:
		return append(dst, cborTrue)
	case e.form == CBOR:
		return append(dst, cborFalse)
	case v:
		return append(dst, msgpackTrue)
	}
	return append(dst, msgpackFalse)
}

func (e *binaryEncoder) null(dst []byte) []byte {
	if e.form == CBOR {
		return append(dst, cborNull)
	}
	return append(dst, msgpackNil)
}

// arrayHead begins an array of n elements.
func (e *binaryEncoder) arrayHead(dst []byte, n int) []byte {
	switch {
	case e.form == CBOR:
		return appendCBORHead(dst, cborArray, uint64(n))
	case e.counted(n):
		return appendMsgpackArray(dst, n)
	}
	return dst
}

// mapHead begins a map of n members.
func (e *binaryEncoder) mapHead(dst []byte, n int) []byte {
	switch {
	case e.form == CBOR:
		return appendCBORHead(dst, cborMap, uint64(n))
	case e.counted(n):
		return appendMsgpackMap(dst, n)
	}
	return dst
}

// counted fails if MessagePack has no head for n.
func (e *binaryEncoder) counted(n int) bool {
	if uint64(n) > math.MaxUint32 {
		e.fail("more than 4,294,967,295 bytes or elements in one value")
		return false
	}
	return true
}

// number appends the JSON number text; whole says that it has neither fraction
// nor exponent.
func (e *binaryEncoder) number(dst []byte, text string, whole bool) []byte {
	if !whole {
		v, err := strconv.ParseFloat(text, 64)
		if err == nil && exactly(text, v) {
			return e.float(dst, v)
		}
		return e.decimal(dst, text)
	}
	if v, ok := integer(text); ok {
		return e.int(dst, v)
	}
	magnitude, negative := strings.CutPrefix(text, "-")
	n, err := strconv.ParseUint(magnitude, 10, 64)
	switch {
	case err == nil && e.form == CBOR && negative:
		return appendCBORHead(dst, cborNint, n-1)
	case err == nil && e.form == CBOR:
		return appendCBORHead(dst, cborUint, n)
	case err == nil && !negative:
		return appendMsgpackUint(dst, n)
	case e.form != CBOR:
		e.fail("an integer beyond 64 bits")
		return dst
	}
	return e.bignum(dst, magnitude, negative)
}

// bignum appends an integer of CBOR in as few bytes as it needs (RFC 8949,
// section 3.4.3).
func (e *binaryEncoder) bignum(dst []byte, magnitude string, negative bool) []byte {
	v := new(big.Int)
	if len(magnitude) <= maxBigDigits {
		v.SetString(magnitude, 10)
	}
	major, tag := byte(cborUint), byte(tagBigUint)
	if negative {
		v.Sub(v, big.NewInt(1))
		major, tag = cborNint, tagBigNint
	}
	if len(magnitude) > maxBigDigits || v.BitLen() > 8*maxBigBytes {
		e.fail("a number of more than " + strconv.Itoa(maxBigBytes) + " bytes in binary")
		return dst
	}
	if v.IsUint64() {
		return appendCBORHead(dst, major, v.Uint64())
	}
	digits := v.Bytes()
	dst = appendCBORHead(append(dst, cborTag|tag), cborBytes, uint64(len(digits)))
	return append(dst, digits...)
}

// decimal appends a number that no float64 holds as a decimal fraction of CBOR
// (RFC 8949, section 3.4.4).
func (e *binaryEncoder) decimal(dst []byte, text string) []byte {
	if e.form != CBOR {
		e.fail("a number that a float of 64 bits does not hold exactly")
		return dst
	}
	d, ok := parseDecimal(text)
	if !ok {
		e.fail("a number whose exponent is beyond 64 bits")
		return dst
	}
	dst = e.int(appendCBORHead(append(dst, cborTag|tagDecimal), cborArray, 2), d.exp)
	return e.bignum(dst, d.digits, d.negative)
}
