//go:build full

package main

// heavyLibraries are peers that take long to build or must be generated.
func heavyLibraries() []library {
	return []library{easyjsonLibrary, goJSONSchema, goOCSF, ocsfSchemaGolang}
}

func heavyAbsent() map[string]string { return nil }
