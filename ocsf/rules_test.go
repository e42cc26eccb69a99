package ocsf_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/ocsf"
)

// logon is a valid event; changes set and remove members of its root.
func logon(t *testing.T, changes string) []byte {
	t.Helper()
	event := map[string]any{}
	for _, text := range []string{`{
		"class_uid": 3002, "category_uid": 3, "activity_id": 1, "type_uid": 300201, "severity_id": 1, "time": 1767323045000,
		"metadata": {"product": {"name": "sshd", "vendor_name": "x"}, "version": "1.8.0"}, "user": {"name": "jane"}, "service": {"name": "sshd"}}`, changes} {
		var members map[string]any
		d := json.NewDecoder(strings.NewReader(text))
		d.UseNumber()
		if err := d.Decode(&members); err != nil {
			t.Fatalf("%v: %s", err, text)
		}
		for name, value := range members {
			if value == "-" {
				delete(event, name)
			} else {
				event[name] = value
			}
		}
	}
	return marshal(t, event)
}

// metadata is the member with more members within.
func metadata(members string) string {
	return `"metadata":{"product":{"name":"sshd","vendor_name":"x"},` + members + `}`
}

func TestRules(t *testing.T) {
	for _, test := range []struct {
		name, changes string
		opts          []secmodel.Option
		want          []string
	}{
		{"valid", `{}`, nil, nil},

		{"no class", `{"class_uid":"-"}`, nil, []string{"error attribute_required_missing /class_uid"}},
		{"a class of a wrong type", `{"class_uid":"3002"}`, nil, []string{"error attribute_wrong_type /class_uid"}},
		{"an unknown class", `{"class_uid":3999,"nope":1}`, nil, []string{"error class_uid_unknown /class_uid"}},
		{"a class of a later release", `{"class_uid":1008,` + metadata(`"version":"1.0.0"`) + `}`, nil, []string{"error class_uid_unknown /class_uid"}},
		{"another class's category", `{"category_uid":4,"category_name":"Network Activity"}`, nil, []string{"error attribute_enum_value_unknown /category_uid"}},
		{"no category", `{"category_uid":99}`, nil, []string{"error attribute_enum_value_unknown /category_uid"}},

		{"type_uid of another activity", `{"type_uid":300202}`, nil, []string{"error type_uid_incorrect /type_uid"}},
		{"type_uid of no activity", `{"type_uid":300277}`, nil, []string{"error type_uid_incorrect /type_uid", "error attribute_enum_value_unknown /type_uid"}},
		{"an unknown activity", `{"activity_id":77,"type_uid":300277}`, nil, []string{
			"error attribute_enum_value_unknown /activity_id", "error attribute_enum_value_unknown /type_uid"}},
		{"an activity of a later release", `{"activity_id":7,"type_uid":300207,` + metadata(`"version":"1.5.0"`) + `}`, nil, []string{
			"error attribute_enum_value_unknown /activity_id", "error attribute_enum_value_unknown /type_uid"}},
		{"no activity", `{"activity_id":"-"}`, nil, []string{"error attribute_required_missing /activity_id"}},

		{"captions", `{"activity_name":"Logon","category_name":"Identity & Access Management","class_name":"Authentication","severity":"Informational","type_name":"Authentication: Logon"}`, nil, nil},
		{"wrong captions", `{"activity_name":"logon","category_name":"IAM","class_name":"authentication","severity":"Info","type_name":"Logon"}`, nil, []string{
			"warning attribute_enum_sibling_incorrect /activity_name", "warning attribute_enum_sibling_incorrect /category_name",
			"warning attribute_enum_sibling_incorrect /class_name", "warning attribute_enum_sibling_incorrect /severity",
			"warning attribute_enum_sibling_incorrect /type_name"}},
		{"captions of the release", `{"activity_id":4,"activity_name":"Service Ticket","type_uid":300204,"type_name":"Authentication: Service Ticket",` + metadata(`"version":"1.0.0"`) + `,"dst_endpoint":{"name":"x"},"user":{"name":"x","type_id":1}}`, nil, nil},
		{"other with a caption of its own", `{"activity_id":99,"activity_name":"Badge","type_uid":300299,"severity_id":99,"severity":"Low-ish"}`, nil, nil},
		{"other without one", `{"activity_id":99,"activity_name":"Other","type_uid":300299,"type_name":"Authentication: Other"}`, nil,
			[]string{"warning attribute_enum_sibling_suspicious_other /activity_name"}},

		{"a profile's attribute without the profile", `{"cloud":{"provider":"x"}}`, nil, []string{"error attribute_unknown /cloud"}},
		{"a profile without what it requires", `{` + metadata(`"version":"1.8.0","profiles":["cloud"]`) + `}`, nil, []string{"error attribute_required_missing /cloud"}},
		{"a profile", `{"cloud":{"provider":"x"},` + metadata(`"version":"1.8.0","profiles":["host","cloud"]`) + `}`, nil, nil},
		{"a profile of a later release", `{` + metadata(`"version":"1.2.0","profiles":["osint"]`) + `}`, nil, []string{"error profile_unknown /metadata/profiles/0"}},
		{"profiles of which one is no string", `{"cloud":{"provider":"x"},` + metadata(`"version":"1.8.0","profiles":[5,"cloud"]`) + `}`, nil,
			[]string{"error attribute_wrong_type /metadata/profiles/0"}},
		{"an extension's profile without its name", `{` + metadata(`"version":"1.8.0","profiles":["linux_users"]`) + `}`, nil, []string{"error profile_unknown /metadata/profiles/0"}},

		{"a later release", `{` + metadata(`"version":"2.0.0"`) + `}`, nil, []string{"error version_incompatible_later /metadata/version"}},
		{"initial development", `{` + metadata(`"version":"0.9.0"`) + `}`, nil, []string{"error version_incompatible_initial_development /metadata/version"}},
		{"a prerelease", `{` + metadata(`"version":"1.0.0-rc.2"`) + `}`, nil, []string{"error version_incompatible_prerelease /metadata/version"}},
		{"a release that there is not", `{` + metadata(`"version":"1.2.5"`) + `}`, nil, []string{"warning version_earlier /metadata/version"}},
		{"no version number", `{` + metadata(`"version":"v1.8"`) + `}`, nil, []string{"error version_unknown /metadata/version"}},
		{"no version", `{"metadata":{"product":{"name":"x"}}}`, nil, []string{"error attribute_required_missing /metadata/version"}},
		{"judged as an earlier release", `{}`, []secmodel.Option{secmodel.WithVersion("1.7.0")}, []string{"error version_incompatible_later /metadata/version"}},
		{"judged as a later release", `{` + metadata(`"version":"1.7.0"`) + `}`, []secmodel.Option{secmodel.WithVersion("1.8.0")}, []string{"warning version_earlier /metadata/version"}},
		{"judged as a release that there is not", `{}`, []secmodel.Option{secmodel.WithVersion("3")}, []string{"error version_unknown"}},

		{"observables", `{"observables":[{"name":"user.name","type_id":4,"type":"User Name","value":"jane"},{"name":"user","type_id":21},{"name":"time","type_id":0,"value":"1767323045000"},{"type_id":99,"type":"x"}]}`, nil, nil},
		{"observables that disagree", `{"observables":[{"name":"user.name","type_id":2,"value":"jane"},{"name":"user.name","type_id":4,"value":"joe"},{"name":"src_endpoint.ip","type_id":2,"value":"192.0.2.1"}]}`, nil, []string{
			"warning observable_type_id_incorrect /observables/0/type_id", "warning observable_value_not_found /observables/1/value",
			"warning observable_path_not_found /observables/2/name"}},
		{"observables of nothing", `{"observables":[{"name":"user.nick","type_id":0},{"name":"user[].name","type_id":0},{"name":"cloud.provider","type_id":0},{"name":"user.","type_id":0},{"name":"user.groups[x].name","type_id":0}]}`, nil, []string{
			"error observable_name_invalid_reference /observables/0/name", "error observable_name_invalid_reference /observables/1/name",
			"error observable_name_invalid_reference /observables/2/name", "error observable_name_invalid_reference /observables/3/name",
			"error observable_name_invalid_reference /observables/4/name"}},
		{"observables in lists", `{"user":{"name":"jane","groups":[{"name":"a"},{"name":"b"}]},"observables":[{"name":"user.groups[].name","type_id":0,"value":"b"},{"name":"user.groups[1].name","type_id":0,"value":"b"},{"name":"user.groups[0].name","type_id":0,"value":"b"},{"name":"user.groups[2].name","type_id":0},{"name":"user.groups.name","type_id":0,"value":"a"}]}`, nil, []string{
			"warning observable_value_not_found /observables/2/value", "warning observable_path_not_found /observables/3/name"}},

		{"a constraint", `{"service":"-"}`, nil, []string{"error constraint_failed"}},
		{"null", `{"message":null,"user":null}`, nil, []string{"warning attribute_null /message", "error attribute_required_missing /user"}},
		{"an integer literal is a float", `{"src_endpoint":{"ip":"192.0.2.1","location":{"country":"FR","lat":48,"long":2}}}`, nil, nil},
		{"a fraction is no integer", `{"count":1.0}`, nil, []string{"error attribute_wrong_type /count"}},
		{"patterns are warnings", `{"src_endpoint":{"ip":"localhost"}}`, nil, []string{"warning attribute_value_regex_not_matched /src_endpoint/ip"}},
		{"deprecated", `{"user":{"name":"jane","account":{"name":"x"}},"actor":{"process":{"pid":1,"lineage":["a"]}}}`, nil, []string{"warning attribute_deprecated /actor/process/lineage"}},
		{"the order of the attributes", `{"zz":1,"user":{"name":5},"time":"x","activity_id":77}`, nil, []string{
			"error attribute_enum_value_unknown /activity_id", "error attribute_wrong_type /time", "error type_uid_incorrect /type_uid",
			"error attribute_wrong_type /user/name", "error attribute_unknown /zz"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			text := logon(t, test.changes)
			e, err := ocsf.Unmarshal(text)
			if err != nil {
				t.Fatal(err)
			}
			report := e.Check(test.opts...)
			if diff := cmp.Diff(test.want, findings(report)); diff != "" {
				t.Errorf("%s\n(-want +got)\n%s", text, diff)
			}
			if err := e.Validate(test.opts...); (err == nil) != report.Valid() {
				t.Errorf("Validate: %v", err)
			}
		})
	}
}

// TestTyped checks events that were not read, but made.
func TestTyped(t *testing.T) {
	e := ocsf.NewAuthentication(ocsf.AuthenticationActivityIDLogon)
	e.SeverityID, e.Time = new(ocsf.SeverityIDLow), new(ocsf.Timestamp(1))
	e.User, e.Service = &ocsf.User{Name: new("jane")}, &ocsf.Service{Name: new("sshd")}
	e.Metadata.Product = &ocsf.Product{Name: new("sshd")}
	if err := e.Validate(secmodel.Strict()); err != nil {
		t.Fatal(err)
	}
	e.ClassUID = new(ocsf.ClassUID(3001))
	want := []string{"error attribute_enum_value_unknown /class_uid", "error type_uid_incorrect /type_uid"}
	if diff := cmp.Diff(want, findings(e.Check())); diff != "" {
		t.Error(diff)
	}
	e.ClassUID = nil
	if diff := cmp.Diff([]string{"error attribute_required_missing /class_uid"}, findings(e.Check())); diff != "" {
		t.Error(diff)
	}
}

// TestRecommended: the option adds what is recommended, in the release and with
// the profiles of the event.
func TestRecommended(t *testing.T) {
	e, err := ocsf.Unmarshal(logon(t, `{}`))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]bool{}
	for _, v := range e.Check(secmodel.Recommended()).Violations {
		if v.Severity != secmodel.Warning || v.Code != secmodel.CodeRecommendedMissing {
			t.Error(v)
		}
		got[v.Pointer] = true
	}
	for pointer, want := range map[string]bool{
		"/message": true, "/observables": true, "/metadata/log_name": true, "/user/uid": true,
		"/user": false, "/action_id": false /* of a profile */, "/count": false, "/metadata/log_provider": false, /* until 1.6.0 */
	} {
		if got[pointer] != want {
			t.Errorf("%s: reported %v", pointer, got[pointer])
		}
	}
}

// TestMaxViolations: the limit holds for what tables and rules find together.
func TestMaxViolations(t *testing.T) {
	e, err := ocsf.Unmarshal(logon(t, `{"zz":1,"yy":1,"type_uid":1}`))
	if err != nil {
		t.Fatal(err)
	}
	for most, truncated := range map[int]bool{1: true, 3: true, 4: false} {
		if r := e.Check(secmodel.MaxViolations(most)); len(r.Violations) != most || r.Truncated != truncated {
			t.Errorf("%d of at most %d, truncated %v", len(r.Violations), most, r.Truncated)
		}
	}
}
