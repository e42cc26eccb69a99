package ocsf_test

import (
	"encoding/json"
	"errors"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/ocsf"
)

// made returns a valid event of the class authentication.
func made(at ocsf.Timestamp) *ocsf.Authentication {
	e := ocsf.NewAuthentication(ocsf.AuthenticationActivityIDLogon)
	e.SeverityID, e.Time = new(ocsf.SeverityIDLow), &at
	e.User, e.Service = &ocsf.User{Name: new("jane")}, &ocsf.Service{Name: new("sshd")}
	e.Metadata.Product = &ocsf.Product{Name: new("sshd")}
	return e
}

func TestNewBundle(t *testing.T) {
	b := ocsf.NewBundle(made(20), made(10), made(30))
	if *b.Count != 3 || *b.StartTime != 10 || *b.EndTime != 30 {
		t.Errorf("count %d, times %d to %d", *b.Count, *b.StartTime, *b.EndTime)
	}
	if err := b.Validate(secmodel.Strict()); err != nil {
		t.Error(err)
	}
	if want := (secmodel.Identity{Format: "ocsf", Version: ocsf.Latest, Class: "bundle"}); b.Identity() != want || b.Check().Identity != want {
		t.Errorf("%v, %v", b.Identity(), b.Check().Identity)
	}
	out, err := json.Marshal(b)
	if err != nil {
		t.Fatal(err)
	}
	again := new(ocsf.Bundle)
	if err := json.Unmarshal(out, again); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(b, again); diff != "" {
		t.Error(diff)
	}
	empty := ocsf.NewBundle()
	if empty.StartTime != nil || *empty.Count != 0 {
		t.Error(empty)
	}
	if err := empty.Validate(secmodel.Strict()); err != nil {
		t.Error(err)
	}
}

// TestBundleRoundTrip: nothing is lost, whatever the bundle holds.
func TestBundleRoundTrip(t *testing.T) {
	for _, text := range []string{
		`{}`, `{"events":[]}`, `{"events":null,"count":null}`, `{"events":{}}`, `{"events":[{"class_uid":3002},5,null]}`,
		`{"events":[{"class_uid":9001,"x":[1e400,{"y":null}]}],"count":1,"start_time":1,"start_time_dt":"a\"b","end_time":2,"end_time_dt":"é","zz":[ 1 , 2 ]}`,
		`{"count":1.0,"start_time":"1","start_time_dt":1,"end_time":99999999999999999999,"end_time_dt":{}}`,
		`{"count":1,"count":"2"}`, `{"count":"1","count":2,"events":[],"events":[{}]}`,
	} {
		b := new(ocsf.Bundle)
		if err := json.Unmarshal([]byte(text), b); err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		out, err := b.AppendJSON(nil)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if err := jsontest.Equal([]byte(text), out, true); err != nil {
			t.Errorf("%v\n in: %s\nout: %s", err, text, out)
		}
		if diff := cmp.Diff(b, b.Clone()); diff != "" {
			t.Errorf("%s: the clone differs: %s", text, diff)
		}
	}
	for _, text := range []string{``, `[]`, `{"events":[}`, `{"events":[]} x`} {
		b := &ocsf.Bundle{Count: new(int64(1))}
		if err := b.UnmarshalJSON([]byte(text)); !errors.Is(err, secmodel.ErrSyntax) || b.Count != nil {
			t.Errorf("%s: %v, %v", text, b, err)
		}
	}
}

func TestBundleCheck(t *testing.T) {
	event := string(logon(t, `{}`))
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"valid", `{"events":[` + event + `,` + event + `],"count":2,"start_time":0,"start_time_dt":"2026-01-02T03:04:05Z"}`, nil},
		{"faults in events", `{"events":[` + event + `,` + string(logon(t, `{"time":"x","zz":1}`)) + `]}`, []string{
			"error attribute_wrong_type /events/1/time", "error attribute_unknown /events/1/zz"}},
		{"an element that is no event", `{"events":[` + string(logon(t, `{"zz":1}`)) + `,5]}`, []string{
			"error attribute_unknown /events/0/zz", "error attribute_wrong_type /events/1"}},
		{"no list", `{"events":{}}`, []string{"error attribute_wrong_type /events"}},
		{"no events", `{}`, []string{"error attribute_required_missing /events"}},
		{"null events", `{"events":null}`, []string{"error attribute_required_missing /events"}},
		{"no event", `{"events":[]}`, nil},
		{"unknown member", `{"events":[],"a/b":1}`, []string{"error attribute_unknown /a~1b"}},
		{"wrong types", `{"events":[],"count":"1","start_time":1.5,"end_time_dt":5}`, []string{
			"error attribute_wrong_type /count", "error attribute_wrong_type /end_time_dt", "error attribute_wrong_type /start_time"}},
		{"nulls", `{"events":[],"count":null}`, []string{"warning attribute_null /count"}},
		{"count and times", `{"events":[` + event + `],"count":2,"start_time":1767323045001,"end_time":1767323044999,"end_time_dt":"today"}`, []string{
			"warning bundle_count_incorrect /count", "warning bundle_time_incorrect /start_time", "warning bundle_time_incorrect /end_time",
			"warning attribute_value_regex_not_matched /end_time_dt"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := new(ocsf.Bundle)
			if err := json.Unmarshal([]byte(test.text), b); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, findings(b.Check())); diff != "" {
				t.Errorf("%s\n(-want +got)\n%s", test.text, diff)
			}
		})
	}
	b := ocsf.NewBundle(made(1), nil)
	if diff := cmp.Diff([]string{"error attribute_wrong_type /events/1"}, findings(b.Check())); diff != "" {
		t.Error(diff)
	}
	if r := b.Check(secmodel.WithVersion("1.3.0")); r.Identity.Version != "1.3.0" || r.Count(secmodel.Error) != 3 {
		t.Errorf("%v %v", r.Identity, findings(r))
	}
	many := ocsf.NewBundle(new(ocsf.Authentication), new(ocsf.Authentication))
	if r := many.Check(secmodel.MaxViolations(8)); len(r.Violations) != 8 || !r.Truncated {
		t.Errorf("%d violations, truncated %v", len(r.Violations), r.Truncated)
	}
}

// TestBundleEncodeError: the pointer leads into the bundle.
func TestBundleEncodeError(t *testing.T) {
	wrong := made(1)
	wrong.SrcEndpoint = &ocsf.NetworkEndpoint{Location: &ocsf.Location{Lat: new(math.NaN())}}
	for _, test := range []struct {
		bundle  *ocsf.Bundle
		pointer string
	}{
		{ocsf.NewBundle(made(1), wrong), "/events/1/src_endpoint/location/lat"},
		{ocsf.NewBundle(nil), "/events/0"},
		{&ocsf.Bundle{StartTimeDT: new("\xff")}, "/start_time_dt"},
		{&ocsf.Bundle{Extra: map[string]json.RawMessage{"a/b": json.RawMessage("{")}}, "/a~1b"},
	} {
		out, err := test.bundle.AppendJSON([]byte("x"))
		encode, ok := err.(*secmodel.EncodeError)
		if !ok || encode.Pointer != test.pointer || string(out) != "x" {
			t.Errorf("%s: %v, %s", test.pointer, err, out)
		}
	}
	out, err := (&ocsf.Bundle{Count: new(int64(1)), Extra: map[string]json.RawMessage{"count": json.RawMessage("{")}}).AppendJSON(nil)
	if err != nil || string(out) != `{"count":1}` {
		t.Errorf("a typed attribute does not override Extra: %s, %v", out, err)
	}
}

// TestBundleClone: the copy shares no memory with the bundle.
func TestBundleClone(t *testing.T) {
	b := ocsf.NewBundle(made(1))
	b.Extra = map[string]json.RawMessage{"zz": json.RawMessage(`1`)}
	c := b.Clone()
	*c.Count, *c.StartTime, *c.Events[0].(*ocsf.Authentication).User.Name, c.Extra["zz"][0] = 7, 7, "joe", '7'
	if *b.Count != 1 || *b.StartTime != 1 || *b.Events[0].(*ocsf.Authentication).User.Name != "jane" || string(b.Extra["zz"]) != "1" {
		t.Error("the clone shares memory")
	}
	if (*ocsf.Bundle)(nil).Clone() != nil {
		t.Error("the clone of nil is not nil")
	}
}
