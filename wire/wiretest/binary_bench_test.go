package wiretest_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/fxamacker/cbor/v2"
	"github.com/secmodel/secmodel/idmefv2"
	idmefmirror "github.com/secmodel/secmodel/internal/mirror/idmefv2"
	ocsfmirror "github.com/secmodel/secmodel/internal/mirror/ocsf"
	"github.com/secmodel/secmodel/ocsf"
	"github.com/secmodel/secmodel/wire"
	"github.com/vmihailenco/msgpack/v5"
)

// benchmark is a document to measure: its type, and the mirror of that without
// methods for other libraries.
type benchmark struct {
	name, file string
	new        func() document
	mirror     func() any
}

var benchmarks = []benchmark{
	{"idmef", "../../testdata/idmefv2/08-full.valid.json",
		func() document { return new(idmefv2.Message) }, func() any { return new(idmefmirror.Message) }},
	{"auth", "../../testdata/ocsf/authentication-ssh.valid.json",
		func() document { return new(ocsf.Authentication) }, func() any { return new(ocsfmirror.Authentication) }},
	{"finding-5k", "../../../shared/corpus/bench/finding.json",
		func() document { return new(ocsf.DetectionFinding) }, func() any { return new(ocsfmirror.DetectionFinding) }},
}

// each runs f with every document that is there, as a model and as JSON text.
func each(b *testing.B, f func(b *testing.B, bm *benchmark, m document, text []byte)) {
	for i := range benchmarks {
		bm := &benchmarks[i]
		b.Run(bm.name, func(b *testing.B) {
			source, err := os.ReadFile(filepath.FromSlash(bm.file))
			if os.IsNotExist(err) {
				b.Skipf("skipped: %s is absent", bm.file)
			} else if err != nil {
				b.Fatal(err)
			}
			m := bm.new()
			if err := wire.UnmarshalJSON(m, source); err != nil {
				b.Fatal(err)
			}
			text, err := m.AppendJSON(nil)
			if err != nil {
				b.Fatal(err)
			}
			f(b, bm, m, text)
		})
	}
}

// BenchmarkBinaryDecode compares decoding with that of the same document as JSON
// text, and with other libraries on mirrors, or on maps where a mirror has raw
// messages, which they cannot read.
func BenchmarkBinaryDecode(b *testing.B) {
	each(b, func(b *testing.B, bm *benchmark, m document, text []byte) {
		run := func(name string, data []byte, decode func(data []byte) error) {
			b.Run(name, func(b *testing.B) {
				b.ReportAllocs()
				b.SetBytes(int64(len(data)))
				for b.Loop() {
					if err := decode(data); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
		var d wire.Decoder
		run("JSON", text, func(data []byte) error { return d.Decode(bm.new(), data) })
		reused := wire.Decoder{Reuse: true}
		again := bm.new()
		run("JSON-reuse", text, func(data []byte) error { return reused.Decode(again, data) })
		for _, form := range []wire.Binary{wire.CBOR, wire.MessagePack} {
			data, err := form.Append(nil, m)
			if err != nil {
				b.Fatal(err)
			}
			var d wire.Decoder
			run(form.String(), data, func(data []byte) error { return form.Decode(&d, bm.new(), data) })
			reused := wire.Decoder{Reuse: true}
			again := bm.new()
			run(form.String()+"-reuse", data, func(data []byte) error { return form.Decode(&reused, again, data) })
			peer := func(data []byte, v any) error { return cbor.Unmarshal(data, v) }
			if form == wire.MessagePack {
				peer = func(data []byte, v any) error {
					d := msgpack.GetDecoder()
					defer msgpack.PutDecoder(d)
					d.ResetReader(bytes.NewReader(data))
					d.SetCustomStructTag("json")
					return d.Decode(v)
				}
			}
			target := bm.mirror
			name := form.String() + "-peer"
			if err := peer(data, target()); err != nil {
				name += "-map"
				target = func() any { return new(map[string]any) }
			}
			run(name, data, func(data []byte) error { return peer(data, target()) })
		}
	})
}

// BenchmarkBinaryEncode compares encoding with that as JSON text, and with other
// libraries on what they decode.
func BenchmarkBinaryEncode(b *testing.B) {
	each(b, func(b *testing.B, bm *benchmark, m document, text []byte) {
		run := func(name string, encode func(dst []byte) ([]byte, error)) {
			b.Run(name, func(b *testing.B) {
				b.ReportAllocs()
				var buf []byte
				for b.Loop() {
					var err error
					if buf, err = encode(buf[:0]); err != nil {
						b.Fatal(err)
					}
				}
				b.SetBytes(int64(len(buf)))
			})
		}
		run("JSON", m.AppendJSON)
		for _, form := range []wire.Binary{wire.CBOR, wire.MessagePack} {
			data, err := form.Append(nil, m)
			if err != nil {
				b.Fatal(err)
			}
			run(form.String(), func(dst []byte) ([]byte, error) { return form.Append(dst, m) })
			run(form.String()+"-from-JSON", func(dst []byte) ([]byte, error) { return form.FromJSON(dst, text) })
			run(form.String()+"-to-JSON", func(dst []byte) ([]byte, error) { return form.ToJSON(dst, data, 0) })
		}
		data, err := wire.CBOR.Append(nil, m)
		if err != nil {
			b.Fatal(err)
		}
		v := bm.mirror()
		name := "CBOR-peer"
		if cbor.Unmarshal(data, v) != nil {
			name, v = name+"-map", new(map[string]any)
			if err := cbor.Unmarshal(data, v); err != nil {
				b.Fatal(err)
			}
		}
		sorted, err := cbor.CoreDetEncOptions().EncMode()
		if err != nil {
			b.Fatal(err)
		}
		run(name, func([]byte) ([]byte, error) { return sorted.Marshal(v) })
	})
}
