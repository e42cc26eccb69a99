package ocsf_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/ocsf"
)

// TestConstructor: what follows from class and activity is there, and what the
// caller has to add is what is reported.
func TestConstructor(t *testing.T) {
	e := ocsf.NewAuthentication(ocsf.AuthenticationActivityIDLogoff)
	want := &ocsf.Authentication{
		ActivityID: new(ocsf.AuthenticationActivityIDLogoff), CategoryUID: new(ocsf.CategoryUIDIdentityAccessManagement),
		ClassUID: new(ocsf.ClassUIDAuthentication), TypeUID: new(int64(300202)), Metadata: &ocsf.Metadata{Version: new(ocsf.Latest)},
	}
	if diff := cmp.Diff(want, e); diff != "" {
		t.Error(diff)
	}
	wantMissing := []string{
		"error constraint_failed", "error attribute_required_missing /metadata/product", "error attribute_required_missing /severity_id",
		"error attribute_required_missing /time", "error attribute_required_missing /user",
	}
	if diff := cmp.Diff(wantMissing, findings(e.Check())); diff != "" {
		t.Error(diff)
	}
	if r := ocsf.NewRegistryKeyActivity(ocsf.RegistryKeyActivityActivityIDCreate); *r.TypeUID != 20100101 || *r.CategoryUID != 1 {
		t.Errorf("type_uid %d, category_uid %d", *r.TypeUID, *r.CategoryUID)
	}
	b := ocsf.NewBaseEvent(ocsf.BaseEventActivityIDOther)
	if *b.TypeUID != 99 || *b.ClassUID != 0 || *b.CategoryUID != 0 {
		t.Errorf("base event: %v", findings(b.Check()))
	}
}

// findings lists violations as "severity code pointer".
func findings(r secmodel.Report) []string {
	var list []string
	for _, v := range r.Violations {
		line := v.Severity.String() + " " + v.Code
		if v.Pointer != "" {
			line += " " + v.Pointer
		}
		list = append(list, line)
	}
	return list
}

// TestCommon: every class gives the attributes that every event has.
func TestCommon(t *testing.T) {
	s := mustSchema(t)
	for _, class := range classes(s, s.Newest()) {
		text := marshal(t, newFiller(s, s.Newest(), class).event(class, flat))
		e, err := ocsf.Unmarshal(text)
		if err != nil {
			t.Fatal(err)
		}
		c := e.Common()
		var base ocsf.BaseEvent
		if err := json.Unmarshal(text, &base); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(base.Common(), c); diff != "" {
			t.Errorf("%s: %s", class.Name, diff)
		}
		if c.ClassUID == nil || int64(*c.ClassUID) != class.Class.UID || c.Metadata == nil || c.Time == nil || c.StatusID == nil || c.Unmapped == nil {
			t.Errorf("%s: %+v", class.Name, c)
		}
	}
	if diff := cmp.Diff(ocsf.Common{}, new(ocsf.Authentication).Common()); diff != "" {
		t.Error(diff)
	}
}

func TestUnmarshal(t *testing.T) {
	for _, test := range []struct {
		text string
		want ocsf.Event
	}{
		{`{"class_uid":3002}`, &ocsf.Authentication{ClassUID: new(ocsf.ClassUIDAuthentication)}},
		{`{"time":1,"class_uid":201001}`, &ocsf.RegistryKeyActivity{Time: new(ocsf.Timestamp(1)), ClassUID: new(ocsf.ClassUID(201001))}},
		{`{}`, &ocsf.BaseEvent{}},
		{`{"class_uid":0,"user":{"name":"x"}}`, &ocsf.BaseEvent{ClassUID: new(ocsf.ClassUIDBaseEvent), Extra: map[string]json.RawMessage{"user": json.RawMessage(`{"name":"x"}`)}}},
		{`{"class_uid":9001}`, &ocsf.BaseEvent{ClassUID: new(ocsf.ClassUID(9001))}},
		{`{"class_uid":"3002"}`, &ocsf.BaseEvent{Extra: map[string]json.RawMessage{"class_uid": json.RawMessage(`"3002"`)}}},
		{`{"class_uid":null}`, &ocsf.BaseEvent{Extra: map[string]json.RawMessage{"class_uid": json.RawMessage(`null`)}}},
	} {
		e, err := ocsf.Unmarshal([]byte(test.text))
		if err != nil {
			t.Errorf("%s: %v", test.text, err)
		}
		if diff := cmp.Diff(test.want, e); diff != "" {
			t.Errorf("%s: %s", test.text, diff)
		}
	}
	for _, text := range []string{``, `[]`, `{"class_uid":3002`, `{"class_uid":3002}}`, `{"class_uid":3002,"user":{{}}`} {
		if e, err := ocsf.Unmarshal([]byte(text)); e != nil || !errors.Is(err, secmodel.ErrSyntax) {
			t.Errorf("%s: %v, %v", text, e, err)
		}
	}
	deep := []byte(`{"class_uid":3002,"user":{"org":{}}}`)
	if _, err := ocsf.Unmarshal(deep, secmodel.MaxDepth(2)); !errors.Is(err, secmodel.ErrSyntax) {
		t.Errorf("deeper than the limit: %v", err)
	}
	if _, err := ocsf.Unmarshal(deep, secmodel.MaxDepth(3)); err != nil {
		t.Error(err)
	}
}

// TestShapes: cve.cvss is one object in 1.0.0 and a list since, whichever release
// decides.
func TestShapes(t *testing.T) {
	const one, list = `{"cve":{"cvss":{"base_score":7.5}}}`, `{"cve":{"cvss":[{"base_score":7.5}]}}`
	for _, test := range []struct {
		version, text, as string
		typed             bool
	}{
		{"1.0.0", one, "", true}, {"1.0.0", list, "", false}, {"1.1.0", one, "", false}, {"1.1.0", list, "", true},
		{"1.1.0", one, "1.0.0", true}, {"1.0.0", list, "1.1.0", true},
	} {
		text := `{"class_uid":2001,"metadata":{"version":"` + test.version + `"},"vulnerabilities":[` + test.text + `]}`
		var opts []secmodel.Option
		if test.as != "" {
			opts = append(opts, secmodel.WithVersion(test.as))
		}
		e, err := ocsf.Unmarshal([]byte(text), opts...)
		if err != nil {
			t.Fatal(err)
		}
		cve := e.(*ocsf.SecurityFinding).Vulnerabilities[0].CVE
		if typed := cve.CVSS != nil; typed != test.typed || typed == (cve.Extra["cvss"] != nil) {
			t.Errorf("%s as %q: typed %v", text, test.as, typed)
		}
	}
}

// TestFloat: a number of type float_t is read without fraction, and written with
// one, which the official validator demands.
func TestFloat(t *testing.T) {
	var l ocsf.Location
	if err := json.Unmarshal([]byte(`{"lat":48,"long":2.5}`), &l); err != nil {
		t.Fatal(err)
	}
	out, err := json.Marshal(&l)
	if want := `{"lat":48.0,"long":2.5}`; err != nil || string(out) != want {
		t.Errorf("%s, %v, want %s", out, err, want)
	}
}

func TestTimestamp(t *testing.T) {
	at := time.Date(2026, 1, 2, 3, 4, 5, 678_900_000, time.FixedZone("", 3600))
	stamp := ocsf.NewTimestamp(at)
	if want := ocsf.Timestamp(1767319445678); stamp != want {
		t.Errorf("%d, want %d", stamp, want)
	}
	if got := stamp.Time(); !got.Equal(at.Truncate(time.Millisecond)) || got.Location() != time.UTC {
		t.Error(got)
	}
	if got := ocsf.Timestamp(-1).Time(); !got.Equal(time.Unix(0, -1_000_000)) {
		t.Error(got)
	}
}

func TestVersions(t *testing.T) {
	list := ocsf.Versions()
	if list[0] != "1.0.0" || ocsf.Judge("1.3.0") != "1.3.0" || ocsf.Judge("") != ocsf.Latest || ocsf.Judge("7.5.0") != ocsf.Latest {
		t.Error(list, ocsf.Judge("1.3.0"), ocsf.Judge(""))
	}
	list[0] = "changed"
	if ocsf.Versions()[0] != "1.0.0" {
		t.Error("the list is shared")
	}
}
