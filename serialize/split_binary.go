package serialize

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math"

	"github.com/secmodel/secmodel"
)

// Bytes of CBOR.
const (
	cborArray      = 0x80 // the major type of arrays
	cborArrayEmpty = 0x80
	cborArrayOpen  = 0x9f // an array up to the break
	cborBreak      = 0xff
	cborSelf       = "\xd9\xd9\xf7" // the tag that says that this is CBOR
)

// forever is how many items an array or map has that ends with a break.
const forever = math.MaxUint64

// maxOpen is how deeply items are followed to find the end of one. What is
// nested deeper than the limit in force, decoding reports.
const maxOpen = 10_000

// head is what the first bytes of an item say of its size.
type head struct {
	length uint64 // bytes that follow the head
	items  uint64 // items that follow
	pair   bool   // the items are to be counted twice
	last   bool   // a break
}

// cbor reads a document, an array of documents, or several one after the other.
func (s *splitter) cbor() error {
	ahead, err := s.r.Peek(1)
	switch {
	case err == io.EOF:
		return s.noDocument()
	case err != nil:
		return err
	}
	tag := 0
	if ahead[0] == cborSelf[0] {
		// An error is met again, in the document.
		if ahead, _ = s.r.Peek(len(cborSelf) + 1); bytes.HasPrefix(ahead, []byte(cborSelf)) {
			tag = len(cborSelf)
		}
	}
	if tag < len(ahead) && ahead[tag]&0xe0 == cborArray {
		if err := s.pass(ahead, tag); err != nil {
			return err
		}
		return s.binaryArray(s.cborHead)
	}
	return s.items(s.cborHead)
}

// cborSeq reads documents one after the other.
func (s *splitter) cborSeq() error { return s.items(s.cborHead) }

// msgPack reads a document, an array of documents, or several one after the
// other.
func (s *splitter) msgPack() error {
	ahead, err := s.buffered()
	switch {
	case err == io.EOF:
		return s.noDocument()
	case err != nil:
		return err
	case ahead[0]&0xf0 == 0x90 || ahead[0] == 0xdc || ahead[0] == 0xdd:
		return s.binaryArray(s.msgPackHead)
	}
	return s.items(s.msgPackHead)
}

// items reads documents one after the other up to the end of the stream.
func (s *splitter) items(read func() (head, error)) error {
	for {
		if _, err := s.buffered(); err != nil {
			return noEOF(err)
		}
		if err := s.item(read); err != nil {
			return noEOF(err)
		}
	}
}

// binaryArray reads the elements of an array as records, and what follows the
// array, which must be nothing.
func (s *splitter) binaryArray(read func() (head, error)) error {
	s.begin()
	s.number--
	h, err := read()
	if err != nil {
		return noEOF(s.lost(s.begin(), err))
	}
	for left := h.items; left > 0; left-- {
		ahead, err := s.buffered()
		switch {
		case err == io.EOF:
			return s.broken("the data ends within the array")
		case err != nil:
			return err
		case h.items == forever && ahead[0] == cborBreak:
			if err := s.pass(ahead, 1); err != nil {
				return err
			}
			left = 1
			continue
		}
		if err := s.item(read); err != nil {
			return noEOF(err)
		}
	}
	if ahead, err := s.buffered(); err != nil {
		return noEOF(err)
	} else {
		return s.broken("byte 0x%02x after the array; what follows is not read", ahead[0])
	}
}

// item reads one item as a record: its heads say how long it is, so that what is
// wrong within it costs itself only. It returns io.EOF, having reported it, where
// that is not known.
func (s *splitter) item(read func() (head, error)) error {
	rec := s.begin()
	open := append(s.open[:0], 1) // items that are missing at each level
	defer func() { s.open = open[:0] }()
	for len(open) > 0 {
		h, err := read()
		if err == nil && h.length > 0 {
			err = s.keepBytes(h.length)
		}
		if err != nil {
			return s.lost(rec, err)
		}
		top := &open[len(open)-1]
		switch {
		case h.last && *top != forever:
			return s.lost(rec, s.malformed("a break where none can be"))
		case h.last:
			open = open[:len(open)-1]
		case *top != forever:
			*top--
		}
		if h.items > 0 {
			if len(open) == maxOpen {
				return s.lost(rec, s.malformed("nested deeper than %d levels", maxOpen))
			}
			if h.pair && h.items != forever {
				if h.items > math.MaxUint64/4 {
					return s.lost(rec, s.malformed("a map of %d members", h.items))
				}
				h.items *= 2
			}
			open = append(open, h.items)
		}
		for len(open) > 0 && open[len(open)-1] == 0 {
			open = open[:len(open)-1]
		}
	}
	if s.large {
		return s.tooLarge(rec)
	}
	return s.emit(rec)
}

// lost reports an error after which it is not known where the next record
// begins, and returns io.EOF. Errors of the io.Reader are returned as they are.
func (s *splitter) lost(rec Record, err error) error {
	if err == errCutShort {
		err = s.malformed("the data ends within the document")
	} else if _, malformed := err.(*secmodel.SyntaxError); !malformed {
		return err
	}
	if fault := s.fault(rec, err); fault != nil {
		return fault
	}
	return io.EOF
}

// errCutShort is that the stream ends within an item. It is not one of package
// io, which a reader may fail with.
var errCutShort = errors.New("cut short")

// keepBytes keeps the next n bytes.
func (s *splitter) keepBytes(n uint64) error {
	for n > 0 {
		ahead, err := s.buffered()
		if err == io.EOF {
			return errCutShort
		} else if err != nil {
			return err
		}
		ahead = ahead[:min(uint64(len(ahead)), n)]
		s.keep(ahead)
		if err := s.pass(ahead, len(ahead)); err != nil {
			return err
		}
		n -= uint64(len(ahead))
	}
	return nil
}

// keepHead keeps the next n bytes, which are few, and returns them.
func (s *splitter) keepHead(n int) ([]byte, error) {
	ahead, err := s.r.Peek(n)
	if err == io.EOF {
		return nil, errCutShort
	} else if err != nil {
		return nil, err
	}
	s.keep(ahead)
	return ahead, s.pass(ahead, n)
}

// size reads a number of n bytes.
func (s *splitter) size(n int) (uint64, error) {
	b, err := s.keepHead(n)
	if err != nil {
		return 0, err
	}
	var all [8]byte
	copy(all[8-n:], b)
	return binary.BigEndian.Uint64(all[:]), nil
}

// cborHead reads the head of an item of CBOR (RFC 8949, section 3).
func (s *splitter) cborHead() (head, error) {
	b, err := s.keepHead(1)
	if err != nil {
		return head{}, err
	}
	first := b[0]
	n := uint64(first & 0x1f)
	switch {
	case n < 24:
	case n < 28:
		if n, err = s.size(1 << (n - 24)); err != nil {
			return head{}, err
		}
	case n == 31:
		n = forever
	default:
		return head{}, s.malformed("byte 0x%02x begins no item of CBOR", first)
	}
	switch major := first >> 5; {
	case major == 7 && n == forever:
		return head{last: true}, nil
	case major == 2 || major == 3:
		if n == forever {
			return head{items: forever}, nil // chunks up to the break
		}
		return head{length: n}, nil
	case major == 4:
		return head{items: n}, nil
	case major == 5:
		return head{items: n, pair: true}, nil
	case n == forever:
		return head{}, s.malformed("byte 0x%02x begins no item of CBOR", first)
	case major == 6:
		return head{items: 1}, nil
	}
	return head{}, nil
}

// msgPackHead reads the head of an item of MessagePack.
func (s *splitter) msgPackHead() (head, error) {
	b, err := s.keepHead(1)
	if err != nil {
		return head{}, err
	}
	first := b[0]
	sized := func(bytes int, to func(n uint64) head) (head, error) {
		n, err := s.size(bytes)
		return to(n), err
	}
	data := func(n uint64) head { return head{length: n} }
	extension := func(n uint64) head { return head{length: n + 1} } // and its type
	array := func(n uint64) head { return head{items: n} }
	object := func(n uint64) head { return head{items: n, pair: true} }
	switch {
	case first < 0x80 || first >= 0xe0 || first == 0xc0 || first == 0xc2 || first == 0xc3:
		return head{}, nil
	case first < 0x90:
		return object(uint64(first & 0x0f)), nil
	case first < 0xa0:
		return array(uint64(first & 0x0f)), nil
	case first < 0xc0:
		return data(uint64(first & 0x1f)), nil
	case first >= 0xc4 && first <= 0xc6:
		return sized(1<<(first-0xc4), data)
	case first >= 0xc7 && first <= 0xc9:
		return sized(1<<(first-0xc7), extension)
	case first == 0xca || first == 0xcb:
		return data(4 << (first - 0xca)), nil
	case first >= 0xcc && first <= 0xcf:
		return data(1 << (first - 0xcc)), nil
	case first >= 0xd0 && first <= 0xd3:
		return data(1 << (first - 0xd0)), nil
	case first >= 0xd4 && first <= 0xd8:
		return extension(1 << (first - 0xd4)), nil
	case first >= 0xd9 && first <= 0xdb:
		return sized(1<<(first-0xd9), data)
	case first == 0xdc || first == 0xdd:
		return sized(2<<(first-0xdc), array)
	case first == 0xde || first == 0xdf:
		return sized(2<<(first-0xde), object)
	}
	return head{}, s.malformed("byte 0x%02x begins no item of MessagePack", first)
}
