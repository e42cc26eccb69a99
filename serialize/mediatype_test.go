package serialize_test

import (
	"errors"
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/idmefv2"
	"github.com/secmodel/secmodel/serialize"
)

const small = `{"Version":"2.D.V08","ID":"0192f0c1-6a2b-7c3d-8e4f-000000000001","CreateTime":"2026-03-02T04:05:06Z","Analyzer":{"Name":"a"}}`

func TestContentTypes(t *testing.T) {
	for _, test := range []struct {
		contentType string
		ok          bool
	}{
		{"", true},
		{"application/json", true},
		{"APPLICATION/Json", true},
		{"application/json; charset=utf-8", true},
		{`application/json;charset="UTF-8"; version=1`, true},
		{"text/json", true},
		{"application/vnd.idmef+json", true},
		{"application/problem+JSON", true},
		{"application/x-ndjson", true},
		{"application/jsonl", true},
		{"application/json; charset=utf-16", false},
		{"application/xml", false},
		{"application/json+xml", false},
		{"+json", false},
		{"json", false},
		{"application/", false},
		{"application/json;", true},
		{"application/json; charset", false},
		{`application/json; charset="ut\f-8"`, true},
		{`application/json ; charset=us-ascii ;;`, true},
		{`application/json; a="x;y, \"z"; charset=utf-8`, true},
		{`application/json; charset=utf-8; charset=UTF-8`, true},
		{`application/json; charset=utf-8; charset=latin1`, false},
		{`application/json; a="x`, false},
		{`application/json; a = b`, false},
		{"application/json, text/json", false},
		{"application/yaml; charset=utf-16", false},
		{"a/b+xml", false},
		{"a/+json", false},
		{"a/b+", false},
	} {
		p := serialize.Payload{ContentType: test.contentType, Data: []byte(small)}
		_, err := serialize.Unserialize(p)
		if (err == nil) != test.ok || err != nil && !errors.Is(err, secmodel.ErrMediaType) {
			t.Errorf("Unserialize %q: %v", test.contentType, err)
		}
		if _, err := serialize.ValidateBytes(p); (err == nil) != test.ok {
			t.Errorf("ValidateBytes %q: %v", test.contentType, err)
		}
		m := idmefv2.New()
		m.Analyzer = &idmefv2.Analyzer{Name: new("a")}
		out, err := serialize.Serialize(m, test.contentType)
		if (err == nil) != test.ok {
			t.Errorf("Serialize %q: %v", test.contentType, err)
		}
		if want := test.contentType; test.ok && want != "" && out.ContentType != want {
			t.Errorf("Serialize %q: the payload says %q", want, out.ContentType)
		}
	}
}

func TestNegotiate(t *testing.T) {
	for _, test := range []struct{ accept, want string }{
		{"", "application/json"},
		{"*/*", "application/json"},
		{"application/*", "application/json"},
		{"text/*", "text/json"},
		{"text/html, application/json;q=0.9", "application/json"},
		{"application/json;q=0.1, application/x-ndjson;q=0.5", "application/x-ndjson"},
		{"application/json;q=0, */*;q=0.1", "text/json"},
		{"*/*;q=0.1, application/jsonl", "application/jsonl"},
		{"Application/JSON", "application/json"},
		{"text/html", ""},
		{"application/json;q=0", ""},
		{"application/json;q=2", ""},
		{"nonsense", ""},
		{" ", "application/json"},
		{"application/cbor, application/json", "application/json"}, // of the same quality the first of ours
		{"application/cbor, application/json;q=0.999", "application/cbor"},
		{"application/json;q=0.5, */*;q=0.6, application/*;q=0.4", "text/json"},
		{"text/*;q=0.9, text/json;q=0, text/yaml;q=0.1", "text/x-yaml"},
		{"application/vnd.idmef+json", "application/vnd.idmef+json"},
		{"application/vnd.x+cbor, application/json;q=0.5", "application/vnd.x+cbor"},
		{"application/vnd.x+xml", ""},
		{"application/json;charset=utf-8;q=0.5, text/json;q=0.4", "application/json"},
		{"application/json;charset=UTF-8;q=0.1, application/json, text/json;q=0.4", "text/json"},
		{"application/json;charset=latin1", ""},
		{"application/json;version=2, text/json;q=0.1", "text/json"},
		{`application/json;a="x, text/json", application/yaml`, "application/yaml"},
		{`, application/json;a="x, , application/yaml`, ""},
		{"application/json;q=0.1234, text/json;q=0.1", "text/json"},
		{"application/json;q=1.001", ""},
		{"application/json;q=.5", ""},
		{"application/json;q=1.000", "application/json"},
		{"application/json;q=0.5;ext=1", "application/json"},
	} {
		got, err := serialize.Negotiate(test.accept)
		if got != test.want || (err != nil) != (test.want == "") || err != nil && !errors.Is(err, secmodel.ErrMediaType) {
			t.Errorf("Negotiate(%q) = %q, %v; want %q", test.accept, got, err, test.want)
		}
	}
}
