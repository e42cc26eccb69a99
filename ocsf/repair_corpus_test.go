package ocsf_test

import (
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/internal/repairtest"
	"github.com/secmodel/secmodel/ocsf"
)

// TestRepairVerdicts repairs every event of the corpus: what holds of every
// repair holds, and an event without error is left alone.
func TestRepairVerdicts(t *testing.T) {
	var c repairtest.Count
	jsontest.Lines(t, jsontest.Shared(t, "corpus", "ocsf-verdicts.jsonl.gz"), func(line int, v verdict) {
		e, err := ocsf.Unmarshal(v.Event, secmodel.WithVersion(v.Version), secmodel.MaxDepth(deepest))
		if err != nil {
			return
		}
		c.Add(repairtest.Laws(t, e, ocsf.Repair, secmodel.WithVersion(v.Version)))
	})
	if c.Touched > 0 {
		t.Errorf("%d valid events were changed", c.Touched)
	}
	t.Log(&c)
}
