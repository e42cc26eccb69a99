package wire

import (
	"math"
	"math/big"
	"strconv"
	"strings"
)

// The time to turn a number from binary to decimal or back grows faster than
// its length; the numbers of documents are far below these limits. They are the
// same in both directions, so that what was read can be written.
const (
	maxBigBytes  = 1024    // of a big integer, and of the digits of a decimal
	maxBigDigits = 2467    // that the largest of them has
	maxBigFloat  = 1 << 12 // magnitude of the exponent of a big float
)

// bignum reads the byte string at i, the content of tag 2 or 3.
func (r *reader) bignum(i int, tag uint64) (v *big.Int, next int) {
	k, n, next := r.head(i)
	switch {
	case k == itemBad:
		return nil, -1
	case k != itemBytes:
		return nil, r.fail(i, "tag %d must be followed by a byte string", tag)
	}
	var digits string
	if n == endless {
		var all []byte
		for {
			part := next
			if k, n, next = r.head(part); k == itemBad {
				return nil, -1
			} else if k == itemBreak {
				break
			} else if k != itemBytes || n == endless {
				return nil, r.fail(part, "a part of a byte string must be a byte string of definite length")
			}
			all = append(all, r.src[next:next+int(n)]...)
			next += int(n)
		}
		digits = string(all)
	} else {
		digits = r.src[next : next+int(n)]
		next += int(n)
	}
	digits = strings.TrimLeft(digits, "\x00")
	if len(digits) > maxBigBytes {
		return nil, r.fail(i, "an integer of %d bytes, more than %d", len(digits), maxBigBytes)
	}
	v = new(big.Int).SetBytes([]byte(digits))
	if tag == tagBigNint {
		v.Not(v)
	}
	return v, next
}

// bigNumber appends the big integer, decimal fraction or big float whose tag is n
// and whose content is at i to dst as JSON text.
func (r *reader) bigNumber(dst []byte, k item, n uint64, i int) (out []byte, next int) {
	if k == itemBignum {
		v, next := r.bignum(i, n)
		if next < 0 {
			return dst, -1
		}
		return v.Append(dst, 10), next
	}
	kind, parts, next := r.head(i)
	switch {
	case kind == itemBad:
		return dst, -1
	case kind != itemArray || parts != 2 && parts != endless:
		return dst, r.fail(i, "tag %d must be followed by an array of exponent and mantissa", n)
	}
	at := next
	k, exponent, next := r.head(at)
	switch {
	case k == itemBad:
		return dst, -1
	case k != itemUint && k != itemNint:
		return dst, r.fail(at, "the exponent of a number must be an integer of 64 bits")
	case exponent > math.MaxInt64, n == tagBigFloat && exponent > maxBigFloat:
		return dst, r.fail(at, "the exponent of a number is too large")
	}
	e := int64(exponent)
	if k == itemNint {
		e = ^e
	}
	at = next
	mantissa := new(big.Int)
	switch k, part, content := r.item(at); k {
	case itemBad:
		return dst, -1
	case itemUint:
		mantissa.SetUint64(part)
		next = content
	case itemNint:
		mantissa.Not(mantissa.SetUint64(part))
		next = content
	case itemBignum:
		if mantissa, next = r.bignum(content, part); next < 0 {
			return dst, -1
		}
	default:
		return dst, r.fail(at, "the mantissa of a number must be an integer")
	}
	if parts == endless {
		k, _, end := r.head(next)
		switch k {
		case itemBad:
			return dst, -1
		case itemBreak:
			next = end
		default:
			return dst, r.fail(next, "tag %d must be followed by an array of two elements", n)
		}
	}
	if n == tagBigFloat {
		// A short big float is a long decimal: all together must not be much
		// longer than the data.
		if r.expanded += mantissa.BitLen()/3 + int(max(e, -e)); r.expanded > 1<<16+len(r.src) {
			return dst, r.fail(i, "the big floats up to here have too many digits")
		}
		if e >= 0 {
			mantissa.Lsh(mantissa, uint(e))
			e = 0
		} else {
			mantissa.Mul(mantissa, new(big.Int).Exp(big.NewInt(5), big.NewInt(-e), nil))
		}
		if mantissa.BitLen() > 8*maxBigBytes {
			return dst, r.fail(i, "a number of more than %d digits", maxBigDigits)
		}
	}
	digits := mantissa.String()
	if zeros := len(digits) - len(strings.TrimRight(digits, "0")); e > math.MaxInt64-int64(zeros) {
		return dst, r.fail(at, "the exponent of a number is too large")
	}
	return appendDecimal(dst, digits, e), next
}

// appendDecimal appends digits, of which the first may be a sign, times ten to
// the power e, with a fraction or exponent.
func appendDecimal(dst []byte, digits string, e int64) []byte {
	const zeros = "00000000000000000000"
	if digits[0] == '-' {
		dst, digits = append(dst, '-'), digits[1:]
	}
	n := int64(len(digits))
	switch {
	case e == 0 || digits == "0":
		return append(append(dst, digits...), ".0"...)
	case e < 0 && e > -n:
		dst = append(append(dst, digits[:n+e]...), '.')
		return append(dst, digits[n+e:]...)
	case e < 0 && -e-n <= int64(len(zeros)):
		dst = append(append(dst, "0."...), zeros[:-e-n]...)
		return append(dst, digits...)
	}
	return strconv.AppendInt(append(append(dst, digits...), 'e'), e, 10)
}

// decimal is a JSON number by its value: digits, which neither begin nor end
// with 0, times ten to the power exp. Zero has no digits.
type decimal struct {
	negative bool
	digits   string
	exp      int64
}

// parseDecimal reads the JSON number text. ok is false if its exponent is beyond
// 64 bits.
func parseDecimal(text string) (d decimal, ok bool) {
	text, d.negative = strings.CutPrefix(text, "-")
	if i := strings.IndexAny(text, "eE"); i >= 0 {
		exp, err := strconv.ParseInt(text[i+1:], 10, 64)
		text, d.exp, ok = text[:i], exp, err == nil
	} else {
		ok = true
	}
	whole, fraction, _ := strings.Cut(text, ".")
	digits := strings.TrimLeft(whole+fraction, "0")
	d.digits = strings.TrimRight(digits, "0")
	if d.digits == "" {
		return decimal{negative: d.negative}, true
	}
	shift := int64(len(digits) - len(d.digits) - len(fraction))
	if sum := d.exp + shift; (sum > d.exp) != (shift > 0) && shift != 0 {
		return d, false
	}
	d.exp += shift
	return d, ok
}

// exactly reports whether text, a JSON number, is the shortest decimal of v by
// its value.
func exactly(text string, v float64) bool {
	const always = 15 // so many significant digits survive in every normal float64
	if abs := math.Abs(v); len(text) <= always && abs > 1e-300 {
		return true
	}
	var buf [32]byte
	shortest, _ := parseDecimal(string(strconv.AppendFloat(buf[:0], v, 'e', -1, 64)))
	d, ok := parseDecimal(text)
	return ok && d == shortest
}
