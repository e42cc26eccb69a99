// Package jsonschema validates documents of any kind against a JSON Schema that
// the caller brings: drafts 04, 06, 07, 2019-09 and 2020-12.
//
//	schema, err := jsonschema.Compile(text)
//	...
//	report, err := schema.Check(document)
//
// It is for rules beyond those of a format, as an agreement between two
// organisations on the attributes that they exchange; what the formats demand
// themselves is for package serialize. Violations are those of package secmodel,
// with a JSON Pointer and the place in the text, and codes that begin with
// "schema_", one for each keyword that can fail.
//
// Compiling takes milliseconds, and seconds for the schema of a whole release of
// OCSF: compile a schema once and keep it. A [Schema] is
// safe for concurrent use.
//
// # References
//
// Nothing is ever fetched, from the network or from files. $ref may lead to the
// schema itself, to the meta-schemas of the drafts, which are built in, and to
// documents given with [WithResource].
//
// # How keywords are taken
//
// Numbers are compared exactly, whatever their size, up to 1000 digits and an
// exponent of 1000. A number with a fraction of zero, as 1.0, is an integer in
// every draft. Expressions are those of package regexp, without look-ahead and
// back-references. format is an annotation unless [AssertFormat] is given;
// contentEncoding and contentMediaType are asserted in draft-07 only.
//
// # Trust
//
// Documents need not be trusted. Schemas may come from strangers too: size,
// nesting, references and the number of alternatives at one place are limited.
// But a schema that leads back to itself several times at each level takes time
// that doubles with each level of a document; lower secmodel.MaxDepth where
// neither is trusted.
package jsonschema
