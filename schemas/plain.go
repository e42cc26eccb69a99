package schemas

import (
	"bytes"
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

// exporter writes the plain schema of one class in one version.
type exporter struct {
	from    *model.Schema
	version int
	root    *model.Type
	options
	types map[string]*model.Type // all, by name
	defs  map[string]*schema     // those referred to
}

func newExporter(s *model.Schema, version int, root *model.Type, o options) *exporter {
	x := &exporter{from: s, version: version, root: root, options: o, defs: map[string]*schema{}}
	x.types = make(map[string]*model.Type, len(s.Types))
	for _, t := range s.Types {
		x.types[t.Name] = t
	}
	return x
}

func (x *exporter) document() ([]byte, error) {
	doc := x.object(x.root)
	doc.Dialect = x.dialect
	doc.Title = strings.Join([]string{x.from.Title, x.from.Versions[x.version].Name, cmp.Or(x.root.Title, x.root.Name)}, " ")
	var defs members
	for _, name := range slices.Sorted(maps.Keys(x.defs)) {
		defs = append(defs, member{name, x.defs[name]})
	}
	if x.dialect == Draft202012 {
		doc.Defs = defs
	} else {
		doc.Definitions = defs
	}
	compact, err := encode(doc)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := json.Indent(&b, compact, "", "  "); err != nil {
		return nil, err
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

// ref refers to a definition, and sees to it that it is there.
func (x *exporter) ref(name string) *schema {
	if name == x.root.Name {
		return &schema{Ref: "#"}
	}
	if _, ok := x.defs[name]; !ok {
		x.defs[name] = nil // it may refer to itself
		t := x.types[name]
		if t.Kind == model.Object {
			x.defs[name] = x.object(t)
		} else {
			x.defs[name] = x.scalar(t)
		}
		x.defs[name].Title = t.Title
	}
	prefix := "#/definitions/"
	if x.dialect == Draft202012 {
		prefix = "#/$defs/"
	}
	return &schema{Ref: prefix + strings.NewReplacer("~", "~0", "/", "~1").Replace(name)}
}

func (x *exporter) object(t *model.Type) *schema {
	s := &schema{Type: "object"}
	for _, p := range t.Properties {
		if !p.In.Has(x.version) {
			continue
		}
		s.Properties = append(s.Properties, member{p.Name, x.property(p)})
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

// required reports whether a document without the attribute is wrong, whatever
// profiles it names.
func (x *exporter) required(p *model.Property) bool {
	profiles, _ := model.At(p.Profiles, x.version)
	return p.Required.Has(x.version) && profiles == nil && !x.lenient(p, "missing")
}

// lenient reports whether a kind of fault of the attribute is let pass.
func (x *exporter) lenient(p *model.Property, fault string) bool {
	return !x.strict && slices.Contains(p.Lenient, fault)
}

func (x *exporter) property(p *model.Property) *schema {
	typ, array := x.shape(p)
	unchecked := p.Unchecked.Has(x.version) && !x.strict
	bare := x.lenient(p, "value") // the type, without what it is bound to
	var s *schema
	switch {
	case unchecked && array:
		s = &schema{Type: "array"}
	case unchecked, bare && !x.lenient(p, "type"):
		s = listed(&schema{Type: x.jsonType(typ)}, array)
	case bare:
		s = &schema{}
	case x.lenient(p, "type"):
		s = x.anyType(typ, array)
	default:
		s = listed(x.typeRef(typ), array)
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
	s := &schema{AnyOf: []*schema{{Not: &schema{Type: x.jsonType(typ)}}, x.ref(typ.Ref)}}
	if array {
		s = &schema{AnyOf: []*schema{{Not: &schema{Type: "array"}}, listed(s, true)}}
	}
	return s
}

// shape returns the type of an attribute in the version.
func (x *exporter) shape(p *model.Property) (typ model.TypeRef, array bool) {
	for _, was := range p.Was {
		if was.In.Has(x.version) {
			return was.Type, was.Array
		}
	}
	return p.Type, p.Array && !p.One.Has(x.version)
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
		return x.ref(t.Ref)
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
	s := &schema{Type: x.jsonType(model.TypeRef{Ref: t.Name})}
	// A version without any of the values knew the type, not the enumeration.
	for _, v := range t.Values {
		switch {
		case !v.In.Has(x.version):
		case t.Kind == model.Integer:
			s.Enum = append(s.Enum, v.Int)
		default:
			s.Enum = append(s.Enum, v.Str)
		}
	}
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
		s.AllOf = append(s.AllOf, x.ref(t.Super))
	}
	return s
}

func (x *exporter) facet(f model.Facet) *schema {
	s := &schema{Format: f.Format, MinLength: f.MinLen, MaxLength: f.MaxLen}
	if _, err := regexp.Compile(f.Pattern); err == nil && (x.strict || !x.from.PatternWarning) {
		s.Pattern = f.Pattern
	}
	if f.Max != nil {
		s.Maximum = number(*f.Max)
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
// nil if the version has no such attribute. Of an array on the way only the
// presence counts.
func (x *exporter) present(t *model.Type, path []string) *schema {
	p := t.Property(path[0])
	if p == nil || !p.In.Has(x.version) {
		return nil
	}
	s := &schema{Required: path[:1]}
	typ, array := x.shape(p)
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
