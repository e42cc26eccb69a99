// Command jsonschema6 times the first message, validated by jsonschema v6 with a
// schema that must be compiled for it, and decoded by encoding/json.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"

	"github.com/santhosh-tekuri/jsonschema/v6"
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
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema))
		if err != nil {
			return err
		}
		if err := c.AddResource("schema.json", doc); err != nil {
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
