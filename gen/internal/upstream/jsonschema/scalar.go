package jsonschema

import (
	"encoding/json"
	"math"
	"math/big"
	"slices"

	"github.com/secmodel/secmodel/gen/internal/pattern"
	"github.com/secmodel/secmodel/internal/model"
)

// literal is one value of an enumeration.
type literal struct {
	kind  string // JSON type
	model model.Value
	truth bool
	at    string
}

// equal compares values of the types that enumerations can have.
func (l literal) equal(o literal) bool {
	return slices.Contains([]string{"string", "integer", "boolean", "null"}, l.kind) && l.kind == o.kind && l.model.Str == o.model.Str && l.model.Int == o.model.Int && l.truth == o.truth
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

// whole reads an integer of 64 bits, however it is written.
func whole(n *node) (int64, bool) {
	number, ok := n.value.(json.Number)
	if !ok {
		return 0, false
	}
	x, ok := new(big.Rat).SetString(number.String())
	if !ok || !x.IsInt() || !x.Num().IsInt64() {
		return 0, false
	}
	return x.Num().Int64(), true
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
	for i := range e.n.elems {
		if l := r.literal(e.elem(i)); !slices.ContainsFunc(list, l.equal) {
			list = append(list, l)
		}
	}
	return list
}

// admit keeps the values that are in list too.
func (d *draftValue) admit(list []literal) {
	if d.closed {
		list = slices.DeleteFunc(list, func(l literal) bool { return !slices.ContainsFunc(d.values, l.equal) })
	}
	d.values, d.closed = list, true
}

// valueUnion is a union of values, each with its caption.
func (r *reader) valueUnion(d *draftValue, u place, one bool) {
	var list []literal
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
			if !slices.ContainsFunc(list, l.equal) {
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
		if l.kind == "string" && l.model.Str == "" && l.model.Go == "" {
			l.model.Go = "Empty"
		}
		values = append(values, l.model)
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
		if p.at == d.at && isDefinition(p.at) {
			t.Go = p.n.text("x-go")
		}
	}
	v.ref = model.TypeRef{Ref: t.Name}
	r.types[t.Name] = t
}

// facets reads the bounds of a scalar. Those of other kinds say nothing of it.
func (r *reader) facets(d *draftValue, kind model.Kind) []model.Facet {
	var list []model.Facet
	for _, p := range d.parts {
		switch kind {
		case model.String:
			list = r.stringFacets(list, p)
		case model.Integer, model.Number:
			list = r.numberFacets(list, p)
		}
	}
	return list
}

func (r *reader) stringFacets(list []model.Facet, p part) []model.Facet {
	f := model.Facet{In: model.All, MinLen: r.length(p.member("minLength")), MaxLen: r.length(p.member("maxLength"))}
	if f.MinLen != nil && *f.MinLen == 0 {
		f.MinLen = nil
	}
	if x := p.member("pattern"); x.n != nil {
		expr, ok := x.n.value.(string)
		if !ok {
			r.fail(x.at, "is not a string")
		} else if _, err := pattern.Compile(expr); err != nil {
			r.fail(x.at, "is not supported: %v", err)
		} else {
			f.Pattern = expr
		}
	}
	if f.MinLen == nil && f.MaxLen == nil && f.Pattern == "" {
		return list
	}
	return append(list, f)
}

// length reads a number of things, nil if there is none.
func (r *reader) length(p place) *int {
	if p.n == nil {
		return nil
	}
	i, ok := whole(p.n)
	if !ok || i < 0 || i > 1<<30 {
		r.fail(p.at, "is not an integer from 0 to %d", 1<<30)
		return nil
	}
	return new(int(i))
}

func (r *reader) number(p place) *float64 {
	if p.n == nil {
		return nil
	}
	number, ok := p.n.value.(json.Number)
	x, err := number.Float64()
	if !ok || err != nil || math.IsInf(x, 0) {
		r.fail(p.at, "is not a number that a 64-bit float holds")
		return nil
	}
	return &x
}

func (r *reader) numberFacets(list []model.Facet, p part) []model.Facet {
	f := model.Facet{In: model.All, Min: r.number(p.member("minimum")), Max: r.number(p.member("maximum"))}
	exclusive := model.Facet{In: model.All}
	if least, most := p.member("exclusiveMinimum"), p.member("exclusiveMaximum"); r.draft == draft04 {
		f.ExclusiveMin = r.flag(least, f.Min != nil)
		f.ExclusiveMax = r.flag(most, f.Max != nil)
	} else {
		exclusive.Min, exclusive.Max = r.number(least), r.number(most)
		exclusive.ExclusiveMin, exclusive.ExclusiveMax = exclusive.Min != nil, exclusive.Max != nil
	}
	for _, f := range [...]model.Facet{f, exclusive} {
		if f.Min != nil && f.Max != nil && *f.Min > *f.Max {
			r.fail(p.at, "a minimum is greater than its maximum")
		}
		if f.Min != nil || f.Max != nil {
			list = append(list, f)
		}
	}
	return list
}

// flag reads the boolean that made a bound exclusive in draft-04.
func (r *reader) flag(p place, bound bool) bool {
	if p.n == nil {
		return false
	}
	b, ok := p.n.value.(bool)
	if !ok || !bound {
		r.fail(p.at, "is not a boolean beside the bound, as draft-04 has it")
	}
	return b
}
