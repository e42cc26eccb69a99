package pattern

import (
	"errors"
	"net/netip"
	"regexp"
	"regexp/syntax"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/secmodel/secmodel/wire"
)

// compile makes both matchers of an expression.
func compile(t testing.TB, expr string) (*wire.Pattern, *regexp.Regexp) {
	t.Helper()
	p, err := Compile(expr)
	if err != nil {
		t.Fatal(err)
	}
	if p.Source != expr {
		t.Fatalf("Source is %q, want %q", p.Source, expr)
	}
	if s, ok := SubstituteFor(expr); ok {
		expr = s.Expression
	}
	return p, regexp.MustCompile(expr)
}

// testEqual compares both matchers on n strings made from the expression, and
// counts those that match and the others.
func testEqual(t *testing.T, expr string, n int) map[bool]int {
	p, re := compile(t, expr)
	s := newSampler(t, re.String(), 7)
	count := map[bool]int{}
	for range n {
		text := s.next()
		want := re.MatchString(text)
		if got := p.Match(text); got != want {
			t.Fatalf("%q: Match(%q) = %v, want %v", expr, text, got, want)
		}
		count[want]++
	}
	return count
}

func TestMatchEqualsRegexp(t *testing.T) {
	for _, expr := range expressions {
		t.Run("", func(t *testing.T) { testEqual(t, expr, 1000) })
	}
}

func TestMatchEqualsRegexpUpstream(t *testing.T) {
	for _, expr := range upstream(t) {
		t.Run("", func(t *testing.T) {
			count := testEqual(t, expr, 5000)
			if count[true] < 500 || count[false] < 500 {
				t.Errorf("%q: %d matches and %d others, want 500 of each", expr, count[true], count[false])
			}
			p, _ := compile(t, expr)
			t.Logf("%.40q: %d states, %d classes; bytes: classes %d, next %d, wide %d, pairs %d", expr, p.States, p.Kinds,
				len(p.Classes), len(p.Next), len(p.Wide), len(p.Pairs)+len(p.NextPair))
		})
	}
}

// TestMatchAllShort compares both matchers on every string of up to five of
// the runes that matter.
func TestMatchAllShort(t *testing.T) {
	const longest = 5
	alphabet := []rune("ab\né ")
	texts := []string{""}
	for from := 0; utf8.RuneCountInString(texts[len(texts)-1]) < longest; from++ {
		for _, r := range alphabet {
			texts = append(texts, texts[from]+string(r))
		}
	}
	for _, expr := range expressions {
		if len(expr) > 40 {
			continue // of the specifications: they need longer strings
		}
		p, re := compile(t, expr)
		for _, text := range texts {
			if got, want := p.Match(text), re.MatchString(text); got != want {
				t.Errorf("%q: Match(%q) = %v, want %v", expr, text, got, want)
				break
			}
		}
	}
}

// TestMatchAllRunes compares both matchers on every rune.
func TestMatchAllRunes(t *testing.T) {
	for _, expr := range []string{`^\pL$`, `^.$`, `(?s)^.$`, `(?i)^[k-s]$`, `^\W$`,
		`^[\x{7f}-\x{80}\x{7ff}-\x{800}\x{d7ff}-\x{e000}\x{ffff}-\x{10000}]$`} {
		p, re := compile(t, expr)
		for r := rune(0); r <= utf8.MaxRune; r++ {
			if !utf8.ValidRune(r) {
				continue
			}
			if got, want := p.Match(string(r)), re.MatchString(string(r)); got != want {
				t.Errorf("%q: Match(%q) = %v, want %v", expr, r, got, want)
				break
			}
		}
	}
}

// TestMatchInvalid: no bytes that are not UTF-8 are taken for a rune.
func TestMatchInvalid(t *testing.T) {
	for _, invalid := range []string{"\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xc3", "\xe0\x80\x80", "\xe0\x9f\xbf", "\xe2\x82", "\xed\xa0\x80",
		"\xed\xbf\xbf", "\xf0\x80\x80\x80", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "a\xff", "\xc3a"} {
		for expr, want := range map[string]bool{`(?s)^.$`: false, `(?s)^.*$`: false, `^[^x]+$`: false, `^(?s:..)$`: false, ``: true} {
			p, _ := compile(t, expr)
			if got := p.Match(invalid); got != want {
				t.Errorf("%q: Match(%q) = %v, want %v", expr, invalid, got, want)
			}
		}
	}
	p, _ := compile(t, `ab+c`)
	for text, want := range map[string]bool{"\xffabc": true, "abbc\xff\x80": true, "ab\xffc": false} {
		if got := p.Match(text); got != want {
			t.Errorf("Match(%q) = %v, want %v", text, got, want)
		}
	}
}

func TestCompileErrors(t *testing.T) {
	for _, expr := range []string{`(`, `a{2,1}`, `[z-a]`, `\pX`, `(?>a)`, `(?=a)`, `\1`, `\C`, `a**`, `(?i`, "\xff", `a{1001}`} {
		p, err := Compile(expr)
		if err == nil {
			t.Errorf("Compile(%q) = %v, want an error", expr, p)
			continue
		}
		var syn *syntax.Error
		if !errors.As(err, &syn) {
			t.Errorf("Compile(%q) fails with %v, want a syntax.Error", expr, err)
		}
	}
}

func TestCompileLimits(t *testing.T) {
	for _, test := range []struct{ name, expr, want string }{
		{"states", `(?:a|b)*a(?:a|b){20}`, "more than 20000 states"},
		{"work", `(?:\pL{1,30}){30}`, "given up at"},
		{"classes", manyClasses(), "classes of bytes"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p, err := Compile(test.expr)
			if !errors.Is(err, ErrTooComplex) {
				t.Fatalf("Compile gives %v, %v, want ErrTooComplex", p, err)
			}
			if !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %q does not say %q", err, test.want)
			}
		})
	}
}

// manyClasses is an expression that tells all bytes of UTF-8 apart.
func manyClasses() string {
	var b strings.Builder
	b.WriteString("^(?:")
	for i := range 0x80 {
		b.WriteString(regexp.QuoteMeta(string(rune(i))) + strings.Repeat("x", i) + "|")
	}
	for lead := 2; lead < 32; lead++ {
		b.WriteString(string(rune(lead<<6)) + strings.Repeat("y", lead) + "|")
	}
	for last := range 64 {
		b.WriteString(string(rune(2<<6+last)) + strings.Repeat("z", last) + "|")
	}
	b.WriteString("\u0800ab|\u1000ac|\u2000ad|\u3000ae|\u4000af|\u5000ag|\u6000ah|\u7000ai|\u8000aj|\u9000ak|\ua000al|\ub000am|\uc000an")
	b.WriteString("|\U00010000ap|\U00040000aq|\U00080000ar)$")
	return b.String()
}

// TestMinimal: the automaton is the smallest there is, however the expression
// is written.
func TestMinimal(t *testing.T) {
	// States 0 and 1 are always there.
	for _, test := range []struct {
		states int
		exprs  []string
	}{
		{2, []string{``, `a*`, `^`, `$`, `\b|\B`, `[^\x00-\x{10FFFF}]`, `a^b`, `a\bb`, `a\b\Bb`}},
		{3, []string{`a`, `a+`, `a|ab`, `(a|b)*a`, `a(?:)`, `^*a`}},
		{3, []string{`^a*$`, `^(a*)*$`, `^(?:a|aa)*$`, `^a*?$`}},
		{4, []string{`^a+$`, `^aa*$`, `^(?:a|aa)+$`, `^(?:aa*|a)$`}},
		{8, []string{`^a{5}$`, `^aaaaa$`, `^aa(?:aa)a$`, `^(?:aaaaa|aaa(?:aa))$`}},
		{7, []string{`^(?:ab|cb)d[ef]$`, `^[ac]bd(?:e|f)$`, `^(?:abde|abdf|cbde|cbdf)$`}},
	} {
		for _, expr := range test.exprs {
			if p, _ := compile(t, expr); p.States != test.states {
				t.Errorf("%q has %d states, want %d", expr, p.States, test.states)
			}
		}
	}
}

// TestStatesDiffer: for any two states of an automaton there is a string that
// one accepts and the other does not. It finds them by refining the partition
// into those accepted and the others, state by state: slowly, but plainly.
func TestStatesDiffer(t *testing.T) {
	for _, expr := range expressions {
		d := automaton(t, expr)
		if d.states() > 300 {
			continue
		}
		group := make([]int, d.states())
		for s, accepts := range d.accepts {
			if accepts {
				group[s] = 1
			}
		}
		for groups := 0; ; {
			known := map[string]int{}
			refined := make([]int, len(group))
			for s := range group {
				key := []rune{rune(group[s])}
				for c := range d.classes {
					key = append(key, rune(group[d.next[s*d.classes+c]]))
				}
				if _, ok := known[string(key)]; !ok {
					known[string(key)] = len(known)
				}
				refined[s] = known[string(key)]
			}
			group = refined
			if len(known) == groups {
				break
			}
			groups = len(known)
		}
		seen := map[int]int{}
		for s, g := range group {
			if other, ok := seen[g]; ok {
				t.Errorf("%q: states %d and %d of %d are alike", expr, other, s, d.states())
				break
			}
			seen[g] = s
		}
	}
}

func automaton(t *testing.T, expr string) *dfa {
	t.Helper()
	re, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		t.Fatal(err)
	}
	prog, err := syntax.Compile(re.Simplify())
	if err != nil {
		t.Fatal(err)
	}
	d, err := determinize(prog)
	if err != nil {
		t.Fatal(err)
	}
	return d.minimize()
}

func TestCompileIsDeterministic(t *testing.T) {
	for _, expr := range expressions {
		a, _ := compile(t, expr)
		b, _ := compile(t, expr)
		if diff := cmp.Diff(a, b); diff != "" {
			t.Errorf("%q compiles differently the second time:\n%s", expr, diff)
		}
	}
}

// TestSubstituteIPAddress compares the stand-in for the type of addresses of
// OCSF 1.0.0 with the parser of net/netip, which takes zones in addition.
func TestSubstituteIPAddress(t *testing.T) {
	p, re := compile(t, substitutes[0].Original)
	check := func(text string) bool {
		t.Helper()
		addr, err := netip.ParseAddr(text)
		want := err == nil && addr.Zone() == "" && !strings.Contains(text, "%")
		if got := p.Match(text); got != want {
			t.Fatalf("Match(%q) = %v, want %v", text, got, want)
		}
		return want
	}
	for text, want := range map[string]bool{
		"0.0.0.0": true, "255.255.255.255": true, "1.2.3": false, "01.2.3.4": false, "256.1.1.1": false, "1.2.3.4.": false,
		"::": true, "::1": true, "1::": true, "FE80::1": true, "fe80::1%eth0": false, ":::": false, "1::2::3": false,
		"1:2:3:4:5:6:7:8": true, "1:2:3:4:5:6:7": false, "1:2:3:4:5:6:7:8:9": false, "1:2:3:4:5:6:7::": true,
		"::2:3:4:5:6:7:8": true, "1:2:3:4:5:6:7::8": false, "12345::": false, ":1": false, "1:": false, "/::1/iD": false,
		"::ffff:1.2.3.4": true, "1:2:3:4:5:6:1.2.3.4": true, "1:2:3:4:5::1.2.3.4": true, "1:2:3:4:5::6:1.2.3.4": false,
		"1:2:3:4:5:6:7:1.2.3.4": false, "::1.2.3.4": true, "1.2.3.4::": false, "::1.2.3.4:5": false, "": false, "\n": false, "::1\n": false,
	} {
		if check(text) != want {
			t.Errorf("%q: netip says %v, this test %v", text, !want, want)
		}
	}
	s := newSampler(t, re.String(), 3)
	matches := 0
	for range 50_000 {
		if check(s.next()) {
			matches++
		}
	}
	if matches < 1000 {
		t.Errorf("only %d addresses among the strings made", matches)
	}
	for groups := range 10 {
		for colon := range groups + 1 {
			for _, tail := range []string{"", "1.2.3.4"} {
				parts := strings.Split(strings.Repeat("a ", groups), " ")
				parts[groups] = tail
				text := strings.Join(parts, ":")
				check(text)
				check(strings.TrimSuffix(text, ":"))
				check(strings.Join(parts[:colon], ":") + "::" + strings.Join(parts[colon:], ":"))
				check(strings.TrimSuffix(strings.Join(parts[:colon], ":")+"::"+strings.Join(parts[colon:], ":"), ":"))
			}
		}
	}
}

func TestSubstitutes(t *testing.T) {
	for _, s := range substitutes {
		if _, err := regexp.Compile(s.Original); err == nil {
			t.Errorf("%s: package regexp parses the original", s.Name)
		}
		if s.Name == "" || s.Reason == "" {
			t.Errorf("%q has no name or no reason", s.Original)
		}
	}
	all := upstream(t)
	replaced := 0
	for _, expr := range all {
		if _, ok := SubstituteFor(expr); ok {
			replaced++
		} else if _, err := regexp.Compile(expr); err != nil {
			t.Errorf("%q can neither be parsed nor has a substitute: %v", expr, err)
		}
	}
	if replaced != len(substitutes) {
		t.Errorf("%d of %d substitutes are for expressions of the specifications", replaced, len(substitutes))
	}
}
