package main

import (
	"fmt"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsonequal"
	"github.com/secmodel/secmodel/serialize"
	"github.com/secmodel/secmodel/wire"
)

// Names of our own candidates. The first of each operation is what ratios are
// to.
const (
	ours            = "secmodel"
	oursReused      = "secmodel, Decoder reused"
	oursUnserialize = "secmodel, Unserialize"
	oursWarnings    = "secmodel, warnings too"
	oursAppend      = "secmodel, append to a buffer"
	oursFloor       = "secmodel, its memory alone"
)

// stream decodes into the memory of the message before, as a stream with the
// option Reuse does.
type stream struct {
	decoder wire.Decoder
	roots   map[*class]model
}

func newStream() *stream {
	return &stream{decoder: wire.Decoder{Reuse: true}, roots: map[*class]model{}}
}

func (s *stream) decode(t text) (model, error) {
	m := s.roots[t.class]
	if m == nil {
		m = t.class.new()
		s.roots[t.class] = m
	}
	return m, s.decoder.Decode(m, t.data)
}

// ours enters what this library does with a document.
func (p *plan) ours(d *document, o order) error {
	texts := d.order(o)
	for _, t := range texts {
		m := t.class.new()
		if err := m.UnmarshalJSON(t.data); err != nil {
			return err
		}
		if err := m.Validate(); err != nil {
			return fmt.Errorf("%s: %w", d.name, err)
		}
		out, err := m.MarshalJSON()
		if err != nil {
			return err
		}
		if err := jsonequal.Equal(t.data, out, true); err != nil {
			return fmt.Errorf("%s, members in %s order: %w", d.name, o, err)
		}
	}
	fresh := func(i int) (model, error) {
		t := texts[i%len(texts)]
		m := t.class.new()
		return m, m.UnmarshalJSON(t.data)
	}
	p.add(decode, d, o, ours, func(i int) error { _, err := fresh(i); return err })
	decoding, checking, tripping := newStream(), newStream(), newStream()
	p.add(decode, d, o, oursReused, func(i int) error { _, err := decoding.decode(texts[i%len(texts)]); return err })
	if o == schema {
		p.floor(d)
	}

	p.add(check, d, o, ours, func(i int) error {
		m, err := fresh(i)
		if err != nil {
			return err
		}
		return m.Validate()
	})
	p.add(check, d, o, oursReused, func(i int) error {
		m, err := checking.decode(texts[i%len(texts)])
		if err != nil {
			return err
		}
		return m.Validate()
	})
	p.add(check, d, o, oursUnserialize, func(i int) error {
		_, err := serialize.Unserialize(serialize.Payload{Data: texts[i%len(texts)].data})
		return err
	})

	p.add(validate, d, o, ours, func(i int) error {
		_, err := serialize.ValidateBytes(serialize.Payload{Data: texts[i%len(texts)].data}, secmodel.ErrorsOnly)
		return err
	})
	p.add(validate, d, o, oursWarnings, func(i int) error {
		_, err := serialize.ValidateBytes(serialize.Payload{Data: texts[i%len(texts)].data})
		return err
	})

	if o == schema { // what is encoded has no other order
		p.encoding(d, ours, func(m model) error { _, err := m.MarshalJSON(); return err })
		var buf []byte
		p.encoding(d, oursAppend, func(m model) (err error) {
			buf, err = m.AppendJSON(buf[:0])
			return err
		})
	}

	p.add(roundTrip, d, o, ours, func(i int) error {
		m, err := fresh(i)
		if err == nil {
			err = m.Validate()
		}
		if err == nil {
			_, err = m.MarshalJSON()
		}
		return err
	})
	var buf []byte
	p.add(roundTrip, d, o, oursReused, func(i int) error {
		m, err := tripping.decode(texts[i%len(texts)])
		if err == nil {
			err = m.Validate()
		}
		if err == nil {
			buf, err = m.AppendJSON(buf[:0])
		}
		return err
	})
	return nil
}

// encoding enters a way to encode the messages of a document.
func (p *plan) encoding(d *document, name string, run func(m model) error) {
	var models []model // nil while nothing is run
	c := p.add(encode, d, schema, name, func(i int) error { return run(models[i%len(models)]) })
	c.prepare = func() error {
		for _, t := range d.texts {
			m := t.class.new()
			if err := m.UnmarshalJSON(t.data); err != nil {
				return err
			}
			models = append(models, m)
		}
		return nil
	}
	c.release = func() { models = nil }
}
