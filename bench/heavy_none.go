//go:build !full

package main

// heavyLibraries are peers that take long to build or must be generated.
func heavyLibraries() []library { return nil }

func heavyAbsent() map[string]string {
	const why = "is built only by .ci/bench.sh, which passes -tags full"
	return map[string]string{"easyjson": why, "go-jsonschema": why, "go-ocsf": why, "ocsf-schema-golang": why}
}
