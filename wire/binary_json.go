package wire

import (
	"math"
	"strconv"
)

// json appends the item at i to dst as JSON text. After an error, dst may have
// part of it.
func (r *reader) json(dst []byte, i int) (out []byte, next int) {
	k, n, next := r.item(i)
	switch k {
	case itemBad:
		return dst, -1
	case itemUint:
		return strconv.AppendUint(dst, n, 10), next
	case itemNint:
		return appendNegative(dst, n), next
	case itemFloat:
		return appendNumber(dst, math.Float64frombits(n)), next
	case itemFalse:
		return append(dst, "false"...), next
	case itemTrue:
		return append(dst, "true"...), next
	case itemNull:
		return append(dst, "null"...), next
	case itemText:
		s, next := r.text(next, n)
		if next >= 0 {
			dst = appendText(dst, s)
		}
		return dst, next
	case itemBignum, itemDecimal:
		return r.bigNumber(dst, k, n, next)
	}
	if !r.open(i) {
		return dst, -1
	}
	if k == itemMap {
		return r.jsonMap(dst, next, n)
	}
	start := len(dst)
	i = next
	for done := false; ; {
		if i, n, done = r.end(i, n); done {
			break
		}
		if dst, i = r.json(append(dst, ','), i); i < 0 {
			return dst, -1
		}
	}
	r.depth--
	return enclose(dst, start, '[', ']'), i
}

// jsonMap is json for the n members at i of a map that is open.
func (r *reader) jsonMap(dst []byte, i int, n uint64) (out []byte, next int) {
	start := len(dst)
	var seen names
	for done := false; ; {
		if i, n, done = r.end(i, n); done {
			break
		}
		at := i
		var name string
		if name, i = r.key(i); i < 0 {
			return dst, -1
		}
		dst = append(appendText(append(dst, ','), name), ':')
		if r.repeated != nil && seen.add(name) {
			*r.repeated = append(*r.repeated, at)
		}
		if dst, i = r.json(dst, i); i < 0 {
			return dst, -1
		}
	}
	r.depth--
	return enclose(dst, start, '{', '}'), i
}

// enclose puts brackets around the list from start on, each part of which has a
// comma before it.
func enclose(dst []byte, start int, left, right byte) []byte {
	if len(dst) == start {
		return append(dst, left, right)
	}
	dst[start] = left
	return append(dst, right)
}

// appendText appends s, which is valid UTF-8, as a JSON string.
func appendText(dst []byte, s string) []byte {
	var e encoder
	return e.str(dst, s)
}

// appendNegative appends -1 - n in decimal.
func appendNegative(dst []byte, n uint64) []byte {
	if n == math.MaxUint64 {
		return append(dst, "-18446744073709551616"...)
	}
	return strconv.AppendUint(append(dst, '-'), n+1, 10)
}

// appendNumber appends a finite v as the shortest decimal that is v, with a
// fraction or exponent: without, it would be an integer.
func appendNumber(dst []byte, v float64) []byte {
	format := byte('f')
	if abs := math.Abs(v); abs != 0 && (abs < 1e-6 || abs >= 1e21) {
		format = 'e'
	}
	dst = strconv.AppendFloat(dst, v, format, -1, 64)
	if format == 'f' && v == math.Trunc(v) {
		dst = append(dst, ".0"...)
	}
	return dst
}

// names is a set of the names of one object.
type names struct {
	few  [fewNames]string
	n    int
	many map[string]struct{}
}

// add reports whether name is in the set already, and adds it.
func (s *names) add(name string) (seen bool) {
	if s.many != nil {
		_, seen = s.many[name]
		s.many[name] = struct{}{}
		return seen
	}
	for _, other := range s.few[:s.n] {
		if other == name {
			return true
		}
	}
	if s.n < fewNames {
		s.few[s.n] = name
		s.n++
		return false
	}
	s.many = map[string]struct{}{name: {}}
	for _, other := range s.few {
		s.many[other] = struct{}{}
	}
	return false
}
