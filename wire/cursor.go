package wire

import (
	"encoding/json"
	"reflect"
	"unsafe"
)

// Node is a struct of a document that is known by its table. The packages of
// formats read and change documents by attribute with it.
//
// Every Field given to a method must be of the Node's Type, and of the kind
// that the method is for.
type Node struct {
	table *Table
	typ   *Type
	p     unsafe.Pointer
}

// NodeOf returns m as a Node.
func NodeOf(m Model) Node {
	t, typ, p := m.WireModel()
	return Node{t, typ, p}
}

// Type returns the type of the struct.
func (n Node) Type() *Type { return n.typ }

// Has reports whether a field is set.
func (n Node) Has(f *Field) bool { return word(n.p, f) != nil }

// Extra returns the members that no field holds, which is not to be changed.
func (n Node) Extra() map[string]json.RawMessage { return *extraOf(n.typ, n.p) }

// Int returns the place of a field of kind Int.
func (n Node) Int(f *Field) **int64 { return (**int64)(n.at(f)) }

// Text returns the place of a field of kind String.
func (n Node) Text(f *Field) **string { return (**string)(n.at(f)) }

// Ints returns the place of a field of kind Ints.
func (n Node) Ints(f *Field) *[]int64 { return (*[]int64)(n.at(f)) }

// Texts returns the place of a field of kind Strings.
func (n Node) Texts(f *Field) *[]string { return (*[]string)(n.at(f)) }

func (n Node) at(f *Field) unsafe.Pointer { return unsafe.Add(n.p, uintptr(f.Offset)) }

// ListOf returns the place of a field of kind Objects that is a []T. It panics
// if the field is of another type.
func ListOf[T any, P interface {
	*T
	Model
}](n Node, f *Field) *[]T {
	if _, typ, _ := P(nil).WireModel(); f.Kind != Objects || f.Child != typ.Number {
		panic("wire: " + f.Name() + " is a list of another type")
	}
	return (*[]T)(n.at(f))
}

// ObjectsOf returns what a field of kind Objects holds, nil if it is not set or
// of another type.
func ObjectsOf[T any, P interface {
	*T
	Model
}](n Node, f *Field) []T {
	if _, typ, _ := P(nil).WireModel(); f.Kind != Objects || f.Child != typ.Number {
		return nil
	}
	return *(*[]T)(n.at(f))
}

// ObjectOf returns what a field of kind Object refers to, nil if it is not set or
// of another type.
func ObjectOf[T any, P interface {
	*T
	Model
}](n Node, f *Field) *T {
	if _, typ, _ := P(nil).WireModel(); f.Kind != Object || f.Child != typ.Number {
		return nil
	}
	return *(**T)(n.at(f))
}

// Len returns how many values a field has: the length of a list, 1 for any other
// that is set, 0 if it is not set.
func (n Node) Len(f *Field) int {
	switch {
	case !n.Has(f):
		return 0
	case f.Kind.List():
		return (*sliceHeader)(n.at(f)).len
	}
	return 1
}

// Child returns value i of a field of kind Object or Objects, which must have so
// many.
func (n Node) Child(f *Field, i int) Node {
	child := n.table.Types[f.Child]
	if f.Kind == Object {
		return Node{n.table, child, word(n.p, f)}
	}
	return Node{n.table, child, unsafe.Add((*sliceHeader)(n.at(f)).data, uintptr(i)*child.Size)}
}

// Value returns value i of a field of scalars, which must have so many: a string,
// int64, float64, bool or json.RawMessage.
func (n Node) Value(f *Field, i int) any { return scalarAt(f.Kind, n.at(f), i) }

// Typed returns the object that fields lead to from m as a pointer to its Go
// type: that of m if there are no fields.
func (n Node) Typed(m Model, fields []*Field) any {
	t := reflect.TypeOf(m).Elem()
	for _, f := range fields {
		for i := range t.NumField() {
			if s := t.Field(i); s.Offset == uintptr(f.Offset) {
				t = s.Type.Elem()
				break
			}
		}
	}
	return reflect.NewAt(t, n.p).Interface()
}

// Admits reports whether the attribute exists in a version, in documents that
// name a set of profiles.
func (f *Field) Admits(version int, profiles uint64) bool {
	return f.Absent>>version&1 == 0 && !f.gated(1<<version, profiles)
}

// Retyped reports whether the attribute was of another type in a version.
func (f *Field) Retyped(version int) bool { return f.More != nil && f.More.was(1<<version) != nil }

// Single reports whether n values of the field stand as a single value, not an
// array, in documents of a version.
func (f *Field) Single(version, n int) bool {
	return !f.Kind.List() || n == 1 && f.More != nil && f.More.One>>version&1 != 0
}

// ObservableType returns the number of the observable type in a version, 0 if
// there is none.
func (f *Field) ObservableType(version int) int {
	if f.More != nil {
		for _, n := range f.More.Observable {
			if n.In>>version&1 != 0 {
				return n.N
			}
		}
	}
	return 0
}
