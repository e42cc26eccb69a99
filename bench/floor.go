package main

import (
	"encoding/json"
	"reflect"
)

// footprint is the memory of a decoded message: what no decoder can do without
// that gives typed structs of their own memory.
type footprint struct {
	types   []reflect.Type // of structs, and arrays of them
	strings int            // headers of strings, and so on
	numbers int            // of 8 bytes
	bools   int
	text    int // bytes of strings and raw values
}

// footprintOf measures a message.
func footprintOf(m model) *footprint {
	var f footprint
	f.add(reflect.ValueOf(m))
	return &f
}

func (f *footprint) add(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			if v.Elem().Kind() == reflect.Struct {
				f.types = append(f.types, v.Elem().Type())
			}
			f.add(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f.add(v.Field(i))
		}
	case reflect.Slice:
		if v.Type() == reflect.TypeFor[json.RawMessage]() {
			f.text += v.Len()
			return
		}
		if v.Type().Elem().Kind() == reflect.Struct && v.Len() > 0 {
			f.types = append(f.types, reflect.ArrayOf(v.Len(), v.Type().Elem()))
		}
		for i := range v.Len() {
			f.add(v.Index(i))
		}
	case reflect.String:
		f.strings++
		f.text += v.Len()
	case reflect.Int64, reflect.Float64:
		f.numbers++
	case reflect.Bool:
		f.bools++
	}
}

// allocated keeps the last footprint from being optimized away.
var allocated struct {
	values  []reflect.Value
	strings []string
	numbers []int64
	bools   []bool
	text    []byte
}

// allocate takes as much memory in as few pieces as there can be.
func (f *footprint) allocate() {
	allocated.values = allocated.values[:0]
	for _, t := range f.types {
		allocated.values = append(allocated.values, reflect.New(t))
	}
	allocated.strings = make([]string, f.strings)
	allocated.numbers = make([]int64, f.numbers)
	allocated.bools = make([]bool, f.bools)
	allocated.text = make([]byte, f.text)
}

// floor enters what the memory of the messages of a document costs, with nothing
// read into it.
func (p *plan) floor(d *document) {
	var prints []*footprint // nil while nothing is run
	c := p.add(decode, d, schema, oursFloor, func(i int) error { prints[i%len(prints)].allocate(); return nil })
	c.prepare = func() error {
		for _, t := range d.texts {
			m := t.class.new()
			if err := m.UnmarshalJSON(t.data); err != nil {
				return err
			}
			prints = append(prints, footprintOf(m))
		}
		return nil
	}
	c.release = func() { prints = nil }
}
