// Command jsonschema5 times the first message, validated by jsonschema v5 with a
// schema that must be compiled for it, and decoded by encoding/json.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"

	"github.com/santhosh-tekuri/jsonschema/v5"
	"github.com/secmodel/secmodel/bench/internal/first"
)

func main() {
	schema, err := first.Schema()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	first.Run(func(class string, data []byte) error {
		c := jsonschema.NewCompiler()
		if err := c.AddResource("schema.json", bytes.NewReader(schema)); err != nil {
			return err
		}
		s, err := c.Compile("schema.json")
		if err != nil {
			return err
		}
		var v any
		if err := json.Unmarshal(data, &v); err != nil {
			return err
		}
		if err := s.Validate(v); err != nil {
			return err
		}
		return json.Unmarshal(data, first.Mirror(class))
	})
}
