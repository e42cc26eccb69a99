package mozdef

import (
	"encoding/json"
	"testing"
)

// What the server makes of a time was observed on the real one.
func TestReadTime(t *testing.T) {
	tests := []struct {
		raw  string
		want reading
	}{
		{`"2026-03-09T08:14:55.204117+00:00"`, exact},
		{`"2026-03-09T08:14:55Z"`, exact},
		{`"2026-03-09T08:14:55.123456789-05:00"`, exact},
		{`"2026-03-09T08:14:55"`, inexact},
		{`"2026-03-09 08:14:55.5"`, inexact},
		{`"2026-03-09"`, inexact},
		{`"08:14"`, inexact},
		{`"Mar  9 08:14:55"`, inexact},
		{`"Mon, 09 Mar 2026 08:14:55 +0000"`, inexact},
		{`"Monday"`, inexact},
		{`"in may perhaps"`, inexact},
		{`"2026-13-09T08:14:55Z"`, inexact}, // day before month
		{`"0"`, inexact},
		{`"-5"`, inexact},
		{`0`, inexact},
		{`-0`, inexact},
		{`1773044095`, inexact},
		{`1773044095204`, inexact},
		{`1773044095204117000`, inexact},
		{`1773044095.204`, inexact},
		{`-1.5`, inexact},
		{`0.0`, inexact},

		{`""`, unreadable},
		{`"not a date"`, unreadable},
		{`"soon"`, unreadable},
		{`"1392374899"`, unreadable},
		{`"1392374899.5"`, unreadable},
		{`"NaN"`, unreadable},
		{`"2026-13-32T08:14:55Z"`, unreadable},
		{`"2026-02-30T08:14:55Z"`, unreadable},
		{`"2026-03-09T24:00:00Z"`, unreadable},
		{`"2026-03-09 08:60:00"`, unreadable},
		{`"2026-03-09T08:14:60Z"`, unreadable},
		{`-5`, unreadable},
		{`0.5`, unreadable},
		{`17730440952041170000`, unreadable},
		{`1e999`, unreadable},
		{`null`, unreadable},
		{`true`, unreadable},
		{`{}`, unreadable},
		{`["2026-03-09T08:14:55Z"]`, unreadable},
	}
	for _, tt := range tests {
		if got := readTime(json.RawMessage(tt.raw)); got != tt.want {
			t.Errorf("readTime(%s) = %d, want %d", tt.raw, got, tt.want)
		}
	}
}

func FuzzReadTime(f *testing.F) {
	for _, seed := range []string{`"2026-03-09T08:14:55Z"`, `-`, `"2026-03-09 `, `1773044095`, `"`, ``, `"May"`, `-0.0`, "2026-03-09T08:14:55.5-11:59"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		if got := readTime(json.RawMessage(raw)); got < exact || got > unreadable {
			t.Errorf("readTime(%q) = %d", raw, got)
		}
		if plainTime(raw) && readAnyTime(raw) != exact {
			t.Errorf("%q is plain, but not read exactly", raw)
		}
	})
}
