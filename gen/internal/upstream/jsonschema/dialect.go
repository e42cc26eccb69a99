package jsonschema

import (
	"fmt"
	"strings"
)

// draft is a draft of JSON Schema; they are ordered.
type draft int

// The drafts.
const (
	draft04 draft = iota
	draft06
	draft07
	draft201909
	draft202012
)

var draftNames = [...]string{"draft-04", "draft-06", "draft-07", "2019-09", "2020-12"}

func (d draft) String() string { return draftNames[d] }

// dialects are the drafts by their $schema, without scheme and empty fragment.
var dialects = map[string]draft{
	"json-schema.org/draft-04/schema":      draft04,
	"json-schema.org/draft-06/schema":      draft06,
	"json-schema.org/draft-07/schema":      draft07,
	"json-schema.org/draft/2019-09/schema": draft201909,
	"json-schema.org/draft/2020-12/schema": draft202012,
}

// dialect finds the draft of a schema: the one that $schema names, the newest if
// there is no $schema.
func dialect(root *node) (draft, error) {
	n := root.get("$schema")
	if n == nil {
		return draft202012, nil
	}
	uri, ok := n.value.(string)
	if !ok {
		return 0, fmt.Errorf("#/$schema: is not a string")
	}
	name := strings.TrimSuffix(uri, "#")
	for _, scheme := range [...]string{"http://", "https://"} {
		name = strings.TrimPrefix(name, scheme)
	}
	if d, ok := dialects[name]; ok {
		return d, nil
	}
	return 0, fmt.Errorf("#/$schema: %q is not supported; those of draft-04, draft-06, draft-07, 2019-09 and 2020-12 are", uri)
}

// role says what becomes of a keyword.
type role byte

// The roles.
const (
	annotation role = iota // says nothing of validity
	assertion              // understood
	neutral                // understood if its value is without effect
	refused
)

// keyword is a keyword and the first draft that has it.
type keyword struct {
	role  role
	since draft
}

// keywords are those of all drafts.
var keywords = map[string]keyword{
	"$schema": {annotation, draft04}, "id": {annotation, draft04}, "$id": {annotation, draft04},
	"$anchor": {annotation, draft04}, "$comment": {annotation, draft04}, "$vocabulary": {annotation, draft04},
	"definitions": {annotation, draft04}, "$defs": {annotation, draft04},
	"title": {annotation, draft04}, "description": {annotation, draft04}, "default": {annotation, draft04},
	"examples": {annotation, draft04}, "deprecated": {annotation, draft04},
	"readOnly": {annotation, draft04}, "writeOnly": {annotation, draft04}, "format": {annotation, draft04},
	"contentEncoding": {annotation, draft04}, "contentMediaType": {annotation, draft04}, "contentSchema": {annotation, draft04},

	"$ref": {assertion, draft04}, "allOf": {assertion, draft04}, "anyOf": {assertion, draft04}, "oneOf": {assertion, draft04},
	"type": {assertion, draft04}, "enum": {assertion, draft04}, "const": {assertion, draft06},
	"properties": {assertion, draft04}, "required": {assertion, draft04}, "additionalProperties": {assertion, draft04},
	"minProperties": {assertion, draft04}, "unevaluatedProperties": {assertion, draft201909},
	"items":   {assertion, draft04},
	"minimum": {assertion, draft04}, "maximum": {assertion, draft04},
	"exclusiveMinimum": {assertion, draft04}, "exclusiveMaximum": {assertion, draft04},
	"minLength": {assertion, draft04}, "maxLength": {assertion, draft04}, "pattern": {assertion, draft04},

	"minItems": {neutral, draft04}, "uniqueItems": {neutral, draft04}, "additionalItems": {neutral, draft04},
	"unevaluatedItems": {neutral, draft201909},

	"maxItems": {refused, draft04}, "maxProperties": {refused, draft04}, "multipleOf": {refused, draft04},
	"not": {refused, draft04}, "patternProperties": {refused, draft04}, "dependencies": {refused, draft04},
	"contains": {refused, draft06}, "propertyNames": {refused, draft06},
	"if": {refused, draft07}, "then": {refused, draft07}, "else": {refused, draft07},
	"dependentRequired": {refused, draft201909}, "dependentSchemas": {refused, draft201909},
	"minContains": {refused, draft201909}, "maxContains": {refused, draft201909},
	"$recursiveRef": {refused, draft201909}, "$recursiveAnchor": {refused, draft201909},
	"prefixItems": {refused, draft202012}, "$dynamicRef": {refused, draft202012}, "$dynamicAnchor": {refused, draft202012},
}

// own says that a keyword is an annotation of its author's.
func own(name string) bool { return strings.HasPrefix(name, "x-") }

// asserts reports whether a keyword takes part in validation, or is not known.
func asserts(name string) bool {
	k, known := keywords[name]
	return !own(name) && (!known || k.role != annotation)
}

// without reports whether a keyword of role neutral has a value without effect.
func without(name string, n *node) bool {
	switch name {
	case "minItems":
		i, ok := whole(n)
		return ok && i == 0
	case "uniqueItems":
		return n.isBool(false)
	}
	return anything(n)
}

// anything reports whether a schema admits every value: true, or one without
// assertions.
func anything(n *node) bool {
	if n.kind != objectNode {
		return n.isBool(true)
	}
	for _, m := range n.members {
		if asserts(m.name) {
			return false
		}
	}
	return true
}
