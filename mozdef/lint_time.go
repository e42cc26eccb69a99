package mozdef

import (
	"time"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/lint"
)

// times judges the times of an event, one by one and side by side.
func (l linter) times(e envelope, receivedtimestamp *string) {
	l.time("/timestamp", e.timestamp)
	l.time("/utctimestamp", e.utctimestamp)
	l.time("/receivedtimestamp", receivedtimestamp)
	l.timeConflict(e)
	l.received(e, receivedtimestamp)
}

// instant reads a time of RFC 3339.
func instant(text *string) (t time.Time, ok bool) {
	if text == nil {
		return t, false
	}
	t, err := time.Parse(time.RFC3339Nano, *text)
	return t, err == nil
}

// time finds a time that no clock of today shows.
func (l linter) time(pointer string, text *string) {
	if t, ok := instant(text); ok && !lint.Likely(t) {
		l.Add(secmodel.CodeTimeImplausible, pointer, *text, "1990 to 2100", "%s %s is not from 1990 to 2100", lastName(pointer), *text)
	}
}

// timeConflict finds two times of an event: of timestamp and utctimestamp the
// server takes what comes last in the document for both.
func (l linter) timeConflict(e envelope) {
	local, ok := instant(e.timestamp)
	utc, ok2 := instant(e.utctimestamp)
	if d := local.Sub(utc).Abs(); ok && ok2 && d >= time.Second {
		l.Add(secmodel.CodeTimeConflict, "/utctimestamp", *e.utctimestamp, FormatTime(local),
			"utctimestamp is %s, %s away from timestamp %s", *e.utctimestamp, d, *e.timestamp)
	}
}

// received finds an event that the server received before it occurred.
func (l linter) received(e envelope, receivedtimestamp *string) {
	pointer, text := "/timestamp", e.timestamp
	if text == nil {
		pointer, text = "/utctimestamp", e.utctimestamp
	}
	at, ok := instant(text)
	if t, ok2 := instant(receivedtimestamp); ok && ok2 && at.Sub(t) > lint.Skew {
		l.Add(secmodel.CodeTimeOrder, pointer, *text, nil, "%s is %s after receivedtimestamp", pointer[1:], at.Sub(t))
	}
}

// compliance judges when an item was checked, and what of.
func (l linter) compliance(m *Compliance) {
	d := m.Details
	if d == nil {
		return
	}
	l.host("/details/target", d.Target, true)
	l.time("/details/utctimestamp", d.UTCTimestamp)
	checked, ok := instant(d.UTCTimestamp)
	if sent, ok2 := instant(m.Timestamp); ok && ok2 && checked.Sub(sent) > lint.Skew {
		l.Add(secmodel.CodeTimeOrder, "/details/utctimestamp", *d.UTCTimestamp, nil,
			"the item was checked %s after timestamp, when the event was made", checked.Sub(sent))
	}
	l.met(m.Summary, d.Compliance)
}
