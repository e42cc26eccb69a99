// Package wiretest locks generated tables to the structs that they describe.
// The compiler checks names, offsets and sizes; the kinds and children, of
// which a wrong one would be memory corruption, are checked here. Every package
// of generated models has a test that calls Tables.
package wiretest

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"unsafe"

	"github.com/secmodel/secmodel/wire"
)

var (
	rawType   = reflect.TypeFor[json.RawMessage]()
	extraType = reflect.TypeFor[map[string]json.RawMessage]()
)

// Tables checks the table of a package. roots are nil pointers to all its types
// that no other type refers to, as (*Message)(nil); the rest is found from
// them. Types that the table has from that of another package need not be
// reached; that package's own test is for them.
func Tables(t *testing.T, roots ...wire.Model) {
	t.Helper()
	if len(roots) == 0 {
		t.Fatal("no types given")
	}
	table, _, _ := roots[0].WireModel()
	structs := map[*wire.Type]reflect.Type{}
	byNumber := make([]*wire.Type, table.Count)
	var visit func(typ *wire.Type, s reflect.Type)
	visit = func(typ *wire.Type, s reflect.Type) {
		switch structs[typ] {
		case s:
			return
		case nil:
			structs[typ] = s
		default:
			t.Errorf("%s describes both %s and %s", typ.Name, structs[typ], s)
			return
		}
		if int(typ.Number) >= table.Count {
			t.Errorf("%s has number %d of %d types", typ.Name, typ.Number, table.Count)
		} else if other := byNumber[typ.Number]; other != nil {
			t.Errorf("%s and %s both have the number %d", typ.Name, other.Name, typ.Number)
		} else {
			byNumber[typ.Number] = typ
		}
		checkType(t, typ, s)
		for i := range typ.Fields {
			f := &typ.Fields[i]
			if f.Kind != wire.Object && f.Kind != wire.Objects {
				continue
			}
			if sf, ok := fieldAt(s, f.Offset); ok && int(f.Child) < len(table.Types) {
				visit(table.Types[f.Child], sf.Type.Elem())
			} else {
				t.Errorf("%s.%s: child %d of %d types", s, f.Name(), f.Child, len(table.Types))
			}
		}
	}
	for _, root := range roots {
		other, typ, _ := root.WireModel()
		if other != table {
			t.Errorf("%T is in another table", root)
			continue
		}
		visit(typ, reflect.TypeOf(root).Elem())
	}
	borrowed := 0 // as many types are another package's
	for typ, s := range structs {
		m, ok := reflect.New(s).Interface().(wire.Model)
		if !ok {
			t.Errorf("%s is no wire.Model", s)
			continue
		}
		of, own, _ := m.WireModel()
		if own != typ {
			t.Errorf("%s says it is the type %s, but it is %s", s, own.Name, typ.Name)
		}
		if of != table {
			borrowed = max(borrowed, len(of.Types))
		}
	}
	for i, typ := range table.Types {
		if int(typ.Number) != i {
			t.Errorf("type %d (%s) has the number %d", i, typ.Name, typ.Number)
		}
		if structs[typ] == nil && i >= borrowed {
			t.Errorf("type %d (%s) is reached from no root", i, typ.Name)
		}
	}
	for number, typ := range byNumber[borrowed:] {
		if typ == nil {
			t.Errorf("no type has the number %d", borrowed+number)
		}
	}
}

func fieldAt(s reflect.Type, offset uint16) (reflect.StructField, bool) {
	for i := range s.NumField() {
		if f := s.Field(i); f.Offset == uintptr(offset) {
			return f, true
		}
	}
	return reflect.StructField{}, false
}

func checkType(t *testing.T, typ *wire.Type, s reflect.Type) {
	t.Helper()
	if typ.Size != s.Size() {
		t.Errorf("%s: size %d, not %d", s, typ.Size, s.Size())
	}
	if s.Size() >= 1<<15 {
		t.Errorf("%s: %d bytes are too many", s, s.Size())
	}
	extra, ok := s.FieldByName("Extra")
	if !ok || extra.Type != extraType || extra.Offset != typ.Extra {
		t.Errorf("%s: Extra is %v at %d, the table says %d", s, extra.Type, extra.Offset, typ.Extra)
	}
	if s.NumField() != len(typ.Fields)+1 {
		t.Errorf("%s: %d fields, the table has %d", s, s.NumField()-1, len(typ.Fields))
	}
	names := make([]string, len(typ.Fields))
	for i := range typ.Fields {
		f := &typ.Fields[i]
		names[i] = f.Name()
		if !strings.HasPrefix(f.Key, `"`) || !strings.HasSuffix(f.Key, `":`) {
			t.Errorf("%s: key %s is not a quoted name with a colon", s, f.Key)
		}
		sf, ok := fieldAt(s, f.Offset)
		if !ok {
			t.Errorf("%s.%s: no field at offset %d", s, f.Name(), f.Offset)
			continue
		}
		if tag, _, _ := strings.Cut(sf.Tag.Get("json"), ","); tag != f.Name() {
			t.Errorf("%s.%s: the field at its offset is %s with tag %q", s, f.Name(), sf.Name, tag)
		}
		if !fits(f.Kind, sf.Type) {
			t.Errorf("%s.%s: kind %d does not fit %s", s, f.Name(), f.Kind, sf.Type)
		}
		if f.Scalar != nil && f.Scalar.Enum != nil {
			checkEnum(t, f.Scalar.Enum)
		}
	}
	if got := wire.MakeIndex(names); got != typ.Index {
		t.Errorf("%s: the index of names is not that of the fields", s)
	}
	checkLayout(t, typ, s)
	p := typ.Grow(nil, 0, 2)
	typ.Copy(p, unsafe.Add(p, typ.Size), 1)
	typ.Zero(p, 2)
}

// checkLayout compares what a table says of words, requirements and versions
// with the fields that it is derived from.
func checkLayout(t *testing.T, typ *wire.Type, s reflect.Type) {
	t.Helper()
	if len(typ.Fields) > 255 {
		if typ.Words != "" || typ.Must != "" {
			t.Errorf("%s: there are too many fields for Words and Must", s)
		}
		return
	}
	var words, must []byte
	for i := range typ.Fields {
		f := &typ.Fields[i]
		if word := int(uintptr(f.Offset) / unsafe.Sizeof(uintptr(0))); word < len(words) {
			t.Errorf("%s.%s: not behind the field before it", s, f.Name())
		} else {
			words = append(words, make([]byte, word-len(words))...)
		}
		words = append(words, byte(1+i))
		if f.Kind == wire.Raw || f.Kind.List() {
			words = append(words, 0, 0)
		}
		if f.Required != 0 {
			must = append(must, byte(i))
		}
		if f.More != nil && f.More.Special != special(f.More) {
			t.Errorf("%s.%s: special in %b, not %b", s, f.Name(), f.More.Special, special(f.More))
		}
	}
	if string(words) != typ.Words {
		t.Errorf("%s: words are %q, the table says %q", s, words, typ.Words)
	}
	if string(must) != typ.Must {
		t.Errorf("%s: fields that are required are %q, the table says %q", s, must, typ.Must)
	}
	for _, c := range typ.Constraints {
		var at []byte
		for _, name := range c.Of {
			if i := typ.Field(name); i >= 0 {
				at = append(at, byte(i))
			}
		}
		if len(at) < len(c.Of) {
			at = nil
		}
		if string(at) != c.At {
			t.Errorf("%s: a constraint of %q is at %q, not %q", s, c.Of, c.At, at)
		}
	}
}

func special(m *wire.More) wire.Versions {
	set := m.One | m.Unchecked
	for _, d := range m.Deprecated {
		set |= d.In
	}
	for _, g := range m.Profiles {
		set |= g.In
	}
	for _, w := range m.Was {
		set |= w.In
	}
	return set
}

func fits(k wire.Kind, s reflect.Type) bool {
	if k == wire.Raw {
		return s == rawType
	}
	if k.List() {
		if s.Kind() != reflect.Slice {
			return false
		}
	} else if s.Kind() != reflect.Pointer {
		return false
	}
	elem := s.Elem()
	switch k {
	case wire.String, wire.Strings, wire.IntOrString, wire.IntOrStrings:
		return elem.Kind() == reflect.String
	case wire.Int, wire.Ints:
		return elem.Kind() == reflect.Int64
	case wire.Float, wire.Floats:
		return elem.Kind() == reflect.Float64
	case wire.Bool, wire.Bools:
		return elem.Kind() == reflect.Bool
	case wire.Raws:
		return elem == rawType
	case wire.Object, wire.Objects:
		return elem.Kind() == reflect.Struct
	}
	return false
}

func checkEnum(t *testing.T, e *wire.Enum) {
	t.Helper()
	n := max(len(e.Strings), len(e.Ints))
	switch {
	case len(e.Strings) > 0 && len(e.Ints) > 0:
		t.Errorf("enumeration %s is of strings and integers", e.Name)
	case e.Absent != nil && len(e.Absent) != n:
		t.Errorf("enumeration %s: versions of %d values, not %d", e.Name, len(e.Absent), n)
	case e.Titles != nil && len(e.Titles) != n:
		t.Errorf("enumeration %s: captions of %d values, not %d", e.Name, len(e.Titles), n)
	case e.Index != wire.MakeIndex(e.Strings):
		t.Errorf("enumeration %s: the index is not that of its values", e.Name)
	}
	for i := 1; i < len(e.Ints); i++ {
		if e.Ints[i-1] >= e.Ints[i] {
			t.Errorf("enumeration %s: values are not sorted", e.Name)
		}
	}
}
