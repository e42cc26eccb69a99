package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"runtime"
	"runtime/metrics"
	"time"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/serialize"
)

// streaming is what reading and validating a stream of JSON lines took.
type streaming struct {
	Reader     string  `json:"reader"`
	Processors int     `json:"processors"`
	Bytes      int     `json:"bytes"`
	Throughput float64 `json:"throughput"` // 10^6 bytes per second of elapsed time
	Peak       int     `json:"peak"`       // largest heap seen, in bytes
}

// lines gives JSON lines, size bytes or a little more, without having them all
// in memory.
type lines struct {
	texts []text
	left  int
	next  int    // number of the next text
	line  []byte // the one that is being read
	at    int
}

// Read implements io.Reader. As a file does, it fills p while there is something.
func (l *lines) Read(p []byte) (n int, err error) {
	for n < len(p) {
		if l.at == len(l.line) {
			if l.left <= 0 {
				if n == 0 {
					err = io.EOF
				}
				return n, err
			}
			l.line = append(append(l.line[:0], l.texts[l.next%len(l.texts)].data...), '\n')
			l.at = 0
			l.next++
			l.left -= len(l.line)
		}
		m := copy(p[n:], l.line[l.at:])
		l.at += m
		n += m
	}
	return n, nil
}

// Names of the readers that use all processors.
const (
	parallelReader = "ReadParallel"
	reusingReader  = "MapMessages, memory reused"
)

// measureStreams reads streams of size and four times size bytes, in one
// goroutine and in parallel on 1 to all processors.
func measureStreams(texts []text, size int) ([]streaming, error) {
	const ndjson = "application/x-ndjson"
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	var list []streaming
	for _, n := range processors() {
		runtime.GOMAXPROCS(n)
		for _, bytes := range []int{size, 4 * size} {
			for _, r := range []struct {
				name string
				read func(r io.Reader) iter.Seq2[secmodel.Message, error]
			}{
				{"Read, memory reused", func(r io.Reader) iter.Seq2[secmodel.Message, error] {
					return serialize.Read(r, ndjson, secmodel.Reuse())
				}},
				{parallelReader, func(r io.Reader) iter.Seq2[secmodel.Message, error] {
					return serialize.ReadParallel(context.Background(), r, ndjson)
				}},
				{reusingReader, func(r io.Reader) iter.Seq2[secmodel.Message, error] {
					return func(yield func(secmodel.Message, error) bool) {
						work := func(_ secmodel.Message, err error) error { return err }
						for fault, err := range serialize.MapMessages(context.Background(), serialize.Standard(), r, ndjson, work, secmodel.Reuse()) {
							if !yield(nil, errors.Join(fault, err)) {
								return
							}
						}
					}
				}},
			} {
				s := streaming{Reader: r.name, Processors: n, Bytes: bytes}
				runtime.GC()
				source := &lines{texts: texts, left: bytes}
				begin, read := time.Now(), 0
				heap := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}} // does not stop the world
				for _, err := range r.read(source) {
					if err != nil {
						return nil, fmt.Errorf("%s: record %d: %w", r.name, read, err)
					}
					if read++; read%64 == 0 {
						metrics.Read(heap)
						s.Peak = max(s.Peak, int(heap[0].Value.Uint64()))
					}
				}
				s.Throughput = float64(bytes) / 1e6 / time.Since(begin).Seconds()
				if read != source.next {
					return nil, fmt.Errorf("%s: %d of %d records were read", r.name, read, source.next)
				}
				list = append(list, s)
			}
		}
	}
	return list, nil
}
