package serialize

import (
	"errors"
	"io"
)

// steadyReader makes an io.Reader keep to its contract: its first error, io.EOF
// included, is its last word, so that one which is met while looking ahead is
// not lost; and it does not give nothing for ever.
type steadyReader struct {
	r   io.Reader
	err error
}

// maxEmptyReads is how many times a reader may give neither data nor an error,
// as in package bufio.
const maxEmptyReads = 100

// errBadCount is the error of a Read or Write that returns an impossible number.
var errBadCount = errors.New("serialize: Read or Write returned an impossible count")

// Read implements io.Reader.
func (s *steadyReader) Read(p []byte) (n int, err error) {
	for range maxEmptyReads {
		if s.err != nil || len(p) == 0 {
			return 0, s.err
		}
		if n, s.err = s.r.Read(p); n < 0 || n > len(p) {
			n, s.err = 0, errBadCount
		}
		if n > 0 {
			return n, s.err
		}
	}
	s.err = io.ErrNoProgress
	return 0, s.err
}

// fullWriter makes an io.Writer keep to its contract: to write less than it is
// given is an error.
type fullWriter struct{ w io.Writer }

// Write implements io.Writer.
func (f fullWriter) Write(p []byte) (n int, err error) {
	n, err = f.w.Write(p)
	switch {
	case n < 0 || n > len(p):
		return 0, errBadCount
	case n < len(p) && err == nil:
		err = io.ErrShortWrite
	}
	return n, err
}
