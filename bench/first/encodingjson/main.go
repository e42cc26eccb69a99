// Command encodingjson times the first message, decoded by encoding/json and not validated.
package main

import (
	"encoding/json"

	"github.com/secmodel/secmodel/bench/internal/first"
)

func main() {
	first.Run(func(class string, data []byte) error { return json.Unmarshal(data, first.Mirror(class)) })
}
