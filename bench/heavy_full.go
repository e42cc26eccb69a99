//go:build full

package main

import "github.com/secmodel/secmodel/bench/internal/generated"

const full = true

// heavyLibraries are peers that take long to build or must be generated.
func heavyLibraries() []library { return []library{easyjsonLibrary, goJSONSchema, goOCSF, ocsfSchemaGolang} }

func heavyAbsent() map[string]string { return generated.Absent() }
