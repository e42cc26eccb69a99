package repairtest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/secmodel/secmodel"
)

// Count is what repairs did to many documents.
type Count struct {
	Documents int
	Clean     int // in which nothing is found
	Warned    int // valid, with warnings
	Touched   int // of those with warnings: repaired
	Invalid   int
	Better    int            // of the invalid ones: fewer errors
	Mended    int            // of the invalid ones: valid afterwards
	Codes     map[string]int // repairs of all documents
	Cures     map[string]int // repairs of those that became valid
}

// Add counts the repair of a document.
func (c *Count) Add(o Outcome) {
	if c.Codes == nil {
		c.Codes, c.Cures = map[string]int{}, map[string]int{}
	}
	c.Documents++
	switch was, is := o.Before.Count(secmodel.Error), o.After.Count(secmodel.Error); {
	case len(o.Before.Violations) == 0:
		c.Clean++
	case was == 0:
		c.Warned++
		if len(o.List) > 0 {
			c.Touched++
		}
	default:
		c.Invalid++
		if is < was {
			c.Better++
		}
		if is == 0 {
			c.Mended++
			for _, r := range o.List {
				c.Cures[r.Code]++
			}
		}
	}
	for _, r := range o.List {
		c.Codes[r.Code]++
	}
}

// String gives the figures on a few lines.
func (c *Count) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d documents: %d without findings; %d with warnings, of which %d were repaired; %d invalid, of which %d have fewer errors and %d none",
		c.Documents, c.Clean, c.Warned, c.Touched, c.Invalid, c.Better, c.Mended)
	for _, code := range slices.Sorted(maps.Keys(c.Codes)) {
		fmt.Fprintf(&b, "\n%24s %5d repairs, %d in documents that became valid", code, c.Codes[code], c.Cures[code])
	}
	return b.String()
}
