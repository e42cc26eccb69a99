package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"regexp"
	"runtime"
	"runtime/debug"
	"slices"
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
	debug.SetGCPercent(100)
	if os.Getenv(workerVariable) != "" {
		if err := work(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
		return
	}
	var s settings
	flag.IntVar(&s.rounds, "rounds", 15, "how often every candidate is measured")
	flag.DurationVar(&s.each, "time", 20*time.Millisecond, "how long a candidate runs in a round")
	flag.BoolVar(&s.short, "short", false, "a rough run of the main documents, without builds, to see that it works")
	flag.StringVar(&s.filter, "filter", "", "measure only candidates whose \"operation/document/order/peer\" matches this `regexp`, and nothing else")
	flag.BoolVar(&s.json, "json", false, "print JSON with the times of all rounds instead of Markdown")
	flag.StringVar(&s.readme, "readme", "", "write the main tables to the section of this `file`, and all to "+resultsFile+", instead of printing")
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
	if _, err := regexp.Compile(s.filter); err != nil {
		return fmt.Errorf("-filter: %w", err)
	}
	if s.readme != "" {
		if s.json || s.filter != "" {
			return errors.New("-readme is for the whole report: it goes neither with -json nor with -filter")
		}
		if err := checkSection(s.readme); err != nil { // before some minutes are spent
			return err
		}
	}
	r, err := measureAll(s, progress)
	if err != nil {
		return err
	}
	if s.json {
		e := json.NewEncoder(out)
		e.SetIndent("", " ")
		return e.Encode(r)
	}
	if s.readme != "" {
		if err := os.WriteFile(resultsFile, []byte(r.markdown()), 0o666); err != nil {
			return err
		}
		return writeSection(s.readme, r.section())
	}
	_, err = io.WriteString(out, r.markdown())
	return err
}

// small are the documents for a short run.
func small(documents []document) []document {
	return slices.DeleteFunc(documents, func(d document) bool { return d.large })
}

// measureAll measures what the settings ask for.
func measureAll(s settings, progress io.Writer) (*report, error) {
	documents, err := load("..")
	if err != nil {
		return nil, err
	}
	if s.short {
		s.each = min(s.each, 2*time.Millisecond)
		documents = small(documents)
	}
	r := &report{
		Machine: thisMachine(), Rounds: s.rounds, Each: s.each, Clock: clockName, Partial: s.short || s.filter != "",
		Sizes: map[string]int{}, Heaps: map[string]int{}, Absent: absent(),
	}
	for i := range documents {
		d := &documents[i]
		r.Names = append(r.Names, d.name)
		r.Sizes[d.name] = d.size()
		if d.large {
			r.Large = append(r.Large, d.name)
		}
	}
	if err := r.compare(s, progress); err != nil || s.filter != "" {
		return r, err
	}
	return r, r.measureRest(s, documents, progress)
}

// compare measures all peers in rounds.
func (r *report) compare(s settings, progress io.Writer) (err error) {
	var list []listed
	var runners []runner
	for _, part := range parts() {
		fmt.Fprintf(progress, "checking what %s does\n", part)
		w, i, err := hire(assignment{Peer: part.peer, Writes: part.writes, Short: s.short, Filter: s.filter})
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, w.dismiss()) }()
		for n := range i.Candidates {
			runners = append(runners, remote{w, n})
		}
		list = append(list, i.Candidates...)
		r.Failures = append(r.Failures, i.Failures...)
		r.Heaps[part.String()] = i.Heap
	}
	r.Results, err = measure(list, runners, s.rounds, s.each, func(round int) {
		fmt.Fprintf(progress, "round %d of %d: %d candidates\n", round+1, s.rounds, len(list))
	})
	return err
}

// liveHeap is how much memory is in use before anything is measured.
func liveHeap() int {
	runtime.GC()
	runtime.GC() // empties the pools
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}

// measureRest measures what is not a comparison in rounds.
func (r *report) measureRest(s settings, documents []document, progress io.Writer) (err error) {
	most, each, rounds, stream := scaleSizes[len(scaleSizes)-1], 200*time.Millisecond, min(s.rounds, 7), 64_000_000
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
