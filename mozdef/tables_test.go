package mozdef_test

import (
	"testing"

	"github.com/secmodel/secmodel/mozdef"
	"github.com/secmodel/secmodel/wire/wiretest"
)

func TestTables(t *testing.T) {
	wiretest.Tables(t, (*mozdef.Event)(nil), (*mozdef.Compliance)(nil), (*mozdef.Vulnerability)(nil),
		(*mozdef.VulnerabilityV2)(nil), (*mozdef.AssetHint)(nil), (*mozdef.RRA)(nil), (*mozdef.Alert)(nil))
}
