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

// TestRulesOfWhatDoesNotFit: what is there, but of a wrong type, is not said to be
// missing as well.
func TestRulesOfWhatDoesNotFit(t *testing.T) {
	for _, test := range []struct{ members, want string }{
		{`"Attachment": {"Name": "a", "Content": "1"}, "Source": [{"ID": "0198a4c0-5b1e-7d20-9c3a-000000000001", "Attachment": ["a"]}]`, "attribute_wrong_type /Attachment"},
		{`"Attachment": [{"Name": "a", "Content": 5}]`, "attribute_wrong_type /Attachment/0/Content"},
		{`"Attachment": [{"Name": "a", "ExternalURI": "urn:a:b"}]`, "attribute_wrong_type /Attachment/0/ExternalURI"},
		{`"Category": ["Other.ext-value"], "ext-Category": "a"`, "attribute_wrong_type /ext-Category"},
		{`"Category": "Other.ext-value", "ext-Category": ["a"]`, "attribute_wrong_type /Category"},
	} {
		text := fmt.Appendf(nil, `{"Version": "2.D.V08", "ID": "0198a4c0-5b1e-7d20-9c3a-000000000002", "CreateTime": "2026-05-04T09:30:00Z", "Analyzer": {"Name": "a"}, %s}`, test.members)
		var got []string
		for _, v := range decode(t, text).Check().Violations {
			got = append(got, v.Code+" "+v.Pointer)
		}
		if !slices.Equal(got, []string{test.want}) {
			t.Errorf("%s: %q, want %q", test.members, got, test.want)
		}
	}
}
