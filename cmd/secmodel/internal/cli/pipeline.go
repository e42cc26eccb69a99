package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/secmodel/secmodel/serialize"
)

// outcome says how reading the inputs went.
type outcome struct {
	unread int    // inputs that could not be read to their end, each reported
	signal Signal // that ended it; 0 if none did
	gone   bool   // nobody reads the output any more
}

// pipeline takes the documents of the inputs that args name through work, and
// gives the results to done in the order of the documents. It stops early if the
// command is interrupted, or where done returns false.
//
// work is called by several goroutines at a time: it must depend on its argument
// alone, and keep nothing of it, since documents share memory with those after
// them. done is called from one goroutine.
func pipeline[R any](ctx context.Context, c *console, args []string, in *inputFlags, work func(*document) R, done func(R) bool) outcome {
	list := sources(ctx, args)
	p := newProgress(c, list)
	defer p.end()
	var o outcome
	for _, s := range list {
		goOn, err := documents(ctx, c, s, in, p, work, done)
		if ctx.Err() != nil {
			break
		}
		if err != nil {
			if !o.flush(c) || o.gone {
				break
			}
			c.errorf("%s", inputError(s.name, err))
			o.unread++
		}
		if !goOn {
			break
		}
	}
	if ctx.Err() != nil {
		o.signal = signalOf(ctx)
	}
	return o
}

// documents takes the documents of one input through the pipeline. goOn is what
// done returned last. The error is one of reading the input.
func documents[R any](ctx context.Context, c *console, s source, in *inputFlags, p *progress, work func(*document) R, done func(R) bool) (goOn bool, err error) {
	input, err := s.begin(ctx, c.in, in.from.contentType, &p.read)
	if err != nil {
		return true, err
	}
	defer input.file.Close() // it was only read
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
	for res, err := range serialize.MapRecords(ctx, serialize.Standard(), input.whole, input.contentType, one, in.streamOptions(input.encoding)...) {
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

// flush writes the output. It returns false if it can't be written, which close
// reports; that nobody reads it any more is noted, and is no such error: there is
// still something to sum up.
func (o *outcome) flush(c *console) bool {
	err := c.out.Flush()
	o.gone = readerGone(err)
	return err == nil || o.gone
}

// finish returns the end of a command that has read inputs, as an error.
func (o outcome) finish(good bool) error {
	switch {
	case o.signal != 0:
		return status(o.signal.exitCode())
	case o.gone:
		return status(exitGone)
	case o.unread > 0:
		return status(exitIO)
	case !good:
		return status(exitInvalid)
	}
	return nil
}

// note is what a summary says of inputs that could not be read, and of what ended
// the command before its time.
func (o outcome) note() string {
	note := ""
	if o.unread > 0 {
		note = "; " + count(o.unread, "input") + " could not be read"
	}
	switch {
	case o.signal != 0:
		note += "; " + o.signal.Error()
	case o.gone:
		note += "; stopped, since nobody reads the output any more"
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
