package serialize_test

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"testing/iotest"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/serialize"
)

// fuzzSeeds adds documents of the testdata as contentType, and what else is
// given.
func fuzzSeeds(f *testing.F, contentType string, more ...string) {
	for _, format := range []string{"idmefv2", "mozdef", "ocsf"} {
		for i, s := range jsontest.Samples(f, format) {
			if i%8 != 0 {
				continue
			}
			m, err := serialize.Unserialize(serialize.Payload{Data: s.Data}, secmodel.SkipValidation())
			if err != nil {
				f.Fatal(err)
			}
			p, err := serialize.Serialize(m, contentType, secmodel.SkipValidation())
			if err != nil {
				f.Fatal(err)
			}
			f.Add(p.Data)
		}
	}
	for _, text := range append(more, "", "{}", small, eventA) {
		f.Add([]byte(text))
	}
}

// fuzzUnserialize checks of any input: it is refused with an error of the
// documented kinds, or read; what is read is judged, and comes back equal after
// it has been written in its own content type and in every other one that can
// hold it. As a stream, it ends, and the same way however it arrives.
func fuzzUnserialize(f *testing.F, contentType string) {
	skip := secmodel.SkipValidation()
	f.Fuzz(func(t *testing.T, data []byte) {
		fuzzStream(t, contentType, data)
		p := serialize.Payload{ContentType: contentType, Data: data}
		m, err := serialize.Unserialize(p, skip)
		report, reportErr := serialize.ValidateBytes(p)
		if (err == nil) != (reportErr == nil) {
			t.Fatalf("Unserialize: %v; ValidateBytes: %v", err, reportErr)
		}
		if err != nil {
			if !errors.Is(err, secmodel.ErrSyntax) && !errors.Is(err, secmodel.ErrUnknownFormat) && !errors.Is(err, secmodel.ErrTooLarge) {
				t.Fatalf("an error of no documented kind: %v", err)
			}
			return
		}
		for _, v := range report.Violations {
			if v.Offset < 0 || v.Length < 0 || v.Offset+v.Length > len(data) {
				t.Fatalf("no place for %+v", v)
			}
		}
		want, err := m.AppendJSON(nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, to := range allTypes {
			out, err := serialize.Serialize(m, to, skip)
			if err != nil {
				if _, ok := errors.AsType[*secmodel.EncodeError](err); !ok || to == serialize.JSON || to == serialize.YAML {
					t.Fatalf("as %s: %v", to, err)
				}
				continue
			}
			again, err := serialize.Unserialize(out, skip)
			if err != nil {
				t.Fatalf("as %s: %v\n%q", to, err, out.Data)
			}
			got, err := again.AppendJSON(nil)
			if err == nil {
				err = jsontest.Equal(want, got, false)
			}
			if err != nil {
				t.Fatalf("as %s: %v\n%q", to, err, out.Data)
			}
		}
	})
}

// fuzzStream reads data as a stream, whole and byte by byte.
func fuzzStream(t *testing.T, contentType string, data []byte) {
	t.Helper()
	for _, opts := range [][]secmodel.Option{{secmodel.MaxBytes(1 << 16)}, {secmodel.MaxBytes(64), secmodel.Bundle()}} {
		list := func(r io.Reader) []string {
			lines := split(r, contentType, opts...)
			if len(lines) > len(data)+1 {
				t.Fatalf("%d records of %d bytes", len(lines), len(data))
			}
			return lines
		}
		whole, parts := list(bytes.NewReader(data)), list(iotest.OneByteReader(bytes.NewReader(data)))
		if len(whole) != len(parts) {
			t.Fatalf("%d records, %d byte by byte\n%q\n%q", len(whole), len(parts), whole, parts)
		}
		for i := range whole {
			if whole[i] != parts[i] {
				t.Fatalf("record %d: %s\nbyte by byte: %s", i+1, whole[i], parts[i])
			}
		}
	}
}

func FuzzUnserializeJSON(f *testing.F) {
	fuzzSeeds(f, serialize.JSON, "["+small+","+eventA+"]", `{"events":[`+eventA+`]}`, "{}\n{]\n{}")
	fuzzUnserialize(f, serialize.JSON)
}

func FuzzUnserializeNDJSON(f *testing.F) {
	fuzzSeeds(f, serialize.NDJSON, small+"\n\n"+eventA)
	fuzzUnserialize(f, serialize.NDJSON)
}

func FuzzUnserializeJSONSeq(f *testing.F) {
	fuzzSeeds(f, serialize.JSONSeq, "\x1e\x1e{}\n\x1e{\"a\x1e")
	fuzzUnserialize(f, serialize.JSONSeq)
}

func FuzzUnserializeCBOR(f *testing.F) {
	fuzzSeeds(f, serialize.CBOR, "\x9f\xa0\xff", "\xd9\xd9\xf7\x82\xa0\xa0", "\xbf\x61a\x5f\x41x\xff\xff")
	fuzzUnserialize(f, serialize.CBOR)
}

func FuzzUnserializeCBORSeq(f *testing.F) {
	fuzzSeeds(f, serialize.CBORSeq, "\xa0\xa0\x1c")
	fuzzUnserialize(f, serialize.CBORSeq)
}

func FuzzUnserializeMsgPack(f *testing.F) {
	fuzzSeeds(f, serialize.MsgPack, "\x92\x80\x80", "\x80\xc1", "\xdf\xff\xff\xff\xff")
	fuzzUnserialize(f, serialize.MsgPack)
}

func FuzzUnserializeYAML(f *testing.F) {
	fuzzSeeds(f, serialize.YAML, "---\nsummary: &a [x, *a]\n", "- summary: |\n    x\n- {a: 1}", "summary: 0x1F\ndetails: {a: .5, ? b}", "%YAML 1.2\n---\nVersion: 2.D.V08\n...\n",
		"Version: \"2.D.V08\"\nSource:\n  - {IP: 'x'}\n  - &s !!map {Port: [1, a]}\nTarget: [*s]\n")
	fuzzUnserialize(f, serialize.YAML)
}

// FuzzNegotiate: whatever is accepted is a type that can be written.
func FuzzNegotiate(f *testing.F) {
	for _, accept := range []string{"", "*/*", `a/b;c="d\"", text/*;q=0.1,,`, "application/x+json", "application/json;q=0"} {
		f.Add(accept)
	}
	m, err := serialize.Unserialize(serialize.Payload{Data: []byte(small)})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, accept string) {
		contentType, err := serialize.Negotiate(accept)
		if err != nil {
			if !errors.Is(err, secmodel.ErrMediaType) {
				t.Fatal(err)
			}
			return
		}
		if _, err := serialize.Serialize(m, contentType); err != nil {
			t.Fatalf("%q: %v", accept, err)
		}
	})
}
