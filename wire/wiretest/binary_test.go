package wiretest_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"
	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/idmefv2"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/mozdef"
	"github.com/secmodel/secmodel/ocsf"
	"github.com/secmodel/secmodel/wire"
)

// document is a message that is a model.
type document interface {
	secmodel.Message
	wire.Model
}

// ofOCSF returns an empty event of the class that data names; nil if data is no
// event.
func ofOCSF(data []byte) document {
	e, err := ocsf.Unmarshal(data)
	if err != nil {
		return nil
	}
	return ocsf.New(int64(e.EventClass().UID())).(document)
}

// sameJSON compares raw messages, and texts of integers or strings, by what they
// mean.
var sameJSON = cmp.Options{
	cmp.Comparer(func(a, b json.RawMessage) bool {
		return a == nil && b == nil || a != nil && b != nil && (bytes.Equal(a, b) || jsontest.Equal(a, b, false) == nil)
	}),
	cmp.Comparer(func(a, b mozdef.IntOrString) bool { return jsontest.Equal([]byte(a), []byte(b), false) == nil }),
}

// through reads a document as JSON text and in a binary form, and compares.
func through(t *testing.T, name string, text []byte, empty func() document) {
	t.Helper()
	want := empty()
	if wire.UnmarshalJSON(want, text) != nil {
		return // no JSON object
	}
	own, err := want.AppendJSON(nil)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	deep, err := cbor.DecOptions{MaxNestedLevels: 256}.DecMode()
	if err != nil {
		t.Fatal(err)
	}
	for _, form := range []wire.Binary{wire.CBOR, wire.MessagePack} {
		data, err := form.FromJSON(nil, text)
		if _, ok := errors.AsType[*secmodel.EncodeError](err); ok && form == wire.MessagePack {
			continue // a number that it does not have
		} else if err != nil {
			t.Fatalf("%s: %s: %v", name, form, err)
		}
		got := empty()
		if err := form.Decode(new(wire.Decoder), got, data); err != nil {
			t.Fatalf("%s: %s: %v", name, form, err)
		}
		if diff := cmp.Diff(want, got, sameJSON); diff != "" {
			t.Fatalf("%s: %s (-JSON +binary)\n%s", name, form, diff)
		}
		if diff := cmp.Diff(want.Check().Violations, got.Check().Violations, sameJSON); diff != "" {
			t.Fatalf("%s: %s: violations (-JSON +binary)\n%s", name, form, diff)
		}
		direct, err := form.Append(nil, got)
		if err != nil {
			t.Fatalf("%s: %s: %v", name, form, err)
		}
		if other, err := form.FromJSON(nil, own); err != nil || !bytes.Equal(direct, other) {
			t.Fatalf("%s: %s: %x from the model, %x from its JSON text (%v)", name, form, direct, other, err)
		}
		back, err := form.ToJSON(nil, direct, 0)
		if err != nil {
			t.Fatalf("%s: %s: %v", name, form, err)
		}
		if err := jsontest.Equal(text, back, true); err != nil {
			t.Fatalf("%s: %s: %v", name, form, err)
		}
		if form == wire.CBOR {
			if err := deep.Wellformed(direct); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
	}
}

// TestBinarySamples does it with the repository's own documents.
func TestBinarySamples(t *testing.T) {
	for _, s := range jsontest.Samples(t, "idmefv2") {
		through(t, s.File, s.Data, func() document { return new(idmefv2.Message) })
	}
	for _, s := range jsontest.Samples(t, "mozdef") {
		through(t, s.File, s.Data, func() document { return mozdef.New(s.Class).(document) })
	}
	for _, s := range jsontest.Samples(t, "ocsf") {
		if ofOCSF(s.Data) != nil {
			through(t, s.File, s.Data, func() document { return ofOCSF(s.Data) })
		}
	}
}

// TestBinaryBundle compares bundles, which are composites.
func TestBinaryBundle(t *testing.T) {
	n := 0
	for _, s := range jsontest.Samples(t, "ocsf") {
		if !strings.HasPrefix(s.File, "bundle") {
			continue
		}
		n++
		var want ocsf.Bundle
		if err := json.Unmarshal(s.Data, &want); err != nil {
			t.Fatal(err)
		}
		own, err := want.AppendJSON(nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, form := range []wire.Binary{wire.CBOR, wire.MessagePack} {
			data, err := form.FromJSON(nil, own)
			if err != nil {
				t.Fatal(err)
			}
			var got ocsf.Bundle
			if err := form.DecodeComposite(new(wire.Decoder), &got, data); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got, sameJSON); diff != "" {
				t.Errorf("%s: %s\n%s", s.File, form, diff)
			}
		}
	}
	if n == 0 {
		t.Error("no bundles")
	}
}

func TestBinaryCorpusIDMEFv2(t *testing.T) {
	empty := func() document { return new(idmefv2.Message) }
	jsontest.Lines(t, jsontest.Shared(t, "corpus", "idmefv2-verdicts.jsonl.gz"), func(line int, v struct{ Message json.RawMessage }) {
		through(t, "line "+string(v.Message[:min(len(v.Message), 60)]), v.Message, empty)
	})
	folder(t, jsontest.Shared(t, "corpus", "idmefv2"), empty)
}

func TestBinaryCorpusMozDef(t *testing.T) {
	for _, class := range []string{mozdef.ClassEvent, mozdef.ClassAlert, mozdef.ClassVulnerability} {
		folder(t, jsontest.Shared(t, "corpus", "mozdef"), func() document { return mozdef.New(class).(document) })
	}
}

func TestBinaryCorpusOCSF(t *testing.T) {
	every := 8
	if os.Getenv("SECMODEL_EVERY_BINARY") != "" {
		every = 1
	}
	jsontest.Lines(t, jsontest.Shared(t, "corpus", "ocsf-verdicts.jsonl.gz"), func(line int, v struct {
		File  string
		Event json.RawMessage
	}) {
		if line%every == 0 && ofOCSF(v.Event) != nil {
			through(t, v.File, v.Event, func() document { return ofOCSF(v.Event) })
		}
	})
}

// folder does it with the JSON files of a folder.
func folder(t *testing.T, dir string, empty func() document) {
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no documents in %s (%v)", filepath.Base(dir), err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		through(t, filepath.Base(file), text, empty)
	}
}
