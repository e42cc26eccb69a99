package serialize

import (
	"errors"
	"io"
	"iter"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

// Read reads a stream of messages: the documents that Records finds, each read
// as Unserialize does. The error of a record is a *RecordError; the stream goes
// on after it. An invalid message comes together with its error. With the
// option Reuse, a message is valid until the next is read.
func Read(r io.Reader, contentType string, opts ...secmodel.Option) iter.Seq2[secmodel.Message, error] {
	return func(yield func(secmodel.Message, error) bool) {
		o := secmodel.NewOptions(opts...)
		reader := newReader() // not pooled: with Reuse, its memory is the last message's
		for rec, err := range Records(r, contentType, opts...) {
			var m secmodel.Message
			if err == nil {
				if m, err = reader.record(rec.Data, &o, opts); err != nil {
					rec.Data = nil
					err = &RecordError{rec, err}
				}
			}
			if !yield(m, err) {
				return
			}
		}
	}
}

// record reads one document of a stream.
func (r *reader) record(data []byte, o *secmodel.Options, opts []secmodel.Option) (secmodel.Message, error) {
	c, err := detect(data, o)
	if err != nil {
		return nil, err
	}
	d, m := &r.fresh, secmodel.Message(nil)
	if o.Reuse {
		d, m = &r.reused, r.scratch(c)
	} else {
		m = c.new()
	}
	if err := r.decode(d, m, data, o); err != nil {
		return nil, err
	}
	if o.SkipValidation {
		return m, nil
	}
	report := inspect(m, data, d.Repeated, opts)
	if o.Reuse {
		for i := range report.Violations {
			own(&report.Violations[i])
		}
	}
	return m, report.Err(opts...)
}

// Writer writes a stream of messages.
type Writer struct {
	w       io.Writer
	form    form
	opts    []secmodel.Option
	options secmodel.Options
	buf     []byte
	written int
	err     error
}

// NewWriter returns a Writer of the content type: one document a line, or, for
// JSON, an array, which Close ends. Errors of the content type and of w come
// from Write and Close.
func NewWriter(w io.Writer, contentType string, opts ...secmodel.Option) *Writer {
	f, err := parseMediaType(contentType)
	return &Writer{w: w, form: f, opts: opts, options: secmodel.NewOptions(opts...), err: err}
}

// Write validates m, unless the option SkipValidation is given, and writes it.
// An invalid message is not written; the Writer can go on after that. After any
// other error it can't.
func (w *Writer) Write(m secmodel.Message) error {
	if w.err != nil {
		return w.err
	}
	if !w.options.SkipValidation {
		if err := m.Validate(w.opts...); err != nil {
			return err
		}
	}
	buf := w.buf[:0]
	if w.form == formJSON {
		buf = append(buf, "[\n"...)
		if w.written > 0 {
			buf = append(buf[:0], ",\n"...)
		}
	}
	start := len(buf)
	buf, err := m.AppendJSON(buf)
	w.buf = buf
	if err != nil {
		return err
	}
	if w.form == formLines {
		buf = append(buf, '\n')
	} else if w.options.Indent != "" {
		buf = append(buf[:start:start], wire.AppendIndent(nil, buf[start:], w.options.Indent)...)
	}
	if _, w.err = w.w.Write(buf); w.err != nil {
		return w.err
	}
	w.written++
	return nil
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
	if w.form != formJSON {
		return nil
	}
	end := "\n]\n"
	if w.written == 0 {
		end = "[]\n"
	}
	_, err := io.WriteString(w.w, end)
	return err
}

var errClosed = errors.New("serialize: the Writer is closed")
