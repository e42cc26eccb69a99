package mozdef_test

import (
	"encoding/json"
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/mozdef"
)

// TestSuspicions: each suspicion has a document with it, and one without.
func TestSuspicions(t *testing.T) {
	jsontest.Suspect(t, mozdef.Format, func(data []byte, opts ...secmodel.Option) secmodel.Report {
		class, ok := classOf(t, data)
		if !ok {
			t.Fatalf("of no class: %s", data)
		}
		m := mozdef.New(class)
		if err := json.Unmarshal(data, m); err != nil {
			t.Fatal(err)
		}
		return m.Check(opts...)
	})
}
