package idmefv2_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/idmefv2"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/internal/repairtest"
)

// TestRepairVerdicts repairs every message of the corpus: what holds of every
// repair holds, and a message without error is left alone.
func TestRepairVerdicts(t *testing.T) {
	var c repairtest.Count
	jsontest.Lines(t, jsontest.Shared(t, "corpus", "idmefv2-verdicts.jsonl.gz"), func(line int, v verdict) {
		m := new(idmefv2.Message)
		if err := json.Unmarshal(v.Message, m); err != nil {
			t.Fatalf("line %d: %v", line, err)
		}
		c.Add(repairtest.Laws(t, m, idmefv2.Repair, secmodel.WithVersion(v.Schema)))
	})
	if c.Touched > 0 {
		t.Errorf("%d valid messages were changed", c.Touched)
	}
	t.Log(&c)
}

// TestRepairCorpusFiles repairs the collected messages.
func TestRepairCorpusFiles(t *testing.T) {
	var c repairtest.Count
	files, err := filepath.Glob(filepath.Join(jsontest.Shared(t, "corpus", "idmefv2"), "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		m := new(idmefv2.Message)
		if json.Unmarshal(text, m) != nil {
			continue
		}
		c.Add(repairtest.Laws(t, m, idmefv2.Repair))
	}
	if c.Touched > 0 {
		t.Errorf("%d valid messages were changed", c.Touched)
	}
	t.Log(&c)
}
