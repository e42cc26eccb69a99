package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/secmodel/secmodel/serialize"
)

// outcome says how reading the inputs went.
type outcome struct {
	unread      int  // inputs that could not be read to their end, each reported
	interrupted bool // by a signal
}

// pipeline takes the documents of the inputs that args name through work, and
// gives the results to done in the order of the documents. It stops early if the
// command is interrupted, or where done returns false.
//
// work is called by several goroutines at a time: it must depend on its argument
// alone, and keep nothing of it, since documents share memory with those after
// them. done is called from one goroutine.
func pipeline[R any](ctx context.Context, c *console, args []string, in *inputFlags, work func(*document) R, done func(R) bool) outcome {
	list := sources(args)
	p := newProgress(c, list)
	defer p.end()
	var o outcome
	for _, s := range list {
		goOn, err := documents(ctx, c, s, in, p, work, done)
		if ctx.Err() != nil {
			o.interrupted = true
			return o
		}
		if err != nil {
			if c.out.Flush() != nil {
				return o // close reports that
			}
			c.errorf("%s", inputError(s.name, err))
			o.unread++
		}
		if !goOn {
			return o
		}
	}
	return o
}

// documents takes the documents of one input through the pipeline. goOn is what
// done returned last. The error is one of reading the input.
func documents[R any](ctx context.Context, c *console, s source, in *inputFlags, p *progress, work func(*document) R, done func(R) bool) (goOn bool, err error) {
	file, err := s.open(c.in)
	if err != nil {
		return true, err
	}
	defer file.Close() // it was only read
	contentType, encoding, r := recognise(s.name, in.from.contentType, counted{file, &p.read})
	type result struct {
		of   R
		fail error // of the input
	}
	one := func(rec serialize.Record, err error) result {
		d := document{file: s.name, Record: rec}
		if err != nil {
			e, ok := errors.AsType[*serialize.RecordError](err)
			if !ok {
				return result{fail: err}
			}
			d.Record, d.err = e.Record, e.Err
		}
		return result{of: work(&d)}
	}
	for res, err := range serialize.MapRecords(ctx, serialize.Standard(), r, contentType, one, in.streamOptions(encoding)...) {
		if err != nil {
			return false, err
		}
		if res.fail != nil {
			return true, res.fail
		}
		p.document()
		if !done(res.of) {
			return false, nil
		}
	}
	return true, nil
}

// finish returns the end of a command that has read inputs, as an error.
func (o outcome) finish(good bool) error {
	switch {
	case o.interrupted:
		return status(exitInterrupted)
	case o.unread > 0:
		return status(exitIO)
	case !good:
		return status(exitInvalid)
	}
	return nil
}

// note is what a summary says of inputs that could not be read, and of a signal.
func (o outcome) note() string {
	note := ""
	if o.unread > 0 {
		note = "; " + count(o.unread, "input") + " could not be read"
	}
	if o.interrupted {
		note += "; interrupted"
	}
	return note
}

// count gives a number of things.
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
