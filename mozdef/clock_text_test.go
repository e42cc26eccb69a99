package mozdef

import (
	"encoding/json"
	"errors"
	"testing"
	"time"
	_ "time/tzdata" // zones for the tests, wherever they run
)

// testNow is the server's clock in the tests: a Friday.
var testNow = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// TestServerTime has what the server's code makes of times, as observed.
func TestServerTime(t *testing.T) {
	for raw, want := range map[string]string{
		// ISO 8601
		`"2026-03-09T08:14:55Z"`:                "2026-03-09T08:14:55+00:00",
		`"2026-03-09t08:14:55z"`:                "2026-03-09T08:14:55+00:00",
		`"2026-03-09T08:14:55.204117999+01:00"`: "2026-03-09T07:14:55.204117+00:00",
		`"2026-03-09 08:14:55,25"`:              "2026-03-09T08:14:55.250000+00:00",
		`"2026-03-09T08:14"`:                    "2026-03-09T08:14:00+00:00",
		`"2026-03-09T08"`:                       "2026-03-09T08:00:00+00:00",
		`"20260309T081455-0800"`:                "2026-03-09T16:14:55+00:00",
		`"20260309T0814"`:                       "2026-03-09T08:14:00+00:00",
		`"2026-03-09 08:14:55 +01"`:             "2026-03-09T07:14:55+00:00",
		`"2026-03-09 08:14:55 UTC"`:             "2026-03-09T08:14:55+00:00",
		`"2026-03-09 08:14:55 (UTC)"`:           "2026-03-09T08:14:55+00:00",
		`"2026-03-09 08:14:55 PST"`:             "2026-03-09T08:14:55+00:00", // no such zone known
		`"2026-03-09 08:14:55 from relay"`:      "2026-03-09T08:14:55+00:00",
		`"2026-03-09 ; 08:14"`:                  "2026-03-09T08:14:00+00:00",
		`"2026-3-9 8:4:5"`:                      "2026-03-09T08:04:05+00:00",
		`"2026-03-09"`:                          "2026-03-09T00:00:00+00:00",
		`"2026/03/09"`:                          "2026-03-09T00:00:00+00:00",
		`"2026-03"`:                             "2026-03-20T00:00:00+00:00", // the day of today
		`"08:14"`:                               "2026-11-20T08:14:00+00:00",
		`"8:14 PM"`:                             "2026-11-20T20:14:00+00:00",
		`"12:14am"`:                             "2026-11-20T00:14:00+00:00",
		// RFC 822, 850 and 3164, ctime, web servers, JavaScript
		`"Mon, 09 Mar 2026 08:14:55 +0100"`:         "2026-03-09T07:14:55+00:00",
		`"Mon, 9 Mar 2026 08:14:55 -0700 (PDT)"`:    "2026-03-09T15:14:55+00:00",
		`"Monday, 09-Mar-26 08:14:55 GMT"`:          "2026-03-09T08:14:55+00:00",
		`"Mar  9 08:14:55"`:                         "2026-03-09T08:14:55+00:00",
		`"Dec 24 08:14:55"`:                         "2026-12-24T08:14:55+00:00", // in the future
		`"Mon Mar  9 08:14:55 2026"`:                "2026-03-09T08:14:55+00:00",
		`"Mon Mar  9 08:14:55 UTC 2026"`:            "2026-03-09T08:14:55+00:00",
		`"09/Mar/2026:08:14:55 +0100"`:              "2026-03-09T07:14:55+00:00",
		`"Mon Mar 09 2026 08:14:55 GMT+0100 (CET)"`: "2026-03-09T09:14:55+00:00", // the sign is turned
		`"Monday, March 9, 2026 8:14:55 PM"`:        "2026-03-09T20:14:55+00:00",
		`"9th Mar 2026"`:                            "2026-03-09T00:00:00+00:00",
		`"Sept 5 10:00"`:                            "2026-09-05T10:00:00+00:00",
		`"March 2026"`:                              "2026-03-20T00:00:00+00:00",
		`"Monday"`:                                  "2026-11-23T00:00:00+00:00", // the next
		`"Fri 10:00"`:                               "2026-11-20T10:00:00+00:00", // today
		// figures: month before day, unless it cannot be one
		`"03/09/2026"`: "2026-03-09T00:00:00+00:00",
		`"13/03/2026"`: "2026-03-13T00:00:00+00:00",
		`"13.03.2026"`: "2026-03-13T00:00:00+00:00",
		`"03/04/05"`:   "2005-03-04T00:00:00+00:00",
		`"75-04-05"`:   "2075-04-05T00:00:00+00:00",
		`"77-04-05"`:   "1977-04-05T00:00:00+00:00",
		`"3/9"`:        "2026-03-09T00:00:00+00:00",
		// numbers
		`1773044095`:          "2026-03-09T08:14:55+00:00",
		`1773044095204`:       "2026-03-09T08:14:55.204000+00:00",
		`1773044095204117`:    "2026-03-09T08:14:55.204117+00:00",
		`1773044095204117123`: "2026-03-09T08:14:55.204117+00:00",
		`12345678901`:         "2009-02-13T23:31:30.100000+00:00", // tenths of seconds
		`99`:                  "1970-01-01T00:00:00.990000+00:00",
		`1773044095.25`:       "2026-03-09T08:14:55.250000+00:00",
		`1.773044095204e12`:   "2026-03-09T08:14:55.204000+00:00",
		`0`:                   "1970-01-01T00:00:00+00:00",
		`-0`:                  "1970-01-01T00:00:00+00:00",
		`-1.5`:                "1970-01-01T00:00:00+00:00",
		`"0"`:                 "1970-01-01T00:00:00+00:00",
		`"-86400.5"`:          "1970-01-01T00:00:00+00:00",
		`"-inf"`:              "1970-01-01T00:00:00+00:00",
	} {
		got, err := serverTime(json.RawMessage(raw), testNow)
		if err != nil || FormatTime(got) != want {
			t.Errorf("%s: %s, %v; want %s", raw, FormatTime(got), err, want)
		}
	}
}

func TestServerTimeErrors(t *testing.T) {
	for raw, want := range map[string]error{
		`null`: errNotTime, `true`: errNotTime, `[]`: errNotTime, `{}`: errNotTime, ``: errNotTime,
		`-5`: errNotTime, `0.5`: errNotTime, `-`: errNotTime,
		`99999999999999999999`: errTimeFailed, `1e999`: errTimeFailed,
		`""`: errNotTime, `"soon"`: errNotTime, `"nan"`: errNotTime, `"1773044095.5"`: errNotTime,
		`"1773044095"`: errTimeFailed, `"20260309"`: errTimeFailed,
		`"2026-02-30"`: errNotTime, `"2026-13-32"`: errNotTime, `"Feb 29 10:00"`: errNotTime, `"Feb 31"`: errNotTime,
		`"2026-03-09T24:00:00Z"`: errNotTime, `"08:60"`: errNotTime, `"2026-03-09T08:14:60Z"`: errNotTime,
		`"2026-03-09T08:14:55+24:00"`: errNotTime, `"0001-01-01T00:00:00+01:00"`: errNotTime, `"20260009T08"`: errNotTime,
		// the server reads some of these, and fails on others
		`"12.5"`: ErrTimeForm, `"of may"`: ErrTimeForm, `"2026-13-09T08:14:55Z"`: ErrTimeForm, `"2026-068"`: ErrTimeForm, `"2026-W11-1"`: ErrTimeForm,
		`"5 minutes ago"`: ErrTimeForm, `"8 PM"`: ErrTimeForm, `"Mar 9 10 08:14"`: ErrTimeForm, `"may 2026-03-09"`: ErrTimeForm,
		`"2026-03-09 2026-03-10"`: ErrTimeForm, `"08:14 09:15"`: ErrTimeForm, `"2026-03-09T08:14:55.Z"`: ErrTimeForm,
		`"08:14 +0100 +0200"`: ErrTimeForm, `"08:14 GMT+0100 GMT+0200"`: ErrTimeForm, `"Mon Tue 9 Mar"`: ErrTimeForm,
		`"08:14 (CET"`: ErrTimeForm, `"13:00 PM"`: ErrTimeForm, `"1:00 2 PM"`: ErrTimeForm, `"in may perhaps 5x"`: ErrTimeForm,
	} {
		if got, err := serverTime(json.RawMessage(raw), testNow); !errors.Is(err, want) {
			t.Errorf("%s: %s, %v; want %v", raw, FormatTime(got), err, want)
		}
	}
}

// TestServerTimeZone has times without offset where clocks are set forward and
// back.
func TestServerTimeZone(t *testing.T) {
	for zone, times := range map[string]map[string]string{
		"Europe/Berlin": {
			`"2026-01-15 12:00"`:     "2026-01-15T11:00:00+00:00",
			`"2026-07-15 12:00"`:     "2026-07-15T10:00:00+00:00",
			`"2026-03-29 02:30"`:     "2026-03-29T01:30:00+00:00", // skipped
			`"2026-03-29 03:30"`:     "2026-03-29T01:30:00+00:00",
			`"2026-10-25 01:30"`:     "2026-10-24T23:30:00+00:00",
			`"2026-10-25 02:30"`:     "2026-10-25T01:30:00+00:00", // twice
			`"2026-10-25 02:30 UTC"`: "2026-10-25T02:30:00+00:00",
			`"13:30"`:                "2026-11-20T12:30:00+00:00",
			`0`:                      "1969-12-31T23:00:00+00:00",
			`1773044095`:             "2026-03-09T08:14:55+00:00",
		},
		"America/Los_Angeles": {
			`"2026-03-08 02:30"`: "2026-03-08T10:30:00+00:00", // skipped
			`"2026-11-01 01:30"`: "2026-11-01T09:30:00+00:00", // twice
			`"04:00"`:            "2026-11-20T12:00:00+00:00",
		},
		"Asia/Kolkata": {`"2026-03-09"`: "2026-03-08T18:30:00+00:00", `"03:00"`: "2026-11-19T21:30:00+00:00"},
	} {
		loc, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		for raw, want := range times {
			if got, err := serverTime(json.RawMessage(raw), testNow.In(loc)); err != nil || FormatTime(got) != want {
				t.Errorf("%s in %s: %s, %v; want %s", raw, zone, FormatTime(got), err, want)
			}
		}
	}
}

// FuzzServerTime checks that every time that is read is written in the form in
// which it is read as the same time again.
func FuzzServerTime(f *testing.F) {
	for _, seed := range []string{`"2026-03-09T08:14:55.25Z"`, `"Mon, 09 Mar 2026 08:14:55 GMT+3"`, `"9/Mar/26:08:14 PM"`, `1773044095.2`, `-`, `"5th may"`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		got, err := serverTime(json.RawMessage(raw), testNow)
		if err != nil {
			return
		}
		again, err := serverTime(quoted(FormatTime(got)), testNow)
		if err != nil || !again.Equal(got) {
			t.Errorf("%s is %s, which is read as %v, %v", raw, FormatTime(got), again, err)
		}
	})
}
