package mozdef

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/secmodel/secmodel"
)

// noVersion judges the version of a vulnerability of version 1: the server
// takes the absence of the member for it, and drops every explicit version but
// 2.
func (r *ruling) noVersion(extra map[string]json.RawMessage) {
	raw, ok := extra["version"]
	if !ok {
		return
	}
	message := fmt.Sprintf("version is %s: the server drops a vulnerability of version 1 that has the member", raw)
	if isTwo(raw) {
		message = "version is 2, but the document is read as version 1"
	}
	r.add(secmodel.Error, CodeVulnerabilityVersion, "/version", rawValue(raw), nil, message)
}

// version2 judges the version of a vulnerability of version 2.
func (r *ruling) version2(m *VulnerabilityV2) {
	raw, ok := m.Extra["version"]
	if m.Version != nil {
		raw, ok = json.RawMessage(*m.Version), true
	}
	if ok && !isTwo(raw) {
		r.add(secmodel.Error, CodeVulnerabilityVersion, "/version", rawValue(raw), 2,
			fmt.Sprintf("version is %s, not 2: the server drops the vulnerability", raw))
	}
}

// isTwo reports whether the server takes a JSON value for the version 2: a
// number from 2 to just below 3, or an integer in quotes.
func isTwo(raw json.RawMessage) bool {
	if text, ok := rawValue(raw).(string); ok {
		n, err := strconv.Atoi(strings.TrimSpace(text))
		return err == nil && n == 2
	}
	f, err := strconv.ParseFloat(string(raw), 64)
	return err == nil && f >= 2 && f < 3
}

// alert judges what the index does with an alert: no worker stands before it.
func (r *ruling) alert(m *Alert) {
	if t := m.UTCTimestamp; t != nil && !indexTakesDate(*t) {
		r.add(secmodel.Error, CodeTimestampUnreadable, "/utctimestamp", *t, "RFC 3339",
			fmt.Sprintf("utctimestamp is %q, no ISO 8601 time: the index rejects the alert", *t))
	}
	r.alertDetails(m.Details)
}
