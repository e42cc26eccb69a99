package idmefv2_test

import (
	"encoding/json"
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
		roundTrip(t, s.Data)
	}
}
