package ocsf

import "time"

// Timestamp is a moment in milliseconds since 1970-01-01T00:00:00Z, the type
// timestamp_t.
type Timestamp int64

// NewTimestamp returns the moment t, cut to the millisecond.
func NewTimestamp(t time.Time) Timestamp { return Timestamp(t.UnixMilli()) }

// Time returns the moment in UTC.
func (t Timestamp) Time() time.Time { return time.UnixMilli(int64(t)).UTC() }
