package specdiff

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/secmodel/secmodel/internal/model"
)

// used returns, for each enumeration and scalar, the attributes that have it in
// both versions, sorted. What else uses it is new, and its values and bounds
// with it, or gone.
func (c *comparer) used() map[*model.Type][]string {
	used := map[*model.Type][]string{}
	for _, t := range c.s.Types {
		if !c.both(t.In) {
			continue
		}
		for _, p := range t.Properties {
			if !c.both(p.In) || t.Class != nil && p.Name == "class_uid" || c.namesVersion(t, p) {
				continue
			}
			was, _ := p.TypeAt(c.v[0])
			is, _ := p.TypeAt(c.v[1])
			if was.Ref != is.Ref {
				continue
			}
			// What a scalar narrows binds its values, too.
			for typ := c.types[is.Ref]; typ != nil && typ.Kind != model.Object; typ = c.types[typ.Super] {
				used[typ] = append(used[typ], t.NameAt(c.v[1])+"."+p.Name)
			}
		}
	}
	for _, list := range used {
		slices.Sort(list)
	}
	return used
}

// namesVersion reports whether documents name their version in the attribute.
func (c *comparer) namesVersion(t *model.Type, p *model.Property) bool {
	at := c.s.VersionAt
	if len(at) == 0 || at[len(at)-1] != p.Name {
		return false
	}
	for _, root := range c.s.Types {
		if root.Class == nil {
			continue
		}
		owner := root
		for _, name := range at[:len(at)-1] {
			var step *model.Property
			if owner != nil {
				step = owner.Property(name)
			}
			if step == nil {
				owner = nil
				break
			}
			owner = c.types[step.Type.Ref]
		}
		if owner == t {
			return true
		}
	}
	return false
}

// scalar compares an enumeration or another scalar.
func (c *comparer) scalar(t *model.Type) []Change {
	return slices.Concat(
		differ(Renamed, t.NameAt(c.v[0]), t.NameAt(c.v[1])),
		c.deprecation(t.Deprecated),
		c.observable(t.Observable),
		c.values(t),
		c.bounds(boundsAt(t, c.v[0]), boundsAt(t, c.v[1])),
	)
}

// values compares the values of an enumeration.
func (c *comparer) values(t *model.Type) []Change {
	was, is := t.ValuesAt(c.v[0]), t.ValuesAt(c.v[1])
	switch {
	case len(was) == 0 && len(is) > 0:
		return []Change{{Kind: Values, Before: "any", After: count(len(is), "value"), Breaks: Breaks{Producers: true}}}
	case len(was) > 0 && len(is) == 0:
		return []Change{{Kind: Values, Before: count(len(was), "value"), After: "any"}}
	}
	var list []Change
	for _, x := range t.Values {
		var changes []Change
		switch kind, compare := c.presence(x.In); {
		case kind == Added:
			changes = []Change{{Kind: Added, After: x.TitleAt(c.v[1])}}
		case kind == Removed:
			changes = []Change{{Kind: Removed, Before: x.TitleAt(c.v[0]), Breaks: Breaks{Producers: true}}}
		case compare:
			changes = append(differ(Caption, x.TitleAt(c.v[0]), x.TitleAt(c.v[1])), c.deprecation(x.Deprecated)...)
		}
		for i := range changes {
			changes[i].Value = valueText(t, x)
		}
		list = append(list, changes...)
	}
	return list
}

func valueText(t *model.Type, x model.Value) string {
	if t.Kind == model.Integer {
		return strconv.FormatInt(x.Int, 10)
	}
	return x.Str
}

// bounds are the bounds of a scalar in one version, by keyword, as text. Of a
// keyword that several facets have, all hold.
type bounds map[string][]string

// The keywords of bounds, in the order in which changes name them.
var boundKeywords = [...]string{"pattern", "format", "minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum", "minLength", "maxLength", "ranges"}

func boundsAt(t *model.Type, v int) bounds {
	b := bounds{}
	add := func(keyword, text string) {
		if !slices.Contains(b[keyword], text) {
			b[keyword] = append(b[keyword], text)
		}
	}
	number := func(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
	for _, f := range t.Facets {
		if !f.In.Has(v) {
			continue
		}
		if f.Pattern != "" {
			add("pattern", f.Pattern)
		}
		if f.Format != "" {
			add("format", f.Format)
		}
		switch {
		case f.Min != nil && f.ExclusiveMin:
			add("exclusiveMinimum", number(*f.Min))
		case f.Min != nil:
			add("minimum", number(*f.Min))
		}
		switch {
		case f.Max != nil && f.ExclusiveMax:
			add("exclusiveMaximum", number(*f.Max))
		case f.Max != nil:
			add("maximum", number(*f.Max))
		}
		if f.MinLen != nil {
			add("minLength", strconv.Itoa(*f.MinLen))
		}
		if f.MaxLen != nil {
			add("maxLength", strconv.Itoa(*f.MaxLen))
		}
		if f.Ints != nil {
			text, _ := json.Marshal(f.Ints) // integers can always be written
			add("ranges", string(text))
		}
	}
	for _, list := range b {
		slices.Sort(list)
	}
	return b
}

// bounds compares the bounds of a scalar.
func (c *comparer) bounds(was, is bounds) []Change {
	var list []Change
	for _, keyword := range boundKeywords {
		changes := differ(Bound, boundText(was[keyword]), boundText(is[keyword]))
		for i := range changes {
			changes[i].Bound = keyword
			changes[i].Breaks.Producers = c.tighter(keyword, was, is)
		}
		list = append(list, changes...)
	}
	return list
}

func boundText(list []string) string {
	if len(list) == 0 {
		return "none"
	}
	return strings.Join(list, " and ")
}

// tighter reports whether a keyword has a value that may be within the bounds
// before, and is not after. Of two patterns nobody knows which one matches more.
func (c *comparer) tighter(keyword string, was, is bounds) bool {
	before, after := was[keyword], is[keyword]
	switch keyword {
	case "format":
		return false // an annotation
	case "pattern":
		return !c.s.PatternWarning && !subset(after, before)
	case "ranges":
		return !within(before, after)
	}
	if len(after) == 0 {
		return false
	}
	switch keyword {
	case "minimum", "exclusiveMinimum":
		return limit(is, "minimum", "exclusiveMinimum", 1).beyond(limit(was, "minimum", "exclusiveMinimum", 1))
	case "maximum", "exclusiveMaximum":
		return limit(is, "maximum", "exclusiveMaximum", -1).beyond(limit(was, "maximum", "exclusiveMaximum", -1))
	case "minLength":
		return limit(is, keyword, "", 1).beyond(limit(was, keyword, "", 1))
	}
	return limit(is, keyword, "", -1).beyond(limit(was, keyword, "", -1))
}

// edge is the lower limit of a value, or the upper one with its sign turned.
type edge struct {
	at       float64 // -Inf if there is none
	excluded bool
}

// limit returns the tightest limit of those that two keywords give. sign is -1
// for upper limits.
func limit(b bounds, inclusive, exclusive string, sign float64) edge {
	e := edge{at: math.Inf(-1)}
	for _, f := range numbers(b[inclusive]) {
		e.at = max(e.at, sign*f)
	}
	for _, f := range numbers(b[exclusive]) {
		if sign*f >= e.at {
			e = edge{sign * f, true}
		}
	}
	return e
}

// beyond reports whether e leaves values out that o admits.
func (e edge) beyond(o edge) bool { return e.at > o.at || e.at == o.at && e.excluded && !o.excluded }

func numbers(list []string) []float64 {
	var all []float64
	for _, text := range list {
		f, _ := strconv.ParseFloat(text, 64) // written from one
		all = append(all, f)
	}
	return all
}

// within reports whether all integers of the ranges was are in each of the
// lists of ranges is.
func within(was, is []string) bool {
	if len(was) == 0 {
		return len(is) == 0
	}
	parse := func(text string) (list [][2]int64) {
		_ = json.Unmarshal([]byte(text), &list) // written from one
		return list
	}
	for _, after := range is {
		for _, r := range parse(was[0]) {
			if !slices.ContainsFunc(parse(after), func(o [2]int64) bool { return o[0] <= r[0] && r[1] <= o[1] }) {
				return false
			}
		}
	}
	return true
}

// typeBreaks says whom the change of an attribute's type breaks.
func (c *comparer) typeBreaks(was, is model.TypeRef) Breaks {
	a, b := c.types[was.Ref], c.types[is.Ref]
	if a != nil && b != nil && a.Kind == model.Object && b.Kind == model.Object {
		return Breaks{Producers: true, Consumers: true} // whatever they have in common
	}
	before, after := c.forms(was), c.forms(is)
	return Breaks{
		Producers: !subset(before, after) || c.narrower(a, b),
		Consumers: !subset(after, before),
	}
}

// forms returns the JSON types of the values of a type. Integers are numbers.
func (c *comparer) forms(ref model.TypeRef) []string {
	if t := c.types[ref.Ref]; t != nil {
		ref.Kind, ref.Forms = t.Kind, t.Forms
	}
	switch {
	case ref.Kind == model.IntOrString:
		return []string{"integer", "string"}
	case ref.Kind == model.Number:
		return []string{"integer", "number"}
	case ref.Kind != model.Any:
		return []string{string(ref.Kind)}
	case ref.Forms == nil:
		return []string{"object", "array", "string", "integer", "number", "boolean", "null"}
	}
	forms := slices.Clone(ref.Forms)
	if slices.Contains(forms, "number") {
		forms = append(forms, "integer")
	}
	return forms
}

// narrower reports whether a value of the scalar a, which may be nil, in the
// older version may be beyond the values and bounds of b in the newer one.
func (c *comparer) narrower(a, b *model.Type) bool {
	if b == nil || b.Kind == model.Object {
		return false
	}
	var values []string
	if a != nil {
		for _, x := range a.ValuesAt(c.v[0]) {
			values = append(values, valueText(a, x))
		}
	}
	var admitted []string
	for _, x := range b.ValuesAt(c.v[1]) {
		admitted = append(admitted, valueText(b, x))
	}
	if admitted != nil && (values == nil || !subset(values, admitted)) {
		return true
	}
	was, is := c.allBounds(a, c.v[0]), c.allBounds(b, c.v[1])
	return values == nil && slices.ContainsFunc(boundKeywords[:], func(k string) bool { return c.tighter(k, was, is) })
}

// allBounds are the bounds of a scalar and of those that it narrows.
func (c *comparer) allBounds(t *model.Type, v int) bounds {
	all := bounds{}
	for ; t != nil; t = c.types[t.Super] {
		for keyword, list := range boundsAt(t, v) {
			all[keyword] = append(all[keyword], list...)
		}
	}
	return all
}
