package idmefv2

import "time"

// times judges the times of the message, one by one (R11) and their order
// (R12). StartTime may lie after CreateTime: the event is forecast.
func (r *ruling) times() {
	m := r.m
	r.time("CreateTime", m.CreateTime)
	r.time("StartTime", m.StartTime)
	r.time("EndTime", m.EndTime)
	r.time("ReportTime", m.ReportTime)
	if m.StartTime != nil && m.EndTime != nil && before(*m.EndTime, *m.StartTime) {
		r.add(CodeTimeOrder, root.member("EndTime"), *m.EndTime, nil, "EndTime %s is before StartTime %s", *m.EndTime, *m.StartTime)
	}
}

// time judges a time of which the tables checked the pattern: what RFC 3339
// demands beyond that.
func (r *ruling) time(name string, text *string) {
	if text == nil || len(*text) < len("2006-01-02T15:04:05") {
		return
	}
	s := *text
	year, month, day := 100*two(s)+two(s[2:]), time.Month(two(s[5:])), two(s[8:])
	if month < 1 || day < 1 || day > 28 && day > daysIn(month, year) {
		r.add(CodeTimeDate, root.member(name), s, nil, "%s names %s, a day that there is not", name, s[:10])
		return
	}
	offset, ok := 0, true
	if s[len(s)-1] != 'Z' {
		offset, ok = minutesFromUTC(s)
	}
	if !ok {
		r.add(CodeTimeOffset, root.member(name), s, "an offset, as Z or +01:00", "%s has no offset from UTC", name)
	}
	if s[17:19] == "60" {
		minute := 60*two(s[11:]) + two(s[14:]) - offset
		utc := time.Date(year, month, day, 0, minute, 0, 0, time.UTC)
		if utc.Hour() != 23 || utc.Minute() != 59 || utc.AddDate(0, 0, 1).Day() != 1 {
			r.add(CodeTimeLeap, root.member(name), s, nil, "%s has a leap second at %s UTC; there are some only at 23:59 on the last day of a month",
				name, utc.Format("15:04 on 2 January"))
		}
	}
}

// two reads two digits.
func two(s string) int { return 10*int(s[0]-'0') + int(s[1]-'0') }

// minutesFromUTC reads an offset at the end, as +01:30.
func minutesFromUTC(s string) (minutes int, ok bool) {
	s = s[len(s)-len("+00:00"):]
	switch minutes = 60*two(s[1:]) + two(s[4:]); s[0] {
	case '+':
		return minutes, true
	case '-':
		return -minutes, true
	}
	return 0, false
}

func daysIn(month time.Month, year int) int {
	return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// before reports whether a is surely before b: not if just one of them has an
// offset from UTC, or if either is no time.
func before(a, b string) bool {
	if !timestampPattern.Match(a) || !timestampPattern.Match(b) {
		return false
	}
	x, offsetX := instant(a)
	y, offsetY := instant(b)
	return offsetX == offsetY && x.Before(y)
}

// instant reads a time that matches the drafts' pattern; without an offset it is
// taken as UTC. Unlike Time it allocates nothing.
func instant(s string) (t time.Time, hasOffset bool) {
	offset, hasOffset := 0, true
	if s[len(s)-1] != 'Z' {
		offset, hasOffset = minutesFromUTC(s)
	}
	nanoseconds := 0
	if len(s) > 19 && s[19] == '.' {
		for i, unit := 20, 100_000_000; i < len(s) && isDigit(s[i]); i, unit = i+1, unit/10 {
			nanoseconds += unit * int(s[i]-'0')
		}
	}
	return time.Date(100*two(s)+two(s[2:]), time.Month(two(s[5:])), two(s[8:]),
		two(s[11:]), two(s[14:])-offset, two(s[17:]), nanoseconds, time.UTC), hasOffset
}
