package serialize_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/ocsf"
	"github.com/secmodel/secmodel/serialize"
)

// TestDetectOCSF: what Detect says is what reading gives.
func TestDetectOCSF(t *testing.T) {
	for _, test := range []struct {
		text string
		want secmodel.Identity
		typ  secmodel.Message
	}{
		{`{"class_uid":3002}`, secmodel.Identity{Format: "ocsf", Version: ocsf.Latest, Class: "authentication"}, new(ocsf.Authentication)},
		{`{"time":1,"class_uid":4001,"metadata":{"version":"1.0.0"}}`, secmodel.Identity{Format: "ocsf", Version: "1.0.0", Class: "network_activity"}, new(ocsf.NetworkActivity)},
		{`{"class_uid":777}`, secmodel.Identity{Format: "ocsf", Version: ocsf.Latest, Class: "base_event"}, new(ocsf.BaseEvent)},
		{`{"metadata":{"version":"1.8.0"},"severity_id":1}`, secmodel.Identity{Format: "ocsf", Version: "1.8.0", Class: "base_event"}, new(ocsf.BaseEvent)},
		{`{"events":[{"class_uid":3002,"metadata":{"version":"1.2.0"}}]}`, secmodel.Identity{Format: "ocsf", Version: "1.2.0", Class: "bundle"}, new(ocsf.Bundle)},
		// Members of the other formats beside a class_uid.
		{`{"summary":"x","category":"event","class_uid":3002}`, secmodel.Identity{Format: "ocsf", Version: ocsf.Latest, Class: "authentication"}, new(ocsf.Authentication)},
	} {
		id, err := serialize.Detect([]byte(test.text))
		if err != nil || id != test.want {
			t.Errorf("%s: %v, %v", test.text, id, err)
		}
		m, err := serialize.Unserialize(serialize.Payload{Data: []byte(test.text)}, secmodel.SkipValidation())
		if err != nil || typeOf(m) != typeOf(test.typ) {
			t.Errorf("%s: %T, %v", test.text, m, err)
		}
	}
	for _, text := range []string{
		`{"events":[{"documentid":"1"}],"summary":"x","notify_mozdefbot":true}`, `{"events":[],"category":"bruteforce","summary":"x"}`,
	} {
		if id, err := serialize.Detect([]byte(text)); err != nil || id.Format != "mozdef" {
			t.Errorf("%s: %v, %v", text, id, err)
		}
	}
}

func typeOf(m secmodel.Message) reflect.Type { return reflect.TypeOf(m) }

// TestDetectCorpus: events of the OCSF corpus are OCSF, documents of the others
// are not.
func TestDetectCorpus(t *testing.T) {
	type line struct {
		Event json.RawMessage `json:"event"`
	}
	n, unknown := 0, 0
	jsontest.Lines(t, jsontest.Shared(t, "corpus", "ocsf-verdicts.jsonl.gz"), func(at int, l line) {
		n++
		id, err := serialize.Detect(l.Event)
		if errors.Is(err, secmodel.ErrSyntax) {
			return // nested deeper than the limit
		}
		if err != nil || id.Format != ocsf.Format {
			unknown++
			t.Errorf("line %d: %v, %v", at, id, err)
			return
		}
		if m, err := ocsf.Unmarshal(l.Event); err == nil && m.Identity() != id {
			t.Errorf("line %d: detected as %v, read as %v", at, id, m.Identity())
		}
	})
	t.Logf("%d events", n)
	for _, format := range []string{"mozdef", "idmefv2"} {
		files, err := filepath.Glob(filepath.Join(jsontest.Shared(t, "corpus", format), "*.json"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if id, err := serialize.Detect(text); err == nil && id.Format == ocsf.Format {
				t.Errorf("%s: detected as %v", file, id)
			}
		}
	}
}
