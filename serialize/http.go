package serialize

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/secmodel/secmodel"
)

// Receiver is an http.Handler that receives messages of all formats, as the
// IDMEFv2 HTTPS transport (draft 05) asks: one message a request by POST, in a
// content type of the Codec, compressed or not, whole or chunked. It also takes
// streams: types of lines and sequences, and arrays of JSON, CBOR and
// MessagePack. The messages of a stream are given to Receive while it comes in.
//
// A response of 2xx means that Receive has returned nil for every message; what
// it took over is safe if it returns only then. The responses:
//
//   - 204 for one message, 200 for a stream, with an [Answer] that counts.
//   - 400 for a message that is malformed, of no known format or invalid, with
//     the violations; 408 if the client is slower than the timeouts of the
//     http.Server allow; 413 if the body, or what it is decompressed to, is larger
//     than MaxBody, or a document larger than the option MaxBytes.
//   - 405, with Allow, for other methods than POST; OPTIONS is answered with what
//     is accepted.
//   - 406 if the client accepts no content type of an Answer.
//   - 415, with Accept or Accept-Encoding, for an unknown content type or
//     encoding. A request without Content-Type is taken as JSON.
//   - 4xx of a [RejectError], 503 with Retry-After for a temporary error of
//     Receive (see [TemporaryError]) or more requests than MaxRequests, and 500
//     for any other error of Receive, whose text the client does not get.
//
// Whatever the header tells is refused before the body is read, so that a client
// with "Expect: 100-continue" need not send it. Time limits are those of the
// http.Server; so are TLS and client certificates. A Receiver takes any path;
// use an http.ServeMux to have other paths answered with 404.
//
// A Receiver is safe for concurrent use, once its fields are set; it must not be
// copied after the first request.
type Receiver struct {
	// Receive takes a message over; it must be safe for concurrent use. Its
	// context is that of the request, which ends if the client goes away.
	Receive func(ctx context.Context, m secmodel.Message) error
	// Codec has the content types; nil for those of the package.
	Codec *Codec
	// Options are those of reading and validating. With Bundle every request is
	// a stream; with Reuse a message of a stream is valid until Receive returns.
	Options []secmodel.Option
	// MaxBody limits the body of a request in bytes, as it comes and
	// decompressed; 0 stands for secmodel.DefaultMaxBytes, a negative number for
	// no limit.
	MaxBody int64
	// MaxRequests limits how many requests are served at a time; 0 means no
	// limit.
	MaxRequests int
	// RetryAfter is what the client is told with 503 if nobody says better; 0
	// stands for ten seconds.
	RetryAfter time.Duration
	// Refused, if it is not nil, is told of every request and every record of a
	// stream that is not accepted, with the status and the reason. It must be
	// safe for concurrent use.
	Refused func(r *http.Request, status int, err error)

	active atomic.Int64
}

// Handler returns a Receiver for the content types of the package.
func Handler(receive func(ctx context.Context, m secmodel.Message) error, opts ...secmodel.Option) http.Handler {
	return standard.Handler(receive, opts...)
}

// Handler returns a Receiver for the content types of c.
func (c *Codec) Handler(receive func(ctx context.Context, m secmodel.Message) error, opts ...secmodel.Option) http.Handler {
	return &Receiver{Receive: receive, Codec: c, Options: opts}
}

// allowed are the methods of a Receiver.
const allowed = http.MethodOptions + ", " + http.MethodPost

// ServeHTTP implements http.Handler.
func (h *Receiver) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	x := exchange{h: h, codec: h.codec(), w: w, r: r, options: secmodel.NewOptions(h.Options...)}
	x.serve()
}

func (h *Receiver) codec() *Codec {
	if h.Codec == nil {
		return &standard
	}
	return h.Codec
}

// maxBody returns the limit in bytes, unlimited if there is none.
func (h *Receiver) maxBody() int64 {
	switch {
	case h.MaxBody < 0:
		return unlimited
	case h.MaxBody == 0:
		return secmodel.DefaultMaxBytes
	}
	return h.MaxBody
}

// exchange is one request and its response.
type exchange struct {
	h       *Receiver
	codec   *Codec
	w       http.ResponseWriter
	r       *http.Request
	options secmodel.Options
	problem bool // the client prefers application/problem+json
}

// serve answers the request.
func (x *exchange) serve() {
	if active := x.h.active.Add(1); x.h.MaxRequests > 0 && active > int64(x.h.MaxRequests) {
		x.h.active.Add(-1)
		x.refuse(x.overloaded())
		return
	}
	defer x.h.active.Add(-1)
	switch x.r.Method {
	case http.MethodPost:
	case http.MethodOptions:
		header := x.w.Header()
		header.Set("Allow", allowed)
		header.Set("Accept-Post", strings.Join(x.codec.ContentTypes(), ", "))
		header.Set("Accept-Encoding", strings.Join(codingNames[:], ", "))
		x.w.WriteHeader(http.StatusNoContent)
		return
	default:
		x.w.Header().Set("Allow", allowed)
		x.refuse(&fault{status: http.StatusMethodNotAllowed, err: fmt.Errorf("the method %s is none of %s", x.r.Method, allowed)})
		return
	}
	if f := x.acceptable(); f != nil {
		x.refuse(f)
		return
	}
	contentType, encoding := x.field("Content-Type"), x.field("Content-Encoding")
	format, err := x.codec.format(contentType)
	if err != nil {
		x.w.Header().Set("Accept", strings.Join(x.codec.ContentTypes(), ", "))
		x.refuse(&fault{status: http.StatusUnsupportedMediaType, err: err, alternatives: x.codec.ContentTypes()})
		return
	}
	limit := x.h.maxBody()
	if limit != unlimited && x.r.ContentLength > limit {
		x.refuse(readFault(fmt.Errorf("%w: %d bytes, more than %d", secmodel.ErrTooLarge, x.r.ContentLength, limit)))
		return
	}
	body := io.Reader(x.r.Body)
	if limit != unlimited {
		body = http.MaxBytesReader(x.w, x.r.Body, limit)
	}
	inflated, err := inflateReader(&steadyReader{r: body}, encoding, limit)
	if err != nil {
		x.w.Header().Set("Accept-Encoding", strings.Join(codingNames[:], ", "))
		x.refuse(&fault{status: http.StatusUnsupportedMediaType, err: err, alternatives: ContentEncodings()})
		return
	}
	defer inflated.Close()
	x.receive(inflated, format, contentType)
}

// field returns the value of a header field, of which there may be several
// lines.
func (x *exchange) field(name string) string {
	return strings.Join(x.r.Header.Values(name), ", ")
}

// Content types of an Answer.
const problemJSON = "application/problem+json"

// acceptable picks the content type of the response.
func (x *exchange) acceptable() *fault {
	accept := x.field("Accept")
	if strings.Trim(accept, " \t") == "" {
		return nil
	}
	ranges := parseAccept(accept)
	plain, problem := quality(ranges, JSON), quality(ranges, problemJSON)
	if x.problem = problem > plain; plain == 0 && problem == 0 {
		return &fault{
			status:       http.StatusNotAcceptable,
			err:          fmt.Errorf("responses are none of %q", accept),
			alternatives: []string{JSON, problemJSON},
		}
	}
	return nil
}

// overloaded is for more requests than MaxRequests.
func (x *exchange) overloaded() *fault {
	return &fault{status: http.StatusServiceUnavailable, err: errors.New("too many requests at a time")}
}
