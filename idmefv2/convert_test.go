package idmefv2_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/idmefv2"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/internal/residue"
)

// convertible holds the laws of ForVersion and Restore for one message and all
// drafts, and returns how many conversions there were and how many of their
// results lack something.
func convertible(t testing.TB, text []byte) (n, unmet int) {
	t.Helper()
	var m idmefv2.Message
	if err := json.Unmarshal(text, &m); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	source := appendJSON(t, &m)
	doc, err := residue.Parse(source)
	if err != nil {
		t.Fatal(err)
	}
	// In drafts 02 and 03, what is wrong in Analyzer is a warning.
	valid := len(m.Check(secmodel.MaxViolations(0)).Violations) == 0
	for _, version := range idmefv2.Versions() {
		n++
		out, report, err := idmefv2.ForVersion(&m, version)
		if err != nil {
			t.Fatalf("%s to %s: %v", text, version, err)
		}
		if !report.Lossless || report.To.Version != version {
			t.Errorf("%s to %s: %+v", text, version, report)
		}
		if now := appendJSON(t, &m); string(now) != string(source) {
			t.Fatalf("to %s changed its input\n was %s\n is %s", version, source, now)
		}
		if m.Version == nil || string(*m.Version) != version {
			var faults []string
			for _, v := range out.Check(secmodel.MaxViolations(0)).Violations {
				if v.Severity == secmodel.Error {
					faults = append(faults, v.Pointer)
				}
			}
			var reported []string
			for _, c := range report.Entries {
				if c.Code != secmodel.ChangeRequirement || c.Severity != secmodel.Error {
					continue
				}
				reported = append(reported, c.Pointer)
				if _, there := residue.Get(doc, c.Pointer); there && valid {
					t.Errorf("%s to %s: %v, but the message has it", text, version, c)
				}
			}
			if len(reported) > 0 {
				unmet++
			}
			for _, p := range faults {
				if !slices.Contains(reported, p) {
					t.Errorf("%s to %s: the result is not valid at %s, and the report does not say so\n%s", text, version, p, appendJSON(t, out))
				}
			}
		}
		again, _, err := idmefv2.ForVersion(&m, version)
		if err != nil || string(appendJSON(t, again)) != string(appendJSON(t, out)) {
			t.Errorf("%s to %s: a second conversion gives something else, %v", text, version, err)
		}
		back, report, err := idmefv2.Restore(out)
		if err != nil {
			t.Fatalf("%s from %s: %v", text, version, err)
		}
		if !report.Lossless {
			t.Errorf("%s from %s: %v", text, version, report.Entries)
		}
		if err := jsontest.Equal(source, appendJSON(t, back), false); err != nil {
			t.Errorf("by way of %s: %v\n was %s\n via %s\n is  %s", version, err, source, appendJSON(t, out), appendJSON(t, back))
		}
	}
	return n, unmet
}

func appendJSON(t testing.TB, m *idmefv2.Message) []byte {
	t.Helper()
	text, err := m.AppendJSON(nil)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestForVersionSamples(t *testing.T) {
	for _, s := range jsontest.Samples(t, idmefv2.Format) {
		convertible(t, s.Data)
	}
}

func TestForVersionCorpus(t *testing.T) {
	messages, conversions, unmet := 0, 0, 0
	add := func(text []byte) {
		n, lacking := convertible(t, text)
		messages++
		conversions += n
		unmet += lacking
	}
	jsontest.Lines(t, jsontest.Shared(t, "corpus", "idmefv2-verdicts.jsonl.gz"), func(line int, v verdict) {
		if !testing.Short() || line%10 == 0 {
			add(v.Message)
		}
	})
	files, err := filepath.Glob(filepath.Join(jsontest.Shared(t, "corpus", "idmefv2"), "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if json.Valid(text) {
			add(text)
		}
	}
	t.Logf("%d messages, %d conversions, %d results lack what the draft demands", messages, conversions, unmet)
}

func parse(t testing.TB, text string) *idmefv2.Message {
	t.Helper()
	m := new(idmefv2.Message)
	if err := json.Unmarshal([]byte(text), m); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return m
}

// TestForVersionMaps shows what becomes of each thing that the drafts name or
// shape differently: the result without the residue, and the report.
func TestForVersionMaps(t *testing.T) {
	for _, test := range []struct {
		name, to, source, want string
		report                 []string
	}{
		{"renamed categories", "2.D.V08",
			`{"Version":"2.D.V06","Category":["Attempt.Login","Climatological.Drought","Recon.Scanning"]}`,
			`{"Version":"2.D.V08","Category":["Access.Unauthorized","Climat.Drought","Recon.Network"]}`,
			[]string{"approximated /Category: Attempt.Login became Access.Unauthorized; Climatological.Drought became Climat.Drought; Recon.Scanning became Recon.Network"}},
		{"what comes back by itself is not reported", "2.D.V08",
			`{"Version":"2.D.V06","Category":["Climatological.Drought","Availability.DoS"]}`,
			`{"Version":"2.D.V08","Category":["Climat.Drought","Availability.DoS"]}`, nil},
		{"one for several", "2.D.V06",
			`{"Version":"2.D.V08","Category":["Malware.Trojan","Malware.Worm"]}`,
			`{"Version":"2.D.V06","Category":["Malicious.System"]}`,
			[]string{"approximated /Category: Malware.Trojan became Malicious.System; Malware.Worm became Malicious.System"}},
		{"a spelling of draft 07", "2.D.V07",
			`{"Version":"2.D.V08","Category":["Recon.Network","Malware.Backdoor"]}`,
			`{"Version":"2.D.V07","Category":["Recon.Netword","Malware.Other"]}`,
			[]string{"approximated /Category: Recon.Network became Recon.Netword; Malware.Backdoor became Malware.Other"}},
		{"no counterpart: an extension", "2.D.V06",
			`{"Version":"2.D.V08","Category":["Availability.DoS","Insider.Malicious"]}`,
			`{"Version":"2.D.V06","Category":["Availability.DoS","ext-value"],"ext-Category":"Insider.Malicious"}`,
			nil},
		{"an extension that became a value", "2.D.V08",
			`{"Version":"2.D.V05","Category":["ext-value"],"ext-Category":"Malware.Trojan"}`,
			`{"Version":"2.D.V08","Category":["Malware.Trojan"]}`,
			[]string{"approximated /Category: ext-value became Malware.Trojan", "approximated /ext-Category -> /Category: Malware.Trojan became a value of the enumeration"}},
		{"several extensions", "2.D.V05",
			`{"Version":"2.D.V07","Category":["Other.ext-value"],"ext-Category":["One","Two"]}`,
			`{"Version":"2.D.V05","Category":["ext-value"],"ext-Category":"One"}`,
			[]string{"approximated /ext-Category: the target has room for one extension, the first was taken"}},
		{"several values without counterpart", "2.D.V06",
			`{"Version":"2.D.V08","Category":["Insider.Malicious","Theft.Data"]}`,
			`{"Version":"2.D.V06","Category":["ext-value"],"ext-Category":"Insider.Malicious"}`,
			[]string{"approximated /Category -> /ext-Category: Insider.Malicious became an extension; the target has no room for Theft.Data, a second extension"}},
		{"one of two extensions became a value", "2.D.V06",
			`{"Version":"2.D.V08","Category":["Other.ext-value"],"ext-Category":["One","Recon.Sniffing"]}`,
			`{"Version":"2.D.V06","Category":["ext-value","Recon.Sniffing"],"ext-Category":"One"}`,
			[]string{"approximated /Category: Recon.Sniffing was added, which was an extension", "approximated /ext-Category -> /Category: Recon.Sniffing became a value of the enumeration"}},
		{"an extension without marker", "2.D.V07",
			`{"Version":"2.D.V06","Category":["Availability.DoS"],"ext-Category":"One"}`,
			`{"Version":"2.D.V07","Category":["Availability.DoS"],"ext-Category":["One"]}`, nil},
		{"a marker without extension", "2.D.V07",
			`{"Version":"2.D.V06","Category":["ext-value"]}`,
			`{"Version":"2.D.V07","Category":["Other.ext-value"]}`, nil},
		{"status becomes a list", "2.D.V08", `{"Version":"2.D.V06","Status":"Incident"}`, `{"Version":"2.D.V08","Status":["Incident"]}`, nil},
		{"status becomes one", "2.D.V07", `{"Version":"2.D.V08","Status":["Reported","Closed","Incident"]}`, `{"Version":"2.D.V07","Status":"Closed"}`,
			[]string{"carried /Status: the target has no status Reported; the target has one status, the first was taken"}},
		{"status that is close", "2.D.V02", `{"Version":"2.D.V08","Status":["Open"]}`, `{"Version":"2.D.V02","Status":"Incident"}`,
			[]string{"approximated /Status: Open became Incident"}},
		{"status that is not", "2.D.V06", `{"Version":"2.D.V07","Status":"FalsePositive"}`, `{"Version":"2.D.V06"}`,
			[]string{"carried /Status: the target has no status FalsePositive"}},
		{"entity", "2.D.V04", `{"Version":"2.D.V03","Entity":"Plant 3"}`, `{"Version":"2.D.V04","EntityName":"Plant 3"}`, nil},
		{"entity, back", "2.D.V03", `{"Version":"2.D.V06","EntityName":"Plant 3","OrganisationName":"Mills","EntityId":"P3"}`,
			`{"Version":"2.D.V03","Entity":"Plant 3"}`,
			[]string{"carried /EntityId: the target has no place for it", "carried /OrganisationName: the target has no place for it"}},
		{"organisation alone", "2.D.V02", `{"Version":"2.D.V06","OrganisationName":"Mills"}`, `{"Version":"2.D.V02","Entity":"Mills"}`,
			[]string{"approximated /OrganisationName -> /Entity: the target has one name for an organisation and its parts"}},
		{"sectors", "2.D.V08", `{"Version":"2.D.V07","EntitySector":["Waste.NuclearWaste","Space.Other"]}`,
			`{"Version":"2.D.V08","EntitySector":["Waste.Nuclear","Space.Other"]}`, nil},
		{"analyzer", "2.D.V08",
			`{"Version":"2.D.V06","Analyzer":{"Name":"a","Type":["Cyber"],"Category":["NIDS","VPN"],"Data":["Auth"],"Method":["Signature"]}}`,
			`{"Version":"2.D.V08","Type":["Cyber"],"Analyzer":{"Name":"a","Category":["NET.NIDS","ext-value"],"ext-Category":["VPN"],"Data":["Authentication"],"Method":["Signature"]}}`,
			nil},
		{"analyzer, back", "2.D.V05",
			`{"Version":"2.D.V07","Type":["Physical"],"Analyzer":{"Name":"a","IP":"192.0.2.1","Category":["Undetermined","END.RASP"],"Method":["Trend"]}}`,
			`{"Version":"2.D.V05","Analyzer":{"Name":"a","IP":"192.0.2.1","Type":["Physical"],"Category":["RASP"],"Method":["ext-value"],"ext-Method":"Trend"}}`,
			[]string{"carried /Analyzer/Category: the target has no value Undetermined; END.RASP became RASP"}},
		{"what draft 08 added", "2.D.V07",
			`{"Version":"2.D.V08","ReportTime":"2026-01-01T00:00:00Z","Source":[{"ID":"0192f0c1-6a2b-7c3d-8e4f-000000000012","Category":["ext-value"]}]}`,
			`{"Version":"2.D.V07","Source":[{"ID":"0192f0c1-6a2b-7c3d-8e4f-000000000012"}]}`,
			[]string{"carried /ReportTime: the target has no place for it", "carried /Source/0/Category: the target has no place for it"}},
		{"what draft 07 took away", "2.D.V07", `{"Version":"2.D.V06","Vector":[{"Category":["Man"],"Name":"x"}]}`, `{"Version":"2.D.V07"}`,
			[]string{"carried /Vector: the target has no place for it"}},
		{"what was never right", "2.D.V07", `{"Version":"2.D.V06","Priority":"Critical","Note":null,"Confidence":7,"Foo":1}`, `{"Version":"2.D.V07"}`,
			[]string{"carried /Confidence: the target has no place for it", "carried /Foo: the target has no place for it",
				"carried /Note: the target has no place for it", "carried /Priority: the target has no place for it"}},
		{"a version that is none", "2.D.V08", `{"Version":"2.D.V0X"}`, `{"Version":"2.D.V08"}`, []string{"carried /Version: the target has no place for it"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			complete := func(text string) string { // with what every draft requires
				doc, err := residue.Parse([]byte(text))
				if err != nil {
					t.Fatal(err)
				}
				doc["ID"], doc["CreateTime"] = "0192f0c1-6a2b-7c3d-8e4f-000000000001", "2026-03-02T04:05:06Z"
				if _, ok := doc["Analyzer"]; !ok {
					doc["Analyzer"] = map[string]any{"Name": "a", "IP": "192.0.2.1"}
				}
				analyzer := doc["Analyzer"].(map[string]any)
				if v, _ := doc["Version"].(string); v == "2.D.V07" {
					analyzer["ID"] = "0192f0c1-6a2b-7c3d-8e4f-000000000010"
				}
				return string(residue.Text(doc))
			}
			source := complete(test.source)
			convertible(t, []byte(source))
			out, report, err := idmefv2.ForVersion(parse(t, source), test.to)
			if err != nil {
				t.Fatal(err)
			}
			got, err := residue.Parse(appendJSON(t, out))
			if err != nil {
				t.Fatal(err)
			}
			delete(got, "Attachment")
			want, err := residue.Parse([]byte(complete(test.want)))
			if err != nil {
				t.Fatal(err)
			}
			// The ID of the analyzer, which some drafts demand and some do not have, is
			// no concern of this test.
			for _, doc := range []map[string]any{got, want} {
				delete(doc["Analyzer"].(map[string]any), "ID")
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
			var lines []string
			for _, c := range report.Entries {
				if !strings.HasPrefix(c.Pointer, "/Analyzer/ID") {
					lines = append(lines, c.String())
				}
			}
			if diff := cmp.Diff(test.report, lines); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestForVersionUnmet: what a draft demands is not invented.
func TestForVersionUnmet(t *testing.T) {
	m := parse(t, `{"Version":"2.D.V05","ID":"0192f0c1-6a2b-7c3d-8e4f-000000000001","CreateTime":"2026-03-02T04:05:06Z",
		"Analyzer":{"Name":"a","IP":"192.0.2.1"},"Sensor":[{"Name":"s","IP":"192.0.2.2"}],"Source":[{"IP":"192.0.2.3"},{"Note":"x"}]}`)
	for version, want := range map[string][]string{
		"2.D.V06": nil,
		"2.D.V07": {"/Analyzer/ID", "/Sensor/0/ID", "/Source/0/ID", "/Source/1/ID"},
		"2.D.V08": {"/Source/0/ID", "/Source/1/ID"},
	} {
		out, report, err := idmefv2.ForVersion(m, version)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, c := range report.Entries {
			if c.Code != secmodel.ChangeRequirement || c.Severity != secmodel.Error {
				t.Errorf("%s: %v", version, c)
			}
			got = append(got, c.Pointer)
		}
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", version, diff)
		}
		if len(out.Source) != 2 || out.Source[0].ID != nil {
			t.Errorf("%s: %s", version, appendJSON(t, out))
		}
		if report.Count(secmodel.ChangeRequirement) != len(want) {
			t.Errorf("%s: counted %d", version, report.Count(secmodel.ChangeRequirement))
		}
	}
}

func TestForVersionNone(t *testing.T) {
	for _, version := range []string{"", "2.D.V1", "8", "1.3.0"} {
		m, _, err := idmefv2.ForVersion(idmefv2.New(), version)
		if m != nil || !errors.Is(err, secmodel.ErrVersion) || !strings.Contains(err.Error(), "2.D.V07") {
			t.Errorf("%q: %v %v", version, m, err)
		}
	}
	if _, _, err := idmefv2.ForVersion(&idmefv2.Message{Note: new("\xff")}, "2.D.V06"); err == nil {
		t.Error("a message that cannot be written was converted")
	}
	if _, _, err := idmefv2.Restore(&idmefv2.Message{Note: new("\xff")}); err == nil {
		t.Error("a message that cannot be written was restored")
	}
}

// TestForVersionSame: a message of the draft already is returned as it is.
func TestForVersionSame(t *testing.T) {
	m := parse(t, `{"Version":"2.D.V08","Status":"Open","Foo":1,"Attachment":[]}`)
	for _, f := range []func() (*idmefv2.Message, secmodel.ConversionReport, error){
		func() (*idmefv2.Message, secmodel.ConversionReport, error) { return idmefv2.ForVersion(m, "2.D.V08") },
		func() (*idmefv2.Message, secmodel.ConversionReport, error) { return idmefv2.Restore(m) },
	} {
		out, report, err := f()
		if err != nil || !report.Lossless || len(report.Entries) > 0 || !bytes.Equal(appendJSON(t, out), appendJSON(t, m)) || out == m {
			t.Errorf("%v %+v %v", out, report, err)
		}
	}
}

// TestForVersionChain goes through all drafts, up and down, and back step by
// step.
func TestForVersionChain(t *testing.T) {
	versions := idmefv2.Versions()
	down := slices.Clone(versions)
	slices.Reverse(down)
	for _, s := range jsontest.Samples(t, idmefv2.Format) {
		if s.Invalid || !strings.Contains(s.File, "full") {
			continue
		}
		for _, way := range [][]string{versions, down, {"2.D.V06", "2.D.V08", "2.D.V06"}} {
			m := parse(t, string(s.Data))
			stages := []*idmefv2.Message{m}
			for _, version := range way {
				if m.Identity().Version == version {
					continue
				}
				next, _, err := idmefv2.ForVersion(m, version)
				if err != nil {
					t.Fatal(err)
				}
				m = next
				stages = append(stages, m)
			}
			for i := len(stages) - 1; i > 0; i-- {
				back, report, err := idmefv2.Restore(stages[i])
				if err != nil || !report.Lossless {
					t.Fatalf("%s: %v %v", s.File, report.Entries, err)
				}
				if err := jsontest.Equal(appendJSON(t, stages[i-1]), appendJSON(t, back), false); err != nil {
					t.Fatalf("%s, stage %d of %v: %v", s.File, i, way, err)
				}
			}
		}
	}
}

// TestRestoreEdited: what was edited between ForVersion and Restore stays, and
// is reported where the residue would have said otherwise.
func TestRestoreEdited(t *testing.T) {
	source := `{"Version":"2.D.V08","ID":"0192f0c1-6a2b-7c3d-8e4f-000000000001","CreateTime":"2026-03-02T04:05:06Z",
		"Status":["Open","Reported"],"Description":"before","Category":["Malware.Trojan"],"ReportTime":"2026-03-02T05:00:00Z",
		"Analyzer":{"Name":"a"},"Source":[{"ID":"0192f0c1-6a2b-7c3d-8e4f-000000000012","Category":["ext-value"]}]}`
	for _, test := range []struct {
		name    string
		edit    func(m *idmefv2.Message)
		want    func(m *idmefv2.Message) // to the source
		changes []string
	}{
		{"mapped", func(m *idmefv2.Message) { m.Description = new("after") }, func(m *idmefv2.Message) { m.Description = new("after") }, nil},
		{"added", func(m *idmefv2.Message) { m.Note = new("new") }, func(m *idmefv2.Message) { m.Note = new("new") }, nil},
		{"approximated", func(m *idmefv2.Message) { m.Status = []idmefv2.Status{idmefv2.StatusEvent} },
			func(m *idmefv2.Message) { m.Status = []idmefv2.Status{idmefv2.StatusEvent} }, []string{"residue_superseded /Status"}},
		{"renamed", func(m *idmefv2.Message) { m.Category = []idmefv2.Category{"Abusive.Harassment"} },
			func(m *idmefv2.Message) { m.Category = []idmefv2.Category{"Abuse.Harassment"} }, []string{"residue_superseded /Category"}},
		{"removed", func(m *idmefv2.Message) { m.Source = nil }, func(m *idmefv2.Message) { m.Source = nil }, []string{"residue_orphaned /Source/0/Category"}},
		{"an attachment more", func(m *idmefv2.Message) { m.Attachment = append(m.Attachment, idmefv2.Attachment{Name: new("mine")}) },
			func(m *idmefv2.Message) { m.Attachment = []idmefv2.Attachment{{Name: new("mine")}} }, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			out, _, err := idmefv2.ForVersion(parse(t, source), "2.D.V06")
			if err != nil {
				t.Fatal(err)
			}
			test.edit(out)
			back, report, err := idmefv2.Restore(out)
			if err != nil {
				t.Fatal(err)
			}
			want := parse(t, source)
			test.want(want)
			if err := jsontest.Equal(appendJSON(t, want), appendJSON(t, back), false); err != nil {
				t.Errorf("%v\nwant %s\n got %s", err, appendJSON(t, want), appendJSON(t, back))
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

// TestRestoreForeign: a residue that is damaged, or that others made, is used as
// far as it goes, and reported.
func TestRestoreForeign(t *testing.T) {
	const residueOf = `{"idmefv2":{"/Note":"x"},"secmodel":{"crosswalk":%q,"from":%q,"to":"2.D.V06","gone":[],"n":%d,"was":{}}}`
	for _, test := range []struct {
		name, content string
		changes       []string
		restored      bool
	}{
		{"sound", fmt.Sprintf(residueOf, "idmefv2-idmefv2/1", "2.D.V08", 1), nil, true},
		{"entries lost", fmt.Sprintf(residueOf, "idmefv2-idmefv2/1", "2.D.V08", 2), []string{"residue_incomplete /Attachment/0"}, true},
		{"other tables", fmt.Sprintf(residueOf, "idmefv2-idmefv2/99", "2.D.V08", 1), []string{"crosswalk_version_unknown /Attachment/0"}, false},
		{"another format", fmt.Sprintf(residueOf, "ocsf-idmefv2/1", "2.D.V08", 1), nil, false},
		{"other draft", fmt.Sprintf(residueOf, "idmefv2-idmefv2/1", "2.D.V99", 1), []string{"crosswalk_version_unknown /Attachment/0"}, false},
		{"no residue", `{"a":1}`, nil, false},
		{"no JSON", `{`, nil, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := parse(t, `{"Version":"2.D.V06","Attachment":[{"Name":"idmefv2Residue"}]}`)
			m.Attachment[0].Content = jsonText(t, test.content)
			out, report, err := idmefv2.Restore(m)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, c := range report.Entries {
				got = append(got, c.Code+" "+c.Pointer)
			}
			if diff := cmp.Diff(test.changes, got); diff != "" || report.Lossless != (len(test.changes) == 0) {
				t.Errorf("lossless is %v\n%s", report.Lossless, diff)
			}
			want := string(appendJSON(t, m))
			if test.restored {
				want = `{"Version":"2.D.V08","Note":"x"}`
			}
			if text := string(appendJSON(t, out)); text != want {
				t.Errorf("%s, want %s", text, want)
			}
		})
	}
}

func jsonText(t testing.TB, v any) json.RawMessage {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestForVersionNames: attachments that have such names already keep them, and
// the residue gets a higher number.
func TestForVersionNames(t *testing.T) {
	m := parse(t, `{"Version":"2.D.V08","Attachment":[{"Name":"idmefv2Residue","Content":"mine"},{"Name":"idmefv2Residue3"}]}`)
	out, _, err := idmefv2.ForVersion(m, "2.D.V07")
	if err != nil || len(out.Attachment) != 3 || *out.Attachment[2].Name != "idmefv2Residue4" {
		t.Fatalf("%v %s", err, appendJSON(t, out))
	}
	a := out.Attachment[2]
	var text string
	if err := json.Unmarshal(a.Content, &text); err != nil || *a.Size != int64(len(text)) || !json.Valid([]byte(text)) {
		t.Errorf("%v %d %s", err, *a.Size, text)
	}
	for _, v := range out.Check(secmodel.Text()).Violations {
		if strings.HasPrefix(v.Pointer, "/Attachment/2") {
			t.Errorf("the residue: %v", v)
		}
	}
	back, _, err := idmefv2.Restore(out)
	if err != nil || !bytes.Equal(appendJSON(t, back), appendJSON(t, m)) {
		t.Errorf("%v %s", err, appendJSON(t, back))
	}
}

// TestForVersionNumbers: there is a higher number than any that a name has.
func TestForVersionNumbers(t *testing.T) {
	for last, want := range map[string]string{
		"":                      "2",
		"1":                     "", // not a number that a residue has
		"02":                    "",
		"9":                     "10",
		"1000000000":            "1000000001",
		"18446744073709551615":  "18446744073709551616",
		strings.Repeat("9", 40): "1" + strings.Repeat("0", 40),
	} {
		m := parse(t, `{"Version":"2.D.V08","ReportTime":"2026-03-02T05:00:00Z","Attachment":[{"Name":"idmefv2Residue`+last+`"}]}`)
		out, _, err := idmefv2.ForVersion(m, "2.D.V06")
		if err != nil || len(out.Attachment) != 2 || *out.Attachment[1].Name != "idmefv2Residue"+want {
			t.Fatalf("after %q: %v %s", last, err, appendJSON(t, out))
		}
		back, report, err := idmefv2.Restore(out)
		if err != nil || !report.Lossless || !bytes.Equal(appendJSON(t, back), appendJSON(t, m)) {
			t.Errorf("after %q: %v %v %s", last, err, report.Entries, appendJSON(t, back))
		}
	}
}

// TestRestoreOrder: of several residues the last is restored first, even if one
// before it was lost.
func TestRestoreOrder(t *testing.T) {
	m := parse(t, `{"Version":"2.D.V08","Category":["Malware.Worm"],"ReportTime":"2026-01-01T00:00:00Z"}`)
	for _, version := range []string{"2.D.V06", "2.D.V05"} {
		var err error
		if m, _, err = idmefv2.ForVersion(m, version); err != nil {
			t.Fatal(err)
		}
	}
	if *m.Attachment[0].Name != "idmefv2Residue" {
		t.Fatal(*m.Attachment[0].Name)
	}
	m.Attachment = m.Attachment[1:]
	out, _, err := idmefv2.ForVersion(m, "2.D.V08")
	if err != nil {
		t.Fatal(err)
	}
	back, report, err := idmefv2.Restore(out)
	if err != nil || !report.Lossless || !bytes.Equal(appendJSON(t, back), appendJSON(t, m)) {
		t.Errorf("%v %v\n%s\n%s", err, report.Entries, appendJSON(t, back), appendJSON(t, m))
	}
}

// TestForVersionMany: time and memory grow with the message, not with the square
// of it. What does not hold here does not come to an end.
func TestForVersionMany(t *testing.T) {
	const many = 20_000
	var names strings.Builder
	for i := range many {
		fmt.Fprintf(&names, `{"Name":"idmefv2Residue%d"},`, i+2)
	}
	for name, text := range map[string]string{
		"values that become others": `"Category":[` + strings.Repeat(`"Recon.Network","Malware.Worm","Malware.Virus",`, many) + `"Other.Test"]`,
		"values that have no place": `"Category":[` + strings.Repeat(`"Access.Forced","Access.Trespassing",`, many) + `"Other.Test"]`,
		"attachments with names":    `"Attachment":[` + names.String() + `{"Name":"idmefv2Residue"}]`,
		"elements that go":          `"Sensor":[` + strings.Repeat(`{"Name":"x"},{"X":1},5,`, many) + `{}]`,
		"attributes that go":        `"Target":[` + strings.Repeat(`{"Port":["x"],"Note":"a longer note"},{"IP":"a","X":1,"Note":"a longer note"},`, many) + `{}]`,
	} {
		m := parse(t, `{"Version":"2.D.V08",`+text+`}`)
		out, report, err := idmefv2.ForVersion(m, "2.D.V06")
		if err != nil || !report.Lossless {
			t.Fatalf("%s: %v", name, err)
		}
		for _, c := range report.Entries {
			if len(c.Note) > 1000 {
				t.Errorf("%s: a note of %d bytes", name, len(c.Note))
			}
		}
		if back, report, err := idmefv2.Restore(out); err != nil || !report.Lossless || !bytes.Equal(appendJSON(t, back), appendJSON(t, m)) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestRestoreEdits edits one text of a converted message at a time, everywhere:
// it comes back edited, and nothing else does.
func TestRestoreEdits(t *testing.T) {
	edits := 0
	for _, s := range jsontest.Samples(t, idmefv2.Format) {
		if s.Invalid || !strings.Contains(s.File, "full") {
			continue
		}
		m := parse(t, string(s.Data))
		source, err := residue.Parse(appendJSON(t, m))
		if err != nil {
			t.Fatal(err)
		}
		for _, version := range []string{"2.D.V03", "2.D.V06", "2.D.V08"} {
			out, report, err := idmefv2.ForVersion(m, version)
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
			last := fmt.Sprintf("/Attachment/%d/", len(out.Attachment)-1) // the residue
			eachText(target, "", func(pointer string, object map[string]any, name string) {
				old, ok := residue.Get(source, pointer)
				switch {
				case !ok || old != object[name] || carried(pointer) || strings.HasPrefix(pointer, last):
					return
				case pointer == "/Version", pointer == "/Status", strings.HasPrefix(name, "ext-"):
					return // mapped by value
				}
				edits++
				object[name] = "edited"
				back, report, err := idmefv2.Restore(parse(t, string(residue.Text(target))))
				object[name] = old
				if err != nil || !report.Lossless {
					t.Fatalf("%s %s: %v %v", s.File, pointer, report.Entries, err)
				}
				want := residue.Copy(source)
				parent, _ := residue.Parent(pointer)
				holder, _ := residue.Get(want, parent)
				holder.(map[string]any)[name] = "edited"
				if err := jsontest.Equal(residue.Text(want), appendJSON(t, back), false); err != nil {
					t.Errorf("%s %s: %v", s.File, pointer, err)
				}
			})
		}
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
	for _, s := range jsontest.Samples(f, idmefv2.Format) {
		if strings.Contains(s.File, "full") || s.Invalid && len(s.Data) < 400 {
			f.Add(s.Data)
		}
	}
	f.Add([]byte(`{"Version":"2.D.V07","Category":["ext-value",1],"ext-Category":[],"Status":[null],"Analyzer":{"Type":"x"}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		if json.Unmarshal(text, new(idmefv2.Message)) == nil {
			convertible(t, text)
		}
	})
}

func FuzzRestore(f *testing.F) {
	f.Add(`{"Version":"2.D.V06","Status":"Open"}`, `{"idmefv2":{"/Note":"x","/Status":["Open"]},"secmodel":{"crosswalk":"idmefv2-idmefv2/1","from":"2.D.V08","to":"2.D.V06","gone":["/Attachment/0"],"n":2,"was":{"/Status":"0"}}}`)
	f.Fuzz(func(t *testing.T, text, content string) {
		var m idmefv2.Message
		if json.Unmarshal([]byte(text), &m) != nil {
			return
		}
		m.Attachment = append(m.Attachment, idmefv2.Attachment{Name: new("idmefv2Residue"), Content: jsonText(t, content)})
		before := appendJSON(t, &m)
		out, _, err := idmefv2.Restore(&m)
		if err != nil {
			t.Fatal(err)
		}
		if !json.Valid(appendJSON(t, out)) || !bytes.Equal(before, appendJSON(t, &m)) {
			t.Errorf("%s became %s", before, appendJSON(t, out))
		}
	})
}
