package ocsf

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel/wire"
)

// TestReassigned lists the numbers of enumerations that have two captions, those
// whose meaning changed with it marked: a release that adds one asks for a
// decision in reassigned.
func TestReassigned(t *testing.T) {
	seen := map[*wire.Enum]bool{}
	var got []string
	for _, typ := range table.Types {
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
