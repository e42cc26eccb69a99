package secmodel

// Identity says what a document is: its format, the version of that format,
// and the class within it, in the specification's own words.
//
//	{"idmefv2", "2.D.V08", "message"}
//	{"ocsf", "1.8.0", "authentication"}
//	{"mozdef", "1", "event"}
//
// Version is the one that the document was judged by; where the document
// names none, or one that is not known, that is the newest known version.
type Identity struct {
	Format  string `json:"format"`
	Version string `json:"version"`
	Class   string `json:"class"`
}

// String gives the three parts separated by spaces; unknown ones are left out.
func (id Identity) String() string {
	s := id.Format
	for _, part := range [...]string{id.Version, id.Class} {
		switch {
		case part == "":
		case s == "":
			s = part
		default:
			s += " " + part
		}
	}
	return s
}

// Message is a whole document of any of the formats: *idmefv2.Message,
// *ocsf.Authentication, *mozdef.Event and so on.
//
// The methods only read the message, so that they may run concurrently as long
// as nothing writes to it.
type Message interface {
	// Identity names the format, version and class of the message.
	Identity() Identity
	// Check validates the message and lists everything found, errors and
	// warnings, in the order of the document's attributes.
	Check(opts ...Option) Report
	// Validate is Check for those who need a yes or no: it returns a
	// *ValidationError if there is at least one error, else nil. Warnings do
	// not make it fail, unless the option Strict is given.
	Validate(opts ...Option) error
	// AppendJSON appends the message as compact JSON to dst. It writes what is
	// there, valid or not; it fails only for what no JSON text can hold, as a
	// number that is not finite or a raw member that is not JSON.
	AppendJSON(dst []byte) ([]byte, error)
}

// Or returns *p, or def if p is nil: attributes are pointers, absent ones nil.
func Or[T any](p *T, def T) T {
	if p == nil {
		return def
	}
	return *p
}
