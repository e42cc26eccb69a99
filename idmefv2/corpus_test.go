package idmefv2_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/idmefv2"
	"github.com/secmodel/secmodel/internal/jsontest"
)

// verdict is a line of idmefv2-verdicts.jsonl.gz.
type verdict struct {
	Schema  string          `json:"schema"`
	Valid   bool            `json:"valid"`
	Errors  [][2]string     `json:"errors"`
	Message json.RawMessage `json:"message"`
}

// TestRoundTripVerdicts decodes and encodes every message of the corpus: equal
// JSON, valid or not.
func TestRoundTripVerdicts(t *testing.T) {
	n := 0
	jsontest.Lines(t, jsontest.Shared(t, "corpus", "idmefv2-verdicts.jsonl.gz"), func(line int, v verdict) {
		n++
		roundTrip(t, v.Message)
	})
	t.Logf("%d messages", n)
}

func roundTrip(t *testing.T, text []byte) {
	t.Helper()
	var m idmefv2.Message
	if err := json.Unmarshal(text, &m); err != nil {
		t.Errorf("%s: %v", text, err)
		return
	}
	out, err := m.AppendJSON(nil)
	if err != nil {
		t.Errorf("%s: %v", text, err)
		return
	}
	if err := jsontest.Equal(text, out, true); err != nil {
		t.Errorf("%v\n in: %s\nout: %s", err, text, out)
	}
}

// TestVerdicts compares our verdict on every message with that of a draft-04
// validator on the schema of the draft.
func TestVerdicts(t *testing.T) {
	agree, rules := 0, map[string]int{}
	jsontest.Lines(t, jsontest.Shared(t, "corpus", "idmefv2-verdicts.jsonl.gz"), func(line int, v verdict) {
		var m idmefv2.Message
		if err := json.Unmarshal(v.Message, &m); err != nil {
			t.Fatalf("line %d: %v", line, err)
		}
		jsontest.SameChecks(t, &m, secmodel.WithVersion(v.Schema))
		report := m.Check(secmodel.WithVersion(v.Schema))
		if report.Valid() == v.Valid {
			agree++
			return
		}
		if rule := difference(v, report); rule != "" {
			rules[rule]++
			return
		}
		t.Errorf("line %d, %s: valid %v, the reference says %v %v\nours: %v\n%s",
			line, v.Schema, report.Valid(), v.Valid, v.Errors, report.Violations, v.Message)
	})
	t.Logf("%d verdicts agree; differences by rule: %v", agree, rules)
}

// difference names the rule that explains why our verdict is not the
// reference's, "" if none does.
func difference(v verdict, report secmodel.Report) string {
	if !v.Valid || report.Valid() {
		return ""
	}
	for _, violation := range report.Violations {
		if s, ok := violation.Value.(string); ok && violation.Code == secmodel.CodePattern && strings.HasSuffix(s, "\n") {
			return "in Python, $ matches before a final newline"
		}
	}
	return ""
}

// TestCorpusFiles round-trips the collected messages and compares verdicts on
// those whose draft has a schema.
func TestCorpusFiles(t *testing.T) {
	dir := jsontest.Shared(t, "corpus", "idmefv2")
	index := jsontest.Index(t, filepath.Join(dir, "INDEX.tsv"))
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	judged := 0
	for _, file := range files {
		name := filepath.Base(file)
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !json.Valid(text) {
			if json.Unmarshal(text, new(idmefv2.Message)) == nil {
				t.Errorf("%s: not JSON, but decoded", name)
			}
			continue
		}
		roundTrip(t, text)
		row := index[name]
		if row == nil {
			t.Errorf("%s: not in the index", name)
			continue
		}
		if !slices.Contains(idmefv2.Versions(), row["schema_used"]) {
			continue
		}
		judged++
		var m idmefv2.Message
		if err := json.Unmarshal(text, &m); err != nil {
			t.Fatal(err)
		}
		report := m.Check(secmodel.WithVersion(row["schema_used"]))
		if report.Valid() != (row["valid_as_is"] == "VALID") {
			t.Errorf("%s: the reference says %s %s\nours: %v", name, row["valid_as_is"], row["schema_errors"], report.Violations)
		}
	}
	t.Logf("%d files, %d judged", len(files), judged)
}
