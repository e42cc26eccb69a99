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

// measure runs every candidate once in each round, in random order, for about
// the given time.
func measure(candidates []candidate, rounds int, each time.Duration, progress func(round int)) ([]result, error) {
	results := make([]result, len(candidates))
	times := make([]int, len(candidates))
	for i, c := range candidates {
		results[i] = result{key: c.key, Lossy: c.lossy}
		n, err := calibrate(&c, each)
		if err != nil {
			return nil, err
		}
		times[i] = n
	}
	total := make([]int, len(candidates))
	r := rand.New(rand.NewPCG(1, 2))
	for round := range rounds {
		progress(round)
		for _, i := range r.Perm(len(candidates)) {
			m, err := batch(&candidates[i], times[i], total[i])
			if err != nil {
				return nil, err
			}
			x := &results[i]
			x.Nanoseconds = append(x.Nanoseconds, m.nanoseconds)
			x.Bytes += m.bytes / float64(rounds)
			x.Allocations += m.allocations / float64(rounds)
			total[i] += times[i]
		}
	}
	return results, nil
}

// calibrate finds how often a candidate runs in about the given time.
func calibrate(c *candidate, each time.Duration) (int, error) {
	for n := 1; ; {
		begin := now()
		if err := repeat(c, n, 0); err != nil {
			return 0, err
		}
		took := now() - begin
		if took >= each/2 || n >= 1<<30 {
			return max(1, int(float64(n)*float64(each)/float64(max(took, 1)))), nil
		}
		// Grow fast while it is too short to tell, then to the time wanted.
		n = max(n*2, min(n*50, int(float64(n)*float64(each)/float64(max(took, each/1000)))))
	}
}

// sample is the outcome of one batch, per operation.
type sample struct{ nanoseconds, bytes, allocations float64 }

// batch runs a candidate n times, beginning with the text of number first.
func batch(c *candidate, n, first int) (sample, error) {
	runtime.GC() // what others left behind is not this one's work
	if err := repeat(c, min(n, 3), first); err != nil {
		return sample{}, err
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	begin := now()
	err := repeat(c, n, first)
	took := now() - begin
	runtime.ReadMemStats(&after)
	ops := float64(n)
	return sample{
		nanoseconds: float64(took) / ops,
		bytes:       float64(after.TotalAlloc-before.TotalAlloc) / ops,
		allocations: float64(after.Mallocs-before.Mallocs) / ops,
	}, err
}

func repeat(c *candidate, n, first int) error {
	for i := range n {
		if err := c.run(first + i); err != nil {
			return fmt.Errorf("%s, %s, %s order, %s: %w", c.Op, c.Document, c.Order, c.Peer, err)
		}
	}
	return nil
}
