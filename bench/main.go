package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"regexp"
	"runtime/debug"
	"time"
)

// settings are what the flags say.
type settings struct {
	rounds int
	each   time.Duration
	short  bool
	filter string
	json   bool
	readme string
}

func main() {
	var s settings
	flag.IntVar(&s.rounds, "rounds", 15, "how often every candidate is measured")
	flag.DurationVar(&s.each, "time", 20*time.Millisecond, "how long a candidate runs in a round")
	flag.BoolVar(&s.short, "short", false, "a rough run of the main documents, without builds, to see that it works")
	flag.StringVar(&s.filter, "filter", "", "measure only candidates whose \"operation/document/order/peer\" matches this `regexp`, and nothing else")
	flag.BoolVar(&s.json, "json", false, "print JSON with the times of all rounds instead of Markdown")
	flag.StringVar(&s.readme, "readme", "", "replace the section of this `file` instead of printing it")
	flag.Parse()
	if err := run(s, os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// run measures and writes the report to out, what it is at to progress.
func run(s settings, out, progress io.Writer) error {
	if s.rounds < 1 {
		return fmt.Errorf("-rounds is %d; it must be at least 1", s.rounds)
	}
	debug.SetGCPercent(100)
	filter, err := regexp.Compile(s.filter)
	if err != nil {
		return fmt.Errorf("-filter: %w", err)
	}
	r, err := measureAll(s, filter, progress)
	if err != nil {
		return err
	}
	if s.json {
		e := json.NewEncoder(out)
		e.SetIndent("", " ")
		return e.Encode(r)
	}
	if s.readme != "" {
		return writeSection(s.readme, r.markdown())
	}
	_, err = io.WriteString(out, r.markdown())
	return err
}

// measureAll measures what the settings ask for.
func measureAll(s settings, filter *regexp.Regexp, progress io.Writer) (*report, error) {
	documents, err := load("..")
	if err != nil {
		return nil, err
	}
	if s.short {
		s.each = min(s.each, 2*time.Millisecond)
		kept := documents[:0]
		for _, d := range documents {
			if !d.large {
				kept = append(kept, d)
			}
		}
		documents = kept
	}
	fmt.Fprintln(progress, "comparing what the peers do")
	p, err := makePlan(documents)
	if err != nil {
		return nil, err
	}
	kept := p.candidates[:0]
	for _, c := range p.candidates {
		if filter.MatchString(string(c.Op) + "/" + c.Document + "/" + string(c.Order) + "/" + c.Peer) {
			kept = append(kept, c)
		}
	}
	p.candidates = kept
	r := &report{
		Machine: thisMachine(), Rounds: s.rounds, Each: s.each, Clock: clockName, Partial: s.short || s.filter != "",
		Sizes: map[string]int{}, Failures: p.failures, Absent: absent(),
	}
	for i := range documents {
		d := &documents[i]
		r.Names = append(r.Names, d.name)
		r.Sizes[d.name] = d.size()
		if d.large {
			r.Large = append(r.Large, d.name)
		}
	}
	r.Results, err = measure(p.candidates, s.rounds, s.each, func(round int) {
		fmt.Fprintf(progress, "round %d of %d: %d candidates\n", round+1, s.rounds, len(p.candidates))
	})
	if err != nil || s.filter != "" {
		return r, err
	}
	return r, r.measureRest(s, documents, progress)
}

// measureRest measures what is not a comparison in rounds.
func (r *report) measureRest(s settings, documents []document, progress io.Writer) (err error) {
	most, each, rounds, stream := scaleSizes[len(scaleSizes)-1], 200*time.Millisecond, min(s.rounds, 7), 16_000_000
	if s.short {
		most, each, rounds, stream = 20_000, 10*time.Millisecond, 1, 1_000_000
	}
	fmt.Fprintln(progress, "scaling")
	if r.Scaling, err = measureScaling(most, rounds, each); err != nil {
		return err
	}
	fmt.Fprintln(progress, "streams")
	if r.Streams, err = measureStreams(documents[len(documents)-1].texts, stream); err != nil {
		return err
	}
	if s.short {
		return nil
	}
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	fmt.Fprintln(progress, "first messages")
	if r.First, err = measureFirst(dir, documents, 21); err != nil {
		return err
	}
	fmt.Fprintln(progress, "sizes")
	r.Size, err = measureSizes(dir)
	return err
}
