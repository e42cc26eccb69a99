package cli

import (
	"unicode/utf8"

	"github.com/secmodel/secmodel/serialize"
)

// sniffBinary tells CBOR from MessagePack, in a stream that begins with a byte
// that both have for a map or an array, by reading its first documents as each of
// them: what is no object, or an object with a name that is no text, is no
// document. It reads on as long as both can be. The error is errBinary.
func sniffBinary(l *lookahead) (string, error) {
	for {
		cbor, msgpack := walkDocuments(cborHead, l.seen), walkDocuments(msgPackHead, l.seen)
		switch {
		case cbor.bad && msgpack.bad:
			// Damaged: it is rather what can be read farther.
			if cbor.at == msgpack.at {
				return "", errBinary
			}
			return binaryType(cbor.at > msgpack.at), nil
		case cbor.bad || msgpack.bad:
			return binaryType(msgpack.bad), nil
		}
		if l.more() {
			continue
		}
		if l.err != nil && (!l.complete() || cbor.short != msgpack.short) {
			return binaryType(msgpack.short), nil // an error, the reader of the stream reports
		}
		return "", errBinary
	}
}

func binaryType(cbor bool) string {
	if cbor {
		return serialize.CBOR
	}
	return serialize.MsgPack
}

// walkDocuments goes through the beginning of a stream of documents: an array of
// them, or one after the other.
func walkDocuments(head func(*walk) binaryHead, data []byte) walk {
	w := walk{head: head, data: data}
	for w.going() && w.at < len(data) {
		if w.item(rootItem, 0) == arrayItem && w.going() && w.at < len(data) {
			w.bad = true // the array is all that there can be
		}
	}
	return w
}

// maxWalkDepth is how deeply items are followed; no document is nested deeper.
const maxWalkDepth = 64

// role says where an item stands, and so what it must be.
type role uint8

const (
	memberItem   role = iota // anything
	nameItem                 // a text
	documentItem             // a map
	rootItem                 // a map, or an array of them
)

// admits reports whether an item of this kind can stand there.
func (r role) admits(k binaryKind) bool {
	switch r {
	case nameItem:
		return k == textItem
	case documentItem:
		return k == mapItem
	case rootItem:
		return k == mapItem || k == arrayItem
	}
	return k != breakItem
}

// walk goes through items of CBOR or MessagePack, as far as that can be.
type walk struct {
	head  func(*walk) binaryHead
	data  []byte
	at    int  // what comes next
	bad   bool // what stands at at can't be
	short bool // the data ends within an item
}

// going reports whether there is more to do.
func (w *walk) going() bool { return !w.bad && !w.short }

// item goes through one item, and returns its kind.
func (w *walk) item(r role, depth int) binaryKind {
	start := w.at
	h := w.head(w)
	for w.going() && h.kind == tagItem {
		h = w.head(w)
	}
	if !w.going() {
		return h.kind
	}
	if !r.admits(h.kind) || depth > maxWalkDepth {
		w.at, w.bad = start, true
		return h.kind
	}
	switch h.kind {
	case dataItem:
		w.take(h.n)
	case textItem:
		w.text(h)
	case arrayItem:
		of := memberItem
		if r == rootItem {
			of = documentItem
		}
		for i := uint64(0); i < h.n && !w.ends(h); i++ {
			w.item(of, depth+1)
		}
	case mapItem:
		for i := uint64(0); i < h.n && !w.ends(h); i++ {
			w.item(nameItem, depth+1)
			if w.going() {
				w.item(memberItem, depth+1)
			}
		}
	}
	return h.kind
}

// ends reports whether there is nothing more to read of an item: a break follows,
// which is read, or the walk is at its end.
func (w *walk) ends(h binaryHead) bool {
	if w.going() && h.open && w.at < len(w.data) && w.data[w.at] == cborBreak {
		w.at++
		return true
	}
	return !w.going()
}

// text goes through a text, of one piece or, if it is open, of several.
func (w *walk) text(h binaryHead) {
	if !h.open {
		w.utf8(w.take(h.n))
		return
	}
	for !w.ends(h) {
		start := w.at
		piece := w.head(w)
		switch {
		case !w.going():
		case piece.kind != textItem || piece.open:
			w.at, w.bad = start, true
		default:
			w.utf8(w.take(piece.n))
		}
	}
}

// take returns the next n bytes, or those that there are of them.
func (w *walk) take(n uint64) []byte {
	rest := w.data[w.at:]
	if w.short = n > uint64(len(rest)); !w.short {
		rest = rest[:n]
	}
	w.at += len(rest)
	return rest
}

// utf8 makes sure that text, which ends at at, is UTF-8; if the data ends within
// it, so may its last character.
func (w *walk) utf8(text []byte) {
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		if r == utf8.RuneError && size == 1 {
			if w.short && !utf8.FullRune(text) {
				return
			}
			w.at -= len(text)
			w.bad = true
			return
		}
		text = text[size:]
	}
}
