package main

import (
	"cmp"
	"slices"
)

// operation is what is measured.
type operation string

const (
	decode    operation = "decode"          // text to struct
	check     operation = "decode+validate" // text to struct, with validation
	validate  operation = "validate bytes"  // the text alone
	encode    operation = "encode"          // struct to text
	roundTrip operation = "round trip"      // text to struct, validation, struct to text
)

// operations are all, in the order of the tables.
var operations = []operation{decode, check, validate, encode, roundTrip}

// key names a candidate.
type key struct {
	Op       operation `json:"operation"`
	Document string    `json:"document"`
	Order    order     `json:"order"`
	Peer     string    `json:"peer"`
}

// candidate is one thing to measure: what one peer does with one document.
type candidate struct {
	key
	// run does it once, with the i-th text of the document.
	run func(i int) error
	// lossy says that the peer keeps only a part of the document.
	lossy string
}

// failure is a candidate that is not measured.
type failure struct {
	key
	Why string `json:"why"`
}

// plan is what there is to measure, and what not.
type plan struct {
	candidates []candidate
	failures   []failure
}

// add enters a candidate.
func (p *plan) add(op operation, d *document, o order, peer, lossy string, run func(i int) error) {
	p.candidates = append(p.candidates, candidate{key{op, d.name, o, peer}, run, lossy})
}

// fail enters what cannot be measured.
func (p *plan) fail(op operation, d *document, o order, peer, why string) {
	p.failures = append(p.failures, failure{key{op, d.name, o, peer}, why})
}

// makePlan makes candidates of all peers for all documents in both orders, and
// checks on the way that they do what secmodel does.
func makePlan(documents []document) (*plan, error) {
	p := new(plan)
	schemas := newSchemaCache()
	for i := range documents {
		d := &documents[i]
		for _, o := range []order{schema, shuffled} {
			if err := p.ours(d, o); err != nil {
				return nil, err
			}
			for _, l := range libraries() {
				p.library(d, o, &l)
			}
			for _, v := range validators() {
				if err := p.validator(d, o, &v, schemas); err != nil {
					return nil, err
				}
			}
			for _, s := range scanners() {
				p.scanner(d, o, &s)
			}
		}
	}
	slices.SortStableFunc(p.candidates, func(a, b candidate) int {
		return cmp.Compare(slices.Index(operations, a.Op), slices.Index(operations, b.Op))
	})
	return p, nil
}
