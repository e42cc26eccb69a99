package ocsf_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/internal/model"
	"github.com/secmodel/secmodel/ocsf"
)

var update = flag.Bool("update", false, "make the events of every class in testdata/ocsf, and rows of INDEX.tsv for them and for files without any")

const samplesDir = "../testdata/ocsf"

// generated is the prefix of the names of files that the test makes.
const generated = "full-"

// TestSamples checks the repository's own events: one of every class of the
// newest release with every attribute, and those written by hand.
func TestSamples(t *testing.T) {
	if *update {
		updateSamples(t)
	}
	full := 0
	for _, s := range jsontest.Samples(t, ocsf.Format) {
		m := read(t, s.Data)
		if got := m.Identity().Class; got != s.Class {
			t.Errorf("%s: class %s, not %s", s.File, got, s.Class)
		}
		s.Compare(t, m.Check())
		out, err := m.AppendJSON(nil)
		if err != nil {
			t.Errorf("%s: %v", s.File, err)
		} else if err := jsontest.Equal(s.Data, out, true); err != nil {
			t.Errorf("%s: %v", s.File, err)
		}
		if strings.HasPrefix(s.File, generated) {
			full++
		}
	}
	if want := len(ocsf.Classes()); full != want {
		t.Errorf("events of %d classes, not of %d: run go test ./ocsf -update", full, want)
	}
}

// read reads an event or a bundle.
func read(t *testing.T, text []byte) secmodel.Message {
	t.Helper()
	var frame struct {
		Events json.RawMessage `json:"events"`
	}
	if err := json.Unmarshal(text, &frame); err != nil {
		t.Fatal(err)
	}
	if frame.Events != nil {
		b := new(ocsf.Bundle)
		if err := json.Unmarshal(text, b); err != nil {
			t.Fatal(err)
		}
		return b
	}
	e, err := ocsf.Unmarshal(text)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// updateSamples writes the generated files and the index.
func updateSamples(t *testing.T) {
	t.Helper()
	s := mustSchema(t)
	old, err := filepath.Glob(filepath.Join(samplesDir, generated+"*.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range old {
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
	}
	for _, class := range classes(s, s.Newest()) {
		writeFull(t, s, class)
	}
	writeIndex(t)
}

func writeFull(t *testing.T, s *model.Schema, class *model.Type) {
	t.Helper()
	var text bytes.Buffer
	event := marshal(t, newFiller(s, s.Newest(), class).event(class, flat))
	if err := json.Indent(&text, event, "", " "); err != nil {
		t.Fatal(err)
	}
	text.WriteByte('\n')
	verdict := "valid"
	if report := read(t, event).Check(); len(report.Violations) > 0 {
		verdict = "warning"
	}
	file := filepath.Join(samplesDir, generated+class.Name+"."+verdict+".json")
	if err := os.WriteFile(file, text.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
}

// writeIndex keeps the rows of files written by hand.
func writeIndex(t *testing.T) {
	t.Helper()
	index := filepath.Join(samplesDir, "INDEX.tsv")
	kept := map[string][]string{}
	if text, err := os.ReadFile(index); err == nil {
		for _, row := range strings.Split(strings.TrimRight(string(text), "\n"), "\n")[1:] {
			name, _, _ := strings.Cut(row, "\t")
			kept[name] = append(kept[name], row)
		}
	}
	files, err := filepath.Glob(filepath.Join(samplesDir, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	rows := []string{"file\tclass\tverdict\tcode\tpointer"}
	for _, file := range files {
		name := filepath.Base(file)
		if list := kept[name]; list != nil && !strings.HasPrefix(name, generated) {
			rows = append(rows, list...)
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, indexRows(name, read(t, text))...)
	}
	if err := os.WriteFile(index, []byte(strings.Join(rows, "\n")+"\n"), 0o666); err != nil {
		t.Fatal(err)
	}
}

func indexRows(name string, m secmodel.Message) []string {
	report := m.Check()
	severity, verdict := secmodel.Warning, "valid"
	switch {
	case !report.Valid():
		severity, verdict = secmodel.Error, "invalid"
	case strings.HasSuffix(name, ".suspicious.json"):
		report = m.Check(secmodel.Lint())
		severity, verdict = secmodel.Suspicion, "suspicious"
	}
	var rows []string
	for _, v := range report.Violations {
		if v.Severity == severity {
			rows = append(rows, strings.Join([]string{name, report.Identity.Class, verdict, v.Code, v.Pointer}, "\t"))
		}
	}
	if rows == nil {
		rows = []string{strings.Join([]string{name, report.Identity.Class, verdict, "", ""}, "\t")}
	}
	return slices.Compact(rows)
}
