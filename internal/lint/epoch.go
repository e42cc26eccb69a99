package lint

import "time"

// Bounds of a time that is likely: before 1990 none of the formats' products
// was running, and a time after 2100 comes of a wrong unit or means never.
const (
	earliest = 631152000  // 1990-01-01T00:00:00Z in seconds since 1970
	latest   = 4102444800 // 2100-01-01T00:00:00Z
)

// Unit is a unit of a time since 1970: how many of it are in a second.
type Unit int64

// The units.
const (
	Seconds      Unit = 1
	Milliseconds Unit = 1e3
	Microseconds Unit = 1e6
	Nanoseconds  Unit = 1e9
)

// String names the unit.
func (u Unit) String() string {
	switch u {
	case Seconds:
		return "seconds"
	case Milliseconds:
		return "milliseconds"
	case Microseconds:
		return "microseconds"
	}
	return "nanoseconds"
}

// UnitOf returns the unit in which a number since 1970 is a likely time, 0 if
// there is none. There is never more than one.
func UnitOf(n int64) Unit {
	for _, u := range [...]Unit{Seconds, Milliseconds, Microseconds, Nanoseconds} {
		if n/int64(u) >= earliest && n/int64(u) < latest {
			return u
		}
	}
	return 0
}

// Time returns the time that a number of the unit is, in UTC.
func (u Unit) Time(n int64) time.Time {
	return time.Unix(n/int64(u), n%int64(u)*(1e9/int64(u))).UTC()
}

// Likely reports whether a time is from 1990 up to 2100.
func Likely(t time.Time) bool { return t.Unix() >= earliest && t.Unix() < latest }

// Skew is by how much the clocks of two hosts may differ before an order of
// times that they made is suspicious.
const Skew = time.Hour
