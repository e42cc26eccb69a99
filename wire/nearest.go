package wire

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Bounds of the search for what was meant: what a hostile document can make it
// cost does not grow with the document.
const (
	maxWord  = 64 // bytes of a word that is compared
	maxHints = 64 // searches in one check; later violations go without
	maxNames = 4096
)

// nearest finds the word that another is probably a misspelling of. Case and the
// separators space, "_", "-" and "." do not count, unless there is nothing else
// to choose by.
type nearest struct {
	word  string
	fold  [maxWord]byte
	n     int // length of fold
	most  int // edits that are still a misspelling
	tried int

	best     string
	distance int // of best, its case and separators aside
	rough    int // of best, with them
	prefix   string
	prefixes int // how many words begin with the word, or it with them
}

// newNearest prepares to look for what word was meant to be. ok is false if it
// is too long, or too short to tell.
func newNearest(word string) (n nearest, ok bool) {
	if len(word) == 0 || len(word) > maxWord {
		return n, false
	}
	n.word = word
	n.n = fold(&n.fold, word)
	switch {
	case n.n == 0:
		return n, false
	case n.n <= 2:
		n.most = 0
	case n.n <= 5:
		n.most = 1
	case n.n <= 9:
		n.most = 2
	default:
		n.most = 3
	}
	return n, true
}

// try compares the word with one that is right.
func (n *nearest) try(right string) {
	if len(right) == 0 || len(right) > maxWord || right == n.word || n.tried >= maxNames {
		return
	}
	n.tried++
	var folded [maxWord]byte
	m := fold(&folded, right)
	if m == 0 {
		return
	}
	limit := n.most
	if n.best != "" {
		limit = min(limit, n.distance)
	}
	if d := edits(n.fold[:n.n], folded[:m], limit); d <= limit {
		rough := edits([]byte(n.word), []byte(right), maxWord)
		if n.best == "" || d < n.distance || rough < n.rough {
			n.best, n.distance, n.rough = right, d, rough
		}
	}
	if short := min(n.n, m); short >= 3 && string(n.fold[:short]) == string(folded[:short]) {
		n.prefix = right
		n.prefixes++
	}
}

// found returns the word that was probably meant, "" if none is close enough. An
// abbreviation, or a word that is longer than the right one, counts if there is
// just one that it can stand for.
func (n *nearest) found() string {
	if n.best == "" && n.prefixes == 1 {
		return n.prefix
	}
	return n.best
}

// fold puts the letters of a word, without case and separators, into dst and
// returns how many bytes they are.
func fold(dst *[maxWord]byte, word string) (n int) {
	for _, c := range []byte(word) {
		switch {
		case c == ' ' || c == '_' || c == '-' || c == '.':
			continue
		case c >= 'A' && c <= 'Z':
			c |= 0x20
		}
		dst[n] = c
		n++
	}
	return n
}

// edits returns how many bytes must be put in, left out, replaced, or swapped
// with their neighbour to make b of a, and more than limit if that are more than
// limit. Neither is longer than maxWord.
func edits(a, b []byte, limit int) int {
	if d := len(a) - len(b); d > limit || -d > limit {
		return limit + 1
	}
	var rows [3][maxWord + 1]uint8
	before, last, row := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		last[j] = uint8(j)
	}
	for i := range a {
		row[0] = uint8(i + 1)
		least := row[0]
		for j := range b {
			d := last[j]
			if a[i] != b[j] {
				d = min(d, last[j+1], row[j]) + 1
				if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
					d = min(d, before[j-1]+1)
				}
			}
			row[j+1] = d
			least = min(least, d)
		}
		if int(least) > limit+1 { // a swap may still save one
			return limit + 1
		}
		before, last, row = last, row, before
	}
	return int(last[len(b)])
}

// search returns a nearest for word, ok is false if the check has made enough of
// them.
func (c *Checker) search(word string) (n nearest, ok bool) {
	if c.hints >= maxHints {
		return n, false
	}
	c.hints++
	return newNearest(word)
}

// meantValue says which value of an enumeration a text that is none was probably
// meant to be, or else which values there are, if they are few; "" if neither
// can be said. The text begins with "; ".
func (c *Checker) meantValue(e *Enum, text string) string {
	if n, ok := c.search(text); ok {
		for i, s := range e.Strings {
			if e.Absent == nil || e.Absent[i]&c.bit == 0 {
				n.try(s)
			}
		}
		if s := n.found(); s != "" {
			return "; did you mean " + quoted(s) + "?"
		}
	}
	if list, ok := e.admitted(c.bit).([]string); ok {
		if len(list) == 1 {
			return "; it has to be " + excerpt(list[0])
		}
		if all := strings.Join(list, ", "); len(all) > 0 && len(all) <= maxList {
			return "; the values are " + all
		}
	}
	return ""
}

// meantNumber says which value of an integer enumeration has a text as its
// caption, or nearly; "" if none has. The text begins with "; ".
func (c *Checker) meantNumber(e *Enum, text string) string {
	n, ok := c.search(text)
	if !ok || e.Titles == nil {
		return ""
	}
	number := map[string]int64{}
	for i, value := range e.Ints {
		if e.Absent == nil || e.Absent[i]&c.bit == 0 {
			title := e.Title(i, c.Version)
			if title == text {
				return "; " + quoted(title) + " is " + strconv.FormatInt(value, 10)
			}
			if _, twice := number[title]; !twice && len(title) <= maxWord {
				number[title] = value
				n.try(title)
			}
		}
	}
	if title := n.found(); title != "" {
		return "; " + quoted(title) + " is " + strconv.FormatInt(number[title], 10)
	}
	return ""
}

// meantName says which attribute of a type a name that it does not have was
// probably meant to be, "" if none is close. The text begins with "; ".
func (c *Checker) meantName(typ *Type, name string) string {
	if typ.find(name) >= 0 {
		return "" // spelled right, of another version or profile
	}
	n, ok := c.search(name)
	if !ok {
		return ""
	}
	for i := range typ.Fields {
		if f := &typ.Fields[i]; f.Absent&c.bit == 0 && !c.gated(f) {
			n.try(f.Name())
		}
	}
	if s := n.found(); s != "" {
		return "; did you mean " + quoted(s) + "?"
	}
	return ""
}

// in says in which version something does not exist, with a space in front; ""
// for a format that has only one.
func (c *Checker) in() string {
	if len(c.table.Versions) == 1 {
		return ""
	}
	return " in " + c.Report.Identity.Version
}

// since says in which versions something exists that one does not have, "" if
// that is not one run of them. The text begins with ", ".
func (c *Checker) since(absent Versions) string {
	versions := c.table.Versions
	first, last := -1, -1
	for i := range versions {
		if absent>>i&1 != 0 {
			continue
		}
		if first < 0 {
			first = i
		} else if last != i-1 {
			return ""
		}
		last = i
	}
	switch {
	case first < 0:
		return ""
	case last == len(versions)-1:
		return ", only since " + versions[first]
	case first == last:
		return ", only in " + versions[first]
	case first == 0:
		return ", only up to " + versions[last]
	}
	return ", only from " + versions[first] + " to " + versions[last]
}

// Lengths of messages, in bytes: people read them, and logs hold them.
const (
	maxList    = 100 // of a list of values
	maxMessage = 300
	headOf     = 190 // what is kept of a longer message, at its begin and end
	tailOf     = 100
)

// Brief makes a message one line of at most 300 bytes without control
// characters: those become spaces, a run of bytes that are not UTF-8 becomes
// U+FFFD, and of a longer message the middle is left out.
func Brief(message string) string {
	plain := len(message) <= maxMessage
	for i := 0; plain && i < len(message); i++ {
		plain = message[i] >= ' ' && message[i] < 0x7F
	}
	if plain {
		return message
	}
	message = strings.ToValidUTF8(message, "\uFFFD")
	if len(message) > maxMessage {
		head, tail := headOf, len(message)-tailOf
		for head > 0 && !utf8.RuneStart(message[head]) {
			head--
		}
		for tail < len(message) && !utf8.RuneStart(message[tail]) {
			tail++
		}
		message = message[:head] + "…" + message[tail:]
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r < ' ', r >= 0x7F && r < 0xA0, r == '\u2028', r == '\u2029':
			return ' '
		}
		return r
	}, message)
}
