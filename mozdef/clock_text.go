package mozdef

import (
	"strconv"
	"strings"
	"time"
	"unicode"
)

// textTime is what is known of how the server reads a text as a time. It leaves
// the work to a parser that finds a time in almost any text. Known here are the
// common forms: ISO 8601 dates and times, RFC 822 and what came of it, syslog,
// ctime, web server logs, dates of the United States and of Europe, and each of
// date and time alone, with words around them. Years of two digits are those
// nearest to now, and what is missing is that of today.
type textTime struct {
	year, month, day          int // 0 where missing
	hour, minute, second      int
	micro                     int
	offset                    int // of the zone, in seconds
	weekday                   time.Weekday
	numbers                   []string // that stand alone
	early                     int      // how many of them are before the time of day
	now                       time.Time
	dated, monthNamed, weekly bool // what was read
	clock, half, zoned, tz    bool // tz: the name of a zone
	denied                    bool // the server fails on it
}

// understanding is how far a text is understood.
type understanding int

const (
	understood   understanding = iota
	impossible                 // the server drops the event
	unrecognised               // the server may read it, or may not
)

// readText reads a time in the forms that are known. What is missing is that of
// now, whose zone holds where the text names none.
func readText(text string, now time.Time) (time.Time, understanding) {
	t := textTime{now: now}
	for field := range strings.FieldsSeq(text) {
		field = strings.TrimRight(field, ",;")
		if field == "" {
			continue
		}
		if !t.field(field) {
			return time.Time{}, unrecognised
		}
	}
	return t.resolve()
}

// field takes one word of the text and reports whether it is understood.
func (t *textTime) field(s string) bool {
	if inner, ok := strings.CutPrefix(s, "("); ok {
		if inner, ok = strings.CutSuffix(inner, ")"); !ok || !t.clock {
			return false
		}
		return t.word(inner)
	}
	switch c := s[0]; {
	case c == '+' || c == '-':
		return t.clock && !t.zoned && t.zone(s)
	case c >= '0' && c <= '9':
		return t.figures(s)
	}
	return t.word(s)
}

// figures takes a word that begins with a digit.
func (t *textTime) figures(s string) bool {
	if i := strings.IndexAny(s, "Tt"); i >= 8 && i+1 < len(s) && isDigit(s[i-1]) && isDigit(s[i+1]) {
		return t.date(s[:i]) && t.time(s[i+1:], true)
	}
	if digits(s) == len(s) {
		t.numbers = append(t.numbers, s)
		return len(s) <= 2 || len(s) == 4
	}
	if i := strings.IndexByte(s, ':'); i > 2 && i+1 < len(s) {
		return t.date(s[:i]) && t.time(s[i+1:], false) // 10/Oct/2000:13:55:36
	} else if i > 0 {
		return t.time(s, false)
	}
	if n := digits(s); n <= 2 {
		switch strings.ToLower(s[n:]) {
		case "st", "nd", "rd", "th":
			t.numbers = append(t.numbers, s[:n])
			return true
		}
	}
	return t.date(s)
}

// date takes a date: three parts between dashes, slashes or points, or two, or
// eight digits.
func (t *textTime) date(s string) bool {
	if t.dated || t.monthNamed {
		return false
	}
	t.dated = true
	if len(s) == 8 && digits(s) == 8 {
		t.year, t.month, t.day = number(s[:4]), number(s[4:6]), number(s[6:])
		t.denied = t.year == 0 || t.month == 0 || t.day == 0
		return true
	}
	n := digits(s)
	if n == 0 || n == len(s) || !strings.Contains("-/.", s[n:n+1]) {
		return false
	}
	parts := strings.Split(s, s[n:n+1])
	for i, part := range parts {
		month := len(parts) == 3 && i == 1 && monthNamed(part) != 0
		if part == "" || !month && digits(part) != len(part) || len(part) > 4 && !month || digits(part) == 3 {
			return false
		}
	}
	switch {
	case len(parts) == 3:
		return t.threeParts(parts[0], parts[1], parts[2])
	case len(parts) == 2 && s[n] == '-' && len(parts[0]) == 4:
		t.year, t.month = number(parts[0]), number(parts[1])
		return t.month >= 1 && t.month <= 12 && t.year >= 100
	case len(parts) == 2 && s[n] == '/' && len(parts[0]) <= 2 && len(parts[1]) <= 2:
		t.month, t.day = number(parts[0]), number(parts[1])
		return t.month >= 1 && t.month <= 12 && t.day >= 1 && t.day <= 31
	}
	return false
}

// threeParts takes the parts of a date. The year is the first if it cannot be a
// day, else the last; the month is before the day, unless it cannot be one.
func (t *textTime) threeParts(a, b, c string) bool {
	named := monthNamed(b)
	first := len(a) > 2 || number(a) > 31
	switch x, y, z := number(a), number(b), number(c); {
	case x == 0 || z == 0 || named == 0 && y == 0:
		return false
	case first && z > 31 && named != 0 || y > 31:
		return false
	case named != 0 && first:
		t.year, t.month, t.day = t.fullYear(a), named, z
	case named != 0:
		t.year, t.month, t.day = t.fullYear(c), named, x
	case first && y > 12:
		t.denied = z > 12
		return z > 12 // else it depends on the version of the server's parser
	case first:
		t.year, t.month, t.day = t.fullYear(a), y, z
	case x > 12:
		t.year, t.month, t.day = t.fullYear(c), y, x
	default:
		t.year, t.month, t.day = t.fullYear(c), x, y
	}
	t.denied = t.denied || t.month > 12
	return true
}

// fullYear returns a year, of two digits that which is less than 50 years off.
func (t *textTime) fullYear(s string) int {
	year := number(s)
	if len(s) > 2 {
		return year
	}
	this := t.now.Year()
	switch year += this / 100 * 100; {
	case year >= this+50:
		year -= 100
	case year < this-50:
		year += 100
	}
	return year
}

// time takes a time of day: hours and minutes, with seconds and a fraction or
// not, and the zone or the half of the day that follows at once. After a T there
// may be digits alone.
func (t *textTime) time(s string, afterT bool) bool {
	if t.clock {
		return false
	}
	t.clock, t.early = true, len(t.numbers)
	n := digits(s)
	switch {
	case afterT && (n == 2 || n == 4 || n == 6) && (n == len(s) || s[n] != ':'):
		t.hour = number(s[:2])
		if n >= 4 {
			t.minute = number(s[2:4])
		}
		if n == 6 {
			t.second = number(s[4:6])
		}
		s = s[n:]
		if n == 6 {
			s = t.fraction(s)
		}
	case n > 0 && n <= 2 && n < len(s) && s[n] == ':':
		t.hour = number(s[:n])
		s = s[n+1:]
		if n = digits(s); n == 0 || n > 2 {
			return false
		}
		t.minute = number(s[:n])
		if s = s[n:]; s != "" && s[0] == ':' {
			s = s[1:]
			if n = digits(s); n == 0 || n > 2 {
				return false
			}
			t.second = number(s[:n])
			if s = s[n:]; n == 2 || s != "" && s[0] != ',' {
				s = t.fraction(s)
			}
		}
	default:
		return false
	}
	switch {
	case s == "":
		return true
	case s[0] == '+' || s[0] == '-':
		return t.zone(s)
	}
	return t.suffix(s)
}

// fraction takes a fraction of a second, of which microseconds are kept, and
// returns what follows.
func (t *textTime) fraction(s string) string {
	if len(s) < 2 || s[0] != '.' && s[0] != ',' {
		return s
	}
	n := digits(s[1:])
	if n == 0 {
		return s
	}
	t.micro = number((s[1:1+n] + "000000")[:6])
	return s[1+n:]
}

// suffix takes letters that follow a time of day at once.
func (t *textTime) suffix(s string) bool {
	switch strings.ToLower(s) {
	case "z", "utc", "gmt", "am", "pm":
		return t.word(s)
	}
	return false
}

// zone takes an offset: a sign and hours, with minutes or not.
func (t *textTime) zone(s string) bool {
	sign, s := s[0], s[1:]
	hours, minutes, colon := strings.Cut(s, ":")
	if digits(hours) != len(hours) || digits(minutes) != len(minutes) {
		return false
	}
	switch {
	case !colon && len(hours) == 4:
		hours, minutes = hours[:2], hours[2:]
	case hours == "" || len(hours) > 2 || colon && len(minutes) != 2:
		return false
	}
	if number(minutes) > 59 {
		return false
	}
	t.zoned, t.offset = true, number(hours)*3600+number(minutes)*60
	t.denied = t.denied || t.offset >= 24*60*60
	if sign == '-' {
		t.offset = -t.offset
	}
	return true
}

// word takes a word of letters: the name of a month, of a day, of a zone, or
// one without meaning.
func (t *textTime) word(s string) bool {
	if name, offset, ok := cutSign(s); ok {
		// "GMT+3" means that there it is three hours later in GMT.
		if !t.clock || t.zoned || t.tz || !t.zone(offset) {
			return false
		}
		t.offset = -t.offset
		t.tz = true
		return strings.EqualFold(name, "gmt") || strings.EqualFold(name, "utc")
	}
	if month := monthNamed(s); month != 0 {
		if t.monthNamed || t.dated {
			return false
		}
		t.monthNamed, t.month = true, month
		return true
	}
	if day, ok := dayNamed(s); ok {
		first := !t.weekly
		t.weekly, t.weekday = true, day
		return first
	}
	switch strings.ToLower(s) {
	case "am", "pm":
		return t.halfDay(s[0] == 'p' || s[0] == 'P')
	case "z", "utc", "gmt":
		if !t.clock || t.tz || t.zoned {
			return t.clock
		}
		t.tz, t.zoned = true, true
		return true
	}
	for _, r := range s {
		if !unicode.IsLetter(r) {
			return false
		}
	}
	if t.clock && !t.tz && !t.zoned && len(s) <= 5 && strings.Trim(s, upperLetters) == "" {
		t.tz = true // some other zone: the server does not know its offset
		return true
	}
	return !meaningful(s)
}

const upperLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// cutSign cuts a word at its first sign, which stays with what follows.
func cutSign(s string) (name, offset string, ok bool) {
	i := strings.IndexAny(s, "+-")
	if i <= 0 {
		return "", "", false
	}
	return s[:i], s[i:], true
}

// meaningful reports whether a word may change what the numbers beside it mean.
func meaningful(s string) bool {
	switch strings.ToLower(s) {
	case "a", "p", "h", "hour", "hours", "m", "minute", "minutes", "s", "second", "seconds", "of", "t":
		return true
	}
	return false
}

// halfDay takes the half of the day after a time of the clock's twelve hours,
// without a number between them: that would be taken for the hour.
func (t *textTime) halfDay(pm bool) bool {
	if !t.clock || t.half || t.hour > 12 || len(t.numbers) > t.early {
		return false
	}
	t.half = true
	switch {
	case pm && t.hour < 12:
		t.hour += 12
	case !pm && t.hour == 12:
		t.hour = 0
	}
	return true
}

// resolve makes the time of what was read.
func (t *textTime) resolve() (time.Time, understanding) {
	if !t.assignNumbers() {
		return time.Time{}, unrecognised
	}
	if !t.dated && !t.monthNamed && !t.weekly && !t.clock {
		return time.Time{}, unrecognised
	}
	if t.denied || t.hour > 23 || t.minute > 59 || t.second > 59 || t.month > 12 {
		return time.Time{}, impossible
	}
	year, month, day := t.year, t.month, t.day
	if year == 0 {
		year = t.now.Year()
	}
	if month == 0 {
		month = int(t.now.Month())
	}
	last := time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
	switch {
	case day > last:
		return time.Time{}, impossible
	case day == 0:
		day = min(t.now.Day(), last)
	}
	at := time.Date(year, time.Month(month), day, t.hour, t.minute, t.second, t.micro*1000, time.UTC)
	if t.weekly && t.day == 0 {
		at = at.AddDate(0, 0, (int(t.weekday)-int(at.Weekday())+7)%7)
	}
	if t.zoned {
		at = at.Add(-time.Duration(t.offset) * time.Second)
	} else {
		at = inZone(at, t.now.Location())
	}
	if year := at.Year(); year < 1 || year > 9999 {
		return time.Time{}, impossible
	}
	return at, understood
}

// assignNumbers gives the numbers that stand alone their meaning: beside the
// name of a month, the day and a year of four digits.
func (t *textTime) assignNumbers() bool {
	if len(t.numbers) == 0 {
		return true
	}
	if !t.monthNamed || len(t.numbers) > 2 {
		return false
	}
	for _, s := range t.numbers {
		switch n := number(s); {
		case len(s) == 4 && t.year == 0 && n >= 100:
			t.year = n
		case len(s) <= 2 && t.day == 0 && n >= 1 && n <= 31:
			t.day = n
		default:
			return false
		}
	}
	return true
}

// inZone returns the time at which clocks in a zone show what at shows in UTC.
// Of a time that they show twice it is the one in standard time, and a time
// that they skip is taken in standard time too.
func inZone(at time.Time, zone *time.Location) (best time.Time) {
	rank := -1
	for _, near := range [...]time.Duration{-24 * time.Hour, 24 * time.Hour} {
		beside := at.Add(near).In(zone)
		_, offset := beside.Zone()
		t := at.Add(-time.Duration(offset) * time.Second)
		r := 0
		if _, there := t.In(zone).Zone(); there == offset {
			r = 2 // shown
		}
		if !beside.IsDST() {
			r++
		}
		if r > rank {
			best, rank = t, r
		}
	}
	return best
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// digits returns how many digits s begins with.
func digits(s string) (n int) {
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return n
}

// number returns the value of digits, of which there are few.
func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// monthNamed returns the month that a word names, 0 for none.
func monthNamed(word string) int {
	for m := time.January; m <= time.December; m++ {
		if isName(word, m.String()) || m == time.September && strings.EqualFold(word, "sept") {
			return int(m)
		}
	}
	return 0
}

// dayNamed returns the day of the week that a word names.
func dayNamed(word string) (time.Weekday, bool) {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if isName(word, d.String()) {
			return d, true
		}
	}
	return 0, false
}

// isName reports whether word is a name at full length or its first three
// letters.
func isName(word, name string) bool {
	return strings.EqualFold(word, name) || strings.EqualFold(word, name[:3])
}
