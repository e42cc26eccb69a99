package mozdef

import (
	"errors"
	"strings"
	"unicode"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

// notification takes an envelope of SNS.
func (n *normalizer) notification(doc *object) error {
	n.root.set("tags", quotedAll([]string{n.queue}))
	n.root.set("severity", quoted("INFO"))
	raw := doc.get("Message")
	if raw == nil {
		return nil
	}
	text, ok := stringOf(raw)
	if !ok {
		return drop("/Message", "Message is no string")
	}
	message, err := parseObject([]byte(text))
	if err != nil {
		if wire.CheckSyntax([]byte(text), secmodel.DefaultMaxDepth) == nil {
			return drop("/Message", "Message is JSON, but no object")
		}
		n.put("summary", "/Message", raw)
		return nil
	}
	for _, m := range message.list {
		switch err := n.notified(m); {
		case errors.Is(err, errNotTime):
			n.put("summary", "/Message", raw)
			return nil
		case err != nil:
			return err
		}
	}
	return nil
}

// notified takes a member of the message in an envelope of SNS. It returns
// errNotTime for a time that makes the worker give up the rest of them.
func (n *normalizer) notified(m member) error {
	at := "/Message" + pointer(m.name)
	switch m.name {
	case "type", "category":
		n.put("category", at, m.raw)
		n.root.set("type", quoted("event"))
	case "processid", "pid":
		n.put("processid", at, quoted(strings.NewReplacer("[", "", "]", "").Replace(pythonText(m.raw))))
	case "processname", "pname":
		n.put("processname", at, m.raw)
	case "hostname", "source":
		n.put(m.name, at, m.raw)
	case "time", "timestamp":
		err := n.time(m.raw, at)
		if errors.Is(err, errTimeFailed) {
			return noTime(m, at)
		}
		return err
	case "summary", "payload", "message":
		text, ok := stringOf(m.raw)
		if !ok {
			return drop(at, "%s is %s, no string", m.name, brief(m.raw))
		}
		n.put("summary", at, quoted(strings.TrimLeftFunc(text, unicode.IsSpace)))
	case "fields", "details":
		n.merge(at, m.raw)
	default:
		n.detail(m.name, origin{at: at}, m.raw)
	}
	return nil
}
