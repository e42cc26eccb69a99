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
	e, err := gather(data, &o)
	if err != nil {
		return secmodel.Identity{}, err
	}
	c, err := e.class()
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
	e, err := gather(data, o)
	if err != nil {
		return class{}, err
	}
	return e.class()
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
	names   []string // the first few member names, for the error
}

// gather reads the root's members until the format is certain.
func gather(data []byte, o *secmodel.Options) (*evidence, error) {
	e := new(evidence)
	err := wire.Members(data, o.MaxDepth, func(name string, value []byte) bool {
		if len(e.names) < cap(e.names) || e.names == nil {
			e.note(name)
		}
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
		return !e.ocsf.Certain()
	})
	if err == nil {
		return e, nil
	}
	// A syntax error: the whole text says where.
	if err := wire.CheckSyntax(data, o.MaxDepth); err != nil {
		return nil, err
	}
	syntax := err.(*secmodel.SyntaxError)
	syntax.Line, syntax.Column = wire.LineColumn(data, int(syntax.Offset))
	return nil, syntax
}

func (e *evidence) note(name string) {
	if e.names == nil {
		e.names = make([]string, 0, 6)
	}
	e.names = append(e.names, name)
}

// class decides.
func (e *evidence) class() (class, error) {
	if uid, name, ok := e.ocsf.Class(); ok {
		return class{ocsf.Format, name, uid}, nil
	}
	name, ok := e.mozdef.Class()
	switch {
	case e.idmef > 0 && (!ok || e.version != ""):
		return class{format: idmefv2.Format, name: idmefv2.Class}, nil
	case ok:
		return class{format: mozdef.Format, name: name}, nil
	case len(e.names) == 0:
		return class{}, fmt.Errorf("%w: the root has no members", secmodel.ErrUnknownFormat)
	}
	return class{}, fmt.Errorf("%w: no format has a root with the members %s", secmodel.ErrUnknownFormat, strings.Join(e.names, ", "))
}
