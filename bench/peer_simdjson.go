package main

import (
	"errors"

	"github.com/minio/simdjson-go"
)

// newSimdjson parses to a tape that it uses again.
func newSimdjson() scanner {
	var tape *simdjson.ParsedJson
	return scanner{name: "simdjson parse", module: "github.com/minio/simdjson-go", scan: func(data []byte) (err error) {
		if !simdjson.SupportedCPU() {
			return errors.New("this processor lacks AVX2 or CLMUL")
		}
		tape, err = simdjson.Parse(data, tape)
		return err
	}}
}
