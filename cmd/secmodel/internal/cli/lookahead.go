package cli

import (
	"bytes"
	"cmp"
	"io"
)

// lookahead is a stream whose first bytes can be looked at before it is read.
type lookahead struct {
	r    io.Reader
	most int    // how many bytes are looked at, at most
	seen []byte // those that have been read from r
	err  error  // of r; nothing follows then
}

// atLeast returns the bytes that have come so far, having waited for n of them;
// there are fewer only if the stream ends or fails, or if n is more than most.
func (l *lookahead) atLeast(n int) []byte {
	for len(l.seen) < n && l.more() {
	}
	return l.seen
}

// more reads on once; it returns false if there is nothing more to look at.
func (l *lookahead) more() bool {
	if l.err != nil || len(l.seen) >= l.most {
		return false
	}
	buf := make([]byte, min(4<<10, l.most-len(l.seen)))
	n, err := l.r.Read(buf)
	l.seen, l.err = append(l.seen, buf[:n]...), err
	return n > 0 || err == nil
}

// complete reports whether all of the stream has been seen.
func (l *lookahead) complete() bool { return l.err == io.EOF }

// whole returns a reader of all the stream, and of its error. Nothing can be
// looked at any more once it is read from.
func (l *lookahead) whole() io.Reader {
	if l.err != nil {
		return io.MultiReader(bytes.NewReader(l.seen), failed{l.err})
	}
	return io.MultiReader(bytes.NewReader(l.seen), l.r)
}

// replay is a reader of the bytes that can be looked at.
type replay struct {
	l  *lookahead
	at int
}

// Read implements io.Reader.
func (r *replay) Read(p []byte) (int, error) {
	if len(r.l.atLeast(r.at+1)) == r.at {
		return 0, cmp.Or(r.l.err, io.EOF)
	}
	n := copy(p, r.l.seen[r.at:])
	r.at += n
	return n, nil
}

// failed is a reader that gives an error.
type failed struct{ err error }

// Read implements io.Reader.
func (f failed) Read([]byte) (int, error) { return 0, f.err }
