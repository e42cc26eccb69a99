package serialize

import (
	"bufio"
	"errors"
	"io"
	"net/http"
	"slices"

	"github.com/secmodel/secmodel"
)

// receive reads the body and answers.
func (x *exchange) receive(body io.Reader, f *format, contentType string) {
	ahead := bufio.NewReader(body)
	stream, err := f.isStream(ahead)
	switch {
	case err != nil:
		x.refuse(readFault(err))
	case stream || x.options.Bundle:
		x.stream(ahead, contentType)
	default:
		x.single(ahead, contentType)
	}
}

// isStream reports whether a body holds several documents: by its content type,
// or, where that is also for one document, if it is an array.
func (f *format) isStream(body *bufio.Reader) (bool, error) {
	if f.record != "" || f.frame != nil {
		return true, nil
	}
	switch f {
	case &cborFormat:
		c, err := body.Peek(1)
		return len(c) > 0 && c[0]>>5 == 4, noEOF(err)
	case &msgPackFormat:
		c, err := body.Peek(1)
		return len(c) > 0 && (c[0]>>4 == 9 || c[0] == 0xdc || c[0] == 0xdd), noEOF(err)
	case &jsonFormat:
		for n := 1; n <= body.Size(); n++ {
			c, err := body.Peek(n)
			if err != nil {
				return false, noEOF(err)
			}
			switch c[n-1] {
			case ' ', '\t', '\r', '\n':
			default:
				return c[n-1] == '[', nil
			}
		}
	}
	return false, nil
}

// single receives one message.
func (x *exchange) single(body io.Reader, contentType string) {
	data, err := io.ReadAll(&limiter{r: body, limit: int64(max(x.options.MaxBytes, 0))})
	if err != nil {
		x.refuse(readFault(err))
		return
	}
	m, err := x.codec.Unserialize(Payload{ContentType: contentType, Data: data}, x.h.Options...)
	if err != nil {
		x.refuse(readFault(err))
		return
	}
	if err := x.h.Receive(x.r.Context(), m); err != nil {
		x.refuse(receiveFault(err))
		return
	}
	x.w.WriteHeader(http.StatusNoContent)
}

// stream receives many messages, one after the other, and answers with what
// became of them.
func (x *exchange) stream(body io.Reader, contentType string) {
	// The encoding has been undone already.
	opts := slices.Concat(x.h.Options, []secmodel.Option{secmodel.ContentEncoding("")})
	o := secmodel.NewOptions(opts...)
	reader := newReader()
	var (
		answer StreamAnswer
		worst  *fault
	)
	fail := func(rec Record, f *fault) (goOn bool) {
		answer.add(rec, f)
		x.report(f)
		if worst == nil || f.status > worst.status {
			worst = f
		}
		return !f.stops()
	}
	for rec, err := range x.codec.Records(body, contentType, opts...) {
		var m secmodel.Message
		if err == nil {
			m, err = x.codec.readRecord(reader, rec, &o, opts)
		}
		if err != nil {
			f := readFault(err)
			faulty, ok := errors.AsType[*RecordError](err)
			if ok {
				rec = faulty.Record
			} else { // of the stream itself, which ends with it
				f.ends = true
				rec = Record{Number: 1}
				if ended, ok := errors.AsType[*StreamError](err); ok {
					rec = Record{Number: ended.Records + 1, Offset: ended.Offset}
				}
			}
			fail(rec, f)
			continue
		}
		if err := x.r.Context().Err(); err != nil {
			fail(rec, receiveFault(err)) // nobody waits for more
			break
		}
		if err := x.h.Receive(x.r.Context(), m); err != nil {
			if !fail(rec, receiveFault(err)) {
				break
			}
			continue
		}
		answer.Accepted++
	}
	if worst == nil {
		x.answer(http.StatusOK, &Answer{Stream: &answer})
		return
	}
	x.retryAfter(worst)
	x.answer(worst.status, &Answer{Detail: worst.detail(), Error: worst.detail(), Stream: &answer})
}
