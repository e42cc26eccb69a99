package mozdef

import (
	"encoding/json"
	"errors"
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"
)

// reading is what the server makes of a time.
type reading int

const (
	exact      reading = iota // RFC 3339: nothing is lost but the offset
	inexact                   // read, but guessed: another form, or no offset
	unreadable                // the server drops the event
)

// readTime says how the server reads the JSON value of a time.
func readTime(raw json.RawMessage) reading {
	if text, ok := stringOf(raw); ok {
		return readTimeText(text)
	}
	if _, err := serverTime(raw, time.Time{}); err != nil {
		return unreadable
	}
	return inexact
}

// readTimeText says how the server reads a text as a time. Where that cannot be
// told, the text is taken as read.
func readTimeText(text string) reading {
	if plainTime(text) {
		return exact
	}
	return readAnyTime(text)
}

func readAnyTime(text string) reading {
	_, err := serverTimeText(text, time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)) // a year with all days
	switch {
	case errors.Is(err, ErrTimeForm):
		return inexact
	case err != nil:
		return unreadable
	}
	if _, err := time.Parse(time.RFC3339Nano, text); err != nil {
		return inexact
	}
	return exact
}

// Errors of serverTime, beside ErrTimeForm. The difference shows in what the
// worker for SNS does.
var (
	errNotTime    = errors.New("no time")                          // ValueError in Python
	errTimeFailed = errors.New("fails as a time in any other way") // as TypeError
)

// serverTime returns the time that the server makes of a JSON value. now gives
// what is missing, and its zone holds where the value names none.
func serverTime(raw json.RawMessage, now time.Time) (time.Time, error) {
	if text, ok := stringOf(raw); ok {
		return serverTimeText(text, now)
	}
	if len(raw) == 0 || raw[0] != '-' && !isDigit(raw[0]) {
		return time.Time{}, errNotTime // null, booleans, objects and arrays
	}
	if isInteger(string(raw)) {
		return serverTimeInteger(string(raw), now)
	}
	f, err := strconv.ParseFloat(string(raw), 64)
	switch {
	case f <= 0:
		return epoch(now), nil
	case err != nil:
		return time.Time{}, errTimeFailed // infinite
	case f < 1:
		return time.Time{}, errNotTime // has no magnitude
	}
	// A float is taken as seconds with ten digits before the point, the unit
	// being what makes it so.
	if magnitude := len(strconv.FormatFloat(math.Trunc(f), 'f', 0, 64)) - 1; magnitude > 9 {
		divisor, _ := new(big.Float).SetInt(powerOfTen(magnitude - 9)).Float64()
		f /= divisor
	}
	return serverSeconds(f), nil
}

// serverTimeInteger: an integer of 10, 13, 16 or 19 digits is seconds,
// milliseconds, microseconds or nanoseconds since 1970. The server divides by a
// power of ten that follows from the number of digits, so that an integer of
// any other length is a time too, though never the one that was meant.
func serverTimeInteger(number string, now time.Time) (time.Time, error) {
	switch {
	case number == "0" || number == "-0":
		return epoch(now), nil
	case number[0] == '-':
		return time.Time{}, errNotTime
	case len(number) >= 20:
		return time.Time{}, errTimeFailed // after the year 9999
	}
	n, err := strconv.ParseUint(number, 10, 64) // any of 19 digits
	if err != nil {                             // no JSON
		return time.Time{}, errNotTime
	}
	f, _ := new(big.Rat).SetFrac(new(big.Int).SetUint64(n), powerOfTen(len(number)%10)).Float64()
	return serverSeconds(f), nil
}

func powerOfTen(n int) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
}

// serverSeconds returns the time f seconds after the start of 1970, rounded to
// microseconds.
func serverSeconds(f float64) time.Time {
	whole, fraction := math.Modf(f)
	return time.Unix(int64(whole), 0).Add(time.Duration(math.RoundToEven(fraction*1e6)) * time.Microsecond).UTC()
}

// epoch is what the server makes of zero: the start of 1970 by its own clock.
func epoch(now time.Time) time.Time {
	return inZone(time.Unix(0, 0).UTC(), now.Location())
}

// serverTimeText returns the time that the server makes of a text. A number in
// quotes that is not positive is the start of 1970; on digits alone it fails,
// and on those of an epoch with a fraction.
func serverTimeText(text string, now time.Time) (time.Time, error) {
	if f, ok := floatText(text); ok && f <= 0 {
		return epoch(now), nil
	} else if ok && digits(text) == len(text) {
		return time.Time{}, errTimeFailed
	} else if n := digits(text); ok && n > 6 && text[n] == '.' {
		return time.Time{}, errNotTime
	}
	switch t, how := readText(text, now); how {
	case understood:
		return t, nil
	case impossible:
		return time.Time{}, errNotTime
	}
	if !strings.ContainsAny(text, "0123456789") && !namesDate(text) {
		return time.Time{}, errNotTime
	}
	return time.Time{}, ErrTimeForm
}

// namesDate reports whether a word of text names a month or a day of the week.
func namesDate(text string) bool {
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !('a' <= r|0x20 && r|0x20 <= 'z') }) {
		if _, day := dayNamed(word); day || monthNamed(word) != 0 {
			return true
		}
	}
	return false
}

// indexTakesDate reports whether the index of alerts, which no worker writes
// to, takes text as a date: ISO 8601 with optional time and offset.
func indexTakesDate(text string) bool {
	for _, layout := range [...]string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02T15:04", "2006-01-02"} {
		if _, err := time.Parse(layout, text); err == nil {
			return true
		}
	}
	return false
}
