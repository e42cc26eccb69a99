package main

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
	// prepare and release, if not nil, are called before and after run is called
	// any number of times. What takes much memory is made only then: a large live
	// heap would change how often the garbage collector runs, for everyone.
	prepare func() error
	release func()
	// run does it once, with the i-th text of the document.
	run func(i int) error
	// texts is how many there are: run is called for all of them equally often.
	texts int
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

// add enters a candidate, and returns it to be completed.
func (p *plan) add(op operation, d *document, o order, peer string, run func(i int) error) *candidate {
	p.candidates = append(p.candidates, candidate{key: key{op, d.name, o, peer}, run: run, texts: len(d.order(o))})
	return &p.candidates[len(p.candidates)-1]
}

// fail enters what cannot be measured.
func (p *plan) fail(op operation, d *document, o order, peer, why string) {
	p.failures = append(p.failures, failure{key{op, d.name, o, peer}, why})
}

// parsers is the name of the worker for all that only look at bytes.
const parsers = "parsers"

// part is what one worker does of what a peer can.
type part struct {
	peer string
	// writes says that a library encodes, and else that it only decodes: the
	// encoder of goccy keeps so much memory that the garbage collector would
	// hardly run while its decoder is measured.
	writes bool
}

// String names the worker.
func (p part) String() string {
	if p.writes {
		return p.peer + ", writing"
	}
	return p.peer
}

// parts are those of all peers; what only looks at bytes is in one.
func parts() []part {
	list := []part{{peer: ours}}
	for _, l := range libraries() {
		list = append(list, part{l.name, false}, part{l.name, true})
	}
	for _, v := range validators() {
		list = append(list, part{peer: v.name})
	}
	return append(list, part{peer: parsers})
}

// makePlan makes the candidates of one worker for all documents in both orders,
// and checks on the way that they do what secmodel does.
func makePlan(documents []document, who part) (*plan, error) {
	p := new(plan)
	for i := range documents {
		d := &documents[i]
		for _, o := range []order{schema, shuffled} {
			if who.peer == ours {
				if err := p.ours(d, o); err != nil {
					return nil, err
				}
			}
			for _, l := range libraries() {
				if l.name == who.peer {
					p.library(d, o, &l, who.writes)
				}
			}
			for _, s := range scanners() {
				if who.peer == parsers {
					p.scanner(d, o, &s)
				}
			}
		}
		for _, v := range validators() {
			if v.name != who.peer {
				continue
			}
			if err := p.validator(d, &v); err != nil {
				return nil, err
			}
		}
	}
	return p, nil
}
