package serialize

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"time"

	"github.com/secmodel/secmodel"
)

// TemporaryError marks an error as one that goes away: the same may succeed
// later. Receive of a [Receiver] returns it to have the client try again; Post
// returns it if no response came.
//
// A Receiver also takes any other error for temporary that has a method
// Temporary() bool which returns true, as a *[ResponseError] of the next hop
// may and context.DeadlineExceeded does.
type TemporaryError struct {
	Err        error
	RetryAfter time.Duration // when to try again; 0 if that is not known
}

// Error implements error.
func (e *TemporaryError) Error() string {
	if e.Err == nil {
		return "temporarily unavailable"
	}
	return e.Err.Error()
}

// Unwrap returns the error that is marked.
func (e *TemporaryError) Unwrap() error { return e.Err }

// Temporary returns true.
func (e *TemporaryError) Temporary() bool { return true }

// RejectError is how Receive of a [Receiver] refuses a message for good, as one
// that the client may not send. Its text goes to the client.
type RejectError struct {
	Status int // of HTTP, 400 to 499: 403 by default, and for any other
	Err    error
}

// Error implements error.
func (e *RejectError) Error() string {
	if e.Err == nil {
		return "the message is rejected"
	}
	return e.Err.Error()
}

// Unwrap returns the reason.
func (e *RejectError) Unwrap() error { return e.Err }

// fault is why a request, or a record of a stream, is not accepted.
type fault struct {
	status       int
	err          error
	hidden       bool // the client does not get the text of err
	ends         bool // nothing of a stream can be read after it
	retryAfter   time.Duration
	violations   []secmodel.Violation
	alternatives []string
}

// detail returns the reason for the client.
func (f *fault) detail() string {
	switch {
	case !f.hidden:
		return f.err.Error()
	case f.status == http.StatusServiceUnavailable:
		return "the message cannot be processed now"
	}
	return "the message could not be processed"
}

// stops reports whether the rest of a stream is not to be looked at.
func (f *fault) stops() bool { return f.ends || f.status == http.StatusServiceUnavailable }

// receiveFault says what an error of Receive means.
func receiveFault(err error) *fault {
	if invalid, ok := errors.AsType[*secmodel.ValidationError](err); ok {
		return &fault{status: http.StatusBadRequest, err: invalid, violations: invalid.Violations}
	}
	if rejected, ok := errors.AsType[*RejectError](err); ok {
		status := rejected.Status
		if status < 400 || status > 499 {
			status = http.StatusForbidden
		}
		return &fault{status: status, err: rejected}
	}
	if e, ok := errors.AsType[interface {
		error
		Temporary() bool
	}](err); ok && e.Temporary() || errors.Is(err, context.Canceled) {
		f := &fault{status: http.StatusServiceUnavailable, err: err, hidden: true}
		if e, ok := errors.AsType[*TemporaryError](err); ok {
			f.retryAfter = e.RetryAfter
		} else if e, ok := errors.AsType[*ResponseError](err); ok {
			f.retryAfter = e.RetryAfter
		}
		return f
	}
	return &fault{status: http.StatusInternalServerError, err: err, hidden: true}
}

// readFault says what an error of reading a body or a record means.
func readFault(err error) *fault {
	f := &fault{status: http.StatusBadRequest, err: err}
	if invalid, ok := errors.AsType[*secmodel.ValidationError](err); ok {
		f.violations = invalid.Violations
		return f
	}
	v := secmodel.Violation{Message: err.Error()}
	if rec, ok := errors.AsType[*RecordError](err); ok {
		v.Message = rec.Err.Error() // the place stands beside it
	} else if ended, ok := errors.AsType[*StreamError](err); ok {
		v.Message = ended.Err.Error() // so does this
	}
	if syntax, ok := errors.AsType[*secmodel.SyntaxError](err); ok {
		v.Code, v.Message = secmodel.CodeSyntax, syntax.Msg
		v.Offset, v.Line, v.Column = int(syntax.Offset), syntax.Line, syntax.Column
		f.violations = []secmodel.Violation{v}
		return f
	}
	large, isLarge := errors.AsType[*http.MaxBytesError](err)
	timeout, isTimeout := errors.AsType[interface {
		error
		Timeout() bool
	}](err)
	switch {
	case isLarge:
		f.status, f.err = http.StatusRequestEntityTooLarge, tooLarge(large.Limit)
		v.Code, v.Message = secmodel.CodeTooLarge, f.err.Error()
	case errors.Is(err, secmodel.ErrTooLarge):
		f.status, v.Code = http.StatusRequestEntityTooLarge, secmodel.CodeTooLarge
	case errors.Is(err, secmodel.ErrUnknownFormat):
		v.Code = secmodel.CodeFormatUnknown
	case isTimeout && timeout.Timeout() || errors.Is(err, os.ErrDeadlineExceeded):
		f.status, f.err = http.StatusRequestTimeout, errors.New("the body did not come in time")
		return f
	default:
		// What is wrong with the connection, or with how the body is framed.
		f.err = fmt.Errorf("the body cannot be read: %w", err)
		return f
	}
	f.violations = []secmodel.Violation{v}
	return f
}
