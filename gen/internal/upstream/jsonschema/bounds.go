package jsonschema

import (
	"encoding/json"
	"math"
	"math/big"
	"strings"

	"github.com/secmodel/secmodel/gen/internal/pattern"
	"github.com/secmodel/secmodel/internal/model"
)

// facets reads the bounds of a scalar. Those of other kinds say nothing of it.
func (r *reader) facets(d *draftValue, kind model.Kind) []model.Facet {
	var list []model.Facet
	for _, p := range d.parts {
		switch kind {
		case model.String:
			list = r.stringFacets(list, p)
		case model.Integer, model.Number:
			list = r.numberFacets(list, p, kind)
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
	if f.MinLen != nil && f.MaxLen != nil && *f.MinLen > *f.MaxLen {
		r.fail(p.at, minAboveMax)
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

// limit is one bound of a number.
type limit struct {
	place
	value     *float64 // nil if there is no such bound
	least     bool     // a minimum, not a maximum
	exclusive bool
}

func (r *reader) numberFacets(list []model.Facet, p part, kind model.Kind) []model.Facet {
	var inclusive, exclusive, exact model.Facet
	inclusive.In, exclusive.In, exact.In = model.All, model.All, model.All
	for _, l := range r.limits(p) {
		f := &inclusive
		if l.exclusive && r.draft > draft04 {
			f = &exclusive // there may be both
		}
		switch {
		case l.value == nil:
		case kind == model.Integer && math.Abs(*l.value) >= 1<<53:
			r.narrow(&exact, l) // a float does not tell it from its neighbours
		case l.least:
			f.Min, f.ExclusiveMin = l.value, l.exclusive
		default:
			f.Max, f.ExclusiveMax = l.value, l.exclusive
		}
	}
	for _, f := range [...]model.Facet{inclusive, exclusive, exact} {
		if f.Min != nil && f.Max != nil && *f.Min > *f.Max || f.Ints != nil && f.Ints[0][0] > f.Ints[0][1] {
			r.fail(p.at, minAboveMax)
		}
		if f.Min != nil || f.Max != nil || f.Ints != nil {
			list = append(list, f)
		}
	}
	return list
}

const minAboveMax = "a minimum is greater than its maximum"

// limits reads the bounds of a number.
func (r *reader) limits(p part) []limit {
	list := []limit{{p.member("minimum"), nil, true, false}, {p.member("maximum"), nil, false, false}}
	above, below := p.member("exclusiveMinimum"), p.member("exclusiveMaximum")
	if r.draft == draft04 {
		list[0].exclusive = r.flag(above, list[0].n != nil)
		list[1].exclusive = r.flag(below, list[1].n != nil)
	} else {
		list = append(list, limit{above, nil, true, true}, limit{below, nil, false, true})
	}
	for i := range list {
		list[i].value = r.number(list[i].place)
	}
	return list
}

// narrow makes a bound the end of the range of integers that a facet admits, of
// all that have 64 bits.
func (r *reader) narrow(f *model.Facet, l limit) {
	x, ok := new(big.Rat).SetString(string(l.n.value.(json.Number)))
	if !ok {
		r.fail(l.at, "is not a number that a 64-bit float holds")
		return
	}
	if f.Ints == nil {
		f.Ints = [][2]int64{{math.MinInt64, math.MaxInt64}}
	}
	end := new(big.Int).Div(x.Num(), x.Denom()) // rounded down
	one := big.NewInt(1)
	switch {
	case l.least && (l.exclusive || !x.IsInt()):
		end.Add(end, one)
	case !l.least && l.exclusive && x.IsInt():
		end.Sub(end, one)
	}
	span := &f.Ints[0]
	switch n := end.Int64(); {
	case !end.IsInt64() && l.least == (end.Sign() > 0):
		r.fail(l.at, "admits no integer of 64 bits")
	case !end.IsInt64(): // admits them all
	case l.least:
		span[0] = max(span[0], n)
	default:
		span[1] = min(span[1], n)
	}
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

// whole reads an integer of 64 bits, however it is written.
func whole(n *node) (int64, bool) {
	number, ok := n.value.(json.Number)
	if !ok {
		return 0, false
	}
	// An exponent may stand for a million digits, which are not worth writing down.
	switch f, err := number.Float64(); {
	case err != nil || math.Abs(f) > 1<<64:
		return 0, false
	case math.Abs(f) < 0.5:
		mantissa, _, _ := strings.Cut(strings.ToLower(number.String()), "e")
		return 0, !strings.ContainsAny(mantissa, "123456789")
	}
	x, ok := new(big.Rat).SetString(number.String())
	if !ok || !x.IsInt() || !x.Num().IsInt64() {
		return 0, false
	}
	return x.Num().Int64(), true
}
