// Package jsonschema reads JSON Schemas of other people (drafts 04, 06, 07,
// 2019-09 and 2020-12) into the schema model, so that the generator makes a
// package from them.
//
// What the model can say, it says with the meaning that the draft gives it: a
// document is valid for the generated package exactly if it is for the schema,
// apart from what gen/README.md names. What the model cannot say is refused with
// the JSON Pointer of the keyword, all of it at once; only annotations are passed
// over.
//
// Where schemas are combined by $ref and allOf, the parts are laid over each
// other (conjunction.go); a type is made of the result (value.go, object.go,
// scalar.go). Definitions keep their names; objects and enumerations that stand
// inside others are named by the path that leads to them (names.go).
package jsonschema
