package wire

import (
	"encoding/binary"
	"math"
)

// cborBreak ends an item of indefinite length.
const cborBreak = 0xff

// The major types of CBOR (RFC 8949, section 3.1), in place.
const (
	cborUint = iota << 5
	cborNint
	cborBytes
	cborText
	cborArray
	cborMap
	cborTag
	cborOther
)

// The initial bytes of those items of CBOR that have no argument, and of
// floats.
const (
	cborFalse   = cborOther | 20
	cborTrue    = cborOther | 21
	cborNull    = cborOther | 22
	cborFloat16 = cborOther | 25
	cborFloat32 = cborOther | 26
	cborFloat64 = cborOther | 27
)

// The tags of numbers (RFC 8949, sections 3.4.3 and 3.4.4).
const (
	tagBigUint  = 2
	tagBigNint  = 3
	tagDecimal  = 4
	tagBigFloat = 5
)

// cborHead is head for CBOR.
func (r *reader) cborHead(i int) (k item, n uint64, next int) {
	if i >= len(r.src) {
		return r.cutHead(i)
	}
	c := r.src[i]
	next = i + 1
	switch info := c & 31; {
	case info < 24:
		n = uint64(info)
	case info < 28:
		size := 1 << (info - 24)
		if len(r.src)-next < size {
			return r.cutHead(i)
		}
		n = r.uint(next, size)
		next += size
	case info < 31 || c < cborBytes || c&^31 == cborTag:
		return itemBad, 0, r.fail(i, "0x%02x begins no item of CBOR", c)
	default:
		n = endless
	}
	switch c &^ 31 {
	case cborUint:
		return itemUint, n, next
	case cborNint:
		return itemNint, n, next
	case cborTag:
		return itemTag, n, next
	case cborOther:
		return r.cborOther(i, c&31, n, next)
	case cborText:
		k = itemText
	case cborBytes:
		k = itemBytes
	case cborArray:
		k = itemArray
	default:
		k = itemMap
	}
	if c&31 == 31 {
		return k, endless, next
	}
	if k == itemMap {
		return r.sized(k, n, next, 2)
	}
	return r.sized(k, n, next, 1)
}

// cborOther is the part of cborHead for major type 7.
func (r *reader) cborOther(i int, info byte, n uint64, next int) (item, uint64, int) {
	switch info {
	case cborFalse & 31:
		return itemFalse, 0, next
	case cborTrue & 31:
		return itemTrue, 0, next
	case cborNull & 31:
		return itemNull, 0, next
	case 23:
		return itemUndefined, 0, next
	case 24:
		if n < 32 {
			return itemBad, 0, r.fail(i, "simple value %d in two bytes; it must be in one", n)
		}
	case cborFloat16 & 31:
		return floatItem(math.Float64bits(fromHalf(uint16(n))), next)
	case cborFloat32 & 31:
		return floatItem(math.Float64bits(float64(math.Float32frombits(uint32(n)))), next)
	case cborFloat64 & 31:
		return floatItem(n, next)
	case 31:
		return itemBreak, 0, next
	}
	return itemSimple, n, next
}

// appendCBORHead appends a head of a major type with its argument.
func appendCBORHead(dst []byte, major byte, n uint64) []byte {
	switch {
	case n < 24:
		return append(dst, major|byte(n))
	case n <= math.MaxUint8:
		return append(dst, major|24, byte(n))
	case n <= math.MaxUint16:
		return append(dst, major|25, byte(n>>8), byte(n))
	case n <= math.MaxUint32:
		return binary.BigEndian.AppendUint32(append(dst, major|26), uint32(n))
	}
	return binary.BigEndian.AppendUint64(append(dst, major|27), n)
}

// appendCBORFloat appends v in the fewest bits that hold it.
func appendCBORFloat(dst []byte, v float64) []byte {
	single := float32(v)
	if float64(single) != v {
		return binary.BigEndian.AppendUint64(append(dst, cborFloat64), math.Float64bits(v))
	}
	if half, ok := toHalf(single); ok {
		return append(dst, cborFloat16, byte(half>>8), byte(half))
	}
	return binary.BigEndian.AppendUint32(append(dst, cborFloat32), math.Float32bits(single))
}

// A float of 16 bits has 10 bits of mantissa and 5 of exponent with a bias of
// 15; one of 32 bits has 23, 8 and 127.

// fromHalf returns the value of a float of 16 bits.
func fromHalf(half uint16) float64 {
	mantissa := float64(half & 0x3ff)
	var v float64
	switch exponent := int(half >> 10 & 31); exponent {
	case 0:
		v = math.Ldexp(mantissa, -24)
	case 31:
		v = math.Inf(1)
		if mantissa != 0 {
			return math.NaN()
		}
	default:
		v = math.Ldexp(1024+mantissa, exponent-25)
	}
	if half>>15 != 0 {
		return -v
	}
	return v
}

// toHalf returns v in 16 bits; ok is false if they do not hold it.
func toHalf(v float32) (half uint16, ok bool) {
	bits := math.Float32bits(v)
	sign := uint16(bits >> 16 & 0x8000)
	mantissa := bits & (1<<23 - 1)
	switch exponent := int(bits>>23&0xff) - 127; {
	case bits<<1 == 0:
		return sign, true
	case exponent >= -14 && exponent <= 15:
		return sign | uint16(exponent+15)<<10 | uint16(mantissa>>13), mantissa&(1<<13-1) == 0
	case exponent >= -24 && exponent < -14: // without the implied bit, in units of 2^-24
		shift := -1 - exponent
		mantissa |= 1 << 23
		return sign | uint16(mantissa>>shift), mantissa&(1<<shift-1) == 0
	}
	return 0, false
}
