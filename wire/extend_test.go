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

func (n numbered) WireModel() (*wire.Table, int, unsafe.Pointer) { return n.table, 0, nil }

func TestExtend(t *testing.T) {
	of, thing, _ := (*sample.Thing)(nil).WireModel()
	own := &wire.Type{Name: "own"}
	got := wire.Extend((*sample.Thing)(nil), wire.Table{Types: []*wire.Type{own}, Profiles: []string{"mine"}})
	if got.Types[thing] != of.Types[thing] || got.Types[len(of.Types)] != own || len(got.Types) != len(of.Types)+1 {
		t.Error("the types are not those of the other table and the own one behind them")
	}
	if want := append(slices.Clone(of.Profiles), "mine"); !slices.Equal(got.Profiles, want) {
		t.Errorf("profiles %q, want %q", got.Profiles, want)
	}
	if got.Format != of.Format || got.Newest != of.Newest || !slices.Equal(got.Versions, of.Versions) {
		t.Errorf("format and versions are %q, %q", got.Format, got.Versions)
	}
	if len(of.Types) == len(got.Types) || slices.Contains(of.Profiles, "mine") {
		t.Error("the other table was changed")
	}

	base := numbered{&wire.Table{
		Types: []*wire.Type{{}, {}}, Profiles: []string{"a", "b"}, ProfileAbsent: []wire.Versions{0, 3},
		Classes: []wire.ClassRef{{UID: 3, Type: 0}, {UID: 7, Type: 1}},
	}}
	got = wire.Extend(base, wire.Table{
		Types: []*wire.Type{{}, {}}, Profiles: []string{"c"}, Classes: []wire.ClassRef{{UID: 7, Type: 2}, {UID: 5, Type: 3}},
	})
	if want := []wire.ClassRef{{3, 0}, {5, 3}, {7, 2}}; !slices.Equal(got.Classes, want) {
		t.Errorf("classes %v, want %v", got.Classes, want)
	}
	if want := []wire.Versions{0, 3, 0}; !slices.Equal(got.ProfileAbsent, want) {
		t.Errorf("profiles are absent in %v, want %v", got.ProfileAbsent, want)
	}
}
