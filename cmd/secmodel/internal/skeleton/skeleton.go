// Package skeleton makes new documents of a class to begin with: with the
// attributes that its version requires, and values that are valid and easily seen
// to be none of a real event.
package skeleton

import (
	"fmt"
	"slices"
	"time"

	"github.com/secmodel/secmodel/idmefv2"
	"github.com/secmodel/secmodel/internal/model"
)

// Options say what a document has beside what is required.
type Options struct {
	// Recommended adds the attributes that the version recommends.
	Recommended bool
	// Profiles are those that the document names (OCSF).
	Profiles []string
	// NewID gives each identifier that is a UUID a value of its own.
	NewID func() string
	// Time is the value of times.
	Time time.Time
}

// Document returns a document of a class in a version, which is its bit in
// Schema.Versions. Its members stand in the order of the specification. The error
// says that the version does not have the class, or not a profile.
func Document(s *model.Schema, class *model.Type, version int, o Options) (*Object, error) {
	name := s.Versions[version].Name
	if !class.In.Has(version) {
		return nil, fmt.Errorf("%s %s has no class %s", s.Format, name, class.Name)
	}
	admitted, _ := model.At(class.Profiles, version)
	for _, p := range o.Profiles {
		if !slices.Contains(admitted, p) {
			return nil, fmt.Errorf("%s %s does not have the profile %s; it has %q", class.NameAt(version), name, p, admitted)
		}
	}
	b := &builder{schema: s, version: version, class: class, options: o}
	x := b.object(class)
	b.setVersion(x)
	if len(o.Profiles) > 0 {
		b.setProfiles(x)
	}
	return x, nil
}

// builder makes the objects of one document.
type builder struct {
	schema  *model.Schema
	version int
	class   *model.Type
	options Options
	within  []*model.Type // objects that are being made, from the root inwards
}

// object makes an object of a type.
func (b *builder) object(t *model.Type) *Object {
	b.within = append(b.within, t)
	defer func() { b.within = b.within[:len(b.within)-1] }()
	x := new(Object)
	list := slices.DeleteFunc(slices.Clone(t.PropertiesAt(b.version)), func(p *model.Property) bool {
		return !p.Admits(b.version, b.options.Profiles)
	})
	for _, p := range list {
		if p.Required.Has(b.version) || b.demanded(p) || b.options.Recommended && b.recommended(t, p) {
			x.set(p.Name, b.value(t, p))
		}
	}
	for i := range t.Constraints {
		if c := &t.Constraints[i]; c.In.Has(b.version) {
			b.satisfy(x, t, c)
		}
	}
	if least, _ := model.At(t.MinProperties, b.version); len(x.members) < least {
		for _, p := range list {
			if len(x.members) < least && !b.recursive(p) {
				x.set(p.Name, b.value(t, p))
			}
		}
	}
	b.captions(x, list)
	x.sort(list)
	return x
}

// demanded reports whether the text of a specification demands an attribute that
// its schema does not: draft 06 of IDMEFv2 has identifiers everywhere.
func (b *builder) demanded(p *model.Property) bool {
	return b.schema.Format == idmefv2.Format && b.schema.Versions[b.version].Name == string(idmefv2.VersionV06) && p.Name == "ID"
}

// recommended reports whether an attribute is one to fill in because it is
// recommended: no object within itself, for that has no end, and of several of
// which a document has just one, none but the first. Observables follow from the
// rest of an event, and are for enriching.
func (b *builder) recommended(t *model.Type, p *model.Property) bool {
	if !p.Recommended.Has(b.version) || b.recursive(p) || p.Name == "observables" {
		return false
	}
	for i := range t.Constraints {
		c := &t.Constraints[i]
		if c.Kind == model.JustOne && c.In.Has(b.version) && slices.Contains(c.Of, p.Name) && c.Of[0] != p.Name {
			return false
		}
	}
	return true
}

// recursive reports whether the value of an attribute is an object within one of
// the same type.
func (b *builder) recursive(p *model.Property) bool {
	ref, _ := p.TypeAt(b.version)
	t := b.schema.Type(ref.Ref)
	return t != nil && slices.Contains(b.within, t)
}

// captions fills in the captions that are required of values that are there.
func (b *builder) captions(x *Object, list []*model.Property) {
	for _, p := range list {
		sibling := p.SiblingAt(b.version)
		n, isNumber := x.get(p.Name).(int64)
		if sibling == "" || !isNumber || x.get(sibling) == nil {
			continue
		}
		ref, _ := p.TypeAt(b.version)
		enum := b.schema.Type(ref.Ref)
		if p.Name == "type_uid" || enum == nil {
			continue
		}
		for _, v := range enum.ValuesAt(b.version) {
			if v.Int == n {
				x.set(sibling, v.TitleAt(b.version))
			}
		}
	}
}

// setVersion names the version in the attribute that is for it.
func (b *builder) setVersion(x *Object) {
	path := b.schema.VersionAt
	if len(path) == 0 {
		return
	}
	for _, name := range path[:len(path)-1] {
		x, _ = x.get(name).(*Object)
	}
	x.set(path[len(path)-1], b.schema.Versions[b.version].Name)
}

// setProfiles names the profiles in metadata.profiles.
func (b *builder) setProfiles(x *Object) {
	metadata, ok := x.get("metadata").(*Object)
	if !ok {
		return
	}
	var list []any
	for _, p := range b.options.Profiles {
		list = append(list, p)
	}
	metadata.set("profiles", list)
	metadata.sort(b.schema.Type("metadata").PropertiesAt(b.version))
}
