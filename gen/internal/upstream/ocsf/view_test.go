package ocsf

import (
	"fmt"
	"strconv"

	"github.com/secmodel/secmodel/internal/model"
)

// view takes one release out of a schema that Merge made. It has what the
// release says, except the dictionary, the extensions, the profiles of objects
// (those of classes include them) and what the union does not keep per
// release: the captions of types, objects and attributes and the groups of
// attributes are the newest ones, the extension of an attribute is left out,
// and an integer_t that became a long_t is a long_t.
func view(s *model.Schema, version string) (*Release, error) {
	v := s.Version(version)
	if v < 0 {
		return nil, fmt.Errorf("ocsf: the schema has no version %q", version)
	}
	r := &Release{
		Version:    version,
		Categories: map[string]Category{},
		Profiles:   map[string]string{},
		Types:      map[string]*Scalar{},
		Classes:    map[string]*Item{},
		Objects:    map[string]*Item{},
	}
	for _, p := range s.Profiles {
		if p.In.Has(v) {
			r.Profiles[p.Name] = p.Title
		}
	}
	w := &viewer{s: s, v: v, types: map[string]*model.Type{}}
	for _, t := range s.Types {
		w.types[t.Name] = t
	}
	for _, t := range s.Types {
		switch {
		case !t.In.Has(v):
		case t.Class != nil:
			r.Classes[t.NameAt(v)] = w.class(t)
		case w.isObject(t):
			r.Objects[t.NameAt(v)] = w.item(t)
		case t.Values == nil:
			r.Types[t.Name] = w.scalar(t)
		}
	}
	for _, class := range r.Classes {
		uid := categoryOf(class.UID)
		if caption, ok := w.caption("category_uid", uid); ok && uid != 0 {
			r.Categories[class.Category] = Category{UID: uid, Caption: caption}
		}
	}
	return r, nil
}

type viewer struct {
	s     *model.Schema
	v     int
	types map[string]*model.Type
}

// isObject reports whether t is an object of the specification. One without
// attributes is free-form.
func (w *viewer) isObject(t *model.Type) bool {
	return t.Kind == model.Object || t.Kind == model.Any && t.Forms != nil
}

// class is item with the numbers that follow from class_uid.
func (w *viewer) class(t *model.Type) *Item {
	item := w.item(t)
	item.UID, item.Category = t.Class.UID, t.Class.Category
	item.Caption, _ = w.caption("class_uid", item.UID)
	for name, uid := range map[string]int64{"class_uid": item.UID, "category_uid": categoryOf(item.UID)} {
		if a := item.Attributes[name]; a != nil {
			caption, _ := w.caption(name, uid)
			a.Enum = map[string]EnumValue{strconv.FormatInt(uid, 10): {Caption: caption}}
		}
	}
	if a := item.Attributes["type_uid"]; a != nil {
		a.Enum = typeUIDs(item)
	}
	return item
}

// caption returns the caption of an integer in an enumeration.
func (w *viewer) caption(enum string, n int64) (string, bool) {
	if t := w.types[enum]; t != nil {
		for _, x := range t.ValuesAt(w.v) {
			if x.Int == n {
				return x.TitleAt(w.v), true
			}
		}
	}
	return "", false
}

func (w *viewer) item(t *model.Type) *Item {
	item := &Item{
		Name:        t.NameAt(w.v),
		Caption:     t.Title,
		Extension:   t.Extension,
		Attributes:  map[string]*Attribute{},
		Constraints: map[string][]string{},
		Deprecated:  w.deprecation(t.Deprecated),
	}
	observable, _ := model.At(t.Observable, w.v)
	item.Observable = int64(observable)
	item.Profiles, _ = model.At(t.Profiles, w.v)
	for _, p := range t.PropertiesAt(w.v) {
		item.Attributes[p.Name] = w.attribute(p)
	}
	for _, c := range t.Constraints {
		if c.In.Has(w.v) {
			item.Constraints[c.Kind] = c.Of
		}
	}
	return item
}

func (w *viewer) attribute(p *model.Property) *Attribute {
	a := &Attribute{
		Caption:     p.Title,
		Requirement: "optional",
		Group:       p.Group,
		Sibling:     p.SiblingAt(w.v),
		Deprecated:  w.deprecation(p.Deprecated),
	}
	switch {
	case p.Required.Has(w.v):
		a.Requirement = "required"
	case p.Recommended.Has(w.v):
		a.Requirement = "recommended"
	}
	observable, _ := model.At(p.Observable, w.v)
	a.Observable = int64(observable)
	a.Profiles, _ = model.At(p.Profiles, w.v)
	ref, array := p.TypeAt(w.v)
	a.Array = array
	switch t := w.types[ref.Ref]; {
	case w.isObject(t):
		a.Type, a.ObjectType = "object_t", t.NameAt(w.v)
	case t.Values != nil:
		a.Type = t.Super
		a.Enum = map[string]EnumValue{}
		for _, x := range t.ValuesAt(w.v) {
			key := x.Str
			if t.Kind == model.Integer {
				key = strconv.FormatInt(x.Int, 10)
			}
			a.Enum[key] = EnumValue{Caption: x.TitleAt(w.v), Deprecated: w.deprecation(x.Deprecated)}
		}
	default:
		a.Type = t.Name
	}
	return a
}

func (w *viewer) deprecation(list []model.Deprecation) *Deprecation {
	if since, ok := model.DeprecatedAt(list, w.v); ok {
		return &Deprecation{Since: since}
	}
	return nil
}

func (w *viewer) scalar(t *model.Type) *Scalar {
	s := &Scalar{Caption: t.Title, Super: t.Super, Extension: t.Extension}
	observable, _ := model.At(t.Observable, w.v)
	s.Observable = int64(observable)
	for _, f := range t.Facets {
		if !f.In.Has(w.v) {
			continue
		}
		if f.Pattern != "" {
			s.Regex = f.Pattern
		}
		if f.MaxLen != nil {
			s.MaxLen = int64(*f.MaxLen)
		}
		for _, bounds := range f.Ints {
			s.Range = bounds[:]
		}
	}
	return s
}
