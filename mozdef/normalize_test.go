package mozdef_test

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/mozdef"
)

var received = time.Date(2026, 11, 20, 12, 0, 0, 250e6, time.UTC)

// stored is the event that the server makes of an empty object. Tests name the
// members that differ.
func stored(t *testing.T, differences string) []byte {
	t.Helper()
	const now = "2026-11-20T12:00:00.250000+00:00"
	event := map[string]any{
		"category": "UNKNOWN", "details": map[string]any{}, "hostname": "UNKNOWN", "processid": "UNKNOWN", "processname": "UNKNOWN",
		"severity": "UNKNOWN", "source": "UNKNOWN", "summary": "UNKNOWN", "tags": []any{}, "type": "event",
		"timestamp": now, "utctimestamp": now, "receivedtimestamp": now, "mozdef": map[string]any{"plugins": []any{}},
	}
	if err := json.Unmarshal([]byte(differences), &event); err != nil {
		t.Fatal(err)
	}
	if event["type"] == nil {
		delete(event, "type")
	}
	text, err := json.Marshal(event)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func checkNormalize(t *testing.T, sent, want string, opts ...mozdef.NormalizeOption) {
	t.Helper()
	event, _, err := mozdef.Normalize([]byte(sent), append(opts, mozdef.WithReceived(received))...)
	if err != nil {
		t.Errorf("%s: %v", sent, err)
		return
	}
	got, err := event.AppendJSON(nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := jsontest.Equal(got, stored(t, want), true); err != nil {
		t.Errorf("%s: %v\n got %s\nwant %s", sent, err, got, stored(t, want))
	}
}

// TestNormalize has what tests of the server test of its key mapping, and more.
func TestNormalize(t *testing.T) {
	for _, tt := range []struct{ name, sent, want string }{
		{"nothing", `{}`, `{}`},
		{"documented names", `{"category":"a","details":{"b":1},"hostname":"c","processid":2,"processname":"d","severity":"e","source":"f","summary":"g","tags":["h"],"timestamp":"2026-03-09T08:14:55+01:00"}`,
			`{"category":"a","details":{"b":1},"hostname":"c","processid":"2","processname":"d","severity":"E","source":"f","summary":"g","tags":["h"],"timestamp":"2026-03-09T07:14:55+00:00","utctimestamp":"2026-03-09T07:14:55+00:00"}`},
		{"syslog-ng", `{"CATEGORY":"syslog","DATE":"Mar  9 08:14:55","FACILITY":"auth","HOST":"relay1","HOST_FROM":"192.0.2.1","MESSAGE":"session opened","PID":"31","PRIORITY":"notice","PROGRAM":"login","SEQNUM":"9","SOURCE":"s_net","SOURCEIP":"192.0.2.1","TAGS":".source.s_net"}`,
			`{"category":"syslog","timestamp":"2026-03-09T08:14:55+00:00","utctimestamp":"2026-03-09T08:14:55+00:00","facility":"auth","source":"s_net","hostname":"relay1","summary":"session opened","processid":"31","severity":"NOTICE","processname":"login","tags":[".source.s_net"],"details":{"eventsourceipaddress":"192.0.2.1"}}`},
		{"logstash", `{"@timestamp":"2026-03-09T08:14:55Z","@message":"m","@source_host":"h","@type":"t","@tags":["x"],"@fields":{"Y":1},"@source_path":"/p"}`,
			`{"timestamp":"2026-03-09T08:14:55+00:00","utctimestamp":"2026-03-09T08:14:55+00:00","summary":"m","hostname":"h","category":"t","tags":["x"],"details":{"Y":1}}`},
		{"heka", `{"Payload":"p","Logger":"l","Pid":5,"Severity":6,"Fields.A_b":null,"fields.n_int":"3","details.x_float":"1","Hostname":"h","Type":"t"}`,
			`{"summary":"p","eventsource":"l","processid":"5","severity":"6","details":{"a_b":"None","n_int":3,"x_float":1.0},"hostname":"h","category":"t"}`},
		{"other names", `{"eventtype":"t","sourcename":"s","pname":"p","level":"l","syslogseverity":"y","path":"a","file":"b","syslogfacility":"f","eventtime":1773044095}`,
			`{"category":"t","processname":"p","severity":"Y","eventsource":"b","facility":"f","timestamp":"2026-03-09T08:14:55+00:00","utctimestamp":"2026-03-09T08:14:55+00:00"}`},
		{"the last counts", `{"summary":"a","message":"b","source":"c","facility":"d","severity":"e","severityvalue":4,"category":"f","type":"g","timestamp":"2026-03-09","date":"2026-03-10"}`,
			`{"summary":"b","source":"d","facility":"d","severity":"4","category":"g","timestamp":"2026-03-10T00:00:00+00:00","utctimestamp":"2026-03-10T00:00:00+00:00"}`},
		{"of duplicate names the last value at the first place", `{"message":"a","summary":"b","message":"c"}`, `{"summary":"b"}`},
		{"payload beside a summary", `{"payload":5,"summary":"s"}`, `{"summary":"s","details":{"payload":"5"}}`},
		{"payload beside another spelling of it", `{"Summary":"s","payload":"p"}`, `{"summary":"p"}`},
		{"text of anything", `{"summary":null,"hostname":true,"processname":{"a":[1.0]},"severity":"straße","category":["x"],"processid":1e2}`,
			`{"summary":"None","hostname":"True","processname":"{'a': [1.0]}","severity":"STRASSE","category":"['x']","processid":"100.0"}`},
		{"a source as it is", `{"source":null}`, `{"source":null}`},
		{"tags add up", `{"tags":["a",1],"TAGS":"b","@tags":["c"],"t@ags":{"d":1}}`, `{"tags":["a",1,"b","c",{"d":1}]}`},
		{"empty tags", `{"tags":"","TAGS":{},"@tags":[]}`, `{}`},
		{"details that are none", `{"details":"text"}`, `{"details":{"message":"text"}}`},
		{"details that are null", `{"fields":null}`, `{"details":{"message":null}}`},
		{"details merge", `{"details":{"a":1,"B":2},"fields":{"a":3},"details.b":4,"fields.details.c":"x","details.sub.d":"y"}`,
			`{"details":{"a":3,"B":2,"b":"4","c":"x","sub.d":"y"}}`},
		{"what the server drops", `{"foo":1,"version":2,"eventsource":"e","receivedtimestamp":"2020-01-01","mozdefhostname":"m","errors":["x"],"mozdef":{},"endpoint":"x","customendpoint":false}`, `{}`},
		{"an address of the sender as it is", `{"sourceip":5}`, `{"details":{"eventsourceipaddress":5}}`},
		{"but not by its own name", `{"details.eventsourceipaddress":5}`, `{"details":{"eventsourceipaddress":"5"}}`},
		{"no parts of words", `{"a":"x","tag":null,"s":5,"p":1,"pay":2,"":3}`, `{}`},
		{"nxlog", `{"Domain":"D","SourceModuleType":"im","SeverityValue":2,"details":{"x":1}}`,
			`{"severity":"2","details":{"domain":"D","sourcemoduletype":"im","severityvalue":2,"x":1}}`},
		{"an asset hint", `{"category":"asset_hint","summary":"s","details":{}}`, `{"category":"asset_hint","summary":"s"}`},
		{"escapes", `{"summary":"<\u00e9\n\">","details":{"\"k\"":"<&>"}}`, `{"summary":"<é\n\">","details":{"\"k\"":"<&>"}}`},
	} {
		t.Run(tt.name, func(t *testing.T) { checkNormalize(t, tt.sent, tt.want) })
	}
}

func TestNormalizeOptions(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	custom := mozdef.WithEndpoint("rra")
	ips := mozdef.WithIPFixup()
	const fixed = `"mozdef":{"plugins":["ipFixup"]}`
	for _, tt := range []struct {
		name, sent, want string
		option           mozdef.NormalizeOption
	}{
		{"a zone", `{"timestamp":"2026-03-09 08:14"}`, `{"timestamp":"2026-03-09T07:14:00+00:00","utctimestamp":"2026-03-09T07:14:00+00:00"}`, mozdef.WithZone(berlin)},
		{"no zone", `{"timestamp":"2026-03-09"}`, `{"timestamp":"2026-03-09T00:00:00+00:00","utctimestamp":"2026-03-09T00:00:00+00:00"}`, mozdef.WithZone(nil)},
		{"a host", `{}`, `{"mozdefhostname":"worker1"}`, mozdef.WithServer("worker1")},

		{"an endpoint", `{"service":"x","tags":null,"lastmodified":5,"summary":"s"}`,
			`{"service":"x","tags":null,"lastmodified":5,"summary":"s","type":"rra","endpoint":"rra","customendpoint":true,"mozdef":{"plugins":["customDocType"]}}`, custom},
		{"an endpoint, details that are none", `{"details":5}`, `{"details":5,"type":"rra","endpoint":"rra","customendpoint":true,"mozdef":{"plugins":["customDocType"]}}`, custom},
		{"an endpoint claimed", `{"customendpoint":1,"host":"h"}`, `{"customendpoint":1,"host":"h","type":"events","endpoint":"events","mozdef":{"plugins":["customDocType"]}}`, ips},
		{"a vulnerability", `{"version":"2","utctimestamp":"x","description":"d","asset":{"hostname":"h","ipaddress":"192.0.2.1"},"sourcename":"s","zone":"z"}`,
			`{"version":"2","utctimestamp":"x","description":"d","asset":{"hostname":"h","ipaddress":"192.0.2.1"},"sourcename":"s","zone":"z","type":"vulnerability_state","endpoint":"vulnerability","customendpoint":true,"mozdef":{"plugins":["customDocType","vulnerability"]}}`,
			mozdef.WithEndpoint("vulnerability")},

		{"no address", `{"details":{"x":"192.0.2.1"}}`, `{"details":{"x":"192.0.2.1"}}`, ips},
		{"IPv4", `{"details":{"sourceipaddress":"192.0.2.1","destinationipaddress":"192.0.2.2"}}`,
			`{"details":{"sourceipaddress":"192.0.2.1","sourceipv4address":"192.0.2.1","destinationipaddress":"192.0.2.2","destinationipv4address":"192.0.2.2"},` + fixed + `}`, ips},
		{"IPv6", `{"details":{"sourceipaddress":"2001:db8::1","destinationipaddress":"2001:db8::2"}}`,
			`{"details":{"sourceipaddress":"0.0.0.0","sourceipv6address":"2001:db8::1","destinationipaddress":"0.0.0.0","destinationipv6address":"2001:db8::2"},
			"errors":["plugin: ipFixUp.py error: sourceipaddress is ipv6, moved","plugin: ipFixUp.py error: destinationipaddress is ipv6, moved"],` + fixed + `}`, ips},
		{"beside errors of the sender", `{"customendpoint":true,"errors":["e"],"details":{"sourceipaddress":"::1"}}`,
			`{"customendpoint":true,"endpoint":"events","type":"events","errors":["e","plugin: ipFixUp.py error: sourceipaddress is ipv6, moved"],"details":{"sourceipaddress":"0.0.0.0","sourceipv6address":"::1"},"mozdef":{"plugins":["customDocType","ipFixup"]}}`, ips},
		{"beside errors that are no list", `{"customendpoint":[0],"errors":"e","details":{"sourceipaddress":"::1"}}`,
			`{"customendpoint":[0],"endpoint":"events","type":"events","errors":"e","details":{"sourceipaddress":"0.0.0.0","sourceipv6address":"::1"},"mozdef":{"plugins":["customDocType","ipFixup"]}}`, ips},
		{"no IP", `{"details":{"sourceipaddress":"host1","destinationipaddress":5}}`,
			`{"details":{"sourceipaddress":null,"source":"host1","destinationipaddress":null,"destination":5},` + fixed + `}`, ips},
		{"other names of addresses", `{"details":{"src":"192.0.2.1","dst":"2001:db8::2","sourceipaddress":"192.0.2.9"}}`,
			`{"details":{"src":"192.0.2.1","dst":"2001:db8::2","sourceipaddress":"192.0.2.1","sourceipv4address":"192.0.2.1","destinationipv6address":"2001:db8::2"},` + fixed + `}`, ips},
		{"srcip, dstip and cluster_client_ip", `{"details":{"srcip":"x","dstip":"192.0.2.3","cluster_client_ip":"192.0.2.4"}}`,
			`{"details":{"srcip":"x","dstip":"192.0.2.3","destinationipaddress":"192.0.2.3","destinationipv4address":"192.0.2.3","cluster_client_ip":"192.0.2.4","sourceipaddress":"192.0.2.4"},` + fixed + `}`, ips},
		{"a forwarded address", `{"details":{"http_x_forwarded_for":"192.0.2.5, 192.0.2.6"}}`,
			`{"details":{"http_x_forwarded_for":"192.0.2.5, 192.0.2.6","sourceipaddress":"192.0.2.5","sourceipv4address":"192.0.2.5"},` + fixed + `}`, ips},
		{"a forwarded address does not replace", `{"details":{"http_x_forwarded_for":"2001:db8::5","sourceipaddress":"192.0.2.1"}}`,
			`{"details":{"http_x_forwarded_for":"2001:db8::5","sourceipv6address":"2001:db8::5","sourceipaddress":"192.0.2.1","sourceipv4address":"192.0.2.1"},` + fixed + `}`, ips},

		{"SQS", `{"tags":["a"],"facility":7,"level":"info","priority":"x","program":"y","date":"z","sourceip":"s","host":"h"}`,
			`{"tags":["a","q"],"source":"7","hostname":"h","severity":"INFO"}`, mozdef.WithSQS("q")},
		{"SQS, base64", base64.StdEncoding.EncodeToString([]byte(`{"message":"m","source":null,"syslogfacility":"f"}`)), `{"tags":["q"],"summary":"m","source":"f"}`, mozdef.WithSQS("q")},
		{"SQS replaces tags", `{"tags":[],"@tags":"b","TAGS":""}`, `{"tags":"b"}`, mozdef.WithSQS("q")},
		{"SQS, of fluentd", `{"az":"1","instance_id":"2","__tag":"3","host":"h"}`, `{"az":"1","instance_id":"2","__tag":"3","host":"h","customendpoint":true,"tags":["q"],"type":null}`, mozdef.WithSQS("q")},

		{"SNS", notification(`{"type":"t","pid":"[5]","pname":7,"hostname":"h","time":"2026-03-09T08:14:55Z","message":"  m","source":null,"fields":{"a":1},"details":2,"Host":"x","severity":"ERROR"}`),
			`{"category":"t","processid":"5","processname":7,"hostname":"h","timestamp":"2026-03-09T08:14:55+00:00","utctimestamp":"2026-03-09T08:14:55+00:00","summary":"m","source":null,"details":{"a":1,"message":2,"Host":"x","severity":"ERROR"},"severity":"INFO","tags":["q"]}`, mozdef.WithSNS("q")},
		{"SNS, documented names", notification(`{"category":null,"processid":5,"processname":"n","payload":"p","timestamp":"2026-03-09","tags":["x"]}`),
			`{"category":null,"processid":"5","processname":"n","summary":"p","timestamp":"2026-03-09T00:00:00+00:00","utctimestamp":"2026-03-09T00:00:00+00:00","details":{"tags":["x"]},"severity":"INFO","tags":["q"]}`, mozdef.WithSNS("q")},
		{"SNS, a text", notification(`disk full`), `{"summary":"disk full","severity":"INFO","tags":["q"],"type":null}`, mozdef.WithSNS("q")},
		{"SNS, no time", notification(`{"hostname":"h","timestamp":"soon","source":"s"}`),
			`{"summary":"{\"hostname\":\"h\",\"timestamp\":\"soon\",\"source\":\"s\"}","hostname":"h","severity":"INFO","tags":["q"],"type":null}`, mozdef.WithSNS("q")},
		{"SNS, no message", `{"Type":"Notification"}`, `{"severity":"INFO","tags":["q"],"type":null}`, mozdef.WithSNS("q")},
	} {
		t.Run(tt.name, func(t *testing.T) { checkNormalize(t, tt.sent, tt.want, tt.option) })
	}
}

func notification(message string) string {
	text, _ := json.Marshal(map[string]string{"Type": "Notification", "Message": message})
	return string(text)
}

func TestNormalizeDrops(t *testing.T) {
	vulnerability, sqs, sns := mozdef.WithEndpoint("vulnerability"), mozdef.WithSQS("q"), mozdef.WithSNS("q")
	for _, tt := range []struct {
		sent, pointer string
		options       []mozdef.NormalizeOption
	}{
		{`{"tags":null}`, "/tags", nil},
		{`{"fields.n_int":"` + strings.Repeat("é", 1000) + `"}`, "/fields.n_int", nil},
		{`{"@Tags":5}`, "/@Tags", nil},
		{`{"timestamp":""}`, "/timestamp", nil},
		{`{"utctimestamp":null}`, "/utctimestamp", nil},
		{`{"eventtime":-5}`, "/eventtime", nil},
		{`{"date":"1773044095"}`, "/date", nil},
		{`{"date":"soon","timestamp":"2026-03-09T08:14:55Z"}`, "/date", nil},
		{`{"fields.n_int":"1.5"}`, "/fields.n_int", nil},
		{`{"details.a/b_float":"x"}`, "/details.a~1b_float", nil},
		{`{"fields.x_float":"nan"}`, "/fields.x_float", nil},
		{`{"category":"complianceitems","details":{"target":"h"}}`, "/details/policy", nil},
		{`{"type":"complianceitems"}`, "/details/target", nil},
		{`{"zone":"z","version":2}`, "/description", []mozdef.NormalizeOption{vulnerability}},
		{`{"tags":"x"}`, "/tags", []mozdef.NormalizeOption{sqs}},
		{`{"tags":[],"@tags":null}`, "/@tags", []mozdef.NormalizeOption{sqs}},
		{`{"Message":{}}`, "/Message", []mozdef.NormalizeOption{sns}},
		{notification(`[1]`), "/Message", []mozdef.NormalizeOption{sns}},
		{notification(`{"summary":5}`), "/Message/summary", []mozdef.NormalizeOption{sns}},
		{notification(`{"time":"1773044095"}`), "/Message/time", []mozdef.NormalizeOption{sns}},
	} {
		event, notes, err := mozdef.Normalize([]byte(tt.sent), tt.options...)
		var drop *mozdef.DropError
		if !errors.As(err, &drop) || !errors.Is(err, mozdef.ErrDropped) || event != nil || notes != nil {
			t.Errorf("%s: %v, %v, %v; want it dropped", tt.sent, event, notes, err)
			continue
		}
		if drop.Pointer != tt.pointer || drop.Reason == "" || len(drop.Reason) > 200 || !strings.Contains(err.Error(), tt.pointer) {
			t.Errorf("%s: %v; want it for %s", tt.sent, err, tt.pointer)
		}
	}
}

// TestNormalizeSamples checks that what the server makes no event of is dropped
// where the sample is invalid.
func TestNormalizeSamples(t *testing.T) {
	n := map[string]int{}
	for _, s := range jsontest.Samples(t, "mozdef") {
		var opts []mozdef.NormalizeOption
		switch s.Class {
		case mozdef.ClassVulnerability, mozdef.ClassVulnerabilityV2:
			opts = append(opts, mozdef.WithEndpoint("vulnerability"))
		case mozdef.ClassCompliance:
		default:
			continue
		}
		n[s.Class]++
		if _, _, err := mozdef.Normalize(s.Data, opts...); errors.Is(err, mozdef.ErrDropped) != s.Invalid {
			t.Errorf("%s: %v, but invalid is %t", s.File, err, s.Invalid)
		}
	}
	if len(n) != 3 {
		t.Errorf("samples are of the classes %v", n)
	}
}

func TestNormalizeErrors(t *testing.T) {
	for sent, want := range map[string]error{
		``: secmodel.ErrSyntax, `[]`: secmodel.ErrSyntax, `"x"`: secmodel.ErrSyntax, `{"a":1,}`: secmodel.ErrSyntax,
		`{"a":NaN}`: secmodel.ErrSyntax, `{} {}`: secmodel.ErrSyntax, `{"a":"` + "\xff" + `"}`: secmodel.ErrSyntax,
		`{"timestamp":"8 PM"}`: mozdef.ErrTimeForm, `{"date":"2026-W11-1"}`: mozdef.ErrTimeForm,
	} {
		if event, _, err := mozdef.Normalize([]byte(sent)); !errors.Is(err, want) || event != nil {
			t.Errorf("%s: %v, %v; want %v", sent, event, err, want)
		}
	}
	if _, _, err := mozdef.Normalize([]byte(notification(`{"time":"8 PM"}`)), mozdef.WithSNS("q")); !errors.Is(err, mozdef.ErrTimeForm) || !strings.Contains(err.Error(), `/Message/time: "8 PM"`) {
		t.Errorf("in an envelope: %v", err)
	}
	_, _, err := mozdef.Normalize([]byte("{\n \"a\":x}"))
	var s *secmodel.SyntaxError
	if !errors.As(err, &s) || s.Line != 2 || s.Column != 6 {
		t.Errorf("the place of the syntax error is wrong: %v", err)
	}
	if _, _, err := mozdef.Normalize([]byte("\n [1]")); !errors.As(err, &s) || s.Line != 2 || s.Column != 2 {
		t.Errorf("the place of a root that is no object is wrong: %v", err)
	}
	if _, _, err := mozdef.Normalize([]byte("bm8ganNvbg=="), mozdef.WithSQS("q")); !errors.Is(err, secmodel.ErrSyntax) {
		t.Errorf("base64 of no JSON: %v", err)
	}
	if _, _, err := mozdef.Normalize([]byte("e30=")); !errors.Is(err, secmodel.ErrSyntax) {
		t.Errorf("base64 where none is read: %v", err)
	}
}

func TestNormalizeNotes(t *testing.T) {
	for _, tt := range []struct {
		name, sent string
		want       []string
		options    []mozdef.NormalizeOption
	}{
		{"nothing is lost", `{"summary":"s","tags":["a"],"TAGS":["b"],"timestamp":"2026-03-09T08:14:55Z","utctimestamp":"2026-03-09T09:14:55+01:00"}`, nil, nil},
		{"dropped", `{"foo":1,"a/b":2,"receivedtimestamp":"x","errors":[],"mozdef":{},"eventsource":"e","mozdefhostname":null}`,
			[]string{"attribute_unknown /foo", "attribute_unknown /a~1b", "attribute_read_only /receivedtimestamp", "attribute_read_only /errors",
				"attribute_read_only /mozdef", "attribute_read_only /eventsource", "attribute_read_only /mozdefhostname"}, nil},
		{"replaced", `{"summary":"a","message":"b","details":{"x":1},"details.x":"2","fields":{"x":"2"}}`,
			[]string{"attribute_overwritten /summary", "attribute_overwritten /details/x"}, nil},
		{"nxlog", `{"Domain":"D","SourceModuleType":"im","foo":1}`, []string{"details_lost "}, nil},
		{"a word of a plugin", `{"tags":["x","LDAP"]}`, []string{"plugin_may_alter /tags/1"}, nil},
		{"a word of several, at any depth", `{"details":{"a":[{"b":"sshd"}],"sourceipaddress":"192.0.2.1"}}`,
			[]string{"plugin_may_alter /details/a/0/b", "plugin_may_alter /details/a/0/b", "plugin_may_alter /details/a/0/b",
				"plugin_may_alter /details/sourceipaddress", "plugin_may_alter /details/sourceipaddress"}, nil},
		{"a plugin applied", `{"details":{"sourceipaddress":"192.0.2.1"}}`, []string{"plugin_may_alter /details/sourceipaddress"}, []mozdef.NormalizeOption{mozdef.WithIPFixup()}},
		{"a word that is part of another", `{"summary":"ldap down"}`, nil, nil},
		{"a word that is lost", `{"foo":"ldap"}`, []string{"attribute_unknown /foo"}, nil},
		{"a claimed endpoint", `{"endpoint":"x","customendpoint":0}`, []string{"attribute_unknown /endpoint", "attribute_unknown /customendpoint"}, nil},
		{"dropped from SQS", `{"program":"x"}`, []string{"attribute_unknown /program"}, []mozdef.NormalizeOption{mozdef.WithSQS("q")}},
		{"replaced in a notification", notification(`{"message":"x","summary":"y","a":1,"details":{"a":2}}`),
			[]string{"attribute_overwritten /Message/message", "attribute_overwritten /Message/a"}, []mozdef.NormalizeOption{mozdef.WithSNS("q")}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			data := []byte(tt.sent)
			_, notes, err := mozdef.Normalize(data, tt.options...)
			if err != nil {
				t.Fatal(err)
			}
			clear(data) // nothing in the notes may be part of it
			var got []string
			for _, v := range notes {
				got = append(got, v.Code+" "+v.Pointer)
				if located := v.Line > 0; located != (v.Code != mozdef.CodePlugin && !strings.HasPrefix(v.Pointer, "/Message/")) {
					t.Errorf("%s has a place in the text: %t", v.Pointer, located)
				}
				if v.Severity != secmodel.Warning || v.Message == "" || strings.Contains(v.Message, "\x00") {
					t.Errorf("%+v", v)
				}
				if raw, ok := v.Value.(json.RawMessage); ok && !json.Valid(raw) {
					t.Errorf("%s has the value %q", v.Pointer, raw)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("notes (-want +got):\n%s", diff)
			}
		})
	}
}

// TestNormalizeNow checks that without WithReceived it is now.
func TestNormalizeNow(t *testing.T) {
	before := time.Now().Truncate(time.Microsecond)
	event, _, err := mozdef.Normalize([]byte(`{}`))
	if err != nil {
		t.Fatal(err)
	}
	if at, err := event.Time(); err != nil || at.Before(before) || at.After(time.Now()) {
		t.Errorf("the time is %v, %v", at, err)
	}
}

// normalizedAnew are the attributes that differ when a stored event is sent
// again: the server's own, and those that facility and type stand for.
func normalizedAnew(e *mozdef.Event) {
	e.ReceivedTimestamp, e.MozDefHostname, e.MozDef, e.Errors, e.EventSource = nil, nil, nil, nil, nil
	for _, name := range []string{"receivedtimestamp", "mozdefhostname", "mozdef", "errors", "eventsource"} {
		delete(e.Extra, name)
	}
	if e.Type != nil {
		e.Category = nil
	}
	if e.Facility != nil {
		e.Source = nil
		delete(e.Extra, "source")
	}
	if len(e.Extra) == 0 {
		e.Extra = nil
	}
}

// custom reports whether a document claims an endpoint of its own.
func custom(data []byte) bool {
	var members map[string]any
	return json.Unmarshal(data, &members) == nil && members["customendpoint"] != nil
}

// FuzzNormalize checks that any document is either refused or normalised, that
// the result can be written, and that normalising it again alters no more than
// the attributes above. What is dropped has an error in Check.
func FuzzNormalize(f *testing.F) {
	f.Add([]byte(`{"host":"h","fields":{"a":null},"details.n_int":"5","tags":"t","date":"Mar  9 08:14","facility":{"x":1.50}}`), uint8(0))
	f.Add([]byte(`{"Domain":"D","SourceModuleType":"x","details":{"src":"2001:db8::1","sourceipaddress":"x"},"message":["\u2028'"]}`), uint8(1))
	f.Add([]byte(`{"customendpoint":"x","endpoint":"vulnerability","version":2,"details":[1]}`), uint8(2))
	f.Add([]byte(`{"Message":"{\"time\":5,\"tags\":null,\"pid\":[1]}"}`), uint8(3))
	f.Add([]byte(`{"category":"complianceitems","details":{"check":{}}}`), uint8(4))
	f.Fuzz(func(t *testing.T, data []byte, way uint8) {
		opts := []mozdef.NormalizeOption{mozdef.WithReceived(received)}
		switch way % 5 {
		case 1:
			opts = append(opts, mozdef.WithIPFixup())
		case 2:
			opts = append(opts, mozdef.WithEndpoint("vulnerability"))
		case 3:
			opts = append(opts, mozdef.WithSNS("q"))
		case 4:
			opts = append(opts, mozdef.WithSQS("q"), mozdef.WithIPFixup())
		}
		event, _, err := mozdef.Normalize(data, opts...)
		if err != nil {
			if !errors.Is(err, mozdef.ErrDropped) && !errors.Is(err, mozdef.ErrTimeForm) && !errors.Is(err, secmodel.ErrSyntax) {
				t.Errorf("an error of another kind: %v", err)
			}
			if drop := new(mozdef.DropError); way%5 == 0 && errors.As(err, &drop) && !custom(data) && !strings.HasPrefix(drop.Pointer, "/details/") {
				var sent mozdef.Event // what is dropped for no plugin is an error to Check
				if err := json.Unmarshal(data, &sent); err != nil || sent.Check().Valid() {
					t.Errorf("%v, but Check finds no error", drop)
				}
			}
			return
		}
		written, err := event.AppendJSON(nil)
		if err != nil {
			t.Fatal(err)
		}
		if way%5 > 0 {
			return // ipFixup applied twice loses what is no address; the others are another way
		}
		if custom(written) {
			return
		}
		again, _, err := mozdef.Normalize(written, opts...)
		if err != nil {
			t.Fatalf("%v in %s", err, written)
		}
		normalizedAnew(event)
		normalizedAnew(again)
		first, _ := event.AppendJSON(nil)
		second, _ := again.AppendJSON(nil)
		if err := jsontest.Equal(first, second, true); err != nil {
			t.Errorf("normalised again, %v:\n%s\n%s", err, first, second)
		}
	})
}
