package wire

import (
	"strings"
	"time"
)

// notations are the layouts of a time with its offset that can be read in one
// way only.
var notations = [...]string{
	time.RFC3339,
	"2006-01-02 15:04:05Z07:00",
	"2006-01-02 15:04:05 Z07:00",
	"2006-01-02T15:04:05 Z07:00",
	"2006-01-02T15:04:05Z0700",
	"2006-01-02 15:04:05Z0700",
	"2006-01-02 15:04:05 Z0700",
	"2006-01-02T15:04:05Z07",
	"2006-01-02T15:04Z07:00",
	"20060102T150405Z0700",
	time.RFC1123Z,
	"Mon, 2 Jan 2006 15:04:05 -0700",
	"2 Jan 2006 15:04:05 -0700",
	"02/Jan/2006:15:04:05 -0700",
	"Mon Jan _2 15:04:05 -0700 2006",
}

// ParseTime reads a time with its offset in notations that can be read in one
// way only: ISO 8601, RFC 5322, and those of web servers' logs and of ctime. The
// zones GMT and UTC are known; a time without a zone, or in a zone that has only
// a name, is not read.
func ParseTime(text string) (t time.Time, ok bool) {
	text = strings.TrimSpace(text)
	if len(text) > 64 {
		return time.Time{}, false
	}
	for _, zone := range [...]string{" UTC", " GMT"} {
		if before, after, cut := strings.Cut(text, zone); cut && (after == "" || after[0] == ' ') {
			if text = before + " +0000" + after; !strings.ContainsAny(text, ",/") && after == "" {
				text = before + "Z"
			}
			break
		}
	}
	if len(text) > 10 && text[10] == 't' {
		text = text[:10] + "T" + text[11:]
	}
	if n := len(text) - 1; n > 0 && text[n] == 'z' {
		text = text[:n] + "Z"
	}
	for _, layout := range notations {
		t, err := time.Parse(layout, text)
		if err != nil || strings.HasPrefix(layout, "Mon") && !strings.EqualFold(t.Format("Mon"), text[:3]) {
			continue
		}
		return t, true
	}
	return time.Time{}, false
}

// Seconds since 1970 that count as such, from 2001 to 2099: those in other units
// do not overlap with them.
const (
	firstSecond = 1_000_000_000
	lastSecond  = 4_102_444_799
)

// ParseEpoch reads the text of a number of seconds, milliseconds, microseconds or
// nanoseconds since 1970, which its size tells. Only times from 2001 to 2099
// count; of numbers beyond that the unit cannot be told. unit is one of them, and
// whole is false if the number has a fraction that is not zero.
func ParseEpoch(number string) (t time.Time, unit time.Duration, whole, ok bool) {
	digits, fraction, _ := strings.Cut(strings.TrimSpace(number), ".")
	if len(digits) < 10 || len(digits) > 19 || len(fraction) > 30 || strings.Trim(digits+fraction, "0123456789") != "" {
		return time.Time{}, 0, false, false
	}
	var n int64
	for _, c := range []byte(digits) {
		n = 10*n + int64(c-'0')
	}
	for unit = time.Second; unit > 0; unit /= 1000 {
		per := int64(time.Second / unit)
		if s := n / per; s >= firstSecond && s <= lastSecond {
			nanoseconds, scale := n%per*int64(unit), int64(unit)
			for _, c := range []byte(fraction) {
				if scale /= 10; scale == 0 {
					break
				}
				nanoseconds += scale * int64(c-'0')
			}
			return time.Unix(s, nanoseconds).UTC(), unit, strings.Trim(fraction, "0") == "", true
		}
	}
	return time.Time{}, 0, false, false
}
