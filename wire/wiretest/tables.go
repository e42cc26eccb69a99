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
	structs := make([]reflect.Type, len(table.Types))
	var visit func(index int, s reflect.Type)
	visit = func(index int, s reflect.Type) {
		switch structs[index] {
		case s:
			return
		case nil:
			structs[index] = s
		default:
			t.Errorf("type %d (%s) describes both %s and %s", index, table.Types[index].Name, structs[index], s)
			return
		}
		checkType(t, table.Types[index], s)
		for i := range table.Types[index].Fields {
			f := &table.Types[index].Fields[i]
			if f.Kind != wire.Object && f.Kind != wire.Objects {
				continue
			}
			if sf, ok := fieldAt(s, f.Offset); ok && int(f.Child) < len(structs) {
				visit(int(f.Child), sf.Type.Elem())
			} else {
				t.Errorf("%s.%s: child %d of %d types", s, f.Name(), f.Child, len(structs))
			}
		}
	}
	for _, root := range roots {
		other, index, _ := root.WireModel()
		if other != table {
			t.Errorf("%T is in another table", root)
			continue
		}
		visit(index, reflect.TypeOf(root).Elem())
	}
	borrowed := 0 // as many types are another package's
	for i, s := range structs {
		if s == nil {
			continue
		}
		m, ok := reflect.New(s).Interface().(wire.Model)
		if !ok {
			t.Errorf("%s is no wire.Model", s)
			continue
		}
		of, index, _ := m.WireModel()
		if index != i || of != table && (i >= len(of.Types) || of.Types[i] != table.Types[i]) {
			t.Errorf("%s says it is type %d, but it is %d", s, index, i)
		}
		if of != table {
			borrowed = max(borrowed, len(of.Types))
		}
	}
	for i, s := range structs {
		if s == nil && i >= borrowed {
			t.Errorf("type %d (%s) is reached from no root", i, table.Types[i].Name)
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
	p := typ.Grow(nil, 0, 2)
	typ.Copy(p, unsafe.Add(p, typ.Size), 1)
	typ.Zero(p, 2)
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
