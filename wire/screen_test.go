package wire

import (
	"encoding/json"
	"testing"
	"unsafe"

	"github.com/secmodel/secmodel"
)

// screened is a type with attributes that no type of the sample has: captions of
// integers, and an attribute of a profile that may be known or not.
type screened struct {
	IDs   []int64
	Names []string
	ID    *int64
	Name  *string
	Gated *string
	Sub   *screened
	Extra map[string]json.RawMessage
}

func screenedTable(unknown Unknown) *Table {
	values := &Scalar{Name: "ids", Enum: &Enum{Name: "ids", Ints: []int64{0, 1, 7, 99}, Titles: []string{"None", "One", "Seven", "Other"},
		Absent:   []Versions{0, 0, 1, 0},
		Retitled: []Retitled{{Value: 1, Former: Former{In: 4, Text: "Ein"}}},
	}}
	fields := []Field{
		{Key: `"ids":`, Offset: uint16(unsafe.Offsetof(screened{}.IDs)), Kind: Ints, Scalar: values, More: &More{Sibling: 2, SiblingAbsent: 2}},
		{Key: `"names":`, Offset: uint16(unsafe.Offsetof(screened{}.Names)), Kind: Strings, Absent: 4},
		{Key: `"id":`, Offset: uint16(unsafe.Offsetof(screened{}.ID)), Kind: Int, Scalar: values, Flags: LenientValue, More: &More{Sibling: 4}},
		{Key: `"name":`, Offset: uint16(unsafe.Offsetof(screened{}.Name)), Kind: String},
		{Key: `"gated":`, Offset: uint16(unsafe.Offsetof(screened{}.Gated)), Kind: String, Required: 2,
			More: &More{Profiles: []Gate{{In: 3, Profiles: 1}}, Special: 3}},
		{Key: `"sub":`, Offset: uint16(unsafe.Offsetof(screened{}.Sub)), Kind: Object},
	}
	names := make([]string, len(fields))
	for i := range fields {
		names[i] = fields[i].Name()
	}
	typ := &Type{
		Name: "screened", Fields: fields, Index: MakeIndex(names), Size: unsafe.Sizeof(screened{}), Extra: unsafe.Offsetof(screened{}.Extra),
		New:         func(n int) unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(make([]screened, n))) },
		Unknown:     unknown,
		Constraints: []Constraint{{In: 1, Just: true, Of: []string{"id", "sub.id"}}, {In: 2, Of: []string{"id", "name"}, At: "\x02\x03"}, {In: 4, Of: []string{"id", "zz"}}},
		MinMembers:  []MinMembers{{In: 4, N: 3}, {In: 6, N: 2}},
	}
	return &Table{Format: "test", Versions: []string{"1", "2", "3"}, Newest: 2, Profiles: []string{"p"}, Types: []*Type{typ}, Count: 1}
}

// TestScreenIsNeverLenient compares what a screen says of many structs with what
// the checker finds.
func TestScreenIsNeverLenient(t *testing.T) {
	idLists := [][]int64{nil, {}, {1}, {1, 99}, {5}}
	nameLists := [][]string{nil, {}, {"One"}, {"Ein", "x"}, {"x"}, {"One", "Other"}}
	ids := []*int64{nil, new(int64(1)), new(int64(99)), new(int64(5)), new(int64(7))}
	captions := []*string{nil, new("One"), new("Ein"), new("Other"), new("Seven")}
	gates := []*string{nil, new("g")}
	extras := []map[string]json.RawMessage{nil, {}, {"zz": json.RawMessage(`1`)}, {"ids": json.RawMessage(`[1]`)}, {"gated": json.RawMessage(`null`), "zz": json.RawMessage(`1`)}}
	subs := []*screened{nil, {ID: ids[1], Name: captions[1]}, {ID: ids[1], Name: captions[2], Gated: gates[1]}}
	fine, silent := 0, 0
	for _, unknown := range []Unknown{UnknownError, UnknownWarning, UnknownOpen} {
		table := screenedTable(unknown)
		for version := range table.Versions {
			for profiles := range uint64(2) {
				for _, errorsOnly := range []bool{false, true} {
					c := Checker{table: table, Version: version, bit: 1 << version, Profiles: profiles, Options: secmodel.Options{ErrorsOnly: errorsOnly}}
					c.Report.Identity.Version = table.Versions[version]
					look := func(x *screened) {
						c.Report.Violations = nil
						good := c.fine(table.Types[0], unsafe.Pointer(x))
						if good {
							fine++
						}
						c.object(table.Types[0], unsafe.Pointer(x))
						c.failed, c.hints = false, 0
						if list := c.Report.Violations; len(list) == 0 {
							silent++
						} else if good {
							t.Fatalf("version %s, profiles %b, errors only %v, unknown %d: %+v is fine, but: %v", table.Versions[version], profiles, errorsOnly, unknown, x, list)
						}
					}
					for _, extra := range extras {
						for _, sub := range subs {
							for _, gate := range gates {
								for _, id := range ids {
									for _, caption := range captions {
										for _, idList := range idLists {
											look(&screened{ID: id, Name: caption, IDs: idList, Gated: gate, Sub: sub, Extra: extra})
										}
										look(&screened{ID: id, Name: caption, Names: nameLists[2], Gated: gate, Sub: sub, Extra: extra})
									}
								}
							}
						}
						for _, idList := range idLists {
							for _, nameList := range nameLists {
								look(&screened{ID: ids[1], Name: captions[1], Gated: gates[1], IDs: idList, Names: nameList, Extra: extra})
								look(&screened{ID: ids[1], IDs: idList, Names: nameList, Extra: extra})
							}
						}
					}
				}
			}
		}
	}
	if fine < 5000 {
		t.Errorf("of %d structs with nothing to report, the screens pass only %d", silent, fine)
	}
}
