package ocsf_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/internal/residue"
	"github.com/secmodel/secmodel/ocsf"
)

// tally counts what conversions gave.
type tally struct {
	events, conversions, unmet int
	missing                    map[string]int // requirements not met, of valid sources
}

// convertible holds the laws of ForVersion and Restore for one event and some
// releases.
func (n *tally) convertible(t testing.TB, name string, e ocsf.Event, versions []string) {
	t.Helper()
	source := appendJSON(t, e)
	valid := e.Check().Valid()
	doc, err := residue.Parse(source)
	if err != nil {
		t.Fatal(err)
	}
	n.events++
	for _, version := range versions {
		n.conversions++
		out, report, err := ocsf.ForVersion(e, version)
		if err != nil {
			t.Fatalf("%s to %s: %v", name, version, err)
		}
		if !report.Lossless || report.To.Version != version {
			t.Errorf("%s to %s: %v %v", name, version, report.To, report.Entries)
		}
		if now := appendJSON(t, e); string(now) != string(source) {
			t.Fatalf("%s to %s changed its input\n was %s\n is %s", name, version, source, now)
		}
		if e.Identity().Version != version {
			n.valid(t, name, version, doc, valid, out, report)
		}
		back, report, err := ocsf.Restore(out)
		if err != nil {
			t.Fatalf("%s from %s: %v", name, version, err)
		}
		if !report.Lossless {
			t.Errorf("%s from %s: %v", name, version, report.Entries)
		}
		if err := jsontest.Equal(source, appendJSON(t, back), false); err != nil {
			t.Errorf("%s by way of %s: %v\n was %s\n via %s\n is  %s", name, version, err, source, appendJSON(t, out), appendJSON(t, back))
		}
	}
}

// valid checks that the result is, apart from what the report says.
func (n *tally) valid(t testing.TB, name, version string, doc map[string]any, source bool, out ocsf.Event, report secmodel.ConversionReport) {
	t.Helper()
	var reported []string
	for _, c := range report.Entries {
		if c.Code == secmodel.ChangeRequirement {
			reported = append(reported, c.Pointer)
		}
	}
	if len(reported) > 0 {
		n.unmet++
		if source {
			n.missing[version+" "+out.Identity().Class+" "+reported[0]]++
		}
	}
	for _, c := range report.Entries {
		value, there := residue.Get(doc, c.Pointer)
		long, _ := value.(string) // longer than the target admits
		if there && source && c.Code == secmodel.ChangeRequirement && strings.Contains(c.Note, "is missing") && len(long) <= 65535 {
			t.Errorf("%s to %s: %v, but the source has it", name, version, c)
		}
	}
	for _, v := range out.Check(secmodel.MaxViolations(0)).Violations {
		if v.Severity == secmodel.Error && !slices.Contains(reported, v.Pointer) {
			t.Errorf("%s to %s: the result is not valid, and the report does not say so: %v\n%s", name, version, v, appendJSON(t, out))
		}
	}
}

func (n *tally) log(t *testing.T) {
	t.Logf("%d events, %d conversions, %d results lack what the release demands", n.events, n.conversions, n.unmet)
	for _, k := range slices.Sorted(maps.Keys(n.missing)) {
		t.Logf("%6d %s", n.missing[k], k)
	}
}

func appendJSON(t testing.TB, e ocsf.Event) []byte {
	t.Helper()
	text, err := e.AppendJSON(nil)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// everyConversion names the variable that makes the tests of ForVersion leave
// nothing out.
const everyConversion = "SECMODEL_EVERY_CONVERSION"

// inUse are the releases that receivers ask for.
var inUse = []string{"1.1.0", "1.3.0", "1.5.0", "1.8.0"}

// TestForVersionCorpus converts the events of the corpus, valid or not, to the
// releases in use: one in 17 to all of them, the rest to none unless
// SECMODEL_EVERY_CONVERSION is set.
func TestForVersionCorpus(t *testing.T) {
	every := os.Getenv(everyConversion) != ""
	n := tally{missing: map[string]int{}}
	jsontest.Lines(t, jsontest.Shared(t, "corpus", "ocsf-verdicts.jsonl.gz"), func(line int, v verdict) {
		if !every && (line%17 != 0 || testing.Short() && line%5 != 0) {
			return
		}
		e, err := ocsf.Unmarshal(v.Event, secmodel.MaxDepth(1000))
		if err != nil {
			t.Fatalf("line %d: %v", line, err)
		}
		n.convertible(t, v.File, e, inUse)
	})
	n.log(t)
}

// TestForVersionClasses converts events of every class and release, filled from
// the schema, to every release. Unless SECMODEL_EVERY_CONVERSION is set, what
// the event is filled with and the release that it is converted to take turns.
func TestForVersionClasses(t *testing.T) {
	every := os.Getenv(everyConversion) != ""
	s := mustSchema(t)
	n := tally{missing: map[string]int{}}
	for v, version := range s.Versions {
		for c, class := range classes(s, v) {
			for i, e := range []extent{minimal, flat, deep} {
				turn := v + c
				if !every && turn%3 != i {
					continue
				}
				event, err := ocsf.Unmarshal(marshal(t, newFiller(s, v, class).event(class, e)))
				if err != nil {
					t.Fatal(err)
				}
				if err := event.Validate(); err != nil {
					t.Fatalf("%s %s: %v", version.Name, class.Name, err)
				}
				to := ocsf.Versions()
				if !every {
					to = to[turn%len(to):][:1]
				}
				n.convertible(t, version.Name+" "+class.Name, event, to)
			}
		}
	}
	n.log(t)
}

func TestForVersionSamples(t *testing.T) {
	n := tally{missing: map[string]int{}}
	for _, s := range jsontest.Samples(t, ocsf.Format) {
		e, err := ocsf.Unmarshal(s.Data)
		if err != nil {
			continue // a bundle, or no JSON
		}
		n.convertible(t, s.File, e, ocsf.Versions())
	}
	n.log(t)
}

func unmarshal(t testing.TB, text string) ocsf.Event {
	t.Helper()
	e, err := ocsf.Unmarshal([]byte(text))
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return e
}

// merged returns the JSON object a with the members of b in place of its own;
// those that are null in b are left out.
func merged(t testing.TB, a, b string) map[string]any {
	t.Helper()
	doc, err := residue.Parse([]byte(a))
	if err != nil {
		t.Fatalf("%s: %v", a, err)
	}
	more, err := residue.Parse([]byte(b))
	if err != nil {
		t.Fatalf("%s: %v", b, err)
	}
	for name, v := range more {
		if doc[name] = v; v == nil {
			delete(doc, name)
		}
	}
	return doc
}

// anyLogon is an authentication that is valid in every release.
const anyLogon = `{
	"metadata":{"version":"1.8.0","product":{"name":"p","vendor_name":"v"}},"time":1767323045678,"severity_id":1,
	"class_uid":3002,"category_uid":3,"activity_id":1,"type_uid":300201,"user":{"name":"jane","type_id":1},"service":{"name":"sshd"},
	"dst_endpoint":{"hostname":"h"}}`

// TestForVersionMaps shows what becomes of each thing that releases name, number
// or shape differently: what differs from the logon above in the source and in
// the result without the residue, and the report.
func TestForVersionMaps(t *testing.T) {
	version := func(v string) string {
		return `"metadata":{"version":"` + v + `","product":{"name":"p","vendor_name":"v"}}`
	}
	const file = `"class_uid":1001,"category_uid":1,"type_uid":100101,"user":null,"service":null,"dst_endpoint":null,
		"file":{"name":"f","type_id":1},"actor":{"process":{"pid":1}},"device":{"type_id":1,"hostname":"h"}`
	const vulnerability = `"class_uid":2002,"category_uid":2,"type_uid":200201,"user":null,"service":null,"dst_endpoint":null,
		"finding_info":{"uid":"1","title":"t"},`
	for _, test := range []struct {
		name, to, source, want string
		report                 []string
	}{
		{"nothing", "1.3.0", `{}`, `{` + version("1.3.0") + `}`, nil},
		{"attributes", "1.3.0", `{"account_switch_type":"x","user":{"name":"jane","type_id":1,"display_name":"Jane"}}`, `{` + version("1.3.0") + `,"user":{"name":"jane","type_id":1}}`,
			[]string{"carried /account_switch_type: the target has no place for it", "carried /user/display_name: the target has no place for it"}},
		{"activity", "1.1.0", `{"activity_id":6,"type_uid":300206}`, `{` + version("1.1.0") + `,"activity_id":99,"activity_name":"Preauth","type_uid":300299}`,
			[]string{"approximated /activity_id: the release does not have Preauth, which became other", "approximated /type_uid: it follows activity_id"}},
		{"activity with captions", "1.1.0",
			`{"activity_id":6,"type_uid":300206,"activity_name":"Preauth","type_name":"Authentication: Preauth"}`,
			`{` + version("1.1.0") + `,"activity_id":99,"activity_name":"Preauth","type_uid":300299,"type_name":"Authentication: Other"}`,
			[]string{"approximated /activity_id: the release does not have Preauth, which became other",
				"approximated /type_name: it follows activity_id", "approximated /type_uid: it follows activity_id"}},
		{"captions", "1.0.0",
			`{"activity_id":4,"type_uid":300204,"activity_name":"Service Ticket Request","type_name":"Authentication: Service Ticket Request"}`,
			`{` + version("1.0.0") + `,"activity_id":4,"type_uid":300204,"activity_name":"Service Ticket","type_name":"Authentication: Service Ticket"}`, nil},
		{"captions of one's own", "1.0.0", `{"activity_id":4,"type_uid":300204,"activity_name":"mine","type_name":"mine too"}`,
			`{` + version("1.0.0") + `,"activity_id":4,"type_uid":300204,"activity_name":"mine","type_name":"mine too"}`, nil},
		{"a number that was another", "1.1.0", `{"logon_type_id":1,"logon_type":"System"}`, `{` + version("1.1.0") + `,"logon_type_id":0,"logon_type":"System"}`,
			nil},
		{"a number that meant something else", "1.1.0", `{"logon_type_id":0}`, `{` + version("1.1.0") + `,"logon_type_id":99,"logon_type":"Unknown"}`,
			[]string{"approximated /logon_type_id: the release does not have Unknown, which became other"}},
		{"a device", "1.2.0", `{"dst_endpoint":{"hostname":"h","type_id":13,"type":"IDS"}}`, `{` + version("1.2.0") + `,"dst_endpoint":{"hostname":"h","type_id":99,"type":"IDS"}}`,
			[]string{"approximated /dst_endpoint/type_id: the release does not have IDS, which became other"}},
		{"profiles", "1.0.0",
			`{"metadata":{"version":"1.8.0","product":{"name":"p","vendor_name":"v"},"profiles":["osint","host"]},"osint":[{"type_id":1,"value":"192.0.2.1"}]}`,
			`{"metadata":{"version":"1.0.0","product":{"name":"p","vendor_name":"v"},"profiles":["host"]}}`,
			[]string{"carried /metadata/profiles: the target has no place for it", "carried /osint: the target has no place for it"}},
		{"a profile that demands more", "1.3.0",
			`{"metadata":{"version":"1.8.0","product":{"name":"p","vendor_name":"v"},"profiles":["security_control"]},"disposition_id":2,` + file + `}`,
			`{` + version("1.3.0") + `,` + file + `}`,
			[]string{"carried /disposition_id: the target has no place for it",
				`target_constraint /metadata/profiles: the required attribute "action_id" of file_activity is missing, as the profile security_control demands`}},
		{"an object that would lack something", "1.3.0", `{"enrichments":[{"name":"n","value":"v","data":{}},{"name":"n","value":"v"}],"src_endpoint":{"hostname":"s"}}`,
			`{` + version("1.3.0") + `,"enrichments":[{"name":"n","value":"v","data":{}}],"src_endpoint":{"hostname":"s"}}`,
			[]string{`target_constraint /enrichments/1: the required attribute "data" of enrichment is missing`}},
		{"a class", "1.0.0",
			`{"class_uid":2004,"class_name":"Detection Finding","category_uid":2,"category_name":"Findings","activity_id":1,"type_uid":200401,"type_name":"Detection Finding: Create",
				"user":null,"service":null,"dst_endpoint":null,"finding_info":{"uid":"1","title":"t"},"message":"m"}`,
			`{` + version("1.0.0") + `,"class_uid":0,"class_name":"Base Event","category_uid":0,"category_name":"Uncategorized","activity_id":99,"activity_name":"Create",
				"type_uid":99,"type_name":"Detection Finding: Create","user":null,"service":null,"dst_endpoint":null,"message":"m"}`,
			[]string{"approximated /activity_id: a base event has no activities of its own", "approximated /category_name: the release does not have the class",
				"approximated /category_uid: the release does not have the class", "approximated /class_name: the release does not have the class",
				"approximated /class_uid: the release does not have the class", "carried /finding_info: the target has no place for it",
				"approximated /type_uid: it follows activity_id"}},
		{"a class that was renamed", "1.1.0",
			`{"class_uid":205019,"class_name":"Prefetch Query","category_uid":5,"type_uid":20501901,"type_name":"Prefetch Query: Query","user":null,"service":null,"dst_endpoint":null,
				"query_result_id":1,"prefetch":{"name":"x"}}`,
			`{` + version("1.1.0") + `,"class_uid":205019,"class_name":"Prefetch Info","category_uid":5,"type_uid":20501901,"type_name":"Prefetch Info: Exists","user":null,"service":null,
				"dst_endpoint":null}`,
			[]string{"carried /prefetch: the target has no place for it", "carried /query_result_id: the target has no place for it",
				`requirement_unmet /name: the required attribute "name" of prefetch_query is missing`}},
		{"one value", "1.0.0",
			`{"class_uid":2001,"category_uid":2,"type_uid":200101,"user":null,"service":null,"dst_endpoint":null,"state_id":1,"finding":{"uid":"1","title":"t"},
				"metadata":{"version":"1.1.0","product":{"name":"p","vendor_name":"v"}},
				"vulnerabilities":[{"title":"x","cve":{"uid":"CVE-2026-1","cvss":[{"version":"3.1","base_score":7.5},{"version":"2.0","base_score":7.0}]}}]}`,
			`{"class_uid":2001,"category_uid":2,"type_uid":200101,"user":null,"service":null,"dst_endpoint":null,"state_id":1,"finding":{"uid":"1","title":"t"},` + version("1.0.0") + `,
				"vulnerabilities":[{"title":"x","cve":{"uid":"CVE-2026-1","cvss":{"version":"3.1","base_score":7.5}}}]}`,
			[]string{"approximated /vulnerabilities/0/cve/cvss/1 -> /vulnerabilities/0/cve/cvss: the release has room for one, the first was taken"}},
		{"a number that became a text", "1.2.0",
			`{"class_uid":2005,"category_uid":2,"type_uid":200501,"user":null,"service":null,"dst_endpoint":null,"finding_info_list":[{"uid":"1","title":"t"}],"assignee":{"name":"a"},"status_id":1,"priority":3,
				"metadata":{"version":"1.1.0","product":{"name":"p","vendor_name":"v"}}}`,
			`{"class_uid":2005,"category_uid":2,"type_uid":200501,"user":null,"service":null,"dst_endpoint":null,"finding_info_list":[{"uid":"1","title":"t"}],"assignee":{"name":"a"},"status_id":1,"priority":"3",` +
				version("1.2.0") + `}`, nil},
		{"one of several", "1.5.0",
			`{` + version("1.2.0") + `,` + vulnerability + `"vulnerabilities":[{"cve":{"uid":"CVE-2026-1"},"cwe":{"uid":"CWE-79"}}]}`,
			`{` + version("1.5.0") + `,` + vulnerability + `"vulnerabilities":[{"cve":{"uid":"CVE-2026-1"}}]}`,
			[]string{"target_constraint /vulnerabilities/0/cwe: vulnerability must have just one of advisory, cve, cwe"}},
		{"one of several, the recommended one", "1.5.0",
			`{` + version("1.2.0") + `,` + vulnerability + `"vulnerabilities":[{"advisory":{"uid":"A-1"},"cwe":{"uid":"CWE-79"}}]}`,
			`{` + version("1.5.0") + `,` + vulnerability + `"vulnerabilities":[{"cwe":{"uid":"CWE-79"}}]}`,
			[]string{"target_constraint /vulnerabilities/0/advisory: vulnerability must have just one of advisory, cve, cwe"}},
		{"a required list keeps what is sound", "1.5.0",
			`{` + version("1.2.0") + `,` + vulnerability + `"vulnerabilities":[{"title":"x"},{"cve":{"uid":"CVE-2026-1"}},{"title":"y"}]}`,
			`{` + version("1.5.0") + `,` + vulnerability + `"vulnerabilities":[{"cve":{"uid":"CVE-2026-1"}}]}`,
			[]string{"carried /vulnerabilities/0/title: the target has no place for it", "carried /vulnerabilities/1: the target has no place for it",
				"target_constraint /vulnerabilities/2: vulnerability needs one of advisory, cve, cwe"}},
		{"a required list keeps one element", "1.5.0",
			`{` + version("1.2.0") + `,` + vulnerability + `"vulnerabilities":[{"title":"x"},{"title":"y"}]}`,
			`{` + version("1.5.0") + `,` + vulnerability + `"vulnerabilities":[{"title":"x"}]}`,
			[]string{"target_constraint /vulnerabilities/1: vulnerability needs one of advisory, cve, cwe",
				"requirement_unmet /vulnerabilities/0: vulnerability needs one of advisory, cve, cwe"}},
		{"a class that is none", "1.3.0", `{"class_uid":123456,"message":"m"}`,
			`{` + version("1.3.0") + `,"class_uid":0,"category_uid":0,"activity_id":99,"type_uid":99,"user":null,"service":null,"dst_endpoint":null,"message":"m"}`,
			[]string{"approximated /activity_id: a base event has no activities of its own", "approximated /category_uid: the release does not have the class",
				"approximated /class_uid: the release does not have the class", "carried /dst_endpoint: the target has no place for it",
				"carried /service: the target has no place for it", "approximated /type_uid: it follows activity_id", "carried /user: the target has no place for it"}},
		{"derived", "1.4.0",
			`{"class_uid":4009,"category_uid":4,"type_uid":400902,"activity_id":null,"user":null,"service":null,"dst_endpoint":null,"direction_id":1,"email":{"from":"a@example.com","to":["b@example.com"]},
				"metadata":{"version":"1.3.0","product":{"name":"p","vendor_name":"v"}}}`,
			`{"class_uid":4009,"category_uid":4,"type_uid":400902,"activity_id":2,"user":null,"service":null,"dst_endpoint":null,"direction_id":1,"email":{"from":"a@example.com","to":["b@example.com"]},` +
				version("1.4.0") + `}`,
			[]string{"derived /activity_id: it follows from type_uid"}},
		{"unmapped is kept", "1.3.0", `{"unmapped":{"a":1,"ocsf":"mine"}}`, `{` + version("1.3.0") + `,"unmapped":{"a":1}}`,
			[]string{"carried /unmapped/ocsf: the target has no place for it"}},
		{"unmapped that is no object", "1.3.0", `{"unmapped":"text"}`, `{` + version("1.3.0") + `}`, []string{"carried /unmapped: the target has no place for it"}},
		{"an observable", "1.1.0", `{"observables":[{"name":"user.name","type_id":4,"value":"jane"},{"name":"user.display_name","type_id":31,"value":"x"}]}`,
			`{` + version("1.1.0") + `,"observables":[{"name":"user.name","type_id":4,"value":"jane"}]}`,
			[]string{"carried /observables/1: the target has no place for it"}},
		{"a profile goes, the one after it stays", "1.3.0",
			`{"metadata":{"version":"1.8.0","product":{"name":"p","vendor_name":"v"},"profiles":["osint","ai_operation","host","osint"]},"device":{"type_id":1,"hostname":"h"}}`,
			`{"metadata":{"version":"1.3.0","product":{"name":"p","vendor_name":"v"},"profiles":["host"]},"device":{"type_id":1,"hostname":"h"}}`,
			[]string{`target_constraint /metadata/profiles: the required attribute "osint" of authentication is missing, as the profile osint demands`}},
		{"unmet", "1.3.0", `{"metadata":{"version":"1.8.0","product":{"name":"p"}}}`, `{"metadata":{"version":"1.3.0","product":{"name":"p"}}}`,
			[]string{`requirement_unmet /metadata/product/vendor_name: the required attribute "vendor_name" of product is missing`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			source := unmarshal(t, string(residue.Text(merged(t, anyLogon, test.source))))
			n := tally{missing: map[string]int{}}
			n.convertible(t, test.name, source, ocsf.Versions())
			out, report, err := ocsf.ForVersion(source, test.to)
			if err != nil {
				t.Fatal(err)
			}
			got, err := residue.Parse(appendJSON(t, out))
			if err != nil {
				t.Fatal(err)
			}
			unmapped := got["unmapped"].(map[string]any)
			if residue.Take(unmapped, ocsf.Format); len(unmapped) == 0 {
				delete(got, "unmapped")
			}
			if diff := cmp.Diff(merged(t, anyLogon, test.want), got); diff != "" {
				t.Error(diff)
			}
			var lines []string
			for _, c := range report.Entries {
				lines = append(lines, c.String())
			}
			if diff := cmp.Diff(test.report, lines); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestForVersionMany: time and memory grow with the event, not with the square of
// it. What does not hold here does not come to an end.
func TestForVersionMany(t *testing.T) {
	const many = 30_000
	profiles := `"profiles":[` + strings.Repeat(`"cloud",`, many) + `"host"]`
	for name, text := range map[string]string{
		"profiles that demand something": `"metadata":{"version":"1.8.0",` + profiles + `}`,
		"profiles and objects":           `"metadata":{"version":"1.8.0",` + profiles + `},"observables":[` + strings.Repeat(`{},`, many) + `{}]`,
		"objects that go":                `"metadata":{"version":"1.8.0"},"observables":[` + strings.Repeat(`{},{"name":"user","type_id":99,"value":"x"},`, many) + `{}]`,
		"values that go":                 `"metadata":{"version":"1.8.0"},"user":{"account":{"type_id":1},"groups":[` + strings.Repeat(`{"name":"x"},5,`, many) + `{}]}`,
	} {
		e := unmarshal(t, `{"class_uid":3002,`+text+`}`)
		out, report, err := ocsf.ForVersion(e, "1.3.0")
		if err != nil || !report.Lossless {
			t.Fatalf("%s: %v", name, err)
		}
		if back, report, err := ocsf.Restore(out); err != nil || !report.Lossless || jsontest.Equal(appendJSON(t, e), appendJSON(t, back), false) != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestForVersionNone(t *testing.T) {
	e := unmarshal(t, anyLogon)
	for _, version := range []string{"", "1.3", "2.D.V08"} {
		out, _, err := ocsf.ForVersion(e, version)
		if out != nil || !errors.Is(err, secmodel.ErrVersion) || !strings.Contains(err.Error(), "1.3.0") {
			t.Errorf("%q: %v %v", version, out, err)
		}
	}
	bad := &ocsf.Authentication{Message: new("\xff")}
	if _, _, err := ocsf.ForVersion(bad, "1.3.0"); err == nil {
		t.Error("an event that cannot be written was converted")
	}
	if _, _, err := ocsf.Restore(bad); err == nil {
		t.Error("an event that cannot be written was restored")
	}
}

// TestForVersionSame: an event of the release already is returned as it is.
func TestForVersionSame(t *testing.T) {
	e := unmarshal(t, string(residue.Text(merged(t, anyLogon, `{"foo":1,"unmapped":{}}`))))
	for _, f := range []func() (ocsf.Event, secmodel.ConversionReport, error){
		func() (ocsf.Event, secmodel.ConversionReport, error) { return ocsf.ForVersion(e, "1.8.0") },
		func() (ocsf.Event, secmodel.ConversionReport, error) { return ocsf.Restore(e) },
	} {
		out, report, err := f()
		if err != nil || !report.Lossless || len(report.Entries) > 0 || !bytes.Equal(appendJSON(t, out), appendJSON(t, e)) || out == e {
			t.Errorf("%v %+v %v", out, report, err)
		}
	}
}

// TestForVersionClass: a base event that stood in for a class becomes one of the
// class again.
func TestForVersionClass(t *testing.T) {
	e := unmarshal(t, string(residue.Text(merged(t, anyLogon, `{"class_uid":2004,"category_uid":2,"type_uid":200401,"finding_info":{"uid":"1","title":"t"}}`))))
	out, report, err := ocsf.ForVersion(e, "1.0.0")
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := out.(*ocsf.BaseEvent); !ok || report.From.Class != "detection_finding" || report.To.Class != "base_event" {
		t.Errorf("%T %v", out, report)
	}
	back, report, err := ocsf.Restore(out)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := back.(*ocsf.DetectionFinding); !ok || report.From.Class != "base_event" || report.To.Class != "detection_finding" || report.To.Version != "1.8.0" {
		t.Errorf("%T %v", back, report)
	}
}

// TestForVersionChain goes through all releases, up and down, and back step by
// step.
func TestForVersionChain(t *testing.T) {
	up := ocsf.Versions()
	down := slices.Clone(up)
	slices.Reverse(down)
	s := mustSchema(t)
	for _, at := range []int{0, len(s.Versions) - 1} {
		for i, class := range classes(s, at) {
			if i%7 != 0 {
				continue
			}
			for _, way := range [][]string{up, down} {
				e := unmarshal(t, string(marshal(t, newFiller(s, at, class).event(class, flat))))
				stages := []ocsf.Event{e}
				for _, version := range way {
					if e.Identity().Version == version {
						continue
					}
					next, _, err := ocsf.ForVersion(e, version)
					if err != nil {
						t.Fatal(err)
					}
					e = next
					stages = append(stages, e)
				}
				for i := len(stages) - 1; i > 0; i-- {
					back, report, err := ocsf.Restore(stages[i])
					if err != nil || !report.Lossless {
						t.Fatalf("%s: %v %v", class.Name, report.Entries, err)
					}
					if err := jsontest.Equal(appendJSON(t, stages[i-1]), appendJSON(t, back), false); err != nil {
						t.Fatalf("%s, stage %d of %v: %v", class.Name, i, way, err)
					}
				}
			}
		}
	}
}

// TestRestoreEdited: what was edited between ForVersion and Restore stays, and
// is reported where the residue would have said otherwise.
func TestRestoreEdited(t *testing.T) {
	source := string(residue.Text(merged(t, anyLogon, `{"activity_id":6,"type_uid":300206,"message":"before","account_switch_type":"x","user":{"name":"jane","type_id":1,"display_name":"Jane"}}`)))
	for _, test := range []struct {
		name    string
		edit    func(a *ocsf.Authentication)
		want    string // beside the source
		changes []string
	}{
		{"mapped", func(a *ocsf.Authentication) { a.Message = new("after") }, `{"message":"after"}`, nil},
		{"added", func(a *ocsf.Authentication) { a.StatusDetail = new("new") }, `{"status_detail":"new"}`, nil},
		{"removed", func(a *ocsf.Authentication) { a.User = nil }, `{"user":null}`, []string{"residue_orphaned /user/display_name"}},
		{"replaced", func(a *ocsf.Authentication) { a.User.Name = new("joe") }, `{"user":{"name":"joe","type_id":1,"display_name":"Jane"}}`, nil},
		{"approximated", func(a *ocsf.Authentication) {
			a.ActivityID, a.TypeUID, a.ActivityName = new(ocsf.AuthenticationActivityIDLogon), new(int64(300201)), nil
		},
			`{"activity_id":1,"type_uid":300201}`, []string{"residue_superseded /activity_id", "residue_superseded /activity_name", "residue_superseded /type_uid"}},
		{"in the way", func(a *ocsf.Authentication) { a.AccountSwitchType = new("mine") }, `{"account_switch_type":"mine"}`, []string{"residue_superseded /account_switch_type"}},
		{"beside the residue", func(a *ocsf.Authentication) {
			a.Unmapped = append(append([]byte(`{"more":true,`), bytes.TrimPrefix(a.Unmapped, []byte("{"))...), ' ')
		}, `{"unmapped":{"more":true}}`, nil},
		{"the residue is gone", func(a *ocsf.Authentication) { a.Unmapped = nil },
			`{"metadata":{"version":"1.1.0","product":{"name":"p","vendor_name":"v"}},"activity_id":99,"activity_name":"Preauth","type_uid":300299,"account_switch_type":null,"user":{"name":"jane","type_id":1}}`, nil},
		{"half the residue is gone", func(a *ocsf.Authentication) {
			a.Unmapped = bytes.Replace(a.Unmapped, []byte(`"/account_switch_type":"x",`), nil, 1)
		}, `{"account_switch_type":null}`, []string{"residue_incomplete /unmapped/secmodel"}},
		{"the residue of another format", func(a *ocsf.Authentication) {
			a.Unmapped = bytes.Replace(a.Unmapped, []byte(`ocsf-ocsf/1`), []byte(`idmefv2-ocsf/1`), 1)
		}, "", nil},
		{"other rules", func(a *ocsf.Authentication) {
			a.Unmapped = bytes.Replace(a.Unmapped, []byte(`ocsf-ocsf/1`), []byte(`ocsf-ocsf/99`), 1)
		}, "", []string{"crosswalk_version_unknown /unmapped/secmodel"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			out, _, err := ocsf.ForVersion(unmarshal(t, source), "1.1.0")
			if err != nil {
				t.Fatal(err)
			}
			test.edit(out.(*ocsf.Authentication))
			back, report, err := ocsf.Restore(out)
			if err != nil {
				t.Fatal(err)
			}
			want := appendJSON(t, out)
			if test.want != "" {
				want = residue.Text(merged(t, source, test.want))
			}
			if err := jsontest.Equal(want, appendJSON(t, back), false); err != nil {
				t.Errorf("%v\nwant %s\n got %s", err, want, appendJSON(t, back))
			}
			var got []string
			for _, c := range report.Entries {
				got = append(got, c.Code+" "+c.Pointer)
			}
			if diff := cmp.Diff(test.changes, got); diff != "" || report.Lossless != (len(test.changes) == 0) {
				t.Errorf("lossless is %v\n%s", report.Lossless, diff)
			}
		})
	}
}

// TestRestoreEdits edits one text of a converted event at a time, everywhere: it
// comes back edited, and nothing else does.
func TestRestoreEdits(t *testing.T) {
	s := mustSchema(t)
	edits := 0
	for i, class := range classes(s, len(s.Versions)-1) {
		if i%7 != 0 {
			continue
		}
		e := unmarshal(t, string(marshal(t, newFiller(s, len(s.Versions)-1, class).event(class, flat))))
		source, err := residue.Parse(appendJSON(t, e))
		if err != nil {
			t.Fatal(err)
		}
		out, report, err := ocsf.ForVersion(e, "1.3.0")
		if err != nil {
			t.Fatal(err)
		}
		target, err := residue.Parse(appendJSON(t, out))
		if err != nil {
			t.Fatal(err)
		}
		carried := func(pointer string) bool {
			return slices.ContainsFunc(report.Entries, func(c secmodel.Change) bool { return strings.HasPrefix(pointer+"/", c.Pointer+"/") })
		}
		eachText(target, "", func(pointer string, object map[string]any, name string) {
			old, ok := residue.Get(source, pointer)
			if strings.HasPrefix(pointer, "/unmapped/") || pointer == "/metadata/version" || !ok || old != object[name] || carried(pointer) {
				return
			}
			edits++
			object[name] = "edited"
			back, report, err := ocsf.Restore(unmarshal(t, string(residue.Text(target))))
			object[name] = old
			if err != nil || !report.Lossless {
				t.Fatalf("%s %s: %v %v", class.Name, pointer, report.Entries, err)
			}
			want := residue.Copy(source)
			parent, _ := residue.Parent(pointer)
			holder, _ := residue.Get(want, parent)
			holder.(map[string]any)[name] = "edited"
			if err := jsontest.Equal(residue.Text(want), appendJSON(t, back), false); err != nil {
				t.Errorf("%s %s: %v", class.Name, pointer, err)
			}
		})
	}
	if edits < 100 {
		t.Errorf("only %d edits", edits)
	}
	t.Logf("%d edits", edits)
}

// eachText calls f with each text that is a member of an object, in order.
func eachText(v any, at string, f func(pointer string, object map[string]any, name string)) {
	switch x := v.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(x)) {
			pointer := at + residue.Join(name)
			if _, ok := x[name].(string); ok {
				f(pointer, x, name)
			}
			eachText(x[name], pointer, f)
		}
	case []any:
		for i, element := range x {
			eachText(element, fmt.Sprint(at, "/", i), f)
		}
	}
}

func FuzzForVersion(f *testing.F) {
	for i, s := range jsontest.Samples(f, ocsf.Format) {
		if len(s.Data) < 4000 {
			f.Add(s.Data, uint8(i))
		}
	}
	f.Add([]byte(`{"class_uid":3002,"activity_id":null,"metadata":[],"unmapped":{"secmodel":{"crosswalk":"x"}}}`), uint8(2))
	f.Fuzz(func(t *testing.T, text []byte, to uint8) {
		e, err := ocsf.Unmarshal(text)
		if err != nil {
			return
		}
		n := tally{missing: map[string]int{}}
		versions := ocsf.Versions()
		n.convertible(t, "fuzzed", e, versions[int(to)%len(versions):][:1])
	})
}

func FuzzRestore(f *testing.F) {
	f.Add(anyLogon, `{"ocsf":{"/message":"x"},"secmodel":{"crosswalk":"ocsf-ocsf/1","from":"1.8.0","to":"1.3.0","gone":["/user"],"n":2,"was":{"/user":"0"}}}`)
	f.Fuzz(func(t *testing.T, text, unmapped string) {
		doc, err := residue.Parse([]byte(text))
		if err != nil || !json.Valid([]byte(unmapped)) {
			return
		}
		doc["unmapped"] = json.Number(unmapped) // any JSON
		e, err := ocsf.Unmarshal(residue.Text(doc))
		if err != nil {
			return
		}
		before := appendJSON(t, e)
		out, _, err := ocsf.Restore(e)
		if err != nil {
			t.Fatal(err)
		}
		if !json.Valid(appendJSON(t, out)) || !bytes.Equal(before, appendJSON(t, e)) {
			t.Errorf("%s became %s", before, appendJSON(t, out))
		}
	})
}
