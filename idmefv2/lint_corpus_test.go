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

// TestSuspicionsField looks for suspicions in the messages of the corpus.
func TestSuspicionsField(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(jsontest.Shared(t, "corpus", "idmefv2"), "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	var field jsontest.Field
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var m idmefv2.Message
		if json.Unmarshal(text, &m) == nil {
			field.Add(m.Check(secmodel.Lint()), filepath.Base(file), "")
		}
	}
	field.Compare(t, idmefv2.Format)
}

// TestSuspicionsApart: in generated messages, valid and invalid, the option Lint
// changes neither errors nor warnings.
func TestSuspicionsApart(t *testing.T) {
	jsontest.Lines(t, jsontest.Shared(t, "corpus", "idmefv2-verdicts.jsonl.gz"), func(line int, v verdict) {
		var m idmefv2.Message
		if err := json.Unmarshal(v.Message, &m); err != nil {
			t.Fatalf("line %d: %v", line, err)
		}
		plain, linted := m.Check(), m.Check(secmodel.Lint())
		for _, s := range []secmodel.Severity{secmodel.Error, secmodel.Warning} {
			if !slices.Equal(jsontest.Places(plain, s), jsontest.Places(linted, s)) {
				t.Errorf("line %d: Lint changes the %ss", line, s)
			}
		}
	})
}
