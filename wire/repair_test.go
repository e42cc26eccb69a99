package wire_test

import (
	"testing"
	"time"

	"github.com/secmodel/secmodel/wire"
)

func TestParseTime(t *testing.T) {
	for text, want := range map[string]string{
		"2024-06-10T06:13:20Z":             "2024-06-10T06:13:20Z",
		" 2024-06-10t06:13:20.5z ":         "2024-06-10T06:13:20.5Z",
		"2024-06-10T06:13:20,25+02:00":     "2024-06-10T06:13:20.25+02:00",
		"2024-06-10 06:13:20+02:00":        "2024-06-10T06:13:20+02:00",
		"2024-06-10 06:13:20 +02:00":       "2024-06-10T06:13:20+02:00",
		"2024-06-10 06:13:20 -0530":        "2024-06-10T06:13:20-05:30",
		"2024-06-10 06:13:20.123456 UTC":   "2024-06-10T06:13:20.123456Z",
		"2024-06-10T06:13:20-07":           "2024-06-10T06:13:20-07:00",
		"2024-06-10T06:13Z":                "2024-06-10T06:13:00Z",
		"20240610T061320Z":                 "2024-06-10T06:13:20Z",
		"Mon, 10 Jun 2024 06:13:20 GMT":    "2024-06-10T06:13:20Z",
		"Mon, 10 Jun 2024 06:13:20 +0200":  "2024-06-10T06:13:20+02:00",
		"Thu, 6 Jun 2024 06:13:20 -0000":   "2024-06-06T06:13:20Z",
		"10 Jun 2024 06:13:20 +0000":       "2024-06-10T06:13:20Z",
		"10/Jun/2024:06:13:20 +0200":       "2024-06-10T06:13:20+02:00",
		"Mon Jun 10 06:13:20 UTC 2024":     "2024-06-10T06:13:20Z",
		"Thu Jun  6 06:13:20 +0100 2024":   "2024-06-06T06:13:20+01:00",
		"Tue, 10 Jun 2024 06:13:20 +0200":  "", // a Monday
		"Mon, 10 Jun 2024 06:13:20 CEST":   "",
		"Mon Jun 10 06:13:20 2024":         "",
		"2024-06-10T06:13:20":              "",
		"2024-06-10":                       "",
		"2024-02-30T06:13:20Z":             "",
		"06/10/2024 06:13:20 +0200":        "",
		"1718000000":                       "",
		"":                                 "",
		"tomorrow":                         "",
		"2024-06-10T06:13:60Z":             "",
		"2024-06-10T06:13:20Z and so on":   "",
		"2024-06-10T06:13:20 UTC or later": "",
	} {
		got := ""
		at, ok := wire.ParseTime(text)
		if ok {
			got = at.Format(time.RFC3339Nano)
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestParseEpoch(t *testing.T) {
	for text, want := range map[string]string{
		"1718000000":                 "2024-06-10T06:13:20Z 1s true",
		"1718000000.0":               "2024-06-10T06:13:20Z 1s true",
		"1718000000.125":             "2024-06-10T06:13:20.125Z 1s false",
		" 1718000000123 ":            "2024-06-10T06:13:20.123Z 1ms true",
		"1718000000123.5":            "2024-06-10T06:13:20.1235Z 1ms false",
		"1718000000123456":           "2024-06-10T06:13:20.123456Z 1µs true",
		"1718000000123456789":        "2024-06-10T06:13:20.123456789Z 1ns true",
		"1718000000.123456789999999": "2024-06-10T06:13:20.123456789Z 1s false",
		"1000000000":                 "2001-09-09T01:46:40Z 1s true",
		"4102444799":                 "2099-12-31T23:59:59Z 1s true",
		"4102444800":                 "",
		"999999999":                  "",
		"17180000001":                "",
		"9999999999999999999":        "",
		"-1718000000":                "",
		"+1718000000":                "",
		"1.718e9":                    "",
		"1718000000.1.2":             "",
		"x":                          "",
		"":                           "",
	} {
		got := ""
		at, unit, whole, ok := wire.ParseEpoch(text)
		if ok {
			got = at.Format(time.RFC3339Nano) + " " + unit.String()
			if got += " true"; !whole {
				got = got[:len(got)-4] + "false"
			}
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestSameLetters(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"src_endpoint", "srcEndpoint", true},
		{"Information. UnauthorizedAccess", "information.unauthorizedaccess", true},
		{"FALSE-POSITIVE", "False Positive\t", true},
		{"É_a", "éA", true},
		{"a", "ab", false},
		{"ab", "a", false},
		{"a.b", "ab", false},
		{"", "", false},
		{"_", "-", false},
		{"a", "", false},
	} {
		if got := wire.SameLetters(test.a, test.b); got != test.want {
			t.Errorf("%q and %q: %v", test.a, test.b, got)
		}
	}
}
