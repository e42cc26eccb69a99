package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"time"
)

// Every peer runs in processes of its own, workers, and all workers take turns:
// what one keeps in memory, as the 30 MB that goccy's encoder takes for one class
// of OCSF, would else change how often the garbage collector runs for all.

// workerVariable is set in the environment of workers.
const workerVariable = "SECMODEL_BENCH_WORKER"

// assignment is the first thing that a worker is told.
type assignment struct {
	Peer   string
	Writes bool
	Short  bool
	Filter string
}

// inventory is the answer: what the worker can run, and what not.
type inventory struct {
	Candidates []listed
	Failures   []failure
	Heap       int // live bytes
	Err        string
}

// listed is a candidate as others see it.
type listed struct {
	Key   key
	Lossy string
}

// request says to run the candidate of an index N times, or, with N 0, to find out
// how often it runs in the time Each.
type request struct {
	Index, N, First int
	Each            time.Duration
}

// response is what came out.
type response struct {
	N      int
	Sample sample
	Err    string
}

// work is the life of a worker, until in ends.
func work(in io.Reader, out io.Writer) error {
	requests, responses := json.NewDecoder(in), json.NewEncoder(out)
	var a assignment
	if err := requests.Decode(&a); err != nil {
		return err
	}
	p, err := a.plan()
	if err != nil {
		return responses.Encode(inventory{Err: err.Error()})
	}
	hello := inventory{Failures: p.failures, Heap: liveHeap()}
	for _, c := range p.candidates {
		hello.Candidates = append(hello.Candidates, listed{c.key, c.lossy})
	}
	if err := responses.Encode(hello); err != nil {
		return err
	}
	for {
		var q request
		if err := requests.Decode(&q); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		var r response
		c := &p.candidates[q.Index]
		if q.N == 0 {
			r.N, err = c.calibrate(q.Each)
		} else {
			r.Sample, err = c.batch(q.N, q.First)
		}
		if err != nil {
			r.Err = err.Error()
		}
		if err := responses.Encode(r); err != nil {
			return err
		}
	}
}

func (a *assignment) part() part { return part{a.Peer, a.Writes} }

// plan makes the candidates that a worker is to run.
func (a *assignment) plan() (*plan, error) {
	filter, err := regexp.Compile(a.Filter)
	if err != nil {
		return nil, fmt.Errorf("-filter: %w", err)
	}
	documents, err := load("..")
	if err != nil {
		return nil, err
	}
	if a.Short {
		documents = small(documents)
	}
	p, err := makePlan(documents, a.part())
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
	return p, nil
}

// worker is the other side of a worker.
type worker struct {
	name      string
	cmd       *exec.Cmd
	in        io.WriteCloser
	requests  *json.Encoder
	responses *json.Decoder
}

// hire starts a worker, and returns what it can run.
func hire(a assignment) (*worker, *inventory, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, nil, err
	}
	w := &worker{name: a.part().String(), cmd: exec.Command(self)}
	w.cmd.Env = append(os.Environ(), workerVariable+"=1")
	w.cmd.Stderr = os.Stderr
	if w.in, err = w.cmd.StdinPipe(); err != nil {
		return nil, nil, err
	}
	out, err := w.cmd.StdoutPipe()
	if err != nil {
		return nil, nil, err
	}
	if err := w.cmd.Start(); err != nil {
		return nil, nil, err
	}
	w.requests, w.responses = json.NewEncoder(w.in), json.NewDecoder(out)
	var i inventory
	err = w.requests.Encode(a)
	if err == nil {
		err = w.responses.Decode(&i)
	}
	if err == nil && i.Err != "" {
		err = errors.New(i.Err)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("worker for %s: %w", w.name, errors.Join(err, w.dismiss()))
	}
	return w, &i, nil
}

// dismiss ends a worker.
func (w *worker) dismiss() error {
	return errors.Join(w.in.Close(), w.cmd.Wait())
}

// call asks for one thing.
func (w *worker) call(q request) (response, error) {
	var r response
	err := w.requests.Encode(q)
	if err == nil {
		err = w.responses.Decode(&r)
	}
	if err == nil && r.Err != "" {
		err = errors.New(r.Err)
	}
	if err != nil {
		err = fmt.Errorf("worker for %s: %w", w.name, err)
	}
	return r, err
}

// remote is a candidate that a worker runs.
type remote struct {
	*worker
	index int
}

func (r remote) calibrate(each time.Duration) (int, error) {
	a, err := r.call(request{Index: r.index, Each: each})
	return a.N, err
}

func (r remote) batch(n, first int) (sample, error) {
	a, err := r.call(request{Index: r.index, N: n, First: first})
	return a.Sample, err
}
