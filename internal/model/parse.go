package model

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Parse reads an annotated schema in the format of schemas/README.md. It is
// strict: an unknown or misplaced keyword, a reference to a definition that
// does not exist, a malformed version set, a name that occurs twice, and all
// else that makes no sense is an error, and all are returned together, each
// with its place as a JSON Pointer. Definitions may stand in any order; in the
// result they are ordered by name.
func Parse(data []byte) (*Schema, error) {
	root, err := parseNode(data)
	if err != nil {
		return nil, err
	}
	r := &reader{}
	s := r.schema(root)
	if r.errs != nil {
		return nil, errors.Join(r.errs...)
	}
	if err := s.check(); err != nil {
		return nil, err
	}
	return s, nil
}

// reader collects what is wrong and goes on, so that one run names every fault.
type reader struct {
	versions []Version
	errs     []error
}

func (r *reader) fail(at, format string, args ...any) {
	r.errs = append(r.errs, fmt.Errorf("%s: %s", at, fmt.Sprintf(format, args...)))
}

// fields is an object being read: take finds a member, done complains about
// those that nobody took.
type fields struct {
	r     *reader
	at    string // JSON Pointer of the object
	n     *node
	taken map[string]bool
}

func (r *reader) open(n *node, at string) *fields {
	if n.kind != objectNode {
		r.fail(at, "is %v, want an object", n)
		n = object()
	}
	return &fields{r: r, at: at, n: n, taken: map[string]bool{}}
}

// take returns the value of a keyword, nil if it is absent.
func (f *fields) take(key string) *node {
	for _, m := range f.n.members {
		if m.name == key {
			f.taken[key] = true
			return m.value
		}
	}
	return nil
}

// has reports whether a keyword is present, without taking it.
func (f *fields) has(key string) bool {
	return slices.ContainsFunc(f.n.members, func(m member) bool { return m.name == key })
}

func (f *fields) done() {
	for _, m := range f.n.members {
		if !f.taken[m.name] {
			f.r.fail(f.at, "unknown or misplaced keyword %q", m.name)
		}
	}
}

func (f *fields) failAt(key, format string, args ...any) {
	f.r.fail(f.at+"/"+escape(key), format, args...)
}

// text returns a string that is not empty, "" if the keyword is absent.
func (f *fields) text(key string) string {
	n := f.take(key)
	switch {
	case n == nil:
		return ""
	case n.kind != stringNode:
		f.failAt(key, "is %v, want a string", n)
	case n.text == "":
		f.failAt(key, "is empty")
	}
	return n.text
}

// need is text for a keyword that must be present.
func (f *fields) need(key string) string {
	if !f.has(key) {
		f.r.fail(f.at, "%q is missing", key)
	}
	return f.text(key)
}

func (f *fields) bool(key string) (value, ok bool) {
	n := f.take(key)
	if n == nil {
		return false, false
	}
	if n.kind != literalNode || n.text != "true" && n.text != "false" {
		f.failAt(key, "is %v, want a boolean", n)
	}
	return n.text == "true", true
}

func (f *fields) int(key string) *int64 {
	n := f.take(key)
	if n == nil {
		return nil
	}
	return f.r.int(n, f.at+"/"+escape(key))
}

func (r *reader) int(n *node, at string) *int64 {
	i, err := strconv.ParseInt(n.text, 10, 64)
	if n.kind != literalNode || err != nil {
		r.fail(at, "is not an integer of 64 bits")
	}
	return &i
}

// length returns a number of things.
func (f *fields) length(key string) *int {
	i := f.int(key)
	if i == nil {
		return nil
	}
	if *i < 0 || *i > maxNumber {
		f.failAt(key, "is out of range")
	}
	return new(int(*i))
}

func (f *fields) float(key string) *float64 {
	n := f.take(key)
	if n == nil {
		return nil
	}
	x, err := strconv.ParseFloat(n.text, 64)
	if n.kind != literalNode || err != nil {
		f.failAt(key, "is not a number")
	}
	return &x
}

// list returns the elements of an array, which must not be empty.
func (f *fields) list(key string) []*node {
	n := f.take(key)
	if n == nil {
		return nil
	}
	if n.kind != arrayNode {
		f.failAt(key, "is %v, want an array", n)
	} else if len(n.elems) == 0 {
		f.failAt(key, "is empty")
	}
	return n.elems
}

func (f *fields) strings(key string) []string {
	return f.r.strings(f.list(key), f.at+"/"+escape(key))
}

func (r *reader) strings(elems []*node, at string) []string {
	var list []string
	for i, e := range elems {
		if e.kind != stringNode || e.text == "" {
			r.fail(at+"/"+strconv.Itoa(i), "is not a string, or empty")
		} else if slices.Contains(list, e.text) {
			r.fail(at, "%q occurs twice", e.text)
		}
		list = append(list, e.text)
	}
	return list
}

// objects calls read for every element of an array of objects.
func (f *fields) objects(key string, read func(*fields)) {
	for i, e := range f.list(key) {
		o := f.r.open(e, f.at+"/"+escape(key)+"/"+strconv.Itoa(i))
		read(o)
		o.done()
	}
}

// set reads a version set, or gives absent if there is none.
func (f *fields) set(key string, absent Set) Set {
	if !f.has(key) {
		return absent
	}
	text := f.text(key)
	s, err := ParseSet(text, f.r.versions)
	if err != nil {
		f.failAt(key, "%v", err)
	} else if s == 0 && text != "" {
		f.failAt(key, "is empty")
	}
	return s
}

func (f *fields) in() Set { return f.set("x-in", All) }

// ranged reads a list of {"x-in", "value"}.
func ranged[T any](f *fields, key string, value func(*fields) T) []Ranged[T] {
	var list []Ranged[T]
	f.objects(key, func(e *fields) {
		if !e.has("value") {
			e.r.fail(e.at, `"value" is missing`)
		}
		list = append(list, Ranged[T]{In: e.in(), Value: value(e)})
	})
	return list
}

func rangedText(f *fields) string { return f.text("value") }

func rangedInt(f *fields) int {
	if i := f.length("value"); i != nil {
		return *i
	}
	return 0
}

// rangedProfiles reads a list, which may be empty, or null.
func rangedProfiles(f *fields) []string {
	n := f.take("value")
	switch {
	case n == nil || n.kind == literalNode && n.text == "null":
		return nil
	case n.kind != arrayNode:
		f.failAt("value", "is %v, want an array or null", n)
	}
	return append([]string{}, f.r.strings(n.elems, f.at+"/value")...)
}

func (f *fields) deprecated() []Deprecation {
	var list []Deprecation
	f.objects("x-deprecated", func(e *fields) {
		list = append(list, Deprecation{In: e.in(), Since: e.text("since")})
	})
	return list
}

func (r *reader) schema(root *node) *Schema {
	f := r.open(root, "#")
	s := &Schema{}
	if dialect := f.need("$schema"); dialect != Dialect {
		f.failAt("$schema", "is %q, want %q", dialect, Dialect)
	}
	s.Title = f.text("title")
	s.Format = f.need("x-format")
	f.objects("x-versions", func(v *fields) {
		preview, _ := v.bool("preview")
		s.Versions = append(s.Versions, Version{Name: v.need("name"), Preview: preview})
	})
	r.versions = s.Versions
	s.VersionAt = f.strings("x-version-at")
	if null := f.text("x-null"); null != "" {
		s.NullAbsent = true
		if null != "absent" {
			f.failAt("x-null", `is %q, want "absent"`, null)
		}
	}
	if pattern := f.text("x-pattern"); pattern != "" {
		s.PatternWarning = true
		if pattern != "warning" {
			f.failAt("x-pattern", `is %q, want "warning"`, pattern)
		}
	}
	if integer := f.text("x-integer"); integer != "" {
		s.Int64 = true
		if integer != "int64" {
			f.failAt("x-integer", `is %q, want "int64"`, integer)
		}
	}
	f.objects("x-profiles", func(p *fields) {
		s.Profiles = append(s.Profiles, Profile{Name: p.need("name"), Title: p.text("title"), In: p.in()})
	})
	if defs := f.take("$defs"); defs != nil {
		for _, m := range r.open(defs, "#/$defs").n.members {
			s.Types = append(s.Types, r.typ(m.name, m.value))
		}
	}
	slices.SortFunc(s.Types, func(a, b *Type) int { return strings.Compare(a.Name, b.Name) })
	f.done()
	return s
}

func (r *reader) typ(name string, n *node) *Type {
	f := r.open(n, "#/$defs/"+escape(name))
	t := &Type{
		Name:       name,
		Go:         f.text("x-go"),
		Title:      f.text("title"),
		In:         f.in(),
		Names:      ranged(f, "x-names", rangedText),
		Deprecated: f.deprecated(),
		Observable: ranged(f, "x-observable", rangedInt),
		Extension:  f.text("x-extension"),
	}
	if x := f.take("type"); x != nil && x.kind == stringNode && x.text == string(Object) {
		t.Kind = Object
		r.object(t, f)
	} else {
		t.Kind, t.Forms = r.primitive(x, f.at+"/type")
		r.scalar(t, f)
	}
	f.done()
	return t
}

func (r *reader) object(t *Type, f *fields) {
	if c := f.take("x-class"); c != nil {
		t.Class = r.class(c, f.at+"/x-class")
	}
	if props := f.take("properties"); props != nil {
		for _, m := range r.open(props, f.at+"/properties").n.members {
			t.Properties = append(t.Properties, r.property(m.name, m.value, f.at+"/properties/"+escape(m.name)))
		}
	}
	t.Unknown = r.unknown(f)
	f.objects("x-constraints", func(c *fields) {
		t.Constraints = append(t.Constraints, Constraint{In: c.in(), Kind: c.need("kind"), Of: c.strings("of")})
	})
	t.MinProperties = ranged(f, "x-min-properties", rangedInt)
	t.Profiles = ranged(f, "x-profiles", rangedProfiles)
}

func (r *reader) class(n *node, at string) *Class {
	f := r.open(n, at)
	c := &Class{Category: f.text("category"), Names: ranged(f, "names", rangedText)}
	if uid := f.int("uid"); uid != nil {
		c.UID = *uid
	}
	f.done()
	return c
}

func (r *reader) unknown(f *fields) Unknown {
	admitted, ok := f.bool("additionalProperties")
	if !ok {
		r.fail(f.at, `"additionalProperties" is missing`)
	}
	kind := f.text("x-unknown")
	switch {
	case kind == "" && admitted:
		return UnknownOpen
	case kind == string(UnknownWarning) && admitted:
		return UnknownWarning
	case kind != "":
		f.failAt("x-unknown", `is %q, want "warning" beside "additionalProperties": true`, kind)
	}
	return UnknownError
}

func (r *reader) scalar(t *Type, f *fields) {
	t.Super = f.text("x-super")
	f.objects("oneOf", func(v *fields) { t.Values = append(t.Values, r.value(t.Kind, v)) })
	if slices.ContainsFunc(facetKeywords[:], f.has) {
		t.Facets = append(t.Facets, f.facet(All))
	}
	f.objects("x-facets", func(v *fields) {
		facet := v.facet(v.in())
		for i, e := range v.list("ranges") {
			facet.Ints = append(facet.Ints, r.intRange(e, v.at+"/ranges/"+strconv.Itoa(i)))
		}
		t.Facets = append(t.Facets, facet)
	})
}

func (r *reader) value(kind Kind, f *fields) Value {
	v := Value{
		Title:      f.text("title"),
		Titles:     ranged(f, "x-titles", rangedText),
		Go:         f.text("x-go"),
		In:         f.in(),
		Deprecated: f.deprecated(),
	}
	c := f.take("const")
	switch {
	case c == nil:
		r.fail(f.at, `"const" is missing`)
	case kind == Integer:
		v.Int = *r.int(c, f.at+"/const")
	case c.kind != stringNode:
		r.fail(f.at+"/const", "is %v, want a string", c)
	default:
		v.Str = c.text
	}
	return v
}

func (r *reader) intRange(n *node, at string) [2]int64 {
	if n.kind != arrayNode || len(n.elems) != 2 {
		r.fail(at, "is not a pair [from, to]")
		return [2]int64{}
	}
	return [2]int64{*r.int(n.elems[0], at+"/0"), *r.int(n.elems[1], at+"/1")}
}

func (r *reader) property(name string, n *node, at string) *Property {
	f := r.open(n, at)
	p := &Property{Name: name, Go: f.text("x-go"), Title: f.text("title")}
	p.Type, p.Array = f.typeRef()
	p.One = f.set("x-one", 0)
	p.In = f.in()
	p.Required = f.set("x-required", 0)
	p.Recommended = f.set("x-recommended", 0)
	f.objects("x-was", func(w *fields) {
		was := Was{In: w.in()}
		was.Type, was.Array = w.typeRef()
		p.Was = append(p.Was, was)
	})
	p.Profiles = ranged(f, "x-profiles", rangedProfiles)
	if p.Sibling = f.text("x-sibling"); p.Sibling != "" {
		p.SiblingIn = f.set("x-sibling-in", All)
	}
	p.Deprecated = f.deprecated()
	p.Observable = ranged(f, "x-observable", rangedInt)
	p.Unchecked = f.set("x-unchecked", 0)
	p.Null = f.set("x-nullable", 0)
	p.NullItems = f.set("x-nullable-items", 0)
	p.Lenient = f.strings("x-lenient")
	p.Group = f.text("x-group")
	f.done()
	return p
}

// typeRef reads "$ref", or "type" and "items".
func (f *fields) typeRef() (ref TypeRef, isArray bool) {
	x := f.take("type")
	if x == nil || x.kind != stringNode || x.text != "array" {
		return f.elemRef(x), false
	}
	items := f.take("items")
	if items == nil {
		f.r.fail(f.at, `"items" is missing`)
		return ref, true
	}
	e := f.r.open(items, f.at+"/items")
	ref = e.elemRef(e.take("type"))
	e.done()
	return ref, true
}

// elemRef reads what is not an array; x is its "type".
func (f *fields) elemRef(x *node) (ref TypeRef) {
	if target := f.text("$ref"); target != "" {
		name, ok := strings.CutPrefix(target, refPrefix)
		if !ok || x != nil {
			f.r.fail(f.at, `"$ref" is %q, want %s… and no "type" beside it`, target, refPrefix)
		}
		return TypeRef{Ref: unescape(name)}
	}
	ref.Kind, ref.Forms = f.r.primitive(x, f.at+"/type")
	return ref
}

// Dialect is the JSON Schema dialect of the annotated schemas.
const Dialect = "https://json-schema.org/draft/2020-12/schema"

const refPrefix = "#/$defs/"

// What "type" may be in a scalar or property; the forms in the list that
// stands for a free-form value are jsonTypes.
var (
	primitives  = [...]Kind{String, Integer, Number, Boolean}
	jsonTypes   = [...]string{"object", "array", "string", "number", "boolean"}
	intOrString = [...]string{"integer", "string"}
)

// primitive reads the "type" of what is neither a reference nor an array.
func (r *reader) primitive(x *node, at string) (kind Kind, forms []string) {
	switch {
	case x == nil:
		return Any, nil
	case x.kind == arrayNode:
		forms = r.strings(x.elems, at)
		if slices.Equal(forms, intOrString[:]) {
			return IntOrString, nil
		}
		if len(forms) == 0 {
			r.fail(at, "is empty")
		}
		return Any, forms
	}
	switch kind = Kind(x.text); {
	case x.kind == stringNode && slices.Contains(primitives[:], kind):
		return kind, nil
	case x.text == string(Object):
		r.fail(at, `a free-form object is written as ["object"]`)
	default:
		r.fail(at, "is %q, want one of %q or a list of JSON types", x.text, primitives)
	}
	return String, nil
}

// facetKeywords are the bounds that may stand in the definition itself.
var facetKeywords = [...]string{"pattern", "format", "minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum", "minLength", "maxLength"}

func (f *fields) facet(in Set) Facet {
	facet := Facet{
		In:      in,
		Pattern: f.text("pattern"),
		Format:  f.text("format"),
		Min:     f.float("minimum"),
		Max:     f.float("maximum"),
		MinLen:  f.length("minLength"),
		MaxLen:  f.length("maxLength"),
	}
	if least := f.float("exclusiveMinimum"); least != nil {
		if facet.Min != nil {
			f.r.fail(f.at, `"minimum" and "exclusiveMinimum" exclude each other`)
		}
		facet.Min, facet.ExclusiveMin = least, true
	}
	if most := f.float("exclusiveMaximum"); most != nil {
		if facet.Max != nil {
			f.r.fail(f.at, `"maximum" and "exclusiveMaximum" exclude each other`)
		}
		facet.Max, facet.ExclusiveMax = most, true
	}
	return facet
}
