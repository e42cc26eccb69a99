package main

import (
	"bytes"

	"github.com/go-json-experiment/json"
)

// experiment is what is to become encoding/json/v2.
var experiment = library{
	name:      "go-json-experiment",
	module:    "github.com/go-json-experiment/json",
	unmarshal: func(data []byte, v any) error { return json.Unmarshal(data, v) },
	marshal:   func(v any) ([]byte, error) { return json.Marshal(v) },
	writer: func() func(v any) ([]byte, error) {
		var b bytes.Buffer
		return func(v any) ([]byte, error) {
			b.Reset()
			err := json.MarshalWrite(&b, v)
			return b.Bytes(), err
		}
	},
	reuses: true,
}
