package emit

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/secmodel/secmodel/internal/model"
)

// plan is a schema with everything decided that the files of a package have
// to agree on: Go names, Go types, kinds, and which file holds what.
type plan struct {
	pkg      string
	schema   *model.Schema
	sets     *sets
	structs  []*goStruct // classes and objects, in the order of the schema, roots last
	listed   int         // so many of them are in Table.Types
	enums    []*enum
	scalars  []*scalar // that tables refer to
	patterns []*namedPattern
	from     *origin // what types are taken from, nil for none
	// mores counts how often each wire.More occurs.
	mores map[string]int
	// numbered says that classes have numbers, and that documents are events.
	numbered bool

	byName   map[string]*model.Type
	structOf map[string]*goStruct
	enumOf   map[string]*enum
	scalarOf map[string]*scalar // nil for those without any bounds
}

// goStruct is a class or object.
type goStruct struct {
	*model.Type
	name   string // of the Go type
	fields []*field
	enums  []*enum // enumerations that stand in its file
	// borrowed is the index in the table of the package that has it, "" if it is
	// this one.
	borrowed string
}

func (s *goStruct) table() string { return unexported(s.name) + "Type" }

// index gives the type's number as Go source.
func (s *goStruct) index() string {
	if s.borrowed != "" {
		return s.borrowed
	}
	return "type" + s.name
}

// field is an attribute.
type field struct {
	*model.Property
	name string // of the Go field
	ref         // its type
	was  []ref  // by Property.Was
}

// ref is the type of an attribute.
type ref struct {
	goType string   // without the pointer of a scalar or object: "string", "[]Source"
	kind   string   // in package wire: "String", "Objects"
	from   string   // import path of the Go type, "" for none of this module
	forms  []string // JSON types that a Raw admits, nil for all
	child  *goStruct
	scalar *scalar
}

// scalar is a named scalar that tables refer to.
type scalar struct {
	*model.Type
	name  string // Go variable
	super *scalar
	enum  *enum
	rules []rule
}

// rule is a facet with its pattern.
type rule struct {
	*model.Facet
	pattern *namedPattern
}

// enum is an enumeration.
type enum struct {
	*model.Type
	name     string   // of the Go type
	suffixes []string // of the constants, by value
	consts   []string // the constants, by value
	scalar   *scalar
	owners   []*goStruct // whose attributes have this type
	owned    bool        // it stands in the file of its only owner
	borrowed string      // Go type, if another package has it
}

// goType is the Go type as this package writes it.
func (e *enum) goType() string {
	if e.borrowed != "" {
		return e.borrowed
	}
	return e.name
}

func (e *enum) table() string { return unexported(e.name) + "Enum" }

// namedPattern is a regular expression; scalars with the same one share it.
type namedPattern struct {
	name string // Go variable
	expr string
}

// methods are the names that no field can have, since the generated methods
// and the field of members without a place have them.
var methods = [...]string{"AppendJSON", "Check", "Clone", "Extra", "Identity", "MarshalJSON", "UnmarshalJSON", "Validate", "WireModel"}

func newPlan(s *model.Schema, pkg string) (*plan, error) {
	p := blankPlan(s, pkg)
	return p, p.make()
}

func blankPlan(s *model.Schema, pkg string) *plan {
	return &plan{
		pkg: pkg, schema: s,
		byName: map[string]*model.Type{}, structOf: map[string]*goStruct{},
		enumOf: map[string]*enum{}, scalarOf: map[string]*scalar{},
	}
}

// make decides everything.
func (p *plan) make() (err error) {
	s := p.schema
	if p.sets, err = newSets(s.Versions); err != nil {
		return err
	}
	if len(s.Profiles) > 64 {
		return fmt.Errorf("%d profiles, but tables have room for 64", len(s.Profiles))
	}
	for _, t := range s.Types {
		p.byName[t.Name] = t
		p.numbered = p.numbered || t.Class != nil && t.Class.UID != 0
	}
	if err := p.nameTypes(); err != nil {
		return err
	}
	var errs []error
	for _, st := range p.structs {
		errs = append(errs, p.planFields(st))
	}
	for _, e := range p.enums {
		_, err := p.scalar(e.Type.Name)
		errs = append(errs, err)
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	p.orderStructs()
	slices.SortFunc(p.scalars, func(a, b *scalar) int { return strings.Compare(a.Type.Name, b.Type.Name) })
	p.placeEnums()
	p.countMores()
	return p.claimVariables()
}

// nameTypes decides the names of all exported types and constants at once.
// Where two would be the same, a name given in the schema wins over a derived
// one, and a class over an object over an enumeration; the other gets a suffix
// that says what it is.
func (p *plan) nameTypes() error {
	taken := scope{}
	if p.from != nil {
		for _, name := range [...]string{"Class", "Common", "Event", "New"} {
			taken[name] = "a name that every extension has"
		}
	}
	var errs []error
	type candidate struct {
		t    *model.Type
		rank int
		set  func(string)
	}
	var list []candidate
	for _, t := range p.schema.Types {
		if p.borrow(t) {
			continue
		}
		c := candidate{t: t}
		switch {
		case t.Kind == model.Object:
			st := &goStruct{Type: t}
			p.structs = append(p.structs, st)
			p.structOf[t.Name] = st
			c.set = func(name string) { st.name = name }
			c.rank = 1
			if t.Class != nil {
				c.rank = 0
			}
		case t.Values != nil:
			e := &enum{Type: t}
			p.enums = append(p.enums, e)
			p.enumOf[t.Name] = e
			c.set = func(name string) { e.name = name }
			c.rank = 2
		default:
			continue
		}
		if t.Go != "" {
			c.rank = -1
		}
		list = append(list, c)
	}
	slices.SortStableFunc(list, func(a, b candidate) int { return a.rank - b.rank })
	for _, c := range list {
		name := c.t.Go
		if name == "" {
			name = exported(c.t.Name)
			if taken[name] != "" && c.rank > 0 {
				name += [...]string{1: "Object", 2: "Enum"}[c.rank]
			}
		}
		errs = append(errs, taken.claim(name, "definition "+c.t.Name))
		c.set(name)
	}
	for _, st := range p.classes() {
		errs = append(errs, taken.claim(st.constructor(), "the constructor of "+st.Type.Name))
	}
	for _, e := range p.enums {
		var err error
		if e.suffixes, err = valueSuffixes(e.Type); err != nil {
			errs = append(errs, err)
			continue
		}
		for i, suffix := range e.suffixes {
			name := e.name + suffix
			if taken[name] != "" {
				name = e.name + "Value" + suffix
			}
			errs = append(errs, taken.claim(name, fmt.Sprintf("value %s of %s", literal(e.Kind, &e.Values[i]), e.Type.Name)))
			e.consts = append(e.consts, name)
		}
	}
	return errors.Join(errs...)
}

func (p *plan) planFields(st *goStruct) error {
	taken := scope{}
	if p.numbered && st.Class != nil {
		taken["EventClass"], taken["Common"] = "a method of every event", "a method of every event"
	}
	for _, m := range methods {
		taken[m] = "a method or field that every type has"
	}
	var errs []error
	for _, prop := range st.Properties {
		f := &field{Property: prop, name: prop.Go}
		what := "attribute " + st.Type.Name + "." + prop.Name
		if f.name == "" {
			f.name = exported(prop.Name)
			if slices.Contains(methods[:], f.name) {
				f.name += "Value"
			}
		}
		errs = append(errs, taken.claim(f.name, what))
		if strings.ContainsAny(prop.Name, "\"\\`,") || strings.ContainsFunc(prop.Name, unicode.IsControl) || prop.Name == "-" {
			errs = append(errs, fmt.Errorf("%s: the name cannot stand in a struct tag", what))
		}
		r, err := p.ref(prop.Type, prop.Array)
		f.ref = r
		for _, w := range prop.Was {
			r, e := p.ref(w.Type, w.Array)
			f.was = append(f.was, r)
			err = errors.Join(err, e)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", what, err))
		}
		st.fields = append(st.fields, f)
		if e := p.enumOf[prop.Type.Ref]; e != nil && !slices.Contains(e.owners, st) {
			e.owners = append(e.owners, st)
		}
	}
	return errors.Join(errs...)
}

// kinds are the Go type and the name in package wire of what is no object.
var kinds = map[model.Kind][2]string{
	model.String:      {"string", "String"},
	model.Integer:     {"int64", "Int"},
	model.Number:      {"float64", "Float"},
	model.Boolean:     {"bool", "Bool"},
	model.Any:         {"json.RawMessage", "Raw"},
	model.IntOrString: {"IntOrString", "IntOrString"},
}

// ref resolves the type of an attribute. A scalar that is no enumeration has
// the Go type of its primitive, unless the schema gives it a Go name: then the
// package declares that type by hand, with the primitive as its base.
func (p *plan) ref(t model.TypeRef, array bool) (r ref, err error) {
	kind := t.Kind
	r.forms = t.Forms
	if def := p.byName[t.Ref]; def != nil {
		kind, r.forms = def.Kind, def.Forms
		if r.scalar, err = p.scalar(t.Ref); err != nil {
			return r, err
		}
		switch {
		case kind == model.Object:
			r.child = p.structOf[t.Ref]
			r.goType, r.kind = r.child.name, "Object"
		case def.Values != nil:
			r.goType = p.enumOf[t.Ref].goType()
		case p.from != nil && def.Go != "":
			r.goType = p.from.qualified(def.Go)
		default:
			r.goType = def.Go
		}
		if p.from != nil && strings.Contains(r.goType, ".") {
			r.from = p.from.path
		}
	}
	if kind != model.Object {
		names, ok := kinds[kind]
		if !ok {
			return r, fmt.Errorf("there is no Go type for %q %s", t.Ref, kind)
		}
		r.kind = names[1]
		if r.goType == "" {
			r.goType = names[0]
		}
	}
	if array {
		r.goType = "[]" + r.goType
		r.kind += "s"
	}
	return r, nil
}

// scalar returns the scalar called name, nil if it is an object or neither it
// nor those that it narrows have values or bounds.
func (p *plan) scalar(name string) (*scalar, error) {
	t := p.byName[name]
	if t == nil || t.Kind == model.Object {
		return nil, nil
	}
	if s, done := p.scalarOf[name]; done {
		return s, nil
	}
	s := &scalar{Type: t, name: variable(t.Name) + "Scalar"}
	var err error
	if s.super, err = p.scalar(t.Super); err != nil {
		return nil, err
	}
	if s.enum = p.enumOf[name]; s.enum != nil {
		s.name = unexported(s.enum.name) + "Scalar"
		s.enum.scalar = s
	}
	for i := range t.Facets {
		f := &t.Facets[i]
		if f.Pattern == "" && f.Min == nil && f.Max == nil && f.MinLen == nil && f.MaxLen == nil && f.Ints == nil {
			continue // an annotation only
		}
		r := rule{Facet: f}
		if f.Pattern != "" {
			r.pattern = p.pattern(s, f.Pattern)
		}
		s.rules = append(s.rules, r)
	}
	if s.super == nil && s.enum == nil && s.rules == nil {
		s = nil
	} else {
		p.scalars = append(p.scalars, s)
	}
	p.scalarOf[name] = s
	return s, nil
}

// pattern returns the pattern of an expression, named after the first scalar
// that has it.
func (p *plan) pattern(s *scalar, expr string) *namedPattern {
	stem := strings.TrimSuffix(s.name, "Scalar") + "Pattern"
	name, n := stem, 1
	for _, x := range p.patterns {
		if x.expr == expr {
			return x
		}
		if x.name == name {
			n++
			name = fmt.Sprintf("%s%d", stem, n)
		}
	}
	x := &namedPattern{name: name, expr: expr}
	p.patterns = append(p.patterns, x)
	return x
}

// orderStructs puts the roots of documents that no field refers to, which are
// not in Table.Types, behind the other types.
func (p *plan) orderStructs() {
	referred := map[*goStruct]bool{}
	for _, s := range p.structs {
		for _, f := range s.fields {
			referred[f.child] = true
			for _, was := range f.was {
				referred[was.child] = true
			}
		}
	}
	rank := func(s *goStruct) int {
		if s.Class != nil && !referred[s] {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(p.structs, func(a, b *goStruct) int { return rank(a) - rank(b) })
	p.listed = len(p.structs)
	for p.listed > 0 && rank(p.structs[p.listed-1]) == 1 {
		p.listed--
	}
}

// placeEnums puts an enumeration that is named after its only owner into the
// owner's file; the others have files of their own.
func (p *plan) placeEnums() {
	for _, e := range p.enums {
		if len(e.owners) == 1 && e.name != e.owners[0].name && strings.HasPrefix(e.name, e.owners[0].name) {
			e.owned = true
			e.owners[0].enums = append(e.owners[0].enums, e)
		}
	}
}

// claimVariables makes sure that the unexported names differ.
func (p *plan) claimVariables() error {
	taken := scope{"all": "a constant", "table": "a variable"}
	var errs []error
	for _, st := range p.structs {
		errs = append(errs, taken.claim(st.table(), "the table of "+st.Type.Name))
		errs = append(errs, taken.claim(st.index(), "the index of "+st.Type.Name))
		if p.numbered && st.Class != nil {
			errs = append(errs, taken.claim(st.classTable(), "the class "+st.Type.Name))
		}
	}
	for _, e := range p.enums {
		errs = append(errs, taken.claim(e.table(), "the values of "+e.Type.Name))
	}
	for _, s := range p.scalars {
		errs = append(errs, taken.claim(s.name, "the scalar "+s.Type.Name))
		if s.enum != nil && s.enum.borrowed != "" {
			errs = append(errs, taken.claim(s.enum.table(), "the values of "+s.Type.Name))
		}
	}
	for _, x := range p.patterns {
		errs = append(errs, taken.claim(x.name, "a pattern"))
	}
	return errors.Join(errs...)
}
