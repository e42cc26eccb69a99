package serialize

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/secmodel/secmodel"
)

// Client sends messages by HTTP, one a request, as the IDMEFv2 HTTPS transport
// (draft 05) asks. It is safe for concurrent use, once its fields are set.
type Client struct {
	// URL is where to, with the scheme http or https.
	URL string
	// HTTP sends the requests, and has time limits, certificates and proxies;
	// nil for http.DefaultClient, which has no time limit. Its CheckRedirect is
	// asked only about redirects that keep the method.
	HTTP *http.Client
	// Codec has the content types; nil for those of the package.
	Codec *Codec
	// ContentType is that of the messages; "" for JSON.
	ContentType string
	// Header is added to each request, as for Authorization.
	Header http.Header
	// Options are those of validating and writing; ContentEncoding compresses.
	Options []secmodel.Option
}

// Post sends m as JSON to a URL; see [Client.Post]. A nil client means
// http.DefaultClient.
func Post(ctx context.Context, client *http.Client, url string, m secmodel.Message, opts ...secmodel.Option) error {
	c := Client{URL: url, HTTP: client, Options: opts}
	return c.Post(ctx, m)
}

// Post validates m and sends it. It returns nil once the server has answered
// with a status of 2xx. Otherwise the error is
//
//   - one of Serialize, if the message cannot be sent, as a
//     *secmodel.ValidationError;
//   - a *[ResponseError] for any other status;
//   - a *[TemporaryError] if no response came and that may change: the server may
//     have got the message nevertheless;
//   - another one if trying again is of no use, as for a URL or certificate that
//     is not valid, or if ctx has ended.
//
// Redirects are followed only with the statuses 307 and 308, which keep the
// method and body, and never from https to http; others are a ResponseError.
func (c *Client) Post(ctx context.Context, m secmodel.Message) error {
	target, err := url.Parse(c.URL)
	if err != nil {
		return fmt.Errorf("serialize: cannot post: %w", err)
	}
	if target.Scheme != "http" && target.Scheme != "https" || target.Host == "" {
		return fmt.Errorf("serialize: cannot post to %q: the URL needs the scheme http or https, and a host", target.Redacted())
	}
	codec := c.Codec
	if codec == nil {
		codec = &standard
	}
	p, err := codec.Serialize(m, c.ContentType, c.Options...)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.URL, bytes.NewReader(p.Data))
	if err != nil {
		return fmt.Errorf("serialize: cannot post: %w", err)
	}
	for name, values := range c.Header {
		req.Header[http.CanonicalHeaderKey(name)] = append([]string(nil), values...)
	}
	req.Header.Set("Content-Type", p.ContentType)
	if p.ContentEncoding != "" {
		req.Header.Set("Content-Encoding", p.ContentEncoding)
	}
	if req.Header.Get("Accept") == "" {
		req.Header.Set("Accept", JSON+", "+problemJSON+";q=0.9")
	}
	resp, err := c.client().Do(req)
	if err != nil {
		return transportError(ctx, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode >= 200 && resp.StatusCode <= 299 {
		// The connection can be used again only if the body has been read.
		_, _ = io.CopyN(io.Discard, resp.Body, maxAnswer)
		return nil
	}
	return responseError(resp)
}

// client returns a client that does not turn a POST into a GET.
func (c *Client) client() *http.Client {
	client := http.Client{}
	if c.HTTP != nil {
		client = *c.HTTP
	}
	check := client.CheckRedirect
	client.CheckRedirect = func(req *http.Request, via []*http.Request) error {
		switch {
		case req.Method != http.MethodPost:
			return http.ErrUseLastResponse
		case via[0].URL.Scheme == "https" && req.URL.Scheme != "https":
			return errDowngrade
		case check != nil:
			return check(req, via)
		case len(via) >= 10:
			return errRedirects
		}
		return nil
	}
	return &client
}

var (
	errDowngrade = errors.New("a redirect from https to another scheme is not followed")
	errRedirects = errors.New("more than 10 redirects")
)

// transportError says of an error without a response whether it may go away.
func transportError(ctx context.Context, err error) error {
	if cause := ctx.Err(); cause != nil {
		if !errors.Is(err, cause) {
			err = fmt.Errorf("%w: %w", cause, err)
		}
		return err
	}
	_, certificate := errors.AsType[*tls.CertificateVerificationError](err)
	_, authority := errors.AsType[x509.UnknownAuthorityError](err)
	_, hostname := errors.AsType[x509.HostnameError](err)
	_, noTLS := errors.AsType[tls.RecordHeaderError](err)
	remote, isOp := errors.AsType[*net.OpError](err)
	switch {
	case certificate, authority, hostname, noTLS,
		isOp && remote.Op == "remote error", // an alert of TLS: the server refuses our certificate, or all our versions
		errors.Is(err, errDowngrade), errors.Is(err, errRedirects),
		errors.Is(err, http.ErrSchemeMismatch):
		return err
	}
	return &TemporaryError{Err: err}
}

// ResponseError is a response to Post with a status other than 2xx.
type ResponseError struct {
	Status int         // of HTTP
	URL    string      // that was posted to, without a password
	Header http.Header // of the response: Location, Accept, Accept-Encoding …
	// RetryAfter is when to try again, from the header field of this name, be it
	// in seconds or a date; 0 if there is none.
	RetryAfter time.Duration
	// Detail is the reason that the server gives, "" for none.
	Detail string
	// Violations are what the server finds wrong with the message; nil if it
	// does not say that as a [Receiver] does.
	Violations []secmodel.Violation
}

// Error implements error.
func (e *ResponseError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "POST %s: %d", e.URL, e.Status)
	if text := http.StatusText(e.Status); text != "" {
		b.WriteString(" " + text)
	}
	if e.Detail != "" {
		b.WriteString(": " + e.Detail)
	}
	return b.String()
}

// Temporary reports whether the same request may succeed later: with the
// statuses 408, 425, 429, 500, 502, 503, 504 and 507. A 500 may well be
// permanent; some servers answer a bad message with it.
func (e *ResponseError) Temporary() bool {
	switch e.Status {
	case http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests, http.StatusInternalServerError,
		http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout, http.StatusInsufficientStorage:
		return true
	}
	return false
}

// Permanent reports whether the same request will fail again.
func (e *ResponseError) Permanent() bool { return !e.Temporary() }

const (
	maxAnswer = 1 << 20 // bytes of a response that are read
	maxDetail = 500     // bytes of a text that is taken for the reason
)

// responseError makes an error of a response.
func responseError(resp *http.Response) error {
	e := &ResponseError{Status: resp.StatusCode, URL: resp.Request.URL.Redacted(), Header: resp.Header}
	e.RetryAfter = retryAfter(resp.Header, time.Now())
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return e // the status says enough
	}
	if encoding := strings.Join(resp.Header.Values("Content-Encoding"), ", "); encoding != "" {
		if body, err = inflate(body, encoding, maxAnswer); err != nil {
			return e
		}
	}
	var a Answer
	if m, err := parseMedia(resp.Header.Get("Content-Type")); err == nil && (m.name == JSON || strings.HasSuffix(m.name, "+json")) {
		// Other servers have other types for these names; what fits is taken.
		_ = json.Unmarshal(body, &a)
		e.Violations, e.Detail = a.Violations, cmp.Or(a.Detail, a.Error)
	} else if err == nil && m.name == "text/plain" {
		e.Detail = string(body)
	}
	e.Detail = oneLine(e.Detail)
	return e
}

// oneLine cuts a text that a server sent to what can stand in a log.
func oneLine(s string) string {
	if len(s) > maxDetail {
		s = s[:maxDetail] + "..."
	}
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	return strings.TrimSpace(s)
}

// retryAfter reads the header field of this name (RFC 9110, section 10.2.3). A
// date counts from the server's own, lest clocks that differ matter, else from
// now.
func retryAfter(header http.Header, now time.Time) time.Duration {
	value := strings.Trim(header.Get("Retry-After"), " \t")
	if value == "" {
		return 0
	}
	if seconds, err := strconv.ParseUint(value, 10, 63); err == nil {
		if seconds > uint64(math.MaxInt64/time.Second) {
			return math.MaxInt64
		}
		return time.Duration(seconds) * time.Second
	}
	at, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	if date, err := http.ParseTime(header.Get("Date")); err == nil {
		now = date
	}
	return max(0, at.Sub(now))
}
