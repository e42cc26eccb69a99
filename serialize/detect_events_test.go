package serialize_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/mozdef"
	"github.com/secmodel/secmodel/serialize"
)

// TestDetectEvents: an object with a member "events" that no format claims is read
// as a bundle, in all content types, so that what is wrong with the events is
// said.
func TestDetectEvents(t *testing.T) {
	bundle := secmodel.Identity{Format: "ocsf", Version: "1.8.0", Class: "bundle"}
	for text, want := range map[string]string{
		`{"events":null}`:                          "/events",
		`{"events":5}`:                             "/events",
		`{"events":"x","count":1}`:                 "/events",
		`{"events":true,"foo":2}`:                  "/foo",
		`{"events":{}}`:                            "/events",
		`{"count":1,"start_time":2,"events":null}`: "/events",
	} {
		for _, contentType := range []string{serialize.JSON, serialize.CBOR, serialize.MsgPack, serialize.YAML} {
			p := transcoded(t, text, contentType)
			for name, detect := range map[string]func() (secmodel.Identity, error){
				"Detect":        func() (secmodel.Identity, error) { return serialize.Detect([]byte(text)) },
				"DetectPayload": func() (secmodel.Identity, error) { d, err := serialize.DetectPayload(p); return d.Identity, err },
				"with Repair": func() (secmodel.Identity, error) {
					d, err := serialize.DetectPayload(p, secmodel.Repair(func(secmodel.Repaired) {}))
					return d.Identity, err
				},
			} {
				if id, err := detect(); err != nil || id != bundle {
					t.Errorf("%s, %s, %s: %v, %v", text, contentType, name, id, err)
				}
			}
			m, err := serialize.Unserialize(p)
			invalid, ok := errors.AsType[*secmodel.ValidationError](err)
			if m == nil || !ok {
				t.Errorf("%s, %s: %T, %v", text, contentType, m, err)
				continue
			}
			if !slices.ContainsFunc(invalid.Violations, func(v secmodel.Violation) bool { return v.Pointer == want }) {
				t.Errorf("%s, %s: nothing is said of %s: %v", text, contentType, want, err)
			}
		}
	}
	// What another format has, or a hint says, is not one.
	for text, want := range map[string]string{
		`{"events":null,"Version":"2.D.V08"}`:                "idmefv2",
		`{"events":[]}`:                                      "mozdef", // a list that begins with no event of OCSF
		`{"events":[1]}`:                                     "mozdef",
		`{"events":null,"summary":"x"}`:                      "mozdef",
		`{"events":null,"class_uid":3002,"metadata":{}}`:     "ocsf authentication",
		`{"events":null,"notify_mozdefbot":true}`:            "mozdef",
		`{"events":[{"documentid":"1"}],"category":"brute"}`: "mozdef",
	} {
		id, err := serialize.Detect([]byte(text))
		if got := id.Format + " " + id.Class; err != nil || got != want && id.Format != want {
			t.Errorf("%s: %v, %v", text, id, err)
		}
	}
	d, err := serialize.DetectPayload(serialize.Payload{Data: []byte(`{"events":null}`)}, secmodel.Hint("mozdef"))
	if err != nil || d.Identity.Format != "mozdef" {
		t.Errorf("with a hint: %v, %v", d, err)
	}
	if d, err := serialize.DetectPayload(serialize.Payload{Data: []byte(`{"events":null}`)}, secmodel.Hint("nothing")); !errors.Is(err, secmodel.ErrUnknownFormat) {
		t.Errorf("with a hint that names no format: %v, %v", d, err)
	}
	for _, text := range []string{`{"event":[]}`, `{"Events":[]}`, `{"a":{"events":[]}}`} {
		if id, err := serialize.Detect([]byte(text)); !errors.Is(err, secmodel.ErrUnknownFormat) {
			t.Errorf("%s: %v, %v", text, id, err)
		}
	}
	d, err = serialize.DetectPayload(serialize.Payload{Data: []byte(`{"events":5,"class_uid":"3002","metadata":{"version":"1.8.0"}}`)},
		secmodel.Repair(func(secmodel.Repaired) {}))
	if err != nil || d.Identity.Class != "authentication" {
		t.Errorf("a class_uid to be mended weighs less than events: %v, %v", d, err)
	}
}

// transcoded returns a JSON text in a content type, whatever it is.
func transcoded(t *testing.T, text, contentType string) serialize.Payload {
	t.Helper()
	m := new(mozdef.Event)
	if err := m.UnmarshalJSON([]byte(text)); err != nil {
		t.Fatal(err)
	}
	p, err := serialize.Serialize(m, contentType, secmodel.SkipValidation())
	if err != nil {
		t.Fatal(err)
	}
	return p
}
