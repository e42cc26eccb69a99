package serialize

import (
	"io"
	"iter"

	"github.com/secmodel/secmodel"
)

// Read reads a stream of messages: the documents that Records finds, each read
// as Unserialize does. The error of a record is a *RecordError; the stream goes
// on after it. An invalid message comes together with its error. With the
// option Reuse, a message is valid until the next is read.
func (c *Codec) Read(r io.Reader, contentType string, opts ...secmodel.Option) iter.Seq2[secmodel.Message, error] {
	return func(yield func(secmodel.Message, error) bool) {
		o := secmodel.NewOptions(opts...)
		reader := newReader() // not pooled: with Reuse, its memory is the last message's
		for rec, err := range c.Records(r, contentType, opts...) {
			var m secmodel.Message
			if err == nil {
				m, err = c.readRecord(reader, rec, &o, opts)
			}
			if !yield(m, err) {
				return
			}
		}
	}
}

// readRecord reads one document of a stream.
func (c *Codec) readRecord(r *reader, rec Record, o *secmodel.Options, opts []secmodel.Option) (secmodel.Message, error) {
	f := c.named(rec.ContentType)
	if f == nil { // the records of a type that c has, in one that it has not
		f = standard.named(rec.ContentType)
	}
	m, err := r.record(f, rec.Data, o, opts)
	if err != nil {
		rec.Data = nil
		err = &RecordError{rec, err}
	}
	return m, err
}

// Read reads a stream of messages, as Codec.Read does.
func Read(r io.Reader, contentType string, opts ...secmodel.Option) iter.Seq2[secmodel.Message, error] {
	return standard.Read(r, contentType, opts...)
}
