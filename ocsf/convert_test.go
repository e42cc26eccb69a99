package ocsf_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/internal/residue"
	"github.com/secmodel/secmodel/ocsf"
)

// tally counts what conversions gave.
type tally struct {
	events, conversions, unmet, present int
	missing                             map[string]int // requirements not met, of valid sources
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
		if _, there := residue.Get(doc, c.Pointer); there && source && c.Code == secmodel.ChangeRequirement {
			n.present++
			t.Logf("%s to %s: %v, which the source has", name, version, c)
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

// TestForVersionCorpus converts every event of the corpus, valid or not, to the
// releases that are in use.
func TestForVersionCorpus(t *testing.T) {
	n := tally{missing: map[string]int{}}
	jsontest.Lines(t, jsontest.Shared(t, "corpus", "ocsf-verdicts.jsonl.gz"), func(line int, v verdict) {
		e, err := ocsf.Unmarshal(v.Event, secmodel.MaxDepth(1000))
		if err != nil {
			t.Fatalf("line %d: %v", line, err)
		}
		n.convertible(t, v.File, e, []string{"1.1.0", "1.3.0", "1.5.0", "1.8.0"})
	})
	n.log(t)
}
