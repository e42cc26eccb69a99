package wire

import (
	"strings"
	"testing"
	"unsafe"

	"github.com/secmodel/secmodel"
)

// TestSuperTypes: a value must satisfy the type that its own type narrows as
// well, which has codes of its own. No type of the formats narrows bounds that
// way; private extensions may.
func TestSuperTypes(t *testing.T) {
	letters := &Pattern{Source: "^[a-z]*$"}
	wide := Scalar{Name: "wide", Rules: []Rule{{In: 1, Has: HasMaxLen | HasMin | HasMax, MaxLen: 5, Min: 0, Max: 50, Match: letters}}}
	narrow := Scalar{Name: "narrow", Super: &wide, Rules: []Rule{{In: 1, Has: HasMaxLen | HasMax, MaxLen: 4, Max: 60}}}
	f := &Field{Key: `"x":`, Scalar: &narrow}
	for _, test := range []struct {
		check func(c *Checker)
		want  string
	}{
		{func(c *Checker) { c.stringValue(f, "ABC", false) }, secmodel.CodeSuperPattern},
		{func(c *Checker) { c.stringValue(f, "ABCDEF", false) }, secmodel.CodeMaxLen + " " + secmodel.CodeSuperPattern},
		{func(c *Checker) { c.intValue(f, 40, false) }, ""},
		{func(c *Checker) { c.intValue(f, 55, false) }, secmodel.CodeSuperRange},
		{func(c *Checker) { c.intValue(f, 65, false) }, secmodel.CodeRange + " " + secmodel.CodeSuperRange},
		{func(c *Checker) { c.floatValue(f, 50.5) }, secmodel.CodeSuperRange},
		{func(c *Checker) { c.floatValue(f, -1) }, secmodel.CodeSuperRange},
		// A list that stands for the single value of the version.
		{func(c *Checker) { list := []int64{65}; c.onlyElement(list1(Ints, f), unsafe.Pointer(&list)) }, secmodel.CodeRange + " " + secmodel.CodeSuperRange},
		{func(c *Checker) { list := []float64{55}; c.onlyElement(list1(Floats, f), unsafe.Pointer(&list)) }, secmodel.CodeSuperRange},
		{func(c *Checker) { list := []string{"A"}; c.onlyElement(list1(Strings, f), unsafe.Pointer(&list)) }, secmodel.CodeSuperPattern},
	} {
		c := &Checker{table: &Table{Versions: []string{"1"}}, bit: 1}
		test.check(c)
		var got []string
		for _, v := range c.Report.Violations {
			got = append(got, v.Code)
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}

func list1(k Kind, f *Field) *Field { return &Field{Key: f.Key, Kind: k, Scalar: f.Scalar} }

// TestChanged: an attribute that had other bounds in a version is judged by them.
func TestChanged(t *testing.T) {
	old := Scalar{Name: "old", Rules: []Rule{{In: 1, Has: HasMax, Max: 10}}}
	f := &Field{Key: `"x":`, Kind: Int}
	for value, want := range map[int64]string{10: "", 11: secmodel.CodeRange} {
		c := &Checker{table: &Table{Versions: []string{"1"}}, bit: 1}
		p := &value
		c.changed(f, &Was{In: 1, Kind: Int, Scalar: &old}, unsafe.Pointer(&p))
		got := ""
		for _, v := range c.Report.Violations {
			got += v.Code
		}
		if got != want {
			t.Errorf("%d: %q, want %q", value, got, want)
		}
	}
}
