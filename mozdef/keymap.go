package mozdef

import (
	"encoding/json"
	"math"
	"strings"
)

// stored returns the attribute under which the server stores the member called
// name of an event, as a path with dots, or "" if it drops the member. The
// server compares names in lower case and without any "@".
//
// Of the prefixes fields. and details., that of a member of details, the server
// removes every occurrence in the name.
//
// It does not repeat the server's slip by which parts of the words "tags" and
// "payload", such as "a", count as the whole word.
func stored(name string, hasSummary bool) string {
	name = foldName(name)
	switch name {
	case "category", "type", "eventtype":
		return "category"
	case "details", "fields":
		return "details"
	case "hostname", "host", "source_host":
		return "hostname"
	case "processid", "pid":
		return "processid"
	case "processname", "pname", "sourcename", "program":
		return "processname"
	case "severity", "syslogseverity", "severityvalue", "level", "priority":
		return "severity"
	case "source":
		return "source"
	case "facility":
		return "facility and source"
	case "syslogfacility":
		return "facility"
	case "summary", "message":
		return "summary"
	case "payload":
		if hasSummary {
			return "details.payload"
		}
		return "summary"
	case "tags":
		return "tags"
	case "timestamp", "utctimestamp", "eventtime", "date":
		return "timestamp"
	case "path", "logger", "file":
		return "eventsource"
	case "sourceip":
		return "details.eventsourceipaddress"
	}
	if strings.HasPrefix(name, "fields.") || strings.HasPrefix(name, "details.") {
		return "details." + strings.ReplaceAll(strings.ReplaceAll(name, "fields.", ""), "details.", "")
	}
	return ""
}

// foldName is how the server compares names.
func foldName(name string) string { return strings.ToLower(strings.ReplaceAll(name, "@", "")) }

// detailValue returns the value that the server gives a member of details which
// was sent as fields.name or details.name: a number if the name ends in _int or
// _float, else text. ok is false if the value is not that number, or one that
// JSON cannot hold.
func detailValue(name string, raw json.RawMessage) (value json.RawMessage, ok bool) {
	switch {
	case strings.HasSuffix(name, "_int"):
		number, ok := pythonInt(raw)
		return json.RawMessage(number), ok
	case strings.HasSuffix(name, "_float"):
		f, ok := pythonNumber(raw)
		return json.RawMessage(pythonFloat(f)), ok && !math.IsInf(f, 0) && !math.IsNaN(f)
	}
	return quoted(pythonText(raw)), true
}
