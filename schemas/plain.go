package schemas

import (
	"cmp"
	"encoding/json"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/secmodel/secmodel/internal/model"
)

// exporter writes the plain schemas of one version.
type exporter struct {
	*Format
	version int
	options
	root *model.Type        // what the document is the schema of, nil if of a release
	defs map[string]*schema // those referred to, by their name in the version
}

func (x *exporter) plain(root *model.Type) *schema {
	x.root = root
	if x.official {
		return x.officialDocument(root)
	}
	doc := x.definition(root)
	doc.Title = strings.Join([]string{x.schema.Title, x.schema.Versions[x.version].Name, cmp.Or(root.Title, root.Name)}, " ")
	return x.document(doc)
}

// document completes the root of a document with the definitions referred to.
func (x *exporter) document(doc *schema) *schema {
	doc.Dialect = x.dialect
	var defs members
	for _, name := range slices.Sorted(maps.Keys(x.defs)) {
		defs = append(defs, member{name, x.defs[name]})
	}
	if x.defsKeyword() == "$defs" {
		doc.Defs = defs
	} else {
		doc.Definitions = defs
	}
	return doc
}

func (x *exporter) defsKeyword() string {
	if x.official || x.dialect == Draft202012 {
		return "$defs"
	}
	return "definitions"
}

// ref refers to a definition, and sees to it that it is there.
func (x *exporter) ref(t *model.Type) *schema {
	if t == x.root && !x.official {
		return &schema{Ref: "#"}
	}
	name := t.NameAt(x.version)
	if x.official {
		name = strings.ReplaceAll(name, "/", "_")
	}
	if _, ok := x.defs[name]; !ok {
		x.defs[name] = nil // it may refer to itself
		x.defs[name] = x.definition(t)
	}
	return &schema{Ref: "#/" + x.defsKeyword() + "/" + escape(name)}
}

// escape makes a name a reference token of a JSON Pointer.
func escape(name string) string {
	return strings.ReplaceAll(strings.ReplaceAll(name, "~", "~0"), "/", "~1")
}

func (x *exporter) definition(t *model.Type) (s *schema) {
	switch {
	case x.official:
		s = x.officialObject(t)
	case t.Kind == model.Object:
		s = x.object(t)
	default:
		s = x.scalar(t)
	}
	s.Title = t.Title
	return s
}

func (x *exporter) object(t *model.Type) *schema {
	s := &schema{Type: "object"}
	for _, p := range t.Properties {
		if !x.admits(p) {
			continue
		}
		s.Properties = append(s.Properties, member{p.Name, x.property(t, p)})
		if x.required(p) {
			s.Required = append(s.Required, p.Name)
		}
	}
	if t.Unknown == model.UnknownError || t.Unknown == model.UnknownWarning && x.strict {
		s.AdditionalProperties = new(false)
	}
	s.MinProperties, _ = model.At(t.MinProperties, x.version)
	x.constrain(s, t)
	return s
}

// admits reports whether the documents may have the attribute.
func (x *exporter) admits(p *model.Property) bool {
	if x.filtered {
		return p.Admits(x.version, x.profiles)
	}
	return p.In.Has(x.version)
}

// required reports whether a document without the attribute, one of those
// admitted, is wrong.
func (x *exporter) required(p *model.Property) bool {
	gate, _ := model.At(p.Profiles, x.version)
	return p.Required.Has(x.version) && (gate == nil || x.filtered) && !x.lenient(p, "missing")
}

// lenient reports whether a kind of fault of the attribute is let pass.
func (x *exporter) lenient(p *model.Property, fault string) bool {
	return !x.strict && slices.Contains(p.Lenient, fault)
}

func (x *exporter) property(t *model.Type, p *model.Property) *schema {
	typ, array := p.TypeAt(x.version)
	unchecked := p.Unchecked.Has(x.version) && !x.strict
	bare := x.lenient(p, "value") // the type, without what it is bound to
	var s *schema
	switch numbers := x.schema.NumbersAt(t, p, x.version); {
	case numbers != nil:
		s = &schema{Type: string(model.Integer), Enum: anys(numbers)}
	case unchecked && array:
		s = &schema{Type: "array"}
	case unchecked, bare && !x.lenient(p, "type"):
		s = x.listed(p, &schema{Type: x.jsonType(typ)}, array)
	case bare:
		s = &schema{}
	case x.lenient(p, "type"):
		s = x.anyType(typ, array)
	default:
		s = x.listed(p, x.typeRef(typ), array)
	}
	if p.Null.Has(x.version) {
		s = orNull(s)
	}
	// A dialect before 2019 ignores what stands beside $ref.
	if s.Ref == "" || x.dialect == Draft202012 {
		s.Title = p.Title
	}
	return s
}

// anyType lets values of other types pass, and holds those of the right type
// to their bounds.
func (x *exporter) anyType(typ model.TypeRef, array bool) *schema {
	if typ.Ref == "" {
		return &schema{} // a bare type has no bounds
	}
	s := &schema{AnyOf: []*schema{{Not: &schema{Type: x.jsonType(typ)}}, x.typeRef(typ)}}
	if array {
		s = &schema{AnyOf: []*schema{{Not: &schema{Type: "array"}}, listed(s, true)}}
	}
	return s
}

// listed makes s the elements of an array, if the attribute is one.
func (x *exporter) listed(p *model.Property, s *schema, array bool) *schema {
	if array && p.NullItems.Has(x.version) {
		s = orNull(s)
	}
	return listed(s, array)
}

// orNull admits null beside what s admits.
func orNull(s *schema) *schema {
	return &schema{AnyOf: []*schema{s, {Type: "null"}}}
}

// listed makes s the elements of an array, if there is one.
func listed(s *schema, array bool) *schema {
	if array {
		return &schema{Type: "array", Items: s}
	}
	return s
}

func (x *exporter) typeRef(t model.TypeRef) *schema {
	if t.Ref != "" {
		return x.ref(x.types[t.Ref])
	}
	return &schema{Type: x.jsonType(t)}
}

// jsonType returns the value of the keyword type, nil if any type will do.
func (x *exporter) jsonType(t model.TypeRef) any {
	if t.Ref != "" {
		def := x.types[t.Ref]
		t.Kind, t.Forms = def.Kind, def.Forms
	}
	switch {
	case t.Kind == model.IntOrString:
		return []string{"integer", "string"}
	case t.Kind != model.Any:
		return string(t.Kind)
	case t.Forms != nil:
		return t.Forms
	}
	return nil
}

func (x *exporter) scalar(t *model.Type) *schema {
	// A version without any of the values knew the type, not the enumeration.
	s := &schema{Type: x.jsonType(model.TypeRef{Ref: t.Name}), Enum: x.values(t)}
	var facets []*schema
	for _, f := range t.Facets {
		if !f.In.Has(x.version) {
			continue
		}
		if b := x.facet(f); !reflect.ValueOf(*b).IsZero() {
			facets = append(facets, b)
		}
	}
	if len(facets) == 1 && len(facets[0].AnyOf) == 0 {
		f := facets[0]
		f.Type, f.Enum = s.Type, s.Enum
		s, facets = f, nil
	}
	s.AllOf = facets
	if t.Super != "" {
		s.AllOf = append(s.AllOf, x.ref(x.types[t.Super]))
	}
	return s
}

// values returns the values of an enumeration, nil if the scalar is none.
func (x *exporter) values(t *model.Type) []any {
	var list []any
	for _, v := range t.ValuesAt(x.version) {
		if t.Kind == model.Integer {
			list = append(list, v.Int)
		} else {
			list = append(list, v.Str)
		}
	}
	return list
}

func anys[T any](list []T) []any {
	all := make([]any, len(list))
	for i, e := range list {
		all[i] = e
	}
	return all
}

func (x *exporter) facet(f model.Facet) *schema {
	s := &schema{Format: f.Format, MinLength: f.MinLen, MaxLength: f.MaxLen}
	if _, err := regexp.Compile(f.Pattern); err == nil && (x.strict || !x.schema.PatternWarning) {
		s.Pattern = f.Pattern
	}
	switch {
	case f.Max == nil:
	case !f.ExclusiveMax:
		s.Maximum = number(*f.Max)
	case x.dialect == Draft04:
		s.Maximum, s.ExclusiveMaximum = number(*f.Max), true
	default:
		s.ExclusiveMaximum = number(*f.Max)
	}
	switch {
	case f.Min == nil:
	case !f.ExclusiveMin:
		s.Minimum = number(*f.Min)
	case x.dialect == Draft04:
		s.Minimum, s.ExclusiveMinimum = number(*f.Min), true
	default:
		s.ExclusiveMinimum = number(*f.Min)
	}
	for _, r := range f.Ints {
		s.AnyOf = append(s.AnyOf, &schema{
			Minimum: json.Number(strconv.FormatInt(r[0], 10)),
			Maximum: json.Number(strconv.FormatInt(r[1], 10)),
		})
	}
	return s
}

func number(f float64) json.Number { return json.Number(strconv.FormatFloat(f, 'f', -1, 64)) }

// constrain adds the constraints that bind several attributes.
func (x *exporter) constrain(s *schema, t *model.Type) {
	var list []*schema
	for _, c := range t.Constraints {
		if !c.In.Has(x.version) {
			continue
		}
		var present []*schema
		for _, path := range c.Of {
			if p := x.present(t, strings.Split(path, ".")); p != nil {
				present = append(present, p)
			}
		}
		switch {
		case present == nil:
		case c.Kind == model.JustOne:
			list = append(list, &schema{OneOf: present})
		default:
			list = append(list, &schema{AnyOf: present})
		}
	}
	if len(list) == 1 {
		s.OneOf, s.AnyOf = list[0].OneOf, list[0].AnyOf
		return
	}
	s.AllOf = list
}

// present is satisfied by an object that has the attribute at the path; it is
// nil if the documents have no such attribute. Of an array on the way only the
// presence counts.
func (x *exporter) present(t *model.Type, path []string) *schema {
	p := t.Property(path[0])
	if p == nil || !x.admits(p) {
		return nil
	}
	s := &schema{Required: path[:1]}
	typ, array := p.TypeAt(x.version)
	if len(path) == 1 || array {
		return s
	}
	inner := x.present(x.types[typ.Ref], path[1:])
	if inner == nil {
		return nil
	}
	s.Properties = members{{path[0], inner}}
	return s
}
