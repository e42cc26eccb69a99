package serialize_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"encoding/json"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/serialize"
)

// allTypes are the content types that differ from each other.
var allTypes = []string{
	serialize.JSON, serialize.NDJSON, serialize.JSONSeq, serialize.CBOR, serialize.CBORSeq, serialize.MsgPack, serialize.YAML,
}

// corpus calls f with every document of the testdata and, where they are there,
// of the corpora.
func corpus(t *testing.T, f func(t *testing.T, name string, text []byte)) {
	for _, format := range []string{"idmefv2", "mozdef", "ocsf"} {
		t.Run("testdata/"+format, func(t *testing.T) {
			for _, s := range jsontest.Samples(t, format) {
				f(t, s.File, s.Data)
			}
		})
	}
	for _, format := range []string{"idmefv2", "mozdef"} {
		t.Run("corpus/"+format, func(t *testing.T) {
			files, err := filepath.Glob(filepath.Join(jsontest.Shared(t, "corpus", format), "*.json"))
			if err != nil {
				t.Fatal(err)
			}
			for _, file := range files {
				text, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				f(t, filepath.Base(file), text)
			}
		})
	}
	t.Run("corpus/idmefv2-verdicts", func(t *testing.T) {
		type line struct {
			Message json.RawMessage `json:"message"`
		}
		n := 0
		jsontest.Lines(t, jsontest.Shared(t, "corpus", "idmefv2-verdicts.jsonl.gz"), func(at int, l line) {
			if n++; n%every(t) == 0 {
				f(t, "line", l.Message)
			}
		})
	})
	t.Run("corpus/ocsf-verdicts", func(t *testing.T) {
		type line struct {
			Event json.RawMessage `json:"event"`
		}
		n := 0
		jsontest.Lines(t, jsontest.Shared(t, "corpus", "ocsf-verdicts.jsonl.gz"), func(at int, l line) {
			if n++; n%every(t) == 0 {
				f(t, "line", l.Event)
			}
		})
	})
}

// every says which share of the large corpora is tested: all, if
// SECMODEL_EVERY_PAIR is set.
func every(t *testing.T) int {
	if os.Getenv("SECMODEL_EVERY_PAIR") != "" {
		return 1
	}
	return 16
}

// TestPairs: a message read in one content type and written in any other comes
// back equal; where it cannot be written, the error names the place.
func TestPairs(t *testing.T) {
	written, refused := 0, map[string]int{}
	skip := secmodel.SkipValidation()
	corpus(t, func(t *testing.T, name string, text []byte) {
		first, err := serialize.Unserialize(serialize.Payload{Data: text}, skip)
		if err != nil {
			return // unreadable in JSON
		}
		base, err := first.AppendJSON(nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, from := range allTypes {
			in, err := serialize.Serialize(first, from, skip)
			if err != nil {
				encode, ok := errors.AsType[*secmodel.EncodeError](err)
				if !ok || encode.Pointer == "" {
					t.Errorf("%s: cannot be written as %s: %v", name, from, err)
				}
				refused[from]++
				continue
			}
			m, err := serialize.Unserialize(in, skip)
			if err != nil {
				t.Errorf("%s: as %s: %v\n%.300s", name, from, err, in.Data)
				continue
			}
			for _, to := range allTypes {
				out, err := serialize.Serialize(m, to, skip)
				if err != nil {
					if refused[to] == 0 {
						t.Errorf("%s: from %s to %s: %v", name, from, to, err)
					}
					continue
				}
				again, err := serialize.Unserialize(out, skip)
				if err != nil {
					t.Errorf("%s: from %s to %s: %v\n%.300s", name, from, to, err, out.Data)
					continue
				}
				if diff := cmp.Diff(m.Identity(), again.Identity()); diff != "" {
					t.Errorf("%s: from %s to %s\n%s", name, from, to, diff)
				}
				back, err := again.AppendJSON(nil)
				if err == nil {
					err = jsontest.Equal(base, back, false)
				}
				if err != nil {
					t.Errorf("%s: from %s to %s: %v", name, from, to, err)
				}
				written++
			}
		}
	})
	t.Logf("%d written and read; refused: %v", written, refused)
}

// TestVerdictsInAllTypes: a document is judged alike in every content type, and
// violations have a place.
func TestVerdictsInAllTypes(t *testing.T) {
	judged := 0
	corpus(t, func(t *testing.T, name string, text []byte) {
		first, err := serialize.Unserialize(serialize.Payload{Data: text}, secmodel.SkipValidation())
		if err != nil {
			return
		}
		// In the order of the specification, as the other types are written.
		p, err := serialize.Serialize(first, serialize.JSON, secmodel.SkipValidation())
		if err != nil {
			t.Fatal(err)
		}
		want, err := serialize.ValidateBytes(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, contentType := range allTypes {
			p, err := serialize.Serialize(first, contentType, secmodel.SkipValidation())
			if err != nil {
				continue
			}
			got, err := serialize.ValidateBytes(p)
			if err != nil {
				t.Errorf("%s: as %s: %v", name, contentType, err)
				continue
			}
			for _, severity := range []secmodel.Severity{secmodel.Error, secmodel.Warning} {
				if diff := cmp.Diff(jsontest.Places(want, severity), jsontest.Places(got, severity)); diff != "" {
					t.Errorf("%s: as %s\n%s", name, contentType, diff)
				}
			}
			for _, v := range got.Violations {
				if v.Offset < 0 || v.Offset+v.Length > len(p.Data) || v.Length == 0 && contentType != serialize.YAML {
					t.Errorf("%s: as %s: no place for %+v", name, contentType, v)
				}
			}
			judged++
		}
	})
	t.Logf("%d judged", judged)
}
