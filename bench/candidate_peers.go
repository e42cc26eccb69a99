package main

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/secmodel/secmodel/internal/jsonequal"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/schemas"
)

// library enters what a library does with a document, if it does it right.
func (p *plan) library(d *document, o order, l *library) {
	texts := d.order(o)
	values := make([]any, len(texts))
	read := decode
	if l.checks {
		read = check
	}
	ops := []operation{read, roundTrip}
	if o == schema {
		ops = append(ops, encode)
	}
	lossy := ""
	for i, t := range texts {
		v, loss, err := l.try(t)
		if err != nil {
			for _, op := range ops {
				p.fail(op, d, o, l.name, shorten(err.Error()))
			}
			return
		}
		if loss != "" {
			lossy = loss
		}
		values[i] = v
	}
	fresh := func(i int) (any, error) {
		t := texts[i%len(texts)]
		v, _ := l.value(t.class)
		return v, l.unmarshal(t.data, v)
	}
	p.add(read, d, o, l.name, lossy, func(i int) error { _, err := fresh(i); return err })
	p.add(roundTrip, d, o, l.name, lossy, func(i int) error {
		v, err := fresh(i)
		if err == nil {
			_, err = l.marshal(v)
		}
		return err
	})
	if o == schema {
		p.add(encode, d, o, l.name, lossy, func(i int) error { _, err := l.marshal(values[i%len(values)]); return err })
	}
}

// try reads and writes a text, and compares with what secmodel makes of it: the
// decoded values, where both have the same structs, and what is written. Loss
// says what is missing there, if the peer keeps only a part.
func (l *library) try(t text) (v any, loss string, err error) {
	v, why := l.value(t.class)
	if v == nil {
		return nil, "", fmt.Errorf("%s", why)
	}
	if err := l.unmarshal(t.data, v); err != nil {
		return nil, "", fmt.Errorf("cannot decode it: %w", err)
	}
	if l.new == nil {
		want, m := t.class.mirror(), t.class.new()
		if err := m.UnmarshalJSON(t.data); err != nil {
			return nil, "", err
		}
		if err := jsontest.Mirror(want, m); err != nil {
			return nil, "", err
		}
		if !reflect.DeepEqual(want, v) {
			return nil, "", fmt.Errorf("decodes other values than secmodel")
		}
	}
	out, err := l.marshal(v)
	if err != nil {
		return nil, "", fmt.Errorf("cannot encode it: %w", err)
	}
	switch err := jsonequal.Equal(t.data, out, true); {
	case err == nil:
		return v, "", nil
	case l.new == nil:
		return nil, "", fmt.Errorf("writes other JSON than it has read: %w", err)
	default:
		return v, "loses a part of it: " + shorten(err.Error()), nil
	}
}

// schemaCache keeps schemas, compiled and as they come.
type schemaCache struct {
	formats  map[string]*schemas.Format
	compiled map[string]func(v any) error
}

func newSchemaCache() *schemaCache {
	return &schemaCache{map[string]*schemas.Format{}, map[string]func(v any) error{}}
}

// schema compiles the plain JSON Schema of a class.
func (s *schemaCache) schema(c *class, v *validator) (func(v any) error, error) {
	name := v.name + " " + c.format + " " + c.version + " " + c.name
	if check := s.compiled[name]; check != nil {
		return check, nil
	}
	f := s.formats[c.format]
	if f == nil {
		var err error
		if f, err = schemas.Open(c.format); err != nil {
			return nil, err
		}
		s.formats[c.format] = f
	}
	plain, err := f.Plain(c.version, c.name)
	if err != nil {
		return nil, err
	}
	check, err := v.compile(plain)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	s.compiled[name] = check
	return check, nil
}

// validator enters what a validator of JSON Schema does with a document: what a
// program does today that needs both a verdict and a struct.
func (p *plan) validator(d *document, o order, v *validator, cache *schemaCache) error {
	texts := d.order(o)
	checks := make([]func(v any) error, len(texts))
	for i, t := range texts {
		var err error
		if checks[i], err = cache.schema(t.class, v); err != nil {
			return err
		}
	}
	verdict := func(i int) error {
		x, err := v.decode(texts[i%len(texts)].data)
		if err != nil {
			return err
		}
		return checks[i%len(checks)](x)
	}
	both := func(i int) (any, error) {
		if err := verdict(i); err != nil {
			return nil, err
		}
		t := texts[i%len(texts)]
		s := t.class.mirror()
		return s, encodingJSON.unmarshal(t.data, s)
	}
	for i := range texts {
		if _, err := both(i); err != nil {
			for _, op := range []operation{check, validate, roundTrip} {
				p.fail(op, d, o, v.name, shorten(err.Error()))
			}
			return nil
		}
	}
	p.add(validate, d, o, v.name, "", verdict)
	p.add(check, d, o, v.name, "", func(i int) error { _, err := both(i); return err })
	p.add(roundTrip, d, o, v.name, "", func(i int) error {
		s, err := both(i)
		if err == nil {
			_, err = encodingJSON.marshal(s)
		}
		return err
	})
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
	p.add(validate, d, o, s.name, "", func(i int) error { return s.scan(texts[i%len(texts)].data) })
}

// shorten gives an error on one line of moderate length.
func shorten(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 160 {
		return string(r[:160]) + "…"
	}
	return s
}
