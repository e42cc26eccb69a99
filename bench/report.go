package main

import (
	"slices"
	"time"
)

// report is all that was measured; -json prints it.
type report struct {
	Machine  machine           `json:"machine"`
	Rounds   int               `json:"rounds"`
	Each     time.Duration     `json:"each"`  // nanoseconds that a candidate ran in a round
	Clock    string            `json:"clock"` // what the nanoseconds of results are of
	Heaps    map[string]int    `json:"heaps"` // live bytes of workers before anything was measured
	Partial  bool              `json:"partial"`
	Sizes    map[string]int    `json:"documents"` // bytes of the documents, means of several
	Names    []string          `json:"names"`     // of the documents, in order
	Large    []string          `json:"large"`     // of those that the bars are for, if present
	Results  []result          `json:"results"`
	Failures []failure         `json:"failures"`
	Absent   map[string]string `json:"absent"`
	First    []firstMessage    `json:"first"`
	Scaling  []scaling         `json:"scaling"`
	Streams  []streaming       `json:"streams"`
	Size     *sizes            `json:"size"`
}

// result finds what was measured under a key, nil if it was not.
func (r *report) result(k key) *result {
	i := slices.IndexFunc(r.Results, func(x result) bool { return x.key == k })
	if i < 0 {
		return nil
	}
	return &r.Results[i]
}

// ratio is how many times as long as our operation a peer's takes on one
// document.
func (r *report) ratio(peerOp operation, peer string, ourOp operation, our, document string, o order) (spread, bool) {
	a := r.result(key{peerOp, document, o, peer})
	b := r.result(key{ourOp, document, o, our})
	if a == nil || b == nil {
		return spread{}, false
	}
	return paired(a.Nanoseconds, b.Nanoseconds), true
}

// barDocuments are the documents that the bars are stated for: those of third
// parties, or our own of the same kinds where they are absent.
func (r *report) barDocuments() []string {
	if len(r.Large) > 0 {
		return r.Large
	}
	var list []string
	for _, name := range r.Names {
		if name == "idmef" || name == "finding" || name == "auth" {
			list = append(list, name)
		}
	}
	return list
}
