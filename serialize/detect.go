package serialize

import (
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

// detect finds out the class of a document.
func detect(doc *document, o *secmodel.Options) (class, error) {
	var e evidence
	if err := e.gather(doc, o); err != nil {
		return class{}, err
	}
	return e.decide(doc, o)
}

// evidence is what the members of a root say about its format.
type evidence struct {
	version string // value of Version, a string
	idmef   int    // member names that IDMEFv2 has
	mozdef  mozdef.Evidence
	ocsf    ocsf.Evidence
	events  bool // there is a member of that name, whatever its value
	until   until
	list    []Evidence // what the members say, with untilEnd
}

// until is how far the members of a root are read.
type until uint8

const (
	untilClass   until = iota // until the class is known
	untilCertain              // until class and version are
	untilEnd
)

// gather reads the root's members as far as e.until says.
func (e *evidence) gather(doc *document, o *secmodel.Options) error {
	var err error
	if doc.text != nil {
		err = wire.Members(doc.text, o.MaxDepth, func(name string, value []byte) bool { return e.more(name, value) })
	} else {
		heap := *e // of its own, so that e needs no memory when the text is JSON
		err = doc.f.binary.Members(doc.data, o.MaxDepth, func(name string, value []byte) bool { return heap.more(name, value) })
		*e = heap
	}
	if err != nil {
		return doc.syntax(err, o.MaxDepth)
	}
	return nil
}

// more takes note of a member of the root, and reports whether to read on.
func (e *evidence) more(name string, value []byte) bool {
	if e.until == untilEnd {
		e.note(name, value)
		return true
	}
	e.member(name, value)
	return !e.isIDMEF() && !(e.until == untilClass && e.ocsf.ClassKnown() || e.ocsf.Certain())
}

// member takes note of a member of the root.
func (e *evidence) member(name string, value []byte) {
	switch name {
	case "Version":
		if len(value) > 2 && value[0] == '"' {
			e.version = string(value[1 : len(value)-1])
			e.idmef++
			if e.isIDMEF() {
				return
			}
		}
	case "CreateTime", "Analyzer", "Sensor", "Source", "Target", "Vector", "Attachment", "CorrelID", "PredID", "ID":
		e.idmef++
	case "activity_id", "activity_name", "category_name", "category_uid", "class_name", "class_uid", "metadata",
		"severity_id", "time", "type_name", "type_uid":
		// What most events of OCSF begin with, and MozDef does not have.
	case eventsName:
		e.events = true
		e.mozdef.Member(name, value)
	default:
		e.mozdef.Member(name, value)
	}
	e.ocsf.Member(name, value)
}

// idmefVersion begins the value of Version in all drafts of IDMEFv2.
const idmefVersion = "2.D.V"

// isIDMEF reports whether the document says itself that it is IDMEFv2.
func (e *evidence) isIDMEF() bool { return strings.HasPrefix(e.version, idmefVersion) }

// enoughNames is how many members of IDMEFv2 contradict a document of MozDef.
const enoughNames = 2

// decide finds out the class of the document, a mark of it that is to be mended
// included.
func (e *evidence) decide(doc *document, o *secmodel.Options) (class, error) {
	c, err := e.class(doc, o)
	if o.Repair != nil {
		if err := doc.convert(o); err != nil {
			return class{}, err
		}
		c, err = mendedClass(doc.text, o, c, err)
	}
	// An object with events that is nothing else was to be a bundle. Reading it as
	// one says what is wrong with them.
	if unclear, ok := err.(*DetectError); ok && e.events && len(unclear.Candidates) == 0 && unclear.Hint == "" {
		return class{format: ocsf.Format, name: ocsf.ClassBundle}, nil
	}
	return c, err
}

// class says what the document is by what its members say.
func (e *evidence) class(doc *document, o *secmodel.Options) (class, error) {
	event, isEvent := class{format: ocsf.Format}, false
	event.uid, event.name, isEvent = e.ocsf.Class()
	name, isMozDef := e.mozdef.Class()
	message := class{format: idmefv2.Format, name: idmefv2.Class}
	other := class{format: mozdef.Format, name: name}
	var err *DetectError
	switch {
	case isEvent && e.isIDMEF():
		err = e.ambiguous(event, message)
	case isEvent:
		return event, nil
	case e.idmef > 0 && (!isMozDef || e.version != ""):
		return message, nil
	case isMozDef && e.idmef >= enoughNames:
		err = e.ambiguous(message, other)
	case isMozDef:
		return other, nil
	default:
		err = &DetectError{}
	}
	switch o.Hint {
	case "":
	case idmefv2.Format:
		return message, nil
	case mozdef.Format:
		if !isMozDef {
			other.name = mozdef.ClassEvent
		}
		return other, nil
	case ocsf.Format:
		if !isEvent {
			base, _ := ocsf.ClassByUID(0)
			event.uid, event.name = int64(base.UID()), base.Name()
		}
		return event, nil
	default:
		err.Hint = o.Hint
	}
	err.Members = firstNames(doc)
	return class{}, err
}

// ambiguous is the error for a document that may be of several classes.
func (e *evidence) ambiguous(candidates ...class) *DetectError {
	err := &DetectError{}
	for _, c := range candidates {
		err.Candidates = append(err.Candidates, e.identity(c))
	}
	return err
}

// identity returns the identity of a document of a class, with the version that
// it is judged by.
func (e *evidence) identity(c class) secmodel.Identity {
	id := secmodel.Identity{Format: c.format, Class: c.name}
	switch c.format {
	case idmefv2.Format:
		id.Version = idmefv2.Judge(e.version)
	case mozdef.Format:
		id.Version = mozdef.Versions()[0]
	case ocsf.Format:
		id.Version = e.ocsf.Version()
	}
	return id
}

// settle returns an error if m, a document that has been read as of class c
// before all of its members were looked at, says as clearly that it is of another
// format.
func (c class) settle(m secmodel.Message, o *secmodel.Options) error {
	model, ok := m.(wire.Model)
	if !ok || o.Hint == c.format {
		return nil
	}
	extra := wire.NodeOf(model).Extra()
	if len(extra) == 0 {
		return nil
	}
	var e evidence
	switch c.format {
	case ocsf.Format:
		version, ok := wire.Text(extra["Version"])
		if !ok || !strings.HasPrefix(version, idmefVersion) {
			return nil
		}
		e.version = version
	case idmefv2.Format:
		e.ocsf.Member("class_uid", extra["class_uid"])
		if !e.ocsf.ClassKnown() {
			return nil
		}
	default:
		return nil
	}
	uid, name, known := e.ocsf.Class()
	if !known {
		id := m.Identity()
		return &DetectError{Candidates: []secmodel.Identity{id, e.identity(class{format: idmefv2.Format, name: idmefv2.Class})}}
	}
	return &DetectError{Candidates: []secmodel.Identity{e.identity(class{ocsf.Format, name, uid}), m.Identity()}}
}

// firstNames lists the first few member names of a root.
func firstNames(doc *document) []string {
	var names []string
	_ = doc.members(secmodel.DefaultMaxDepth, func(name string, _ []byte) bool {
		names = append(names, strings.Clone(name))
		return len(names) < 6
	})
	return names
}
