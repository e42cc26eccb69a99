// Package idmefv2 makes the annotated union schema of IDMEFv2 from the JSON
// Schemas that its drafts come with.
//
// The drafts' files have habits of their own, all of which are read here:
// draft-04's boolean exclusiveMinimum; attributes of Analyzer under "items" in
// drafts 02 and 03, where a validator ignores them; attributes that were one
// string and became an array; bounds that a later draft added; enumerations
// and patterns as shared definitions, and formats, bounds and the version in
// the attribute itself. A habit that is new makes the import fail with its
// place, so that nothing is lost.
package idmefv2

import (
	"fmt"
	"io/fs"
	"math/bits"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/secmodel/secmodel/internal/model"
)

// Format is the name of the format in this library.
const Format = "idmefv2"

const (
	fileName         = "IDMEFv2.schema"
	versionAttribute = "Version"
	rootName         = "message"
)

// Drafts returns the directories of fsys that hold the schema of a draft, by
// name, which is oldest first.
func Drafts(fsys fs.FS) ([]string, error) {
	files, err := fs.Glob(fsys, "*/"+fileName)
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("no directory with a file %s in it", fileName)
	}
	var dirs []string
	for _, file := range files {
		dirs = append(dirs, path.Dir(file))
	}
	slices.Sort(dirs)
	return dirs, nil
}

// Import reads the schemas of the drafts in the directories dirs of fsys,
// oldest first, and returns their union.
func Import(fsys fs.FS, dirs ...string) (*model.Schema, error) {
	im := &importer{
		out:     &model.Schema{Format: Format, Title: "IDMEFv2", VersionAt: []string{versionAttribute}},
		names:   map[string]string{},
		formats: map[string]bool{},
	}
	for _, dir := range dirs {
		d, err := readDraft(fsys, dir)
		if err != nil {
			return nil, fmt.Errorf("draft %s: %w", dir, err)
		}
		im.drafts = append(im.drafts, d)
		im.out.Versions = append(im.out.Versions, model.Version{Name: d.version, Preview: d.preview()})
	}
	roots := make([]*schema, len(im.drafts))
	for i, d := range im.drafts {
		roots[i] = d.root
	}
	if err := im.class(rootName, roots); err != nil {
		return nil, err
	}
	im.out.Type(rootName).Class = &model.Class{}
	slices.SortFunc(im.out.Types, func(a, b *model.Type) int { return strings.Compare(a.Name, b.Name) })
	if _, err := im.out.Marshal(); err != nil {
		return nil, fmt.Errorf("the union is no schema: %w", err)
	}
	return im.out, nil
}

// importer builds the union. Everywhere, a slice with one element per draft
// holds nil, or a zero, for the drafts that do not have the thing.
type importer struct {
	drafts  []*draft
	out     *model.Schema
	names   map[string]string // of upstream's definitions, in the union
	formats map[string]bool   // that have a definition
}

// bit returns the set of draft i alone.
func bit(i int) model.Set { return model.Single(i) }

// among returns the versions s as a set of a thing that exists in all: "*" if
// it is all of them, and open towards the drafts to come if it holds in the
// newest. So a new draft changes what it changed and nothing else.
func (im *importer) among(s, all model.Set) model.Set {
	n := len(im.drafts)
	switch {
	case s == all:
		return model.All
	case s.Has(n - 1):
		return s | model.From(n-1)
	}
	return s
}

// every is the set of all drafts read.
func (im *importer) every() model.Set { return ^model.From(len(im.drafts)) }

// present returns the drafts that have an element in list.
func present(list []*schema) model.Set {
	var s model.Set
	for i, x := range list {
		if x != nil {
			s |= bit(i)
		}
	}
	return s
}

// add puts a new definition into the union.
func (im *importer) add(name string, kind model.Kind, in model.Set) (*model.Type, error) {
	if im.out.Type(name) != nil {
		return nil, fmt.Errorf("%s: two definitions would have this name", name)
	}
	t := &model.Type{Name: name, Title: captions[name], Kind: kind, In: im.among(in, im.every())}
	im.out.Types = append(im.out.Types, t)
	return t, nil
}

// class adds a class: the root, or what the drafts define in an attribute.
func (im *importer) class(name string, forms []*schema) error {
	in := present(forms)
	t, err := im.add(name, model.Object, in)
	if err != nil {
		return err
	}
	var names [][]string
	for i, form := range forms {
		if form == nil {
			continue
		}
		if form.AdditionalProperties == nil || *form.AdditionalProperties {
			return fmt.Errorf("%s in %s: unknown members are admitted; the importer knows closed classes only", name, im.drafts[i].version)
		}
		var list []string
		for _, p := range form.Properties {
			list = append(list, p.name)
		}
		for _, required := range form.Required {
			if !slices.Contains(list, required) {
				return fmt.Errorf("%s in %s: %q is required, but not defined", name, im.drafts[i].version, required)
			}
		}
		names = append(names, list)
	}
	for _, attribute := range merge(names) {
		p, err := im.property(t, attribute, forms, in)
		if err != nil {
			return fmt.Errorf("%s.%s: %w", name, attribute, err)
		}
		t.Properties = append(t.Properties, p)
	}
	return nil
}

// property makes the attribute called name of the class t.
func (im *importer) property(t *model.Type, name string, owners []*schema, ownersIn model.Set) (*model.Property, error) {
	forms := make([]*schema, len(owners))
	p := &model.Property{Name: name, Title: caption(t.Name, name)}
	for i, owner := range owners {
		if owner != nil {
			forms[i] = owner.Properties.get(name)
		}
		if forms[i] != nil && slices.Contains(owner.Required, name) {
			p.Required |= bit(i)
		}
	}
	p.In = im.among(present(forms), ownersIn)
	p.Required = im.among(p.Required, ownersIn)
	if t.Name == rootName && name == versionAttribute {
		p.Type.Ref = snake(name)
		return p, im.versions(p.Type.Ref)
	}
	return p, im.shape(p, forms, ownersIn)
}

// shape settles what the attribute holds: the newest type, the drafts in which
// an array of it was a single value, and those in which it was something else.
func (im *importer) shape(p *model.Property, forms []*schema, ownersIn model.Set) error {
	elems := make([]*schema, len(forms))
	var arrays, unchecked model.Set
	for i, form := range forms {
		switch {
		case form == nil:
		case form.is("array") && form.Items != nil:
			elems[i] = form.Items
			arrays |= bit(i)
		case form.is("object") && form.Properties == nil && form.Items != nil:
			// A validator ignores "items" here, so whatever is inside passes.
			elems[i] = form.Items
			unchecked |= bit(i)
		default:
			elems[i] = form
		}
	}
	refs, err := im.refs(p, elems)
	if err != nil {
		return err
	}
	in := present(forms)
	p.Type = refs[bits.Len64(uint64(in))-1]
	current := in // drafts with this type
	for i, ref := range refs {
		if in.Has(i) && !same(ref, p.Type) {
			current &^= bit(i)
			p.Was = was(p.Was, model.Was{In: bit(i), Type: ref, Array: arrays.Has(i)})
		}
	}
	p.Array = current&arrays != 0
	if p.Array {
		p.One = im.among(current&^arrays, ownersIn)
	}
	p.Unchecked = im.among(unchecked, ownersIn)
	return nil
}

// was adds one draft to the list of former types.
func was(list []model.Was, w model.Was) []model.Was {
	for i := range list {
		if same(list[i].Type, w.Type) && list[i].Array == w.Array {
			list[i].In |= w.In
			return list
		}
	}
	return append(list, w)
}

func same(a, b model.TypeRef) bool {
	return a.Ref == b.Ref && a.Kind == b.Kind && slices.Equal(a.Forms, b.Forms)
}

// refs returns the type of the attribute in each draft, adding definitions to
// the union as needed.
func (im *importer) refs(p *model.Property, elems []*schema) ([]model.TypeRef, error) {
	refs := make([]model.TypeRef, len(elems))
	inline := make([]*schema, len(elems)) // classes, and values with bounds of their own
	plain := make([]*schema, len(elems))  // values without
	var classes, bounded bool
	for i, e := range elems {
		switch {
		case e == nil:
		case e.Ref != "":
			name, err := im.definition(e.Ref)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", im.drafts[i].version, err)
			}
			refs[i].Ref = name
		case e.Properties != nil:
			classes = true
			inline[i] = e
		case e.Format != "" && e.Enum == nil && e.Pattern == "" && e.is("string"):
			if err := im.format(e.Format); err != nil {
				return nil, err
			}
			refs[i].Ref = e.Format
		case e.Enum != nil || e.Pattern != "" || e.Minimum != nil || e.Maximum != nil:
			bounded = true
			inline[i] = e
		default:
			plain[i] = e
		}
	}
	name := snake(p.Name)
	switch {
	case classes && bounded:
		return nil, fmt.Errorf("is a class in one draft and a value with bounds in another")
	case classes:
		if err := im.class(name, inline); err != nil {
			return nil, err
		}
	case bounded:
		// A draft that had no bounds yet has the same type without a facet.
		for i, e := range plain {
			if e != nil {
				inline[i], plain[i] = e, nil
			}
		}
		if err := im.scalar(name, inline); err != nil {
			return nil, err
		}
	}
	for i := range elems {
		if inline[i] != nil {
			refs[i].Ref = name
		} else if plain[i] != nil {
			ref, err := primitive(plain[i])
			if err != nil {
				return nil, fmt.Errorf("%s: %w", im.drafts[i].version, err)
			}
			refs[i] = ref
		}
	}
	return refs, nil
}

// primitive returns the type of a value without bounds.
func primitive(s *schema) (model.TypeRef, error) {
	if len(s.Type) > 1 {
		return model.TypeRef{Kind: model.Any, Forms: s.Type}, nil
	}
	for _, kind := range []model.Kind{model.String, model.Integer, model.Number, model.Boolean} {
		if s.is(string(kind)) {
			return model.TypeRef{Kind: kind}, nil
		}
	}
	return model.TypeRef{}, fmt.Errorf("type %q is none that the importer knows", s.Type)
}

// format adds the definition of a string that has nothing but a format.
func (im *importer) format(name string) error {
	if im.formats[name] {
		return nil
	}
	im.formats[name] = true
	t, err := im.add(name, model.String, im.every())
	if err == nil {
		t.Facets = []model.Facet{{In: model.All, Format: name}}
	}
	return err
}

// definition returns the name in the union of what ref refers to, adding it
// with its content in every draft that defines it.
func (im *importer) definition(ref string) (string, error) {
	upstream, ok := strings.CutPrefix(ref, "#/definitions/")
	if !ok {
		return "", fmt.Errorf("%q refers to something else than a definition", ref)
	}
	forms := make([]*schema, len(im.drafts))
	for i, d := range im.drafts {
		forms[i] = d.root.Definitions.get(upstream)
	}
	if present(forms) == 0 {
		return "", fmt.Errorf("%q is not defined", upstream)
	}
	if name, ok := im.names[upstream]; ok {
		return name, nil
	}
	name := definitionName(upstream)
	im.names[upstream] = name
	return name, im.scalar(name, forms)
}

// scalar adds an enumeration, or a value with bounds.
func (im *importer) scalar(name string, forms []*schema) error {
	in := present(forms)
	t, err := im.add(name, "", in)
	if err != nil {
		return err
	}
	for i, form := range forms {
		if form == nil {
			continue
		}
		ref, err := primitive(form)
		if form.Enum != nil && form.Type == nil {
			ref, err = model.TypeRef{Kind: model.String}, nil
		}
		switch {
		case err != nil:
			return fmt.Errorf("%s in %s: %w", name, im.drafts[i].version, err)
		case t.Kind == "":
			t.Kind = ref.Kind
		case t.Kind != ref.Kind:
			return fmt.Errorf("%s is %s in %s, and %s before", name, ref.Kind, im.drafts[i].version, t.Kind)
		}
		im.bound(t, form, bit(i))
	}
	for i := range t.Facets {
		t.Facets[i].In = im.among(t.Facets[i].In, in)
	}
	im.values(t, forms, in)
	return nil
}

// bound adds the bounds of one draft to those of the others.
func (im *importer) bound(t *model.Type, s *schema, in model.Set) {
	f := model.Facet{Pattern: s.Pattern, Format: s.Format, Min: s.Minimum, Max: s.Maximum, ExclusiveMin: s.ExclusiveMinimum}
	if f.Pattern == "" && f.Format == "" && f.Min == nil && f.Max == nil {
		return
	}
	for i := range t.Facets {
		g := &t.Facets[i]
		if g.Pattern == f.Pattern && g.Format == f.Format && equal(g.Min, f.Min) && equal(g.Max, f.Max) && g.ExclusiveMin == f.ExclusiveMin {
			g.In |= in
			return
		}
	}
	f.In = in
	t.Facets = append(t.Facets, f)
}

func equal(a, b *float64) bool { return a == nil && b == nil || a != nil && b != nil && *a == *b }

// values adds the values of an enumeration, each with the drafts that have it.
func (im *importer) values(t *model.Type, forms []*schema, in model.Set) {
	sets := map[string]model.Set{}
	var lists [][]string
	for i, form := range forms {
		if form == nil || form.Enum == nil {
			continue
		}
		lists = append(lists, form.Enum)
		for _, value := range form.Enum {
			sets[value] |= bit(i)
		}
	}
	for _, value := range merge(lists) {
		t.Values = append(t.Values, model.Value{Str: value, In: im.among(sets[value], in)})
	}
}

// versions adds the enumeration of the drafts: the name of each is a value in
// that draft, and in none to come.
func (im *importer) versions(name string) error {
	t, err := im.add(name, model.String, im.every())
	if err != nil {
		return err
	}
	for i, d := range im.drafts {
		// "2.D.V09-Dev" is V09Dev.
		short := strings.ReplaceAll(d.version[strings.LastIndex(d.version, ".")+1:], "-", "")
		t.Values = append(t.Values, model.Value{Str: d.version, Go: short, In: bit(i)})
	}
	return nil
}

// definitionName makes the name of a definition from upstream's:
// "analyzerCategoryEnum" is analyzer_category.
func definitionName(upstream string) string {
	if name, ok := compounds[upstream]; ok {
		return name
	}
	name, isEnum := strings.CutSuffix(upstream, "Enum")
	if !isEnum {
		name = strings.TrimSuffix(name, "Type")
	}
	return snake(name)
}

// snake separates the words of a name by underscores.
func snake(name string) string {
	var b strings.Builder
	for i, r := range name {
		if i > 0 && unicode.IsUpper(r) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
