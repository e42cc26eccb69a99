package mozdef_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/mozdef"
)

// TestSuspicionCases: what makes a value suspicious and what does not, beyond the
// samples of testdata.
func TestSuspicionCases(t *testing.T) {
	for _, test := range []struct{ class, members, want string }{
		{mozdef.ClassEvent, `"timestamp": 1777887000`, ""}, // the server takes any unit
		{mozdef.ClassEvent, `"timestamp": "1985-01-01T00:00:00Z", "utctimestamp": "1985-01-01T00:00:00Z"`, "time_implausible:/timestamp time_implausible:/utctimestamp"},
		{mozdef.ClassEvent, `"timestamp": "2026-05-04T09:30:00.9Z", "utctimestamp": "2026-05-04T09:30:00+00:00"`, ""},
		{mozdef.ClassEvent, `"timestamp": "2026-05-04T09:30:00+02:00", "utctimestamp": "2026-05-04T09:30:00+00:00"`, "time_contradictory:/utctimestamp"},
		{mozdef.ClassEvent, `"timestamp": "2026-05-04T10:30:01Z", "receivedtimestamp": "2026-05-04T09:30:00Z"`, "time_order_suspicious:/timestamp"},
		{mozdef.ClassEvent, `"utctimestamp": "2026-05-04T12:30:00Z", "receivedtimestamp": "2026-05-04T09:30:00Z"`, "time_order_suspicious:/utctimestamp"},
		{mozdef.ClassEvent, `"timestamp": "2026-05-04T10:30:00Z", "receivedtimestamp": "2026-05-04T09:30:00Z"`, ""},
		{mozdef.ClassEvent, `"hostname": "%{host}", "processname": "-", "category": "none"`, "placeholder_value:/category placeholder_value:/hostname placeholder_value:/processname"},
		{mozdef.ClassEvent, `"details": {"sourceipaddress": "0.0.0.0", "sourceipv6address": "2001:470::1"}`, ""},
		{mozdef.ClassEvent, `"details": {"srcip": "0.0.0.0", "dst": "203.0.113.1", "sourceipv6address": "2001:db8::1", "destinationipv4address": 7}`,
			"example_value:/details/dst example_value:/details/sourceipv6address placeholder_value:/details/srcip"},
		{mozdef.ClassEvent, `"details": {"sourceipaddress": "255.255.255.255", "destinationipaddress": "255.255.255.255"}`, "placeholder_value:/details/sourceipaddress"},
		{mozdef.ClassEvent, `"details": {"sourceipaddress": "10.0.0.1", "sourceipgeolocation": {}, "sourceipgeopoint": "50.1,3.1"}`, "address_location_suspicious:/details/sourceipgeopoint"},
		{mozdef.ClassEvent, `"details": {"sourceipaddress": "10.0.0.1", "sourceipgeolocation": null, "sourceipgeopoint": ""}`, ""},
		{mozdef.ClassEvent, `"details": {"destinationipgeopoint": "0,0"}`, "location_null_island:/details/destinationipgeopoint"},
		{mozdef.ClassEvent, `"details": {"sourceipaddress": "10.0.0.1", "destinationipaddress": "10.0.0.1", "sourceport": "-", "destinationport": "-"}`, ""},
		{mozdef.ClassEvent, `"details": {"success": true, "error": true}`, "outcome_contradictory:/details/success"},
		{mozdef.ClassEvent, `"details": {"success": false, "error": true}`, ""},
		{mozdef.ClassEvent, `"summary": "Accepted publickey", "details": {"success": false}`, "outcome_contradictory:/details/success"},
		{mozdef.ClassEvent, `"summary": "login was not successful", "details": {"success": false}`, ""},
		{mozdef.ClassEvent, `"summary": "5 failed logins, then a successful one", "details": {"success": true}`, ""},
		{mozdef.ClassEvent, `"summary": "failover of failban", "details": {"success": true}`, ""},
		{mozdef.ClassEvent, `"severity": "INFO", "details": {"level": "emerg"}`, "severity_contradictory:/severity"},
		{mozdef.ClassEvent, `"severity": "INFO", "details": {"level": "0"}`, ""}, // of which scale?
		{mozdef.ClassEvent, `"severity": "ERROR", "details": {"level": "debug"}`, ""},
		{mozdef.ClassAlert, `"severity": "CRITICAL", "details": {"severity": "INFO"}`, "severity_contradictory:/severity"},
		{mozdef.ClassAssetHint, `"details": {"hostname": "localhost", "ipv4": ["10.0.0.1", "127.0.0.1"], "ipv6": ["::1"], "macaddress": ["00:00:5e:00:53:01", "ff:ff:ff:ff:ff:ff"]}`,
			"example_value:/details/macaddress/0 placeholder_value:/details/hostname placeholder_value:/details/ipv4/1 placeholder_value:/details/ipv6/0 placeholder_value:/details/macaddress/1"},
		{mozdef.ClassRRA, `"hostname": "localhost"`, "placeholder_value:/hostname"},
		{mozdef.ClassCompliance, `"summary": "a fails compliance with b", "timestamp": "2026-05-04T09:30:00Z", "details": {"compliance": true, "target": "N/A", "utctimestamp": "2026-05-04T10:30:01Z"}`,
			"outcome_contradictory:/details/compliance placeholder_value:/details/target time_order_suspicious:/details/utctimestamp"},
		{mozdef.ClassCompliance, `"summary": "a passes compliance with b", "details": {"compliance": false}`, "outcome_contradictory:/details/compliance"},
		{mozdef.ClassVulnerability, `"asset": {"hostname": "n/a", "ipv4address": "127.0.0.1", "macaddress": "000000000000"}, "vuln": {"vulnid": "-", "discovery_time": 0}`,
			"placeholder_value:/asset/hostname placeholder_value:/asset/ipv4address placeholder_value:/asset/macaddress placeholder_value:/vuln/vulnid time_implausible:/vuln/discovery_time"},
		{mozdef.ClassVulnerabilityV2, `"version": 2, "zone": "none", "asset": {"hostname": "localhost", "ipaddress": "::"}`,
			"placeholder_value:/asset/hostname placeholder_value:/asset/ipaddress placeholder_value:/zone"},
	} {
		want := strings.Fields(test.want)
		for i := range want {
			want[i] = strings.Replace(want[i], ":/", " /", 1)
		}
		report := decode(t, test.class, fmt.Appendf(nil, "{%s}", test.members)).Check(secmodel.Lint())
		if got := jsontest.Places(report, secmodel.Suspicion); !slices.Equal(got, want) {
			t.Errorf("%s\n got %q\nwant %q", test.members, got, want)
		}
	}
}
