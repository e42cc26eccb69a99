package idmefv2_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsontest"
)

// TestSuspicionsApplied: what is suspected of one attribute is suspected of every
// attribute of its kind.
func TestSuspicionsApplied(t *testing.T) {
	const nothing, example = "00000000-0000-0000-0000-000000000000", "0198a4c0-5b1e-7d20-9c3a-000000000001"
	for _, test := range []struct{ members, want string }{
		{`"EndTime": "1985-01-01T00:00:00Z"`, "time_implausible /EndTime"},
		{`"ReportTime": "2100-01-01T00:00:00Z"`, "time_implausible /ReportTime"},
		{`"OrganisationId": "n/a"`, "placeholder_value /OrganisationId"},
		{`"EntityId": "-"`, "placeholder_value /EntityId"},
		{`"Analyzer": {"ID": "` + nothing + `"}`, "placeholder_value /Analyzer/ID"},
		{`"Sensor": [{"ID": "` + nothing + `"}]`, "placeholder_value /Sensor/0/ID"},
		{`"Sensor": [{"Name": "N/A"}]`, "placeholder_value /Sensor/0/Name"},
		{`"Source": [{"ID": "` + nothing + `"}]`, "placeholder_value /Source/0/ID"},
		{`"Target": [{"ID": "` + nothing + `"}]`, "placeholder_value /Target/0/ID"},
		{`"Source": [{"Hostname": "unknown"}]`, "placeholder_value /Source/0/Hostname"},
		{`"Target": [{"Email": "none"}]`, "placeholder_value /Target/0/Email"},
		{`"ID": "` + example + `", "Analyzer": {"ID": "` + example + `"}`, "identifier_repeated /Analyzer/ID"},
	} {
		suspected(t, "2.D.V08", test.members, test.want)
	}
	for _, test := range []struct{ members, want string }{
		{`"Vector": [{"ID": "` + nothing + `"}]`, "placeholder_value /Vector/0/ID"},
		{`"Vector": [{"GeoLocation": "0.0, 0.0"}]`, "location_null_island /Vector/0/GeoLocation"},
		{`"ID": "` + example + `", "Vector": [{"ID": "` + example + `"}]`, "identifier_repeated /Vector/0/ID"},
	} {
		suspected(t, "2.D.V06", test.members, test.want)
	}
}

func suspected(t *testing.T, version, members, want string) {
	t.Helper()
	report := decode(t, fmt.Appendf(nil, `{"Version": %q, %s}`, version, members)).Check(secmodel.Lint())
	if got := jsontest.Places(report, secmodel.Suspicion); !slices.Equal(got, []string{want}) {
		t.Errorf("%s: %q, want %q", members, got, want)
	}
	for _, v := range report.Violations {
		if name := v.Pointer[strings.LastIndexByte(v.Pointer, '/')+1:]; v.Severity == secmodel.Suspicion && v.Code == secmodel.CodePlaceholder && !strings.HasPrefix(v.Message, name+" ") {
			t.Errorf("%s: the message does not name the attribute: %q", members, v.Message)
		}
	}
}
