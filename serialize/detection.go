package serialize

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/idmefv2"
	"github.com/secmodel/secmodel/mozdef"
	"github.com/secmodel/secmodel/ocsf"
	"github.com/secmodel/secmodel/wire"
)

// Detection says what a document is, and what shows it.
type Detection struct {
	Identity secmodel.Identity
	// ContentType is the preferred name of the document's content type.
	ContentType string
	// Evidence lists the members of the root that speak for the format, in the
	// order of the document. It is empty where only the option Hint does.
	Evidence []Evidence
}

// Evidence is a member of a document's root that speaks for a format.
type Evidence struct {
	Format  string          // the format that it speaks for
	Pointer string          // JSON Pointer of the member
	Value   json.RawMessage // its value, nil if that does not matter
}

// DetectError is the error for a document whose format or class is not clear. It
// wraps secmodel.ErrUnknownFormat.
type DetectError struct {
	// Candidates are what the document may be: none, or several that it equally
	// says it is.
	Candidates []secmodel.Identity
	// Members are the names of the first members of the root.
	Members []string
	// Hint is the value of the option Hint, if no format has that name.
	Hint string
}

// Error implements error.
func (e *DetectError) Error() string {
	var b strings.Builder
	b.WriteString(secmodel.ErrUnknownFormat.Error())
	switch {
	case len(e.Candidates) > 0:
		b.WriteString(": the document is both")
		for i, id := range e.Candidates {
			if i > 0 {
				b.WriteString(" and")
			}
			b.WriteString(" " + id.String())
		}
	case len(e.Members) == 0:
		b.WriteString(": the root has no members")
	default:
		b.WriteString(": no format has a root with the members " + strings.Join(e.Members, ", "))
	}
	if e.Hint != "" {
		fmt.Fprintf(&b, "; the hint %q is none of %s, %s, %s", e.Hint, idmefv2.Format, ocsf.Format, mozdef.Format)
	}
	return b.String()
}

// Unwrap returns secmodel.ErrUnknownFormat.
func (e *DetectError) Unwrap() error { return secmodel.ErrUnknownFormat }

// Detect says what a JSON document is, from the members of its root: format,
// class, and the version that it would be judged by. It reads no further than it
// has to. The error wraps secmodel.ErrUnknownFormat, or secmodel.ErrSyntax if the
// document is malformed before that is clear.
//
// IDMEFv2 is known by its Version, or by member names that only it has; MozDef
// as package mozdef describes under "Which class a document is"; OCSF as
// [ocsf.Evidence] describes, and what has a member "events" and is nothing else is
// a bundle, whose own errors say what is wrong with it.
func Detect(data []byte) (secmodel.Identity, error) {
	o := secmodel.NewOptions()
	doc := document{f: &jsonFormat, data: data, text: data}
	e := evidence{until: untilCertain}
	if err := e.gather(&doc, &o); err != nil {
		return secmodel.Identity{}, err
	}
	c, err := e.decide(&doc, &o)
	if err != nil {
		return secmodel.Identity{}, err
	}
	return e.identity(c), nil
}

// DetectPayload says what a document is, in any content type, and what shows it,
// as Codec.Detect does.
func DetectPayload(p Payload, opts ...secmodel.Option) (Detection, error) {
	return standard.Detect(p, opts...)
}

// Detect says what a document is, in any content type, from all the members of
// its root, and which of them show it. A document that says as clearly that it is
// of one format as of another is a *DetectError that names the candidates, which
// the option Hint decides between. Other errors are those of Unserialize. The
// document is not checked.
func (c *Codec) Detect(p Payload, opts ...secmodel.Option) (Detection, error) {
	o := secmodel.NewOptions(opts...)
	doc, err := c.admit(p, &o)
	if err != nil {
		return Detection{}, err
	}
	e := evidence{until: untilEnd}
	if err := e.gather(&doc, &o); err != nil {
		return Detection{}, err
	}
	cl, err := e.decide(&doc, &o)
	if err != nil {
		return Detection{}, err
	}
	d := Detection{Identity: e.identity(cl), ContentType: doc.f.recordType()}
	for _, item := range e.list {
		if item.Format == cl.format {
			d.Evidence = append(d.Evidence, item)
		}
	}
	return d, nil
}

// note is member with a record of what the member speaks for: of a format that
// it changes what is known about.
func (e *evidence) note(name string, value []byte) {
	idmef, other := e.idmef, e.mozdef
	e.member(name, value)
	add := func(format string, value []byte) {
		e.list = append(e.list, Evidence{Format: format, Pointer: string(wire.AppendPointer(nil, name)), Value: json.RawMessage(strings.Clone(string(value)))})
	}
	if e.idmef != idmef {
		if name != "Version" {
			value = nil
		}
		add(idmefv2.Format, value)
	}
	if e.mozdef != other {
		add(mozdef.Format, short(value))
	}
	switch name {
	case "class_uid", "category_uid", "activity_id", "type_uid", "severity_id":
		add(ocsf.Format, short(value))
	case "metadata", eventsName:
		add(ocsf.Format, nil)
	}
}

// short returns a value that is a number or a short string, nil for any other.
func short(value []byte) []byte {
	const most = 64
	if len(value) == 0 || len(value) > most || value[0] == '{' || value[0] == '[' {
		return nil
	}
	return value
}
