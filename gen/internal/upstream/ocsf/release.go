package ocsf

// Release is one compiled release: every class and object with all its
// attributes, of every profile and extension, as the rules leave them.
type Release struct {
	Version    string
	Extensions map[string]int64 // name to number
	Categories map[string]Category
	Profiles   map[string]string // name, with its extension's: "linux/linux_users", to caption
	Types      map[string]*Scalar
	Dictionary map[string]*Attribute
	Classes    map[string]*Item
	Objects    map[string]*Item
}

// Category groups classes.
type Category struct {
	UID     int64
	Caption string
}

// Scalar is a type of the dictionary.
type Scalar struct {
	Caption    string
	Super      string // type that it narrows, "" if it is a primitive
	Regex      string
	Range      []int64 // from and to, inclusive; nil if there is none
	MaxLen     int64   // in code points; 0 if there is none
	Observable int64   // number of the observable type; 0 if it is none
	Extension  string
}

// Item is a class or an object.
type Item struct {
	Name        string
	Caption     string
	UID         int64  // class_uid, for a class
	Category    string // for a class
	Extension   string
	Attributes  map[string]*Attribute
	Constraints map[string][]string // kind to attribute names or dotted paths, sorted
	Profiles    []string            // sorted
	Deprecated  *Deprecation
	Observable  int64 // number of the observable type; 0 if it is none
}

// Attribute is an attribute of an item, or of the dictionary.
type Attribute struct {
	Caption     string
	Type        string // a key of Release.Types, or object_t
	ObjectType  string // with object_t: a key of Release.Objects
	Array       bool
	Requirement string // "required", "recommended" or "optional"
	Group       string
	Profiles    []string // sorted; nil if the attribute is in every event
	Enum        map[string]EnumValue
	Sibling     string
	Deprecated  *Deprecation
	Observable  int64
	Extension   string
}

// EnumValue is a value of an enumeration.
type EnumValue struct {
	Caption    string
	Deprecated *Deprecation
}

// Deprecation says since which release something is deprecated.
type Deprecation struct{ Since string }
