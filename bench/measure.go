package main

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"time"
)

// result is what was measured of a candidate.
type result struct {
	key
	// Nanoseconds of one operation, one entry for each round.
	Nanoseconds []float64 `json:"nanoseconds"`
	// Bytes and Allocations of one operation, means over all rounds.
	Bytes       float64 `json:"bytes"`
	Allocations float64 `json:"allocations"`
	// Lossy says what part of the document the peer does not keep.
	Lossy string `json:"lossy,omitzero"`
}

// runner runs a candidate, here or in another process.
type runner interface {
	// calibrate finds how often the candidate runs in about the given time.
	calibrate(each time.Duration) (n int, err error)
	// batch runs it n times, beginning with the text of number first.
	batch(n, first int) (sample, error)
}

// sample is the outcome of one batch, per operation.
type sample struct{ Nanoseconds, Bytes, Allocations float64 }

// measure runs every candidate once in each round, in random order, for about
// the given time. The results are those of the listed candidates.
func measure(list []listed, runners []runner, rounds int, each time.Duration, progress func(round int)) ([]result, error) {
	results := make([]result, len(list))
	times := make([]int, len(list))
	for i, r := range runners {
		results[i] = result{key: list[i].Key, Lossy: list[i].Lossy}
		var err error
		if times[i], err = r.calibrate(each); err != nil {
			return nil, err
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for round := range rounds {
		progress(round)
		for _, i := range random.Perm(len(list)) {
			s, err := runners[i].batch(times[i], round*times[i])
			if err != nil {
				return nil, err
			}
			x := &results[i]
			x.Nanoseconds = append(x.Nanoseconds, s.Nanoseconds)
			x.Bytes += s.Bytes / float64(rounds)
			x.Allocations += s.Allocations / float64(rounds)
		}
	}
	return results, nil
}

// calibrate implements runner; the number is a multiple of that of the texts.
func (c *candidate) calibrate(each time.Duration) (n int, err error) {
	err = c.with(func() error {
		for n = c.texts; ; {
			begin := now()
			if err := c.repeat(n, 0); err != nil {
				return err
			}
			took := now() - begin
			if took >= each/2 || n >= 1<<30 {
				n = c.whole(int(float64(n) * float64(each) / float64(max(took, 1))))
				return nil
			}
			// Grow fast while it is too short to tell, then to the time wanted.
			n = c.whole(max(n*2, min(n*50, int(float64(n)*float64(each)/float64(max(took, each/1000))))))
		}
	})
	return n, err
}

// whole rounds n up to a multiple of the number of texts.
func (c *candidate) whole(n int) int { return max(1, (n+c.texts-1)/c.texts) * c.texts }

// batch implements runner.
func (c *candidate) batch(n, first int) (s sample, err error) {
	err = c.with(func() error {
		runtime.GC() // what others left behind is not this one's work
		if err := c.repeat(min(n, 3), first); err != nil {
			return err
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		begin := now()
		err := c.repeat(n, first)
		took := now() - begin
		runtime.ReadMemStats(&after)
		s.Nanoseconds = float64(took) / float64(n)
		s.Bytes = float64(after.TotalAlloc-before.TotalAlloc) / float64(n)
		s.Allocations = float64(after.Mallocs-before.Mallocs) / float64(n)
		return err
	})
	return s, err
}

// with calls f between prepare and release.
func (c *candidate) with(f func() error) error {
	if c.prepare != nil {
		if err := c.prepare(); err != nil {
			return err
		}
		defer c.release()
	}
	return f()
}

func (c *candidate) repeat(n, first int) error {
	for i := range n {
		if err := c.run(first + i); err != nil {
			return fmt.Errorf("%s, %s, %s order, %s: %w", c.Op, c.Document, c.Order, c.Peer, err)
		}
	}
	return nil
}
