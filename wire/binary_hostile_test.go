package wire_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
	"github.com/secmodel/secmodel/wire/internal/sample"
)

// broken reads data in every way that there is. What one reader takes all must
// take, and what is read must survive being written and read.
func broken(t testing.TB, form wire.Binary, data []byte) {
	t.Helper()
	d := wire.Decoder{Duplicates: true}
	var x sample.Thing
	err := form.Decode(&d, &x, data)
	if err != nil && !errors.Is(err, secmodel.ErrSyntax) {
		t.Fatalf("%s %x: %v is no syntax error", form, data, err)
	}
	text, err2 := form.ToJSON(nil, data, 0)
	err3 := form.Members(data, 0, func(string, []byte) bool { return true })
	n, framed := form.Item(data, 0)
	if err == nil && (err2 != nil || err3 != nil || framed != nil || n != len(data)) {
		t.Fatalf("%s %x is a document, but: %v, %v, %v, %d of %d bytes", form, data, err2, err3, framed, n, len(data))
	}
	if err != nil && err3 == nil {
		t.Fatalf("%s %x: Members takes it, Decode says %v", form, data, err)
	}
	if err2 == nil && (framed != nil || err != nil && !strings.Contains(err.Error(), "the root must be a map")) {
		t.Fatalf("%s %x: ToJSON takes it: %v, %v", form, data, err, framed)
	}
	form.Locate(data, []secmodel.Violation{{Pointer: "/text"}, {Pointer: "/zz/0", Code: secmodel.CodeUnknown}})
	if pointers := form.PointerAt(data, d.Repeated); err == nil && len(pointers) != len(d.Repeated) {
		t.Fatal("duplicates without pointer")
	}
	if err != nil {
		return
	}
	if err := wire.CheckSyntax(text, 64); err != nil {
		t.Fatalf("%s %x: %s: %v", form, data, text, err)
	}
	// The way through JSON text leads to the same.
	var y sample.Thing
	if err := wire.UnmarshalJSON(&y, text); err != nil {
		t.Fatalf("%s %x: %s: %v", form, data, text, err)
	}
	if diff := cmp.Diff(x, y, sameBinary); diff != "" {
		t.Fatalf("%s %x (-direct +through JSON)\n%s", form, data, diff)
	}
	out, err := form.Append(nil, &x)
	if err != nil {
		t.Fatalf("%s %x: %v", form, data, err)
	}
	var z sample.Thing
	if err := form.Decode(new(wire.Decoder), &z, out); err != nil {
		t.Fatalf("%s %x: %v", form, out, err)
	}
	if diff := cmp.Diff(x, z, sameBinary); diff != "" {
		t.Fatalf("%s %x (-read +written and read)\n%s", form, data, diff)
	}
	again, err := form.Append(nil, &z)
	if err != nil || !bytes.Equal(out, again) {
		t.Fatalf("%s: written twice: %x, %x (%v)", form, out, again, err)
	}
}

// TestBinaryTruncated cuts documents after every byte.
func TestBinaryTruncated(t *testing.T) {
	for _, s := range spellings {
		for _, text := range binaryTexts[:6] {
			data := s.encode(t, text)
			for n := range data {
				if err := s.form.Decode(new(wire.Decoder), new(sample.Thing), data[:n]); !errors.Is(err, secmodel.ErrSyntax) {
					t.Fatalf("%+v %x: %v", s, data[:n], err)
				}
				broken(t, s.form, data[:n])
			}
		}
	}
}

// TestBinaryFlipped changes every byte of documents in some ways.
func TestBinaryFlipped(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, s := range spellings {
		for _, text := range binaryTexts[:6] {
			data := s.encode(t, text)
			for i, c := range data {
				for _, flip := range []byte{1, 0x20, 0x80, 0xff, byte(random.Uint32()), byte(random.Uint32())} {
					data[i] = c ^ flip
					broken(t, s.form, data)
				}
				data[i] = c
			}
		}
	}
}

// TestBinaryBombs reads small items that announce much, or become much.
func TestBinaryBombs(t *testing.T) {
	manyFloats := append(unhex(t, "a1627a7a9f"), bytes.Repeat(unhex(t, "c582390fff1bffffffffffffffff"), 1<<12)...)
	for name, test := range map[string]struct {
		form wire.Binary
		data []byte
		most uint64 // bytes
	}{
		"array":               {wire.CBOR, unhex(t, "a1657465787473 9bffffffffffffffff 60"), 1 << 16},
		"objects":             {wire.CBOR, unhex(t, "a1686368696c6472656e 9a7fffffff a0"), 1 << 16},
		"map":                 {wire.CBOR, unhex(t, "bb7fffffffffffffff"), 1 << 16},
		"text":                {wire.CBOR, unhex(t, "a16474657874 7bffffffffffffffff"), 1 << 16},
		"MessagePack array":   {wire.MessagePack, unhex(t, "81a57465787473 ddffffffff a0"), 1 << 16},
		"MessagePack text":    {wire.MessagePack, unhex(t, "81a474657874 dbffffffff"), 1 << 16},
		"big floats":          {wire.CBOR, append(manyFloats, 0xff), 8 << 20},
		"long exponents":      {wire.CBOR, append(append(unhex(t, "a1627a7a9f"), bytes.Repeat(unhex(t, "c4821b7fffffffffffffff01"), 1<<12)...), 0xff), 1 << 20},
		"nesting":             {wire.CBOR, bytes.Repeat([]byte{0x81}, 1<<20), 4 << 20},
		"endless nesting":     {wire.CBOR, bytes.Repeat([]byte{0x9f}, 1<<20), 4 << 20},
		"tags":                {wire.CBOR, bytes.Repeat(unhex(t, "d9d9f7"), 1<<18), 4 << 20},
		"MessagePack nesting": {wire.MessagePack, bytes.Repeat([]byte{0x91}, 1<<20), 4 << 20},
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			err := test.form.Decode(new(wire.Decoder), new(sample.Thing), test.data)
			runtime.ReadMemStats(&after)
			if name != "long exponents" && !errors.Is(err, secmodel.ErrSyntax) {
				t.Errorf("%v is no syntax error", err)
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > test.most+uint64(2*len(test.data)) {
				t.Errorf("%d bytes allocated for %d", used, len(test.data))
			}
			broken(t, test.form, test.data)
		})
	}
}

// TestBinaryDeepRaw writes a raw value that is nested as deeply as may be, each
// level of which has members to sort, and much at the bottom.
func TestBinaryDeepRaw(t *testing.T) {
	const levels = 9000
	text := []byte(strings.Repeat(`{"bb":1,"a":`, levels) + `"` + strings.Repeat("x", 1<<20) + `"` + strings.Repeat("}", levels))
	for _, form := range forms {
		data, err := form.FromJSON(nil, text)
		if err != nil {
			t.Fatal(err)
		}
		back, err := form.ToJSON(nil, data, levels)
		if err != nil || len(back) != len(text) {
			t.Errorf("%s: %d bytes of %d came back (%v)", form, len(back), len(text), err)
		}
	}
}
