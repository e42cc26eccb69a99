package mozdef

import (
	"encoding/json"
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
	var text string
	switch {
	case len(raw) == 0:
		return unreadable
	case raw[0] == '"':
		if json.Unmarshal(raw, &text) != nil {
			return unreadable
		}
		return readTimeText(text)
	case raw[0] == '-' || raw[0] >= '0' && raw[0] <= '9':
		return readTimeNumber(string(raw))
	}
	return unreadable // null, booleans, objects and arrays
}

// readTimeNumber: a positive number is a time since 1970 whose unit shows in
// its size. An integer of 20 digits or more is out of range, a fraction below 1
// has no magnitude, and a negative integer is no time, while a negative
// fraction is the start of 1970.
func readTimeNumber(number string) reading {
	if !strings.ContainsAny(number, ".eE") {
		if number != "-0" && number[0] == '-' || len(number) >= 20 {
			return unreadable
		}
		return inexact
	}
	f, err := strconv.ParseFloat(number, 64)
	if err != nil || f > 0 && f < 1 {
		return unreadable
	}
	return inexact
}

// readTimeText: the server takes any text in which it finds a date or a time,
// and guesses the rest. Texts that it is known to fail on are unreadable; where
// that cannot be told, the text is taken as read.
func readTimeText(text string) reading {
	if _, err := time.Parse(time.RFC3339Nano, text); err == nil {
		return exact
	}
	if f, err := strconv.ParseFloat(strings.TrimSpace(text), 64); err == nil {
		if f <= 0 {
			return inexact // 1970
		}
		return unreadable // a positive number in quotes
	}
	if !strings.ContainsAny(text, "0123456789") {
		if namesDay(text) {
			return inexact
		}
		return unreadable
	}
	if impossible(text) {
		return unreadable
	}
	return inexact
}

// impossible reports whether text begins as an ISO 8601 date that the calendar
// does not have, with day and month in either order, or goes on with a time of
// day that there is not.
func impossible(text string) bool {
	if len(text) < 10 || !shape(text[:10], "0000-00-00") {
		return false
	}
	if swapped := text[:5] + text[8:10] + "-" + text[5:7]; !isDate(text[:10]) && !isDate(swapped) {
		return true
	}
	rest := text[10:]
	if len(rest) < 9 || !shape(rest[1:9], "00:00:00") {
		return false
	}
	return rest[1:3] > "23" || rest[4:6] > "59" || rest[7:9] > "59"
}

func isDate(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}

// shape reports whether text has digits where form has zeros, and else the same
// bytes.
func shape(text, form string) bool {
	for i := range len(form) {
		digit := text[i] >= '0' && text[i] <= '9'
		if form[i] == '0' && !digit || form[i] != '0' && text[i] != form[i] {
			return false
		}
	}
	return true
}

// namesDay reports whether a word of text names a month or a day of the week,
// at full length or by its first three letters.
func namesDay(text string) bool {
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !('a' <= r|0x20 && r|0x20 <= 'z') }) {
		for m := time.January; m <= time.December; m++ {
			if isName(word, m.String()) {
				return true
			}
		}
		for d := time.Sunday; d <= time.Saturday; d++ {
			if isName(word, d.String()) {
				return true
			}
		}
	}
	return false
}

func isName(word, name string) bool {
	return strings.EqualFold(word, name) || strings.EqualFold(word, name[:3])
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
