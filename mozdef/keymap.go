package mozdef

import "strings"

// stored returns the attribute under which the server stores the member called
// name of an event, as a path with dots, or "" if it drops the member. The
// server compares names in lower case and without any "@".
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
	for _, prefix := range [...]string{"fields.", "details."} {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			return "details." + rest
		}
	}
	return ""
}

// foldName is how the server compares names.
func foldName(name string) string { return strings.ToLower(strings.ReplaceAll(name, "@", "")) }
