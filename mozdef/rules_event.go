package mozdef

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

// envelope is what the classes that are events share.
type envelope struct {
	extra                   map[string]json.RawMessage
	timestamp, utctimestamp *string
	typ, facility           *string
	summary, source         *string
	tags                    []string
	// serverSet are the names of the members present that the server sets.
	serverSet []string
}

func (m *Event) envelope() envelope {
	return envelope{m.Extra, m.Timestamp, m.UTCTimestamp, m.Type, m.Facility, m.Summary, m.Source, m.Tags,
		serverSet(m.ReceivedTimestamp, m.MozDefHostname, m.EventSource, m.MozDef, m.Errors)}
}

func (m *AssetHint) envelope() envelope {
	return envelope{m.Extra, m.Timestamp, m.UTCTimestamp, m.Type, m.Facility, m.Summary, m.Source, m.Tags,
		serverSet(m.ReceivedTimestamp, m.MozDefHostname, m.EventSource, m.MozDef, m.Errors)}
}

func (m *RRA) envelope() envelope {
	return envelope{m.Extra, m.Timestamp, m.UTCTimestamp, m.Type, m.Facility, m.Summary, m.Source, m.Tags,
		serverSet(m.ReceivedTimestamp, m.MozDefHostname, m.EventSource, m.MozDef, m.Errors)}
}

func (m *Compliance) envelope() envelope {
	return envelope{m.Extra, m.Timestamp, m.UTCTimestamp, m.Type, m.Facility, m.Summary, m.Source, m.Tags,
		serverSet(m.ReceivedTimestamp, m.MozDefHostname, m.EventSource, m.MozDef, m.Errors)}
}

func serverSet(receivedtimestamp, mozdefhostname, eventsource *string, mozdef *Processing, errors []string) (names []string) {
	if receivedtimestamp != nil {
		names = append(names, "receivedtimestamp")
	}
	if mozdefhostname != nil {
		names = append(names, "mozdefhostname")
	}
	if eventsource != nil {
		names = append(names, "eventsource")
	}
	if mozdef != nil {
		names = append(names, "mozdef")
	}
	if errors != nil {
		names = append(names, "errors")
	}
	return names
}

// envelope judges an event by what the server's worker makes of it.
func (r *ruling) envelope(e envelope) {
	r.sentTime("/timestamp", e.timestamp)
	r.sentTime("/utctimestamp", e.utctimestamp)
	if e.utctimestamp != nil {
		r.supplied = append(r.supplied, "/timestamp")
	}
	if e.typ != nil {
		r.alias("type", *e.typ, "category")
	}
	if e.facility != nil {
		r.alias("facility", *e.facility, "facility and source")
	}
	for _, name := range e.serverSet {
		r.readOnly(name, nil)
	}
	hasSummary := e.summary != nil || e.extra["summary"] != nil
	for _, name := range slices.Sorted(maps.Keys(e.extra)) {
		if raw := bytes.TrimSpace(e.extra[name]); len(raw) > 0 && !e.overrides(name) {
			r.extraMember(name, raw, hasSummary)
		}
	}
	if e.extra["Domain"] != nil && e.extra["SourceModuleType"] != nil {
		r.add(secmodel.Warning, CodeDetailsLost, "", nil, nil,
			"of a Windows event of nxlog (Domain and SourceModuleType) the server stores only the last member in details")
	}
}

// overrides reports whether a typed field takes the place of the member called
// name, among those that extraMember judges by their own name.
func (e *envelope) overrides(name string) bool {
	switch name {
	case "timestamp":
		return e.timestamp != nil
	case "utctimestamp":
		return e.utctimestamp != nil
	case "type":
		return e.typ != nil
	case "facility":
		return e.facility != nil
	case "summary":
		return e.summary != nil
	case "source":
		return e.source != nil
	case "tags":
		return e.tags != nil
	}
	return slices.Contains(e.serverSet, name)
}

// extraMember judges a member of an event that has no typed field, or does not
// fit it.
func (r *ruling) extraMember(name string, raw json.RawMessage, hasSummary bool) {
	switch name {
	case "receivedtimestamp", "mozdefhostname", "eventsource", "mozdef", "errors":
		r.readOnly(name, rawValue(raw))
		return
	case "category", "hostname", "processid", "processname", "severity", "details":
		return // what the tables say is right: stored as text, or as details.message
	case "summary":
		if string(raw) == "null" {
			r.add(secmodel.Error, secmodel.CodeWrongType, "/summary", raw, "string", "summary is null: the official client refuses to send it")
		}
		return
	case "source":
		if raw[0] == '{' {
			r.add(secmodel.Error, secmodel.CodeWrongType, "/source", raw, "string", "source is an object: the index rejects the event")
		}
		return
	}
	to := stored(name, hasSummary)
	switch {
	case to == "":
		return
	case to == "tags":
		if c := raw[0]; c != '[' && c != '"' && c != '{' {
			r.add(secmodel.Error, secmodel.CodeWrongType, pointer(name), rawValue(raw), "array",
				fmt.Sprintf("%s is %s: the server drops the event", name, raw))
			return
		}
	case to == "timestamp":
		if how := readTime(raw); how != exact {
			r.timeFinding(how, pointer(name), rawValue(raw), name, string(raw))
			if how == unreadable || name == "timestamp" || name == "utctimestamp" {
				return
			}
		}
	case strings.HasPrefix(to, "details."):
		if _, ok := detailValue(to, raw); ok {
			break
		}
		r.add(secmodel.Error, secmodel.CodeWrongType, pointer(name), rawValue(raw), "number",
			fmt.Sprintf("%s is no number, as its name says: the server drops the event", name))
		return
	}
	if name != to || strings.Contains(to, ".") {
		r.alias(name, rawValue(raw), to)
	}
}

// alias reports a member that the server stores under another name.
func (r *ruling) alias(name string, value any, to string) {
	r.add(secmodel.Warning, CodeAlias, pointer(name), value, to, fmt.Sprintf("the server stores %q as %s", name, to))
	for part := range strings.SplitSeq(to, " and ") {
		r.supplied = append(r.supplied, "/"+part)
	}
}

func (r *ruling) readOnly(name string, value any) {
	r.add(secmodel.Warning, CodeReadOnly, pointer(name), value, nil,
		fmt.Sprintf("%q is the server's: what a sender writes there is lost", name))
}

func pointer(name string) string { return string(wire.AppendPointer(nil, name)) }

// sentTime judges a time that the worker reads.
func (r *ruling) sentTime(pointer string, text *string) {
	if text == nil {
		return
	}
	if how := readTimeText(*text); how != exact {
		r.timeFinding(how, pointer, *text, pointer[1:], strconv.Quote(*text))
	}
}

// storedTime judges a time that the server stores as it is.
func (r *ruling) storedTime(pointer string, text *string) {
	if text != nil && readTimeText(*text) != exact {
		r.add(secmodel.Warning, CodeTimestampInexact, pointer, *text, "RFC 3339",
			strconv.Quote(*text)+" is no RFC 3339 time, and stored as it is")
	}
}

func (r *ruling) timeFinding(how reading, pointer string, value any, name, text string) {
	if how == unreadable {
		r.add(secmodel.Error, CodeTimestampUnreadable, pointer, value, "RFC 3339",
			fmt.Sprintf("%s is %s, no time that the server can read: it drops the event", name, text))
		return
	}
	r.add(secmodel.Warning, CodeTimestampInexact, pointer, value, "RFC 3339",
		fmt.Sprintf("%s is %s, no RFC 3339 time: the server guesses what is meant", name, text))
}

// category finds events that another class stands for.
func (r *ruling) category(category *string) {
	switch secmodel.Or(category, "") {
	case string(ComplianceCategoryComplianceItems):
		r.add(secmodel.Error, CodeCategoryMismatch, "/category", *category, nil,
			"an event of this category is a compliance item; the server drops it if it is none")
	case string(AssetHintCategoryAssetHint):
		r.add(secmodel.Warning, CodeCategoryMismatch, "/category", *category, nil, "an event of this category is an asset hint")
	case string(RRACategoryRRAData):
		r.add(secmodel.Warning, CodeCategoryMismatch, "/category", *category, nil, "an event of this category is an RRA")
	}
}
