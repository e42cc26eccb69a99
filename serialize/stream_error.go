package serialize

import "fmt"

// StreamError is why a stream ended before its time, and how far it got: an error
// of the io.Reader or io.Writer, of a content encoding, or of a context. It wraps
// that error.
type StreamError struct {
	// Records is how many records were read or written whole before it; faulty
	// ones that have been reported count as read.
	Records int
	// Offset is where the last of these ends, in bytes of the stream without its
	// content encoding. What follows has not been given to anyone, even if some
	// of it was read or written: where documents stand one after the other,
	// reading or writing can be taken up again there.
	Offset int64
	Err    error
}

// Error implements error.
func (e *StreamError) Error() string {
	plural := "s"
	if e.Records == 1 {
		plural = ""
	}
	return fmt.Sprintf("the stream ended after %d record%s (%d bytes): %s", e.Records, plural, e.Offset, e.Err)
}

// Unwrap returns the error that ended the stream.
func (e *StreamError) Unwrap() error { return e.Err }
