package idmefv2_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsontest"
)

// TestSuspicionCases: what makes a value suspicious and what does not, beyond the
// samples of testdata.
func TestSuspicionCases(t *testing.T) {
	const twin = "0198a4c0-5b1e-7d20-9c3a-000000000001"
	for _, test := range []struct{ members, want string }{
		{`"StartTime": "2150-01-01T00:00:00Z"`, "time_implausible:/StartTime"},
		{`"CreateTime": "1970-01-01"`, ""}, // no time: an error already
		{`"CreateTime": "2026-05-04T09:30:00Z", "StartTime": "2026-05-04T10:30:00Z", "Category": ["Malware.Ransomware"]`, ""},
		{`"CreateTime": "2026-05-04T09:30:00Z", "StartTime": "2026-05-04T10:30:01Z", "Category": ["Malware.Ransomware"]`, "time_order_suspicious:/StartTime"},
		{`"CreateTime": "2026-05-04T09:30:00Z", "StartTime": "2026-05-04T12:30:00Z", "Category": ["Malware.Ransomware", "Availability.Outage"]`, ""},
		{`"CreateTime": "2026-05-04T09:30:00Z", "StartTime": "2026-05-04T12:30:00Z"`, ""},
		{`"CreateTime": "2026-05-04T09:30:00", "StartTime": "2026-05-04T12:30:00Z", "Category": ["Malware.Ransomware"]`, ""}, // of which zone?
		{`"Cause": "Malfunction", "Category": ["Other.Unknown", "Theft.Equiment"]`, "cause_contradictory:/Cause"},
		{`"Cause": "Malicious", "Category": ["Geophysical.Earthquake"]`, "cause_contradictory:/Cause"},
		{`"Cause": "Malicious", "Category": ["Biological.Other"]`, ""},
		{`"Cause": "Error", "Category": ["Malware.Ransomware"]`, ""},
		{`"Confidence": 0.01`, ""},
		{`"Confidence": -0.0`, "confidence_placeholder:/Confidence"},
		{`"Priority": "High", "Status": ["Reported", "FalsePositive"]`, "severity_contradictory:/Priority"},
		{`"Priority": "Info", "Status": ["Event"]`, ""},
		{`"OrganisationName": "N/A", "EntityName": "unknown", "EntityID": "-"`, "placeholder_value:/EntityName placeholder_value:/OrganisationName"},
		{`"ID": "` + twin + `", "Source": [{"ID": "` + strings.ToUpper(twin) + `"}]`, "identifier_repeated:/Source/0/ID"},
		{`"Analyzer": {"ID": "` + twin + `", "Name": "a"}, "Sensor": [{"ID": "` + twin + `", "Name": "a"}]`, ""},
		{`"Sensor": [{"ID": "` + twin + `", "Name": "a"}, {"ID": "` + twin + `", "Name": "b"}]`, "identifier_repeated:/Sensor/1/ID"},
		{`"Source": [{"ID": "` + twin + `", "IP": "10.0.0.1"}], "Target": [{"ID": "` + twin + `", "IP": "10.0.0.1"}]`, ""},
		{`"PredID": ["` + twin + `", "` + twin + `"]`, "identifier_repeated:/PredID/1"},
		{`"Analyzer": {"Name": "a", "IP": "::1", "GeoLocation": "0,0"}`, "location_null_island:/Analyzer/GeoLocation placeholder_value:/Analyzer/IP"},
		{`"Source": [{"Hostname": "localhost.localdomain", "IP": "10.0.0.1"}], "Target": [{"Hostname": "localhost.localdomain", "IP": "127.0.0.1"}]`, "placeholder_value:/Source/0/Hostname"},
		{`"Source": [{"IP": "255.255.255.255"}], "Target": [{"IP": "255.255.255.255"}]`, "placeholder_value:/Source/0/IP"},
		{`"Source": [{"IP": "10.0.0.1", "UnLocation": "FR LIL"}], "Target": [{"IP": "10.0.0.1", "GeoLocation": "50,3"}]`, ""},
		{`"Source": [{"Email": "a@example.org", "User": ""}]`, "example_value:/Source/0/Email"},
		{`"Attachment": [{"Name": "a", "Hash": ["sha-256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "md5:00000000000000000000000000000000"]}]`,
			"hash_of_nothing:/Attachment/0/Hash/0 placeholder_value:/Attachment/0/Hash/1"},
	} {
		want := strings.Fields(test.want)
		for i := range want {
			want[i] = strings.Replace(want[i], ":/", " /", 1)
		}
		report := decode(t, fmt.Appendf(nil, `{"Version": "2.D.V08", %s}`, test.members)).Check(secmodel.Lint())
		if got := jsontest.Places(report, secmodel.Suspicion); !slices.Equal(got, want) {
			t.Errorf("%s\n got %q\nwant %q\n%v", test.members, got, want, report.Violations)
		}
	}
}
