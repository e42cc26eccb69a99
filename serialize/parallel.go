package serialize

import (
	"context"
	"io"
	"iter"
	"runtime"
	"slices"
	"sync"

	"github.com/secmodel/secmodel"
)

// ReadParallel reads a stream of messages as Read does, in the same order, but
// decodes and checks with several goroutines, one for each processor unless the
// option Workers says otherwise. Memory is bounded: no more than some hundred
// records, or a few megabytes and one record, are read ahead. The option Reuse
// has no effect; MapMessages can make use of it.
//
// Once ctx is done, the sequence ends with ctx's error. When the sequence ends,
// for whatever reason, so do its goroutines, except that one which waits for r
// ends when r.Read returns; it does not call it again.
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
// time; memory, ctx, and how it ends are as for ReadParallel. With the option
// Reuse, which spares most of the work of the garbage collector, a message is
// valid only until work returns. The error of the sequence is ctx's, which ends
// it.
func MapMessages[R any](ctx context.Context, c *Codec, r io.Reader, contentType string, work func(secmodel.Message, error) R, opts ...secmodel.Option) iter.Seq2[R, error] {
	o := secmodel.NewOptions(opts...)
	in := func(r io.Reader) iter.Seq2[Record, error] { return c.Records(r, contentType, opts...) }
	return inOrder(ctx, r, o.Workers, in, func() func(Record, error) R {
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
// says call work at the same time; memory, ctx, and how it ends are as for
// ReadParallel. work must not keep the record's Data. The error it gets, in place
// of a record, is one that Records gives. The error of the sequence is ctx's,
// which ends it.
func MapRecords[R any](ctx context.Context, c *Codec, r io.Reader, contentType string, work func(Record, error) R, opts ...secmodel.Option) iter.Seq2[R, error] {
	o := secmodel.NewOptions(opts...)
	in := func(r io.Reader) iter.Seq2[Record, error] { return c.Records(r, contentType, opts...) }
	return inOrder(ctx, r, o.Workers, in, func() func(Record, error) R { return work })
}

// Standard returns the Codec that the functions of the package use.
func Standard() *Codec { return &standard }

const (
	// maxChunk is how many records, and about how many bytes of them, one
	// goroutine takes at a time.
	maxChunk      = 64
	maxChunkBytes = 256 << 10
	// chunksAhead is how many chunks there are for each goroutine, at most, from
	// reading to the caller.
	chunksAhead = 4
)

// chunk is a number of consecutive records, and what became of them.
type chunk[R any] struct {
	data    []byte // of the records
	records []Record
	ends    []int // where the data of each record ends
	errs    []error
	results []R
	done    bool
}

// pool runs the goroutines that read and work. Its mutex protects all that
// follows it.
type pool[R any] struct {
	mu    sync.Mutex
	begun sync.Cond // workers wait for chunks
	room  sync.Cond // the reader waits for room
	moved sync.Cond // the caller waits for the first chunk, and for goroutines to end

	ahead   []*chunk[R] // all that the caller has not got yet, in order
	next    int         // the first of ahead that nobody works on
	free    []*chunk[R] // to be used again
	most    int         // chunks in ahead, at most
	ended   bool        // no records follow
	stopped bool        // the caller wants no more
	reading bool        // a goroutine waits for the io.Reader
	running int         // goroutines
}

// inOrder reads records from r by in, gives them to functions that work makes,
// one for each goroutine, and yields the results in the order of the records.
func inOrder[R any](ctx context.Context, r io.Reader, workers int, in func(io.Reader) iter.Seq2[Record, error], work func() func(Record, error) R) iter.Seq2[R, error] {
	return func(yield func(R, error) bool) {
		if workers <= 0 {
			workers = runtime.GOMAXPROCS(0)
		}
		p := &pool[R]{most: chunksAhead * workers, running: 1 + workers}
		p.begun.L, p.room.L, p.moved.L = &p.mu, &p.mu, &p.mu
		defer p.stop()
		defer context.AfterFunc(ctx, func() { // wakes up the caller's goroutine
			p.mu.Lock()
			defer p.mu.Unlock()
			p.moved.Broadcast()
		})()
		go p.read(in(pooledReader[R]{r, p}))
		for range workers {
			go p.work(work())
		}
		for {
			c, err := p.first(ctx)
			if err != nil {
				var none R
				yield(none, err)
				return
			}
			if c == nil {
				return
			}
			for _, res := range c.results {
				if err := ctx.Err(); err != nil {
					yield(res, err)
					return
				}
				if !yield(res, nil) {
					return
				}
			}
			p.release(c)
		}
	}
}

// pooledReader is the io.Reader of a pool: it says when it waits, and ends when
// the pool is stopped.
type pooledReader[R any] struct {
	r io.Reader
	p *pool[R]
}

func (r pooledReader[R]) Read(b []byte) (int, error) {
	if !r.p.waits(true) {
		return 0, errStopped
	}
	n, err := r.r.Read(b)
	if !r.p.waits(false) {
		return 0, errStopped
	}
	return n, err
}

// waits notes whether a goroutine waits for the io.Reader; it returns false if
// the pool has been stopped.
func (p *pool[R]) waits(reading bool) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stopped {
		return false
	}
	p.reading = reading
	return true
}

// read fills chunks with records.
func (p *pool[R]) read(records iter.Seq2[Record, error]) {
	defer p.leave()
	for rec, err := range records {
		if !p.add(rec, err) {
			return
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ended = true
	p.begun.Broadcast()
	p.moved.Broadcast()
}

// add puts a record into the last chunk, if nobody works on that yet and there
// is room, or into a new one. It returns false if the pool has been stopped.
func (p *pool[R]) add(rec Record, err error) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	var c *chunk[R]
	if n := len(p.ahead); p.next < n {
		if last := p.ahead[n-1]; len(last.records) < maxChunk && len(last.data)+len(rec.Data) <= maxChunkBytes {
			c = last
		}
	}
	if c == nil {
		for len(p.ahead) >= p.most && !p.stopped {
			p.room.Wait()
		}
		if n := len(p.free); n > 0 {
			c, p.free = p.free[n-1], p.free[:n-1]
		} else {
			c = new(chunk[R])
		}
		p.ahead = append(p.ahead, c)
		p.begun.Signal()
	}
	if p.stopped {
		return false
	}
	c.data = append(c.data, rec.Data...)
	c.ends = append(c.ends, len(c.data))
	rec.Data = nil
	c.records = append(c.records, rec)
	c.errs = append(c.errs, err)
	return true
}

// work takes chunks and works on them.
func (p *pool[R]) work(work func(Record, error) R) {
	defer p.leave()
	for {
		c := p.take()
		if c == nil {
			return
		}
		from := 0
		for i, rec := range c.records {
			rec.Data = c.data[from:c.ends[i]:c.ends[i]]
			from = c.ends[i]
			c.results = append(c.results, work(rec, c.errs[i]))
		}
		p.mu.Lock()
		c.done = true
		if c == p.ahead[0] {
			p.moved.Broadcast()
		}
		p.mu.Unlock()
	}
}

// take waits for a chunk that nobody works on; it returns nil if there will be
// none.
func (p *pool[R]) take() *chunk[R] {
	p.mu.Lock()
	defer p.mu.Unlock()
	for !p.stopped {
		if p.next < len(p.ahead) {
			p.next++
			return p.ahead[p.next-1]
		}
		if p.ended {
			return nil
		}
		p.begun.Wait()
	}
	return nil
}

// first waits for the chunk that is next in order; it returns nil if there is
// none left.
func (p *pool[R]) first(ctx context.Context) (*chunk[R], error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		switch {
		case len(p.ahead) > 0 && p.ahead[0].done:
			c := p.ahead[0]
			p.ahead = append(p.ahead[:0], p.ahead[1:]...)
			p.next--
			p.room.Signal()
			return c, nil
		case len(p.ahead) == 0 && p.ended:
			return nil, nil
		}
		p.moved.Wait()
	}
}

// release keeps a chunk for further records, unless a large record has made it
// large.
func (p *pool[R]) release(c *chunk[R]) {
	if cap(c.data) > 2*maxChunkBytes {
		return
	}
	clear(c.results)
	*c = chunk[R]{data: c.data[:0], records: c.records[:0], ends: c.ends[:0], errs: c.errs[:0], results: c.results[:0]}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.free = append(p.free, c)
}

// leave is the end of a goroutine.
func (p *pool[R]) leave() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.running--
	p.moved.Broadcast()
}

// stop ends the goroutines and waits for them, except for one that waits for the
// io.Reader.
func (p *pool[R]) stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stopped = true
	p.begun.Broadcast()
	p.room.Broadcast()
	for p.running > 1 || p.running == 1 && !p.reading {
		p.moved.Wait()
	}
}
