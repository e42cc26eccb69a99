package serialize_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/serialize"
)

// TestDetectPayload: what a document is does not depend on its content type, and
// is what reading finds.
func TestDetectPayload(t *testing.T) {
	for _, test := range []struct {
		text     string
		identity string
		evidence []string
	}{
		{small, "idmefv2 2.D.V08 message", []string{`/Version "2.D.V08"`, "/ID ", "/CreateTime ", "/Analyzer "}},
		{eventA, "ocsf 1.8.0 authentication", []string{"/class_uid 3002", "/metadata "}},
		{`{"class_uid":3002,"category_uid":3,"metadata":{"version":"1.0.0"}}`, "ocsf 1.0.0 authentication", []string{"/class_uid 3002", "/category_uid 3", "/metadata "}},
		{alertA, "mozdef 1 alert", []string{"/events ", `/summary "x"`, "/notify_mozdefbot true"}},
		{`{"summary":"x","a/b":1}`, "mozdef 1 event", []string{`/summary "x"`}},
	} {
		m, err := serialize.Unserialize(serialize.Payload{Data: []byte(test.text)}, secmodel.SkipValidation())
		if err != nil {
			t.Fatal(err)
		}
		for _, contentType := range allTypes {
			p, err := serialize.Serialize(m, contentType, secmodel.SkipValidation())
			if err != nil {
				t.Fatal(err)
			}
			d, err := serialize.DetectPayload(p)
			if err != nil || d.Identity.String() != test.identity {
				t.Errorf("%s as %s: %v, %v", test.text, contentType, d, err)
			}
			if contentType != serialize.JSON {
				continue
			}
			d, err = serialize.DetectPayload(serialize.Payload{Data: []byte(test.text)})
			if err != nil || d.ContentType != serialize.JSON {
				t.Errorf("%v, %v", d, err)
			}
			var got []string
			for _, e := range d.Evidence {
				got = append(got, fmt.Sprintf("%s %s", e.Pointer, e.Value))
			}
			if diff := cmp.Diff(test.evidence, got); diff != "" {
				t.Errorf("%s\n%s", test.text, diff)
			}
		}
	}
}

// TestAmbiguous: a document that is of two formats is refused by name, wherever
// in it that shows, unless a hint decides.
func TestAmbiguous(t *testing.T) {
	for _, test := range []struct {
		text  string
		want  string
		hints map[string]string
	}{
		{`{"Version":"2.D.V08","class_uid":3002}`, "unknown format: the document is both ocsf " + ocsfLatest + " authentication and idmefv2 2.D.V08 message",
			map[string]string{"ocsf": "ocsf", "idmefv2": "idmefv2"}},
		{`{"class_uid":3002,"metadata":{"version":"1.0.0"},"Version":"2.D.V04"}`, "unknown format: the document is both ocsf 1.0.0 authentication and idmefv2 2.D.V04 message",
			map[string]string{"ocsf": "ocsf", "idmefv2": "idmefv2"}},
		{`{"CreateTime":"x","Analyzer":{},"summary":"x","severity":"INFO"}`, "unknown format: the document is both idmefv2 2.D.V08 message and mozdef 1 event",
			map[string]string{"mozdef": "mozdef", "idmefv2": "idmefv2"}},
		{`{"a":1,"b":2}`, "unknown format: no format has a root with the members a, b",
			map[string]string{"mozdef": "mozdef", "idmefv2": "idmefv2", "ocsf": "ocsf"}},
		{`{}`, "unknown format: the root has no members", map[string]string{"ocsf": "ocsf"}},
	} {
		p := serialize.Payload{Data: []byte(test.text)}
		_, err := serialize.DetectPayload(p)
		e, ok := errors.AsType[*serialize.DetectError](err)
		if !ok || err.Error() != test.want || !errors.Is(err, secmodel.ErrUnknownFormat) {
			t.Errorf("%s: %v\nwant %s", test.text, err, test.want)
			continue
		}
		m, err := serialize.Unserialize(p, secmodel.SkipValidation())
		read, ok := errors.AsType[*serialize.DetectError](err)
		if !ok || m != nil {
			t.Errorf("%s: Unserialize: %v, %v", test.text, m, err)
			continue
		}
		formats := func(list []secmodel.Identity) (names []string) {
			for _, id := range list {
				names = append(names, id.Format)
			}
			return names
		}
		if diff := cmp.Diff(formats(e.Candidates), formats(read.Candidates)); diff != "" {
			t.Errorf("%s: detected and read\n%s", test.text, diff)
		}
		if _, err := serialize.ValidateBytes(p); !errors.Is(err, secmodel.ErrUnknownFormat) {
			t.Errorf("%s: ValidateBytes: %v", test.text, err)
		}
		for hint, want := range test.hints {
			d, err := serialize.DetectPayload(p, secmodel.Hint(hint))
			if err != nil || d.Identity.Format != want {
				t.Errorf("%s, hint %s: %v, %v", test.text, hint, d, err)
			}
		}
		if _, err := serialize.DetectPayload(p, secmodel.Hint("ocfs")); err == nil || err.Error() != test.want+`; the hint "ocfs" is none of idmefv2, ocsf, mozdef` {
			t.Errorf("a hint that is no format: %v", err)
		}
	}
	// A hint does not overrule a document.
	for _, hint := range []string{"ocsf", "mozdef", "nonsense"} {
		if m, err := serialize.Unserialize(serialize.Payload{Data: []byte(small)}, secmodel.Hint(hint)); err != nil || m.Identity().Format != "idmefv2" {
			t.Errorf("hint %s: %v, %v", hint, m, err)
		}
	}
}

const ocsfLatest = "1.8.0"

func TestDetectPayloadErrors(t *testing.T) {
	for _, test := range []struct {
		p    serialize.Payload
		want error
	}{
		{serialize.Payload{ContentType: "text/html"}, secmodel.ErrMediaType},
		{serialize.Payload{ContentEncoding: "rot13"}, secmodel.ErrContentEncoding},
		{serialize.Payload{Data: []byte(`{"class_uid":3002,`)}, secmodel.ErrSyntax},
		{serialize.Payload{ContentType: serialize.CBOR, Data: []byte("\xa1\x61a")}, secmodel.ErrSyntax},
		{serialize.Payload{ContentType: serialize.CBOR, Data: []byte("\x01")}, secmodel.ErrSyntax},
		{serialize.Payload{ContentType: serialize.YAML, Data: []byte("- a")}, secmodel.ErrSyntax},
		{serialize.Payload{ContentType: serialize.JSONSeq, Data: []byte("{}")}, secmodel.ErrSyntax},
		{serialize.Payload{ContentType: serialize.JSONSeq, Data: []byte("\x1e{\"a\"\n\x1e{}\n")}, secmodel.ErrSyntax},
	} {
		if _, err := serialize.DetectPayload(test.p); !errors.Is(err, test.want) {
			t.Errorf("%q: %v, want %v", test.p, err, test.want)
		}
		if _, err := serialize.Unserialize(test.p); !errors.Is(err, test.want) {
			t.Errorf("%q: Unserialize: %v, want %v", test.p, err, test.want)
		}
	}
}
