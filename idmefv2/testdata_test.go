package idmefv2_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/secmodel/secmodel/idmefv2"
	"github.com/secmodel/secmodel/internal/jsontest"
)

// TestSamples checks the repository's own messages of every draft.
func TestSamples(t *testing.T) {
	for _, s := range jsontest.Samples(t, idmefv2.Format) {
		var m idmefv2.Message
		if err := json.Unmarshal(s.Data, &m); err != nil {
			t.Errorf("%s: %v", s.File, err)
			continue
		}
		s.Compare(t, m.Check())
		kind := ".valid.json"
		switch {
		case s.Invalid:
			kind = ".invalid.json"
		case len(s.Places) > 0:
			kind = ".warning.json"
		case len(s.Suspicions) > 0:
			kind = ".suspicious.json"
		}
		if !strings.HasSuffix(s.File, kind) {
			t.Errorf("%s should be named *%s", s.File, kind)
		}
		roundTrip(t, s.Data)
	}
}
