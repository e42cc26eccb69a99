package ocsf

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel/internal/residue"
	"github.com/secmodel/secmodel/wire"
)

// TestReassigned lists the numbers of enumerations that have two captions, those
// whose meaning changed with it marked: a release that adds one asks for a
// decision in reassigned.
func TestReassigned(t *testing.T) {
	seen := map[*wire.Enum]bool{}
	var got []string
	types := slices.Clone(table.Types)
	for _, c := range table.Classes {
		types = append(types, eventType(c.UID))
	}
	for _, typ := range types {
		for i := range typ.Fields {
			for v := range table.Versions {
				f := formIn(&typ.Fields[i], v)
				e := f.enum()
				if e == nil || seen[e] {
					continue
				}
				seen[e] = true
				for _, r := range e.Retitled {
					n := e.Ints[r.Value]
					line := fmt.Sprintf("%s %d %s, %s", e.Name, n, r.Text, e.Titles[r.Value])
					if reassigned(e, n) {
						line += " (another meaning)"
					}
					got = append(got, line)
				}
			}
		}
	}
	slices.Sort(got)
	want := []string{
		"authentication_activity_id 4 Service Ticket, Service Ticket Request",
		"class_uid 205004 Registry Key Info, Registry Key Query",
		"class_uid 205005 Registry Value Info, Registry Value Query",
		"class_uid 205019 Prefetch Info, Prefetch Query",
		"database_type_id 3 Cloud, Object Oriented (another meaning)",
		"logon_type_id 0 System, Unknown (another meaning)",
		"observable_type_id 8 File Hash, Hash",
		"prefetch_query_activity_id 1 Exists, Query",
		"registry_key_query_activity_id 1 Exists, Query",
		"registry_value_query_activity_id 1 Exists, Query",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestEnumLists maps the values of a list, and the captions beside them, of an
// enumeration made for it: no release has changed a caption of such a list yet.
func TestEnumLists(t *testing.T) {
	const first, second = 1 << 0, 1 << 1
	e := &wire.Enum{
		Name: "test", Ints: []int64{1, 2, 3, 99}, Titles: []string{"One", "Two", "Three", "Other"},
		Absent:   []wire.Versions{0, 0, second, 0},
		Retitled: []wire.Retitled{{Value: 1, Former: wire.Former{In: first, Text: "Too"}}},
	}
	for _, test := range []struct{ o, want string }{
		{`{"ids":[1,2,3,99,7,"x"],"names":["One","Too","Three","mine","Seven"]}`, `{"ids":[1,2,99,99,7,"x"],"names":["One","Two","Three","mine","Seven"]}`},
		{`{"ids":[2,3],"names":["my two"]}`, `{"ids":[2,99],"names":["my two"]}`},
		{`{"ids":[3]}`, `{"ids":[99]}`},
		{`{"ids":3}`, `{"ids":99,"names":"Three"}`},
		{`{"ids":2,"names":"Too"}`, `{"ids":2,"names":"Two"}`},
		{`{"ids":1.5}`, `{"ids":1.5}`},
		{`{"ids":"3"}`, `{"ids":"3"}`},
	} {
		o, err := residue.Parse([]byte(test.o))
		if err != nil {
			t.Fatal(err)
		}
		c := conversion{from: 0, to: 1}
		c.enum(o, e, e, "names", []string{"ids"})
		if got := string(residue.Text(o)); got != test.want {
			t.Errorf("%s became %s, want %s", test.o, got, test.want)
		}
	}
}
