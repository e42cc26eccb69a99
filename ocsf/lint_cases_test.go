package ocsf_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/ocsf"
)

// suspicious returns the suspicions of an event or bundle, whether it is valid
// or not.
func suspicious(t *testing.T, text string) []string {
	t.Helper()
	return jsontest.Places(read(t, []byte(text)).Check(secmodel.Lint()), secmodel.Suspicion)
}

// TestSuspicionCases: what makes a value suspicious and what does not, beyond the
// samples of testdata.
func TestSuspicionCases(t *testing.T) {
	const (
		network = `{"class_uid": 4001, "metadata": {"version": "1.8.0"}, %s}`
		query   = `{"class_uid": 5012, "metadata": {"version": "1.8.0"}, %s}`
		dhcp    = `{"class_uid": 4004, "metadata": {"version": "1.8.0"}, %s}`
		dns     = `{"class_uid": 4003, "metadata": {"version": "1.8.0"}, %s}`
		process = `{"class_uid": 1007, "metadata": {"version": "1.8.0"}, %s}`
		api     = `{"class_uid": 6003, "metadata": {"version": "1.8.0"}, %s}`
		finding = `{"class_uid": 2004, "metadata": {"version": "1.8.0"}, %s}`
		logon   = `{"class_uid": 3002, "metadata": {"version": "1.8.0"}, %s}`
		guarded = `{"class_uid": 4001, "metadata": {"version": "1.8.0", "profiles": ["security_control"]}, %s}`
	)
	for _, test := range []struct{ event, members, want string }{
		{network, `"time": 1777887000000000000`, "time_unit_suspicious /time"},
		{network, `"time": -62135596800000`, "time_implausible /time"},
		{network, `"time": 1`, "time_implausible /time"},
		{network, `"time": "1777887000"`, ""}, // of a wrong type: an error already
		{network, `"timezone_offset": 1080`, ""},
		{network, `"timezone_offset": 1081`, "time_unit_suspicious /timezone_offset"},
		{process, `"process": {"file": {"name": "x", "created_time": 1777887000000, "modified_time": 315532800000}}`, ""},
		{process, `"process": {"file": {"name": "x", "modified_time": 315532800}}`, ""},
		{process, `"process": {"file": {"name": "x", "modified_time": 1777887000}}`, "time_unit_suspicious /process/file/modified_time"},
		{process, `"process": {"created_time": 1777887000000, "terminated_time": 1777886999999}`, "time_order_suspicious /process/terminated_time"},
		{logon, `"session": {"created_time": 1777887000000, "expiration_time": 253402300799000}`, ""},
		{logon, `"session": {"created_time": 1777887000000, "expiration_time": 1777887000}`, "time_unit_suspicious /session/expiration_time"},
		{finding, `"finding_info": {"first_seen_time": 1777887000000, "last_seen_time": 1777800000000}`, "time_order_suspicious /finding_info/last_seen_time"},
		{network, `"time": 1777887000000, "metadata": {"logged_time": 1777883400000}`, ""},
		{network, `"time": 1777887000000, "metadata": {"logged_time": 1777883399999}`, "time_order_suspicious /metadata/logged_time"},
		{network, `"start_time": 1777887000000, "end_time": 1777887100000, "duration": 100000000`, "duration_contradictory /duration"},
		{network, `"start_time": 1777887000000, "end_time": 1777887100000, "duration": 101000`, ""},
		{network, `"start_time": 1777887000000, "end_time": 1777887000500, "duration": 0`, ""},

		{dhcp, `"src_endpoint": {"ip": "0.0.0.0"}`, ""},
		{query, `"connection_info": {}, "src_endpoint": {"ip": "0.0.0.0"}`, ""},
		{network, `"src_endpoint": {"intermediate_ips": ["10.0.0.1", "::"]}`, "placeholder_value /src_endpoint/intermediate_ips/1"},
		{network, `"src_endpoint": {"ip": "255.255.255.255"}, "dst_endpoint": {"ip": "255.255.255.255"}`, "placeholder_value /src_endpoint/ip"},
		{process, `"device": {"ip": "127.0.0.1", "hostname": "localhost"}`, "placeholder_value /device/hostname placeholder_value /device/ip"},
		{process, `"device": {"network_interfaces": [{"name": "lo", "ip": "127.0.0.1", "mac": "00:00:00:00:00:00"}, {"name": "eth0", "mac": "00:00:00:00:00:00"}]}`,
			"placeholder_value /device/network_interfaces/1/mac"},
		{network, `"dst_endpoint": {"mac": "ff:ff:ff:ff:ff:ff"}, "src_endpoint": {"mac": "ff:ff:ff:ff:ff:ff"}`, "placeholder_value /src_endpoint/mac"},
		{network, `"src_endpoint": {"ip": "10.0.0.1", "hostname": "localhost"}`, "placeholder_value /src_endpoint/hostname"},
		{network, `"src_endpoint": {"hostname": "localhost"}`, ""},
		{network, `"src_endpoint": {"hostname": ""}`, ""},
		{network, `"src_endpoint": {"name": "${HOST}", "domain": "-"}`, "placeholder_value /src_endpoint/name"},
		// That n/a is no email address is a warning already.
		{process, `"process": {"user": {"name": "-", "uid": "0", "email_addr": "n/a", "groups": [{"name": "None"}]}}`, "placeholder_value /process/user/name"},
		{process, `"process": {"file": {"name": "unknown"}}`, ""},
		{process, `"process": {"file": {"hashes": [{"algorithm_id": 3, "value": "0000000000000000000000000000000000000000000000000000000000000000"}]}}`,
			"placeholder_value /process/file/hashes/0/value"},
		{dns, `"query": {"hostname": "www.example.com"}`, ""},
		{logon, `"user": {"email_addr": "a@example.com"}`, "example_value /user/email_addr"},
		{logon, `"session": {"uid": "123e4567-e89b-12d3-a456-426614174000"}`, "example_value /session/uid"},
		{network, `"unmapped": {"ip": "0.0.0.0"}`, ""},

		{finding, `"resources": [{"uid": "0198a4c0-5b1e-7d20-9c3a-000000000001"}, {"uid": "a"}, {"uid": "a"}, {"uid": "0198A4C0-5B1E-7D20-9C3A-000000000001"}]`, "identifier_repeated /resources/3/uid"},
		{process, `"process": {"pid": 0, "parent_process": {"pid": 0}}`, ""},

		{network, `"src_endpoint": {"ip": "10.0.0.1", "location": {"city": "Lille"}}`, ""},
		{network, `"src_endpoint": {"ip": "127.0.0.1", "location": {"city": "Lille"}}`, "address_location_suspicious /src_endpoint/location/city"},
		{process, `"device": {"ip": "10.0.0.1", "location": {"lat": 50.1, "long": 3.1}}`, ""},
		{process, `"device": {"location": {"coordinates": [0, 0]}}`, "location_null_island /device/location/coordinates"},

		{api, `"status_id": 1, "api": {"response": {"error": "AccessDenied"}}`, "outcome_contradictory /api/response/error"},
		{api, `"status_id": 1, "api": {"response": {"error": ""}}`, ""},
		{api, `"status_id": 2, "status_code": "0x0"`, "outcome_contradictory /status_code"},
		{api, `"status_id": 1, "status_code": "200"`, ""},
		{api, `"status_id": 1, "status_code": "4031"`, ""},
		{finding, `"status_id": 1, "status_code": "403"`, ""}, // 1 is New
		{guarded, `"status_id": 1, "disposition_id": 6`, "outcome_contradictory /disposition_id"},
		{guarded, `"status_id": 1, "action_id": 2, "disposition_id": 6`, ""},
		{guarded, `"action_id": 2, "disposition_id": 1`, "disposition_contradictory /disposition_id"},
		{guarded, `"action_id": 3, "disposition_id": 2`, "disposition_contradictory /disposition_id"},
		{guarded, `"action_id": 4, "disposition_id": 2`, ""},
		{guarded, `"action_id": 1, "disposition_id": 17`, ""},
		{finding, `"severity_id": 1, "risk_level_id": 4`, "severity_contradictory /severity_id"},
		{finding, `"severity_id": 5, "risk_level_id": 0`, "severity_contradictory /severity_id"},
		{finding, `"severity_id": 4, "risk_level_id": 0`, ""},
		{finding, `"severity_id": 1, "impact_id": 4`, "severity_contradictory /severity_id"},
		{network, `"src_endpoint": {"ip": "10.0.0.1", "port": 0}, "dst_endpoint": {"ip": "10.0.0.1", "port": 0}`, ""},
	} {
		want := strings.Fields(strings.ReplaceAll(test.want, " /", ":/"))
		for i := range want {
			want[i] = strings.Replace(want[i], ":/", " /", 1)
		}
		if got := suspicious(t, fmt.Sprintf(test.event, test.members)); !slices.Equal(got, want) {
			t.Errorf("%s\n got %q\nwant %q", test.members, got, want)
		}
	}
}

// TestProfileHint: the error for an attribute of a profile that the event does not
// name says so, and there is no second finding.
func TestProfileHint(t *testing.T) {
	const event = `{"class_uid": 4001, "metadata": {"version": "1.8.0"}, "cloud": {"provider": "x"}, "zz": 1, "src_endpoint": {"zz": 1},
		"actor": {"process": {"euid": 1}}, "dst_endpoint": [{"ip": "0.0.0.0"}]}`
	report := read(t, []byte(event)).Check(secmodel.Lint())
	got := map[string]any{}
	for _, v := range report.Violations {
		if v.Code == secmodel.CodeUnknown {
			got[v.Pointer] = v.Expected
			if hinted := strings.Contains(v.Message, "metadata.profiles does not name"); hinted != (v.Expected != nil) {
				t.Error(v)
			}
		}
	}
	want := map[string]any{"/cloud": []string{"cloud"}, "/zz": nil, "/src_endpoint/zz": nil, "/actor": []string{"host"}}
	for pointer := range got {
		if _, ok := want[pointer]; !ok {
			delete(got, pointer)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestSuspicionsBundle: what shows only when events stand side by side.
func TestSuspicionsBundle(t *testing.T) {
	const event = `{"class_uid": 4001, "time": %d, "metadata": {"version": "1.8.0", "uid": %q}}`
	text := fmt.Sprintf(`{"start_time": 1777887000, "end_time": 1777886999, "events": [%s, %s, %s, %s]}`,
		fmt.Sprintf(event, 1777887000, "a"), fmt.Sprintf(event, int64(1777887000000), "-"), fmt.Sprintf(event, int64(1777887000000), "-"), fmt.Sprintf(event, int64(1777887000000), "a"))
	want := []string{
		"identifier_repeated /events/3/metadata/uid",
		"placeholder_value /events/1/metadata/uid", "placeholder_value /events/2/metadata/uid",
		"time_unit_suspicious /events/0/time", "time_unit_suspicious /start_time",
	}
	got := suspicious(t, text)
	got = slices.DeleteFunc(got, func(s string) bool { return strings.HasSuffix(s, " /end_time") })
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestSuspicionsLimit: suspicions make room for the errors and warnings of events
// to come.
func TestSuspicionsLimit(t *testing.T) {
	suspect := `{"class_uid": 0, "category_uid": 0, "activity_id": 0, "type_uid": 0, "severity_id": 1, "time": 1777887000,
		"metadata": {"version": "1.8.0", "product": {"name": "-", "vendor_name": "-"}}}`
	text := `{"events": [` + strings.Repeat(suspect+",", 5) + `{"class_uid": 999}]}`
	b := new(ocsf.Bundle)
	if err := json.Unmarshal([]byte(text), b); err != nil {
		t.Fatal(err)
	}
	report := b.Check(secmodel.Lint(), secmodel.MaxViolations(4))
	if !report.Truncated || report.Valid() || len(report.Violations) != 4 || report.Count(secmodel.Suspicion) != 3 {
		t.Errorf("truncated %t: %v", report.Truncated, report.Violations)
	}
	if report := b.Events[0].Check(secmodel.Lint(), secmodel.MaxViolations(2)); !report.Truncated || report.Count(secmodel.Suspicion) != 2 {
		t.Errorf("truncated %t: %v", report.Truncated, report.Violations)
	}
}

// TestSuspicionValues: a suspicion carries the value at its pointer.
func TestSuspicionValues(t *testing.T) {
	checked := 0
	for _, s := range jsontest.Samples(t, ocsf.Format) {
		if len(s.Suspicions) == 0 {
			continue
		}
		var document any
		if err := json.Unmarshal(s.Data, &document); err != nil {
			t.Fatal(err)
		}
		for _, v := range read(t, s.Data).Check(secmodel.Lint()).Violations {
			want, present := at(document, serverPath(v.Pointer))
			checked++
			equalValue(t, s.File+" "+v.Pointer, v.Value, want)
			if !present {
				t.Errorf("%s: nothing stands at %s", s.File, v.Pointer)
			}
		}
	}
	if checked == 0 {
		t.Error("no suspicion was looked at")
	}
	e := read(t, []byte(`{"class_uid": 4001, "metadata": {"version": "1.8.0"}, "src_endpoint": {"ip": "127.0.0.1", "location": {"coordinates": [3.5, -50]}}}`))
	for _, v := range e.Check(secmodel.Lint()).Violations {
		if v.Severity == secmodel.Suspicion {
			equalValue(t, v.Pointer, v.Value, []any{3.5, -50.0})
		}
	}
}

func equalValue(t *testing.T, what string, got, want any) {
	t.Helper()
	a, err := json.Marshal(got)
	b, err2 := json.Marshal(want)
	if err != nil || err2 != nil || jsontest.Equal(a, b, true) != nil {
		t.Errorf("%s: the value is %s, want %s", what, a, b)
	}
}
