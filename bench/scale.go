package main

import (
	"fmt"
	"runtime"
	"sync"
	"time"

	"github.com/secmodel/secmodel/ocsf"
)

// scaling is the throughput for one size of document and number of processors,
// in megabytes (10^6 bytes) per second of elapsed time, one entry a round.
type scaling struct {
	Bytes      int       `json:"bytes"`
	Processors int       `json:"processors"`
	Decode     []float64 `json:"decode"` // and validate, into fresh structs
	Encode     []float64 `json:"encode"` // to fresh memory
}

// scaleSizes are the sizes of documents in bytes.
var scaleSizes = []int{200, 2_000, 20_000, 200_000, 2_000_000, 20_000_000}

// long is the size of documents that are measured for a longer time.
const long = 10_000_000

// processors are the settings of GOMAXPROCS to measure: 1, 2, 4 … and all.
func processors() []int {
	var list []int
	for n := 1; n < runtime.NumCPU(); n *= 2 {
		list = append(list, n)
	}
	return append(list, runtime.NumCPU())
}

// grown makes a valid authentication of about the given size: what it has more
// than the smallest one is observables.
func grown(size int) (*ocsf.Authentication, error) {
	e := ocsf.NewAuthentication(ocsf.AuthenticationActivityIDLogon)
	e.Time = new(ocsf.Timestamp(1_772_000_000_000))
	e.SeverityID = new(ocsf.SeverityIDLow)
	e.Service = &ocsf.Service{Name: new("ssh")}
	e.User = &ocsf.User{Name: new("ana")}
	e.Metadata.Product = &ocsf.Product{Name: new("sshd")}
	bare, err := e.AppendJSON(nil)
	if err != nil {
		return nil, err
	}
	one := ocsf.Observable{Name: new("user.name"), TypeID: new(ocsf.ObservableTypeIDUserName), Value: new("ana")}
	const each = len(`{"name":"user.name","type_id":4,"value":"ana"},`)
	for range max(0, (size-len(bare))/each) {
		e.Observables = append(e.Observables, one)
	}
	return e, e.Validate()
}

// measureScaling measures documents of all sizes up to most bytes with all
// numbers of processors, each for about the given time.
func measureScaling(most, rounds int, each time.Duration) ([]scaling, error) {
	var list []scaling
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, size := range scaleSizes {
		if size > most {
			break
		}
		e, err := grown(size)
		if err != nil {
			return nil, fmt.Errorf("document of %d bytes: %w", size, err)
		}
		data, err := e.AppendJSON(nil)
		if err != nil {
			return nil, err
		}
		each := each
		if size >= long { // of which few fit in
			each *= 4
		}
		begin := len(list)
		for _, n := range processors() {
			list = append(list, scaling{Bytes: len(data), Processors: n})
		}
		for range rounds {
			for i := begin; i < len(list); i++ {
				s := &list[i]
				runtime.GOMAXPROCS(s.Processors)
				decoded, err := throughput(s.Processors, len(data), each, func() error {
					e := new(ocsf.Authentication)
					if err := e.UnmarshalJSON(data); err != nil {
						return err
					}
					return e.Validate()
				})
				if err != nil {
					return nil, err
				}
				encoded, err := throughput(s.Processors, len(data), each, func() error { _, err := e.MarshalJSON(); return err })
				if err != nil {
					return nil, err
				}
				s.Decode = append(s.Decode, decoded)
				s.Encode = append(s.Encode, encoded)
			}
		}
	}
	return list, nil
}

// throughput runs f in n goroutines for about the given time, and returns how
// many megabytes a second they got through.
func throughput(n, size int, each time.Duration, f func() error) (float64, error) {
	runtime.GC()
	var wg sync.WaitGroup
	counts, errs := make([]int, n), make([]error, n)
	begin := time.Now()
	for i := range n {
		wg.Go(func() {
			// Batches of some 100 kB, so that looking at the clock costs nothing.
			for errs[i] == nil && (counts[i] == 0 || time.Since(begin) < each) {
				for range max(1, 100_000/size) {
					if errs[i] = f(); errs[i] != nil {
						return
					}
					counts[i]++
				}
			}
		})
	}
	wg.Wait()
	took := time.Since(begin)
	total := 0
	for i := range n {
		if errs[i] != nil {
			return 0, errs[i]
		}
		total += counts[i]
	}
	return float64(total) * float64(size) / 1e6 / took.Seconds(), nil
}
