package ocsf_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/ocsf"
)

// TestSuspicionsField looks for suspicions in the events of the corpus that
// products really send, and checks that in all events the option Lint changes
// neither errors nor warnings.
func TestSuspicionsField(t *testing.T) {
	if testing.Short() {
		t.Skip("needs every line of the corpus")
	}
	const file = "ocsf-verdicts.jsonl.gz"
	var field jsontest.Field
	jsontest.Lines(t, jsontest.Shared(t, "corpus", file), func(line int, v verdict) {
		e, err := ocsf.Unmarshal(v.Event, secmodel.MaxDepth(1000))
		if err != nil {
			t.Fatalf("line %d: %v", line, err)
		}
		plain, linted := e.Check(), e.Check(secmodel.Lint())
		for _, s := range []secmodel.Severity{secmodel.Error, secmodel.Warning} {
			if !slices.Equal(jsontest.Places(plain, s), jsontest.Places(linted, s)) {
				t.Errorf("line %d: Lint changes the %ss", line, s)
			}
		}
		if plain.Count(secmodel.Suspicion) > 0 {
			t.Errorf("line %d: a suspicion without Lint", line)
		}
		if !strings.HasPrefix(v.File, "server-generated") && !strings.HasPrefix(v.File, "mutated") {
			field.Add(linted, file, strconv.Itoa(line))
		}
	})
	field.Compare(t, ocsf.Format)
}
