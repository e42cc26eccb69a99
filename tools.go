//go:build tools

package secmodel

// The generator that makes the Go types from JSON Schema, pinned by go.mod.
import _ "github.com/atombender/go-jsonschema"
