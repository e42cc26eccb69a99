package serialize

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// compress encodes data as the value of a Content-Encoding header field says.
// Without an encoding it returns data itself. The error wraps
// secmodel.ErrContentEncoding.
func compress(data []byte, encoding string) ([]byte, error) {
	cs, err := parseEncodings(encoding)
	if err != nil || cs.n == 0 {
		return data, err
	}
	var out bytes.Buffer
	out.Grow(64 + len(data)/4)
	w, err := newCompressor(&out, cs)
	if err != nil {
		return nil, err
	}
	_, err = w.Write(data)
	if err = errors.Join(err, w.Close()); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// compressWriter encodes a stream as the value of a Content-Encoding header
// field says. Close ends the stream; it does not close w. The error wraps
// secmodel.ErrContentEncoding.
func compressWriter(w io.Writer, encoding string) (io.WriteCloser, error) {
	cs, err := parseEncodings(encoding)
	if err != nil {
		return nil, err
	}
	return newCompressor(w, cs)
}

// newCompressor stacks an encoder for each coding, the one to be applied last
// innermost.
func newCompressor(w io.Writer, cs codings) (io.WriteCloser, error) {
	c := &compressor{w: w}
	for i := cs.n - 1; i >= 0; i-- {
		e, err := newEncoder(cs.list[i])
		if err != nil {
			return nil, err
		}
		e.Reset(c.w)
		c = &compressor{w: e, encoder: e, coding: cs.list[i], inner: c}
	}
	return c, nil
}

// encoder is what the encoders of all codings have.
type encoder interface {
	io.WriteCloser
	Reset(io.Writer)
}

// compressor writes through an encoder, or, being innermost, to the stream
// itself.
type compressor struct {
	w       io.Writer
	encoder encoder // nil innermost
	coding  coding
	inner   *compressor
	err     error
}

// errCompressorClosed is the error of writing after Close.
var errCompressorClosed = errors.New("serialize: the writer of compressed data is closed")

// Write implements io.Writer.
func (c *compressor) Write(p []byte) (int, error) {
	if c.err != nil {
		return 0, c.err
	}
	n, err := c.w.Write(p)
	c.err = err
	return n, err
}

// Close implements io.Closer: it writes what the encoders still hold. To close
// again does nothing.
func (c *compressor) Close() error {
	if c.err == errCompressorClosed {
		return nil
	}
	err := c.err
	c.err = errCompressorClosed
	if c.encoder == nil {
		return err
	}
	if e := c.encoder.Close(); err == nil {
		err = e
	}
	c.encoder.Reset(nil) // it must not keep what it wrote to
	encoders[c.coding].Put(c.encoder)
	c.w, c.encoder = nil, nil
	if e := c.inner.Close(); err == nil {
		err = e
	}
	return err
}

// encoders are idle encoders by coding. One takes about a megabyte, whatever it
// has written.
var encoders [len(codingNames)]sync.Pool

// encoderWindow is how far back zstd data that is written refers, in bytes.
// Events are small and alike; more takes memory of both sides for little.
const encoderWindow = 1 << 20

// newEncoder returns an idle encoder, to be reset before its use.
func newEncoder(c coding) (encoder, error) {
	if e, ok := encoders[c].Get().(encoder); ok {
		return e, nil
	}
	switch c {
	case codingZstd:
		return zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(encoderWindow), zstd.WithZeroFrames(true))
	case codingGzip:
		return gzip.NewWriter(nil), nil
	}
	return zlib.NewWriter(nil), nil
}
