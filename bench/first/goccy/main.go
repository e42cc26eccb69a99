// Command goccy times the first message, decoded by goccy and not validated.
package main

import (
	"github.com/goccy/go-json"
	"github.com/secmodel/secmodel/bench/internal/first"
)

func main() {
	first.Run(func(class string, data []byte) error { return json.Unmarshal(data, first.Mirror(class)) })
}
