// Command streamcheck generates a long stream of messages, or streams one
// through reading, checking and writing, and tells how fast that went and how
// much memory it took. The script .ci/stream.sh runs it.
//
//	streamcheck generate BYTES FILE [SAMPLE...]
//	streamcheck run FILE WORKERS
package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"runtime"
	"strconv"
	"sync"
	"time"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/serialize"
)

func main() {
	var err error
	switch {
	case len(os.Args) > 4 && os.Args[1] == "generate":
		err = generate(os.Args[2], os.Args[3], os.Args[4:])
	case len(os.Args) == 4 && os.Args[1] == "run":
		err = run(os.Args[2], os.Args[3])
	default:
		err = fmt.Errorf("usage: streamcheck generate BYTES FILE SAMPLE... | run FILE WORKERS")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "streamcheck:", err)
		os.Exit(1)
	}
}

// generate writes the samples, one a line, again and again, with one malformed
// line in ten thousand, until there are so many bytes.
func generate(size, file string, samples []string) error {
	left, err := strconv.ParseInt(size, 10, 64)
	if err != nil {
		return err
	}
	var lines [][]byte
	for _, name := range samples {
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		m, err := serialize.Unserialize(serialize.Payload{Data: text})
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		p, err := serialize.Serialize(m, serialize.NDJSON)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		lines = append(lines, p.Data)
	}
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	defer f.Close() // an error after Flush has been told
	w := bufio.NewWriterSize(f, 1<<20)
	for i := 0; left > 0; i++ {
		line := lines[i%len(lines)]
		if i%10_000 == 9_999 {
			line = append(bytes.Clone(line[:len(line)/2]), '\n')
		}
		n, err := w.Write(line)
		if err != nil {
			return err
		}
		left -= int64(n)
	}
	return w.Flush()
}

// run reads and checks the stream in a file and writes it to nowhere.
func run(file, workers string) error {
	n, err := strconv.Atoi(workers)
	if err != nil {
		return err
	}
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close() // it was only read
	info, err := f.Stat()
	if err != nil {
		return err
	}
	begin := time.Now()
	t := &tally{}
	if n == 1 {
		err = oneByOne(f, t)
	} else {
		err = parallel(f, n, t)
	}
	if err != nil {
		return err
	}
	took := time.Since(begin)
	fmt.Printf("%d workers: %d messages written, %d records faulty, %d MB in, %d MB out, %.1f s, %.0f MB/s, heap at most %d MB, VmHWM %s\n",
		n, t.written, t.faults, info.Size()>>20, t.bytes>>20, took.Seconds(), float64(info.Size())/1e6/took.Seconds(), t.peak>>20, highWater())
	return nil
}

// oneByOne writes with a Writer what one goroutine reads.
func oneByOne(f io.Reader, t *tally) error {
	w := serialize.NewWriter(t, serialize.NDJSON, secmodel.SkipValidation()) // reading has checked them
	for m, err := range serialize.Read(f, serialize.NDJSON, secmodel.Reuse()) {
		if err != nil {
			t.faults++
			continue
		}
		if err := w.Write(m); err != nil {
			return err
		}
		t.count()
	}
	return w.Close()
}

// parallel has several goroutines read, check and write messages, each into a
// buffer that is used again once it has been written.
func parallel(f io.Reader, workers int, t *tally) error {
	buffers := sync.Pool{New: func() any { return new([]byte) }}
	work := func(m secmodel.Message, err error) *[]byte {
		if err != nil {
			return nil
		}
		buf := buffers.Get().(*[]byte)
		if *buf, err = m.AppendJSON((*buf)[:0]); err != nil {
			return nil
		}
		*buf = append(*buf, '\n')
		return buf
	}
	for buf, err := range serialize.MapMessages(context.Background(), serialize.Standard(), f, serialize.NDJSON, work, secmodel.Reuse(), secmodel.Workers(workers)) {
		if err != nil {
			return err
		}
		if buf == nil {
			t.faults++
			continue
		}
		if _, err := t.Write(*buf); err != nil {
			return err
		}
		buffers.Put(buf)
		t.count()
	}
	return nil
}

// tally is an io.Writer that counts what it is given.
type tally struct {
	bytes           int64
	written, faults int
	peak            uint64 // of the heap, in bytes
}

func (t *tally) Write(b []byte) (int, error) {
	t.bytes += int64(len(b))
	return len(b), nil
}

// count counts a message, and looks at the heap now and then.
func (t *tally) count() {
	if t.written++; t.written%100_000 == 0 {
		var stats runtime.MemStats
		runtime.ReadMemStats(&stats)
		t.peak = max(t.peak, stats.HeapAlloc)
	}
}

// highWater returns the most memory that the process has had, as the system
// tells it.
func highWater() string {
	f, err := os.Open("/proc/self/status")
	if err != nil {
		return "unknown"
	}
	defer f.Close() // it was only read
	text, err := io.ReadAll(f)
	if err != nil {
		return "unknown"
	}
	for line := range bytes.Lines(text) {
		if value, ok := bytes.CutPrefix(line, []byte("VmHWM:")); ok {
			return string(bytes.TrimSpace(value))
		}
	}
	return "unknown"
}
