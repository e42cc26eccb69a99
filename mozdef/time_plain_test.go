package mozdef

import (
	"fmt"
	"testing"
)

// TestPlainTime: what is taken for plain is what the server reads exactly.
func TestPlainTime(t *testing.T) {
	plain := 0
	look := func(text string) {
		if plainTime(text) {
			plain++
			if got := readAnyTime(text); got != exact {
				t.Errorf("%q: %d", text, got)
			}
		}
	}
	for _, year := range []int{1969, 1970, 1999, 2000, 2026, 2099, 2100} {
		for month := range 14 {
			for _, day := range []int{0, 1, 12, 13, 28, 29, 31} {
				for i, clock := range []string{"00:00:00", "23:59:59", "24:00:00", "12:60:00", "12:00:60", "1:02:03"} {
					for j, end := range []string{"Z", ".5Z", ".123456Z", ".1234567Z", "+00:00", "-11:59", "+12:00", ".25-05:30", "", "z", ".Z", "+0100", " Z", "+01:60"} {
						if (month+day+i+j)%3 == 0 || month == 3 {
							look(fmt.Sprintf("%04d-%02d-%02dT%s%s", year, month, day, clock, end))
						}
					}
				}
			}
		}
	}
	if plain < 500 {
		t.Errorf("only %d of them are plain", plain)
	}
	for text, want := range map[string]bool{
		"2026-03-09T08:14:55Z": true, "2026-03-09T08:14:55.123456+01:00": true, "1970-01-01T00:00:00-11:59": true,
		"": false, "2026-03-09T08:14:55": false, "2026-03-09 08:14:55Z": false, "2026-03-09t08:14:55Z": false,
		"2026-03-09T08:14:55.Z": false, "2026-03-09T08:14:55.1234567Z": false, "2026-02-29T08:14:55Z": false,
		"2026-03-09T08:14:55+1:00": false, "2026-03-09T08:14:55Zx": false, "2126-03-09T08:14:55Z": false, "１026-03-09T08:14:55Z": false,
	} {
		if plainTime(text) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
}
