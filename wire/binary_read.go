package wire

import (
	"fmt"
	"math"
	"unicode/utf8"

	"github.com/secmodel/secmodel"
)

// reader reads binary items. As with scanner, its methods take the position to
// read at and return the one after what they read, or -1 after an error, which
// is then in err.
type reader struct {
	src      string
	form     Binary
	textHead int // the head of an empty text string
	textMost int // length of the longest text string with a head of one byte
	depth    int // maps and arrays that are open
	maxDepth int
	short    bool // the error is that src ends too early
	err      *secmodel.SyntaxError
	// repeated gets the offsets of duplicate keys, unless it is nil.
	repeated *[]int
	expanded int // digits that big floats have taken
}

// item is what an item is by its head.
type item uint8

// The items. What comes after itemMap is for reader.special to look at.
const (
	itemBad   item = iota // not well-formed
	itemUint              // n
	itemNint              // -1 - n
	itemFloat             // bits of a finite float64 in n
	itemFalse
	itemTrue
	itemNull
	itemText    // of n bytes
	itemBignum  // the content of tag n, 2 or 3, follows
	itemDecimal // the content of tag n, 4 or 5, follows
	itemArray   // of n elements
	itemMap     // of n pairs

	itemTag       // n
	itemBytes     // of n bytes
	itemInfinite  // bits of a float64, which is not finite, in n
	itemUndefined // of CBOR
	itemSimple    // n
	itemExtension // of n bytes, whose type stands before next
	itemBreak     // the end of an item of indefinite length
)

// endless is the n of an item of indefinite length.
const endless = math.MaxUint64

// newReader returns a reader of src, with up to maxDepth levels of nesting.
func newReader(form Binary, src string, maxDepth int) reader {
	r := reader{src: src, form: form, maxDepth: maxDepth, textHead: cborText, textMost: 23}
	if form == MessagePack {
		r.textHead, r.textMost = msgpackText, 31
	}
	return r
}

// fail records an error at i, if it is the first.
func (r *reader) fail(i int, format string, args ...any) int {
	if r.err == nil {
		r.err = &secmodel.SyntaxError{Offset: int64(i), Msg: fmt.Sprintf(format, args...)}
	}
	return -1
}

// cut fails because src ends too early.
func (r *reader) cut(format string, args ...any) int {
	r.short = r.err == nil
	return r.fail(len(r.src), format, args...)
}

// cutHead is cut for the head of an item.
func (r *reader) cutHead(i int) (item, uint64, int) {
	if i >= len(r.src) {
		return itemBad, 0, r.cut("the data ends where an item should follow")
	}
	return itemBad, 0, r.cut("the data ends within the head of the item at %d", i)
}

// head reads the head of the item at i. The content of a string and the
// elements of an array or map that it declares are at most as many as src has
// bytes left. next is -1 if and only if k is itemBad.
func (r *reader) head(i int) (k item, n uint64, next int) {
	if r.form == CBOR {
		return r.cborHead(i)
	}
	return r.msgpackHead(i)
}

// uint reads a big-endian number of size bytes at i, where src must have them.
func (r *reader) uint(i, size int) (n uint64) {
	for _, c := range []byte(r.src[i : i+size]) {
		n = n<<8 | uint64(c)
	}
	return n
}

// sized returns the head of a string, array or map of n parts of at least size
// bytes each, 1 or 2, if src can hold so many from next on.
func (r *reader) sized(k item, n uint64, next, size int) (item, uint64, int) {
	if left := len(r.src) - next; n > uint64(left)>>(size-1) {
		return itemBad, 0, r.tooMany(k, n, left)
	}
	return k, n, next
}

// tooMany fails for an item of n parts of which no more than left can be there.
func (r *reader) tooMany(k item, n uint64, left int) int {
	what := "an array of %d elements"
	switch k {
	case itemText:
		what = "a text string of %d bytes"
	case itemBytes:
		what = "a byte string of %d bytes"
	case itemExtension:
		what = "an extension of %d bytes"
	case itemMap:
		what = "a map of %d pairs"
	}
	return r.cut("the data ends %d bytes into "+what, left, n)
}

// floatItem returns the head of a float.
func floatItem(bits uint64, next int) (item, uint64, int) {
	if bits>>52&0x7ff == 0x7ff {
		return itemInfinite, bits, next
	}
	return itemFloat, bits, next
}

// item reads the head of the item at i, tags that change nothing included, and
// fails if JSON has nothing like it.
func (r *reader) item(i int) (k item, n uint64, next int) {
	if size := r.shortText(i); size >= 0 {
		return itemText, uint64(size), i + 1
	}
	if k, n, next = r.head(i); k <= itemMap {
		return k, n, next
	}
	return r.special(i, k, n, next)
}

// shortText returns the length of the text string at i if its head is a single
// byte and all of it is there, else -1. Most items are such.
func (r *reader) shortText(i int) int {
	if i >= len(r.src) {
		return -1
	}
	size := int(r.src[i]) - r.textHead
	if uint(size) > uint(r.textMost) || size >= len(r.src)-i {
		return -1
	}
	return size
}

// special is item for a head that may be none of JSON.
func (r *reader) special(i int, k item, n uint64, next int) (item, uint64, int) {
	tag := uint64(0)
	ofText := false
	for k == itemTag {
		switch n {
		case 2, 3:
			k = itemBignum
		case 4, 5:
			k = itemDecimal
		case 55799:
		case 0, 32, 33, 34, 35, 36, 1004:
			tag, ofText = n, true
		default:
			return itemBad, 0, r.fail(i, "tag %d; JSON has nothing like it", n)
		}
		if k == itemTag {
			i = next
			k, n, next = r.head(i)
		}
	}
	switch {
	case k == itemBad:
	case ofText && k != itemText:
		return itemBad, 0, r.fail(i, "tag %d must be followed by a text string", tag)
	case k == itemBytes:
		return itemBad, 0, r.fail(i, "a byte string; JSON has only text")
	case k == itemInfinite:
		return itemBad, 0, r.fail(i, "a number that is not finite; JSON has no such")
	case k == itemUndefined:
		return itemBad, 0, r.fail(i, "undefined; JSON has only null")
	case k == itemSimple:
		return itemBad, 0, r.fail(i, "simple value %d; JSON has only true, false and null", n)
	case k == itemExtension:
		return itemBad, 0, r.fail(i, "an extension of type %d; JSON has nothing like it", int8(r.src[next-1]))
	case k == itemBreak:
		return itemBad, 0, r.fail(i, "a break where an item should follow")
	}
	return k, n, next
}

// open counts a map or array that begins at i.
func (r *reader) open(i int) bool {
	if r.depth >= r.maxDepth {
		r.fail(i, "maps and arrays are nested deeper than %d", r.maxDepth)
		return false
	}
	r.depth++
	return true
}

// end looks at i for the end of a map or array that has n parts left, of which
// it takes one off.
func (r *reader) end(i int, n uint64) (next int, left uint64, done bool) {
	switch {
	case n == 0:
		return i, 0, true
	case n != endless:
		return i, n - 1, false
	case i < len(r.src) && r.src[i] == cborBreak:
		return i + 1, 0, true
	}
	return i, n, false
}

// text reads the text string whose content of n bytes begins at i. It views
// src, unless it is of indefinite length.
func (r *reader) text(i int, n uint64) (s string, next int) {
	if n == endless {
		return r.chunks(i)
	}
	next = i + int(n)
	s = r.src[i:next]
	if !ascii(s) && !utf8.ValidString(s) {
		return "", r.invalid(i, s)
	}
	return s, next
}

// chunks joins the parts of a text string of indefinite length, each of which
// must be valid by itself.
func (r *reader) chunks(i int) (string, int) {
	var all []byte
	for {
		k, n, next := r.head(i)
		switch {
		case k == itemBad:
			return "", -1
		case k == itemBreak:
			return string(all), next
		case k != itemText || n == endless:
			return "", r.fail(i, "a part of a text string must be a text string of definite length")
		}
		s, next := r.text(next, n)
		if next < 0 {
			return "", -1
		}
		all = append(all, s...)
		i = next
	}
}

// invalid fails at the first byte that is not valid UTF-8 of s, which begins at
// i.
func (r *reader) invalid(i int, s string) int {
	for j, c := range s {
		if c == utf8.RuneError {
			if _, n := utf8.DecodeRuneInString(s[j:]); n == 1 {
				return r.fail(i+j, "byte 0x%02x is not valid UTF-8", s[j])
			}
		}
	}
	return -1
}

// ascii reports whether s has nothing beyond ASCII.
func ascii(s string) bool {
	n := len(s)
	if n < 8 {
		var all byte
		for i := range n {
			all |= s[i]
		}
		return all < utf8.RuneSelf
	}
	all := load8(s, n-8)
	for i := 0; i+8 < n; i += 8 {
		all |= load8(s, i)
	}
	return all&highs == 0
}

// key reads the key of a member at i.
func (r *reader) key(i int) (name string, next int) {
	if size := r.shortText(i); size >= 0 {
		return r.text(i+1, uint64(size))
	}
	k, n, next := r.head(i)
	switch k {
	case itemBad:
		return "", -1
	case itemText:
		return r.text(next, n)
	}
	return "", r.fail(i, "a key that is not a text string; JSON has no such")
}

// skip reads the item at i and checks its structure alone.
func (r *reader) skip(i int) int {
	k, n, next := r.head(i)
	for k == itemTag {
		i = next
		k, n, next = r.head(i)
	}
	switch k {
	case itemText, itemBytes:
		if n == endless {
			return r.skipChunks(k, next)
		}
		return next + int(n)
	case itemExtension:
		return next + int(n)
	case itemArray, itemMap:
		if !r.open(i) {
			return -1
		}
		i = next
		for done := false; ; {
			if i, n, done = r.end(i, n); done {
				r.depth--
				return i
			}
			if k == itemMap {
				if i = r.skip(i); i < 0 {
					return -1
				}
			}
			if i = r.skip(i); i < 0 {
				return -1
			}
		}
	case itemBreak:
		return r.fail(i, "a break where an item should follow")
	}
	return next
}

// skipChunks is skip for the parts of a string of indefinite length.
func (r *reader) skipChunks(of item, i int) int {
	for {
		k, n, next := r.head(i)
		switch {
		case k == itemBad:
			return -1
		case k == itemBreak:
			return next
		case k != of || n == endless:
			return r.fail(i, "a part of a string must be a string of its kind, of definite length")
		}
		i = next + int(n)
	}
}

// root reads the map that all of src must be; content reads its n pairs from i
// on, after the map was counted as open.
func (r *reader) root(content func(i int, n uint64) int) int {
	k, n, i := r.item(0)
	switch {
	case k == itemBad:
		return -1
	case k != itemMap:
		if r.skip(0) >= 0 {
			r.fail(0, "the root must be a map")
		}
		return -1
	case !r.open(0):
		return -1
	}
	if i = content(i, n); i >= 0 && i < len(r.src) {
		return r.trailing(i)
	}
	return i
}

// trailing fails because of what stands behind the item that ends at i.
func (r *reader) trailing(i int) int {
	return r.fail(i, "%d bytes after the end of the item", len(r.src)-i)
}

// failure returns the error, with the pointer of the value in its message.
func (r *reader) failure() error {
	if pointer := r.blame(); pointer != "" {
		r.err.Msg += " (at " + pointer + ")"
	}
	return r.err
}
