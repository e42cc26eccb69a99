package serialize_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/serialize"
	"github.com/secmodel/secmodel/serialize/internal/mutualtls"
)

// quiet is for servers whose clients misbehave on purpose.
func quiet() *log.Logger { return log.New(io.Discard, "", 0) }

// mutual starts a server that demands client certificates.
func mutual(t *testing.T, h http.Handler) (*httptest.Server, *mutualtls.Set) {
	t.Helper()
	set, err := mutualtls.New()
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(h)
	server.EnableHTTP2 = true
	server.TLS = set.ServerConfig()
	server.Config.ErrorLog = quiet()
	server.Config.ReadTimeout = 400 * time.Millisecond
	server.StartTLS()
	t.Cleanup(server.Close)
	return server, set
}

// client speaks HTTP of a major version.
func client(t *testing.T, config *tls.Config, major int) *http.Client {
	t.Helper()
	transport := &http.Transport{TLSClientConfig: config, ForceAttemptHTTP2: major == 2}
	if major == 1 {
		transport.TLSNextProto = map[string]func(string, *tls.Conn) http.RoundTripper{}
	}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

// TestMutualTLS: with HTTP/1.1 and HTTP/2, from many clients at a time; and who
// has no certificate, or none of the authority, gets nowhere.
func TestMutualTLS(t *testing.T) {
	var received atomic.Int64
	var versions sync.Map
	h := serialize.Handler(func(context.Context, secmodel.Message) error { received.Add(1); return nil })
	server, set := mutual(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		versions.Store(r.ProtoMajor, len(r.TLS.PeerCertificates) == 1 && r.TLS.Version == tls.VersionTLS13)
		h.ServeHTTP(w, r)
	}))
	m := message(t, "fine")
	var wg sync.WaitGroup
	for _, major := range []int{1, 2} {
		c := client(t, set.ClientConfig(), major)
		for range 4 {
			wg.Go(func() {
				for range 5 {
					if err := serialize.Post(t.Context(), c, server.URL, m, secmodel.ContentEncoding("gzip")); err != nil {
						t.Error(err)
					}
				}
			})
		}
	}
	wg.Wait()
	if received.Load() != 40 {
		t.Errorf("received %d messages of 40", received.Load())
	}
	for _, major := range []int{1, 2} {
		if ok, _ := versions.Load(major); ok != true {
			t.Errorf("HTTP/%d was not used with TLS 1.3 and a client certificate", major)
		}
	}
	strangers, err := mutualtls.New()
	if err != nil {
		t.Fatal(err)
	}
	nobody, foreign, trusting := set.ClientConfig(), set.ClientConfig(), strangers.ClientConfig()
	nobody.Certificates = nil
	foreign.Certificates = strangers.ClientConfig().Certificates
	old := set.ClientConfig()
	old.MinVersion, old.MaxVersion = tls.VersionTLS12, tls.VersionTLS12
	for name, config := range map[string]*tls.Config{"no certificate": nobody, "a foreign one": foreign, "the server's is foreign": trusting, "TLS 1.2": old} {
		err := serialize.Post(t.Context(), client(t, config, 2), server.URL, m)
		if err == nil {
			t.Errorf("%s: let in", name)
		}
		// With HTTP/1.1 a server's alert may be read or lost; with a foreign server
		// it is ours, and trying again is of no use.
		if _, temporary := errors.AsType[*serialize.TemporaryError](err); name == "the server's is foreign" && temporary {
			t.Errorf("%s: %v", name, err)
		}
	}
	if received.Load() != 40 {
		t.Errorf("received %d messages of 40", received.Load())
	}
}

// dial opens a connection and sends text as it is.
func dial(t *testing.T, server *httptest.Server, set *mutualtls.Set, text string) net.Conn {
	t.Helper()
	config := set.ClientConfig()
	config.NextProtos = []string{"http/1.1"}
	c, err := tls.Dial("tcp", server.Listener.Addr().String(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	if err := c.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(c, text); err != nil {
		t.Fatal(err)
	}
	return c
}

// TestHostileClients: what comes over the line without a client that knows HTTP.
func TestHostileClients(t *testing.T) {
	var received atomic.Int64
	server, set := mutual(t, &serialize.Receiver{
		MaxBody: 1 << 16, Receive: func(context.Context, secmodel.Message) error { received.Add(1); return nil },
	})
	const head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
	fine := described("fine")
	for _, test := range []struct {
		name, text string
		finish     bool // the client says that no more comes
		status     int  // 0: none is needed
		received   int64
	}{
		{"fine", head + fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(fine), fine), false, 204, 1},
		{"chunked", head + fmt.Sprintf("Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n%x;x=y\r\n%s\r\n0\r\nTrailer: x\r\n\r\n", 9, fine[:9], len(fine)-9, fine[9:]), false, 204, 1},
		{"slow", head + "Content-Length: 1000\r\n\r\n{", false, 408, 0},
		{"slow chunks", head + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n", false, 408, 0},
		{"slow lines", "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\nContent-Length: 1000\r\n\r\n" + fine + "\n{", false, 408, 1},
		{"cut off", head + "Content-Length: 1000\r\n\r\n" + fine, true, 400, 0},
		{"cut off in a chunk", head + "Transfer-Encoding: chunked\r\n\r\nff\r\n" + fine, true, 400, 0},
		{"malformed chunk", head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n" + fine, false, 400, 0},
		{"huge, as it says", head + "Content-Length: 99999999999\r\n\r\n", false, 413, 0},
		{"huge, in chunks", head + "Transfer-Encoding: chunked\r\n\r\n" + strings.Repeat("1000\r\n"+strings.Repeat(" ", 0x1000)+"\r\n", 20), false, 413, 0},
		{"two lengths", head + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n{}", false, 400, 0},
		{"refused before it is sent", "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/html\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n", false, 415, 0},
		{"another expectation", head + "Expect: a miracle\r\nContent-Length: 2\r\n\r\n{}", false, 417, 0},
		{"no HTTP", "{\"Version\":1}\r\n\r\n", false, 400, 0},
		{"deep", head + "Content-Length: 60000\r\n\r\n" + strings.Repeat("[", 60000), false, 400, 0},
		{"deep object", head + "Content-Length: 60000\r\n\r\n" + strings.Repeat(`{"a":`, 12000), false, 400, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			before := received.Load()
			c := dial(t, server, set, test.text)
			if test.finish {
				if err := c.(*tls.Conn).CloseWrite(); err != nil {
					t.Fatal(err)
				}
			}
			resp, err := http.ReadResponse(bufio.NewReader(c), nil)
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			body, err := io.ReadAll(resp.Body)
			if resp.StatusCode != test.status || err != nil {
				t.Errorf("%s, want %d: %s %v", resp.Status, test.status, body, err)
			}
			if got := received.Load() - before; got != test.received {
				t.Errorf("received %d messages", got)
			}
		})
	}
	if err := serialize.Post(t.Context(), client(t, set.ClientConfig(), 1), server.URL, message(t, "fine")); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

// TestContinue: the body is asked for only after the header has been accepted.
func TestContinue(t *testing.T) {
	server, set := mutual(t, serialize.Handler(func(context.Context, secmodel.Message) error { return nil }))
	fine := described("fine")
	c := dial(t, server, set, fmt.Sprintf("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: %d\r\n\r\n", len(fine)))
	r := bufio.NewReader(c)
	for _, want := range []int{100, 204} {
		resp, err := http.ReadResponse(r, nil)
		if err != nil || resp.StatusCode != want {
			t.Fatalf("%v, %v; want %d", resp, err, want)
		}
		if want == 100 {
			if _, err := io.WriteString(c, fine); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestClientGoesAway: Receive is told.
func TestClientGoesAway(t *testing.T) {
	began, ended := make(chan bool, 1), make(chan error, 1)
	server, set := mutual(t, serialize.Handler(func(ctx context.Context, _ secmodel.Message) error {
		began <- true
		<-ctx.Done()
		ended <- ctx.Err()
		return ctx.Err()
	}))
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	sent := make(chan error, 1)
	go func() { sent <- serialize.Post(ctx, client(t, set.ClientConfig(), 2), server.URL, message(t, "x")) }()
	<-began
	cancel()
	if err := <-sent; !errors.Is(err, context.Canceled) {
		t.Errorf("Post: %v", err)
	}
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("Receive: %v", err)
	}
}

// TestLongStream: records are received while the client is still sending.
func TestLongStream(t *testing.T) {
	received := make(chan bool)
	server, set := mutual(t, &serialize.Receiver{MaxBody: -1, Receive: func(context.Context, secmodel.Message) error {
		received <- true
		return nil
	}})
	r, w := io.Pipe()
	go func() {
		for range 50 {
			if _, err := io.WriteString(w, described("x")+"\n"); err != nil {
				t.Error(err)
			}
			<-received // before the next is sent
		}
		w.Close()
	}()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL, r)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", serialize.NDJSON)
	resp, err := client(t, set.ClientConfig(), 1).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK || !strings.Contains(string(body), `"accepted":50,"rejected":0`) {
		t.Errorf("%s %s %v", resp.Status, body, err)
	}
}
