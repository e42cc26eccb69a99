package serialize

import (
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/secmodel/secmodel"
)

// Answer is the body of the responses of a [Receiver] that have one: a problem
// (RFC 9457) or, with status 200, what became of a stream. Its content type is
// application/json, or application/problem+json for a client that prefers that.
type Answer struct {
	Title  string `json:"title"`  // of the status
	Status int    `json:"status"` // as in the status line
	// Detail is the reason, for people; its text may change. Error is the same,
	// by the name that it has in the IDMEFv2 HTTPS transport.
	Detail string `json:"detail,omitzero"`
	Error  string `json:"error,omitzero"`
	// Alternatives are the content types, or with an unknown encoding the
	// encodings, that would have been accepted.
	Alternatives []string `json:"alternatives,omitzero"`
	// Violations are what is wrong with the only message of the request. Values
	// longer than 1000 bytes are left out.
	Violations []secmodel.Violation `json:"violations,omitzero"`
	// Stream is there for streams only. The status is then that of the record
	// with the highest one.
	Stream *StreamAnswer `json:"stream,omitzero"`
}

// StreamAnswer says what became of the records of a stream.
type StreamAnswer struct {
	Accepted int `json:"accepted"`
	Rejected int `json:"rejected"`
	// Next is the number of the record, counted from 1, at which reading ended
	// before the stream did, because of a temporary error or because no more can
	// be read: neither it nor those after it were accepted. It is 0 if the stream
	// was read to its end.
	Next int `json:"next,omitzero"`
	// Records are the first 100 that were not accepted.
	Records []RecordAnswer `json:"records,omitzero"`
}

// RecordAnswer says why a record of a stream was not accepted.
type RecordAnswer struct {
	Number     int                  `json:"number"`        // counted from 1
	Offset     int64                `json:"offset"`        // in bytes, in the decompressed body
	Line       int                  `json:"line,omitzero"` // counted from 1; not for binary types
	Status     int                  `json:"status"`        // what a request with this message alone would get
	Detail     string               `json:"detail"`
	Violations []secmodel.Violation `json:"violations,omitzero"` // places are those within the record
}

const (
	maxRecordAnswers = 100
	maxAnswerValue   = 1000 // bytes of a violation's value
)

// add notes a record that is not accepted.
func (a *StreamAnswer) add(rec Record, f *fault) {
	if f.stops() {
		a.Next = rec.Number
	} else {
		a.Rejected++
	}
	if len(a.Records) < maxRecordAnswers {
		a.Records = append(a.Records, RecordAnswer{
			Number: rec.Number, Offset: rec.Offset, Line: rec.Line,
			Status: f.status, Detail: f.detail(), Violations: shorten(f.violations),
		})
	}
}

// shorten copies violations without values that would make the answer large.
func shorten(list []secmodel.Violation) []secmodel.Violation {
	var short []secmodel.Violation
	for _, v := range list {
		switch value := v.Value.(type) {
		case string:
			if len(value) > maxAnswerValue {
				v.Value = nil
			}
		case json.RawMessage:
			if len(value) > maxAnswerValue {
				v.Value = nil
			}
		}
		short = append(short, v)
	}
	return short
}

// refuse answers a request that is not accepted.
func (x *exchange) refuse(f *fault) {
	x.report(f)
	x.retryAfter(f)
	detail := f.detail()
	x.answer(f.status, &Answer{Detail: detail, Error: detail, Alternatives: f.alternatives, Violations: shorten(f.violations)})
}

// report tells the owner of the Receiver.
func (x *exchange) report(f *fault) {
	if x.h.Refused != nil {
		x.h.Refused(x.r, f.status, f.err)
	}
}

// retryAfter sets the header field of this name, in seconds, if f is temporary.
func (x *exchange) retryAfter(f *fault) {
	if f.status != http.StatusServiceUnavailable {
		return
	}
	after := f.retryAfter
	if after <= 0 {
		after = x.h.RetryAfter
	}
	if after <= 0 {
		after = 10 * time.Second
	}
	x.w.Header().Set("Retry-After", strconv.FormatInt(int64(math.Ceil(after.Seconds())), 10))
}

// smallAnswer is the size in bytes up to which an answer is not worth being
// compressed.
const smallAnswer = 1400

// answer writes the response. Errors of writing have no one to be told.
func (x *exchange) answer(status int, a *Answer) {
	a.Title, a.Status = http.StatusText(status), status
	body, err := json.Marshal(a)
	if err != nil { // a value of a violation that is not JSON
		body = fmt.Appendf(nil, `{"title":%q,"status":%d}`, a.Title, status)
	}
	header := x.w.Header()
	header.Set("Content-Type", JSON)
	if x.problem && status >= 400 {
		header.Set("Content-Type", problemJSON)
	}
	if len(body) > smallAnswer {
		if encoding, err := NegotiateEncoding(x.field("Accept-Encoding")); err == nil && encoding != nameIdentity {
			if packed, err := compress(body, encoding); err == nil {
				body = packed
				header.Set("Content-Encoding", encoding)
			}
		}
	}
	header.Set("Content-Length", strconv.Itoa(len(body)))
	header.Set("X-Content-Type-Options", "nosniff")
	x.w.WriteHeader(status)
	_, _ = x.w.Write(body)
}
