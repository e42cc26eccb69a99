package serialize

import (
	"errors"
	"fmt"
	"io"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/ocsf"
	"github.com/secmodel/secmodel/wire"
)

// Writer writes a stream of messages. It must not be used by two goroutines at a
// time.
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
	err     error
}

// NewWriter returns a Writer of the content type, which writes documents as
// Records reads them: one a line; for JSON and CBOR, an array, which Close ends,
// or, for JSON with the option Bundle, a bundle of OCSF events; for YAML, each
// after a line "---"; for the others one after the other. With the option
// ContentEncoding it is compressed. Errors of the content type and of w come from
// Write and Close.
func (c *Codec) NewWriter(w io.Writer, contentType string, opts ...secmodel.Option) *Writer {
	o := secmodel.NewOptions(opts...)
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
// written; the Writer can go on after that. After any other error it can't.
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
	if _, w.err = w.w.Write(buf); w.err != nil {
		return w.err
	}
	w.written++
	if event != nil {
		w.bundle.note(event)
	}
	return nil
}

// framed returns m with what stands around it in the stream.
func (w *Writer) framed(m secmodel.Message) ([]byte, error) {
	var err error
	if w.f.before == nil {
		if w.doc, err = w.f.append(w.doc[:0], m, &w.options); err != nil || w.f.frame == nil {
			return w.doc, err
		}
		w.buf = w.f.frame(w.buf[:0], w.doc, w.written)
		return w.buf, nil
	}
	if w.bundle != nil {
		w.buf = w.bundle.before(w.buf[:0], w.written)
	} else {
		w.buf = w.f.before(w.buf[:0], w.written)
	}
	start := len(w.buf)
	if w.buf, err = w.f.append(w.buf, m, &w.options); err != nil {
		return nil, err
	}
	if w.options.Indent != "" && w.f == &jsonFormat {
		w.doc = wire.AppendIndent(w.doc[:0], w.buf[start:], w.options.Indent)
		w.buf = append(w.buf[:start], w.doc...)
	}
	w.buf = w.f.after(w.buf)
	return w.buf, nil
}

// Written returns how many messages have been written.
func (w *Writer) Written() int { return w.written }

// Close ends the stream. It does not close the io.Writer.
func (w *Writer) Close() error {
	if w.err != nil {
		if w.err == errClosed {
			return nil
		}
		return w.err
	}
	w.err = errClosed
	end := w.f.end
	if w.bundle != nil {
		end = w.bundle.end
	}
	var err error
	if buf := end(w.buf[:0], w.written); len(buf) > 0 {
		_, err = w.w.Write(buf)
	}
	if w.z != nil {
		err = errors.Join(err, w.z.Close())
	}
	return err
}

var errClosed = errors.New("serialize: the Writer is closed")
