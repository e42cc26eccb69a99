package jsonschema

import (
	"slices"
	"strings"

	"github.com/secmodel/secmodel/internal/model"
)

// value is what a schema says of a value.
type value struct {
	ref       model.TypeRef
	array     bool // of ref
	null      bool // null is a value too
	nullItems bool // null is one of the elements
}

// free reports whether every value is admitted.
func (v *value) free() bool {
	return !v.array && v.null && v.ref.Ref == "" && v.ref.Kind == model.Any && v.ref.Forms == nil
}

// forms are the JSON types, in the order in which the model lists them. "null"
// is no form: it is noted apart.
var forms = [...]string{"object", "array", "string", "integer", "number", "boolean"}

// types is a set of JSON types; nil is the set of all.
type types []string

func (t types) has(name string) bool {
	return t == nil || slices.Contains(t, name) || name == "integer" && slices.Contains(t, "number")
}

// some reports whether values of a type are in the set, be it not all.
func (t types) some(name string) bool {
	return t.has(name) || name == "number" && t.has("integer")
}

// and gives the types that two sets have in common.
func (t types) and(u types) types {
	if t == nil || u == nil {
		return append(t, u...)
	}
	common := types{}
	for _, name := range append(forms[:], "null") {
		if t.has(name) && u.has(name) {
			common = append(common, name)
		}
	}
	return common.reduced()
}

// apartFromNull leaves null out; the set of all types stays that.
func (t types) apartFromNull() types {
	return slices.DeleteFunc(slices.Clone(t), func(name string) bool { return name == "null" })
}

// draftValue is a value in the making: all that the parts of a conjunction say.
type draftValue struct {
	parts   []part
	types   types
	values  []literal // of an enumeration
	closed  bool      // values holds
	other   place     // what a union with null has beside it
	strict  bool      // that union is a oneOf
	require []model.Constraint

	id   string // identifies the conjunction
	at   string // a place that has it
	root bool   // it is a document
}

// separator stands between the pointers that identify a conjunction. None has it
// in it: there, a tilde is always followed by a digit.
const separator = "~ "

// The schemas that refer to each other in a circle may combine in more ways than
// any memory holds: so many values may be inside each other, and so many bytes may
// identify them all.
const (
	maxValues  = 10_000
	maxWritten = 1 << 27
)

// value reads what schemas that all hold say of a value. root says that it is
// that of a document, which is an object even where the schema does not say so.
func (r *reader) value(places []place, root bool) *value {
	var key []string
	var distinct []place
	for _, p := range places {
		if p = r.follow(p); !slices.Contains(key, p.at) {
			key = append(key, p.at)
			distinct = append(distinct, p)
		}
	}
	d := &draftValue{id: strings.Join(key, separator), at: key[0], root: root}
	if len(distinct) > 1 {
		d.at = places[len(places)-1].at // where it is narrowed last
	}
	if v, known := r.values[d.id]; known {
		if d.id == r.assumed && !root {
			r.fail(d.at, `is the document and, by a $ref, a value in it; its "type" must therefore say that it is an object`)
		}
		if v == nil {
			return r.recur(d)
		}
		return v
	}
	v := &value{ref: model.TypeRef{Kind: model.Any}}
	if r.written += len(d.id); r.depth == maxValues || r.written > maxWritten {
		r.exhausted = true
	}
	if r.exhausted {
		return v
	}
	r.depth++
	defer func() { r.depth-- }()
	r.values[d.id] = nil
	d.parts = r.conjunction(distinct)
	for _, p := range d.parts {
		r.typeOf(d, p)
		r.enumeration(d, p)
		r.unions(d, p)
	}
	if root && !slices.Equal(d.types.apartFromNull(), types{"object"}) {
		d.types = d.types.and(types{"object"})
		r.assumed = d.id
	}
	r.finish(d, v)
	r.values[d.id] = v
	return v
}

// recur reads an array or union again that is reached from what it contains. An
// object on the way is known by then, and ends the recursion.
func (r *reader) recur(d *draftValue) *value {
	compose := r.again[d.id]
	if compose == nil {
		r.fail(d.at, "an array or union that contains nothing but itself is not supported")
		return &value{ref: model.TypeRef{Kind: model.Any}}
	}
	delete(r.again, d.id)
	v := compose()
	r.again[d.id] = compose
	return v
}

// typeOf reads "type".
func (r *reader) typeOf(d *draftValue, p part) {
	if t, ok := r.typeList(p.place); ok {
		d.types = d.types.and(t)
	}
}

func (r *reader) typeList(p place) (list types, ok bool) {
	t := p.member("type")
	if t.n == nil {
		return nil, false
	}
	names := []*node{t.n}
	if t.n.kind == arrayNode {
		names = t.n.elems
	}
	list = types{}
	for _, n := range names {
		name, _ := n.value.(string)
		if name != "null" && !slices.Contains(forms[:], name) {
			list = nil
			break
		}
		list = append(list, name)
	}
	if len(list) == 0 {
		r.fail(t.at, "is not a type of JSON Schema, or a list of some")
		return nil, false
	}
	return list.reduced(), true
}

// reduced leaves integer out where it is among the numbers.
func (t types) reduced() types {
	if !slices.Contains(t, "number") {
		return t
	}
	return slices.DeleteFunc(t, func(name string) bool { return name == "integer" })
}

// finish decides what a value is.
func (r *reader) finish(d *draftValue, v *value) {
	if d.other.n != nil {
		r.nullable(d, v)
		return
	}
	v.null = d.types.has("null")
	if d.closed {
		r.enum(d, v)
		return
	}
	kinds := d.types.apartFromNull()
	switch {
	case d.types == nil:
		r.mixed(d, v, kinds)
	case len(kinds) == 0 && v.null:
		r.fail(d.at, "a value that can only be null is not supported")
	case len(kinds) == 0:
		r.fail(d.at, "no value has all the types that are asked for")
	case len(kinds) > 1:
		r.mixed(d, v, kinds)
	case kinds[0] == "object":
		r.object(d, v)
	case kinds[0] == "array":
		r.array(d, v)
	default:
		r.scalar(d, v, model.Kind(kinds[0]))
	}
}

// nullable is the union of null and another schema.
func (r *reader) nullable(d *draftValue, v *value) {
	for _, p := range d.parts {
		for _, m := range p.n.members {
			if asserts(m.name) && m.name != "anyOf" && m.name != "oneOf" && m.name != "allOf" && m.name != "$ref" {
				r.fail(p.at+"/"+escape(m.name), "is not supported beside a union with null")
				return
			}
		}
	}
	if d.closed || d.require != nil || d.types != nil {
		r.fail(d.at, "a union with null is not supported beside another union, or in a document's own schema")
		return
	}
	r.again[d.id] = func() *value {
		both := *r.value([]place{d.other}, false)
		if both.null && d.strict {
			r.fail(d.at, "a oneOf of null and a schema that admits null too refuses null; write it without the union")
		}
		both.null = true
		return &both
	}
	*v = *r.again[d.id]()
}

// mixed is a value of several JSON types; of any if kinds is nil.
func (r *reader) mixed(d *draftValue, v *value, kinds []string) {
	for _, p := range d.parts {
		for _, m := range p.n.members {
			if name := typeOfKeyword[m.name]; name != "" && d.types.some(name) && !idle(m) {
				r.fail(p.at+"/"+escape(m.name), `is supported only where "type" is %q, alone or with "null"`, name)
			}
		}
	}
	if d.require != nil && d.types.has("object") {
		r.fail(d.at, `required attributes are supported only where "type" is "object", alone or with "null"`)
	}
	var list []string // without integer
	for _, name := range forms {
		if name != "integer" && slices.Contains(kinds, name) {
			list = append(list, name)
		}
	}
	whole := slices.Contains(kinds, "integer")
	switch {
	case whole && slices.Equal(list, []string{"string"}):
		v.ref.Kind = model.IntOrString
	case whole:
		r.fail(d.at, `the type "integer" is supported alone, and beside "string" and "null", but not beside %q`, list)
	case len(list) < len(forms)-1:
		v.ref.Forms = list
	}
}

// typeOfKeyword gives the JSON type whose values a keyword is about.
var typeOfKeyword = map[string]string{
	"properties": "object", "required": "object", "additionalProperties": "object", "minProperties": "object",
	"unevaluatedProperties": "object",
	"items":                 "array",
	"minimum":               "number", "maximum": "number", "exclusiveMinimum": "number", "exclusiveMaximum": "number",
	"minLength": "string", "maxLength": "string", "pattern": "string",
}

// idle reports whether a keyword has a value without effect.
func idle(m member) bool {
	switch m.name {
	case "additionalProperties", "unevaluatedProperties", "items":
		return anything(m.value)
	case "minLength", "minProperties":
		i, ok := whole(m.value)
		return ok && i == 0
	case "required":
		return m.value.kind == arrayNode && len(m.value.elems) == 0
	}
	return false
}

// array is an array; one of anything is not read into.
func (r *reader) array(d *draftValue, v *value) {
	var items []place
	for _, p := range d.parts {
		if x := p.member("items"); x.n != nil {
			if x.n.kind == arrayNode {
				r.fail(x.at, "a list of schemas, one for each element, is not supported")
				continue
			}
			if r.draft == draft04 && x.n.kind != objectNode {
				r.fail(x.at, "is not a schema")
				continue
			}
			items = append(items, x)
		}
	}
	v.ref = model.TypeRef{Kind: model.Any, Forms: []string{"array"}}
	if len(items) == 0 {
		return
	}
	null, anything := v.null, v.ref
	r.again[d.id] = func() *value {
		elem := r.value(items, false)
		switch {
		case elem.free():
			return &value{ref: anything, null: null}
		case elem.array:
			r.fail(items[0].at, "an array of arrays is not supported, unless its elements are arrays of anything")
		}
		return &value{ref: elem.ref, array: true, null: null, nullItems: elem.null}
	}
	*v = *r.again[d.id]()
}
