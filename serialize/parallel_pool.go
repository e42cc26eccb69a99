package serialize

import (
	"context"
	"io"
	"iter"
	"runtime"
	"sync"
)

const (
	// maxChunk is how many records, and about how many bytes of them, one
	// goroutine takes at a time.
	maxChunk      = 64
	maxChunkBytes = 256 << 10
	// fewRecords, or about fewBytes of them, are enough for a goroutine that has
	// nothing to do: to wake it up takes longer than to read one small record.
	fewRecords = 8
	fewBytes   = 4 << 10
	// chunksAhead is how many chunks there are for each goroutine, at most, from
	// reading to the caller.
	chunksAhead = 4
	// bytesAhead is about how many bytes of records there are altogether, at most,
	// beside the first chunk of them: large documents are not all read ahead.
	bytesAhead = 16 << 20
)

// chunk is a number of consecutive records, and what became of them.
type chunk[R any] struct {
	data    []byte // of the records
	records []Record
	ends    []int   // where the data of each record ends
	offsets []int64 // where each record ends in the stream
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
	bytes   int         // of the records in ahead
	ended   bool        // no records follow
	stopped bool        // the caller wants no more
	reading bool        // a goroutine waits for the io.Reader
	running int         // goroutines
}

// inOrder reads records from r by split, gives them to functions that work makes,
// one for each goroutine, and yields the results in the order of the records.
func inOrder[R any](ctx context.Context, r io.Reader, workers int, split func(io.Reader, eachRecord) error, work func() func(Record, error) R) iter.Seq2[R, error] {
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
		go p.read(r, split)
		for range workers {
			go p.work(work())
		}
		var given StreamError // how far the caller has got
		end := func(err error) {
			var none R
			given.Err = err
			yield(none, &given)
		}
		for {
			c, err := p.first(ctx)
			if err != nil {
				end(err)
				return
			}
			if c == nil {
				return
			}
			for i, res := range c.results {
				if err := ctx.Err(); err != nil {
					end(err)
					return
				}
				if !yield(res, nil) {
					return
				}
				given.Records, given.Offset = given.Records+1, c.offsets[i]
			}
			p.release(c)
		}
	}
}

// feeder is the goroutine that reads: it fills a chunk of its own before it hands
// that over. It is the io.Reader of the splitter too, so that it knows when it
// has to wait.
type feeder[R any] struct {
	p *pool[R]
	r io.Reader
	c *chunk[R]
}

// read feeds the pool with the records of r.
func (p *pool[R]) read(r io.Reader, split func(io.Reader, eachRecord) error) {
	defer p.leave()
	f := &feeder[R]{p, r, new(chunk[R])}
	if err := split(f, f.add); err == errStopped || err != nil && !f.add(Record{}, 0, err) || !f.handOver(true) {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ended = true
	p.begun.Broadcast()
	p.moved.Broadcast()
}

// Read implements io.Reader. Nobody waits for records while it does: all that
// there are have been handed over. It ends when the pool is stopped.
func (f *feeder[R]) Read(b []byte) (int, error) {
	if !f.handOver(true) || !f.p.waits(true) {
		return 0, errStopped
	}
	n, err := f.r.Read(b)
	if !f.p.waits(false) {
		return 0, errStopped
	}
	return n, err
}

// add puts a record into the chunk. It returns false if the pool has been
// stopped.
func (f *feeder[R]) add(rec Record, end int64, err error) bool {
	c := f.c
	c.data = append(c.data, rec.Data...)
	c.ends = append(c.ends, len(c.data))
	c.offsets = append(c.offsets, end)
	rec.Data = nil
	c.records = append(c.records, rec)
	c.errs = append(c.errs, err)
	full := len(c.records) == maxChunk || len(c.data) >= maxChunkBytes
	if full || len(c.records)%fewRecords == 0 || len(c.data) >= fewBytes {
		return f.handOver(full)
	}
	return true
}

// handOver gives the chunk to the workers, if there is something in it, and if it
// must or they have nothing else to begin with. It returns false if the pool has
// been stopped.
func (f *feeder[R]) handOver(must bool) bool {
	if len(f.c.records) == 0 {
		return true
	}
	p := f.p
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.next < len(p.ahead) {
		if !must {
			return !p.stopped
		}
		if f.join(p.ahead[len(p.ahead)-1]) {
			return !p.stopped
		}
	}
	for !p.stopped && (len(p.ahead) >= p.most || len(p.ahead) > 0 && p.bytes+len(f.c.data) > bytesAhead) {
		p.room.Wait()
	}
	if p.stopped {
		return false
	}
	p.ahead = append(p.ahead, f.c)
	p.bytes += len(f.c.data)
	p.begun.Signal()
	if n := len(p.free); n > 0 {
		f.c, p.free = p.free[n-1], p.free[:n-1]
	} else {
		f.c = new(chunk[R])
	}
	return true
}

// join adds the records to a chunk that nobody works on yet, if that has room: a
// reader that gives little at a time makes chunks of few records.
func (f *feeder[R]) join(last *chunk[R]) bool {
	c := f.c
	if len(last.records)+len(c.records) > maxChunk || len(last.data)+len(c.data) > maxChunkBytes {
		return false
	}
	for _, end := range c.ends {
		last.ends = append(last.ends, len(last.data)+end)
	}
	last.data = append(last.data, c.data...)
	last.records = append(last.records, c.records...)
	last.offsets = append(last.offsets, c.offsets...)
	last.errs = append(last.errs, c.errs...)
	f.p.bytes += len(c.data)
	clear(c.errs)
	c.data, c.records, c.ends, c.offsets, c.errs = c.data[:0], c.records[:0], c.ends[:0], c.offsets[:0], c.errs[:0]
	return true
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
			p.bytes -= len(c.data)
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
	clear(c.errs)
	*c = chunk[R]{data: c.data[:0], records: c.records[:0], ends: c.ends[:0], offsets: c.offsets[:0], errs: c.errs[:0], results: c.results[:0]}
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
