package mozdef_test

import (
	"encoding/json"
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/repairtest"
	"github.com/secmodel/secmodel/mozdef"
	"github.com/secmodel/secmodel/wire"
)

// model is a message of any class.
type model interface {
	secmodel.Message
	wire.Model
}

func repair(m model, opts ...secmodel.Option) []secmodel.Repaired { return mozdef.Repair(m, opts...) }

// TestRepairCorpus repairs every document of the corpus: what holds of every
// repair holds. A document in which nothing is found is left alone.
func TestRepairCorpus(t *testing.T) {
	var c repairtest.Count
	for _, d := range documents(t) {
		m := mozdef.New(d.class()).(model)
		if json.Unmarshal(d.data, m) == nil {
			c.Add(repairtest.Laws(t, m, repair))
		}
	}
	t.Log(&c)
}
