package serialize_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/idmefv2"
	"github.com/secmodel/secmodel/mozdef"
	"github.com/secmodel/secmodel/ocsf"
	"github.com/secmodel/secmodel/serialize"
)

// described returns a valid message with a description.
func described(s string) string {
	return `{"Version":"2.D.V08","ID":"0192f0c1-6a2b-7c3d-8e4f-000000000001","CreateTime":"2026-03-02T04:05:06Z","Analyzer":{"Name":"a"},"Description":"` + s + `"}`
}

// obey does what the description of a message says.
func obey(_ context.Context, m secmodel.Message) error {
	alert, ok := m.(*idmefv2.Message)
	if !ok {
		return nil
	}
	switch secmodel.Or(alert.Description, "") {
	case "busy":
		return fmt.Errorf("queue: %w", &serialize.TemporaryError{Err: errors.New("secret"), RetryAfter: 1500 * time.Millisecond})
	case "busy, who knows how long":
		return &serialize.TemporaryError{}
	case "slow":
		return context.DeadlineExceeded
	case "next hop":
		return &serialize.ResponseError{Status: 429, RetryAfter: time.Minute}
	case "broken":
		return errors.New("secret")
	case "next hop refuses":
		return &serialize.ResponseError{Status: 403}
	case "forbidden":
		return &serialize.RejectError{Err: errors.New("not from you")}
	case "conflict":
		return &serialize.RejectError{Status: 409}
	case "odd":
		return &serialize.RejectError{Status: 200}
	case "house rule":
		return &secmodel.ValidationError{Violations: []secmodel.Violation{{Code: "house_rule", Pointer: "/ID", Message: "no"}}}
	}
	return nil
}

func packed(t testing.TB, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := z.Write([]byte(text))
	if err := errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestReceiverStatus: every status, with its header fields and the beginning of
// what its body says.
func TestReceiverStatus(t *testing.T) {
	h := &serialize.Receiver{Receive: obey, MaxBody: 4096, Options: []secmodel.Option{secmodel.MaxBytes(2048)}}
	ok := described("fine")
	for _, test := range []struct {
		name, method, header, body string
		status                     int
		wantHeader, wantBody       string
	}{
		{name: "a message", body: ok, status: 204},
		{name: "no content type", header: "Content-Type:", body: ok, status: 204},
		{name: "a content type with parameters", header: `Content-Type: Application/JSON; charset="UTF-8"`, body: ok, status: 204},
		{name: "a suffix", header: "Content-Type: application/vnd.x+json", body: ok, status: 204},
		{name: "gzip", header: "Content-Encoding: gzip", body: packed(t, ok), status: 204},
		{name: "identity", header: "Content-Encoding: identity", body: ok, status: 204},
		{name: "accepts anything", header: "Accept: */*", body: ok, status: 204},
		{name: "accepts two fields", header: "Accept: text/html\nAccept: application/json;q=0.1", body: ok, status: 204},

		{name: "nothing", status: 400, wantBody: `"code":"syntax"`},
		{name: "malformed", body: "{\n]", status: 400, wantHeader: "Content-Type: application/json", wantBody: `"line":2,"column":1`},
		{name: "two documents", body: ok + ok, status: 400, wantBody: `"code":"syntax"`},
		{name: "invalid", body: `{"Version":"2.D.V08"}`, status: 400, wantBody: `"violations":[{"severity":"error","code":"attribute_required_missing"`},
		{name: "no format", body: `{"a":1}`, status: 400, wantBody: `"code":"format_unknown"`},
		{name: "cut gzip", header: "Content-Encoding: gzip", body: packed(t, ok)[:30], status: 400, wantBody: "gzip data ends early"},
		{name: "no gzip", header: "Content-Encoding: gzip", body: ok, status: 400, wantBody: "damaged gzip data"},
		{name: "refused by a rule", body: described("house rule"), status: 400, wantBody: `"code":"house_rule"`},
		{name: "problem", header: "Accept: application/problem+json", body: `{`, status: 400, wantHeader: "Content-Type: application/problem+json"},
		{name: "problem preferred", header: "Accept: application/json;q=0.5, application/problem+json", body: `{`, status: 400, wantHeader: "Content-Type: application/problem+json"},
		{name: "JSON preferred", header: "Accept: application/json, application/problem+json", body: `{`, status: 400, wantHeader: "Content-Type: application/json"},
		{name: "forbidden", body: described("forbidden"), status: 403, wantBody: `"detail":"not from you","error":"not from you"`},
		{name: "no status of a refusal", body: described("odd"), status: 403},
		{name: "conflict", body: described("conflict"), status: 409, wantBody: "rejected"},

		{name: "GET", method: "GET", status: 405, wantHeader: "Allow: OPTIONS, POST"},
		{name: "HEAD", method: "HEAD", status: 405, wantHeader: "Allow: OPTIONS, POST"},
		{name: "PUT", method: "PUT", body: ok, status: 405, wantHeader: "Allow: OPTIONS, POST"},
		{name: "OPTIONS", method: "OPTIONS", status: 204, wantHeader: "Accept-Encoding: zstd, gzip, deflate"},
		{name: "not acceptable", header: "Accept: text/html", body: ok, status: 406, wantBody: `"alternatives":["application/json","application/problem+json"]`},
		{name: "ruled out", header: "Accept: application/*;q=0, */*", body: ok, status: 406},
		{name: "too large", body: strings.Repeat(" ", 5000), status: 413, wantBody: `"code":"document_too_large"`},
		{name: "a large document", body: strings.Repeat(" ", 2000) + ok, status: 413, wantBody: `"code":"document_too_large"`},
		{name: "inflates too large", header: "Content-Encoding: gzip", body: packed(t, strings.Repeat(" ", 1<<20)), status: 413, wantBody: "document_too_large"},
		{name: "content type", header: "Content-Type: application/x-idmefv2", body: ok, status: 415, wantHeader: "Accept: application/json, text/json"},
		{name: "charset", header: "Content-Type: application/json; charset=utf-16", body: ok, status: 415},
		{name: "malformed content type", header: "Content-Type: application", body: ok, status: 415},
		{name: "content encoding", header: "Content-Encoding: br", body: ok, status: 415, wantHeader: "Accept-Encoding: zstd, gzip, deflate", wantBody: `"alternatives":["zstd","gzip","deflate"]`},

		{name: "broken", body: described("broken"), status: 500, wantBody: "could not be processed"},
		{name: "next hop refuses", body: described("next hop refuses"), status: 500},
		{name: "busy", body: described("busy"), status: 503, wantHeader: "Retry-After: 2", wantBody: "cannot be processed now"},
		{name: "busy without a time", body: described("busy, who knows how long"), status: 503, wantHeader: "Retry-After: 10"},
		{name: "slow", body: described("slow"), status: 503, wantHeader: "Retry-After: 10"},
		{name: "next hop is busy", body: described("next hop"), status: 503, wantHeader: "Retry-After: 60"},
	} {
		t.Run(test.name, func(t *testing.T) {
			method := test.method
			if method == "" {
				method = http.MethodPost
			}
			r := httptest.NewRequest(method, "/", strings.NewReader(test.body))
			r.Header.Set("Content-Type", "application/json")
			for line := range strings.SplitSeq(test.header, "\n") {
				name, value, _ := strings.Cut(line, ":")
				if value = strings.TrimSpace(value); value == "" {
					r.Header.Del(name)
				} else if name == "Content-Type" {
					r.Header.Set(name, value)
				} else {
					r.Header.Add(name, value)
				}
			}
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			body := w.Body.String()
			if w.Code != test.status || !strings.Contains(body, test.wantBody) || strings.Contains(body, "secret") {
				t.Errorf("%d %s, want %d %s", w.Code, body, test.status, test.wantBody)
			}
			name, value, _ := strings.Cut(test.wantHeader, ": ")
			if got := w.Header().Get(name); name != "" && !strings.HasPrefix(got, value) {
				t.Errorf("%s: %s, want %s", name, got, value)
			}
			if test.status == 204 && (w.Header().Get("Content-Type") != "" || body != "") {
				t.Errorf("204 with a body of type %q: %s", w.Header().Get("Content-Type"), body)
			}
			if test.status >= 400 {
				var a serialize.Answer
				if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil || a.Status != test.status || a.Title != http.StatusText(test.status) || a.Detail == "" {
					t.Errorf("%s: %v", body, err)
				}
			}
		})
	}
}

// TestReceiverFormats: the three formats, in several content types.
func TestReceiverFormats(t *testing.T) {
	var got []secmodel.Identity
	h := serialize.Handler(func(_ context.Context, m secmodel.Message) error {
		got = append(got, m.Identity())
		return nil
	}, secmodel.SkipValidation())
	messages := []secmodel.Message{new(idmefv2.Message), ocsf.NewAuthentication(ocsf.AuthenticationActivityIDLogon), mozdef.New("event")}
	for i, text := range []string{described("x"), "", `{"summary":"s","category":"c","timestamp":"2026-03-02T04:05:06Z"}`} {
		if text == "" {
			continue
		}
		m, err := serialize.Unserialize(serialize.Payload{Data: []byte(text)}, secmodel.SkipValidation())
		if err != nil {
			t.Fatal(err)
		}
		messages[i] = m
	}
	for _, m := range messages {
		for _, contentType := range serialize.ContentTypes() {
			p, err := serialize.Serialize(m, contentType, secmodel.SkipValidation(), secmodel.ContentEncoding("zstd"))
			if err != nil {
				t.Fatal(err)
			}
			r := httptest.NewRequest(http.MethodPost, "/any/path", bytes.NewReader(p.Data))
			r.Header.Set("Content-Type", p.ContentType)
			r.Header.Set("Content-Encoding", p.ContentEncoding)
			w := httptest.NewRecorder()
			got = nil
			h.ServeHTTP(w, r)
			if w.Code/100 != 2 || !slices.Equal(got, []secmodel.Identity{m.Identity()}) {
				t.Errorf("%v as %s: %d %s, received %v", m.Identity(), contentType, w.Code, w.Body, got)
			}
		}
	}
}

// TestReceiverStreams: what becomes of each record is in the answer.
func TestReceiverStreams(t *testing.T) {
	fine, busy, broken := described("fine"), described("busy"), described("broken")
	invalid := `{"Version":"2.D.V08"}`
	type record struct{ Number, Line, Status, Violations int }
	type stream struct {
		Accepted, Rejected, Next int
		Records                  []record
	}
	for _, test := range []struct {
		name, contentType, body string
		status                  int
		want                    stream
	}{
		{"lines", serialize.NDJSON, fine + "\n" + fine + "\n", 200, stream{Accepted: 2}},
		{"no lines", serialize.NDJSON, "", 200, stream{}},
		{"an array", serialize.JSON, " \n[" + fine + "," + fine + "]", 200, stream{Accepted: 2}},
		{"an empty array", serialize.JSON, "[]", 200, stream{}},
		{"a sequence", serialize.JSONSeq, "\x1e" + fine + "\n\x1e" + fine + "\n", 200, stream{Accepted: 2}},
		{"faulty lines", serialize.NDJSON, fine + "\n{\n" + invalid + "\n" + fine + "\n", 400,
			stream{2, 2, 0, []record{{2, 2, 400, 1}, {3, 3, 400, 3}}}},
		{"a broken array", serialize.JSON, "[" + fine + "," + invalid, 400, stream{Accepted: 1, Rejected: 2, Records: []record{{2, 1, 400, 3}, {3, 1, 400, 1}}}},
		{"busy", serialize.NDJSON, fine + "\n" + invalid + "\n" + busy + "\n" + fine + "\n", 503,
			stream{1, 1, 3, []record{{2, 2, 400, 3}, {3, 3, 503, 0}}}},
		{"broken", serialize.NDJSON, broken + "\n" + invalid + "\n" + fine + "\n", 500,
			stream{1, 2, 0, []record{{1, 1, 500, 0}, {2, 2, 400, 3}}}},
		{"a large record", serialize.NDJSON, fine + "\n" + strings.Repeat("x", 3000) + "\n" + fine, 413,
			stream{2, 1, 0, []record{{2, 2, 413, 1}}}},
		{"a large stream", serialize.NDJSON, strings.Repeat(fine+"\n", 100), 413, stream{Accepted: 68, Next: 69, Records: []record{{69, 0, 413, 1}}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var refused []int
			h := &serialize.Receiver{
				Receive: obey, MaxBody: 10_000, Options: []secmodel.Option{secmodel.MaxBytes(2048)},
				Refused: func(_ *http.Request, status int, err error) {
					if err == nil {
						t.Error("refused without a reason")
					}
					refused = append(refused, status)
				},
			}
			r := httptest.NewRequest(http.MethodPost, "/", unsized{strings.NewReader(test.body)})
			r.Header.Set("Content-Type", test.contentType)
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			var a serialize.Answer
			if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil || a.Stream == nil {
				t.Fatalf("%s: %v", w.Body, err)
			}
			got := stream{Accepted: a.Stream.Accepted, Rejected: a.Stream.Rejected, Next: a.Stream.Next}
			var statuses []int
			for _, rec := range a.Stream.Records {
				got.Records = append(got.Records, record{rec.Number, rec.Line, rec.Status, len(rec.Violations)})
				statuses = append(statuses, rec.Status)
			}
			if diff := cmp.Diff(test.want, got); diff != "" || w.Code != test.status || a.Status != test.status {
				t.Errorf("status %d, want %d; -want +got\n%s\n%s", w.Code, test.status, diff, w.Body)
			}
			if !slices.Equal(statuses, refused) {
				t.Errorf("answered %v, reported %v", statuses, refused)
			}
			if (w.Header().Get("Retry-After") != "") != (w.Code == 503) {
				t.Errorf("Retry-After: %s", w.Header().Get("Retry-After"))
			}
		})
	}
}

// TestReceiverBundle: an OCSF bundle is one message, or, with the option, as
// many as it has events.
func TestReceiverBundle(t *testing.T) {
	body := `{"events":[{"class_uid":3002},{"class_uid":3002},{"class_uid":4001}]}`
	for _, test := range []struct {
		opts    []secmodel.Option
		status  int
		classes []string
	}{
		{nil, 204, []string{"bundle"}},
		{[]secmodel.Option{secmodel.Bundle()}, 200, []string{"authentication", "authentication", "network_activity"}},
	} {
		var classes []string
		h := serialize.Handler(func(_ context.Context, m secmodel.Message) error {
			classes = append(classes, m.Identity().Class)
			return nil
		}, append(test.opts, secmodel.SkipValidation())...)
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != test.status || !slices.Equal(classes, test.classes) {
			t.Errorf("%d %s, received %v", w.Code, w.Body, classes)
		}
	}
}

// counted counts what is read.
type counted struct {
	io.Reader
	n int
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += n
	return n, err
}

// TestReceiverReadsNoMore: a body of no stated length is read up to the limits
// and a buffer or two; the one on documents holds without one on bodies, and
// the one on bodies for what comes too, not only for what it holds.
func TestReceiverReadsNoMore(t *testing.T) {
	for _, test := range []struct {
		name, encoding, body string
		maxBody              int64
	}{
		{"a large document", "", strings.Repeat(" ", 1<<20), -1},
		{"compressed nothing", "gzip", strings.Repeat(packed(t, ""), 1000) + packed(t, described("x")), 10_000},
	} {
		body := &counted{Reader: strings.NewReader(test.body)}
		r := httptest.NewRequest(http.MethodPost, "/", body)
		r.Header.Set("Content-Encoding", test.encoding)
		w := httptest.NewRecorder()
		h := &serialize.Receiver{Receive: obey, MaxBody: test.maxBody, Options: []secmodel.Option{secmodel.MaxBytes(10_000)}}
		h.ServeHTTP(w, r)
		if w.Code != http.StatusRequestEntityTooLarge || body.n > 20_000 {
			t.Errorf("%s: %d %s after %d bytes", test.name, w.Code, w.Body, body.n)
		}
	}
}

// unsized hides the length of a body, so that it is chunked.
type unsized struct{ io.Reader }

// TestReceiverAnswerIsBounded: however many records are faulty, and however
// large their values.
func TestReceiverAnswerIsBounded(t *testing.T) {
	line := strings.Replace(described("x"), `"a"`, `["`+strings.Repeat("y", 5000)+`"]`, 1)
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(strings.Repeat(line+"\n", 1000)))
	r.Header.Set("Content-Type", serialize.NDJSON)
	w := httptest.NewRecorder()
	serialize.Handler(obey).ServeHTTP(w, r)
	var a serialize.Answer
	if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
		t.Fatal(err)
	}
	if a.Stream.Rejected != 1000 || len(a.Stream.Records) != 100 || w.Body.Len() > 100_000 {
		t.Errorf("%d rejected, %d listed, %d bytes", a.Stream.Rejected, len(a.Stream.Records), w.Body.Len())
	}
	// For those who can, it is compressed.
	r = httptest.NewRequest(http.MethodPost, "/", strings.NewReader(strings.Repeat(line+"\n", 1000)))
	r.Header.Set("Content-Type", serialize.NDJSON)
	r.Header.Set("Accept-Encoding", "gzip")
	z := httptest.NewRecorder()
	serialize.Handler(obey).ServeHTTP(z, r)
	g, err := gzip.NewReader(z.Body)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(g)
	if err != nil || string(text) != w.Body.String() || z.Header().Get("Content-Encoding") != "gzip" {
		t.Errorf("%d bytes, want %d: %v", len(text), w.Body.Len(), err)
	}
}

// TestReceiverCodec: a Receiver takes what its Codec has.
func TestReceiverCodec(t *testing.T) {
	only, err := new(serialize.Receiver), error(nil)
	base, err := serialize.NewCodec()
	if err != nil {
		t.Fatal(err)
	}
	if only.Codec, err = base.Only(serialize.CBOR); err != nil {
		t.Fatal(err)
	}
	only.Receive = obey
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(described("x")))
	r.Header.Set("Content-Type", serialize.JSON)
	w := httptest.NewRecorder()
	only.ServeHTTP(w, r)
	if w.Code != http.StatusUnsupportedMediaType || w.Header().Get("Accept") != serialize.CBOR {
		t.Errorf("%d, Accept: %s", w.Code, w.Header().Get("Accept"))
	}
}

// TestReceiverMaxRequests: while one is served, another must wait.
func TestReceiverMaxRequests(t *testing.T) {
	began, end := make(chan bool), make(chan bool)
	h := &serialize.Receiver{MaxRequests: 1, RetryAfter: time.Second, Receive: func(context.Context, secmodel.Message) error {
		began <- true
		<-end
		return nil
	}}
	request := func() *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(described("x")))
		r.Header.Set("Content-Type", serialize.JSON)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	first := make(chan int)
	go func() { first <- request().Code }()
	<-began
	if w := request(); w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") != "1" {
		t.Errorf("%d, Retry-After: %s", w.Code, w.Header().Get("Retry-After"))
	}
	end <- true
	if code := <-first; code != http.StatusNoContent {
		t.Error(code)
	}
	go func() { <-began; end <- true }()
	if w := request(); w.Code != http.StatusNoContent {
		t.Error(w.Code)
	}
}

// FuzzReceiver: whatever comes, there is an answer, and it says what it is.
func FuzzReceiver(f *testing.F) {
	for _, contentType := range serialize.ContentTypes() {
		f.Add([]byte(described("fine")), contentType, "")
	}
	f.Add([]byte(packed(f, described("fine"))), serialize.JSON, "gzip")
	f.Add([]byte("["+described("busy")+",1,"), serialize.JSON, "")
	h := &serialize.Receiver{Receive: obey, MaxBody: 1 << 16}
	f.Fuzz(func(t *testing.T, body []byte, contentType, encoding string) {
		r := httptest.NewRequest(http.MethodPost, "/", bytes.NewReader(body))
		r.Header.Set("Content-Type", contentType)
		r.Header.Set("Content-Encoding", encoding)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		var a serialize.Answer
		switch {
		case w.Code == http.StatusNoContent && w.Body.Len() == 0:
		case json.Unmarshal(w.Body.Bytes(), &a) != nil, a.Status != w.Code, w.Code != 200 && a.Detail == "":
			t.Fatalf("%d %s", w.Code, w.Body)
		}
	})
}
