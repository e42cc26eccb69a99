package serialize_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/serialize"
)

// mixed returns n lines: messages of several formats, invalid ones, malformed
// ones and large ones.
func mixed(n int) string {
	var b strings.Builder
	for i := range n {
		switch i % 7 {
		case 0:
			b.WriteString(small)
		case 1:
			b.WriteString(strings.Replace(eventA, "{", fmt.Sprintf(`{"message":"%d",`, i), 1))
		case 2:
			b.WriteString(`{"summary":"x","category":`)
		case 3:
			fmt.Fprintf(&b, `{"summary":"%d"}`, i)
		case 4:
			fmt.Fprintf(&b, `{"unknown":%d}`, i)
		case 5:
			b.WriteString(strings.Replace(small, `"a"`, fmt.Sprint(i), 1))
		case 6:
			fmt.Fprintf(&b, `{"summary":%q}`, strings.Repeat("x", i%3*40_000))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// outcome gives a message and its error as text.
func outcome(m secmodel.Message, err error) string {
	if m == nil {
		return fmt.Sprint(err)
	}
	return toJSON(m) + fmt.Sprint(err)
}

// TestReadParallel: what several goroutines read is what one does, in the same
// order.
func TestReadParallel(t *testing.T) {
	n := 2000
	if testing.Short() {
		n = 300
	}
	text := mixed(n)
	var want []string
	for m, err := range serialize.Read(strings.NewReader(text), serialize.NDJSON, secmodel.MaxBytes(50_000)) {
		want = append(want, outcome(m, err))
	}
	for _, workers := range []int{0, 1, 2, 7} {
		var got []string
		for m, err := range serialize.ReadParallel(t.Context(), strings.NewReader(text), serialize.NDJSON, secmodel.MaxBytes(50_000), secmodel.Workers(workers), secmodel.Reuse()) {
			got = append(got, outcome(m, err))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%d workers:\n%.2000s", workers, diff)
		}
	}
	if len(want) != n {
		t.Errorf("%d records", len(want))
	}
}

func TestReadParallelErrors(t *testing.T) {
	broken := errors.New("broken pipe")
	var got []string
	for m, err := range serialize.ReadParallel(t.Context(), io.MultiReader(strings.NewReader(small+"\n"), iotest.ErrReader(broken)), serialize.NDJSON) {
		if m == nil && !errors.Is(err, broken) {
			t.Error(err)
		}
		got = append(got, fmt.Sprint(err))
	}
	for _, err := range serialize.ReadParallel(t.Context(), strings.NewReader(small), "text/html") {
		got = append(got, fmt.Sprint(errors.Is(err, secmodel.ErrMediaType)))
	}
	if diff := cmp.Diff([]string{"<nil>", "the stream ended after 1 record (126 bytes): broken pipe", "true"}, got); diff != "" {
		t.Error(diff)
	}
}

// endless gives the same line for ever, and counts how often it is read.
type endless struct {
	line  string
	rest  string
	reads atomic.Int64
}

func (e *endless) Read(b []byte) (int, error) {
	e.reads.Add(1)
	n := 0
	for n < len(b) {
		if e.rest == "" {
			e.rest = e.line
		}
		k := copy(b[n:], e.rest)
		n, e.rest = n+k, e.rest[k:]
	}
	return n, nil
}

// TestReadParallelStops: no goroutine outlives a sequence that is left early or
// whose context is done, and nothing is read any more.
func TestReadParallelStops(t *testing.T) {
	before := runtime.NumGoroutine()
	for i := range 50 {
		e := &endless{line: small + "\n"}
		n := 0
		for _, err := range serialize.ReadParallel(t.Context(), e, serialize.NDJSON, secmodel.Workers(3)) {
			if err != nil {
				t.Fatal(err)
			}
			if n++; n > i*10 {
				break
			}
		}
		ctx, cancel := context.WithCancel(t.Context())
		n = 0
		var last error
		for _, err := range serialize.ReadParallel(ctx, e, serialize.NDJSON, secmodel.Workers(3)) {
			if n++; n == i*10 {
				cancel()
			}
			last = err
			if n > 10_000_000 {
				t.Fatal("the context has no effect")
			}
			if i == 0 {
				cancel()
			}
		}
		cancel()
		if !errors.Is(last, context.Canceled) {
			t.Fatalf("ended with %v", last)
		}
		reads := e.reads.Load()
		runtime.Gosched()
		if e.reads.Load() != reads {
			t.Fatal("it is still read")
		}
	}
	for range 1000 { // goroutines that have told of their end may still be there
		if runtime.NumGoroutine() <= before {
			return
		}
		runtime.Gosched()
	}
	t.Errorf("%d goroutines, %d before", runtime.NumGoroutine(), before)
}

// TestReadParallelBlocked: a sequence ends although its reader waits, and a
// message comes without waiting for the next one.
func TestReadParallelBlocked(t *testing.T) {
	r, w := io.Pipe()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go func() { _, _ = io.WriteString(w, small+"\n") }()
	var got []string
	for m, err := range serialize.ReadParallel(ctx, r, serialize.NDJSON) {
		got = append(got, fmt.Sprint(m != nil, err))
		cancel() // while the reader waits for more
	}
	if diff := cmp.Diff([]string{"true <nil>", "false the stream ended after 1 record (126 bytes): context canceled"}, got); diff != "" {
		t.Error(diff)
	}
	if err := w.CloseWithError(io.ErrUnexpectedEOF); err != nil {
		t.Error(err)
	}
}

func TestReadParallelCancelledBefore(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	cancel()
	n := 0
	for m, err := range serialize.ReadParallel(ctx, strings.NewReader(small), serialize.JSON) {
		if n++; m != nil || !errors.Is(err, context.Canceled) {
			t.Error(m, err)
		}
	}
	if n != 1 {
		t.Errorf("%d results", n)
	}
}

// TestMapMessages: with memory that is used again, work sees what Read gives.
func TestMapMessages(t *testing.T) {
	text := mixed(700)
	var want []string
	for m, err := range serialize.Read(strings.NewReader(text), serialize.NDJSON) {
		want = append(want, outcome(m, err))
	}
	for _, opts := range [][]secmodel.Option{{secmodel.Workers(3)}, {secmodel.Workers(3), secmodel.Reuse()}} {
		var got []string
		for line, err := range serialize.MapMessages(t.Context(), serialize.Standard(), strings.NewReader(text), serialize.NDJSON, outcome, opts...) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, line)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%.2000s", diff)
		}
	}
}

// TestMapRecords: work sees every record once, on several goroutines, and what it
// returns is in order.
func TestMapRecords(t *testing.T) {
	var text bytes.Buffer
	for i := range 1000 {
		fmt.Fprintf(&text, "{\"a\":%d}\n", i)
	}
	text.WriteString(strings.Repeat("x", 200))
	i := 0
	work := func(rec serialize.Record, err error) string {
		if err != nil {
			return err.Error()
		}
		return fmt.Sprint(rec.Number, string(rec.Data), rec.ContentType)
	}
	for got, err := range serialize.MapRecords(t.Context(), serialize.Standard(), &text, serialize.NDJSON, work, secmodel.MaxBytes(100), secmodel.Workers(4)) {
		want := fmt.Sprintf(`%d{"a":%d}application/json`, i+1, i)
		if i == 1000 {
			want = "record 1001 (line 1001): document too large: more than 100 bytes"
		}
		if got != want || err != nil {
			t.Fatalf("%s, %v; want %s", got, err, want)
		}
		i++
	}
	if i != 1001 {
		t.Errorf("%d results", i)
	}
}
