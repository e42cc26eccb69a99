package ocsf

import (
	"cmp"
	"strconv"
	"strings"
)

// release is a version number: three numbers, and what makes it a prerelease.
type release struct {
	numbers [3]uint64
	pre     string
}

// parseRelease reads a version as Semantic Versioning 2.0.0 has it.
func parseRelease(text string) (r release, ok bool) {
	text, build, built := strings.Cut(text, "+")
	if built && build == "" {
		return r, false
	}
	core, pre, dashed := strings.Cut(text, "-")
	if dashed && pre == "" {
		return r, false
	}
	r.pre = pre
	parts := strings.Split(core, ".")
	if len(parts) != len(r.numbers) {
		return r, false
	}
	for i, part := range parts {
		n, err := strconv.ParseUint(part, 10, 32)
		if err != nil || part != strconv.FormatUint(n, 10) {
			return r, false
		}
		r.numbers[i] = n
	}
	return r, true
}

// compare gives the order of the numbers alone.
func (r release) compare(other release) int {
	for i := range r.numbers {
		if n := cmp.Compare(r.numbers[i], other.numbers[i]); n != 0 {
			return n
		}
	}
	return 0
}
