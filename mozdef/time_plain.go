package mozdef

// plainTime reports whether a text is an RFC 3339 time in the form that nearly
// all senders write, which the server is known to read exactly: of the years
// 1970 to 2099, the days 1 to 28 of a month, with at most six digits of a second
// and a zone of less than 12 hours. A false answer says nothing.
func plainTime(text string) bool {
	const form = "2006-01-02T15:04:05"
	if len(text) <= len(form) {
		return false
	}
	for i := range len(form) {
		if isDigit(form[i]) != isDigit(text[i]) || !isDigit(form[i]) && form[i] != text[i] {
			return false
		}
	}
	two := func(i int) int { return int(text[i]-'0')*10 + int(text[i+1]-'0') }
	within := func(i, least, most int) bool { n := two(i); return n >= least && n <= most }
	if !(text[:2] == "19" && text[2] >= '7' || text[:2] == "20") ||
		!within(5, 1, 12) || !within(8, 1, 28) || !within(11, 0, 23) || !within(14, 0, 59) || !within(17, 0, 59) {
		return false
	}
	i := len(form)
	if text[i] == '.' {
		from := i + 1
		for i = from; i < len(text) && isDigit(text[i]); i++ {
		}
		if i == from || i > from+6 {
			return false
		}
	}
	zone := text[i:]
	if zone == "Z" {
		return true
	}
	if len(zone) != len("+00:00") || zone[0] != '+' && zone[0] != '-' || zone[3] != ':' {
		return false
	}
	for _, k := range [...]int{1, 2, 4, 5} {
		if !isDigit(zone[k]) {
			return false
		}
	}
	return within(i+1, 0, 11) && within(i+4, 0, 59)
}
