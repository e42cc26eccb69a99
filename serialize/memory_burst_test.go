package serialize_test

import (
	"bytes"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/serialize"
)

// burst are documents that take much memory: as one text, as many objects, as
// many names that the type does not have, and as many that come twice.
func burst(size int) map[string]string {
	event := strings.TrimSuffix(eventA, "}")
	many := func(part string) string {
		var b strings.Builder
		for i := 0; b.Len() < size; i++ {
			fmt.Fprintf(&b, part, i)
		}
		return strings.TrimSuffix(b.String(), ",")
	}
	return map[string]string{
		"text":    event + `,"message":"` + strings.Repeat("x", size) + `"}`,
		"objects": event + `,"observables":[` + many(`{"name":"a%d","value":"v"},`) + "]}",
		"unknown": event + "," + many(`"x%d":[1],`) + "}",
		"twice":   event + `,"unmapped":{` + many(`"a":1,"b":%d,`) + "}}",
	}
}

// heap returns how much is in use. One collection leaves pools what they have
// held since the last, so that it shows there.
func heap() int64 {
	var stats runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapAlloc)
}

// TestBurst reads, checks and writes large documents of all content types and in
// all ways, and then looks at what is kept: little, however large they were.
func TestBurst(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // a collection between would empty pools
	const most = 300 << 10                           // bytes more than before, for pools of small ones
	const size = 1500 << 10
	skip := secmodel.SkipValidation()
	opts := []secmodel.Option{skip, secmodel.MaxBytes(1 << 30)}
	for name, text := range burst(size) {
		if testing.Short() && name != "text" && name != "objects" {
			continue
		}
		m, err := serialize.Unserialize(serialize.Payload{Data: []byte(text)}, opts...)
		if err != nil {
			t.Fatal(name, err)
		}
		for _, contentType := range allTypes {
			if name != "text" && name != "objects" && contentType != serialize.JSON && contentType != serialize.CBOR {
				continue // these are read alike
			}
			t.Run(name+" "+contentType, func(t *testing.T) {
				p, err := serialize.Serialize(m, contentType, skip)
				if err != nil {
					t.Skip(err)
				}
				if contentType == serialize.YAML {
					// It is read by a parser of its own, which takes a hundred times as much.
					m, err := serialize.Unserialize(serialize.Payload{Data: []byte(burst(size / 20)[name])}, opts...)
					if err != nil {
						t.Fatal(err)
					}
					if p, err = serialize.Serialize(m, contentType, skip); err != nil {
						t.Fatal(err)
					}
				}
				// What is there once is there before.
				prime := func() {
					p, err := serialize.Serialize(message(t, "x"), contentType)
					if err != nil {
						t.Fatal(err)
					}
					if _, err := serialize.ValidateBytes(p); err != nil {
						t.Fatal(err)
					}
				}
				each := func(yield func(string, func())) {
					yield("Unserialize", func() { _, err = serialize.Unserialize(p, opts...) })
					yield("ValidateBytes", func() { _, err = serialize.ValidateBytes(p, secmodel.MaxBytes(1<<30), secmodel.MaxViolations(10)) })
					yield("Detect", func() { _, err = serialize.DetectPayload(p, opts...) })
					yield("Serialize", func() { _, err = serialize.Serialize(m, contentType, skip) })
					yield("Serialize, compressed", func() {
						_, err = serialize.Serialize(m, contentType, skip, secmodel.ContentEncoding("gzip"), secmodel.Indent(" "))
					})
					yield("Writer", func() {
						w := serialize.NewWriter(io.Discard, contentType, skip)
						_ = w.Write(m)
						err = w.Close()
					})
					yield("Read", func() {
						for _, e := range serialize.Read(bytes.NewReader(p.Data), contentType, append(opts, secmodel.Reuse())...) {
							err = e
						}
					})
					yield("ReadParallel", func() {
						for _, e := range serialize.ReadParallel(t.Context(), bytes.NewReader(p.Data), contentType, opts...) {
							err = e
						}
					})
				}
				each(func(way string, run func()) {
					heap()
					prime()
					before := heap()
					run()
					if err != nil {
						t.Errorf("%s: %v", way, err)
					}
					limit := int64(most)
					if way == "Serialize, compressed" {
						limit += 1 << 20 // an encoder, whatever it has written
					}
					if kept := heap() - before; kept > limit {
						t.Errorf("%s: %d kB are kept after a document of %d kB", way, kept/1024, len(p.Data)/1024)
					}
				})
				runtime.KeepAlive(p)
			})
		}
		runtime.KeepAlive(m)
	}
}

// TestBurstInStream has a large record in a stream of small ones of other classes:
// once it is past, its memory is free, although the stream goes on.
func TestBurstInStream(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	const most = 300 << 10
	const size = 1500 << 10
	opts := []secmodel.Option{secmodel.SkipValidation(), secmodel.MaxBytes(1 << 30), secmodel.Reuse()}
	tiny, err := serialize.Unserialize(serialize.Payload{Data: []byte(small)})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range burst(size) {
		if testing.Short() && name != "text" && name != "objects" {
			continue
		}
		for _, contentType := range allTypes {
			if contentType == serialize.YAML {
				text = burst(size / 20)[name]
			}
			m, err := serialize.Unserialize(serialize.Payload{Data: []byte(text)}, opts...)
			if err != nil {
				t.Fatal(name, err)
			}
			var b bytes.Buffer
			w := serialize.NewWriter(&b, contentType, opts...)
			for i := range 20 {
				if i == 2 {
					err = w.Write(m)
				} else {
					err = w.Write(tiny)
				}
				if err != nil {
					t.Fatal(name, contentType, err)
				}
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			m = nil
			out := serialize.NewWriter(io.Discard, contentType, opts...)
			var before int64
			i := 0
			for m, err := range serialize.Read(&b, contentType, opts...) {
				if err != nil {
					t.Fatal(name, contentType, err)
				}
				switch i++; i {
				case 1:
					heap()
					before = heap()
				case 20:
					heap()
					if kept := heap() - before; kept > most {
						t.Errorf("%s, %s: %d kB are kept in the stream", name, contentType, kept/1024)
					}
				}
				if err := out.Write(m); err != nil {
					t.Fatal(err)
				}
			}
			if i != 20 {
				t.Fatalf("%s, %s: %d records", name, contentType, i)
			}
			runtime.KeepAlive(out)
		}
	}
}
