package serialize

import (
	"bytes"
	"encoding/json"
	"strings"
	"sync"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

// reader is what reading a document needs, kept from one to the next.
type reader struct {
	fresh  wire.Decoder // gives messages memory of their own
	reused wire.Decoder // gives them that of the message before
	roots  map[class]secmodel.Message
	large  bool // they have taken much memory
	habit  habit
}

var readers = sync.Pool{New: func() any { return newReader() }}

// maxReused is the size in bytes of the largest document after which a reader
// keeps its memory. There is little to gain for larger ones, and a single one
// would stay as long as other documents need other memory.
const maxReused = 1 << 16

// release gives a reader back that has read doc.
func (r *reader) release(doc *document) {
	if doc.size() <= maxReused {
		readers.Put(r)
	}
}

func newReader() *reader {
	return &reader{fresh: wire.Decoder{Duplicates: true}, reused: wire.Decoder{Duplicates: true, Reuse: true}}
}

// decode reads a document into m, which must be a generated type, and mends it
// if o says so.
func (r *reader) decode(d *wire.Decoder, m secmodel.Message, doc *document, o *secmodel.Options) error {
	d.MaxDepth, d.Version = o.MaxDepth, o.Version
	err := doc.decode(d, m)
	if err == nil && o.Repair != nil {
		own := *o // so that o needs no memory when nothing is mended
		mend(m, &own)
	}
	return err
}

// take finds out what a document is and decodes it.
func (r *reader) take(d *wire.Decoder, doc *document, o *secmodel.Options) (secmodel.Message, error) {
	if c, ok := r.habit.expected(); ok && o.Repair == nil {
		m := r.message(d, c)
		if err := r.decode(d, m, doc, o); err == nil && len(d.Repeated) == 0 && c.confirmed(m) {
			return m, nil
		}
		r.habit.wrong()
	}
	c, err := detect(doc, o)
	if err != nil {
		return nil, err
	}
	r.habit.add(c)
	m := r.message(d, c)
	if err := r.decode(d, m, doc, o); err != nil {
		return nil, err
	}
	return m, c.settle(m, o)
}

// judge checks, unless that is to be skipped, the message that d has read from a
// document.
func (r *reader) judge(d *wire.Decoder, m secmodel.Message, doc *document, o *secmodel.Options, opts []secmodel.Option) error {
	if o.SkipValidation {
		return nil
	}
	err := doc.judge(m, d.Repeated, opts)
	if invalid, ok := err.(*secmodel.ValidationError); ok && d.Reuse {
		ownAll(invalid.Violations)
	}
	return err
}

// read takes a document and judges it. An invalid message comes with its error.
func (r *reader) read(d *wire.Decoder, doc *document, o *secmodel.Options, opts []secmodel.Option) (secmodel.Message, error) {
	m, err := r.take(d, doc, o)
	if err != nil {
		return nil, err
	}
	err = r.judge(d, m, doc, o, opts)
	if err != nil && !isInvalid(err) {
		return nil, err
	}
	return m, err
}

// record reads one document of a stream.
func (r *reader) record(f *format, data []byte, o *secmodel.Options, opts []secmodel.Option) (secmodel.Message, error) {
	doc, err := f.load(data, o)
	if err != nil {
		return nil, err
	}
	if r.large { // and the message in it is no longer valid
		*r = *newReader()
	}
	r.large = doc.size() > maxReused
	d := &r.fresh
	if o.Reuse {
		d = &r.reused
	}
	return r.read(d, &doc, o, opts)
}

// isInvalid reports whether err comes with a message.
func isInvalid(err error) bool {
	_, invalid := err.(*secmodel.ValidationError)
	return invalid
}

// message returns a message of a class for d to read into: a new one, or that
// whose memory is used again and again.
func (r *reader) message(d *wire.Decoder, c class) secmodel.Message {
	if !d.Reuse {
		return c.new()
	}
	m := r.roots[c]
	if m == nil {
		if r.roots == nil {
			r.roots = map[class]secmodel.Message{}
		}
		m = c.new()
		r.roots[c] = m
	}
	return m
}

// ownAll copies what violations share with reused memory.
func ownAll(violations []secmodel.Violation) {
	for i := range violations {
		switch value := violations[i].Value.(type) {
		case string:
			violations[i].Value = strings.Clone(value)
		case json.RawMessage:
			violations[i].Value = json.RawMessage(bytes.Clone(value))
		}
	}
}
