package pattern

import (
	"math/rand/v2"
	"regexp/syntax"
	"strings"
	"testing"
	"unicode"
)

// A sampler makes strings that an expression matches, and strings close to it.
type sampler struct {
	rng *rand.Rand
	re  *syntax.Regexp
}

func newSampler(t testing.TB, expr string, seed uint64) *sampler {
	t.Helper()
	re, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		t.Fatal(err)
	}
	return &sampler{rand.New(rand.NewPCG(seed, 1)), re}
}

// next makes a string: one that the expression matches, assertions apart; or
// with text around it; or with a few changes.
func (s *sampler) next() string {
	var b strings.Builder
	s.walk(&b, s.re)
	text := b.String()
	if s.rng.IntN(4) == 0 {
		text = s.noise() + text + s.noise()
	}
	if s.rng.IntN(3) > 0 {
		runes := []rune(text)
		for range s.rng.IntN(4) {
			runes = s.mutate(runes)
		}
		text = string(runes)
	}
	return text
}

// odd are runes at which encodings, classes and assertions change.
var odd = []rune("aAzZ09_ \n\t.-:/k\u212as\u017f\u00e9\u00df\u03c3\u03c2\x00\x7f\u0080\u07ff\u0800\ud7ff\ue000\ufffd\uffff\U00010000\U0010ffff\U0001f600\u2028")

func (s *sampler) noise() string {
	runes := make([]rune, s.rng.IntN(4))
	for i := range runes {
		runes[i] = odd[s.rng.IntN(len(odd))]
	}
	return string(runes)
}

func (s *sampler) mutate(r []rune) []rune {
	if len(r) == 0 {
		return []rune(s.noise())
	}
	i, other := s.rng.IntN(len(r)), odd[s.rng.IntN(len(odd))]
	switch s.rng.IntN(6) {
	case 0: // leave out
		return append(r[:i:i], r[i+1:]...)
	case 1: // double
		return append(r[:i+1:i+1], r[i:]...)
	case 2: // put in
		return append(append(r[:i:i], other), r[i:]...)
	case 3: // replace
		r[i] = other
	case 4: // exchange
		j := s.rng.IntN(len(r))
		r[i], r[j] = r[j], r[i]
	case 5: // next rune
		if r[i]++; r[i] == 0xD800 || r[i] > unicode.MaxRune {
			r[i] = 0
		}
	}
	return r
}

func (s *sampler) walk(b *strings.Builder, re *syntax.Regexp) {
	repeat := func(min, max int) {
		n := min
		if max < 0 || max > min+3 {
			max = min + 3
		}
		n += s.rng.IntN(max - min + 1)
		for range n {
			s.walk(b, re.Sub[0])
		}
	}
	switch re.Op {
	case syntax.OpLiteral:
		for _, r := range re.Rune {
			if re.Flags&syntax.FoldCase != 0 {
				for range s.rng.IntN(3) {
					r = unicode.SimpleFold(r)
				}
			}
			b.WriteRune(r)
		}
	case syntax.OpCharClass:
		if len(re.Rune) > 0 {
			i := 2 * s.rng.IntN(len(re.Rune)/2)
			lo, hi := re.Rune[i], re.Rune[i+1]
			switch s.rng.IntN(3) {
			case 0:
				b.WriteRune(lo)
			case 1:
				b.WriteRune(hi)
			default:
				b.WriteRune(lo + s.rng.Int32N(hi-lo+1))
			}
		}
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		b.WriteRune(odd[s.rng.IntN(len(odd))])
	case syntax.OpCapture:
		s.walk(b, re.Sub[0])
	case syntax.OpStar:
		repeat(0, -1)
	case syntax.OpPlus:
		repeat(1, -1)
	case syntax.OpQuest:
		repeat(0, 1)
	case syntax.OpRepeat:
		repeat(re.Min, re.Max)
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			s.walk(b, sub)
		}
	case syntax.OpAlternate:
		s.walk(b, re.Sub[s.rng.IntN(len(re.Sub))])
	}
}
