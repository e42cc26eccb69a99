// Package model is the annotated union schema of one format in memory: what
// schemas/README.md describes as JSON, as Go values. Importers write it, the
// generator and the exporter of plain JSON Schemas read it.
package model

import "slices"

// Schema is the union of all versions of one format.
type Schema struct {
	Format   string    // "idmefv2", "ocsf", "mozdef"
	Title    string    // the format's name
	Versions []Version // oldest first; bit i of a Set is Versions[i]
	// VersionAt is the path of attribute names, from the root of a document,
	// to the attribute that names the document's version; empty if none does.
	VersionAt []string
	// NullAbsent says that a null counts as an absent attribute.
	NullAbsent bool
	// PatternWarning says that a value that its pattern does not match is
	// warned of, as the official validator does.
	PatternWarning bool
	// Int64 says that an integer beyond 64 bits is no integer.
	Int64    bool
	Profiles []Profile
	Types    []*Type // classes, objects and scalars, ordered by name
}

// Version is one release or draft.
type Version struct {
	Name    string // as documents name it: "2.D.V08", "1.8.0"
	Preview bool   // not released yet: known, but never taken as the newest
}

// Profile is a named set of attributes that an event may opt into (OCSF).
type Profile struct {
	Name  string
	Title string
	In    Set
}

// Kind is what JSON value a Type is.
type Kind string

// The kinds. Any holds JSON of the forms listed in Type.Forms, or of every
// form if there is none; IntOrString is an integer or a string.
const (
	Object      Kind = "object"
	String      Kind = "string"
	Integer     Kind = "integer"
	Number      Kind = "number"
	Boolean     Kind = "boolean"
	Any         Kind = "any"
	IntOrString Kind = "integer|string"
)

// Type is one definition: a class, an object or a named scalar.
type Type struct {
	Name  string // key in $defs
	Go    string // Go name, where it is not derived from Name
	Title string // caption
	Kind  Kind
	In    Set              // versions that have it
	Names []Ranged[string] // names in versions where it is not Name; a class has them in Class

	// Super names the scalar that this one narrows, "" if none.
	Super string
	// Values is the enumeration, nil if the scalar is not one.
	Values []Value
	// Facets are the bounds and patterns of a scalar; those whose sets overlap
	// all hold.
	Facets []Facet
	// Forms are the JSON types that an Any may have, nil for all.
	Forms []string

	// Class is set on the root of a document.
	Class      *Class
	Properties []*Property // in the order of the specification
	Unknown    Unknown
	// Constraints bind several attributes of an object.
	Constraints []Constraint
	// Min members of an object, by version; 0 for none.
	MinProperties []Ranged[int]
	Deprecated    []Deprecation
	Profiles      []Ranged[[]string] // profiles that a class admits
	Observable    []Ranged[int]      // observable type of an object or scalar
	Extension     string             // extension that defines it
}

// Class is what marks a Type as the root of documents.
type Class struct {
	UID      int64            // 0 if the format has no numbers
	Category string           // name of its category, if the format has them
	Names    []Ranged[string] // names in versions where it is not Type.Name
}

// Unknown says what an unknown member of an object is.
type Unknown string

// The policies for unknown members.
const (
	UnknownError   Unknown = ""        // additionalProperties: false
	UnknownWarning Unknown = "warning" // admitted, but lost or ignored by receivers
	UnknownOpen    Unknown = "open"    // free-form
)

// Value is one value of an enumeration.
type Value struct {
	Str        string           // the value, if the enumeration is of strings
	Int        int64            // the value, if it is of integers
	Title      string           // caption
	Titles     []Ranged[string] // captions in versions where it is not Title
	Go         string           // Go name, where it is not derived from the caption or value
	In         Set
	Deprecated []Deprecation
}

// Facet is a group of bounds of a scalar in some versions.
type Facet struct {
	In             Set
	Pattern        string     // regular expression, "" for none
	Format         string     // JSON Schema format: annotation only
	Min, Max       *float64   // inclusive
	ExclusiveMin   bool       // Min is exclusive
	ExclusiveMax   bool       // Max is exclusive
	MinLen, MaxLen *int       // in code points
	Ints           [][2]int64 // admitted ranges of integers (OCSF), inclusive
}

// TypeRef is the type of a property: a reference or a bare primitive.
type TypeRef struct {
	Ref   string   // name of a Type, or
	Kind  Kind     // a primitive
	Forms []string // with Kind Any: JSON types admitted, nil for all
}

// Property is one attribute of a class or object.
type Property struct {
	Name  string
	Go    string // Go name, where it is not derived from Name
	Title string // caption
	Type  TypeRef
	Array bool
	// One lists the versions in which an Array is a single value instead.
	One Set
	// In lists the versions that have the attribute.
	In          Set
	Required    Set
	Recommended Set
	// Was gives the types of versions in which it is none of the above.
	Was []Was
	// Profiles: the attribute exists only in events that name one of them;
	// a null list (Ranged.Value == nil) means always.
	Profiles   []Ranged[[]string]
	Sibling    string // attribute that holds this enumeration's caption
	SiblingIn  Set    // versions in which Sibling is that attribute
	Deprecated []Deprecation
	Observable []Ranged[int]
	// Unchecked lists versions whose official schema does not check what is
	// inside the attribute: faults there are warnings.
	Unchecked Set
	// Null lists the versions in which null is a value of the attribute, and
	// NullItems those in which it is one of the elements of an Array.
	Null, NullItems Set
	// Lenient lists the kinds of fault that are warnings: "missing", "type",
	// "value".
	Lenient []string
	Group   string // group of the attribute in the specification (OCSF)
}

// Was is the type of an attribute in versions that differ from the newest.
type Was struct {
	In    Set
	Type  TypeRef
	Array bool
}

// Constraint binds several attributes of one object.
type Constraint struct {
	In   Set
	Kind string   // AtLeastOne or JustOne
	Of   []string // attribute names, dotted paths included
}

// The kinds of a Constraint.
const (
	AtLeastOne = "at_least_one"
	JustOne    = "just_one"
)

// Deprecation says since when something is deprecated.
type Deprecation struct {
	In    Set
	Since string
}

// Ranged is a value that holds in some versions.
type Ranged[T any] struct {
	In    Set
	Value T
}

// At returns the value that holds in version v.
func At[T any](list []Ranged[T], v int) (value T, ok bool) {
	for _, r := range list {
		if r.In.Has(v) {
			return r.Value, true
		}
	}
	return value, false
}

// Type returns the definition called name, nil if there is none.
func (s *Schema) Type(name string) *Type {
	for _, t := range s.Types {
		if t.Name == name {
			return t
		}
	}
	return nil
}

// Version returns the bit of the version called name, -1 if there is none.
func (s *Schema) Version(name string) int {
	return slices.IndexFunc(s.Versions, func(v Version) bool { return v.Name == name })
}

// Newest returns the bit of the newest released version.
func (s *Schema) Newest() int {
	for i := len(s.Versions) - 1; i >= 0; i-- {
		if !s.Versions[i].Preview {
			return i
		}
	}
	return len(s.Versions) - 1
}

// Property returns the attribute called name, nil if there is none.
func (t *Type) Property(name string) *Property {
	for _, p := range t.Properties {
		if p.Name == name {
			return p
		}
	}
	return nil
}
