package idmefv2

import (
	"slices"
	"strings"
)

// merge gives the names of all drafts in one order: that of the newest draft,
// with what it has no more kept next to its former neighbours. lists is oldest
// first. A name stays where it is when a draft drops it, so that the change is
// one line.
func merge(lists [][]string) []string {
	var order []string
	for _, list := range slices.Backward(lists) {
		for i, name := range list {
			if !slices.Contains(order, name) {
				order = slices.Insert(order, place(order, list, i), name)
			}
		}
	}
	return order
}

// place returns where list[i] goes in order. In order of preference: after
// what stands before it in list, if it is of the same group; to the end of its
// group; after the group of what stands before it in list; and, if it is the
// first, before the group of the nearest that has its place, or before all.
func place(order, list []string, i int) int {
	name := list[i]
	if i > 0 && group(list[i-1]) == group(name) {
		return slices.Index(order, list[i-1]) + 1
	}
	if _, end := extent(order, group(name)); end > 0 {
		return end
	}
	if i > 0 {
		_, end := extent(order, group(list[i-1]))
		return end
	}
	for _, next := range list {
		if start, end := extent(order, group(next)); end > 0 {
			return start
		}
	}
	return 0
}

// group is what stands before the first dot of a value such as "Recon.OSINT";
// a name without dots is a group of its own.
func group(name string) string {
	prefix, _, _ := strings.Cut(name, ".")
	return prefix
}

// extent returns where the first run of members of a group starts in order,
// and where the last one ends; 0, 0 if there are none.
func extent(order []string, of string) (start, end int) {
	for i, name := range order {
		if group(name) != of {
			continue
		}
		if end == 0 {
			start = i
		}
		end = i + 1
	}
	return start, end
}
