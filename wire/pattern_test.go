package wire_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/secmodel/secmodel/wire"
)

// The automata of this test are in pattern_tables_test.go, made and kept up to
// date by the tests of gen/internal/pattern, which compare many more with
// package regexp.

// patternTexts has some strings for each, to try on all of them.
var patternTexts = []string{
	"0a0a0a0a-0a0a-0a0a-0a0a-0a0a0a0a0a0A", // identifier
	"2021-02-28T12:11:10.123456+02:00",     // time
	"192.168.123.234",
	"2001:db8:85a3:1:2:8a2e:370:7334",
	"fe80::1%eth0",
	`multipart/mixed; boundary="a b c"; charset=utf-8`,
	"GGGGG",
	"Ωμέγα",
	"user name",
	"aaaaa",
}

// variants gives a text, and it with each byte left out, replaced or doubled,
// and each of its beginnings.
func variants(text string) []string {
	all := []string{text, "x" + text, text + "x", text + "\n", "\n" + text + "\n", text + text}
	for i := range len(text) {
		all = append(all, text[:i], text[:i]+text[i+1:], text[:i+1]+text[i:])
		for _, b := range []byte{0, '0', '5', 'g', 'G', ':', '\n', 0x7f, 0x80, 0xff} {
			all = append(all, text[:i]+string(rune(b))+text[i+1:], text[:i]+string([]byte{b})+text[i+1:])
		}
	}
	return all
}

func TestPatternMatch(t *testing.T) {
	for i := range patterns {
		p := &patterns[i]
		re := regexp.MustCompile(p.Source)
		count := map[bool]int{}
		for _, text := range patternTexts {
			for _, text := range variants(text) {
				got := p.Match(text)
				if !utf8.ValidString(text) {
					continue // it returned
				}
				want := re.MatchString(text)
				if got != want {
					t.Errorf("%.60q: Match(%q) = %v, want %v", p.Source, text, got, want)
				}
				count[want]++
			}
		}
		if count[true] == 0 || count[false] == 0 {
			t.Errorf("%.60q: %d matches and %d others, want some of both", p.Source, count[true], count[false])
		}
	}
}

// TestPatternKinds: there is an automaton for each way to run one.
func TestPatternKinds(t *testing.T) {
	var single, pairs, wide, unanchored bool
	for i := range patterns {
		p := &patterns[i]
		single = single || p.Wide == "" && p.Pairs == ""
		pairs = pairs || p.Pairs != ""
		wide = wide || p.Wide != ""
		unanchored = unanchored || !p.Match("....") && p.Match("..user..")
	}
	if !single || !pairs || !wide || !unanchored {
		t.Errorf("single bytes %v, pairs %v, wide %v, unanchored %v: want all", single, pairs, wide, unanchored)
	}
}

// TestPatternAnyByte: no bytes make it panic.
func TestPatternAnyByte(t *testing.T) {
	for i := range patterns {
		p := &patterns[i]
		for a := range 256 {
			for b := range 256 {
				p.Match(string([]byte{byte(a), byte(b), byte(a)}))
			}
		}
	}
}

func TestPatternZero(t *testing.T) {
	for _, text := range []string{"", "a"} {
		if new(wire.Pattern).Match(text) {
			t.Errorf("the zero Pattern matches %q", text)
		}
	}
}

func TestPatternMatchDoesNotAllocate(t *testing.T) {
	for i := range patterns {
		p := &patterns[i]
		n := testing.AllocsPerRun(10, func() {
			for _, text := range patternTexts {
				p.Match(text)
			}
		})
		if n != 0 {
			t.Errorf("%.60q: %v allocations, want none", p.Source, n)
		}
	}
}

func FuzzPatternMatch(f *testing.F) {
	var res []*regexp.Regexp
	for i := range patterns {
		res = append(res, regexp.MustCompile(patterns[i].Source))
		for _, text := range patternTexts {
			f.Add(uint8(i), text)
		}
	}
	f.Fuzz(func(t *testing.T, i uint8, text string) {
		n := int(i) % len(patterns)
		p := &patterns[n]
		p.Match(text)
		text = strings.ToValidUTF8(text, "\ufffd")
		if got, want := p.Match(text), res[n].MatchString(text); got != want {
			t.Fatalf("%q: Match(%q) = %v, want %v", p.Source, text, got, want)
		}
	})
}

// BenchmarkPatternMatch compares with package regexp.
func BenchmarkPatternMatch(b *testing.B) {
	for _, bench := range []struct{ name, text string }{
		{"uuid", patternTexts[0]},
		{"timestamp", patternTexts[1]},
		{"ipv4", patternTexts[2]},
		{"ipv6", patternTexts[3]},
		{"mediatype", "application/json"},
		{"mediatype-parameters", patternTexts[5]},
	} {
		p := byName(b, bench.name)
		re := regexp.MustCompile(p.Source)
		if !p.Match(bench.text) {
			b.Fatalf("%s: %q does not match", bench.name, bench.text)
		}
		b.Run(bench.name+"/table", func(b *testing.B) {
			for b.Loop() {
				p.Match(bench.text)
			}
		})
		b.Run(bench.name+"/regexp", func(b *testing.B) {
			for b.Loop() {
				re.MatchString(bench.text)
			}
		})
	}
}

// byName finds the automaton of a benchmark by what its expression begins with.
func byName(t testing.TB, name string) *wire.Pattern {
	t.Helper()
	start := map[string]string{
		"uuid": `^[0-9A-Fa-f]{8}`, "timestamp": `^[0-9]{4}-`, "ipv4": `^(((25`, "ipv6": `^(((25`,
		"mediatype": `^[-!#`, "mediatype-parameters": `^[-!#`,
	}[name]
	for i := range patterns {
		if strings.HasPrefix(patterns[i].Source, start) {
			return &patterns[i]
		}
	}
	t.Fatalf("no automaton begins with %q", start)
	return nil
}
