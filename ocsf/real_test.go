package ocsf_test

import (
	"strings"
	"testing"

	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/ocsf"
)

// TestRealSamples reads the samples of the corpus that products really send, and
// looks at what decoders of OCSF tend to lose.
func TestRealSamples(t *testing.T) {
	if testing.Short() {
		t.Skip("needs every line of the corpus")
	}
	real, typed, trails := 0, 0, 0
	jsontest.Lines(t, jsontest.Shared(t, "corpus", "ocsf-verdicts.jsonl.gz"), func(line int, v verdict) {
		if strings.HasPrefix(v.File, "server-generated") || strings.HasPrefix(v.File, "mutated") {
			return
		}
		real++
		e, err := ocsf.Unmarshal(v.Event)
		if err != nil {
			t.Errorf("%s: %v", v.File, err)
			return
		}
		if _, base := e.(*ocsf.BaseEvent); !base {
			typed++
		}
		a, ok := e.(*ocsf.APIActivity)
		if !ok || !strings.Contains(v.File, "CloudTrail") {
			return
		}
		trails++
		if a.API == nil || a.API.Operation == nil || a.Actor == nil || a.Cloud == nil || a.SrcEndpoint == nil || a.Unmapped == nil {
			t.Errorf("%s: not typed: %v %v %v %v %s", v.File, a.API, a.Actor, a.Cloud, a.SrcEndpoint, a.Unmapped)
		}
	})
	if typed < real*9/10 || trails == 0 {
		t.Errorf("%d of %d have a type of their own, %d are CloudTrail API activities", typed, real, trails)
	}
	t.Logf("%d of %d have a type of their own, %d are CloudTrail API activities", typed, real, trails)
}
