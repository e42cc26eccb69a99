package jsonschema

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/secmodel/secmodel/gen/internal/emit"
	"github.com/secmodel/secmodel/internal/model"
)

// literal is one value of an enumeration.
type literal struct {
	kind  string // JSON type
	model model.Value
	truth bool
	at    string
}

// literalKey is equal for equal values of the types that enumerations can have,
// and different for all others.
type literalKey struct {
	kind, str string
	int       int64
	truth     bool
	at        string
}

func (l literal) key() literalKey {
	k := literalKey{kind: l.kind, str: l.model.Str, int: l.model.Int, truth: l.truth}
	if l.kind == "number" || l.kind == "array" || l.kind == "object" {
		k.at = l.at
	}
	return k
}

// literal reads one value.
func (r *reader) literal(p place) literal {
	l := literal{at: p.at, model: model.Value{In: model.All}}
	switch x := p.n.value.(type) {
	case string:
		l.kind, l.model.Str = "string", x
	case json.Number:
		l.kind = "number"
		if i, ok := whole(p.n); ok {
			l.kind, l.model.Int = "integer", i
		}
	case bool:
		l.kind, l.truth = "boolean", x
	case nil:
		l.kind = [...]string{scalarNode: "null", arrayNode: "array", objectNode: "object"}[p.n.kind]
	}
	return l
}

// enumeration reads "enum" and "const".
func (r *reader) enumeration(d *draftValue, p part) {
	if e := p.member("enum"); e.n != nil {
		d.admit(r.enumValues(e))
	}
	if c := p.member("const"); c.n != nil {
		d.admit([]literal{r.literal(c)})
	}
}

func (r *reader) enumValues(e place) []literal {
	if e.n.kind != arrayNode || len(e.n.elems) == 0 {
		r.fail(e.at, "is not an array of values")
		return nil
	}
	var list []literal
	seen := map[literalKey]bool{}
	for i := range e.n.elems {
		if l := r.literal(e.elem(i)); !seen[l.key()] {
			seen[l.key()] = true
			list = append(list, l)
		}
	}
	return list
}

// admit keeps the values that are in list too.
func (d *draftValue) admit(list []literal) {
	if d.closed {
		before := map[literalKey]bool{}
		for _, l := range d.values {
			before[l.key()] = true
		}
		list = slices.DeleteFunc(list, func(l literal) bool { return !before[l.key()] })
	}
	d.values, d.closed = list, true
}

// valueUnion is a union of values, each with its caption.
func (r *reader) valueUnion(d *draftValue, u place, one bool) {
	var list []literal
	seen := map[literalKey]bool{}
	for i := range u.n.elems {
		branch := u.elem(i)
		var values []literal
		if c := branch.member("const"); c.n != nil {
			l := r.literal(c)
			l.model.Title, l.model.Go = title(branch.n), branch.n.text("x-go")
			values = []literal{l}
		} else {
			values = r.enumValues(branch.member("enum"))
		}
		if t, ok := r.typeList(branch); ok {
			values = slices.DeleteFunc(values, func(l literal) bool { return !t.has(l.kind) })
		}
		for _, l := range values {
			if !seen[l.key()] {
				seen[l.key()] = true
				list = append(list, l)
			} else if one {
				r.fail(l.at, "the value is in another alternative of the oneOf too, which makes it invalid; leave it out")
			}
		}
	}
	d.admit(list)
}

// enum is a value of an enumeration.
func (r *reader) enum(d *draftValue, v *value) {
	kind := ""
	var values []model.Value
	v.null = false
	for _, l := range d.values {
		switch {
		case !d.types.has(l.kind):
			continue
		case l.kind == "null":
			v.null = true
			continue
		case l.kind != "string" && l.kind != "integer" && l.kind != "boolean":
			r.fail(l.at, "an enumeration is of strings, of integers of 64 bits, or of both booleans")
			return
		case kind != "" && kind != l.kind:
			r.fail(l.at, "an enumeration of values of different types is not supported")
			return
		}
		kind = l.kind
		values = append(values, l.model)
	}
	if kind == "string" {
		nameEmpty(values)
	}
	switch {
	case kind == "":
		r.fail(d.at, "no value satisfies the enumeration, or none but null")
	case kind == "boolean" && len(values) == 2:
		v.ref = model.TypeRef{Kind: model.Boolean}
	case kind == "boolean":
		r.fail(d.at, "a boolean that has only one value is not supported")
	default:
		r.named(d, v, &model.Type{Kind: model.Kind(kind), Values: values, Facets: r.facets(d, model.Kind(kind))})
	}
}

// nameEmpty gives the empty string among the values of an enumeration a Go name
// that no other has.
func nameEmpty(values []model.Value) {
	taken := map[string]bool{}
	for i := range values {
		taken[values[i].Go], taken[emit.GoName(values[i].Str)] = true, true
	}
	for i := range values {
		if v := &values[i]; v.Str == "" && v.Go == "" {
			v.Go = "Empty"
			for n := 2; taken[v.Go]; n++ {
				v.Go = fmt.Sprint("Empty", n)
			}
		}
	}
}

// scalar is a string, number or boolean.
func (r *reader) scalar(d *draftValue, v *value, kind model.Kind) {
	v.ref = model.TypeRef{Kind: kind}
	if facets := r.facets(d, kind); facets != nil {
		r.named(d, v, &model.Type{Kind: kind, Facets: facets})
	}
}

// named gives a value a type of its own.
func (r *reader) named(d *draftValue, v *value, t *model.Type) {
	t.Name = r.name(d.id, d.at)
	t.In = model.All
	for _, p := range d.parts {
		if own := title(p.n); own != "" && (t.Title == "" || p.at == d.at) {
			t.Title = own
		}
		if p.at == d.at && isDefinition(p.at) && (t.Kind == model.Object || t.Values != nil) {
			t.Go = r.chosen([]place{p.place}) // other scalars have no type in Go
		}
	}
	v.ref = model.TypeRef{Ref: t.Name}
	r.types[t.Name] = t
}
