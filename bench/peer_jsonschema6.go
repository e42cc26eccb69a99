package main

import (
	"bytes"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

var santhosh6 = validator{
	name:   "jsonschema v6",
	module: "github.com/santhosh-tekuri/jsonschema/v6",
	decode: func(data []byte) (any, error) { return jsonschema.UnmarshalJSON(bytes.NewReader(data)) },
	compile: func(schema []byte) (func(v any) error, error) {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema))
		if err != nil {
			return nil, err
		}
		c := jsonschema.NewCompiler()
		if err := c.AddResource("schema.json", doc); err != nil {
			return nil, err
		}
		s, err := c.Compile("schema.json")
		if err != nil {
			return nil, err
		}
		return s.Validate, nil
	},
}
