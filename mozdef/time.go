package mozdef

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"time"
)

// ErrNoTime is the error of the Time methods for a document without the time
// that they return.
var ErrNoTime = errors.New("mozdef: no timestamp")

// Times as the official clients write them: in UTC, with microseconds, which is
// all that the server keeps, or without a fraction.
const (
	timeLayout      = "2006-01-02T15:04:05.000000-07:00"
	timeLayoutWhole = "2006-01-02T15:04:05-07:00"
)

// FormatTime returns t as the official clients and the server write it: RFC 3339
// in UTC with the offset +00:00 and a fraction of six digits, the rest cut off,
// or none if that is zero.
func FormatTime(t time.Time) string {
	if t.Nanosecond() < 1000 {
		return t.UTC().Format(timeLayoutWhole)
	}
	return t.UTC().Format(timeLayout)
}

// Time returns the time of the event: timestamp or, where there is none,
// utctimestamp. It reads RFC 3339 with any fraction, and positive JSON numbers
// as seconds, milliseconds, microseconds or nanoseconds since 1970, by their
// size. The error is ErrNoTime if neither attribute is there, and another if
// the value is anything else, although the server may guess what it means; what
// it guesses is told by Normalize. So do all Time methods of this package.
func (m *Event) Time() (time.Time, error) {
	return firstTime(m.Extra, "timestamp", m.Timestamp, "utctimestamp", m.UTCTimestamp)
}

// Time returns the time of the event that carries the item: timestamp or, where
// there is none, utctimestamp. When the target was checked is told by
// Details.Time.
func (m *Compliance) Time() (time.Time, error) {
	return firstTime(m.Extra, "timestamp", m.Timestamp, "utctimestamp", m.UTCTimestamp)
}

// Time returns when the target was checked: utctimestamp.
func (d *ComplianceDetails) Time() (time.Time, error) {
	return firstTime(d.Extra, "utctimestamp", d.UTCTimestamp, "", nil)
}

// Time returns the time of the hint: timestamp or, where there is none,
// utctimestamp.
func (m *AssetHint) Time() (time.Time, error) {
	return firstTime(m.Extra, "timestamp", m.Timestamp, "utctimestamp", m.UTCTimestamp)
}

// Time returns the time of the event that carries the assessment: timestamp or,
// where there is none, utctimestamp.
func (m *RRA) Time() (time.Time, error) {
	return firstTime(m.Extra, "timestamp", m.Timestamp, "utctimestamp", m.UTCTimestamp)
}

// Time returns when the vulnerability was reported: utctimestamp.
func (m *Vulnerability) Time() (time.Time, error) {
	return firstTime(m.Extra, "utctimestamp", m.UTCTimestamp, "", nil)
}

// Time returns when the scan was reported: utctimestamp.
func (m *VulnerabilityV2) Time() (time.Time, error) {
	return firstTime(m.Extra, "utctimestamp", m.UTCTimestamp, "", nil)
}

// Time returns when the alert was made: utctimestamp.
func (m *Alert) Time() (time.Time, error) {
	return firstTime(m.Extra, "utctimestamp", m.UTCTimestamp, "", nil)
}

// firstTime reads the first of two attributes that is present, be it typed or,
// as a number, in extra. The second name may be empty.
func firstTime(extra map[string]json.RawMessage, name1 string, text1 *string, name2 string, text2 *string) (time.Time, error) {
	name, text := name1, text1
	if _, ok := extra[name1]; text1 == nil && !ok {
		name, text = name2, text2
	}
	if text != nil {
		t, err := time.Parse(time.RFC3339Nano, *text)
		if err != nil {
			return time.Time{}, fmt.Errorf("mozdef: %s: %q is no RFC 3339 time", name, *text)
		}
		return t, nil
	}
	raw, ok := extra[name]
	if !ok {
		return time.Time{}, ErrNoTime
	}
	t, ok := epochTime(string(raw))
	if !ok {
		return time.Time{}, fmt.Errorf("mozdef: %s: %s is no RFC 3339 time and no epoch number", name, raw)
	}
	return t, nil
}

// epochTime reads a positive number of seconds, milliseconds, microseconds or
// nanoseconds since 1970. Which of them it is shows in its size: up to 11
// digits before the point are seconds, every three more the next unit. The
// time is in UTC.
func epochTime(number string) (time.Time, bool) {
	i, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		f, err := strconv.ParseFloat(number, 64)
		if err != nil || f < 0 || f >= math.MaxInt64 {
			return time.Time{}, false
		}
		if f < maxSeconds { // the only unit in which a fraction counts
			whole, fraction := math.Modf(f)
			return time.Unix(int64(whole), int64(math.Round(fraction*1e6))*1e3).UTC(), true
		}
		i = int64(f)
	}
	switch {
	case i < 0:
		return time.Time{}, false
	case i < maxSeconds:
		return time.Unix(i, 0).UTC(), true
	case i < maxSeconds*1e3:
		return time.UnixMilli(i).UTC(), true
	case i < maxSeconds*1e6:
		return time.UnixMicro(i).UTC(), true
	}
	return time.Unix(i/1e9, i%1e9).UTC(), true
}

// maxSeconds is the first number that counts as milliseconds: as seconds it
// would be in the year 5138.
const maxSeconds = 100_000_000_000
