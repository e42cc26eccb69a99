package main

import (
	"bytes"

	"github.com/santhosh-tekuri/jsonschema/v5"
)

var santhosh5 = validator{
	name:   "jsonschema v5",
	module: "github.com/santhosh-tekuri/jsonschema/v5",
	decode: toAny,
	compile: func(schema []byte) (func(v any) error, error) {
		c := jsonschema.NewCompiler()
		if err := c.AddResource("schema.json", bytes.NewReader(schema)); err != nil {
			return nil, err
		}
		s, err := c.Compile("schema.json")
		if err != nil {
			return nil, err
		}
		return s.Validate, nil
	},
}
