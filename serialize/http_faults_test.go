package serialize_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/serialize"
)

// post gives a body to a Receiver of streams.
func post(t *testing.T, ctx context.Context, s *stream, encoding string, body io.Reader, receive func(context.Context, secmodel.Message) error) (*httptest.ResponseRecorder, serialize.StreamAnswer) {
	t.Helper()
	h := hexCodec(t).Handler(receive, s.opts...)
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/", unsized{body})
	r.Header.Set("Content-Type", s.contentType)
	r.Header.Set("Content-Encoding", encoding)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	var a serialize.Answer
	if w.Body.Len() > 0 {
		if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
	}
	if a.Stream == nil {
		return w, serialize.StreamAnswer{}
	}
	return w, *a.Stream
}

// isStream reports whether a Receiver takes more than one message of this type.
func (s *stream) isStream() bool {
	return s.name == "bundle" || s.contentType != serialize.YAML && s.contentType != serialize.MsgPack && s.waits == nil && s.name != "JSON over lines"
}

// TestReceiverBodyFails breaks bodies at every byte: what came whole before it is
// given to Receive, and the answer says how many messages that were.
func TestReceiverBodyFails(t *testing.T) {
	for _, s := range shortStreams(t) {
		for _, encoding := range encodings {
			if !s.isStream() {
				continue
			}
			packed := s.packed(t, encoding)
			for n := range len(packed) + 1 {
				for name, body := range map[string]io.Reader{
					"error":   io.MultiReader(bytes.NewReader(packed[:n]), iotest.ErrReader(errBroken)),
					"nothing": io.MultiReader(bytes.NewReader(packed[:n]), nothing{}),
				} {
					received := 0
					w, a := post(t, t.Context(), &s, encoding, body, func(context.Context, secmodel.Message) error { received++; return nil })
					if w.Code != http.StatusBadRequest || a.Accepted != received || a.Rejected != 0 || encoding == "" && received != s.whole(n) {
						t.Fatalf("%s, %q, %s after %d bytes: %d received, status %d: %s", s.name, encoding, name, n, received, w.Code, w.Body)
					}
					if received > 0 && (a.Next != received+1 || a.Records[0].Number != a.Next || a.Records[0].Offset < int64(s.ends[received-1]-1)) {
						t.Fatalf("%s, %q, %s after %d bytes: %s", s.name, encoding, name, n, w.Body)
					}
				}
			}
		}
	}
}

// TestReceiverSingleBodyFails: a message that did not come whole is not received.
func TestReceiverSingleBodyFails(t *testing.T) {
	for _, encoding := range encodings {
		for _, contentType := range []string{serialize.JSON, serialize.CBOR, serialize.MsgPack, serialize.YAML} {
			s := stream{contentType: contentType}
			p, err := serialize.Serialize(message(t, "x"), contentType, secmodel.ContentEncoding(encoding))
			if err != nil {
				t.Fatal(err)
			}
			for n := range len(p.Data) + 1 {
				for _, end := range []io.Reader{iotest.ErrReader(errBroken), nothing{}} {
					w, _ := post(t, t.Context(), &s, encoding, io.MultiReader(bytes.NewReader(p.Data[:n]), end), func(context.Context, secmodel.Message) error {
						t.Errorf("%s, %q: received after %d bytes of %d", contentType, encoding, n, len(p.Data))
						return nil
					})
					if w.Code != http.StatusBadRequest {
						t.Fatalf("%s, %q, after %d bytes: %d", contentType, encoding, n, w.Code)
					}
				}
			}
		}
	}
}

// TestReceiverContextEnds: when a request ends, nothing more is received, and the
// answer counts what was.
func TestReceiverContextEnds(t *testing.T) {
	for _, s := range shortStreams(t) {
		if !s.isStream() {
			continue
		}
		for stop := range len(s.messages) {
			ctx, cancel := context.WithCancel(t.Context())
			received := 0
			w, a := post(t, ctx, &s, "", strings.NewReader(s.text), func(context.Context, secmodel.Message) error {
				if received++; received == stop+1 {
					cancel()
				}
				return nil
			})
			cancel()
			if stop == len(s.messages)-1 {
				if w.Code != http.StatusOK || a.Accepted != received {
					t.Errorf("%s: %d %s", s.name, w.Code, w.Body)
				}
			} else if w.Code != http.StatusServiceUnavailable || received != stop+1 || a.Accepted != received || a.Next != received+1 {
				t.Errorf("%s: %d received, status %d: %s", s.name, received, w.Code, w.Body)
			}
		}
	}
}

// TestPostContextEnds ends the context while the server has the request, and
// before another is sent.
func TestPostContextEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	over := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		cancel()
		<-over
	}))
	defer server.Close()
	defer close(over)
	for range 2 { // the second time it has ended before
		err := serialize.Post(ctx, server.Client(), server.URL, message(t, "x"))
		if !errors.Is(err, context.Canceled) {
			t.Errorf("Post: %v", err)
		}
		if _, temporary := errors.AsType[*serialize.TemporaryError](err); temporary {
			t.Errorf("it looks as if trying again were of use: %v", err)
		}
	}
}
