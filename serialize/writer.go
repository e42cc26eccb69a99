package serialize

import (
	"cmp"
	"errors"
	"fmt"
	"io"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/ocsf"
	"github.com/secmodel/secmodel/wire"
)

// Writer writes a stream of messages. It must not be used by two goroutines at a
// time; each message is only read while it is written.
type Writer struct {
	w       io.Writer
	z       io.Closer // ends the compression of w; nil if there is none
	f       *format
	opts    []secmodel.Option
	options secmodel.Options
	bundle  *bundleWriter // nil unless the stream is a bundle
	buf     []byte
	doc     []byte // a document before it is framed
	written int
	offset  int64 // where the last message ends
	err     error
}

// NewWriter returns a Writer of the content type, which writes documents as
// Records reads them: one a line; for JSON and CBOR, an array, which Close ends,
// or, for JSON with the option Bundle, a bundle of OCSF events; for YAML, each
// after a line "---"; for the others one after the other. With the option
// ContentEncoding it is compressed. Errors of the content type and of w come from
// Write and Close. A message is written by one call of w.Write, unless it is
// compressed.
func (c *Codec) NewWriter(w io.Writer, contentType string, opts ...secmodel.Option) *Writer {
	o := secmodel.NewOptions(opts...)
	w = fullWriter{w}
	out := &Writer{w: w, opts: opts, options: o}
	out.f, out.err = c.format(contentType)
	if out.err == nil && o.Bundle {
		out.bundle, out.err = newBundleWriter(out.f)
	}
	if out.err == nil && o.ContentEncoding != "" {
		z, err := compressWriter(w, o.ContentEncoding)
		out.w, out.z, out.err = z, z, err
	}
	return out
}

// NewWriter returns a Writer of the content type, as Codec.NewWriter does.
func NewWriter(w io.Writer, contentType string, opts ...secmodel.Option) *Writer {
	return standard.NewWriter(w, contentType, opts...)
}

// Write validates m, unless the option SkipValidation is given, and writes it.
// A message that is invalid, or that the content type cannot hold, is not
// written; the Writer can go on after that. After any other error it can't: that
// is a *[StreamError], and all that follow are the same. With the option
// ContentEncoding, the last of the messages that it counts may not have got to
// the io.Writer.
func (w *Writer) Write(m secmodel.Message) error {
	if w.err != nil {
		return w.err
	}
	if w.written > 0 && w.f.before == nil && w.f.frame == nil {
		return fmt.Errorf("serialize: a stream of %s holds one document", w.f.types[0])
	}
	if !w.options.SkipValidation {
		if err := m.Validate(w.opts...); err != nil {
			return err
		}
	}
	var event ocsf.Event
	if w.bundle != nil {
		var err error
		if event, err = w.bundle.admit(m); err != nil {
			return err
		}
	}
	buf, err := w.framed(m)
	if err != nil {
		return err
	}
	n, err := w.w.Write(buf)
	if n == len(buf) {
		w.written++
		w.offset += int64(n)
		if event != nil {
			w.bundle.note(event)
		}
	}
	if err != nil {
		w.fail(err)
		if w.z != nil {
			_ = w.z.Close() // it has failed; its memory is used again
		}
	}
	return w.err
}

// fail ends the stream because of an error of the io.Writer.
func (w *Writer) fail(err error) {
	w.err = &StreamError{w.written, w.offset, err}
	w.buf, w.doc = nil, nil
}

// framed returns m with what stands around it in the stream.
func (w *Writer) framed(m secmodel.Message) ([]byte, error) {
	var err error
	if w.f.before == nil {
		if w.doc, err = w.f.append(spare(w.doc), m, &w.options); err != nil || w.f.frame == nil {
			return w.doc, err
		}
		w.buf = w.f.frame(spare(w.buf), w.doc, w.written)
		return w.buf, nil
	}
	if w.bundle != nil {
		w.buf = w.bundle.before(spare(w.buf), w.written)
	} else {
		w.buf = w.f.before(spare(w.buf), w.written)
	}
	start := len(w.buf)
	if w.buf, err = w.f.append(w.buf, m, &w.options); err != nil {
		return nil, err
	}
	if w.options.Indent != "" && w.f == &jsonFormat {
		w.doc = wire.AppendIndent(spare(w.doc), w.buf[start:], w.options.Indent)
		w.buf = append(w.buf[:start], w.doc...)
	}
	w.buf = w.f.after(w.buf)
	return w.buf, nil
}

// Written returns how many messages have been written.
func (w *Writer) Written() int { return w.written }

// Close ends the stream. It does not close the io.Writer. Without it the stream is
// not whole, and what is compressed may not have been written. The error, as of
// Write, is that of the Write that failed, if one did. To close again does
// nothing, and returns the same.
func (w *Writer) Close() error {
	if w.err != nil {
		if w.err == errClosed {
			return nil
		}
		return w.err
	}
	end := w.f.end
	if w.bundle != nil {
		end = w.bundle.end
	}
	var err error
	if buf := end(w.buf[:0], w.written); len(buf) > 0 {
		_, err = w.w.Write(buf)
	}
	if w.z != nil {
		err = cmp.Or(err, w.z.Close())
	}
	if err != nil {
		w.fail(err)
		return w.err
	}
	w.err = errClosed
	w.buf, w.doc = nil, nil
	return nil
}

var errClosed = errors.New("serialize: the Writer is closed")
