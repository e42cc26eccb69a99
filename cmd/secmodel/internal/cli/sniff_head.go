package cli

import (
	"encoding/binary"
	"math"
)

// binaryKind is what an item of CBOR or MessagePack is, as far as that tells the
// two apart.
type binaryKind uint8

const (
	dataItem  binaryKind = iota // a number, a constant, bytes and others
	textItem                    // of UTF-8
	arrayItem                   // of items
	mapItem                     // of pairs of items
	tagItem                     // in front of an item (CBOR)
	breakItem                   // the end of an open item (CBOR)
)

// cborBreak is the byte of a break.
const cborBreak = 0xff

// binaryHead is what the first bytes of an item say.
type binaryHead struct {
	kind binaryKind
	n    uint64 // bytes that follow, or items, or pairs
	open bool   // n is not known: a break is the end
}

// number reads a number of some bytes.
func (w *walk) number(bytes int) uint64 {
	var all [8]byte
	copy(all[8-bytes:], w.take(uint64(bytes)))
	return binary.BigEndian.Uint64(all[:])
}

// fault notes that the byte before at begins no item.
func (w *walk) fault() binaryHead {
	w.at--
	w.bad = true
	return binaryHead{}
}

// first reads the first byte of an item.
func (w *walk) first() byte {
	if b := w.take(1); len(b) == 1 {
		return b[0]
	}
	return 0
}

// cborHead reads the head of an item of CBOR (RFC 8949, section 3).
func cborHead(w *walk) binaryHead {
	first := w.first()
	if w.short {
		return binaryHead{}
	}
	major, n, open := first>>5, uint64(first&0x1f), false
	switch {
	case n < 24:
	case n < 28:
		n = w.number(1 << (n - 24))
	case n == 31 && major != 0 && major != 1 && major != 6:
		n, open = math.MaxUint64, true
	default:
		return w.fault()
	}
	switch major {
	case 2, 3:
		kind := dataItem
		if major == 3 {
			kind = textItem
		} else if open {
			kind = arrayItem // of pieces
		}
		return binaryHead{kind, n, open}
	case 4:
		return binaryHead{arrayItem, n, open}
	case 5:
		return binaryHead{mapItem, n, open}
	case 6:
		return binaryHead{kind: tagItem}
	}
	if open {
		return binaryHead{kind: breakItem}
	}
	return binaryHead{kind: dataItem} // the number is the value
}

// msgPackHead reads the head of an item of MessagePack.
func msgPackHead(w *walk) binaryHead {
	first := w.first()
	if w.short {
		return binaryHead{}
	}
	switch {
	case first < 0x80 || first >= 0xe0 || first == 0xc0 || first == 0xc2 || first == 0xc3:
		return binaryHead{kind: dataItem}
	case first < 0x90:
		return binaryHead{kind: mapItem, n: uint64(first & 0x0f)}
	case first < 0xa0:
		return binaryHead{kind: arrayItem, n: uint64(first & 0x0f)}
	case first < 0xc0:
		return binaryHead{kind: textItem, n: uint64(first & 0x1f)}
	case first >= 0xc4 && first <= 0xc6:
		return binaryHead{kind: dataItem, n: w.number(1 << (first - 0xc4))}
	case first >= 0xc7 && first <= 0xc9: // an extension, and its type
		return binaryHead{kind: dataItem, n: w.number(1<<(first-0xc7)) + 1}
	case first == 0xca || first == 0xcb:
		return binaryHead{kind: dataItem, n: 4 << (first - 0xca)}
	case first >= 0xcc && first <= 0xcf:
		return binaryHead{kind: dataItem, n: 1 << (first - 0xcc)}
	case first >= 0xd0 && first <= 0xd3:
		return binaryHead{kind: dataItem, n: 1 << (first - 0xd0)}
	case first >= 0xd4 && first <= 0xd8:
		return binaryHead{kind: dataItem, n: 1<<(first-0xd4) + 1}
	case first >= 0xd9 && first <= 0xdb:
		return binaryHead{kind: textItem, n: w.number(1 << (first - 0xd9))}
	case first == 0xdc || first == 0xdd:
		return binaryHead{kind: arrayItem, n: w.number(2 << (first - 0xdc))}
	case first == 0xde || first == 0xdf:
		return binaryHead{kind: mapItem, n: w.number(2 << (first - 0xde))}
	}
	return w.fault()
}
