package serialize

import (
	"context"
	"io"
	"iter"
	"slices"

	"github.com/secmodel/secmodel"
)

// ReadParallel reads a stream of messages as Read does, in the same order, but
// decodes and checks with several goroutines, one for each processor unless the
// option Workers says otherwise. Memory is bounded: no more than some hundred
// records, or a few megabytes and one record, are read ahead. The option Reuse
// has no effect; MapMessages can make use of it.
//
// Once ctx is done, the sequence ends with a *[StreamError] that wraps ctx's
// error and counts what has been given. When the sequence ends, for whatever
// reason, so do its goroutines, except that one which waits for r ends when
// r.Read returns; it does not call it again. The sequence is for one goroutine at
// a time.
func (c *Codec) ReadParallel(ctx context.Context, r io.Reader, contentType string, opts ...secmodel.Option) iter.Seq2[secmodel.Message, error] {
	type result struct {
		m   secmodel.Message
		err error
	}
	fresh := func(o *secmodel.Options) { o.Reuse = false }
	work := func(m secmodel.Message, err error) result { return result{m, err} }
	return func(yield func(secmodel.Message, error) bool) {
		for res, err := range MapMessages(ctx, c, r, contentType, work, append(slices.Clip(opts), fresh)...) {
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(res.m, res.err) {
				return
			}
		}
	}
}

// ReadParallel reads a stream of messages with several goroutines, as
// Codec.ReadParallel does.
func ReadParallel(ctx context.Context, r io.Reader, contentType string, opts ...secmodel.Option) iter.Seq2[secmodel.Message, error] {
	return standard.ReadParallel(ctx, r, contentType, opts...)
}

// MapMessages reads a stream of messages as c.Read does, gives each, or its
// error, to work, and what that returns to the caller in the order of the stream.
// As many goroutines as the option Workers says read and call work at the same
// time, each several records in a row; memory, ctx, and how it ends are as for
// ReadParallel. With the option Reuse, which spares most of the work of the
// garbage collector, a message is valid only until work returns. The error of the
// sequence is a *[StreamError] for ctx's, which ends it: what work has returned
// for records beyond those that it counts is lost.
func MapMessages[R any](ctx context.Context, c *Codec, r io.Reader, contentType string, work func(secmodel.Message, error) R, opts ...secmodel.Option) iter.Seq2[R, error] {
	o := secmodel.NewOptions(opts...)
	split := func(r io.Reader, each eachRecord) error { return c.split(r, contentType, &o, each) }
	return inOrder(ctx, r, o.Workers, split, func() func(Record, error) R {
		reader := newReader()
		return func(rec Record, err error) R {
			if err != nil {
				return work(nil, err)
			}
			return work(c.readRecord(reader, rec, &o, opts))
		}
	})
}

// MapRecords gives the records of a stream to work, and what it returns to the
// caller in the order of the records. As many goroutines as the option Workers
// says call work at the same time; memory, ctx, errors, and how it ends are as for
// MapMessages. work must not keep the record's Data. The error it gets, in place
// of a record, is one that Records gives.
func MapRecords[R any](ctx context.Context, c *Codec, r io.Reader, contentType string, work func(Record, error) R, opts ...secmodel.Option) iter.Seq2[R, error] {
	o := secmodel.NewOptions(opts...)
	split := func(r io.Reader, each eachRecord) error { return c.split(r, contentType, &o, each) }
	return inOrder(ctx, r, o.Workers, split, func() func(Record, error) R { return work })
}

// Standard returns the Codec that the functions of the package use.
func Standard() *Codec { return &standard }
