// Package jsontest has what tests of several packages need: samples, corpora,
// comparison of JSON.
package jsontest

import "github.com/secmodel/secmodel/internal/jsonequal"

// Equal is jsonequal.Equal.
func Equal(a, b []byte, floats bool) error { return jsonequal.Equal(a, b, floats) }
