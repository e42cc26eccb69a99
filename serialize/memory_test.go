package serialize_test

import (
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/serialize"
)

// repeat gives head, then body as often as it takes, then tail.
func repeat(head, body, tail string, bytes int) io.Reader {
	return io.MultiReader(strings.NewReader(head), io.LimitReader(&endless{line: body}, int64(bytes/len(body)*len(body))), strings.NewReader(tail))
}

// TestConstantMemory reads and writes long streams, and looks at the heap on the
// way: it does not grow with what has been read.
func TestConstantMemory(t *testing.T) {
	const most = 8 << 20 // bytes of heap over what there was, however long the stream
	size := 24 << 20
	if testing.Short() {
		size = 6 << 20
	}
	m, err := serialize.Unserialize(serialize.Payload{Data: []byte(eventA)}, secmodel.SkipValidation())
	if err != nil {
		t.Fatal(err)
	}
	one := func(contentType string) string {
		p, err := serialize.Serialize(m, contentType, secmodel.SkipValidation())
		if err != nil {
			t.Fatal(err)
		}
		return string(p.Data)
	}
	opts := []secmodel.Option{secmodel.SkipValidation(), secmodel.Reuse()}
	bundle := append(opts[:2:2], secmodel.Bundle())
	for _, test := range []struct {
		name, contentType string
		r                 io.Reader
		opts              []secmodel.Option
		parallel          bool
	}{
		{"lines", serialize.NDJSON, repeat("", one(serialize.NDJSON), "", size), opts, false},
		{"lines, parallel", serialize.NDJSON, repeat("", one(serialize.NDJSON), "", size), opts, true},
		{"array", serialize.JSON, repeat("["+eventA, ","+eventA, "]", size), opts, false},
		{"bundle", serialize.JSON, repeat(`{"count":1,"events":[`+eventA, ","+eventA, `],"start_time":1}`, size), bundle, false},
		{"bundle followed by rubbish", serialize.JSON, repeat(`{"events":[`+eventA+`],"x":"`, "rubbish", `"}`, size), bundle, false},
		{"one long line", serialize.NDJSON, repeat(eventA+"\n", "x", "\n"+eventA, size), append(opts[:2:2], secmodel.MaxBytes(1<<20)), false},
		{"one long string of CBOR", serialize.CBORSeq, repeat(one(serialize.CBOR)+"\x7a\x7f\xff\xff\xff", "x", "", size), append(opts[:2:2], secmodel.MaxBytes(1<<20)), false},
		{"sequence", serialize.JSONSeq, repeat("", one(serialize.JSONSeq), "", size), opts, false},
		{"cbor array", serialize.CBOR, repeat("\x9f", one(serialize.CBOR), "\xff", size), opts, false},
		{"cbor sequence", serialize.CBORSeq, repeat("", one(serialize.CBORSeq), "", size), opts, false},
		{"msgpack", serialize.MsgPack, repeat("", one(serialize.MsgPack), "", size), opts, false},
		{"yaml", serialize.YAML, repeat("", "---\n"+one(serialize.YAML), "", size/20), opts, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			var stats runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&stats)
			before := int64(stats.HeapAlloc)
			w := serialize.NewWriter(io.Discard, test.contentType, opts...)
			read := serialize.Read(test.r, test.contentType, test.opts...)
			if test.parallel {
				read = serialize.ReadParallel(t.Context(), test.r, test.contentType, test.opts...)
			}
			n := 0
			for m, err := range read {
				if n++; m != nil {
					if err := w.Write(m); err != nil {
						t.Fatal(err)
					}
				} else if n == 1 {
					t.Fatal(err)
				}
				if n%20_000 == 0 {
					runtime.GC()
					runtime.ReadMemStats(&stats)
					if grown := int64(stats.HeapAlloc) - before; grown > most {
						t.Fatalf("after %d records the heap has grown by %d bytes", n, grown)
					}
				}
			}
			runtime.GC()
			runtime.ReadMemStats(&stats)
			t.Logf("%d records, heap grown by %d kB", n, (int64(stats.HeapAlloc)-before)/1024)
			runtime.KeepAlive(test.r)
		})
	}
}
