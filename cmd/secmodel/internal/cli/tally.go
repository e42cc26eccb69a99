package cli

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/secmodel/secmodel"
)

// maxTallied is how many codes and how many classes a summary lists.
const maxTallied = 20

// tally counts violations by code, and documents by class.
type tally struct {
	codes   map[codeKey]counts
	classes map[secmodel.Identity]counts
}

// codeKey tells apart what is counted by code.
type codeKey struct {
	severity secmodel.Severity
	code     string
}

// counts is what is counted: of a code violations, and documents that have some;
// of a class documents, and those that are invalid.
type counts struct{ all, some int }

// newTally returns an empty tally.
func newTally() *tally {
	return &tally{codes: map[codeKey]counts{}, classes: map[secmodel.Identity]counts{}}
}

// found is what one document adds to a tally.
type found struct {
	identity secmodel.Identity
	valid    bool
	codes    []codeCount // each code once
}

// codeCount says how often a document has a code.
type codeCount struct {
	codeKey
	n int
}

// foundIn returns what a report adds to a tally.
func foundIn(report *secmodel.Report, valid bool) found {
	f := found{identity: report.Identity, valid: valid}
	for i := range report.Violations {
		key := codeKey{report.Violations[i].Severity, report.Violations[i].Code}
		at := slices.IndexFunc(f.codes, func(c codeCount) bool { return c.codeKey == key })
		if at < 0 {
			at = len(f.codes)
			f.codes = append(f.codes, codeCount{codeKey: key})
		}
		f.codes[at].n++
	}
	return f
}

// add counts a document.
func (t *tally) add(f found) {
	c := t.classes[f.identity]
	c.all++
	if !f.valid {
		c.some++
	}
	t.classes[f.identity] = c
	for _, code := range f.codes {
		c := t.codes[code.codeKey]
		c.all += code.n
		c.some++
		t.codes[code.codeKey] = c
	}
}

// lines gives the tally for people: codes by severity and frequency, classes by
// frequency.
func (t *tally) lines() []string {
	var lines []string
	if len(t.codes) > 0 {
		keys := slices.SortedFunc(maps.Keys(t.codes), func(a, b codeKey) int {
			return cmp.Or(cmp.Compare(a.severity, b.severity), cmp.Compare(t.codes[b].all, t.codes[a].all), strings.Compare(a.code, b.code))
		})
		lines = append(lines, "  violations   documents  code")
		for _, k := range keys[:min(len(keys), maxTallied)] {
			lines = append(lines, fmt.Sprintf("  %10d  %10d  %s (%s)", t.codes[k].all, t.codes[k].some, k.code, k.severity))
		}
		lines = append(lines, more(len(keys), "code")...)
	}
	keys := slices.SortedFunc(maps.Keys(t.classes), func(a, b secmodel.Identity) int {
		return cmp.Or(cmp.Compare(t.classes[b].all, t.classes[a].all), strings.Compare(a.String(), b.String()))
	})
	lines = append(lines, "   documents     invalid  class")
	for _, k := range keys[:min(len(keys), maxTallied)] {
		lines = append(lines, fmt.Sprintf("  %10d  %10d  %s", t.classes[k].all, t.classes[k].some, cmp.Or(k.String(), "of no known format")))
	}
	return append(lines, more(len(keys), "class")...)
}

// more says that a list has been cut off.
func more(n int, thing string) []string {
	if n <= maxTallied {
		return nil
	}
	plural := "s"
	if strings.HasSuffix(thing, "s") {
		plural = "es"
	}
	return []string{fmt.Sprintf("              and %d other %s%s", n-maxTallied, thing, plural)}
}
