package pattern

import (
	"errors"
	"regexp"
	"strings"
	"testing"

	"github.com/secmodel/secmodel/wire"
)

// FuzzMatch compares the matcher of one of the expressions with package
// regexp. The index may be any number.
func FuzzMatch(f *testing.F) {
	type pair struct {
		p  *wire.Pattern
		re *regexp.Regexp
	}
	var pairs []pair
	list := append([]string{substitutes[0].Original}, expressions...)
	for i, expr := range list {
		p, re := compile(f, expr)
		pairs = append(pairs, pair{p, re})
		s := newSampler(f, re.String(), 11)
		for range 3 {
			f.Add(uint16(i), s.next())
		}
	}
	f.Fuzz(func(t *testing.T, i uint16, text string) {
		pair := pairs[int(i)%len(pairs)]
		pair.p.Match(text) // whatever the bytes are, it returns
		text = strings.ToValidUTF8(text, "\ufffd")
		if got, want := pair.p.Match(text), pair.re.MatchString(text); got != want {
			t.Fatalf("%q: Match(%q) = %v, want %v", pair.re, text, got, want)
		}
	})
}

// FuzzCompile compares the matcher of any expression with package regexp.
func FuzzCompile(f *testing.F) {
	for _, expr := range expressions {
		f.Add(expr, newSampler(f, expr, 13).next())
	}
	f.Fuzz(func(t *testing.T, expr, text string) {
		if len(expr) > 200 || len(text) > 200 {
			return // large ones are slow, not different
		}
		p, err := Compile(expr)
		if _, ok := SubstituteFor(expr); ok {
			return
		}
		re, reErr := regexp.Compile(expr)
		switch {
		case errors.Is(err, ErrTooComplex) && reErr == nil:
			return
		case (err == nil) != (reErr == nil):
			t.Fatalf("Compile(%q) gives %v, regexp %v", expr, err, reErr)
		case err != nil:
			return
		}
		texts := []string{text}
		s := newSampler(t, expr, uint64(len(text)))
		for range 5 {
			texts = append(texts, s.next())
		}
		for _, text := range texts {
			p.Match(text)
			if len(text) > 2000 {
				continue
			}
			text = strings.ToValidUTF8(text, "\ufffd")
			if got, want := p.Match(text), re.MatchString(text); got != want {
				t.Fatalf("%q: Match(%q) = %v, want %v", expr, text, got, want)
			}
		}
	})
}
