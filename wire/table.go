// Package wire is the engine under the generated models: it decodes, encodes,
// checks and clones any generated type from its table. It is exported because
// generated code in any module uses it; it is not meant to be called by hand,
// and its API may change with any release.
//
// # How it works
//
// A [Type] describes one struct: for each field its key, offset, kind, and in
// which versions of the specification it exists and is required. A [Table]
// holds the types of one package; types refer to each other by index, because
// specifications are cyclic and Go rejects cyclic package variables. Tables are
// static data, made by the generator; nothing runs at start-up.
//
// All use of package unsafe in this module is in this package. The generated
// tables are locked to the structs by the compiler (names, offsets, sizes) and
// by [github.com/secmodel/secmodel/wire/wiretest] (kinds and children).
package wire

import (
	"slices"
	"strconv"
	"unsafe"
)

// Versions is a set of versions of a specification: bit i is Table.Versions[i].
type Versions uint32

// Table holds everything known about the types of one package.
type Table struct {
	Format   string
	Versions []string // oldest first
	Newest   uint8    // index of the newest released version
	// VersionAt is the path of keys, from a root, to the attribute that names
	// the version of a document.
	VersionAt []string
	// NullAbsent: a null counts as an absent attribute.
	NullAbsent bool
	// PatternWarning: a value that its pattern does not match is warned of.
	PatternWarning bool
	// Int64: an integer beyond 64 bits is of a wrong type.
	Int64    bool
	Profiles []string // bit i of a profile set
	// ProfileAbsent lists, for each profile, the versions without it; nil if
	// every version has every profile.
	ProfileAbsent []Versions
	// Types lists the types that fields refer to. Roots of documents are not
	// among them, so that a program has only those in it that it uses.
	Types []*Type
	// Count is the number of all types of the package, roots included.
	Count int
	// Classes lists the classes of documents that have a number, by number.
	Classes []*Class
}

// Type describes one struct. Every field of the struct is a pointer, slice or
// map, so that its first word is not zero exactly when the field is present.
type Type struct {
	Name string // class or object, in the specification's words
	// Number is less than Table.Count, and no other type of the table has it. Of
	// a type that fields refer to it is the index in Table.Types.
	Number uint16
	Fields []Field
	Index  Index // key, without quotes, to field
	// Words says which field a word of the struct begins, for each word up to the
	// last field: 1 + its index, 0 for a word within a slice. It is empty if there
	// are more than 255 fields.
	Words string
	// Must lists the indexes of the fields that some version requires; it is empty
	// with Words.
	Must  string
	Size  uintptr
	Extra uintptr // offset of Extra map[string]json.RawMessage

	// New allocates memory for n values.
	New func(n int) unsafe.Pointer

	Unknown     Unknown
	Constraints []Constraint
	MinMembers  []MinMembers
	Absent      Versions // versions without this type
	Deprecated  []Deprecation
	// Root marks the root of a document: the shape of fields is settled by its
	// version when it has been decoded.
	Root bool
	// Class is set on roots of formats that number their classes.
	Class *Class
}

// Class describes the root of a document as one of many.
type Class struct {
	UID       int64
	Name      string   // in the specification's words
	Absent    Versions // versions without the class
	Title     string   // caption
	Category  string   // name of its category
	Names     []Former // names in versions where it is not Name
	Profiles  []Gate   // profiles that it admits
	Extension string   // name of the extension that defines it, "" if none
}

// Former is a text that was another in some versions.
type Former struct {
	In   Versions
	Text string
}

// formerly returns the text that holds in version v, now if no other does.
func formerly(list []Former, v Versions, now string) string {
	for i := range list {
		if list[i].In&v != 0 {
			return list[i].Text
		}
	}
	return now
}

// Field returns the index of the attribute called name, -1 if there is none.
func (t *Type) Field(name string) int { return t.find(name) }

// NameAt returns the name that the class had in a version.
func (c *Class) NameAt(version int) string { return formerly(c.Names, 1<<version, c.Name) }

// In reports whether a version has the class.
func (c *Class) In(version int) bool { return c.Absent>>version&1 == 0 }

// Unknown says what a member is that no field of the type has.
type Unknown uint8

// The policies for unknown members.
const (
	UnknownError Unknown = iota
	UnknownWarning
	UnknownOpen
)

// Kind is the Go type of a field.
type Kind uint8

// The kinds. An enumeration is a String or Int: its base type is exactly string
// or int64.
const (
	String       Kind = 1 + iota // *string
	Int                          // *int64
	Float                        // *float64
	Bool                         // *bool
	Raw                          // json.RawMessage
	IntOrString                  // *string holding the JSON text of an integer or a string
	Object                       // *T
	Strings                      // []string
	Ints                         // []int64
	Floats                       // []float64
	Bools                        // []bool
	Raws                         // []json.RawMessage
	IntOrStrings                 // []string
	Objects                      // []T
)

// List reports whether k is the kind of an array.
func (k Kind) List() bool { return k >= Strings }

// Elem returns the kind of the elements of an array.
func (k Kind) Elem() Kind { return k - (Strings - String) }

// Field describes one field of a struct: one attribute.
type Field struct {
	Key    string // name with quotes and colon, as it is written: `"ID":`
	Offset uint16
	Kind   Kind
	Flags  Flags
	Child  uint16 // index in Table.Types, for Object and Objects

	Absent   Versions // versions without the attribute
	Required Versions // versions that require it

	Scalar *Scalar // bounds and values, nil if there are none
	More   *More   // what few attributes have, nil if nothing
}

// Name returns the attribute's name.
func (f *Field) Name() string { return f.Key[1 : len(f.Key)-2] }

// Flags of a Field.
type Flags uint8

// The flags. The JSON types that a Raw admits are the bits Form…; no bit means
// every type.
const (
	FormObject Flags = 1 << iota
	FormArray
	FormString
	FormNumber
	FormBool
	LenientMissing // absence where required is a warning
	LenientType    // a wrong type is a warning
	LenientValue   // a value out of bounds or enumeration is a warning
)

const formMask = FormObject | FormArray | FormString | FormNumber | FormBool

// More holds what few attributes have.
type More struct {
	Recommended Versions
	// One lists the versions in which an array is a single value instead.
	One Versions
	// Unchecked lists the versions in which faults inside are warnings.
	Unchecked Versions
	// Null lists the versions in which null is a value of the attribute, and
	// NullItems those in which it is one of the elements of an array.
	Null, NullItems Versions

	Deprecated []Deprecation
	// Profiles: the attribute exists only in events that name one of them. A
	// version in no gate has the attribute in every event.
	Profiles []Gate
	Was      []Was
	// Sibling is 1 + the index of the field that holds the caption of this
	// enumeration's value, 0 if there is none.
	Sibling uint16
	// SiblingAbsent lists the versions in which it does not.
	SiblingAbsent Versions
	// Special lists the versions in which one of One, Unchecked, Deprecated,
	// Profiles and Was matters.
	Special Versions
	// Observable is the number of the observable type, by version.
	Observable []Numbered
}

// Deprecation says since when something is deprecated.
type Deprecation struct {
	In    Versions
	Since string
}

// Gate is a set of profiles in some versions.
type Gate struct {
	In       Versions
	Profiles uint64 // bits of Table.Profiles
}

// Numbered is a number in some versions.
type Numbered struct {
	In Versions
	N  int
}

// Was is the type of an attribute in versions in which it was another.
type Was struct {
	In     Versions
	Kind   Kind
	Flags  Flags
	Child  uint16
	Scalar *Scalar
}

// MinMembers is the least number of members of an object.
type MinMembers struct {
	In Versions
	N  int
}

// Constraint binds several attributes of one object.
type Constraint struct {
	In   Versions
	Just bool     // just one of them, else at least one
	Of   []string // attribute names, dotted paths included
	At   string   // indexes of the fields that Of names; empty if one is dotted or no field
}

// Scalar describes a named scalar type: what its values must satisfy.
type Scalar struct {
	Name  string
	Super *Scalar // the scalar that it narrows
	Enum  *Enum   // its values, nil if any
	Rules []Rule
}

// Rule is a group of bounds of a scalar in some versions.
type Rule struct {
	In     Versions
	Has    Bounds
	Match  *Pattern // nil if there is none
	MinLen int      // in code points
	MaxLen int
	Min    float64
	Max    float64
	Ranges [][2]int64 // admitted integers, inclusive
}

// Bounds says which numbers of a Rule hold.
type Bounds uint8

// The bounds.
const (
	HasMin Bounds = 1 << iota
	HasMax
	HasMinLen
	HasMaxLen
	ExclusiveMin
	ExclusiveMax
)

// Enum is an enumeration. Either Strings or Ints is set; Ints is sorted.
type Enum struct {
	Name    string
	Strings []string
	Index   Index // for Strings
	Ints    []int64
	// Absent lists, for each value, the versions without it; nil if every
	// version has every value.
	Absent []Versions
	// Titles are the captions, nil if there are none.
	Titles []string
	// Retitled are captions that were others in some versions.
	Retitled []Retitled
	// Deprecated values, by index; nil if there are none.
	Deprecated []ValueDeprecation
}

// Retitled is the caption of a value of an Enum in versions where it is not the
// newest.
type Retitled struct {
	Value int // index
	Former
}

// Title returns the caption of value i in a version, "" if it has none.
func (e *Enum) Title(i, version int) string {
	if e.Titles == nil {
		return ""
	}
	for j := range e.Retitled {
		if r := &e.Retitled[j]; r.Value == i && r.In>>version&1 != 0 {
			return r.Text
		}
	}
	return e.Titles[i]
}

// Find returns the index of an integer that a version has as a value, -1 if it
// is none.
func (e *Enum) Find(n int64, version int) int {
	i := e.indexOf(n)
	if i >= 0 && e.Absent != nil && e.Absent[i]>>version&1 != 0 {
		return -1
	}
	return i
}

// indexOf returns the index of an integer, -1 if it is no value. Most values
// are numbered from 0 or 1 on without a gap, which it tries first.
func (e *Enum) indexOf(n int64) int {
	if len(e.Ints) == 0 {
		return -1
	}
	if i := uint64(n) - uint64(e.Ints[0]); i < uint64(len(e.Ints)) && e.Ints[i] == n {
		return int(i)
	}
	if i, ok := slices.BinarySearch(e.Ints, n); ok {
		return i
	}
	return -1
}

// Caption returns the newest caption of an integer, its digits if it has none.
func (e *Enum) Caption(n int64) string {
	if i := e.indexOf(n); i >= 0 && e.Titles != nil && e.Titles[i] != "" {
		return e.Titles[i]
	}
	return strconv.FormatInt(n, 10)
}

// HasInt reports whether any version has the value.
func (e *Enum) HasInt(n int64) bool { return e.indexOf(n) >= 0 }

// HasString reports whether any version has the value.
func (e *Enum) HasString(s string) bool { return e.Index.lookup(s, e.Strings) >= 0 }

// IntValues gives the values of an Enum in its Go type.
func IntValues[T ~int64](list []int64) []T {
	values := make([]T, len(list))
	for i, v := range list {
		values[i] = T(v)
	}
	return values
}

// StringValues gives the values of an Enum in its Go type.
func StringValues[T ~string](list []string) []T {
	values := make([]T, len(list))
	for i, v := range list {
		values[i] = T(v)
	}
	return values
}

// DeprecatedSince says since when value i is deprecated in a version, "" if it
// is not.
func (e *Enum) DeprecatedSince(i, version int) string {
	for j := range e.Deprecated {
		if d := &e.Deprecated[j]; d.Value == i && d.In>>version&1 != 0 {
			return d.Since
		}
	}
	return ""
}

// ValueDeprecation says since when a value of an Enum is deprecated.
type ValueDeprecation struct {
	Value int // index
	In    Versions
	Since string
}
