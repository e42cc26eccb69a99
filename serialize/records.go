package serialize

import (
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/secmodel/secmodel"
)

// Record is one document of a stream, as it stands there.
type Record struct {
	Number int    // counted from 1
	Offset int64  // of its first byte in the stream, decompressed
	Line   int    // of its first byte, counted from 1; 0 if the stream is binary
	Column int    // of its first byte, in bytes, counted from 1; 0 if the stream is binary
	Data   []byte // valid until the next record is read
	// ContentType is that of Data as a document of its own.
	ContentType string
}

// Payload returns the record as a document of its own. It shares Data.
func (r Record) Payload() Payload { return Payload{ContentType: r.ContentType, Data: r.Data} }

// RecordError is an error in one record of a stream.
type RecordError struct {
	Record Record // without Data
	Err    error
}

// Error implements error.
func (e *RecordError) Error() string {
	if e.Record.Line == 0 {
		return fmt.Sprintf("record %d (byte %d): %s", e.Record.Number, e.Record.Offset, e.Err)
	}
	return fmt.Sprintf("record %d (line %d): %s", e.Record.Number, e.Record.Line, e.Err)
}

// Unwrap returns the error of the record.
func (e *RecordError) Unwrap() error { return e.Err }

// Records splits a stream into documents, without decoding them; with the option
// ContentEncoding it undoes that encoding first. Memory is bounded by the
// largest record. How documents follow each other depends on the content type:
//
//   - Types of lines have one document a line; blank lines are passed over.
//   - JSON is one document, an array whose elements are the documents, or
//     several documents one after the other, be it on one line, one a line or
//     over several lines. Where they are one a line, a malformed one costs itself
//     only: it ends where the next line is a document. After an error between
//     the elements of an array, the next element is looked for.
//   - JSON text sequences have a record separator before each document and a
//     line feed after it. A document that was cut off costs itself only
//     (RFC 7464, section 2.3).
//   - CBOR and MessagePack are one document, an array of documents, or several
//     documents one after the other; CBOR sequences are only the last.
//   - YAML is one document, or several with lines "---" between them; a document
//     that is a block sequence, "- " at the beginning of lines, is an array.
//
// With the option Bundle, the events of an OCSF bundle are records of their own.
//
// An error with a *RecordError concerns one record, and the stream goes on if
// there is a way to find the next one. A record larger than the limit (option
// MaxBytes) is passed over, with an error that wraps secmodel.ErrTooLarge. Any
// other error ends the stream: a *[StreamError] where r fails, or what it gives
// is not so encoded. Records that are whole before that are given; of one that r
// fails within, nothing is. A reader that gives neither data nor an error, time
// and again, fails with io.ErrNoProgress.
//
// A record comes as soon as its end is there: that of a line or of a document in
// a text sequence is its line feed, that of YAML the next line "---" or "...". The
// sequence waits for as long as r does; who must be able to end that closes what r
// reads from, or uses MapRecords, which has a context. It is for one goroutine at
// a time; each has its own state.
func (c *Codec) Records(r io.Reader, contentType string, opts ...secmodel.Option) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		o := secmodel.NewOptions(opts...)
		each := func(rec Record, _ int64, err error) bool { return yield(rec, err) }
		if err := c.split(r, contentType, &o, each); err != nil && err != errStopped {
			yield(Record{}, err)
		}
	}
}

// Records splits a stream into documents, as Codec.Records does.
func Records(r io.Reader, contentType string, opts ...secmodel.Option) iter.Seq2[Record, error] {
	return standard.Records(r, contentType, opts...)
}

// eachRecord gets the records of a stream, or an error of one, and the offset at
// which it ends. It returns false if no more are wanted.
type eachRecord func(rec Record, end int64, err error) bool

// split is Records without its last error, which is errStopped if each has
// returned false.
func (c *Codec) split(r io.Reader, contentType string, o *secmodel.Options, each eachRecord) error {
	f, err := c.format(contentType)
	if err != nil {
		return err
	}
	if o.ContentEncoding != "" {
		// Not all decoders see that a reader makes no progress.
		z, err := inflateReader(&steadyReader{r: r}, o.ContentEncoding, 0)
		if err != nil {
			return err
		}
		defer z.Close() // what is wrong with the data, Read has said
		r = z
	}
	s := newSplitter(r, f, o, each)
	if err = f.split(s); err == errSource {
		err = s.source.err
	}
	if err != nil && err != errStopped {
		err = &StreamError{s.done, s.doneAt, err}
	}
	return err
}

// errStopped ends a stream because the caller wants no more.
var errStopped = errors.New("stopped")
