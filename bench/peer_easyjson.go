//go:build full

package main

import (
	"bytes"
	"fmt"

	"github.com/mailru/easyjson"
	"github.com/secmodel/secmodel/bench/internal/generated"
)

// easyjsonLibrary decodes to copies of the mirrors that have easyjson's methods.
var easyjsonLibrary = library{
	name:   "easyjson",
	module: "github.com/mailru/easyjson",
	unmarshal: func(data []byte, v any) error {
		return easyjson.Unmarshal(data, v.(easyjson.Unmarshaler))
	},
	marshal: func(v any) ([]byte, error) {
		m, ok := v.(easyjson.Marshaler)
		if !ok {
			return nil, fmt.Errorf("%T has no method of easyjson", v)
		}
		return easyjson.Marshal(m)
	},
	writer: func() func(v any) ([]byte, error) {
		var b bytes.Buffer
		return func(v any) ([]byte, error) {
			b.Reset()
			_, err := easyjson.MarshalToWriter(v.(easyjson.Marshaler), &b)
			return b.Bytes(), err
		}
	},
	reuses: true,
	new:    func(c *class) (any, string) { return generated.Easyjson(c.format, c.name) },
}
