package serialize

import (
	"fmt"
	"strings"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/idmefv2"
	"github.com/secmodel/secmodel/mozdef"
	"github.com/secmodel/secmodel/ocsf"
	"github.com/secmodel/secmodel/wire"
)

// class names a type of document: its format and class, and the number of the
// class if it has one.
type class struct {
	format, name string
	uid          int64
}

// new returns an empty message of the class.
func (c class) new() secmodel.Message {
	switch c.format {
	case idmefv2.Format:
		return new(idmefv2.Message)
	case mozdef.Format:
		return mozdef.New(c.name)
	case ocsf.Format:
		if c.name == ocsf.ClassBundle {
			return new(ocsf.Bundle)
		}
		return ocsf.New(c.uid)
	}
	return nil
}

// Detect says what a document is, from the members of its root: format, class,
// and the version that it would be judged by. The error wraps
// secmodel.ErrUnknownFormat, or secmodel.ErrSyntax if the document is malformed
// before that is clear.
//
// IDMEFv2 is known by its Version, or by member names that only it has; MozDef
// as package mozdef describes under "Which class a document is"; OCSF as
// [ocsf.Evidence] describes.
func Detect(data []byte) (secmodel.Identity, error) {
	o := secmodel.NewOptions()
	var e evidence
	if err := e.gather(data, &o, e.ocsf.Certain); err != nil {
		return secmodel.Identity{}, err
	}
	c, err := e.class(data)
	if err != nil {
		return secmodel.Identity{}, err
	}
	id := secmodel.Identity{Format: c.format, Class: c.name}
	switch c.format {
	case idmefv2.Format:
		id.Version = idmefv2.Judge(e.version)
	case mozdef.Format:
		id.Version = mozdef.Versions()[0]
	case ocsf.Format:
		id.Version = e.ocsf.Version()
	}
	return id, nil
}

// detect finds out the class of a document.
func detect(data []byte, o *secmodel.Options) (class, error) {
	var e evidence
	if err := e.gather(data, o, e.ocsf.ClassKnown); err != nil {
		return class{}, err
	}
	return e.class(data)
}

func detectNew(data []byte, o *secmodel.Options) (secmodel.Message, error) {
	c, err := detect(data, o)
	if err != nil {
		return nil, err
	}
	return c.new(), nil
}

// evidence is what the members of a root say about its format.
type evidence struct {
	version string // value of Version, a string
	idmef   int    // member names that IDMEFv2 has
	mozdef  mozdef.Evidence
	ocsf    ocsf.Evidence
}

// gather reads the root's members until the format is certain, or enough says
// that what is known of an OCSF event is enough.
func (e *evidence) gather(data []byte, o *secmodel.Options, enough func() bool) error {
	err := wire.Members(data, o.MaxDepth, func(name string, value []byte) bool {
		switch name {
		case "Version":
			if len(value) > 2 && value[0] == '"' {
				e.version = string(value[1 : len(value)-1])
				e.idmef++
				return !strings.HasPrefix(e.version, "2.D.V")
			}
		case "CreateTime", "Analyzer", "Sensor", "Source", "Target", "Vector", "Attachment", "CorrelID", "PredID", "ID":
			e.idmef++
		default:
			e.mozdef.Member(name, value)
		}
		e.ocsf.Member(name, value)
		return !enough()
	})
	if err == nil {
		return nil
	}
	// A syntax error: the whole text says where.
	if err := wire.CheckSyntax(data, o.MaxDepth); err != nil {
		return err
	}
	syntax := err.(*secmodel.SyntaxError)
	syntax.Line, syntax.Column = wire.LineColumn(data, int(syntax.Offset))
	return syntax
}

// firstNames lists the first few member names of a root.
func firstNames(data []byte) string {
	var names []string
	_ = wire.Members(data, len(data), func(name string, _ []byte) bool {
		names = append(names, strings.Clone(name))
		return len(names) < 6
	})
	return strings.Join(names, ", ")
}

// class decides what data is.
func (e *evidence) class(data []byte) (class, error) {
	if uid, name, ok := e.ocsf.Class(); ok {
		return class{ocsf.Format, name, uid}, nil
	}
	name, ok := e.mozdef.Class()
	switch {
	case e.idmef > 0 && (!ok || e.version != ""):
		return class{format: idmefv2.Format, name: idmefv2.Class}, nil
	case ok:
		return class{format: mozdef.Format, name: name}, nil
	}
	names := firstNames(data)
	if names == "" {
		return class{}, fmt.Errorf("%w: the root has no members", secmodel.ErrUnknownFormat)
	}
	return class{}, fmt.Errorf("%w: no format has a root with the members %s", secmodel.ErrUnknownFormat, names)
}
