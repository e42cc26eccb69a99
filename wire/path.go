package wire

import (
	"encoding/json"
	"strconv"
	"strings"
	"unsafe"

	"github.com/secmodel/secmodel"
)

// PathStep is one step of a path within a document, as "answers[].rdata" has
// two: an attribute, and which elements of it.
type PathStep struct {
	Name  string
	List  bool // an index or "[]" follows the name
	Index int  // of an element; -1 for all
}

// ParsePath reads a path: names separated by dots, each of which "[]" or "[n]"
// may follow. ok is false if it is none.
func ParsePath(path string) (steps []PathStep, ok bool) {
	return AppendPath(make([]PathStep, 0, 4), path)
}

// maxSteps is how many steps a path has at most. No path into a document that
// is read with the default limit of its depth has more.
const maxSteps = 4 * secmodel.DefaultMaxDepth

// AppendPath is ParsePath into the memory of steps.
func AppendPath(steps []PathStep, path string) (_ []PathStep, ok bool) {
	for more := true; more; {
		var part string
		part, path, more = strings.Cut(path, ".")
		if len(steps) == maxSteps {
			return nil, false
		}
		step := PathStep{Name: part, Index: -1}
		if name, index, indexed := strings.Cut(part, "["); indexed {
			if index, indexed = strings.CutSuffix(index, "]"); !indexed {
				return nil, false
			}
			step.Name, step.List = name, true
			if index != "" {
				n, err := strconv.ParseUint(index, 10, 31)
				if err != nil {
					return nil, false
				}
				step.Index = int(n)
			}
		}
		if step.Name == "" {
			return nil, false
		}
		steps = append(steps, step)
	}
	return steps, true
}

// Attribute returns the attribute that a path leads to in documents of the type
// of m, in the version and with the profiles of the check; nil if there is
// none. A step without index leads into arrays too.
func (c *Checker) Attribute(m Model, path []PathStep) *Field {
	table, typ, _ := m.WireModel()
	bit := Versions(1) << c.Version
	for i, step := range path {
		fi := -1
		if typ != nil {
			fi = typ.find(step.Name)
		}
		if fi < 0 {
			return nil
		}
		f := &typ.Fields[fi]
		if f.Absent&bit != 0 || f.gated(bit, c.Profiles) || step.List && !f.Kind.List() {
			return nil
		}
		if i == len(path)-1 {
			return f
		}
		typ = nil
		if f.Kind.scalarOf() == Object {
			typ = table.Types[f.Child]
		}
	}
	return nil
}

// Values calls f with each value that a path leads to in m, until f returns
// false.
func Values(m Model, path []PathStep, f func(Found) bool) {
	table, typ, p := m.WireModel()
	table.values(typ, p, path, f)
}

// Found is a value that a path leads to.
type Found struct {
	kind Kind
	p    unsafe.Pointer // the field
	raw  json.RawMessage
	i    int // of an element of a list
}

// Any returns the value: a string, int64, float64 or bool, and json.RawMessage
// or nil for what is none of these.
func (v Found) Any() any {
	if v.kind == 0 {
		return v.raw
	}
	return scalarAt(v.kind, v.p, v.i)
}

// Text returns the value if it is a string.
func (v Found) Text() (s string, ok bool) {
	switch v.kind {
	case String:
		return **(**string)(v.p), true
	case Strings:
		return (*(*[]string)(v.p))[v.i], true
	}
	return "", false
}

func (t *Table) values(typ *Type, p unsafe.Pointer, path []PathStep, f func(Found) bool) bool {
	step := path[0]
	fi := typ.find(step.Name)
	if fi < 0 {
		return true
	}
	field := &typ.Fields[fi]
	if word(p, field) == nil {
		raw, ok := (*extraOf(typ, p))[step.Name]
		return !ok || isNull(raw) || len(path) > 1 || f(Found{raw: raw})
	}
	fp := unsafe.Add(p, uintptr(field.Offset))
	if !field.Kind.List() {
		if field.Kind == Object && len(path) > 1 {
			return t.values(t.Types[field.Child], *(*unsafe.Pointer)(fp), path[1:], f)
		}
		return len(path) > 1 || f(Found{kind: field.Kind, p: fp})
	}
	from, to := 0, (*sliceHeader)(fp).len
	if step.Index >= 0 {
		from, to = step.Index, min(to, step.Index+1)
	}
	for i := from; i < to; i++ {
		switch {
		case field.Kind == Objects && len(path) > 1:
			child := t.Types[field.Child]
			if !t.values(child, unsafe.Add((*sliceHeader)(fp).data, uintptr(i)*child.Size), path[1:], f) {
				return false
			}
		case len(path) == 1 && !f(Found{kind: field.Kind, p: fp, i: i}):
			return false
		}
	}
	return true
}

// scalarAt returns the value of a field, or element i of a list.
func scalarAt(k Kind, fp unsafe.Pointer, i int) any {
	switch k {
	case String:
		return **(**string)(fp)
	case Int:
		return **(**int64)(fp)
	case Float:
		return **(**float64)(fp)
	case Bool:
		return **(**bool)(fp)
	case Raw:
		return *(*json.RawMessage)(fp)
	case Strings:
		return (*(*[]string)(fp))[i]
	case Ints:
		return (*(*[]int64)(fp))[i]
	case Floats:
		return (*(*[]float64)(fp))[i]
	case Bools:
		return (*(*[]bool)(fp))[i]
	case Raws:
		return (*(*[]json.RawMessage)(fp))[i]
	}
	return nil
}
