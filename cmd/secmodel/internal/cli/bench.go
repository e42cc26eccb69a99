package cli

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/serialize"
	"github.com/spf13/cobra"
)

// maxBenched is how many bytes of documents bench keeps.
const maxBenched = 256 << 20

// newBench returns the command bench.
func newBench(c *console) *cobra.Command {
	var in inputFlags
	spend := time.Second
	cmd := &cobra.Command{
		Use:   "bench [FILE...]",
		Short: "Measure how fast this machine works on these documents",
		Long: `Bench reads documents into memory, up to 256 MB of them, and then measures for a
while each how many it reads, checks and writes a second: one at a time, and
several (--jobs). "check" gives a verdict only, "read" makes a typed message,
"read and check" both, "write" makes JSON of a message.

` + inputHelp + `
Exit codes:
  0    the documents were measured
  1    none can be read as a document of a known format
` + exitHelp,
		Example: `  # This machine, these events
  secmodel bench --time 10ms events.ndjson`,
		Args: func(cmd *cobra.Command, args []string) error {
			if spend <= 0 {
				return errors.New("--time must be above 0")
			}
			return checkInputs(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error { return bench(cmd.Context(), c, args, &in, spend) },
	}
	cmd.Flags().SortFlags = false
	cmd.Flags().DurationVar(&spend, "time", spend, "how long to measure each")
	in.add(cmd)
	return cmd
}

// sample is a document in memory.
type sample struct {
	payload serialize.Payload
	message secmodel.Message
}

// bench measures the documents of all inputs.
func bench(ctx context.Context, c *console, args []string, in *inputFlags, spend time.Duration) error {
	opts := append(in.options(), secmodel.SkipValidation())
	var samples []sample
	size, passed := 0, 0
	o := pipeline(ctx, c, args, in, func(d *document) sample {
		m, err := d.read(opts)
		if err != nil {
			return sample{}
		}
		p := d.Payload()
		p.Data = slices.Clone(p.Data)
		return sample{p, m}
	}, func(s sample) bool {
		if s.message == nil {
			passed++
			return true
		}
		samples, size = append(samples, s), size+len(s.payload.Data)
		return size < maxBenched
	})
	if len(samples) == 0 || o.signal != 0 {
		c.errorln(count(len(samples), "document") + " of a known format" + o.note())
		return o.finish(false)
	}
	jobs := in.jobs.n
	if jobs == 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	fmt.Fprintf(c.out, "%s, %s on average; %s %s/%s, %s\n", count(len(samples), "document"),
		byteCount(int64(size/len(samples))), runtime.Version(), runtime.GOOS, runtime.GOARCH, count(runtime.GOMAXPROCS(0), "processor"))
	fmt.Fprintf(c.out, "%-15s %28s %28s\n", "", "one at a time", fmt.Sprintf("%d at a time", jobs))
	for _, w := range benchWork(in.options()) {
		fmt.Fprintf(c.out, "%-15s", w.name)
		for _, workers := range []int{1, jobs} {
			rate := measure(ctx, samples, workers, spend, w.work)
			fmt.Fprintf(c.out, " %14.0f/s %8s/s", rate, byteCount(int64(rate*float64(size)/float64(len(samples)))))
		}
		fmt.Fprintln(c.out)
		if ctx.Err() != nil {
			o.signal = signalOf(ctx)
			break
		}
		if !o.flush(c) || o.gone {
			break
		}
	}
	if !o.flush(c) {
		return o.finish(false)
	}
	if o.note() != "" {
		c.errorln(count(len(samples), "document") + " measured" + o.note())
	}
	if passed > 0 {
		c.errorln(count(passed, "document") + " of no known format passed over")
	}
	return o.finish(true)
}

// benchWork lists what is measured.
func benchWork(opts []secmodel.Option) []struct {
	name string
	work func(s *sample, buf []byte) []byte
} {
	unchecked := append(slices.Clip(opts), secmodel.SkipValidation())
	return []struct {
		name string
		work func(s *sample, buf []byte) []byte
	}{
		{"check", func(s *sample, buf []byte) []byte {
			_, _ = serialize.ValidateBytes(s.payload, opts...) // the verdict does not matter
			return buf
		}},
		{"read", func(s *sample, buf []byte) []byte {
			_, _ = serialize.Unserialize(s.payload, unchecked...)
			return buf
		}},
		{"read and check", func(s *sample, buf []byte) []byte {
			_, _ = serialize.Unserialize(s.payload, opts...)
			return buf
		}},
		{"write", func(s *sample, buf []byte) []byte {
			buf, _ = s.message.AppendJSON(buf[:0]) // it has been read, so that it can be written
			return buf
		}},
	}
}

// measure does work on the samples, again and again, with several goroutines for
// a while, and returns how many it did a second.
func measure(ctx context.Context, samples []sample, workers int, spend time.Duration, work func(*sample, []byte) []byte) float64 {
	const atOnce = 16 // between looks at the clock
	var next, done atomic.Int64
	var all sync.WaitGroup
	begin := time.Now()
	for range workers {
		all.Go(func() {
			var buf []byte
			for time.Since(begin) < spend && ctx.Err() == nil {
				from := next.Add(atOnce) - atOnce
				for i := range int64(atOnce) {
					buf = work(&samples[(from+i)%int64(len(samples))], buf)
				}
				done.Add(atOnce)
			}
		})
	}
	all.Wait()
	return float64(done.Load()) / time.Since(begin).Seconds()
}
