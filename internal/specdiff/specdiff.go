// Package specdiff says what changed between two versions of a format.
//
// A change is breaking in one or both of two ways.
//
// It breaks producers if a document that is right in the older version can be
// wrong in the newer one, with nothing changed but the version that it names:
// an attribute or value is gone, something became required or bound more
// tightly, a type or shape no longer admits what it did.
//
// It breaks consumers if a program written for the older version can no longer
// rely on what that promised, even though it passes over attributes, classes
// and values of enumerations that it has not heard of: an attribute is gone or
// no longer required, or has values of types and shapes that it had not, or a
// constraint is gone or admits more. Values that became less bound (longer
// strings, larger numbers) and values of an enumeration that are not used any
// more do not break consumers.
//
// A fault that is only a warning breaks nobody, nor does a new caption, a
// deprecation, or a new name of a class or object, which documents do not name.
package specdiff

import (
	"fmt"
	"strconv"

	"github.com/secmodel/secmodel/internal/model"
)

// Report lists the changes between two versions of a format.
type Report struct {
	Format string `json:"format"`
	From   string `json:"from"`
	To     string `json:"to"`
	// Changes counts all changes, Producers and Consumers those that break
	// these.
	Changes   int    `json:"changes"`
	Producers int    `json:"breaking_producers"`
	Consumers int    `json:"breaking_consumers"`
	Items     []Item `json:"items"`
	// names lists the classes and objects that both versions have.
	names map[ItemKind][]string
}

// ItemKind is what an item is.
type ItemKind string

// The kinds of items, in the order in which a report has them.
const (
	Profile     ItemKind = "profile"
	Class       ItemKind = "class"
	Object      ItemKind = "object"
	Enumeration ItemKind = "enumeration"
	Scalar      ItemKind = "type" // a scalar that is no enumeration
)

// Item is a definition that changed. Items are ordered by kind and name.
type Item struct {
	Kind ItemKind `json:"kind"`
	Name string   `json:"name"` // in the newer version, if it is there
	// UID is the number of a class, 0 if the format has no numbers.
	UID int64 `json:"uid,omitempty"`
	// UsedBy lists the attributes, as "class.attribute", that have an
	// enumeration in both versions.
	UsedBy  []string `json:"used_by,omitempty"`
	Changes []Change `json:"changes"`
}

// Kind is what happened.
type Kind string

// The kinds of changes.
const (
	Added        Kind = "added"        // the item itself, or what is named in it
	Removed      Kind = "removed"      // the same
	Renamed      Kind = "renamed"      // the item
	Type         Kind = "type"         // of an attribute
	Shape        Kind = "shape"        // of an attribute: a single value or an array
	Requirement  Kind = "requirement"  // of an attribute: required, recommended, optional
	Profiles     Kind = "profiles"     // that an attribute depends on
	Sibling      Kind = "sibling"      // the attribute that has the caption of a value
	Null         Kind = "null"         // whether null is a value of an attribute, or of an element
	Checked      Kind = "checked"      // whether the official schema checks what is in an attribute
	Caption      Kind = "caption"      // of a value
	Observable   Kind = "observable"   // number of the observable type
	Deprecated   Kind = "deprecated"   // the item, an attribute or a value
	Undeprecated Kind = "undeprecated" // the same
	Members      Kind = "members"      // least number of members of an object
	Constraint   Kind = "constraint"   // what it binds
	Values       Kind = "values"       // a free value became an enumeration, or the reverse
	Bound        Kind = "bound"        // a keyword of JSON Schema that binds a scalar
)

// Change is one change of an item: of its attribute, value, profile, constraint
// or bound if one of these is named, else of the item itself.
type Change struct {
	Kind       Kind   `json:"change"`
	Attribute  string `json:"attribute,omitempty"`
	Value      string `json:"value,omitempty"`      // of an enumeration
	Profile    string `json:"profile,omitempty"`    // that a class admits
	Constraint string `json:"constraint,omitempty"` // its kind
	Bound      string `json:"bound,omitempty"`      // keyword
	// Before and After describe both states, as far as there is one.
	Before string `json:"before,omitempty"`
	After  string `json:"after,omitempty"`
	Breaks Breaks `json:"breaks,omitzero"`
}

// Breaks says whom a change breaks.
type Breaks struct {
	Producers bool `json:"producers,omitempty"`
	Consumers bool `json:"consumers,omitempty"`
}

// Compare lists what changed from one version to another, which may be the
// older one. Captions of attributes and definitions are not compared: a schema
// has the newest ones only. Nor are the values of class_uid, which follow from
// the classes, and of the attribute that names the version.
func Compare(s *model.Schema, from, to string) (*Report, error) {
	c := &comparer{s: s, types: make(map[string]*model.Type, len(s.Types))}
	for i, name := range []string{from, to} {
		v := s.Version(name)
		if v < 0 {
			return nil, fmt.Errorf("%s has no version %q: want one of %q", s.Format, name, versions(s))
		}
		c.v[i] = v
	}
	for _, t := range s.Types {
		c.types[t.Name] = t
	}
	r := &Report{Format: s.Format, From: from, To: to, Items: []Item{}, names: map[ItemKind][]string{}}
	r.Items = append(r.Items, c.profiles()...)
	for _, kind := range []ItemKind{Class, Object} {
		for _, t := range s.Types {
			if t.Kind != model.Object || (t.Class != nil) != (kind == Class) {
				continue
			}
			if c.both(t.In) {
				r.names[kind] = append(r.names[kind], t.NameAt(c.v[1]))
			}
			r.add(c.object(kind, t))
		}
	}
	used := c.used()
	for _, kind := range []ItemKind{Enumeration, Scalar} {
		for _, t := range s.Types {
			if (t.Values != nil) == (kind == Enumeration) && used[t] != nil {
				item := Item{Kind: kind, Name: t.NameAt(c.v[1]), Changes: c.scalar(t)}
				if kind == Enumeration {
					item.UsedBy = used[t]
				}
				r.add(item)
			}
		}
	}
	r.count()
	return r, nil
}

func versions(s *model.Schema) []string {
	var list []string
	for _, v := range s.Versions {
		list = append(list, v.Name)
	}
	return list
}

func (r *Report) add(item Item) {
	if len(item.Changes) > 0 {
		r.Items = append(r.Items, item)
	}
}

func (r *Report) count() {
	for _, item := range r.Items {
		for _, change := range item.Changes {
			r.Changes++
			if change.Breaks.Producers {
				r.Producers++
			}
			if change.Breaks.Consumers {
				r.Consumers++
			}
		}
	}
}

// comparer compares two versions of a schema.
type comparer struct {
	s     *model.Schema
	v     [2]int // older and newer
	types map[string]*model.Type
}

// both reports whether both versions are in the set.
func (c *comparer) both(s model.Set) bool { return s.Has(c.v[0]) && s.Has(c.v[1]) }

// presence gives the change of what comes or goes, and reports whether there
// is more to compare because both versions have it.
func (c *comparer) presence(in model.Set) (kind Kind, compare bool) {
	switch {
	case c.both(in):
		return "", true
	case in.Has(c.v[1]):
		return Added, false
	case in.Has(c.v[0]):
		return Removed, false
	}
	return "", false
}

func (c *comparer) profiles() []Item {
	var items []Item
	for _, p := range c.s.Profiles {
		if kind, _ := c.presence(p.In); kind != "" {
			items = append(items, Item{Kind: Profile, Name: p.Name, Changes: []Change{
				{Kind: kind, Breaks: Breaks{Producers: kind == Removed}},
			}})
		}
	}
	return items
}

// deprecation compares a deprecation, and gives at most one change.
func (c *comparer) deprecation(list []model.Deprecation) []Change {
	_, was := model.DeprecatedAt(list, c.v[0])
	since, is := model.DeprecatedAt(list, c.v[1])
	switch {
	case is && !was:
		if since != "" {
			since = "since " + since
		}
		return []Change{{Kind: Deprecated, After: since}}
	case was && !is:
		return []Change{{Kind: Undeprecated}}
	}
	return nil
}

// observable compares the number of an observable type, and gives at most one
// change.
func (c *comparer) observable(list []model.Ranged[int]) []Change {
	text := func(v int) string {
		if n, ok := model.At(list, v); ok {
			return strconv.Itoa(n)
		}
		return "none"
	}
	return differ(Observable, text(c.v[0]), text(c.v[1]))
}

// differ is a change if there is one.
func differ(kind Kind, before, after string) []Change {
	if before == after {
		return nil
	}
	return []Change{{Kind: kind, Before: before, After: after}}
}
