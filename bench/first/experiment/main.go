// Command experiment times the first message, decoded by go-json-experiment and not validated.
package main

import (
	"github.com/go-json-experiment/json"
	"github.com/secmodel/secmodel/bench/internal/first"
)

func main() {
	first.Run(func(class string, data []byte) error { return json.Unmarshal(data, first.Mirror(class)) })
}
