package mozdef_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/mozdef"
)

const (
	envelope = `"hostname":"h","processid":1,"processname":"p","severity":"INFO","source":"s","summary":"x","tags":[],"timestamp":"2026-03-09T08:14:55Z"`
	item     = `"target":"t","compliance":true,"link":"l","utctimestamp":"2026-03-09T08:14:55Z","policy":{"level":"l","name":"n","url":"u"},` +
		`"check":{"ref":"r","description":"d","location":"l","name":"n","test":{"type":"t","value":"v"}}`
)

// TestSupplied: what members of other names supply is judged like what stands
// under the name itself, and found where it was sent.
func TestSupplied(t *testing.T) {
	for _, test := range []struct {
		name, class, members string
		want                 []string // without aliases
	}{
		{"a compliance item", mozdef.ClassCompliance, `"type":"complianceitems","fields":{` + item + `}`, nil},
		{"another category", mozdef.ClassCompliance, `"type":"event","details":{` + item + `}`, []string{"error attribute_enum_value_unknown /type"}},
		{"another category by an alias", mozdef.ClassRRA, `"@EventType":"x","details":{"a":1}`, []string{"error attribute_enum_value_unknown /@EventType"}},
		{"a category that is no text", mozdef.ClassAssetHint, `"eventtype":5,"details":{"a":1}`, []string{"error attribute_enum_value_unknown /eventtype"}},
		{"one of two categories is right", mozdef.ClassRRA, `"type":"x","eventtype":"rra_data","details":{"a":1}`, nil},
		{"the category itself counts", mozdef.ClassRRA, `"category":"rra_data","type":"x","details":{"a":1}`, nil},
		{"details that lack much", mozdef.ClassCompliance, `"category":"complianceitems","@Fields":{"target":"t","policy":{"level":1},"check":{"a/b":1}}`, []string{
			"error attribute_required_missing /@Fields/check/description", "error attribute_required_missing /@Fields/check/location",
			"error attribute_required_missing /@Fields/check/name", "error attribute_required_missing /@Fields/check/ref",
			"error attribute_required_missing /@Fields/check/test", "error attribute_required_missing /@Fields/compliance",
			"error attribute_required_missing /@Fields/link", "error attribute_required_missing /@Fields/policy/name",
			"error attribute_required_missing /@Fields/policy/url", "error attribute_required_missing /@Fields/utctimestamp",
			"warning attribute_unknown /@Fields/check/a~1b", "warning attribute_wrong_type /@Fields/policy/level"}},
		{"details that are no object", mozdef.ClassRRA, `"category":"rra_data","fields":"x"`, nil},
		{"no details of an asset hint", mozdef.ClassAssetHint, `"category":"asset_hint","fields":{}`, []string{"error attribute_array_too_short /fields"}},
		{"a member of its own", mozdef.ClassCompliance,
			`"category":"complianceitems","fields":{` + strings.TrimPrefix(item, `"target":"t",`) + `},"details.target":"t"`, nil},
		{"a bad time", mozdef.ClassCompliance, `"category":"complianceitems","fields":{` + strings.Replace(item, "2026-03-09T08:14:55Z", "yesterday", 1) + `}`,
			[]string{"warning timestamp_not_rfc3339 /fields/utctimestamp"}},
		{"an event", mozdef.ClassEvent, `"category":"c","fields":{"success":"True","sourceipaddress":"-"},"details.destinationport":"70000"`, []string{
			"error attribute_wrong_type /fields/success", "warning attribute_value_exceeds_range /details.destinationport", "warning ip_address_replaced /fields/sourceipaddress"}},
		{"an event of another class", mozdef.ClassEvent, `"type":"complianceitems","details":{}`, []string{"error category_mismatch /type"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := decode(t, test.class, []byte("{"+envelope+","+test.members+"}"))
			for _, most := range []int{0, 1} {
				var got []string
				for _, v := range m.Check(secmodel.MaxViolations(most)).Violations {
					if v.Code != mozdef.CodeAlias {
						got = append(got, fmt.Sprint(v.Severity, " ", v.Code, " ", v.Pointer))
					}
				}
				if most == 1 {
					// However few are listed, an error is among them.
					if want := len(test.want) > 0 && strings.HasPrefix(test.want[0], "error"); want == m.Check(secmodel.MaxViolations(1)).Valid() {
						t.Errorf("of one violation: %q", got)
					}
					continue
				}
				if diff := cmp.Diff(test.want, slices.Sorted(slices.Values(got))); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
}

// TestManyMembers: time and memory grow with the document, not with the square
// of it. What does not hold here does not come to an end.
func TestManyMembers(t *testing.T) {
	const many = 100_000
	var b strings.Builder
	for i := range many {
		fmt.Fprintf(&b, `"fields.a%d":1,`, i)
	}
	aliases := "{" + b.String() + `"category":"x"}`
	var e mozdef.Event
	if err := json.Unmarshal([]byte(aliases), &e); err != nil {
		t.Fatal(err)
	}
	if got := len(e.Check(secmodel.MaxViolations(0)).Violations); got < many {
		t.Errorf("%d violations", got)
	}
	b.Reset()
	for i := range many {
		fmt.Fprintf(&b, `"a%d":"bro",`, i)
	}
	long := strings.Repeat("@", many)
	for name, doc := range map[string]string{
		"members under a long name":           `{"` + long + `details":{` + b.String() + `"z":1}}`,
		"texts under a long name":             `{"details":{"` + long + `":{` + b.String() + `"z":1}}}`,
		"a time of many digits":               `{"timestamp":1392374899,"details":{"utctimestamp":` + strings.Repeat("9", 40*many) + `}}`,
		"details that many members set twice": `{"details":{` + b.String() + `"z":1},"fields":{` + b.String() + `"z":2}}`,
	} {
		if _, _, err := mozdef.Normalize([]byte(doc)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, _, err := mozdef.Normalize([]byte(`{"timestamp":` + strings.Repeat("9", 40*many) + `}`)); err == nil {
		t.Error("a time of many digits was read")
	}
}
