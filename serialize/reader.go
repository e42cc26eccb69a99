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
}

var readers = sync.Pool{New: func() any { return newReader() }}

func newReader() *reader {
	return &reader{fresh: wire.Decoder{Duplicates: true}, reused: wire.Decoder{Duplicates: true, Reuse: true}}
}

// decode reads data into m, which must be a generated type.
func (r *reader) decode(d *wire.Decoder, m secmodel.Message, data []byte, o *secmodel.Options) error {
	d.MaxDepth, d.Version = o.MaxDepth, o.Version
	if c, ok := m.(wire.Composite); ok {
		return c.DecodeWire(d, data)
	}
	return d.Decode(m.(wire.Model), data)
}

// scratch returns a message of a class whose memory is used again and again.
func (r *reader) scratch(c class) secmodel.Message {
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

// own copies what a violation shares with reused memory.
func own(v *secmodel.Violation) {
	switch value := v.Value.(type) {
	case string:
		v.Value = strings.Clone(value)
	case json.RawMessage:
		v.Value = json.RawMessage(bytes.Clone(value))
	}
}
