package mozdef_test

import (
	"encoding/json"
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/mozdef"
)

var classes = []string{mozdef.ClassEvent, mozdef.ClassCompliance, mozdef.ClassVulnerability, mozdef.ClassVulnerabilityV2,
	mozdef.ClassAssetHint, mozdef.ClassRRA, mozdef.ClassAlert}

func decode(t *testing.T, class string, data []byte) secmodel.Message {
	t.Helper()
	m := mozdef.New(class)
	if m == nil {
		t.Fatalf("there is no class %q", class)
	}
	if err := json.Unmarshal(data, m); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestSamples(t *testing.T) {
	valid, invalid := map[string]int{}, map[string]int{}
	for _, s := range jsontest.Samples(t, mozdef.Format) {
		t.Run(s.File, func(t *testing.T) {
			m := decode(t, s.Class, s.Data)
			if want := (secmodel.Identity{Format: "mozdef", Version: "1", Class: s.Class}); m.Identity() != want {
				t.Errorf("identity is %v, want %v", m.Identity(), want)
			}
			s.Compare(t, m.Check())
			if fails := m.Validate() != nil; fails != s.Invalid {
				t.Errorf("validation fails: %t", fails)
			}
			if fails := m.Validate(secmodel.Strict()) != nil; fails != (len(s.Places) > 0) {
				t.Errorf("strict validation fails: %t", fails)
			}
			sameJSON(t, s.Data, m)
		})
		if s.Invalid {
			invalid[s.Class]++
		} else {
			valid[s.Class]++
		}
	}
	for _, class := range classes {
		if valid[class] < 1 || invalid[class] < 3 {
			t.Errorf("%s: %d valid and %d invalid samples, want at least 1 and 3", class, valid[class], invalid[class])
		}
	}
}

// sameJSON checks that a message is written back as it was read.
func sameJSON(t *testing.T, data []byte, m secmodel.Message) {
	t.Helper()
	out, err := m.AppendJSON(nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := jsontest.Equal(data, out, true); err != nil {
		t.Errorf("written back differently: %v in %s", err, out)
	}
}

// TestEvidenceSamples checks that the class of every sample is found, of the
// invalid ones too.
func TestEvidenceSamples(t *testing.T) {
	for _, s := range jsontest.Samples(t, mozdef.Format) {
		if class, ok := classOf(t, s.Data); class != s.Class || !ok {
			t.Errorf("%s is taken for %q (%t), not %q", s.File, class, ok, s.Class)
		}
	}
}

func classOf(t *testing.T, data []byte) (string, bool) {
	t.Helper()
	var members map[string]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil {
		t.Fatal(err)
	}
	var e mozdef.Evidence
	for name, value := range members {
		e.Member(name, value)
	}
	return e.Class()
}
