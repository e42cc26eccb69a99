package ocsf_test

import (
	"testing"

	"github.com/secmodel/secmodel/ocsf"
	"github.com/secmodel/secmodel/wire"
)

func TestEvidence(t *testing.T) {
	for _, test := range []struct {
		text, class, version string
	}{
		{`{"class_uid":3002}`, "authentication", ocsf.Latest},
		{`{"class_uid":3002,"metadata":{"version":"1.3.0"}}`, "authentication", "1.3.0"},
		{`{"metadata":{"product":{},"version":"1.\u0030.0"},"class_uid":1008}`, "event_log_actvity", "1.0.0"},
		{`{"class_uid":9001}`, "base_event", ocsf.Latest},
		{`{"class_uid":3002.0}`, "base_event", ocsf.Latest},
		{`{"metadata":{"version":"9"},"category_uid":3}`, "base_event", ocsf.Latest},
		{`{"class_uid":"x","activity_id":1,"metadata":{}}`, "base_event", ocsf.Latest},
		{`{"class_uid":"3002"}`, "", ""},
		{`{"metadata":{"version":"1.3.0"}}`, "", ""},
		{`{"category_uid":3,"activity_id":1}`, "", ""},
		{`{"metadata":5,"activity_id":1}`, "", ""},
		{`{}`, "", ""},
		{`{"events":[{"class_uid":3002,"metadata":{"version":"1.1.0"}},{}]}`, "bundle", "1.1.0"},
		{`{"events":[ {"metadata":{"version":"1.1.0"},"type_uid":1}]}`, "bundle", "1.1.0"},
		{`{"events":[{"events":[{"class_uid":3002}]}]}`, "", ""},
		{`{"events":[{"documentindex":"events"}],"category":"x"}`, "", ""},
		{`{"events":[]}`, "", ""},
		{`{"events":[ ],"count":0}`, "bundle", ocsf.Latest},
		{`{"events":[],"count":0,"summary":"x"}`, "", ""},
		{`{"events":[5],"count":0}`, "", ""},
		{`{"events":{},"count":0}`, "", ""},
		{`{"events":[{"class_uid":3002}],"class_uid":3002}`, "authentication", ocsf.Latest},
	} {
		var e ocsf.Evidence
		if err := wire.Members([]byte(test.text), 64, func(name string, value []byte) bool {
			e.Member(name, value)
			return !e.Certain()
		}); err != nil {
			t.Fatal(err)
		}
		uid, class, ok := e.Class()
		if class != test.class || ok != (class != "") || ok && e.Version() != test.version {
			t.Errorf("%s: %q of %s", test.text, class, e.Version())
		}
		if c, _ := ocsf.ClassByUID(uid); ok && class != ocsf.ClassBundle && c.Name() != class {
			t.Errorf("%s: %s is %d", test.text, class, uid)
		}
	}
}

// TestEvidenceAllocates: detection takes no memory but that of the version.
func TestEvidenceAllocates(t *testing.T) {
	text := logon(t, `{}`)
	if n := testing.AllocsPerRun(100, func() {
		var e ocsf.Evidence
		_ = wire.Members(text, 64, func(name string, value []byte) bool {
			e.Member(name, value)
			return !e.Certain()
		})
		if _, class, _ := e.Class(); class != "authentication" {
			t.Fatal(class)
		}
	}); n > 4 {
		t.Errorf("%v allocations", n)
	}
}
