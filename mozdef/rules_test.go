package mozdef_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/mozdef"
)

// whole is an event without violations, but for its closing brace.
const whole = `{"category":"event","details":{},"hostname":"h","processid":1,"processname":"p","severity":"INFO",` +
	`"source":"s","summary":"x","tags":[],"timestamp":"2026-03-09T08:14:55Z"`

// TestRules adds a member to an event that is whole, or replaces it if it
// begins with "{". Warnings are written with a leading "?".
func TestRules(t *testing.T) {
	tests := []struct {
		name, class, json string
		want              []string
	}{
		{"whole", "event", ``, nil},
		{"duplicate names: the last counts", "event", `"tags":null`, []string{"attribute_wrong_type /tags"}},

		{"aliases supply what is missing", "event", `{"message":"x","host":"h","pid":1,"program":"p","level":"info","type":"t","source":"s","date":"2026-03-09T08:14:55Z","TAGS":["a"],"fields":{}}`,
			[]string{"?attribute_alias /type", "?attribute_alias /TAGS", "?attribute_alias /date", "?attribute_alias /fields", "?attribute_alias /host",
				"?attribute_alias /level", "?attribute_alias /message", "?attribute_alias /pid", "?attribute_alias /program"}},
		{"payload is the summary if there is none", "event", `{"payload":"x","category":"event","details":{},"hostname":"h","processid":1,"processname":"p","severity":"INFO","source":"s","tags":[],"timestamp":"2026-03-09T08:14:55Z"}`,
			[]string{"?attribute_alias /payload"}},
		{"payload beside a summary goes to details", "event", `"payload":"y"`, []string{"?attribute_alias /payload"}},
		{"facility is the source too", "event", `{"facility":"daemon","category":"event","details":{},"hostname":"h","processid":1,"processname":"p","severity":"INFO","summary":"x","tags":[],"timestamp":"2026-03-09T08:14:55Z"}`,
			[]string{"?attribute_alias /facility"}},
		{"utctimestamp stands for timestamp", "event", `{"category":"event","details":{},"hostname":"h","processid":1,"processname":"p","severity":"INFO","source":"s","summary":"x","tags":[],"utctimestamp":"2026-03-09T08:14:55Z"}`, nil},
		{"the at sign is dropped wherever it is", "event", `"ho@st":"h"`, []string{"?attribute_alias /ho@st"}},
		{"a pointer is escaped", "event", `"details.a/b~c":"h"`, []string{"?attribute_alias /details.a~1b~0c"}},
		{"a part of the word tags is no alias", "event", `"tag":5`, []string{"?attribute_unknown /tag"}},
		{"a bad time in an alias", "event", `"date":"not a date"`, []string{"timestamp_unreadable /date"}},
		{"a guessed time in an alias", "event", `"date":"Mar  9 08:14:55"`, []string{"?timestamp_not_rfc3339 /date", "?attribute_alias /date"}},
		{"null in an alias of tags", "event", `"@tags":null`, []string{"attribute_wrong_type /@tags"}},
		{"an object in an alias of tags", "event", `"@tags":{"a":1}`, []string{"?attribute_alias /@tags"}},
		{"a number by name", "event", `"fields.n_int":"12","fields.f_float":"1e3","fields.m_int":1.5,"details.s_int":" -7 "`,
			[]string{"?attribute_alias /details.s_int", "?attribute_alias /fields.f_float", "?attribute_alias /fields.m_int", "?attribute_alias /fields.n_int"}},
		{"not the number of the name", "event", `"fields.n_int":"1.5","fields.o_int":null,"fields.f_float":[1],"fields.g_float":""`,
			[]string{"attribute_wrong_type /fields.f_float", "attribute_wrong_type /fields.g_float", "attribute_wrong_type /fields.n_int", "attribute_wrong_type /fields.o_int"}},
		{"Windows events of nxlog", "event", `"Domain":"D","SourceModuleType":"im_msvistalog"`,
			[]string{"?details_lost ", "?attribute_unknown /Domain", "?attribute_unknown /SourceModuleType"}},

		{"what the server sets", "event", `"errors":["x"],"mozdef":{"plugins":[]},"eventsource":"nsm","receivedtimestamp":5,"mozdefhostname":null`,
			[]string{"?attribute_read_only /receivedtimestamp", "?attribute_read_only /mozdefhostname", "?attribute_read_only /eventsource",
				"?attribute_read_only /mozdef", "?attribute_read_only /errors"}},
		{"text is what the server stores", "event", `"hostname":null,"processname":5,"severity":4,"category":true`,
			[]string{"?attribute_wrong_type /category", "?attribute_wrong_type /hostname", "?attribute_wrong_type /processname", "?attribute_wrong_type /severity"}},
		{"a number as summary is sent", "event", `"summary":0`, []string{"?attribute_wrong_type /summary"}},
		{"an object as source", "event", `"source":{"a":1}`, []string{"attribute_wrong_type /source"}},
		{"a list as source", "event", `"source":["a"]`, []string{"?attribute_wrong_type /source"}},
		{"a tag that is no string", "event", `"tags":["a",5]`, []string{"?attribute_wrong_type /tags/1"}},
		{"an empty category", "event", `"category":""`, []string{"?attribute_value_below_min_len /category"}},
		{"the category of compliance items", "event", `"category":"complianceitems"`, []string{"category_mismatch /category"}},
		{"the category of asset hints", "event", `"category":"asset_hint"`, []string{"?category_mismatch /category"}},
		{"the category of RRAs", "event", `"category":"rra_data"`, []string{"?category_mismatch /category"}},

		{"addresses", "event", `"details":{"sourceipaddress":"-","destinationipaddress":"::ffff:192.0.2.1"}`,
			[]string{"?ip_address_replaced /details/destinationipaddress", "?ip_address_replaced /details/sourceipaddress"}},
		{"a null address", "event", `"details":{"sourceipaddress":null}`, []string{"?attribute_wrong_type /details/sourceipaddress"}},
		{"ports", "event", `"details":{"sourceport":"65536","destinationport":-1}`,
			[]string{"?attribute_value_exceeds_range /details/destinationport", "?attribute_value_exceeds_range /details/sourceport"}},
		{"a service name as port", "event", `"details":{"sourceport":"https"}`, nil},
		{"success in quotes", "event", `"details":{"success":"true"}`, []string{"?attribute_wrong_type /details/success"}},
		{"success of Python", "event", `"details":{"success":"True"}`, []string{"attribute_wrong_type /details/success"}},
		{"error in quotes", "event", `"details":{"error":"True"}`, []string{"?attribute_wrong_type /details/error"}},
		{"other details are free", "event", `"details":{"anything":null,"Mixed.Case":[1]}`, nil},

		{"the category of another class", "compliance", `"details":{"target":"t","compliance":true,"link":"l","utctimestamp":"yesterday 8:00","policy":{"level":"l","name":"n","url":"u"},"check":{"ref":"r","description":"d","location":"l","name":"n","test":{"type":"t","value":"v"}}}`,
			[]string{"attribute_enum_value_unknown /category", "?timestamp_not_rfc3339 /details/utctimestamp"}},
		{"null is present, unless it is put into an identifier", "compliance", `"category":"complianceitems","details":{"target":null,"compliance":null,"link":null,"utctimestamp":null,"policy":{"level":null,"name":null,"url":null},"check":{"ref":null,"description":null,"location":null,"name":null,"test":{"type":null,"value":"v"}}}`,
			[]string{"?attribute_wrong_type /details/policy/level", "?attribute_wrong_type /details/policy/name", "?attribute_wrong_type /details/policy/url",
				"?attribute_wrong_type /details/check/test/type", "?attribute_wrong_type /details/check/description", "?attribute_wrong_type /details/check/location",
				"?attribute_wrong_type /details/check/name", "attribute_wrong_type /details/check/ref", "?attribute_wrong_type /details/compliance",
				"?attribute_wrong_type /details/link", "attribute_wrong_type /details/target", "?attribute_wrong_type /details/utctimestamp"}},

		{"version 2 read as 1", "vulnerability", `{"version":2,"utctimestamp":"2026-03-09T08:14:55Z","description":"d","sourcename":"s","asset":{"assetid":1,"ipv4address":"a","hostname":"h","macaddress":""},"vuln":{"status":"s","vulnid":"v","title":"t","discovery_time":1,"age_days":1,"known_malware":false,"known_exploits":false,"cvss":1,"cves":[]}}`,
			[]string{"vulnerability_version_unknown /version"}},
		{"a number in version 2", "vulnerability_v2", `{"version":2.5,"utctimestamp":"2026-03-09T08:14:55Z","description":"d","sourcename":"s","zone":"z","asset":{"hostname":"h","ipaddress":"a"}}`,
			[]string{"?attribute_wrong_type /version"}},
		{"version 3", "vulnerability_v2", `{"version":3,"utctimestamp":"2026-03-09","description":"d","sourcename":"s","zone":"z","asset":{"hostname":"h","ipaddress":"a"}}`,
			[]string{"?timestamp_not_rfc3339 /utctimestamp", "vulnerability_version_unknown /version"}},
		{"no version", "vulnerability_v2", `{"utctimestamp":"2026-03-09T08:14:55Z","description":"d","sourcename":"s","zone":null,"asset":{"hostname":"h","ipaddress":"a"}}`,
			[]string{"attribute_required_missing /version", "?attribute_wrong_type /zone"}},

		{"dates that the index takes", "alert", `{"utctimestamp":"2026-03-09","severity":"NOTICE","summary":"s","category":"c","tags":[],"events":[{}]}`,
			[]string{"?attribute_required_missing /events/0/documentindex", "?attribute_required_missing /events/0/documentsource", "?attribute_required_missing /events/0/documentid"}},
		{"an IPv6 address in an alert", "alert", `{"utctimestamp":"2026-03-09T08:14","severity":"NOTICE","summary":"s","category":"c","tags":[],"events":[],"details":{"sourceipaddress":"::1"}}`, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := tt.json
			switch {
			case text == "":
				text = whole + "}"
			case text[0] != '{':
				text = whole + "," + text + "}"
			}
			m := decode(t, tt.class, []byte(text))
			var got []string
			for _, v := range m.Check().Violations {
				mark := ""
				if v.Severity == secmodel.Warning {
					mark = "?"
				}
				got = append(got, mark+v.Code+" "+v.Pointer)
				if v.Message == "" {
					t.Errorf("%s says nothing", v.Code)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("violations (-want +got):\n%s", diff)
			}
		})
	}
}

// TestTypedFieldsWin checks that a member of Extra that is not written has no
// violation either.
func TestTypedFieldsWin(t *testing.T) {
	var event mozdef.Event
	if err := json.Unmarshal([]byte(whole+"}"), &event); err != nil {
		t.Fatal(err)
	}
	event.UTCTimestamp, event.Details.Success = event.Timestamp, new(true)
	event.Extra = map[string]json.RawMessage{}
	for _, name := range []string{"summary", "source", "tags", "timestamp", "utctimestamp"} {
		event.Extra[name] = json.RawMessage("null")
	}
	event.Details.Extra = map[string]json.RawMessage{"success": json.RawMessage("5")}
	if report := event.Check(); len(report.Violations) > 0 {
		t.Errorf("%v", report.Violations)
	}
}

// TestBrokenExtra checks that raw members that are no JSON do no harm.
func TestBrokenExtra(t *testing.T) {
	for _, raw := range []json.RawMessage{nil, {}, json.RawMessage(" "), json.RawMessage("{"), json.RawMessage(`"`), json.RawMessage("-"), json.RawMessage(" null ")} {
		extra := map[string]json.RawMessage{}
		for _, name := range []string{"summary", "source", "tags", "timestamp", "date", "@tags", "fields.a_int", "version", "success", "errors", "type"} {
			extra[name] = raw
		}
		for _, m := range []secmodel.Message{
			&mozdef.Event{Extra: extra, Details: &mozdef.Details{Extra: extra}}, &mozdef.Compliance{Extra: extra},
			&mozdef.Vulnerability{Extra: extra}, &mozdef.VulnerabilityV2{Extra: extra}, &mozdef.Alert{Extra: extra},
		} {
			if len(m.Check().Violations) == 0 {
				t.Errorf("%T with %q has no violation", m, raw)
			}
		}
	}
}

func TestUnknownVersion(t *testing.T) {
	var event mozdef.Event
	if err := json.Unmarshal([]byte(whole+"}"), &event); err != nil {
		t.Fatal(err)
	}
	report := event.Check(secmodel.WithVersion("2"))
	if got := jsontest.Places(report, secmodel.Error); len(got) != 1 || got[0] != "version_unknown " {
		t.Errorf("errors are %q", got)
	}
	if report.Identity.Version != mozdef.Version {
		t.Errorf("judged by %q", report.Identity.Version)
	}
	if report := event.Check(secmodel.WithVersion(mozdef.Version)); len(report.Violations) > 0 {
		t.Errorf("%v", report.Violations)
	}
}

// TestMaxViolations checks that errors are listed however many warnings there
// are.
func TestMaxViolations(t *testing.T) {
	var text strings.Builder
	text.WriteString(whole)
	for i := range 50 {
		fmt.Fprintf(&text, `,"unknown%d":1`, i)
	}
	text.WriteString(`,"tags":null,"timestamp":""}`)
	m := decode(t, mozdef.ClassEvent, []byte(text.String()))
	for _, most := range []int{1, 2, 5, 51, 52} {
		report := m.Check(secmodel.MaxViolations(most))
		if len(report.Violations) != most || report.Truncated != (most < 52) {
			t.Errorf("at most %d: %d violations, truncated %t", most, len(report.Violations), report.Truncated)
		}
		if got := report.Count(secmodel.Error); got != min(most, 2) {
			t.Errorf("at most %d: %d errors", most, got)
		}
	}
}

// FuzzCheck checks any document as every class: no panic, and what is written
// has the same violations as what was read.
func FuzzCheck(f *testing.F) {
	f.Add([]byte(whole + "}"))
	f.Add([]byte(`{"timestamp":-5,"tags":{},"source":{},"summary":null,"@date":"2026-13-13T25:00:00","fields.a_int":"x","version":2}`))
	f.Add([]byte(`{"category":"complianceitems","details":{"success":[],"sourceipaddress":"x","sourceport":"-1"},"events":[{"documentid":1},5]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, class := range classes {
			m := mozdef.New(class)
			if json.Unmarshal(data, m) != nil {
				return
			}
			written, err := m.AppendJSON(nil)
			if err != nil {
				t.Fatal(err)
			}
			again := mozdef.New(class)
			if err := json.Unmarshal(written, again); err != nil {
				t.Fatalf("%v in %s", err, written)
			}
			if diff := cmp.Diff(m.Check(), again.Check()); diff != "" {
				t.Errorf("%s: checked again (-read +written):\n%s", class, diff)
			}
		}
	})
}
