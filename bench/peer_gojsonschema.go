//go:build full

package main

import (
	"encoding/json"

	"github.com/secmodel/secmodel/bench/internal/generated"
)

// goJSONSchema decodes to what go-jsonschema makes of the plain JSON Schema of a
// class, with its own methods, which check.
var goJSONSchema = library{
	name:      "go-jsonschema",
	module:    "github.com/atombender/go-jsonschema",
	unmarshal: json.Unmarshal,
	marshal:   json.Marshal,
	checks:    true,
	new:       func(c *class) (any, string) { return generated.GoJSONSchema(c.format, c.version, c.name) },
}
