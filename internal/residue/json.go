package residue

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A document in memory is what encoding/json makes of it with UseNumber:
// map[string]any, []any, string, json.Number, bool and nil. Numbers keep their
// text, so that none is rounded.

// Parse reads a JSON object. Of duplicate names the last counts.
func Parse(text []byte) (map[string]any, error) {
	v, err := parse(text)
	if err != nil {
		return nil, err
	}
	doc, ok := v.(map[string]any)
	if !ok {
		return nil, errors.New("residue: the document is not a JSON object")
	}
	return doc, nil
}

func parse(text []byte) (v any, err error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errors.New("residue: there is more than one JSON value")
	}
	return v, nil
}

// Text writes a value as compact JSON: members by name, numbers as they were
// written.
func Text(v any) []byte { return appendValue(nil, v, false) }

// Canonical writes a value so that equal values have equal texts: as Text, with
// each number in one form for its decimal value.
func Canonical(v any) []byte { return appendValue(nil, v, true) }

// Digest is the 64-bit FNV-1a hash of the canonical text of a value, as 16
// hexadecimal digits. It tells whether a value was edited; it is no protection
// against who means to deceive, as a longer one in the same document would be
// none. (A cryptographic hash would cost every program that links package ocsf
// 200 kB and work at start-up.)
func Digest(v any) string {
	h := fnv.New64a()
	h.Write(Canonical(v))
	return hex.EncodeToString(h.Sum(nil))
}

// Copy returns a copy of a value that shares no map or slice with it.
func Copy[T any](v T) T {
	c, _ := clone(v).(T)
	return c
}

func clone(v any) any {
	switch x := v.(type) {
	case map[string]any:
		c := make(map[string]any, len(x))
		for name, member := range x {
			c[name] = clone(member)
		}
		return c
	case []any:
		c := make([]any, len(x))
		for i, element := range x {
			c[i] = clone(element)
		}
		return c
	}
	return v
}

func appendValue(dst []byte, v any, canonical bool) []byte {
	switch x := v.(type) {
	case map[string]any:
		dst = append(dst, '{')
		for i, name := range slices.Sorted(maps.Keys(x)) {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = append(appendString(dst, name), ':')
			dst = appendValue(dst, x[name], canonical)
		}
		return append(dst, '}')
	case []any:
		dst = append(dst, '[')
		for i, element := range x {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = appendValue(dst, element, canonical)
		}
		return append(dst, ']')
	case string:
		return appendString(dst, x)
	case json.Number:
		if canonical {
			return append(dst, decimal(string(x))...)
		}
		return append(dst, x...)
	case bool:
		if x {
			return append(dst, "true"...)
		}
		return append(dst, "false"...)
	}
	return append(dst, "null"...)
}

// appendString writes a string without escaping what need not be.
func appendString(dst []byte, s string) []byte {
	const digits = "0123456789abcdef"
	dst = append(dst, '"')
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c == '\n':
			dst = append(dst, `\n`...)
		case c == '\t':
			dst = append(dst, `\t`...)
		case c == '\r':
			dst = append(dst, `\r`...)
		case c < ' ':
			dst = append(dst, '\\', 'u', '0', '0', digits[c>>4], digits[c&15])
		case c < utf8.RuneSelf:
			dst = append(dst, c)
		default:
			r, n := utf8.DecodeRuneInString(s[i:])
			dst = utf8.AppendRune(dst, r)
			i += n
			continue
		}
		i++
	}
	return append(dst, '"')
}

// decimal gives a JSON number the one form that all texts of its value share: an
// integer without final zeros and, if it is not 0, an exponent of ten.
func decimal(number string) string {
	mantissa, exponent := number, "0"
	if i := strings.IndexAny(number, "eE"); i >= 0 {
		mantissa, exponent = number[:i], number[i+1:]
	}
	mantissa, negative := strings.CutPrefix(mantissa, "-")
	whole, fraction, _ := strings.Cut(mantissa, ".")
	digits := strings.TrimLeft(whole+fraction, "0")
	if digits == "" {
		return "0"
	}
	short := strings.TrimRight(digits, "0")
	power := shift(exponent, int64(len(digits)-len(short)-len(fraction)))
	if negative {
		short = "-" + short
	}
	if power == "0" {
		return short
	}
	return short + "e" + power
}

// shift adds to an exponent, whose length nothing bounds, and returns the sum
// without leading zeros.
func shift(exponent string, by int64) string {
	sign := ""
	if exponent != "" && (exponent[0] == '-' || exponent[0] == '+') {
		sign, exponent = strings.TrimPrefix(exponent[:1], "+"), exponent[1:]
	}
	exponent = cmp.Or(strings.TrimLeft(exponent, "0"), "0")
	const few = 18 // digits, of which the sum fits
	if len(exponent) <= few {
		n, _ := strconv.ParseInt(sign+exponent, 10, 64)
		return strconv.FormatInt(n+by, 10)
	}
	// Of a longer one the last digits change, and those before them if one is
	// carried or borrowed. (Package math/big would take the square of the length
	// for it.)
	if sign != "" {
		by = -by
	}
	digits := []byte(exponent)
	tail := len(digits) - few
	last, _ := strconv.ParseInt(exponent[tail:], 10, 64)
	last += by
	const one = 1_000_000_000_000_000_000 // 10 to the power of few
	switch {
	case last >= one:
		last -= one
		i := tail - 1
		for ; i >= 0 && digits[i] == '9'; i-- {
			digits[i] = '0'
		}
		if i >= 0 {
			digits[i]++
		} else {
			digits = append([]byte{'1'}, digits...)
			tail++
		}
	case last < 0:
		last += one
		i := tail - 1
		for ; digits[i] == '0'; i-- { // the first is none
			digits[i] = '9'
		}
		digits[i]--
	}
	text := fmt.Appendf(digits[:tail], "%0*d", few, last)
	return sign + strings.TrimLeft(string(text), "0")
}

// equal compares two values: members in any order, numbers as decimals.
func equal(a, b any) bool {
	switch x := a.(type) {
	case map[string]any:
		y, ok := b.(map[string]any)
		if !ok || len(x) != len(y) {
			return false
		}
		for name, v := range x {
			w, ok := y[name]
			if !ok || !equal(v, w) {
				return false
			}
		}
		return true
	case []any:
		y, ok := b.([]any)
		return ok && slices.EqualFunc(x, y, equal)
	case json.Number:
		y, ok := b.(json.Number)
		return ok && (x == y || decimal(string(x)) == decimal(string(y)))
	}
	return a == b
}
