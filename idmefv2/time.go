package idmefv2

import (
	"errors"
	"fmt"
	"time"
)

// ErrNoTime is the error for a time that is absent.
var ErrNoTime = errors.New("idmefv2: the time is absent")

// Timestamp writes a time as the drafts have it (RFC 3339, section 5.6), with
// its offset, and microseconds if it is not on the second.
func Timestamp(t time.Time) string {
	if t.Nanosecond() == 0 {
		return t.Format("2006-01-02T15:04:05Z07:00")
	}
	return t.Format("2006-01-02T15:04:05.000000Z07:00")
}

// Time reads a timestamp. Many producers leave the offset out, which the
// drafts' pattern admits although RFC 3339 does not: such a time is taken as
// UTC, and offset is false. The leap second 23:59:60 becomes the second after.
func Time(timestamp string) (t time.Time, offset bool, err error) {
	text, leap := timestamp, false
	if len(text) > 19 && text[17:19] == "60" || len(text) == 19 && text[17:] == "60" {
		text, leap = text[:17]+"59"+text[19:], true
	}
	for i, layout := range [...]string{"2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05"} {
		if t, err = time.Parse(layout, text); err == nil {
			if leap {
				t = t.Add(time.Second)
			}
			return t, i == 0, nil
		}
	}
	return time.Time{}, false, fmt.Errorf("idmefv2: %q is no RFC 3339 date-time", timestamp)
}

func timeOf(timestamp *string) (time.Time, error) {
	if timestamp == nil {
		return time.Time{}, ErrNoTime
	}
	t, _, err := Time(*timestamp)
	return t, err
}

// Time returns CreateTime, when the alert was made. The error is ErrNoTime if
// it is absent.
func (x *Message) Time() (time.Time, error) { return timeOf(x.CreateTime) }

// Start returns StartTime, when the event began; it may lie in the future. The
// error is ErrNoTime if it is absent.
func (x *Message) Start() (time.Time, error) { return timeOf(x.StartTime) }

// End returns EndTime, when the event ended. The error is ErrNoTime if it is
// absent.
func (x *Message) End() (time.Time, error) { return timeOf(x.EndTime) }

// Reported returns ReportTime, when the event was reported; since draft 08. The
// error is ErrNoTime if it is absent.
func (x *Message) Reported() (time.Time, error) { return timeOf(x.ReportTime) }
