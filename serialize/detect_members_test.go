package serialize

import (
	"testing"

	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/mozdef"
	"github.com/secmodel/secmodel/wire"
)

// TestMembersOfMozDef: what is not shown to package mozdef, to save time, says
// nothing there: neither the members of all samples, nor the attributes of MozDef
// in the spellings of shippers.
func TestMembersOfMozDef(t *testing.T) {
	names := 0
	look := func(name string, value []byte) {
		var e evidence
		var want mozdef.Evidence
		e.member(name, value)
		want.Member(name, value)
		if e.idmef == 0 && e.mozdef != want {
			t.Errorf("%s: %+v, not %+v", name, e.mozdef, want)
		}
		names++
	}
	for _, format := range []string{"idmefv2", "mozdef", "ocsf"} {
		for _, s := range jsontest.Samples(t, format) {
			if err := wire.Members(s.Data, 100, func(name string, value []byte) bool { look(name, value); return true }); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, name := range []string{"Severity", "level", "syslogseverity", "@timestamp", "time", "eventtime", "message", "msg", "HOSTNAME", "host", "facility", "program", "pid", "zone", "sourcename"} {
		look(name, []byte(`"x"`))
	}
	if names < 1000 {
		t.Errorf("only %d members", names)
	}
}
