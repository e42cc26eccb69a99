package serialize_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v5"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/idmefv2"
	idmefmirror "github.com/secmodel/secmodel/internal/mirror/idmefv2"
	ocsfmirror "github.com/secmodel/secmodel/internal/mirror/ocsf"
	"github.com/secmodel/secmodel/ocsf"
	"github.com/secmodel/secmodel/schemas"
	"github.com/secmodel/secmodel/serialize"
	"github.com/secmodel/secmodel/wire"
)

// benchmark is a document to compare on: its type here, its mirror without
// methods for encoding/json, and the class that its JSON Schema is of.
type benchmark struct {
	name   string
	file   string
	new    func() secmodel.Message
	mirror func() any
	class  [3]string
}

var benchmarks = []benchmark{
	{"idmef", "idmefv2/08-full.valid.json", func() secmodel.Message { return new(idmefv2.Message) },
		func() any { return new(idmefmirror.Message) }, [3]string{"idmefv2", "2.D.V08", "message"}},
	{"finding", "ocsf/detection_finding-ransomware.valid.json", func() secmodel.Message { return new(ocsf.DetectionFinding) },
		func() any { return new(ocsfmirror.DetectionFinding) }, [3]string{"ocsf", "1.8.0", "detection_finding"}},
	{"auth", "ocsf/authentication-ssh.valid.json", func() secmodel.Message { return new(ocsf.Authentication) },
		func() any { return new(ocsfmirror.Authentication) }, [3]string{"ocsf", "1.8.0", "authentication"}},
	// Larger ones, of third parties; the Status of the first, a single value in
	// its draft, is left out, because encoding/json cannot decode it to a list.
	{"idmef-2k", "../../shared/corpus/bench/idmef.json", func() secmodel.Message { return new(idmefv2.Message) },
		func() any { return new(idmefmirror.Message) }, [3]string{"idmefv2", "2.D.V06", "message"}},
	{"finding-5k", "../../shared/corpus/bench/finding.json", func() secmodel.Message { return new(ocsf.DetectionFinding) },
		func() any { return new(ocsfmirror.DetectionFinding) }, [3]string{"ocsf", "1.8.0", "detection_finding"}},
	{"auth-2k", "../../shared/corpus/bench/auth.json", func() secmodel.Message { return new(ocsf.Authentication) },
		func() any { return new(ocsfmirror.Authentication) }, [3]string{"ocsf", "1.8.0", "authentication"}},
}

// load returns the document in compact form, nil if it is not there.
func (b *benchmark) load(tb testing.TB) []byte {
	tb.Helper()
	text, err := os.ReadFile(filepath.Join("..", "testdata", b.file))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		tb.Fatal(err)
	}
	m := b.new()
	if err := wire.UnmarshalJSON(m.(wire.Model), text); err != nil {
		tb.Fatal(err)
	}
	if x, ok := m.(*idmefv2.Message); ok && *x.Version == idmefv2.VersionV06 {
		x.Status = nil
	}
	data, err := m.AppendJSON(nil)
	if err != nil {
		tb.Fatal(err)
	}
	if err := json.Unmarshal(data, b.mirror()); err != nil {
		tb.Fatal(err)
	}
	return data
}

func (b *benchmark) schema(tb testing.TB) *jsonschema.Schema {
	tb.Helper()
	text, err := schemas.Plain(b.class[0], b.class[1], b.class[2])
	if err != nil {
		tb.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("s.json", bytes.NewReader(text)); err != nil {
		tb.Fatal(err)
	}
	s, err := c.Compile("s.json")
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// BenchmarkPeers compares what users do with what they would do without this
// package, in one run: encoding/json on the same structs, which checks nothing,
// and encoding/json with a JSON Schema validator.
func BenchmarkPeers(b *testing.B) {
	for _, bm := range benchmarks {
		data := bm.load(b)
		if data == nil {
			continue
		}
		p := serialize.Payload{Data: data}
		run := func(name string, f func()) {
			b.Run(bm.name+"/"+name, func(b *testing.B) {
				b.SetBytes(int64(len(data)))
				b.ReportAllocs()
				for b.Loop() {
					f()
				}
			})
		}
		must := func(err error) {
			if err != nil {
				b.Fatal(err)
			}
		}
		run("decode+check/secmodel", func() { m := bm.new(); must(wire.UnmarshalJSON(m.(wire.Model), data)); _ = m.Validate() })
		run("decode+check/unserialize", func() { _, _ = serialize.Unserialize(p) })
		run("decode+check/validatebytes", func() { _, err := serialize.ValidateBytes(p); must(err) })
		run("decode+check/encoding-json-unchecked", func() { must(json.Unmarshal(data, bm.mirror())) })
		run("decode+check/json.Valid", func() {
			if !json.Valid(data) {
				b.Fatal("invalid")
			}
		})
		schema := bm.schema(b)
		run("decode+check/encoding-json+jsonschema", func() {
			var v any
			must(json.Unmarshal(data, &v))
			_ = schema.Validate(v) // the finding is invalid by the newest rules
			must(json.Unmarshal(data, bm.mirror()))
		})
		m, std := bm.new(), bm.mirror()
		must(wire.UnmarshalJSON(m.(wire.Model), data))
		must(json.Unmarshal(data, std))
		var buf []byte
		run("encode/secmodel", func() { _, err := wire.MarshalJSON(m.(wire.Model).WireModel()); must(err) })
		run("encode/append", func() { var err error; buf, err = m.AppendJSON(buf[:0]); must(err) })
		run("encode/encoding-json", func() { _, err := json.Marshal(std); must(err) })
	}
}
