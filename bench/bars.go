package main

import (
	"fmt"
	"math"
	"slices"
)

// bar is one line of the goals that the project has set itself.
type bar struct {
	what     string
	goal     string
	measured string // "" if it was not measured
	reached  bool
}

// ratioBars are those that are ratios between a peer and secmodel.
var ratioBars = []struct {
	what   string
	peerOp operation
	peer   string
	ourOp  operation
	our    string
	goal   float64
}{
	{"sonic decodes without validation : secmodel decodes and validates", decode, "sonic", check, ours, 2},
	{"the same, into fresh structs : with a reused Decoder, into the struct before", decode, "sonic", check, oursReused, 3},
	{"encoding/json decodes twice and jsonschema v5 validates : secmodel decodes and validates", check, "jsonschema v5", check, ours, 50},
	{"sonic encodes into fresh memory : secmodel does", encode, "sonic", encode, ours, 2.5},
	{"encoding/json encodes into fresh memory : secmodel does", encode, "encoding/json", encode, ours, 5},
	{"json.Valid checks the syntax : secmodel validates the bytes", validate, "json.Valid", validate, ours, 3},
	{"sonic decodes and encodes : secmodel decodes, validates and encodes", roundTrip, "sonic", roundTrip, ours, 2},
}

// bars compares what was measured with the goals.
func (r *report) bars() []bar {
	var list []bar
	for _, b := range ratioBars {
		line := bar{what: b.what, goal: fmt.Sprintf("≥ %g", b.goal)}
		var medians []float64
		for _, d := range r.barDocuments() {
			if s, ok := r.ratio(b.peerOp, b.peer, b.ourOp, b.our, d, schema); ok {
				medians = append(medians, s.Median)
			}
		}
		if len(medians) > 0 {
			m := quartiles(medians).Median
			line.measured = fmt.Sprintf("%s (%s to %s)", number(m), number(slices.Min(medians)), number(slices.Max(medians)))
			line.reached = m >= b.goal
		}
		list = append(list, line)
	}
	return append(list, r.firstBar(), r.buildBar(), r.sizeBar(), r.memoryBar(), r.coresBar(reusingReader), r.coresBar(parallelReader))
}

func (r *report) firstBar() bar {
	b := bar{what: "first message of a process", goal: "< 1 ms"}
	worst := math.Inf(-1)
	for _, f := range r.First {
		if f.Peer == ours {
			worst = max(worst, quartiles(f.Milliseconds).Median)
		}
	}
	if !math.IsInf(worst, 0) {
		b.measured, b.reached = fmt.Sprintf("%.2f ms", worst), worst < 1
	}
	return b
}

func (r *report) buildBar() bar {
	b := bar{what: "cold build of package `ocsf`, all that it imports built", goal: "< 3 s"}
	if r.Size != nil {
		b.measured, b.reached = fmt.Sprintf("%.1f s", r.Size.Build), r.Size.Build < 3
	}
	return b
}

func (r *report) sizeBar() bar {
	b := bar{what: "a program that uses one OCSF class, over an empty one", goal: "≤ 2 MB"}
	if r.Size != nil {
		grown, stripped := r.Size.One[0]-r.Size.Empty[0], r.Size.One[1]-r.Size.Empty[1]
		b.measured = fmt.Sprintf("%s MB; %s MB stripped", megabytes(grown), megabytes(stripped))
		b.reached = grown <= 2_000_000
	}
	return b
}

// memoryBar looks whether four times the stream takes more memory.
func (r *report) memoryBar() bar {
	b := bar{what: "heap of a stream four times as long", goal: "the same (≤ 1.25)"}
	worst := math.Inf(-1)
	for _, long := range r.Streams {
		for _, short := range r.Streams {
			if short.Reader == long.Reader && short.Processors == long.Processors && short.Bytes*4 == long.Bytes && short.Peak > 0 {
				worst = max(worst, float64(long.Peak)/float64(short.Peak))
			}
		}
	}
	if !math.IsInf(worst, 0) {
		b.measured, b.reached = number(worst), worst <= 1.25
	}
	return b
}

// coresBar looks whether a stream is read faster with two processors.
func (r *report) coresBar(reader string) bar {
	b := bar{what: "a stream on two processors : on one, " + reader, goal: "≥ 1.6"}
	var one, two float64
	for _, s := range r.Streams {
		if s.Reader != reader {
			continue
		}
		switch s.Processors {
		case 1:
			one = max(one, s.Throughput)
		case 2:
			two = max(two, s.Throughput)
		}
	}
	if one > 0 && two > 0 {
		b.measured, b.reached = number(two/one), two/one >= 1.6
	}
	return b
}
