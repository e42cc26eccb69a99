package idmefv2_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/idmefv2"
	"github.com/secmodel/secmodel/internal/jsontest"
)

// FuzzRules checks any message under every draft: no panic; the same findings
// twice; those of the tables all there, and no error besides; with the option
// Text what was a warning of a rule is an error; findings in order and at
// different places, or with different codes; and the message untouched.
func FuzzRules(f *testing.F) {
	for _, s := range jsontest.Samples(f, idmefv2.Format) {
		f.Add(s.Data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		m := new(idmefv2.Message)
		if json.Unmarshal(data, m) != nil {
			return
		}
		before := m.Clone()
		for _, draft := range idmefv2.Versions() {
			version, unlimited := secmodel.WithVersion(draft), secmodel.MaxViolations(0)
			tables := byTables(m, version, unlimited)
			report := m.Check(version, unlimited)
			if diff := cmp.Diff(report, m.Check(version, unlimited)); diff != "" {
				t.Fatalf("checked twice:\n%s", diff)
			}
			if got, want := jsontest.Places(report, secmodel.Error), jsontest.Places(tables, secmodel.Error); !slices.Equal(got, want) {
				t.Fatalf("the errors are %q, those of the tables %q", got, want)
			}
			if len(report.Violations) < len(tables.Violations) {
				t.Fatal("the rules take away what the tables found")
			}
			text := m.Check(version, unlimited, secmodel.Text())
			if diff := cmp.Diff(found(report), found(text)); diff != "" {
				t.Fatalf("-without +with Text\n%s", diff)
			}
			if n := len(report.Violations) - len(tables.Violations); text.Count(secmodel.Error) != tables.Count(secmodel.Error)+n {
				t.Fatalf("the rules add %d findings, and with Text not as many errors: %v", n, text.Violations)
			}
			list := found(report)
			slices.Sort(list)
			if once := slices.Compact(slices.Clone(list)); len(once) != len(list) {
				t.Fatalf("something is found twice: %q", list)
			}
		}
		if diff := cmp.Diff(before, m); diff != "" {
			t.Fatalf("the check changed the message:\n%s", diff)
		}
	})
}

// FuzzPath reads any text as a path: no panic; what is read has one normal form,
// that reads as the same path; and it leads somewhere or nowhere in a message.
func FuzzPath(f *testing.F) {
	for _, s := range []string{"Category", "Category(1)", "Source(0).IP", "Source(-1).Port(-2)", "Analyzer.ext-Data(00)", "Alert.Status",
		"", ".", "Source", "Source(", "Source(9999999999).IP", "Attachment.Content", "(0)", "Vector.TI(3)", "Source.IP.a"} {
		f.Add(s)
	}
	m := decode(f, []byte(pathMessage))
	f.Fuzz(func(t *testing.T, text string) {
		p, err := idmefv2.ParsePath(text)
		if err != nil {
			if p != (idmefv2.Path{}) {
				t.Fatalf("%q: %s with the error %v", text, p, err)
			}
			return
		}
		q, err := idmefv2.ParsePath(p.String())
		if err != nil || q != p || q.String() != p.String() {
			t.Fatalf("%q is %s, which is %s, %v", text, p, q, err)
		}
		if v, ok := p.Get(m); ok != (v != nil) {
			t.Fatalf("%s: %v, %v", p, v, ok)
		}
		if !slices.ContainsFunc(idmefv2.Versions(), p.In) && p.String() == text {
			t.Fatalf("no draft has %s", p)
		}
	})
}
