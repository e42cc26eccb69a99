package ocsf_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secmodel/secmodel/ocsf"
)

// TestGet: the values at a path.
func TestGet(t *testing.T) {
	e := eventOf(t, []byte(`{"class_uid":4003,"class_name":null,"activity_id":1,"time":1767323045000,"is_src_dst_assignment_known":true,
		"answers":[{"rdata":"192.0.2.1","flag_ids":[1,2]},{"class":"IN"},{"rdata":"192.0.2.2","ttl":"60","flag_ids":[3]}],
		"query":{"hostname":"www.example.com","vendor":{"score":7,"ratio":0.5,"big":12345678901234567890,"list":[1,[2],{"a":true},null]}},
		"src_endpoint":{"ip":"192.0.2.3","location":{"lat":7,"coordinates":[1.5,2]},"intermediate_ips":["a","b"],"port":["x",1]},
		"unmapped":{"rule":{"name":"r"},"tags":["p","q"],"a.b":1},"mine":"own","metadata":{"version":"1.8.0"}}`))
	dns := e.(*ocsf.DNSActivity)
	raw := func(text string) json.RawMessage { return json.RawMessage(text) }
	tests := []struct {
		path string
		want []ocsf.Attribute
	}{
		{"src_endpoint.ip", []ocsf.Attribute{{"/src_endpoint/ip", "192.0.2.3"}}},
		{"activity_id", []ocsf.Attribute{{"/activity_id", int64(1)}}},
		{"time", []ocsf.Attribute{{"/time", int64(1767323045000)}}},
		{"src_endpoint.location.lat", []ocsf.Attribute{{"/src_endpoint/location/lat", 7.0}}},
		{"metadata.version", []ocsf.Attribute{{"/metadata/version", "1.8.0"}}},
		{"query", []ocsf.Attribute{{"/query", dns.Query}}},
		{"answers[1]", []ocsf.Attribute{{"/answers/1", &dns.Answers[1]}}},
		{"answers.rdata", []ocsf.Attribute{{"/answers/0/rdata", "192.0.2.1"}, {"/answers/2/rdata", "192.0.2.2"}}},
		{"answers[].rdata", []ocsf.Attribute{{"/answers/0/rdata", "192.0.2.1"}, {"/answers/2/rdata", "192.0.2.2"}}},
		{"answers[2].rdata", []ocsf.Attribute{{"/answers/2/rdata", "192.0.2.2"}}},
		{"answers[1].rdata", nil},
		{"answers[9].rdata", nil},
		{"answers[].flag_ids[0]", []ocsf.Attribute{{"/answers/0/flag_ids/0", int64(1)}, {"/answers/2/flag_ids/0", int64(3)}}},
		{"src_endpoint.intermediate_ips", []ocsf.Attribute{{"/src_endpoint/intermediate_ips/0", "a"}, {"/src_endpoint/intermediate_ips/1", "b"}}},
		{"src_endpoint.intermediate_ips[1]", []ocsf.Attribute{{"/src_endpoint/intermediate_ips/1", "b"}}},
		// Absent, and null.
		{"dst_endpoint.ip", nil},
		{"class_name", nil},
		// Of a wrong type, and therefore in Extra.
		{"answers[].ttl", []ocsf.Attribute{{"/answers/2/ttl", "60"}}},
		{"src_endpoint.port", []ocsf.Attribute{{"/src_endpoint/port/0", "x"}, {"/src_endpoint/port/1", int64(1)}}},
		{"src_endpoint.port[1]", []ocsf.Attribute{{"/src_endpoint/port/1", int64(1)}}},
		// Of no class.
		{"mine", []ocsf.Attribute{{"/mine", "own"}}},
		{"query.vendor.score", []ocsf.Attribute{{"/query/vendor/score", int64(7)}}},
		{"query.vendor.ratio", []ocsf.Attribute{{"/query/vendor/ratio", 0.5}}},
		{"query.vendor.big", []ocsf.Attribute{{"/query/vendor/big", 12345678901234567890.0}}},
		{"query.vendor.list", []ocsf.Attribute{{"/query/vendor/list/0", int64(1)}, {"/query/vendor/list/1", raw("[2]")}, {"/query/vendor/list/2", raw(`{"a":true}`)}}},
		{"query.vendor.list[2].a", []ocsf.Attribute{{"/query/vendor/list/2/a", true}}},
		// Free-form.
		{"unmapped.rule.name", []ocsf.Attribute{{"/unmapped/rule/name", "r"}}},
		{"unmapped.rule", []ocsf.Attribute{{"/unmapped/rule", raw(`{"name":"r"}`)}}},
		{"unmapped.tags[1]", []ocsf.Attribute{{"/unmapped/tags/1", "q"}}},
		{"unmapped.rule[]", nil},
		{"unmapped.no.such", nil},
	}
	for _, test := range tests {
		t.Run(test.path, func(t *testing.T) {
			got, err := ocsf.Get(e, test.path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	if got, _ := ocsf.Get(e, "answers[2]"); got[0].Value != &dns.Answers[2] {
		t.Error("the object is not that of the event")
	}
}

// TestGetSingle: an attribute that was a single value in the release stands
// without index.
func TestGetSingle(t *testing.T) {
	e := eventOf(t, []byte(`{"class_uid":2001,"vulnerabilities":[{"cve":{"cvss":{"base_score":1.5}}}],"metadata":{"version":"1.0.0"}}`))
	got, err := ocsf.Get(e, "vulnerabilities[].cve.cvss.base_score")
	if diff := cmp.Diff([]ocsf.Attribute{{"/vulnerabilities/0/cve/cvss/base_score", 1.5}}, got); diff != "" || err != nil {
		t.Error(err, diff)
	}
}

// TestGetErrors: what is no path, and what no class has.
func TestGetErrors(t *testing.T) {
	e := eventOf(t, []byte(`{"class_uid":4003,"query":{"hostname":"x"},"metadata":{"version":"1.8.0"}}`))
	tests := []struct {
		path string
		want error
	}{
		{"", ocsf.ErrPath},
		{".", ocsf.ErrPath},
		{"query.", ocsf.ErrPath},
		{"answers[", ocsf.ErrPath},
		{"answers[-1]", ocsf.ErrPath},
		{"answers[0][0]", ocsf.ErrPath},
		{"answers[x].rdata", ocsf.ErrPath},
		{"[0]", ocsf.ErrPath},
		{"nothing", ocsf.ErrNoAttribute},
		{"query.nothing", ocsf.ErrNoAttribute},
		{"query.hostname.nothing", ocsf.ErrNoAttribute},
		{"query[0].hostname", ocsf.ErrNoAttribute},
		{"query.hostname[0]", ocsf.ErrNoAttribute},
		{"answers[].nothing", ocsf.ErrNoAttribute},
	}
	for _, test := range tests {
		if got, err := ocsf.Get(e, test.path); !errors.Is(err, test.want) || got != nil {
			t.Errorf("%q: %v, %v, not %v", test.path, got, err, test.want)
		}
	}
}
