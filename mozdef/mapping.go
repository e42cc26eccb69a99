package mozdef

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/secmodel/secmodel"
)

// event maps the members of a document to those of an event.
func (n *normalizer) event(doc *object) error {
	n.root.set("type", quoted("event"))
	hasSummary := doc.get("summary") != nil
	nxlog := doc.get("Domain") != nil && doc.get("SourceModuleType") != nil
	for _, m := range doc.list {
		to := n.attribute(m.name, hasSummary)
		if err := n.member(m, to); err != nil {
			return err
		}
		if nxlog && !strings.HasPrefix(to, "details") {
			n.detail(foldName(m.name), origin{at: pointer(m.name)}, m.raw)
		} else if to == "" {
			n.lost(m)
		}
	}
	if nxlog {
		n.notes = append(n.notes, secmodel.Violation{Severity: secmodel.Warning, Code: CodeDetailsLost,
			Message: "of a Windows event of nxlog (Domain and SourceModuleType) the server stores only the last member in details, not all of them"})
	}
	return nil
}

// attribute is stored for the worker in use.
func (n *normalizer) attribute(name string, hasSummary bool) string {
	to := stored(name, hasSummary)
	if n.worker == fromSQS {
		switch foldName(name) {
		case "sourceip", "date", "priority", "program":
			return ""
		case "facility", "syslogfacility":
			return "source"
		}
	}
	return to
}

// lost notes a member that the server drops.
func (n *normalizer) lost(m member) {
	v := secmodel.Violation{Severity: secmodel.Warning, Code: secmodel.CodeUnknown, Pointer: pointer(m.name), Value: own(m.raw),
		Message: fmt.Sprintf("the server drops %q", m.name)}
	switch m.name {
	case "receivedtimestamp", "mozdefhostname", "eventsource", "mozdef", "errors":
		v.Code = CodeReadOnly
		v.Message = fmt.Sprintf("%q is the server's: what a sender writes there is lost", m.name)
	}
	n.notes = append(n.notes, v)
}

// own is the value of a member for a violation, without memory of the document.
func own(raw json.RawMessage) any { return rawValue(slices.Clone(raw)) }

// member takes a member that is stored as the attribute to.
func (n *normalizer) member(m member, to string) error {
	at := pointer(m.name)
	switch to {
	case "":
	case "facility and source":
		n.put("facility", at, quoted(pythonText(m.raw)))
		n.put("source", at, m.raw)
	case "source":
		if n.worker == fromSQS {
			n.put(to, at, quoted(pythonText(m.raw)))
			break
		}
		n.put(to, at, m.raw)
	case "severity":
		n.put(to, at, quoted(pythonUpper(pythonText(m.raw))))
	case "tags":
		return n.tags(m)
	case "timestamp":
		err := n.time(m.raw, at)
		if errors.Is(err, errNotTime) || errors.Is(err, errTimeFailed) {
			return noTime(m, at)
		}
		return err
	case "details":
		n.merge(at, m.raw)
	case "details.eventsourceipaddress":
		if foldName(m.name) != "sourceip" {
			return n.named(m, to)
		}
		n.detail("eventsourceipaddress", origin{at: at}, m.raw)
	default:
		if strings.HasPrefix(to, "details.") {
			return n.named(m, to)
		}
		n.put(to, at, quoted(pythonText(m.raw)))
	}
	return nil
}

// put sets an attribute.
func (n *normalizer) put(name, at string, raw json.RawMessage) {
	n.replace(name, name, origin{at: at}, n.root.get(name), raw)
	n.root.set(name, raw)
}

// detail sets an attribute of details.
func (n *normalizer) detail(name string, from origin, raw json.RawMessage) {
	n.replace("details/"+name, name, from, n.details.get(name), raw)
	n.details.set(name, raw)
}

// replace takes note of the member that an attribute is from, and reports the
// one that it was from if the value is another. path tells the attribute from
// all others, name from those beside it.
func (n *normalizer) replace(path, name string, from origin, before, raw json.RawMessage) {
	if was, ok := n.from[path]; ok && was != from && string(before) != string(raw) {
		at := was.pointer(name)
		n.notes = append(n.notes, secmodel.Violation{Severity: secmodel.Warning, Code: CodeOverwritten, Pointer: at, Value: own(before),
			Message: fmt.Sprintf("what %s sets %s to is replaced by %s", at, path, from.pointer(name))})
	}
	n.from[path] = from
}

// origin is the member of a document that an attribute is from. It takes no more
// memory the longer the names around it are: the pointer is made when it is
// asked for.
type origin struct {
	at     string // pointer of a member of the document
	inside bool   // it is inside that, under its own name
}

// pointer returns the pointer of the member that gave the attribute called name.
func (o origin) pointer(name string) string {
	if o.inside {
		return o.at + pointer(name)
	}
	return o.at
}

// tags takes tags: an array adds to those there are, and so does a string or an
// object that is not empty. The worker for SQS replaces them.
func (n *normalizer) tags(m member) error {
	at := pointer(m.name)
	if c := m.raw[0]; c != '[' && c != '"' && c != '{' {
		return drop(at, "%s is %s, which has no length", m.name, brief(m.raw))
	}
	switch {
	case n.worker == fromSQS:
		if isTrue(m.raw) {
			n.put("tags", at, m.raw)
		}
	case m.raw[0] == '[':
		n.tagged = append(n.tagged, elements(m.raw)...)
	case isTrue(m.raw):
		n.tagged = append(n.tagged, m.raw)
	}
	return nil
}

// time takes a time of the event. It returns errNotTime or errTimeFailed where
// the server fails on it.
func (n *normalizer) time(raw json.RawMessage, at string) error {
	t, err := serverTime(raw, n.now)
	if errors.Is(err, ErrTimeForm) {
		return fmt.Errorf("%w: %s: %s", ErrTimeForm, at, brief(raw))
	} else if err != nil {
		return err
	}
	n.put("timestamp", at, quoted(FormatTime(t)))
	n.root.set("utctimestamp", quoted(FormatTime(t)))
	return nil
}

// noTime is the error for a time that the server fails on.
func noTime(m member, at string) error {
	return drop(at, "%s is %s, no time that the server can read", m.name, brief(m.raw))
}

// merge takes details.
func (n *normalizer) merge(at string, raw json.RawMessage) {
	if raw[0] != '{' {
		n.detail("message", origin{at: at}, raw)
		return
	}
	o, _ := parseObject(raw)
	for _, m := range o.list {
		n.detail(m.name, origin{at: at, inside: true}, m.raw)
	}
}

// named takes a member such as fields.count_int, which is one of details.
func (n *normalizer) named(m member, to string) error {
	name, at := strings.TrimPrefix(to, "details."), pointer(m.name)
	raw, ok := detailValue(name, m.raw)
	if !ok {
		return drop(at, "%s is %s, not the number that its name says", m.name, brief(m.raw))
	}
	n.detail(name, origin{at: at}, raw)
	return nil
}
