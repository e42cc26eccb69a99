package ocsf_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/ocsf"
)

func parseBundle(t testing.TB, text string) *ocsf.Bundle {
	t.Helper()
	b := new(ocsf.Bundle)
	if err := json.Unmarshal([]byte(text), b); err != nil {
		t.Fatal(err)
	}
	return b
}

func appendBundle(t testing.TB, b *ocsf.Bundle) []byte {
	t.Helper()
	text, err := b.AppendJSON(nil)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// entries gives each entry of a report as code and pointers.
func entries(r secmodel.ConversionReport) (list []string) {
	for _, c := range r.Entries {
		list = append(list, strings.TrimSpace(c.Code+" "+c.Pointer+" "+c.Target))
	}
	return list
}

// TestBundleForVersion: events are converted, where they stand and as by
// themselves; all else stays; Restore gives the bundle back.
func TestBundleForVersion(t *testing.T) {
	plain := string(logon(t, `{}`))
	newer := string(logon(t, `{"account_switch_type":"x","activity_id":6,"type_uid":300206}`))
	for _, test := range []struct {
		name, text string
		events     []string // versions of those that are objects
		changes    []string
	}{
		{"events", `{"events":[` + plain + `,` + newer + `],"count":2,"start_time":0,"zz":null}`, []string{"1.1.0", "1.1.0"}, []string{
			"carried /events/1/account_switch_type", "approximated /events/1/activity_id /events/1/activity_id", "approximated /events/1/type_uid /events/1/type_uid"}},
		{"elements that are no events", `{"events":[5,` + newer + `,null,{}]}`, []string{"1.1.0", "1.1.0"}, nil},
		{"no event", `{"events":[],"count":0}`, nil, nil},
		{"no list", `{"events":{},"count":"1"}`, nil, nil},
		{"nothing", `{}`, nil, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := parseBundle(t, test.text)
			out, report, err := b.ForVersion("1.1.0")
			if err != nil {
				t.Fatal(err)
			}
			if now := appendBundle(t, b); jsontest.Equal([]byte(test.text), now, false) != nil {
				t.Errorf("the bundle was changed: %s", now)
			}
			if report.To.Version != "1.1.0" || report.To.Class != ocsf.ClassBundle || !report.Lossless || report.Entries == nil {
				t.Errorf("%+v", report)
			}
			if test.changes != nil {
				if diff := cmp.Diff(test.changes, entries(report)); diff != "" {
					t.Error(diff)
				}
			}
			var events []json.RawMessage
			var shell struct{ Events json.RawMessage }
			if err := json.Unmarshal(appendBundle(t, out), &shell); err != nil {
				t.Fatal(err)
			}
			_ = json.Unmarshal(shell.Events, &events) // not always a list
			var got []string
			for _, text := range events {
				if e, err := ocsf.Unmarshal(text); err == nil {
					got = append(got, e.Identity().Version)
				}
			}
			if diff := cmp.Diff(test.events, got); diff != "" {
				t.Error(diff)
			}
			back, report, err := out.Restore()
			if err != nil || !report.Lossless {
				t.Fatalf("%v %v", report.Entries, err)
			}
			if err := jsontest.Equal([]byte(test.text), appendBundle(t, back), false); err != nil {
				t.Errorf("%v\n%s", err, appendBundle(t, back))
			}
		})
	}
}

// TestBundleRestoreEdited: what was edited is reported, with its place in the
// bundle.
func TestBundleRestoreEdited(t *testing.T) {
	b := ocsf.NewBundle(made(1), made(2))
	b.Events[1].(*ocsf.Authentication).AccountSwitchType = new("x")
	out, _, err := b.ForVersion("1.1.0")
	if err != nil {
		t.Fatal(err)
	}
	out.Events[1].(*ocsf.Authentication).AccountSwitchType = new("mine")
	_, report, err := out.Restore()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"residue_superseded /events/1/account_switch_type"}, entries(report)); diff != "" || report.Lossless {
		t.Errorf("lossless is %v\n%s", report.Lossless, diff)
	}
}

func TestBundleForVersionErrors(t *testing.T) {
	if out, _, err := new(ocsf.Bundle).ForVersion("2.0.0"); out != nil || !errors.Is(err, secmodel.ErrVersion) {
		t.Errorf("%v, %v", out, err)
	}
	for pointer, b := range map[string]*ocsf.Bundle{
		"/events/1":         ocsf.NewBundle(made(1), nil),
		"/events/1/message": ocsf.NewBundle(made(1), &ocsf.Authentication{Message: new("\xff")}),
	} {
		for name, f := range map[string]func() (*ocsf.Bundle, secmodel.ConversionReport, error){
			"ForVersion": func() (*ocsf.Bundle, secmodel.ConversionReport, error) { return b.ForVersion("1.1.0") }, "Restore": b.Restore,
		} {
			out, _, err := f()
			encode, ok := err.(*secmodel.EncodeError)
			if out != nil || !ok || encode.Pointer != pointer {
				t.Errorf("%s: %v, %v, want the pointer %s", name, out, err, pointer)
			}
		}
	}
}

func ExampleBundle_ForVersion() {
	event := ocsf.NewAuthentication(ocsf.AuthenticationActivityIDLogon)
	event.AccountSwitchType = new("Substitute User")
	old, report, err := ocsf.NewBundle(event).ForVersion("1.1.0")
	fmt.Println(old.Events[0].Identity(), err)
	for _, c := range report.Entries {
		if c.Code == secmodel.ChangeCarried {
			fmt.Println(c)
		}
	}
	again, _, err := old.Restore()
	fmt.Println(*again.Events[0].(*ocsf.Authentication).AccountSwitchType, err)
	// Output:
	// ocsf 1.1.0 authentication <nil>
	// carried /events/0/account_switch_type: the target has no place for it
	// Substitute User <nil>
}
