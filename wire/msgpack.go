package wire

import (
	"encoding/binary"
	"math"
)

// The first bytes of MessagePack items. Those with a range hold a number in
// the low bits.
const (
	msgpackMap    = 0x80 // to 0x8f: of up to 15 pairs
	msgpackArray  = 0x90 // to 0x9f: of up to 15 elements
	msgpackText   = 0xa0 // to 0xbf: of up to 31 bytes
	msgpackNil    = 0xc0
	msgpackNever  = 0xc1
	msgpackFalse  = 0xc2
	msgpackTrue   = 0xc3
	msgpackBin8   = 0xc4
	msgpackExt8   = 0xc7
	msgpackFloat  = 0xca // 32 bits, then 64
	msgpackUint8  = 0xcc // then 16, 32, 64
	msgpackInt8   = 0xd0 // then 16, 32, 64
	msgpackFixExt = 0xd4 // of 1 byte, then 2, 4, 8, 16
	msgpackText8  = 0xd9 // then 16, 32
	msgpackArr16  = 0xdc // then 32
	msgpackMap16  = 0xde // then 32
	msgpackMinus  = 0xe0 // to 0xff: -32 to -1
)

// msgpackHead is head for MessagePack.
func (r *reader) msgpackHead(i int) (k item, n uint64, next int) {
	if i >= len(r.src) {
		return r.cutHead(i)
	}
	c := r.src[i]
	next = i + 1
	switch {
	case c < msgpackMap:
		return itemUint, uint64(c), next
	case c < msgpackArray:
		return r.sized(itemMap, uint64(c&15), next, 2)
	case c < msgpackText:
		return r.sized(itemArray, uint64(c&15), next, 1)
	case c < msgpackNil:
		return r.sized(itemText, uint64(c&31), next, 1)
	case c >= msgpackMinus:
		return itemNint, uint64(^int8(c)), next
	}
	size := 0 // of the number that follows
	switch {
	case c == msgpackNil:
		return itemNull, 0, next
	case c == msgpackNever:
		return itemBad, 0, r.fail(i, "0xc1 begins no item of MessagePack")
	case c == msgpackFalse:
		return itemFalse, 0, next
	case c == msgpackTrue:
		return itemTrue, 0, next
	case c < msgpackExt8:
		k, size = itemBytes, 1<<(c-msgpackBin8)
	case c < msgpackFloat:
		k, size = itemExtension, 1<<(c-msgpackExt8)
	case c < msgpackUint8:
		k, size = itemFloat, 4<<(c-msgpackFloat)
	case c < msgpackInt8:
		k, size = itemUint, 1<<(c-msgpackUint8)
	case c < msgpackFixExt:
		k, size = itemNint, 1<<(c-msgpackInt8)
	case c < msgpackText8:
		k, n = itemExtension, 1<<(c-msgpackFixExt)
	case c < msgpackArr16:
		k, size = itemText, 1<<(c-msgpackText8)
	case c < msgpackMap16:
		k, size = itemArray, 2<<(c-msgpackArr16)
	default:
		k, size = itemMap, 2<<(c-msgpackMap16)
	}
	if len(r.src)-next < size {
		return r.cutHead(i)
	}
	if size > 0 {
		n = r.uint(next, size)
		next += size
	}
	switch k {
	case itemFloat:
		if size == 4 {
			n = math.Float64bits(float64(math.Float32frombits(uint32(n))))
		}
		return floatItem(n, next)
	case itemNint:
		unused := 64 - 8*size
		if v := int64(n<<unused) >> unused; v < 0 {
			return itemNint, uint64(^v), next
		}
		return itemUint, n, next
	case itemExtension:
		if next >= len(r.src) {
			return r.cutHead(i)
		}
		return r.sized(k, n, next+1, 1)
	case itemMap:
		return r.sized(k, n, next, 2)
	case itemUint:
		return k, n, next
	}
	return r.sized(k, n, next, 1)
}

// appendMsgpackUint appends a number.
func appendMsgpackUint(dst []byte, n uint64) []byte {
	switch {
	case n < msgpackMap:
		return append(dst, byte(n))
	case n <= math.MaxUint8:
		return append(dst, msgpackUint8, byte(n))
	case n <= math.MaxUint16:
		return append(dst, msgpackUint8+1, byte(n>>8), byte(n))
	case n <= math.MaxUint32:
		return binary.BigEndian.AppendUint32(append(dst, msgpackUint8+2), uint32(n))
	}
	return binary.BigEndian.AppendUint64(append(dst, msgpackUint8+3), n)
}

// appendMsgpackNegative appends v, which is below 0.
func appendMsgpackNegative(dst []byte, v int64) []byte {
	switch {
	case v >= -32:
		return append(dst, byte(v))
	case v >= math.MinInt8:
		return append(dst, msgpackInt8, byte(v))
	case v >= math.MinInt16:
		return append(dst, msgpackInt8+1, byte(v>>8), byte(v))
	case v >= math.MinInt32:
		return binary.BigEndian.AppendUint32(append(dst, msgpackInt8+2), uint32(v))
	}
	return binary.BigEndian.AppendUint64(append(dst, msgpackInt8+3), uint64(v))
}

// appendMsgpackFloat appends v in the fewest bits that hold it.
func appendMsgpackFloat(dst []byte, v float64) []byte {
	if single := float32(v); float64(single) == v {
		return binary.BigEndian.AppendUint32(append(dst, msgpackFloat), math.Float32bits(single))
	}
	return binary.BigEndian.AppendUint64(append(dst, msgpackFloat+1), math.Float64bits(v))
}

// appendMsgpackText appends the head of a text string of n bytes, of which there
// must be fewer than 2^32, as of elements and pairs in the two functions below.
func appendMsgpackText(dst []byte, n int) []byte {
	switch {
	case n < 32:
		return append(dst, msgpackText|byte(n))
	case n <= math.MaxUint8:
		return append(dst, msgpackText8, byte(n))
	}
	return appendMsgpackCount(dst, msgpackText8+1, n)
}

// appendMsgpackArray appends the head of an array of n elements.
func appendMsgpackArray(dst []byte, n int) []byte {
	if n < 16 {
		return append(dst, msgpackArray|byte(n))
	}
	return appendMsgpackCount(dst, msgpackArr16, n)
}

// appendMsgpackMap appends the head of a map of n pairs.
func appendMsgpackMap(dst []byte, n int) []byte {
	if n < 16 {
		return append(dst, msgpackMap|byte(n))
	}
	return appendMsgpackCount(dst, msgpackMap16, n)
}

// appendMsgpackCount appends first with n in 16 bits, or the byte after first
// with n in 32.
func appendMsgpackCount(dst []byte, first byte, n int) []byte {
	if n <= math.MaxUint16 {
		return append(dst, first, byte(n>>8), byte(n))
	}
	return binary.BigEndian.AppendUint32(append(dst, first+1), uint32(n))
}
