package wire_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secmodel/secmodel/wire"
	"github.com/secmodel/secmodel/wire/internal/sample"
)

// field returns a field of the type of n by its name.
func field(t *testing.T, n wire.Node, name string) *wire.Field {
	t.Helper()
	i := n.Type().Field(name)
	if i < 0 {
		t.Fatalf("no field %s", name)
	}
	return &n.Type().Fields[i]
}

// TestNode: fields are read, set and cleared by their places, and the way leads to
// the objects within.
func TestNode(t *testing.T) {
	x := &sample.Thing{
		Text: new("a"), Numbers: []int64{1, 2}, Children: []sample.Closed{{A: new("b")}, {A: new("c"), Sub: &sample.Closed{B: new(int64(7))}}},
		Extra: map[string]json.RawMessage{"zz": json.RawMessage("1")},
	}
	n := wire.NodeOf(x)
	if got := string(n.Extra()["zz"]); got != "1" {
		t.Errorf("Extra: %q", got)
	}
	*n.Text(field(t, n, "text")) = nil
	*n.Int(field(t, n, "number")) = new(int64(5))
	*n.Texts(field(t, n, "texts")) = []string{"d"}
	*n.Ints(field(t, n, "numbers")) = append(*n.Ints(field(t, n, "numbers")), 3)
	children := field(t, n, "children")
	if list := wire.ListOf[sample.Closed](n, children); true {
		*list = append(*list, sample.Closed{A: new("e")})
	}
	want := &sample.Thing{
		Number: new(int64(5)), Texts: []string{"d"}, Numbers: []int64{1, 2, 3},
		Children: []sample.Closed{{A: new("b")}, {A: new("c"), Sub: &sample.Closed{B: new(int64(7))}}, {A: new("e")}},
		Extra:    x.Extra,
	}
	if diff := cmp.Diff(want, x); diff != "" {
		t.Error(diff)
	}

	for name, want := range map[string]int{"text": 0, "number": 1, "numbers": 3, "children": 3, "child": 0} {
		if got := n.Len(field(t, n, name)); got != want {
			t.Errorf("%s has %d values, not %d", name, got, want)
		}
	}
	if got := n.Value(field(t, n, "numbers"), 2); got != int64(3) {
		t.Errorf("numbers[2] is %v", got)
	}
	child := n.Child(children, 1)
	sub := field(t, child, "sub")
	inner := child.Child(sub, 0)
	if got := inner.Value(field(t, inner, "b"), 0); got != int64(7) {
		t.Errorf("children[1].sub.b is %v", got)
	}
	if got := child.Typed(x, []*wire.Field{children}); got != &x.Children[1] {
		t.Errorf("children[1] is a %T at another place", got)
	}
	if got := inner.Typed(x, []*wire.Field{children, sub}); got != x.Children[1].Sub {
		t.Errorf("children[1].sub is a %T at another place", got)
	}
	if got := n.Typed(x, nil); got != x {
		t.Errorf("the root is a %T at another place", got)
	}
}

// TestListOfAnother: a list is not given as one of another type.
func TestListOfAnother(t *testing.T) {
	n := wire.NodeOf(new(sample.Thing))
	for _, name := range []string{"children", "child", "texts"} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s as a list of parts", name)
				}
			}()
			wire.ListOf[sample.Part](n, field(t, n, name))
		}()
	}
}

// TestFieldByVersion: what holds of a field in a version.
func TestFieldByVersion(t *testing.T) {
	n := wire.NodeOf(new(sample.Thing))
	for _, test := range []struct {
		name     string
		profiles uint64
		want     [3]bool // by version
	}{
		{"text", 0, [3]bool{true, true, true}},
		{"removed", 0, [3]bool{true, true, false}},
		{"added", 0, [3]bool{false, false, true}},
		{"region", 0, [3]bool{false, false, false}},
		{"region", 1, [3]bool{false, true, true}},
	} {
		for v, want := range test.want {
			if got := field(t, n, test.name).Admits(v, test.profiles); got != want {
				t.Errorf("%s in version %d with profiles %b: %v", test.name, v, test.profiles, got)
			}
		}
	}
	if f := field(t, n, "priority"); !f.Retyped(0) || f.Retyped(1) {
		t.Error("priority is an integer in the first version only")
	}
	if f := field(t, n, "parts"); !f.Single(0, 1) || f.Single(0, 2) || f.Single(1, 1) {
		t.Error("parts is one in the first version only, and if there is one")
	}
	if f := field(t, n, "text"); !f.Single(1, 1) || f.ObservableType(1) != 0 {
		t.Error("text is a single value, and no observable")
	}
}
