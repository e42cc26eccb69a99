package mozdef_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/secmodel/secmodel/mozdef"
)

func TestTime(t *testing.T) {
	tests := []struct {
		json, want string // want is empty for an error
	}{
		{`{"timestamp":"2026-03-09T09:14:55.204117+01:00"}`, "2026-03-09T08:14:55.204117Z"},
		{`{"timestamp":"2026-03-09T08:14:55Z","utctimestamp":"2020-01-01T00:00:00Z"}`, "2026-03-09T08:14:55Z"},
		{`{"utctimestamp":"2020-01-01T00:00:00Z"}`, "2020-01-01T00:00:00Z"},
		{`{"timestamp":1773044095}`, "2026-03-09T08:14:55Z"},
		{`{"timestamp":1773044095204}`, "2026-03-09T08:14:55.204Z"},
		{`{"timestamp":1773044095204117}`, "2026-03-09T08:14:55.204117Z"},
		{`{"timestamp":1773044095204117123}`, "2026-03-09T08:14:55.204117123Z"},
		{`{"timestamp":1773044095.25}`, "2026-03-09T08:14:55.25Z"},
		{`{"timestamp":0}`, "1970-01-01T00:00:00Z"},
		{`{"timestamp":1773044095204.5}`, "2026-03-09T08:14:55.204Z"},
		{`{"timestamp":-5}`, ""},
		{`{"timestamp":-0.5}`, ""},
		{`{"timestamp":1e30}`, ""},
		{`{"timestamp":null,"utctimestamp":"2020-01-01T00:00:00Z"}`, ""},
		{`{"timestamp":"2026-03-09 08:14:55"}`, ""},
		{`{"timestamp":""}`, ""},
		{`{"timestamp":["2026-03-09T08:14:55Z"]}`, ""},
	}
	for _, tt := range tests {
		var event mozdef.Event
		if err := json.Unmarshal([]byte(tt.json), &event); err != nil {
			t.Fatal(err)
		}
		got, err := event.Time()
		switch {
		case tt.want == "":
			if err == nil || errors.Is(err, mozdef.ErrNoTime) {
				t.Errorf("%s: %v, %v; want another error than ErrNoTime", tt.json, got, err)
			}
		case err != nil || got.UTC().Format(time.RFC3339Nano) != tt.want:
			t.Errorf("%s: %v, %v; want %s", tt.json, got, err, tt.want)
		}
	}
}

func TestTimeOfEveryClass(t *testing.T) {
	const text = "2026-03-09T08:14:55.204117+00:00"
	want := time.Date(2026, 3, 9, 8, 14, 55, 204117000, time.UTC)
	for name, timed := range map[string]interface{ Time() (time.Time, error) }{
		"event":              &mozdef.Event{Timestamp: new(text)},
		"compliance":         &mozdef.Compliance{UTCTimestamp: new(text)},
		"compliance details": &mozdef.ComplianceDetails{UTCTimestamp: new(text)},
		"asset hint":         &mozdef.AssetHint{Timestamp: new(text)},
		"rra":                &mozdef.RRA{Timestamp: new(text)},
		"vulnerability":      &mozdef.Vulnerability{UTCTimestamp: new(text)},
		"vulnerability v2":   &mozdef.VulnerabilityV2{UTCTimestamp: new(text)},
		"alert":              &mozdef.Alert{UTCTimestamp: new(text)},
	} {
		if got, err := timed.Time(); err != nil || !got.Equal(want) {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
	for name, timed := range map[string]interface{ Time() (time.Time, error) }{
		"event": &mozdef.Event{}, "compliance": &mozdef.Compliance{}, "compliance details": &mozdef.ComplianceDetails{},
		"asset hint": &mozdef.AssetHint{}, "rra": &mozdef.RRA{}, "vulnerability": &mozdef.Vulnerability{},
		"vulnerability v2": &mozdef.VulnerabilityV2{}, "alert": &mozdef.Alert{},
	} {
		if got, err := timed.Time(); !errors.Is(err, mozdef.ErrNoTime) {
			t.Errorf("empty %s: %v, %v; want ErrNoTime", name, got, err)
		}
	}
}

func TestFormatTime(t *testing.T) {
	east := time.FixedZone("", 2*60*60)
	for want, at := range map[string]time.Time{
		"2026-03-09T08:14:55+00:00":        time.Date(2026, 3, 9, 10, 14, 55, 0, east),
		"2026-03-09T08:14:55.250000+00:00": time.Date(2026, 3, 9, 8, 14, 55, 250e6, time.UTC),
		"2026-03-09T08:14:55.204117+00:00": time.Date(2026, 3, 9, 8, 14, 55, 204117999, time.UTC),
		"2026-03-09T08:14:56+00:00":        time.Date(2026, 3, 9, 8, 14, 56, 999, time.UTC),
	} {
		got := mozdef.FormatTime(at)
		if got != want {
			t.Errorf("FormatTime(%v) = %s, want %s", at, got, want)
		}
		back, err := (&mozdef.Event{Timestamp: &got}).Time()
		if err != nil || !back.Equal(at.Truncate(time.Microsecond)) {
			t.Errorf("%s is read as %v, %v", got, back, err)
		}
	}
}
