package idmefv2_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/idmefv2"
	"github.com/secmodel/secmodel/internal/jsontest"
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
				if c.Code == secmodel.ChangeRequirement && c.Severity == secmodel.Error {
					reported = append(reported, c.Pointer)
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
	jsontest.Lines(t, jsontest.Shared(t, "corpus", "idmefv2-verdicts.jsonl.gz"), func(line int, v verdict) { add(v.Message) })
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
