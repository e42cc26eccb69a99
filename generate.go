// Package secmodel holds what the typed models of security event formats
// share: Message, Violation, Report, options and errors.
//
// The models are in the packages [github.com/secmodel/secmodel/idmefv2] and
// [github.com/secmodel/secmodel/mozdef]; package
// [github.com/secmodel/secmodel/serialize] reads and writes them by content
// type. Everything named *_gen.go is made from the annotated JSON Schemas in
// schemas/ by the command below.
package secmodel

//go:generate go run ./gen
