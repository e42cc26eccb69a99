package wire

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestNearest(t *testing.T) {
	severities := []string{"DEBUG", "INFO", "NOTICE", "WARNING", "ERROR", "CRITICAL", "ALERT", "EMERGENCY"}
	names := []string{"uid", "uuid", "src_endpoint", "dst_endpoint", "IP", "Hostname", "GeoLocation", "ext-Category", "Category"}
	for _, test := range []struct {
		word  string
		right []string
		want  string
	}{
		{"Critical", severities, "CRITICAL"},
		{"CRITCAL", severities, "CRITICAL"},
		{"CIRTICAL", severities, "CRITICAL"}, // neighbours swapped
		{"CRIT", severities, "CRITICAL"},     // an abbreviation of one only
		{"warn", severities, "WARNING"},
		{"Informational", severities, "INFO"},
		{"ERR", severities, "ERROR"},
		{"E", severities, ""},
		{"FATAL", severities, ""},
		{"", severities, ""},
		{"---", severities, ""},
		{"Ip", names, "IP"},
		{"I P", names, "IP"},
		{"IQ", names, ""}, // another word, as long as two letters are
		{"SrcEndpoint", names, "src_endpoint"},
		{"src-endpiont", names, "src_endpoint"},
		{"ext_category", names, "ext-Category"},
		{"category", names, "Category"},
		{"uid", names, "uuid"}, // itself is not asked for
		{"Geo Location ", names, "GeoLocation"},
		{"hostnam", names, "Hostname"},
		{"src", []string{"src_ip", "src_port"}, ""}, // an abbreviation of two
		{"a.b", []string{"ab", "a.b_", "a_b"}, "ab"},
		{"ab", []string{"a", "abc"}, ""},
		{strings.Repeat("x", 65), []string{strings.Repeat("x", 64)}, ""},
	} {
		n, ok := newNearest(test.word)
		if ok {
			for _, s := range test.right {
				n.try(s)
			}
		}
		if got := n.found(); got != test.want {
			t.Errorf("%q: %q, want %q", test.word, got, test.want)
		}
	}
}

func TestEdits(t *testing.T) {
	for _, test := range []struct {
		a, b        string
		limit, want int
	}{
		{"", "", 0, 0}, {"", "abc", 3, 3}, {"abc", "", 2, 3}, {"abc", "abc", 0, 0}, {"abc", "acb", 1, 1},
		{"kitten", "sitting", 3, 3}, {"kitten", "sitting", 2, 3}, {"ca", "abc", 3, 3}, {"aaaa", "bbbb", 1, 2},
		{"abcdef", "badcfe", 3, 3},
	} {
		if got := edits([]byte(test.a), []byte(test.b), test.limit); got != test.want {
			t.Errorf("%q to %q, up to %d: %d, want %d", test.a, test.b, test.limit, got, test.want)
		}
	}
}

// FuzzEdits compares edits with the definition of the distance.
func FuzzEdits(f *testing.F) {
	f.Add("kitten", "sitting", 3)
	f.Add("ab", "ba", 0)
	f.Add(strings.Repeat("ab", 32), strings.Repeat("ba", 32), 64)
	f.Fuzz(func(t *testing.T, a, b string, limit int) {
		a, b = a[:min(len(a), maxWord)], b[:min(len(b), maxWord)]
		limit = max(0, min(limit, maxWord))
		want := distance(a, b)
		got := edits([]byte(a), []byte(b), limit)
		if want <= limit && got != want || want > limit && got <= limit {
			t.Errorf("%q to %q, up to %d: %d, want %d", a, b, limit, got, want)
		}
	})
}

// distance is the optimal string alignment distance, by its definition.
func distance(a, b string) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range d[0] {
		d[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

// FuzzNearest makes sure that whatever is found is one of the words, and that the
// search does not depend on what was searched for before.
func FuzzNearest(f *testing.F) {
	f.Add("Critical", "DEBUG,CRITICAL,WARNING")
	f.Add("\xff", "\xff\xff,_")
	f.Fuzz(func(t *testing.T, word, list string) {
		right := strings.Split(list, ",")
		find := func() string {
			n, ok := newNearest(word)
			if !ok {
				return ""
			}
			for _, s := range right {
				n.try(s)
			}
			return n.found()
		}
		got := find()
		if got != find() {
			t.Error("two answers")
		}
		if got == "" {
			return
		}
		if got == word {
			t.Errorf("%q stands for itself", word)
		}
		for _, s := range right {
			if s == got {
				return
			}
		}
		t.Errorf("%q is none of %q", got, right)
	})
}

// TestHintsAreBounded: a check looks for what was meant a limited number of
// times, in a limited number of words.
func TestHintsAreBounded(t *testing.T) {
	c := &Checker{table: &Table{Versions: []string{"1"}}, bit: 1}
	e := &Enum{Name: "e", Strings: []string{"alpha", "beta"}}
	hints := 0
	for range 10 * maxHints {
		if strings.Contains(c.meantValue(e, "alpa"), "alpha") && strings.Contains(c.meantValue(e, "alpa"), "?") {
			hints++
		}
	}
	if hints == 0 || c.hints > maxHints {
		t.Errorf("%d hints, %d searches", hints, c.hints)
	}
	n, _ := newNearest("word")
	for range 2 * maxNames {
		n.try("ward")
	}
	if n.tried != maxNames {
		t.Errorf("%d words were tried", n.tried)
	}
}

func TestSince(t *testing.T) {
	c := &Checker{table: &Table{Versions: []string{"1", "2", "3", "4"}}}
	for absent, want := range map[Versions]string{
		0b0001: ", only since 2", 0b0111: ", only since 4", 0b1000: ", only up to 3", 0b1110: ", only in 1",
		0b1001: ", only from 2 to 3", 0b1011: ", only in 3", 0b0010: "", 0b1010: "", 0b1111: "",
	} {
		if got := c.since(absent); got != want {
			t.Errorf("%04b: %q, want %q", absent, got, want)
		}
	}
}

func TestMeantNumber(t *testing.T) {
	e := &Enum{Name: "severity_id", Ints: []int64{0, 1, 2, 99}, Titles: []string{"Unknown", "Informational", "Low", "Other"}, Absent: []Versions{0, 0, 1, 0}}
	c := &Checker{table: &Table{Versions: []string{"1"}}, bit: 1}
	for text, want := range map[string]string{
		"Unknown": `; "Unknown" is 0`, "informational": `; "Informational" is 1`, "Low": "", "other": `; "Other" is 99`, "x": "", "": "",
	} {
		if got := c.meantNumber(e, text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestBrief(t *testing.T) {
	x := strings.Repeat("x", 500)
	for text, want := range map[string]string{
		"":                  "",
		"plain":             "plain",
		"é 日":               "é 日",
		"two\nlines\t\x1b[": "two lines  [",
		"\u0085\u2028\x7f":  "   ",
		"bad \xff":          "bad \ufffd",
		x + "end":           x[:headOf] + "…" + x[:tailOf-3] + "end",
	} {
		if got := Brief(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	for n := range 12 {
		if got := Brief(strings.Repeat("日", 95+n)); !utf8.ValidString(got) || len(got) > maxMessage {
			t.Errorf("%d: %q", n, got)
		}
	}
}

// FuzzBrief makes sure that a message becomes a line.
func FuzzBrief(f *testing.F) {
	f.Add("a\nb")
	f.Add(strings.Repeat("\xff", 400))
	f.Add(strings.Repeat("é", 200))
	f.Fuzz(func(t *testing.T, text string) {
		got := Brief(text)
		if len(got) > maxMessage || !utf8.ValidString(got) || strings.ContainsAny(got, "\n\r\x00\x1b\u2028\u2029") {
			t.Errorf("%q becomes %q", text, got)
		}
	})
}
