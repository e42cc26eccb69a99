package serialize_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/idmefv2"
	"github.com/secmodel/secmodel/serialize"
)

// message returns a valid message.
func message(t testing.TB, description string) *idmefv2.Message {
	t.Helper()
	m, err := serialize.UnserializeAs[idmefv2.Message](serialize.Payload{Data: []byte(described(description))})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// written is how a message is sent.
func written(t testing.TB, description string) string {
	t.Helper()
	p, err := serialize.Serialize(message(t, description), serialize.JSON)
	if err != nil {
		t.Fatal(err)
	}
	return string(p.Data)
}

// TestPostToReceiver: what a Receiver answers arrives as an error.
func TestPostToReceiver(t *testing.T) {
	server := httptest.NewServer(&serialize.Receiver{Receive: obey, MaxBody: 1000})
	defer server.Close()
	for _, test := range []struct {
		description string
		status      int // 0 for success
		temporary   bool
		retryAfter  time.Duration
		violations  int
	}{
		{"fine", 0, false, 0, 0},
		{"busy", 503, true, 2 * time.Second, 0},
		{"broken", 500, true, 0, 0},
		{"forbidden", 403, false, 0, 0},
		{"house rule", 400, false, 0, 1},
		{strings.Repeat("long", 300), 413, false, 0, 1},
	} {
		for _, contentType := range []string{"", serialize.CBOR, serialize.MsgPack, serialize.YAML} {
			c := serialize.Client{URL: server.URL, ContentType: contentType}
			err := c.Post(t.Context(), message(t, test.description))
			if test.status == 0 {
				if err != nil {
					t.Errorf("%s as %s: %v", test.description, contentType, err)
				}
				continue
			}
			e, ok := errors.AsType[*serialize.ResponseError](err)
			if !ok || e.Status != test.status || e.Temporary() != test.temporary || e.Permanent() == test.temporary ||
				e.RetryAfter != test.retryAfter || len(e.Violations) != test.violations || e.Detail == "" {
				t.Errorf("%.20s as %s: %#v, %v", test.description, contentType, e, err)
			}
		}
	}
	for _, encoding := range serialize.ContentEncodings() {
		if err := serialize.Post(t.Context(), nil, server.URL, message(t, "fine"), secmodel.ContentEncoding(encoding)); err != nil {
			t.Errorf("%s: %v", encoding, err)
		}
	}
}

// TestPostIsValidated: what is not valid is not sent, unless that is wanted.
func TestPostIsValidated(t *testing.T) {
	requests := 0
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { requests++ }))
	defer server.Close()
	if err := serialize.Post(t.Context(), nil, server.URL, new(idmefv2.Message)); !errors.Is(err, secmodel.ErrInvalid) || requests != 0 {
		t.Errorf("%d requests, %v", requests, err)
	}
	if err := serialize.Post(t.Context(), nil, server.URL, new(idmefv2.Message), secmodel.SkipValidation()); err != nil || requests != 1 {
		t.Errorf("%d requests, %v", requests, err)
	}
	c := serialize.Client{URL: server.URL, ContentType: "text/html"}
	if err := c.Post(t.Context(), message(t, "x")); !errors.Is(err, secmodel.ErrMediaType) || requests != 1 {
		t.Errorf("%d requests, %v", requests, err)
	}
}

// TestPostRequest: what a server sees.
func TestPostRequest(t *testing.T) {
	var got *http.Request
	var body string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text, _ := io.ReadAll(r.Body)
		got, body = r, string(text)
		w.WriteHeader(http.StatusAccepted)
		_, _ = w.Write([]byte("thanks"))
	}))
	defer server.Close()
	c := serialize.Client{
		URL: server.URL + "/path?x=1", ContentType: "application/json; charset=utf-8",
		Header: http.Header{"authorization": {"Bearer token"}, "Content-Type": {"text/html"}},
	}
	if err := c.Post(t.Context(), message(t, "fine")); err != nil {
		t.Fatal(err)
	}
	if got.Method != http.MethodPost || got.URL.String() != "/path?x=1" || body != written(t, "fine") ||
		got.Header.Get("Content-Type") != c.ContentType || got.Header.Get("Authorization") != "Bearer token" ||
		got.Header.Get("Accept") != "application/json, application/problem+json;q=0.9" || got.ContentLength != int64(len(body)) {
		t.Errorf("%s %s %v %s", got.Method, got.URL, got.Header, body)
	}
}

// TestPostResponses: responses of servers that are no Receiver.
func TestPostResponses(t *testing.T) {
	date := time.Date(2026, 3, 2, 4, 5, 6, 0, time.UTC)
	for _, test := range []struct {
		name       string
		status     int
		header     map[string]string
		body       string
		detail     string
		retryAfter time.Duration
		temporary  bool
	}{
		{name: "nothing", status: 502, temporary: true},
		{name: "text", status: 429, header: map[string]string{"Content-Type": "text/plain; charset=utf-8"}, body: "too many\r\n\tof you\n", detail: "too many   of you", temporary: true},
		{name: "long text", status: 504, header: map[string]string{"Content-Type": "text/plain"}, body: strings.Repeat("a", 2<<20), detail: strings.Repeat("a", 500) + "...", temporary: true},
		{name: "HTML", status: 404, header: map[string]string{"Content-Type": "text/html"}, body: "<h1>no</h1>"},
		{name: "another problem", status: 422, header: map[string]string{"Content-Type": "application/problem+json"}, body: `{"status":"odd","detail":"the reason"}`, detail: "the reason"},
		{name: "the draft's error", status: 406, header: map[string]string{"Content-Type": "application/json"}, body: `{"error":"no","alternatives":["application/json"]}`, detail: "no"},
		{name: "broken JSON", status: 400, header: map[string]string{"Content-Type": "application/json"}, body: `{"error":"no"`},
		{name: "no content type", status: 400, header: map[string]string{"Content-Type": ""}, body: `{}`},
		{name: "seconds", status: 503, header: map[string]string{"Retry-After": "120"}, retryAfter: 2 * time.Minute, temporary: true},
		{name: "date", status: 503, header: map[string]string{"Retry-After": date.Add(time.Hour).Format(http.TimeFormat), "Date": date.Format(http.TimeFormat)}, retryAfter: time.Hour, temporary: true},
		{name: "past date", status: 503, header: map[string]string{"Retry-After": date.Format(http.TimeFormat), "Date": date.Add(time.Hour).Format(http.TimeFormat)}, temporary: true},
		{name: "negative", status: 503, header: map[string]string{"Retry-After": "-5"}, temporary: true},
		{name: "endless", status: 503, header: map[string]string{"Retry-After": "9223372036854775807"}, retryAfter: 1<<63 - 1, temporary: true},
		{name: "nonsense", status: 503, header: map[string]string{"Retry-After": "soon"}, temporary: true},
		{name: "moved", status: 301, header: map[string]string{"Location": "/elsewhere"}},
		{name: "found", status: 302, header: map[string]string{"Location": "/elsewhere"}},
		{name: "see other", status: 303, header: map[string]string{"Location": "/elsewhere"}},
		{name: "not modified", status: 304},
	} {
		t.Run(test.name, func(t *testing.T) {
			requests := 0
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				requests++
				for name, value := range test.header {
					w.Header().Set(name, value)
				}
				w.WriteHeader(test.status)
				_, _ = w.Write([]byte(test.body))
			}))
			defer server.Close()
			err := serialize.Post(t.Context(), server.Client(), strings.Replace(server.URL, "//", "//user:password@", 1), message(t, "x"))
			e, ok := errors.AsType[*serialize.ResponseError](err)
			if !ok {
				t.Fatalf("%T: %v", err, err)
			}
			if e.Status != test.status || e.Detail != test.detail || e.RetryAfter != test.retryAfter || e.Temporary() != test.temporary ||
				e.Header.Get("Location") != test.header["Location"] || requests != 1 {
				t.Errorf("%+v after %d requests", e, requests)
			}
			if text := err.Error(); strings.Contains(text, "password") || !strings.Contains(text, fmt.Sprint(test.status)) || strings.ContainsAny(text, "\r\n") {
				t.Errorf("%q", text)
			}
		})
	}
}

// TestPostRedirects: 307 and 308 keep the method and body, and are followed.
func TestPostRedirects(t *testing.T) {
	var got []string
	mux := http.NewServeMux()
	mux.HandleFunc("/end", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got = append(got, r.Method+" "+string(body))
		w.WriteHeader(http.StatusNoContent)
	})
	mux.Handle("/307", http.RedirectHandler("/308", http.StatusTemporaryRedirect))
	mux.Handle("/308", http.RedirectHandler("/end", http.StatusPermanentRedirect))
	mux.Handle("/loop", http.RedirectHandler("/loop", http.StatusPermanentRedirect))
	plain := httptest.NewServer(mux)
	defer plain.Close()
	mux.Handle("/down", http.RedirectHandler(plain.URL+"/end", http.StatusTemporaryRedirect))
	secure := httptest.NewTLSServer(mux)
	defer secure.Close()

	if err := serialize.Post(t.Context(), nil, plain.URL+"/307", message(t, "x")); err != nil || len(got) != 1 || got[0] != "POST "+written(t, "x") {
		t.Errorf("%q, %v", got, err)
	}
	refused := errors.New("refused")
	asked := *plain.Client()
	asked.CheckRedirect = func(*http.Request, []*http.Request) error { return refused }
	for _, test := range []struct {
		client *http.Client
		url    string
	}{{plain.Client(), plain.URL + "/loop"}, {secure.Client(), secure.URL + "/down"}} {
		err := serialize.Post(t.Context(), test.client, test.url, message(t, "x"))
		if _, temporary := errors.AsType[*serialize.TemporaryError](err); err == nil || temporary || len(got) != 1 {
			t.Errorf("%s: %v, %q", test.url, err, got)
		}
	}
	if err := serialize.Post(t.Context(), &asked, plain.URL+"/307", message(t, "x")); !errors.Is(err, refused) || len(got) != 1 {
		t.Errorf("%v, %q", err, got)
	}
}

// TestPostWithoutResponse: which errors may go away.
func TestPostWithoutResponse(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := "http://" + listener.Addr().String()
	listener.Close()
	hangUp := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	defer hangUp.Close()
	release := make(chan bool)
	silent := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-release }))
	defer silent.Close()
	defer close(release)
	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = quiet()
	secure.StartTLS()
	defer secure.Close()
	impatient := &http.Client{Timeout: 50 * time.Millisecond}
	for _, test := range []struct {
		name, url string
		client    *http.Client
		temporary bool
	}{
		{"nobody listens", nobody, nil, true},
		{"hangs up", hangUp.URL, nil, true},
		{"no response in time", silent.URL, impatient, true},
		{"unknown authority", secure.URL, nil, false},
		{"no TLS", strings.Replace(hangUp.URL, "http:", "https:", 1), nil, false},
		{"no URL", "http://[::1", nil, false},
		{"no scheme", "//127.0.0.1/", nil, false},
		{"no host", "http:///", nil, false},
		{"another scheme", "ftp://127.0.0.1/", nil, false},
	} {
		err := serialize.Post(t.Context(), test.client, test.url, message(t, "x"))
		e, temporary := errors.AsType[*serialize.TemporaryError](err)
		if err == nil || temporary != test.temporary || temporary && !e.Temporary() {
			t.Errorf("%s: %v", test.name, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, cancel)
	err = serialize.Post(ctx, nil, silent.URL, message(t, "x"))
	if _, temporary := errors.AsType[*serialize.TemporaryError](err); !errors.Is(err, context.Canceled) || temporary {
		t.Errorf("cancelled: %v", err)
	}
}

func ExampleHandler() {
	server := httptest.NewServer(serialize.Handler(func(_ context.Context, m secmodel.Message) error {
		fmt.Println("received", m.Identity())
		return nil // only once it is stored
	}))
	defer server.Close()
	m, err := serialize.Unserialize(serialize.Payload{Data: []byte(described("x"))})
	if err != nil {
		fmt.Println(err)
		return
	}
	err = serialize.Post(context.Background(), server.Client(), server.URL, m, secmodel.ContentEncoding("zstd"))
	fmt.Println(err)
	// Output:
	// received idmefv2 2.D.V08 message
	// <nil>
}

func ExampleClient_Post() {
	server := httptest.NewServer(serialize.Handler(func(context.Context, secmodel.Message) error {
		return &serialize.TemporaryError{RetryAfter: 30 * time.Second}
	}))
	defer server.Close()
	m, err := serialize.Unserialize(serialize.Payload{Data: []byte(described("x"))})
	if err != nil {
		fmt.Println(err)
		return
	}
	c := serialize.Client{URL: server.URL, HTTP: server.Client(), ContentType: serialize.CBOR}
	if e, ok := errors.AsType[*serialize.ResponseError](c.Post(context.Background(), m)); ok && e.Temporary() {
		fmt.Println(e.Status, "try again in", e.RetryAfter)
	}
	// Output: 503 try again in 30s
}
