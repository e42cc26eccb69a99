package serialize

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/zstd"
	"github.com/secmodel/secmodel"
)

// maxWindow is how far back zstd data may refer, in bytes, and so about what a
// decoder needs in memory. RFC 9659 sets it for HTTP; larger data is refused.
const maxWindow = 8 << 20

// inflate undoes the encoding of data, the value of a Content-Encoding header
// field. Without one it returns data itself. The error wraps
// secmodel.ErrContentEncoding, secmodel.ErrTooLarge if the result is larger than
// maxBytes, or secmodel.ErrSyntax if data is damaged.
func inflate(data []byte, encoding string, maxBytes int) ([]byte, error) {
	cs, err := parseEncodings(encoding)
	if err != nil {
		return nil, err
	}
	if cs.n == 0 {
		if len(data) > maxBytes {
			return nil, fmt.Errorf("%w: %d bytes, more than %d", secmodel.ErrTooLarge, len(data), maxBytes)
		}
		return data, nil
	}
	r := newInflater(bytes.NewReader(data), cs, int64(max(maxBytes, 0)))
	defer r.Close()
	// Text like ours shrinks to a fifth or less.
	out := make([]byte, 0, min(8*len(data), max(maxBytes, 0))+1)
	for {
		n, err := r.Read(out[len(out):cap(out)])
		out = out[:len(out)+n]
		switch {
		case err == io.EOF:
			return out, nil
		case err != nil:
			return nil, err
		case len(out) == cap(out):
			out = append(out, 0)[:len(out)]
		}
	}
}

// inflateReader undoes the encoding of a stream, the value of a
// Content-Encoding header field. Nothing is read before the first Read. Errors
// of r are given as they are; others are those of inflate. A maxBytes of 0 or
// less means no limit. Close ends the use of the reader; it does not close r.
func inflateReader(r io.Reader, encoding string, maxBytes int64) (io.ReadCloser, error) {
	cs, err := parseEncodings(encoding)
	if err != nil {
		return nil, err
	}
	if maxBytes <= 0 {
		maxBytes = unlimited
	}
	return newInflater(r, cs, maxBytes), nil
}

// unlimited is the limit of an inflater that has none.
const unlimited = -1

// newInflater stacks a layer for each coding, the one applied last innermost,
// and a limit on what comes out.
func newInflater(r io.Reader, cs codings, limit int64) io.ReadCloser {
	// What is compressed may be larger than what it holds, but not by much. A
	// limit there keeps a few bytes from becoming much work: nothing, compressed
	// and repeated, compresses well.
	between := int64(unlimited)
	if limit != unlimited && limit < 1<<60 {
		between = 2*limit + 1<<16
	}
	for i := cs.n - 1; i >= 0; i-- {
		r = &layer{coding: cs.list[i], in: source{r: &limiter{r: r, limit: between}}}
	}
	return &limiter{r: r, limit: limit}
}

// limiter passes limit bytes on, and fails if there are more.
type limiter struct {
	r     io.Reader
	read  int64
	limit int64
}

// Read implements io.Reader.
func (l *limiter) Read(p []byte) (int, error) {
	switch {
	case l.limit == unlimited:
		return l.r.Read(p)
	case l.read > l.limit:
		return 0, tooLarge(l.limit)
	}
	// One byte more than allowed tells the end from an excess.
	if rest := l.limit - l.read + 1; int64(len(p)) > rest {
		p = p[:rest]
	}
	n, err := l.r.Read(p)
	if l.read += int64(n); l.read > l.limit {
		return n - 1, tooLarge(l.limit)
	}
	return n, err
}

// tooLarge is the error for more than limit bytes.
func tooLarge(limit int64) error {
	return fmt.Errorf("%w: more than %d bytes", secmodel.ErrTooLarge, limit)
}

// Close implements io.Closer.
func (l *limiter) Close() error {
	if inner, ok := l.r.(*layer); ok {
		return inner.close()
	}
	return nil
}

// layer undoes one coding.
type layer struct {
	coding coding
	in     source
	out    io.Reader     // nil before the first Read
	ahead  *bufio.Reader // what out reads from, for deflate
	read   int64
	err    error
}

// errInflaterClosed is the error of reading after Close.
var errInflaterClosed = errors.New("serialize: the reader of compressed data is closed")

// Read implements io.Reader.
func (l *layer) Read(p []byte) (int, error) {
	if l.err != nil || len(p) == 0 {
		return 0, l.err
	}
	if l.out == nil {
		if l.out, l.err = l.open(); l.err != nil {
			l.err = l.fault(l.err)
			return 0, l.err
		}
	}
	n, err := l.out.Read(p)
	l.read += int64(n)
	switch {
	case err == io.EOF:
		l.err = l.end()
	case err != nil:
		l.err = l.fault(err)
	}
	return n, l.err
}

// open reads the head of the data.
func (l *layer) open() (io.Reader, error) {
	switch l.coding {
	case codingZstd:
		return zstd.NewReader(&l.in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
			zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderMaxMemory(maxWindow))
	case codingGzip:
		return gzip.NewReader(&l.in)
	}
	// The name deflate means zlib, but there have always been those who send the
	// bare data (RFC 9110, section 8.4.1.2). Bare data begins with a block, whose
	// first byte is never that of zlib: it would be a stored block with padding
	// that is not zero.
	l.ahead = bufio.NewReader(&l.in)
	head, err := l.ahead.Peek(2)
	switch {
	case len(head) == 2 && isZlib(head[0], head[1]):
		return zlib.NewReader(l.ahead)
	case len(head) == 0:
		return nil, err
	}
	return flate.NewReader(l.ahead), nil
}

// end checks that the data ends where the decoder says so.
func (l *layer) end() error {
	if l.in.read == 0 {
		return l.fault(io.EOF)
	}
	if l.ahead == nil {
		return io.EOF // the others read on to the end themselves
	}
	switch _, err := l.ahead.Peek(1); err {
	case io.EOF:
		return io.EOF
	case nil:
		return l.fault(errors.New("more follows after its end"))
	default:
		return l.fault(err)
	}
}

// fault says what an error of the decoder means: the source's own goes through.
func (l *layer) fault(err error) error {
	switch {
	case l.in.err != nil:
		return l.in.err
	case err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF):
		err = &secmodel.SyntaxError{Offset: l.read, Msg: fmt.Sprintf("the %s data ends early", l.coding)}
	case errors.Is(err, zstd.ErrWindowSizeExceeded) || errors.Is(err, zstd.ErrDecoderSizeExceeded):
		err = fmt.Errorf("%w: zstd data with a window of more than %d bytes", secmodel.ErrTooLarge, maxWindow)
	default:
		err = &secmodel.SyntaxError{Offset: l.read, Msg: fmt.Sprintf("damaged %s data: %v", l.coding, err)}
	}
	return err
}

// close gives up the decoder, and those below.
func (l *layer) close() error {
	l.err = errInflaterClosed
	if z, ok := l.out.(*zstd.Decoder); ok {
		z.Close()
	}
	l.out, l.ahead = nil, nil
	return l.in.r.(*limiter).Close()
}

// source is what a decoder reads from. It tells its errors from the decoder's.
type source struct {
	r    io.Reader
	read int64
	err  error // other than io.EOF
}

// Read implements io.Reader.
func (s *source) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	s.read += int64(n)
	if err != nil && err != io.EOF {
		s.err = err
	}
	return n, err
}
