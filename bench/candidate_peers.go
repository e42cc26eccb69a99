package main

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/secmodel/secmodel/internal/jsonequal"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/schemas"
)

// library enters what a library does with a document, if it does it right: that
// it decodes, or, if writes is true, that it encodes and does both.
func (p *plan) library(d *document, o order, l *library, writes bool) {
	texts := d.order(o)
	read := decode
	if l.checks {
		read = check
	}
	ops := []operation{read}
	if writes && o == schema {
		ops = []operation{encode, roundTrip}
	} else if writes {
		ops = []operation{roundTrip} // what is encoded has no other order
	}
	lossy := ""
	for _, t := range texts {
		loss, err := l.try(t, writes)
		if err != nil {
			for _, op := range ops {
				p.fail(op, d, o, l.name, shorten(err.Error()))
			}
			return
		}
		if loss != "" {
			lossy = loss
		}
	}
	fresh := func(i int) (any, error) {
		t := texts[i%len(texts)]
		v, _ := l.value(t.class)
		return v, l.unmarshal(t.data, v)
	}
	var values []any // to encode; nil while nothing is run
	runs := map[operation]func(i int) error{
		read: func(i int) error { _, err := fresh(i); return err },
		roundTrip: func(i int) error {
			v, err := fresh(i)
			if err == nil {
				_, err = l.marshal(v)
			}
			return err
		},
		encode: func(i int) error { _, err := l.marshal(values[i%len(values)]); return err },
	}
	prepare := func() error {
		for i := range texts {
			v, err := fresh(i)
			if err != nil {
				return err
			}
			values = append(values, v)
		}
		return nil
	}
	release := func() { values = nil }
	for _, op := range ops {
		c := p.add(op, d, o, l.name, runs[op])
		c.lossy = lossy
		if op != encode {
			continue
		}
		c.prepare, c.release = prepare, release
		if l.writer != nil {
			write := l.writer()
			again := p.add(encode, d, o, l.name+bufferReused, func(i int) error { _, err := write(values[i%len(values)]); return err })
			again.prepare, again.release, again.lossy = prepare, release, lossy
		}
	}
	if l.reuses && !writes {
		p.reused(d, o, l)
	}
}

// reused enters a library that decodes into one struct again and again.
func (p *plan) reused(d *document, o order, l *library) {
	name := l.name + structReused
	if len(d.texts) > 1 {
		p.fail(decode, d, o, name, singlesOnly)
		return
	}
	texts := d.order(o)
	v, _ := l.value(d.texts[0].class)
	for _, t := range texts {
		fresh, _ := l.value(t.class)
		if err := errors.Join(l.unmarshal(t.data, v), l.unmarshal(t.data, fresh)); err != nil {
			p.fail(decode, d, o, name, shorten("cannot decode it: "+err.Error()))
			return
		}
		if !reflect.DeepEqual(fresh, v) {
			p.fail(decode, d, o, name, "decodes other values than into a fresh struct")
			return
		}
	}
	p.add(decode, d, o, name, func(i int) error { return l.unmarshal(texts[i%len(texts)].data, v) })
}

// try reads a text and compares with what secmodel makes of it: the decoded
// values, where both have the same structs, else, and where writes is true, what
// is written. Loss says what is missing there, if the peer keeps only a part.
func (l *library) try(t text, writes bool) (loss string, err error) {
	v, why := l.value(t.class)
	if v == nil {
		return "", fmt.Errorf("%s", why)
	}
	if err := l.unmarshal(t.data, v); err != nil {
		return "", fmt.Errorf("cannot decode it: %w", err)
	}
	if l.new == nil {
		want, m := t.class.mirror(), t.class.new()
		if err := m.UnmarshalJSON(t.data); err != nil {
			return "", err
		}
		if err := jsontest.Mirror(want, m); err != nil {
			return "", err
		}
		if !reflect.DeepEqual(want, v) {
			return "", fmt.Errorf("decodes other values than secmodel")
		}
		if !writes {
			return "", nil
		}
	}
	out, err := l.marshal(v)
	if err != nil {
		return "", fmt.Errorf("cannot encode it: %w", err)
	}
	if l.writer != nil {
		again, err := l.writer()(v)
		if err != nil {
			return "", fmt.Errorf("cannot encode it into a buffer: %w", err)
		}
		if err := jsonequal.Equal(out, again, true); err != nil {
			return "", fmt.Errorf("writes other JSON into a buffer: %w", err)
		}
	}
	switch err := jsonequal.Equal(t.data, out, true); {
	case err == nil:
		return "", nil
	case l.new == nil:
		return "", fmt.Errorf("writes other JSON than it has read: %w", err)
	default:
		return "loses a part of it: " + shorten(err.Error()), nil
	}
}

// validator enters what a validator of JSON Schema does with a document: what a
// program does today that needs both a verdict and a struct. To maps, the order
// of members makes no difference.
func (p *plan) validator(d *document, v *validator) error {
	ops := []operation{check, validate, roundTrip}
	if len(d.texts) > 1 {
		for _, op := range ops {
			p.fail(op, d, schema, v.name, singlesOnly)
		}
		return nil
	}
	t := d.texts[0]
	plain, err := schemas.Plain(t.class.format, t.class.version, t.class.name)
	if err != nil {
		return err
	}
	var valid func(v any) error // compiled; nil while nothing is run
	prepare := func() (err error) {
		valid, err = v.compile(plain)
		return err
	}
	release := func() { valid = nil }
	verdict := func(int) error {
		x, err := v.decode(t.data)
		if err != nil {
			return err
		}
		return valid(x)
	}
	both := func(i int) (any, error) {
		if err := verdict(i); err != nil {
			return nil, err
		}
		s := t.class.mirror()
		return s, encodingJSON.unmarshal(t.data, s)
	}
	if err := prepare(); err != nil {
		return fmt.Errorf("%s: schema of %s: %w", v.name, t.class.name, err)
	}
	_, err = both(0)
	release()
	if err != nil {
		for _, op := range ops {
			p.fail(op, d, schema, v.name, shorten(err.Error()))
		}
		return nil
	}
	runs := map[operation]func(i int) error{
		validate: verdict,
		check:    func(i int) error { _, err := both(i); return err },
		roundTrip: func(i int) error {
			s, err := both(i)
			if err == nil {
				_, err = encodingJSON.marshal(s)
			}
			return err
		},
	}
	for _, op := range ops {
		c := p.add(op, d, schema, v.name, runs[op])
		c.prepare, c.release = prepare, release
	}
	return nil
}

// scanner enters what a parser does with a document.
func (p *plan) scanner(d *document, o order, s *scanner) {
	texts := d.order(o)
	for _, t := range texts {
		if err := s.scan(t.data); err != nil {
			p.fail(validate, d, o, s.name, shorten(err.Error()))
			return
		}
	}
	p.add(validate, d, o, s.name, func(i int) error { return s.scan(texts[i%len(texts)].data) })
}

// shorten gives an error on one line of moderate length.
func shorten(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 160 {
		return string(r[:160]) + "…"
	}
	return s
}
