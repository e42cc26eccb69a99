package mozdef_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/mozdef"
)

// TestSuspicionsApplied: what is suspected of one attribute is suspected of every
// attribute of its kind, in every class.
func TestSuspicionsApplied(t *testing.T) {
	const early = `"1985-01-01T00:00:00Z"`
	for _, test := range []struct{ class, members, want string }{
		{mozdef.ClassAssetHint, `"processname": "-"`, "placeholder_value /processname"},
		{mozdef.ClassAssetHint, `"timestamp": ` + early, "time_implausible /timestamp"},
		{mozdef.ClassRRA, `"source": "n/a"`, "placeholder_value /source"},
		{mozdef.ClassRRA, `"timestamp": ` + early, "time_implausible /timestamp"},
		{mozdef.ClassCompliance, `"hostname": "localhost"`, "placeholder_value /hostname"},
		{mozdef.ClassCompliance, `"timestamp": ` + early, "time_implausible /timestamp"},
		{mozdef.ClassCompliance, `"details": {"utctimestamp": ` + early + `}`, "time_implausible /details/utctimestamp"},
		{mozdef.ClassEvent, `"details": {"destinationipaddress": "0.0.0.0"}`, "placeholder_value /details/destinationipaddress"},
		{mozdef.ClassEvent, `"details": {"src": "-"}`, "placeholder_value /details/src"},
		{mozdef.ClassAlert, `"utctimestamp": ` + early, "time_implausible /utctimestamp"},
		{mozdef.ClassAlert, `"details": {"username": "-"}`, "placeholder_value /details/username"},
		{mozdef.ClassAlert, `"summary": "login failed", "details": {"success": true}`, "outcome_contradictory /details/success"},
		{mozdef.ClassVulnerability, `"utctimestamp": ` + early, "time_implausible /utctimestamp"},
		{mozdef.ClassVulnerability, `"sourcename": "none"`, "placeholder_value /sourcename"},
		{mozdef.ClassVulnerability, `"asset": {"macaddress": "n/a"}`, "placeholder_value /asset/macaddress"},
		{mozdef.ClassVulnerabilityV2, `"version": 2, "utctimestamp": ` + early, "time_implausible /utctimestamp"},
		{mozdef.ClassVulnerabilityV2, `"version": 2, "sourcename": "unknown"`, "placeholder_value /sourcename"},
		{mozdef.ClassVulnerabilityV2, `"version": 2, "scan_start": ` + early, "time_implausible /scan_start"},
		{mozdef.ClassVulnerabilityV2, `"version": 2, "scan_end": ` + early, "time_implausible /scan_end"},
	} {
		report := decode(t, test.class, fmt.Appendf(nil, "{%s}", test.members)).Check(secmodel.Lint())
		if got := jsontest.Places(report, secmodel.Suspicion); !slices.Equal(got, []string{test.want}) {
			t.Errorf("%s %s: %q, want %q", test.class, test.members, got, test.want)
		}
		for _, v := range report.Violations {
			if name := v.Pointer[strings.LastIndexByte(v.Pointer, '/')+1:]; v.Code == secmodel.CodePlaceholder && !strings.HasPrefix(v.Message, name+" ") {
				t.Errorf("%s: the message does not name the attribute: %q", test.members, v.Message)
			}
		}
	}
}

// TestSuspicionsOrdered: suspicions stand among the other violations in the order
// of attributes, those of an element are named by the attribute.
func TestSuspicionsOrdered(t *testing.T) {
	m := decode(t, mozdef.ClassAssetHint, []byte(`{"hostname":"-","category":"asset_hint","details":{"ipv4":["0.0.0.0"]},"foo":1,"summary":"s"}`))
	var got []string
	for _, v := range m.Check(secmodel.Lint()).Violations {
		if v.Code != secmodel.CodeRequiredMissing {
			got = append(got, v.Pointer+" "+v.Message)
		}
	}
	want := []string{
		`/details/ipv4/0 ipv4 "0.0.0.0" is the address of no host`,
		`/hostname hostname "-" stands for no value`,
		`/foo asset_hint has no attribute "foo"`,
	}
	slices.Sort(want[:2])
	slices.Sort(got[:min(2, len(got))])
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestRulesApplied: rules hold in every class that they are about.
func TestRulesApplied(t *testing.T) {
	for _, test := range []struct{ class, members, want string }{
		{mozdef.ClassAssetHint, `"host": "h"`, "warning attribute_alias /host"},
		{mozdef.ClassAssetHint, `"mozdefhostname": "h"`, "warning attribute_read_only /mozdefhostname"},
		{mozdef.ClassCompliance, `"timestamp": "today"`, "error timestamp_unreadable /timestamp"},
		{mozdef.ClassCompliance, `"errors": ["e"]`, "warning attribute_read_only /errors"},
		{mozdef.ClassRRA, `"type": "rra_data"`, "warning attribute_alias /type"},
		{mozdef.ClassEvent, `"utctimestamp": "not a time"`, "error timestamp_unreadable /utctimestamp"},
		{mozdef.ClassVulnerability, `"utctimestamp": "yesterday"`, "warning timestamp_not_rfc3339 /utctimestamp"},
		{mozdef.ClassVulnerabilityV2, `"version": 2, "utctimestamp": "yesterday"`, "warning timestamp_not_rfc3339 /utctimestamp"},
		{mozdef.ClassAlert, `"details": {"destinationipaddress": "h"}`, "error ip_address_rejected /details/destinationipaddress"},
		{mozdef.ClassAlert, `"details": {"sourceipaddress": "h"}`, "error ip_address_rejected /details/sourceipaddress"},
		{mozdef.ClassAlert, `"details": {"sourceport": 70000}`, "warning attribute_value_exceeds_range /details/sourceport"},
		{mozdef.ClassAlert, `"details": {"success": "yes"}`, "error attribute_wrong_type /details/success"},
	} {
		var got []string
		for _, v := range decode(t, test.class, fmt.Appendf(nil, "{%s}", test.members)).Check().Violations {
			if v.Code != secmodel.CodeRequiredMissing {
				got = append(got, v.Severity.String()+" "+v.Code+" "+v.Pointer)
			}
		}
		if !slices.Equal(got, []string{test.want}) {
			t.Errorf("%s %s: %q, want %q", test.class, test.members, got, test.want)
		}
	}
}

// TestMergeKeepsErrors: where there is no room for all, warnings give way.
func TestMergeKeepsErrors(t *testing.T) {
	m := decode(t, mozdef.ClassEvent, []byte(`{"hostname":"h","foo":1,"type":"t","zzz":2,"tags":null,"timestamp":"today"}`))
	r := m.Check(secmodel.MaxViolations(3))
	if !r.Truncated || len(r.Violations) != 3 {
		t.Fatalf("%d violations, truncated %t", len(r.Violations), r.Truncated)
	}
	for _, v := range r.Violations {
		if v.Severity != secmodel.Error {
			t.Errorf("there is room for a warning: %v", v)
		}
	}
}

// TestTypedWins: a typed field is written in the place of a member of Extra with
// its name, which is not judged.
func TestTypedWins(t *testing.T) {
	bad := json.RawMessage(`"today"`)
	m := &mozdef.Event{
		Timestamp: new("2026-05-04T09:30:00+00:00"), UTCTimestamp: new("2026-05-04T09:30:00+00:00"), Summary: new("s"), Category: new("c"),
		Source: new("s"), Tags: []string{}, Details: &mozdef.Details{}, Hostname: new("h"), ProcessName: new("p"), ProcessID: new(mozdef.IntOrString("1")),
		Severity: new(mozdef.SeverityInfo),
		Extra:    map[string]json.RawMessage{"timestamp": bad, "utctimestamp": bad, "summary": []byte("null"), "source": []byte("{}"), "tags": []byte("5")},
	}
	if list := m.Check().Violations; len(list) > 0 {
		t.Errorf("%v", list)
	}
}
