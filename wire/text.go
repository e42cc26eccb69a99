package wire

import (
	"slices"
	"unsafe"
)

// text is the memory for the strings of a message and for its raw values, which
// are slices of few chunks. No two of them share bytes.
type text struct {
	buf   []byte // the chunk in use: used part up to len
	full  int    // bytes handed out since begin from other chunks
	first int    // bytes that the first chunk is to have
	limit int    // bytes of the document, which has hardly more text
}

// begin prepares for a message that has probably first bytes of text. keep
// leaves the memory of the last message to this one; else that memory stays with
// whom it was given to.
func (t *text) begin(keep bool, first, limit int) {
	t.full, t.first, t.limit = 0, first, limit
	switch {
	case !keep, cap(t.buf) > maxText && limit <= maxText: // a large document is over
		t.buf = nil
	case cap(t.buf) < first && first <= maxText:
		t.buf = make([]byte, 0, first)
	default:
		t.buf = t.buf[:0]
	}
}

// room makes sure that the chunk in use has n bytes left, and returns it.
func (t *text) room(n int) []byte {
	if cap(t.buf)-len(t.buf) < n {
		t.grow(n)
	}
	return t.buf
}

// grow begins a chunk with room for n bytes.
func (t *text) grow(n int) {
	t.full += len(t.buf)
	c := t.first
	if t.full > 0 { // it was more than expected
		c = min(max(t.full/2, leastText), t.limit-t.full)
	}
	t.buf = slices.Grow([]byte(nil), max(n, c))
}

// leastText is how many bytes a further chunk has at least, unless the document
// has fewer left.
const leastText = 256

// used returns how many bytes have been handed out since begin.
func (t *text) used() int { return t.full + len(t.buf) }

// keep copies s.
func (t *text) keep(s string) string {
	b := t.buf
	from := len(b)
	if cap(b)-from < len(s) {
		t.grow(len(s))
		b, from = t.buf, 0
	}
	b = b[:from+len(s)]
	copy(b[from:], s)
	t.buf = b
	return viewOf(b[from:])
}

// unescaped copies the string body s with its escapes resolved.
func (t *text) unescaped(s string) string {
	b := t.room(len(s))
	t.buf = unescape(b, s)
	return viewOf(t.buf[len(b):])
}

// raw copies the JSON value s; spaces says that there is white space in it,
// which is left out.
func (t *text) raw(s string, spaces bool) []byte {
	b := t.room(len(s))
	from := len(b)
	if spaces {
		t.buf = appendCompact(b, s)
	} else {
		t.buf = append(b, s...)
	}
	return t.buf[from:len(t.buf):len(t.buf)]
}

// drop takes back what has been handed out since the text was as it was before,
// and keeps the chunk in use.
func (t *text) drop(before text) {
	if unsafe.SliceData(t.buf) == unsafe.SliceData(before.buf) {
		*t = before
		return
	}
	t.buf, t.full = t.buf[:0], before.full+len(before.buf)
}

// viewOf returns a string of the bytes of data, which must not change while the
// string is in use.
func viewOf(data []byte) string { return unsafe.String(unsafe.SliceData(data), len(data)) }

// share is the part of documents that is text to keep, in 1/1024; 0 if none has
// been read.
type share int

// of returns how many bytes of text a document of n bytes is expected to have.
func (s share) of(n int) int {
	if s == 0 {
		return n
	}
	return min(n, int(uint64(n)*uint64(s)>>10)+1)
}

// learn takes in a document of n bytes that had used bytes of text. It rises at
// once and falls slowly, as a second chunk costs more than a few bytes.
func (s *share) learn(used, n int) {
	now := share(min(uint64(used)<<10/uint64(max(n, 1))+1, 1024))
	if *s == 0 || now > *s {
		*s = now
	} else {
		*s -= (*s - now) / 8
	}
}
