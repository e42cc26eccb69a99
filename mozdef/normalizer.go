package mozdef

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

// normalizer makes an event of a document.
type normalizer struct {
	normalizeOptions
	now           time.Time // of the server's clock
	root, details object
	tagged        []json.RawMessage // tags
	asSent        bool              // the document is stored as it is
	packed        bool              // its members are not those of the JSON text
	from          map[string]origin // the members that attributes are from
	applied       []string          // plugins
	notes         []secmodel.Violation
}

func drop(at, format string, args ...any) error {
	return &DropError{Pointer: at, Reason: fmt.Sprintf(format, args...)}
}

// brief is a JSON value for a message, cut if it is long.
func brief(raw json.RawMessage) string {
	const most = 80
	if len(raw) <= most {
		return string(raw)
	}
	return strings.ToValidUTF8(string(raw[:most]), "") + "…"
}

// read takes the document as the worker does.
func (n *normalizer) read(data []byte) error {
	doc, err := parseObject(data)
	if err != nil && n.worker == fromSQS {
		plain, _ := base64.StdEncoding.DecodeString(string(data)) // what comes before a fault is read too
		if inner, e := parseObject(plain); e == nil {
			doc, err, n.packed = inner, nil, true
		}
	}
	if err != nil {
		var s *secmodel.SyntaxError
		if errors.As(err, &s) {
			s.Line, s.Column = wire.LineColumn(data, int(s.Offset))
		}
		return err
	}
	switch n.worker {
	case fromSNS:
		n.packed = true
		return n.notification(&doc)
	case fromSQS:
		if err := n.tagQueue(&doc); err != nil {
			return err
		}
		if doc.get("az") != nil && doc.get("instance_id") != nil && doc.get("__tag") != nil { // of fluentd
			doc.set("customendpoint", json.RawMessage("true"))
		}
	case eventTask:
		if n.endpoint != "" {
			doc.set("endpoint", quoted(n.endpoint))
			doc.set("customendpoint", json.RawMessage("true"))
		} else if isTrue(doc.get("customendpoint")) { // claimed by the sender
			doc.set("endpoint", quoted("events"))
		}
	}
	if isTrue(doc.get("customendpoint")) {
		return n.custom(&doc)
	}
	return n.event(&doc)
}

// isTrue reports whether a JSON value is true for Python.
func isTrue(raw json.RawMessage) bool {
	if len(raw) == 0 {
		return false
	}
	switch raw[0] {
	case 't':
		return true
	case 'f', 'n':
		return false
	case '"':
		return len(raw) > 2
	case '[':
		return len(elements(raw)) > 0
	case '{':
		o, _ := parseObject(raw)
		return len(o.list) > 0
	}
	f, _ := floatText(string(raw))
	return f != 0
}

// tagQueue adds the name of the queue to the tags.
func (n *normalizer) tagQueue(doc *object) error {
	raw := doc.get("tags")
	if raw != nil && raw[0] != '[' {
		return drop("/tags", "tags is %s, no array: the worker stops", brief(raw))
	}
	doc.set("tags", array(append(elements(raw), quoted(n.queue))))
	return nil
}

// custom takes a document that is stored as it is.
func (n *normalizer) custom(doc *object) error {
	n.root, n.asSent = *doc, true
	endpoint, ok := stringOf(doc.get("endpoint"))
	if !ok {
		return nil
	}
	n.applied = append(n.applied, "customDocType")
	n.root.set("type", quoted(endpoint))
	if endpoint != "vulnerability" {
		return nil
	}
	n.applied = append(n.applied, "vulnerability")
	n.root.set("type", quoted("vulnerability_state"))
	if isTwo(doc.get("version")) {
		return refused(new(VulnerabilityV2), doc, "")
	}
	return refused(new(Vulnerability), doc, "")
}

// refused returns a *DropError for the first error in a document, as a message
// of the type of m, at a pointer that begins with prefix.
func refused(m interface {
	secmodel.Message
	json.Unmarshaler
}, doc *object, prefix string) error {
	if err := m.UnmarshalJSON(doc.json()); err != nil {
		return err
	}
	for _, v := range m.Check().Violations {
		if v.Severity == secmodel.Error && strings.HasPrefix(v.Pointer, prefix) {
			return &DropError{Pointer: v.Pointer, Reason: v.Message}
		}
	}
	return nil
}

// finish adds what every stored document has, and does what plugins do that are
// part of the format or asked for.
func (n *normalizer) finish() error {
	hasDetails := true
	if raw := n.root.get("details"); n.asSent && raw != nil {
		if hasDetails = raw[0] == '{'; hasDetails {
			n.details, _ = parseObject(raw)
		}
	}
	if err := n.plugins(); err != nil {
		return err
	}
	if hasDetails {
		n.root.set("details", n.details.json())
	}
	now := quoted(FormatTime(n.now))
	for _, name := range [...]string{"receivedtimestamp", "timestamp", "utctimestamp"} {
		n.root.setNew(name, now)
	}
	for _, name := range [...]string{"category", "hostname", "processid", "processname", "severity", "source", "summary"} {
		n.root.setNew(name, quoted(unknown))
	}
	n.root.setNew("tags", array(n.tagged))
	if n.host != "" {
		n.root.setNew("mozdefhostname", quoted(n.host))
	}
	var processing object
	processing.set("plugins", quotedAll(n.applied))
	n.root.setNew("mozdef", processing.json())
	return nil
}

// plugins does what plugins do.
func (n *normalizer) plugins() error {
	if n.ipFixup && slices.ContainsFunc(addressNames[:], func(name string) bool { return n.details.get(name) != nil }) {
		n.applied = append(n.applied, ipFixup)
		n.note(fixAddresses(&n.details))
	}
	category, _ := stringOf(n.root.get("category"))
	if n.asSent || category != string(ComplianceCategoryComplianceItems) {
		return nil
	}
	var item object
	item.set("details", n.details.json())
	return refused(new(Compliance), &item, "/details")
}

// note adds the notes of a plugin to errors, if these are a list.
func (n *normalizer) note(notes []string) {
	before := n.root.get("errors")
	if len(notes) == 0 || before != nil && before[0] != '[' {
		return
	}
	list := elements(before)
	for _, note := range notes {
		list = append(list, quoted(note))
	}
	n.root.set("errors", array(list))
}
