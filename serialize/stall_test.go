package serialize_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/serialize"
)

// stalled gives what there is, and then waits until it is released, when it ends
// with an error. It counts how often it is read after that.
type stalled struct {
	r       io.Reader
	release chan struct{}
	after   int
}

func stall(data string) *stalled {
	return &stalled{r: strings.NewReader(data), release: make(chan struct{})}
}

func (s *stalled) Read(b []byte) (int, error) {
	if n, err := s.r.Read(b); err == nil {
		return n, nil
	}
	<-s.release
	s.after++
	return 0, errBroken
}

// TestReaderStalls lets a reader wait after every byte of a stream: the records
// that are there come without waiting for more, the end of the context ends
// reading in parallel, and leaving the sequence does; once the reader returns, no
// goroutine is left, which synctest makes sure of.
func TestReaderStalls(t *testing.T) {
	for _, s := range shortStreams(t) {
		waits := s.waits
		if waits == nil {
			waits = s.needs
		}
		t.Run(s.name, func(t *testing.T) {
			codec := hexCodec(t)
			for n := range len(s.text) + 1 {
				there := count(waits, n)
				want := s.want(there)
				synctest.Test(t, func(t *testing.T) {
					r := stall(s.text[:n])
					var got []string
					go func() {
						for m, err := range codec.Read(r, s.contentType, s.opts...) {
							got = append(got, outcome(m, err))
						}
					}()
					synctest.Wait()
					if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
						t.Fatalf("Read, after %d bytes:\n%s", n, diff)
					}
					close(r.release)
				})
				synctest.Test(t, func(t *testing.T) {
					r := stall(s.text[:n])
					ctx, cancel := context.WithCancel(t.Context())
					var got []string
					var last error
					ended := make(chan struct{})
					go func() {
						defer close(ended)
						for m, err := range codec.ReadParallel(ctx, r, s.contentType, s.options("", secmodel.Workers(3))...) {
							got, last = append(got, outcome(m, err)), err
						}
					}()
					synctest.Wait()
					if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
						t.Fatalf("ReadParallel, after %d bytes:\n%s", n, diff)
					}
					cancel()
					<-ended
					stopped, ok := errors.AsType[*serialize.StreamError](last)
					if !ok || stopped.Records != there || !errors.Is(last, context.Canceled) {
						t.Fatalf("after %d bytes: %d messages, then %v", n, there, last)
					}
					if there > 0 && stopped.Offset < int64(s.ends[there-1]-1) || stopped.Offset > int64(n) {
						t.Fatalf("after %d bytes: %d messages, then %v", n, there, last)
					}
					close(r.release)
					synctest.Wait()
					if r.after != 1 {
						t.Fatalf("read %d times after the end", r.after)
					}
				})
				if there == 0 {
					continue
				}
				synctest.Test(t, func(t *testing.T) { // the consumer leaves
					r := stall(s.text[:n])
					seen := 0
					for range codec.ReadParallel(t.Context(), r, s.contentType, s.options("", secmodel.Workers(3))...) {
						if seen++; seen == there {
							break
						}
					}
					close(r.release)
					synctest.Wait()
					if r.after > 1 {
						t.Fatalf("read %d times after the end", r.after)
					}
				})
			}
		})
	}
}

// TestCompressedReaderStalls: contexts end the reading of compressed streams too.
func TestCompressedReaderStalls(t *testing.T) {
	for _, s := range shortStreams(t) {
		for _, encoding := range encodings[1:] {
			if s.waits != nil {
				continue
			}
			packed := string(s.packed(t, encoding))
			for n := 0; n <= len(packed); n += max(len(packed)/8, 1) {
				synctest.Test(t, func(t *testing.T) {
					r := stall(packed[:n])
					ctx, cancel := context.WithCancel(t.Context())
					var last error
					given := 0
					ended := make(chan struct{})
					go func() {
						defer close(ended)
						for m, err := range hexCodec(t).ReadParallel(ctx, r, s.contentType, s.options(encoding)...) {
							if last = err; m != nil {
								given++
							}
						}
					}()
					synctest.Wait()
					cancel()
					<-ended
					stopped, ok := errors.AsType[*serialize.StreamError](last)
					if !ok || stopped.Records != given || !errors.Is(last, context.Canceled) {
						t.Fatalf("%s, %s, after %d bytes: %d messages, then %v", s.name, encoding, n, given, last)
					}
					close(r.release)
				})
			}
		}
	}
}

// TestContextEnds ends the context after every record: the error says how many
// were given, and where the last of them ends.
func TestContextEnds(t *testing.T) {
	const n = 200
	line := "{}\n"
	text := strings.Repeat(line, n)
	work := func(rec serialize.Record, err error) string { return fmt.Sprint(rec.Number, err) }
	for stop := range n + 1 {
		ctx, cancel := context.WithCancel(t.Context())
		if stop == 0 {
			cancel()
		}
		given := 0
		var last error
		for res, err := range serialize.MapRecords(ctx, serialize.Standard(), strings.NewReader(text), serialize.NDJSON, work, secmodel.Workers(1+stop%3)) {
			if err != nil {
				if res != "" {
					t.Errorf("the error comes with a result: %q", res)
				}
				last = err
				continue
			}
			if given++; res != fmt.Sprint(given, " <nil>") && res != fmt.Sprint(given, error(nil)) {
				t.Fatalf("%d: %s", given, res)
			}
			if given == stop {
				cancel()
			}
		}
		cancel()
		ended, ok := errors.AsType[*serialize.StreamError](last)
		switch {
		case stop == n && last == nil: // everything had been given
		case !ok || !errors.Is(last, context.Canceled) || ended.Records != stop || ended.Offset != int64(stop*len(line)) || given != stop:
			t.Fatalf("stopped after %d of %d: %d given, %v", stop, n, given, last)
		}
	}
}

// TestContextCause: a deadline is told from a cancellation.
func TestContextCause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 1)
		defer cancel()
		r := stall(small + "\n")
		given := 0
		var last error
		work := func(m secmodel.Message, err error) secmodel.Message { return m }
		for m, err := range serialize.MapMessages(ctx, serialize.Standard(), r, serialize.NDJSON, work) {
			if last = err; m != nil {
				given++
			}
		}
		if ended, ok := errors.AsType[*serialize.StreamError](last); !ok || ended.Records != given || given != 1 || !errors.Is(last, context.DeadlineExceeded) {
			t.Errorf("%d given, %v", given, last)
		}
		close(r.release)
	})
}

// TestParallelFailsInside: an error of the reader comes after the results of all
// records before it, whatever the number of goroutines and records.
func TestParallelFailsInside(t *testing.T) {
	for n := range 200 {
		r := io.MultiReader(strings.NewReader(strings.Repeat("{}\n", n)+"{"), iotest.ErrReader(errBroken))
		var results []string
		work := func(rec serialize.Record, err error) string {
			if err != nil {
				return err.Error()
			}
			return string(rec.Data)
		}
		for res, err := range serialize.MapRecords(t.Context(), serialize.Standard(), r, serialize.NDJSON, work, secmodel.Workers(1+n%5)) {
			if err != nil {
				t.Fatal(err)
			}
			results = append(results, res)
		}
		ended := serialize.StreamError{Records: n, Offset: int64(3 * n), Err: errBroken}
		if len(results) != n+1 || results[n] != ended.Error() {
			t.Fatalf("%d results of %d: %q", len(results), n, results[max(0, len(results)-2):])
		}
	}
}
