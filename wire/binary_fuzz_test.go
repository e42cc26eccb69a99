package wire_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel/wire"
	"github.com/secmodel/secmodel/wire/internal/sample"
)

// sameBinary compares raw messages by their CBOR: it is the same for the same
// JSON, whatever the size of its numbers. An Extra that a duplicate has emptied
// is as none.
var sameBinary = cmp.Options{
	cmp.FilterValues(func(a, b map[string]json.RawMessage) bool { return len(a)+len(b) == 0 }, cmp.Ignore()),
	cmp.Comparer(func(a, b json.RawMessage) bool { return a == nil && b == nil || a != nil && b != nil && sameText(a, b) }),
	cmp.Comparer(func(a, b sample.IntOrString) bool { return sameText([]byte(a), []byte(b)) }),
}

func sameText(a, b []byte) bool {
	x, errX := wire.CBOR.FromJSON(nil, a)
	y, errY := wire.CBOR.FromJSON(nil, b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

func fuzzBinary(f *testing.F, form wire.Binary) {
	for _, s := range spellings {
		if s.form != form {
			continue
		}
		for _, text := range seeds[:7] {
			f.Add(s.encode(f, text))
		}
	}
	reused := wire.Decoder{Reuse: true, Duplicates: true}
	f.Fuzz(func(t *testing.T, data []byte) {
		broken(t, form, data)
		var x, y sample.Thing
		err := form.Decode(new(wire.Decoder), &x, data)
		if err2 := form.Decode(&reused, &y, data); (err == nil) != (err2 == nil) {
			t.Fatalf("%v; with memory reused: %v", err, err2)
		}
		if diff := cmp.Diff(x, y); diff != "" {
			t.Fatalf("-fresh +reused\n%s", diff)
		}
	})
}

// FuzzCBOR checks that what is CBOR reads the same directly and through JSON
// text, and survives being written and read.
func FuzzCBOR(f *testing.F) {
	f.Add([]byte("\xa2\x62zz\x82\xc4\x82\x20\xc2\x49\x01\x00\x00\x00\x00\x00\x00\x00\x00\xc5\x82\x21\x03\x65ratio\xf9\x3c\x00"))
	f.Add([]byte("\xd9\xd9\xf7\xbf\x64text\x7f\x61a\x61b\xff\x63any\x9f\xf6\xfa\x47\x80\x00\x00\xff\xff"))
	fuzzBinary(f, wire.CBOR)
}

// FuzzMessagePack is FuzzCBOR for MessagePack.
func FuzzMessagePack(f *testing.F) { fuzzBinary(f, wire.MessagePack) }

// FuzzBinaryJSON writes JSON text in both forms and compares with the same by way
// of the model.
func FuzzBinaryJSON(f *testing.F) {
	for _, s := range binaryTexts {
		f.Add([]byte(s))
	}
	f.Add([]byte(`{"number":[0],"number":0}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		var x sample.Thing
		if wire.UnmarshalJSON(&x, text) != nil {
			return
		}
		for _, form := range forms {
			data, err := form.FromJSON(nil, text)
			if err != nil {
				continue // a number that the form does not have
			}
			var y sample.Thing
			if err := form.Decode(new(wire.Decoder), &y, data); err != nil {
				t.Fatalf("%s %s: %x: %v", form, text, data, err)
			}
			if diff := cmp.Diff(x, y, sameBinary); diff != "" {
				t.Fatalf("%s %s (-JSON +binary)\n%s", form, text, diff)
			}
			back, err := form.ToJSON(nil, data, 0)
			if err != nil || !sameText(text, back) {
				t.Fatalf("%s: %s came back as %s (%v)", form, text, back, err)
			}
		}
	})
}
