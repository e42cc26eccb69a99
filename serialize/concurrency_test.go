package serialize_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/serialize"
)

// task is something to do with a Codec that gives the same text every time.
type task struct {
	name string
	run  func(ctx context.Context) string
}

// codecTasks are all that c can do, with messages, payloads and options that they
// share, in all content types and encodings.
func codecTasks(t *testing.T, c *serialize.Codec) (list []task) {
	t.Helper()
	share := 11
	if testing.Short() {
		share = 37
	}
	add := func(name string, run func(ctx context.Context) string) { list = append(list, task{name, run}) }
	opts := []secmodel.Option{secmodel.MaxViolations(20)}
	skip := []secmodel.Option{secmodel.SkipValidation()}
	reuse := []secmodel.Option{secmodel.Reuse(), secmodel.Workers(2)}
	i := 0
	for _, format := range []string{"idmefv2", "mozdef", "ocsf"} {
		for _, s := range jsontest.Samples(t, format) {
			if i++; i%share != 0 {
				continue
			}
			m, err := c.Unserialize(serialize.Payload{Data: s.Data}, skip...)
			if err != nil {
				t.Fatal(err)
			}
			for k, contentType := range append(allTypes, "text/x-hex") {
				encoding := encodings[(i+k)%len(encodings)]
				name := s.File + " as " + contentType + " " + encoding
				packed := append(skip[:1:1], secmodel.ContentEncoding(encoding))
				p, err := c.Serialize(m, contentType, packed...)
				if err != nil {
					continue // the content type cannot hold it
				}
				add("Serialize "+name, func(context.Context) string {
					p, err := c.Serialize(m, contentType, packed...)
					return fmt.Sprintf("%q %v", p.Data, err)
				})
				add("Unserialize "+name, func(context.Context) string { return outcome(c.Unserialize(p, opts...)) })
				add("ValidateBytes "+name, func(context.Context) string {
					r, err := c.ValidateBytes(p, opts...)
					return fmt.Sprintf("%+v %v", r, err)
				})
				add("Detect "+name, func(context.Context) string { d, err := c.Detect(p, opts...); return fmt.Sprintf("%+v %v", d, err) })
			}
		}
	}
	for _, s := range shortStreams(t) {
		for _, encoding := range encodings {
			if encoding != "" && s.waits != nil {
				continue
			}
			packed := s.packed(t, encoding)
			name := s.name + " " + encoding
			streamOpts := slices.Clip(s.options(encoding))
			lines := func(list []string, _ error) string { return fmt.Sprintf("%q", list) }
			add("Read "+name, func(context.Context) string {
				return lines(outcomes(c.Read(bytes.NewReader(packed), s.contentType, append(streamOpts, secmodel.Reuse())...)))
			})
			add("ReadParallel "+name, func(ctx context.Context) string {
				return lines(outcomes(c.ReadParallel(ctx, bytes.NewReader(packed), s.contentType, append(streamOpts, reuse...)...)))
			})
			add("MapMessages "+name, func(ctx context.Context) string {
				text := ""
				for line, err := range serialize.MapMessages(ctx, c, bytes.NewReader(packed), s.contentType, outcome, append(streamOpts, reuse...)...) {
					text += fmt.Sprint(line, err)
				}
				return text
			})
			add("Writer "+name, func(context.Context) string {
				var b bytes.Buffer
				w := c.NewWriter(&b, s.contentType, streamOpts...)
				for _, m := range s.messages {
					if err := w.Write(m); err != nil {
						return err.Error()
					}
				}
				return fmt.Sprint(w.Close(), b.Bytes())
			})
			if !s.isStream() {
				continue
			}
			add("Handler "+name, func(ctx context.Context) string {
				text := ""
				w, _ := post(t, ctx, &s, encoding, bytes.NewReader(packed), func(_ context.Context, m secmodel.Message) error {
					text += outcome(m, nil)
					return nil
				})
				return fmt.Sprint(w.Code, w.Body, text)
			})
		}
	}
	add("Negotiate", func(context.Context) string {
		text := ""
		for range 100 {
			contentType, err := c.Negotiate("text/x-hex;q=0.5, application/cbor")
			encoding, _ := serialize.NegotiateEncoding("gzip, zstd;q=0.1")
			text += fmt.Sprint(contentType, err, encoding, c.ContentTypes(), serialize.ContentEncodings())
		}
		return text
	})
	add("Only", func(context.Context) string {
		only, err := c.Only(serialize.YAML, "text/x-hex")
		return fmt.Sprint(only.ContentTypes(), err)
	})
	return list
}

// TestOneCodec: one Codec is used by many goroutines, for everything at once, with
// messages, payloads and options that they share. All get what one alone gets.
func TestOneCodec(t *testing.T) {
	tasks := codecTasks(t, hexCodec(t))
	want := make([]string, len(tasks))
	for i, task := range tasks {
		want[i] = task.run(t.Context())
	}
	const goroutines = 4
	run := func(i int) {
		if got := tasks[i].run(t.Context()); got != want[i] {
			t.Errorf("%s: %.1000s", tasks[i].name, cmp.Diff(want[i], got))
		}
	}
	var wg sync.WaitGroup
	// The same at the same time: the race detector takes what is further apart for
	// ordered by the locks and pools that are used in between.
	for i := range tasks {
		for range goroutines {
			wg.Go(func() { run(i) })
		}
		wg.Wait()
	}
	for g := range goroutines {
		wg.Go(func() {
			for _, i := range rand.New(rand.NewPCG(1, uint64(g))).Perm(len(tasks)) {
				run(i)
			}
		})
	}
	wg.Wait()
	t.Logf("%d tasks", len(tasks))
}

// TestOneReceiver: one Receiver serves many requests, and one Client sends many
// messages, at once. Each message arrives once, as it was sent.
func TestOneReceiver(t *testing.T) {
	var mu sync.Mutex
	got := map[string]int{}
	h := serialize.Handler(func(_ context.Context, m secmodel.Message) error {
		data, err := m.AppendJSON(nil)
		if err != nil {
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		got[string(data)]++
		return nil
	})
	client := serialize.Client{URL: "http://receiver.example", HTTP: inProcess(h)}
	var wg sync.WaitGroup
	want := map[string]int{}
	for g := range 8 {
		for i := range 20 {
			want[written(t, fmt.Sprint(g, i))]++
		}
		wg.Go(func() {
			for i := range 20 {
				if err := client.Post(t.Context(), message(t, fmt.Sprint(g, i))); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// inProcess returns a client whose requests a handler serves, without a network.
func inProcess(h http.Handler) *http.Client {
	return &http.Client{Transport: transport(func(r *http.Request) (*http.Response, error) {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		resp := w.Result()
		resp.Request = r
		return resp, nil
	})}
}

type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// TestMessagesOwnMemory: what is read shares no memory with the payload, nor with
// what is read after it.
func TestMessagesOwnMemory(t *testing.T) {
	for _, contentType := range append(allTypes, "text/x-hex") {
		c := hexCodec(t)
		p, err := c.Serialize(message(t, "x"), contentType)
		if err != nil {
			t.Fatal(err)
		}
		data := bytes.Clone(p.Data)
		m, err := c.Unserialize(p)
		if err != nil {
			t.Fatal(err)
		}
		want, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(p.Data, data) {
			t.Errorf("%s: the payload has changed", contentType)
		}
		for i := range p.Data {
			p.Data[i] = 'x'
		}
		for range 3 {
			other, err := c.Serialize(message(t, "y"), contentType)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := c.Unserialize(other); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := json.Marshal(m); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %s, %v\nwant %s", contentType, got, err, want)
		}
	}
}
