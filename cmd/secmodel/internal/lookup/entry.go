// Package lookup says what a name of the formats stands for: a class, an object,
// an attribute, a data type, a value of an enumeration, or a code of a violation,
// a repair or a conversion.
package lookup

// Kind says what an Entry is about.
type Kind string

// The kinds, in the order in which entries are listed.
const (
	Class     Kind = "class"
	Object    Kind = "object"
	Attribute Kind = "attribute"
	Type      Kind = "type"
	Value     Kind = "value"
	Code      Kind = "code"
)

// Entry is one thing that a name stands for. What does not apply is empty.
type Entry struct {
	Kind   Kind   `json:"kind"`
	Format string `json:"format,omitzero"` // "" for a code that the formats share
	Name   string `json:"name"`
	Title  string `json:"title,omitzero"` // in a few words

	// UID is the number of a class of OCSF, Category the name of its category,
	// Formerly lists its earlier names with the versions that had them.
	UID      int64    `json:"uid,omitzero"`
	Category string   `json:"category,omitzero"`
	Formerly []string `json:"formerly,omitzero"`

	// Versions says which versions have it: "*" for all, else ranges.
	Versions   string `json:"versions,omitzero"`
	Deprecated string `json:"deprecated,omitzero"` // since when

	// Of an attribute: what its value is, its requirement in each class and
	// object that has it, the profiles that add it, and the attribute that has
	// the caption of its value.
	Type     string   `json:"type,omitzero"`
	Array    bool     `json:"array,omitzero"`
	Owners   []Owner  `json:"owners,omitzero"`
	Profiles []string `json:"profiles,omitzero"`
	Caption  string   `json:"caption,omitzero"`

	// Of a class or object: its attributes. Of an enumeration, or an attribute
	// of one: the values. Of a scalar: what bounds it.
	Attributes []Member `json:"attributes,omitzero"`
	Values     []Choice `json:"values,omitzero"`
	Bounds     []string `json:"bounds,omitzero"`
	// UsedBy lists the attributes that have an object, scalar or value, as
	// "class.attribute".
	UsedBy []string `json:"used_by,omitzero"`

	// Of a code: what it is a code of ("violation", "suspicion", "repair",
	// "conversion"), and in which formats it occurs.
	Of      string   `json:"of,omitzero"`
	Formats []string `json:"formats,omitzero"`

	Link string `json:"link,omitzero"` // page of the specification
}

// Owner is a class or object that has an attribute.
type Owner struct {
	Name        string `json:"name"`
	Versions    string `json:"versions"`             // that have the attribute there
	Required    string `json:"required,omitzero"`    // versions in which it is
	Recommended string `json:"recommended,omitzero"` // the same
}

// Member is an attribute of a class or object.
type Member struct {
	Name        string `json:"name"`
	Type        string `json:"type"`
	Array       bool   `json:"array,omitzero"`
	Title       string `json:"title"`
	Versions    string `json:"versions"`
	Required    string `json:"required,omitzero"`
	Recommended string `json:"recommended,omitzero"`
	// Profiles are those of which an event must name one to have it.
	Profiles []string `json:"profiles,omitzero"`
}

// Choice is a value of an enumeration.
type Choice struct {
	Value      string `json:"value"`
	Title      string `json:"title,omitzero"`
	Versions   string `json:"versions"`
	Deprecated string `json:"deprecated,omitzero"`
}
