// Package pattern turns regular expressions into the matchers of package wire.
//
// An expression goes through the parser and compiler of regexp/syntax, with the
// flags of package regexp, so that its meaning is the same; the program of
// instructions over runes becomes a deterministic automaton over the bytes of
// UTF-8 (file dfa.go), which is made minimal (minimize.go) and written as the
// tables of [wire.Pattern] (table.go).
package pattern

import (
	"errors"
	"fmt"
	"regexp/syntax"

	"github.com/secmodel/secmodel/wire"
)

// Limits of Compile. An expression of a specification needs a few hundred
// states; one that reaches a limit is a mistake, or needs another matcher than
// a table.
const (
	// MaxStates is the largest number of states of an automaton, before it is
	// made minimal.
	MaxStates = 20_000
	// maxWork bounds the construction: instructions followed, over all states
	// and bytes. It takes less than a second.
	maxWork = 50_000_000
)

// ErrTooComplex is the error, wrapped, of an expression whose automaton would
// exceed the limits of this package.
var ErrTooComplex = errors.New("automaton too large for a table")

// Compile makes the matcher of expr, which matches a string of valid UTF-8
// exactly if regexp.MustCompile(expr).MatchString does. All that package regexp
// accepts is supported: flags, Unicode classes, case folding, anchors and word
// boundaries.
//
// A few expressions of specifications are not in the syntax of package regexp;
// Compile makes the matcher of what [SubstituteFor] puts in their place, and
// keeps the original as its Source.
//
// It fails with the error of regexp/syntax, and with ErrTooComplex. The result
// depends on nothing but expr.
func Compile(expr string) (*wire.Pattern, error) {
	effective := expr
	if s, ok := SubstituteFor(expr); ok {
		effective = s.Expression
	}
	re, err := syntax.Parse(effective, syntax.Perl)
	if err != nil {
		return nil, fmt.Errorf("pattern %.200q: %w", expr, err)
	}
	prog, err := syntax.Compile(re.Simplify())
	if err != nil {
		return nil, fmt.Errorf("pattern %.200q: %w", expr, err)
	}
	d, err := determinize(prog)
	if err != nil {
		return nil, fmt.Errorf("pattern %.200q: %w", expr, err)
	}
	p, err := tables(d.minimize())
	if err != nil {
		return nil, fmt.Errorf("pattern %.200q: %w", expr, err)
	}
	p.Source = expr
	return p, nil
}
