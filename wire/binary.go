package wire

import (
	"io"

	"github.com/secmodel/secmodel"
)

// Binary is a binary form of JSON documents that models are read from and
// written to by the same tables as JSON text. What JSON text holds and the form
// does not, or the other way round, is an error, never a silent change.
//
// Reading takes any encoding of a value: heads longer than need be, floats of
// 16, 32 and 64 bits, and, in CBOR, items of indefinite length, big integers
// (tags 2 and 3) and decimal fractions and big floats (tags 4 and 5). CBOR tags
// that say no more than that a text is a text of some kind are read through:
// 0, 32 to 36, 1004; and 55799, which says that this is CBOR. Byte strings,
// map keys that are not text strings, numbers that are not finite, undefined
// and unassigned simple values, other tags and extensions have no place in
// JSON and are errors, as is text that is not valid UTF-8.
//
// Writing gives equal documents equal bytes: definite lengths, the shortest
// heads, the shortest float that holds the value, and the members of a map
// sorted, shorter names first and names of one length bytewise. For CBOR that
// is the core deterministic encoding of RFC 8949, section 4.2.1. A number that
// is a float stays one: 7.0 is never written as an integer.
type Binary uint8

const (
	// CBOR is the Concise Binary Object Representation (RFC 8949). Integers
	// beyond 64 bits are written as big integers, and numbers with a fraction or
	// exponent that no 64-bit float holds as decimal fractions (section 3.4.4).
	CBOR Binary = iota
	// MessagePack is the format of https://msgpack.org. It has no integers
	// beyond 64 bits and no decimals: such numbers cannot be written.
	MessagePack
)

// String returns "CBOR" or "MessagePack".
func (b Binary) String() string {
	if b == MessagePack {
		return "MessagePack"
	}
	return "CBOR"
}

// Decode replaces *m by the map in data, as Decoder.Decode does with an object
// of JSON text; values that go to Extra and to raw attributes become JSON text.
// The error is a *secmodel.SyntaxError with the byte offset, without line and
// column; its message names the JSON Pointer of the value. Offsets in
// d.Repeated are those of the duplicate keys in data.
func (b Binary) Decode(d *Decoder, m Model, data []byte) error {
	table, typ, p := m.WireModel()
	d.begin(table, data)
	defer d.end()
	typ.Zero(p, 1)
	r := binaryDecoder{d: d, reader: newReader(b, d.src, d.maxDepth)}
	if d.Duplicates {
		r.repeated = &d.Repeated
	}
	i := r.root(func(i int, n uint64) int { return r.object(typ, p, i, n) })
	if i < 0 {
		typ.Zero(p, 1)
		return r.failure()
	}
	d.settle(typ, p)
	return nil
}

// DecodeComposite is Decode for a document that reads itself from JSON text.
// Offsets in d.Repeated are those of the duplicate keys in data.
func (b Binary) DecodeComposite(d *Decoder, c Composite, data []byte) error {
	r := b.reader(data, d.MaxDepth)
	var repeated []int
	if d.Duplicates {
		r.repeated = &repeated
	}
	var text []byte
	if r.root(func(i int, n uint64) int { text, i = r.jsonMap(nil, i, n); return i }) < 0 {
		return r.failure()
	}
	if err := c.DecodeWire(d, text); err != nil {
		return err
	}
	d.Repeated = append(d.Repeated[:0], repeated...)
	return nil
}

// Append appends m to dst. The error is a *secmodel.EncodeError.
func (b Binary) Append(dst []byte, m Model) ([]byte, error) {
	e := binaryEncoders.Get().(*binaryEncoder)
	defer binaryEncoders.Put(e)
	return e.model(dst, b, m)
}

// ToJSON appends the one item that data is to dst, as compact JSON text with
// the members in the order of data. Numbers without fraction or exponent are
// what was an integer, the others what was not. maxDepth limits how deeply maps
// and arrays may be nested; 0 means secmodel.DefaultMaxDepth. The error is a
// *secmodel.SyntaxError.
func (b Binary) ToJSON(dst, data []byte, maxDepth int) ([]byte, error) {
	r := b.reader(data, maxDepth)
	out, i := r.json(dst, 0)
	if i >= 0 && i < len(data) {
		i = r.trailing(i)
	}
	if i < 0 {
		return dst, r.failure()
	}
	return out, nil
}

// FromJSON appends the JSON value text to dst as one item. A number with
// neither fraction nor exponent becomes an integer, -0 being 0; any other a
// float or, in CBOR, a decimal fraction if no 64-bit float has its value as
// shortest decimal. Of duplicate member names the last is written. The error is
// a *secmodel.SyntaxError if text is not one well-formed JSON value nested no
// deeper than 10,000 levels, and a *secmodel.EncodeError if b cannot hold it.
func (b Binary) FromJSON(dst, text []byte) ([]byte, error) {
	e := binaryEncoders.Get().(*binaryEncoder)
	defer binaryEncoders.Put(e)
	return e.text(dst, b, text)
}

// Members calls yield for each member of the map in data, in order, until yield
// returns false; value is the JSON text of the member's value, in memory of its
// own. maxDepth and errors are as for ToJSON. It does not look at what follows
// the member that yield stopped at.
func (b Binary) Members(data []byte, maxDepth int, yield func(name string, value []byte) bool) error {
	r := b.reader(data, maxDepth)
	stopped := false
	i := r.root(func(i int, n uint64) int {
		for done := false; ; {
			if i, n, done = r.end(i, n); done {
				return i
			}
			var name string
			if name, i = r.key(i); i < 0 {
				return -1
			}
			var value []byte
			if value, i = r.json(nil, i); i < 0 {
				return -1
			}
			if stopped = !yield(name, value); stopped {
				return len(data)
			}
		}
	})
	if i < 0 {
		return r.failure()
	}
	return nil
}

// Item returns the length of the item that data begins with, to part a sequence
// of items (RFC 8742 for CBOR). It looks at nothing but the structure: whether
// JSON can hold the item is for those who read it. maxDepth is as for ToJSON.
// The error is io.ErrUnexpectedEOF if data ends before the item does, and else
// a *secmodel.SyntaxError.
func (b Binary) Item(data []byte, maxDepth int) (n int, err error) {
	r := b.reader(data, maxDepth)
	switch n = r.skip(0); {
	case n >= 0:
		return n, nil
	case r.short:
		return 0, io.ErrUnexpectedEOF
	}
	return 0, r.err
}

// reader returns a reader of data, which it views.
func (b Binary) reader(data []byte, maxDepth int) reader {
	if maxDepth == 0 {
		maxDepth = secmodel.DefaultMaxDepth
	}
	return newReader(b, viewOf(data), maxDepth)
}
