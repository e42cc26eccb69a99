package main

import (
	"bytes"

	"github.com/goccy/go-json"
)

var goccy = library{
	name:      "goccy",
	module:    "github.com/goccy/go-json",
	unmarshal: json.Unmarshal,
	marshal:   json.Marshal,
	writer: func() func(v any) ([]byte, error) {
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		return func(v any) ([]byte, error) {
			b.Reset()
			err := e.Encode(v)
			return b.Bytes(), err
		}
	},
	reuses: true,
}
