package wire

import "unsafe"

// slab hands out values of one type from chunks of memory, so that the many
// small values of a message cost few allocations.
type slab[T any] struct {
	buf  []T // the chunk in use: used part up to len
	used int // values handed out since begin
	last int // the same for the previous message
}

// begin prepares for a message with at most about limit values. keep leaves the
// memory of the last message to this one; else that memory stays with whom it
// was given to.
func (s *slab[T]) begin(keep bool, limit int) {
	s.last, s.used = min(s.used, limit), 0
	switch {
	case !keep:
		s.buf = nil
	case cap(s.buf) < s.last && s.last <= maxKept:
		s.buf = make([]T, 0, s.last)
	case cap(s.buf) > maxKept:
		s.buf = nil
	default:
		s.buf = s.buf[:0]
	}
}

// maxKept bounds how many values a reused slab keeps between messages.
const maxKept = 1 << 14

// grow begins a chunk with room for at least n values.
func (s *slab[T]) grow(n int) {
	c := max(2*cap(s.buf), 8)
	if s.used == 0 {
		c = max(min(s.last, maxKept), 8)
	}
	s.buf = make([]T, 0, max(min(c, maxKept), n))
	touch(unsafe.Pointer(unsafe.SliceData(s.buf)), uintptr(cap(s.buf))*unsafe.Sizeof(*unsafe.SliceData(s.buf)))
}

// put stores v in memory of its own.
func (s *slab[T]) put(v T) *T {
	n := len(s.buf)
	if n == cap(s.buf) {
		s.grow(1)
		n = 0
	}
	s.buf = s.buf[:n+1]
	s.used++
	p := &s.buf[n]
	*p = v
	return p
}

// push appends v to the list of the last n values handed out, and moves them
// if the chunk is full, so that a list is always contiguous.
func (s *slab[T]) push(v T, n int) {
	if len(s.buf) == cap(s.buf) {
		tail := s.buf[len(s.buf)-n:]
		s.grow(2 * (n + 1))
		s.buf = append(s.buf, tail...)
	}
	s.buf = append(s.buf, v)
	s.used++
}

// list returns the last n values as a slice that cannot grow into others.
func (s *slab[T]) list(n int) []T {
	if n == 0 {
		return []T{}
	}
	i := len(s.buf) - n
	return s.buf[i:len(s.buf):len(s.buf)]
}

// drop takes the last n values back.
func (s *slab[T]) drop(n int) {
	s.buf = s.buf[:len(s.buf)-n]
	s.used -= n
}
