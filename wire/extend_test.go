package wire_test

import (
	"slices"
	"testing"
	"unsafe"

	"github.com/secmodel/secmodel/wire"
	"github.com/secmodel/secmodel/wire/internal/sample"
)

// numbered is a model of a table with numbered classes and profiles.
type numbered struct{ table *wire.Table }

func (n numbered) WireModel() (*wire.Table, *wire.Type, unsafe.Pointer) {
	return n.table, n.table.Types[0], nil
}

func TestExtend(t *testing.T) {
	of, thing, _ := (*sample.Thing)(nil).WireModel()
	own := &wire.Type{Name: "own"}
	got := wire.Extend((*sample.Thing)(nil), wire.Table{Types: []*wire.Type{own}, Count: 7, Profiles: []string{"mine"}})
	part := thing.Fields[thing.Field("parts")].Child
	if got.Types[part] != of.Types[part] || got.Types[len(of.Types)] != own || len(got.Types) != len(of.Types)+1 {
		t.Error("the types are not those of the other table and the own one behind them")
	}
	if want := append(slices.Clone(of.Profiles), "mine"); !slices.Equal(got.Profiles, want) {
		t.Errorf("profiles %q, want %q", got.Profiles, want)
	}
	if got.Count != 7 {
		t.Errorf("%d types, want 7", got.Count)
	}
	if got.Format != of.Format || got.Newest != of.Newest || !slices.Equal(got.Versions, of.Versions) {
		t.Errorf("format and versions are %q, %q", got.Format, got.Versions)
	}
	if len(of.Types) == len(got.Types) || slices.Contains(of.Profiles, "mine") {
		t.Error("the other table was changed")
	}

	base := numbered{&wire.Table{
		Types: []*wire.Type{{}, {}}, Profiles: []string{"a", "b"}, ProfileAbsent: []wire.Versions{0, 3},
		Classes: []*wire.Class{{UID: 3}, {UID: 7, Name: "old"}},
	}}
	own7, own5 := &wire.Class{UID: 7}, &wire.Class{UID: 5}
	got = wire.Extend(base, wire.Table{
		Types: []*wire.Type{{}, {}}, Profiles: []string{"c"}, Classes: []*wire.Class{own7, own5},
	})
	if want := []*wire.Class{base.table.Classes[0], own5, own7}; !slices.Equal(got.Classes, want) {
		t.Errorf("classes %v, want %v", got.Classes, want)
	}
	if want := []wire.Versions{0, 3, 0}; !slices.Equal(got.ProfileAbsent, want) {
		t.Errorf("profiles are absent in %v, want %v", got.ProfileAbsent, want)
	}
}
