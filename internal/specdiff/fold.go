package specdiff

import (
	"fmt"
	"slices"
	"strings"
)

// section is the part of a text about items of one kind.
type section struct {
	title   string
	entries []entry
}

// entry is a group of changes under the label of what has them.
type entry struct {
	label   string
	changes []Change
}

// foldFrom is the least number of classes, or objects, whose common changes a
// text tells once.
const foldFrom = 5

var sections = [...]struct {
	kind  ItemKind
	title string
}{
	{Profile, "Profiles"},
	{Class, "Classes"},
	{Object, "Objects"},
	{Enumeration, "Enumerations"},
	{Scalar, "Types"},
}

// sections arranges the report for a reader: changes that many classes or
// objects have in common come first, together.
func (r *Report) sections(write style) []section {
	var list []section
	for _, s := range sections {
		items := slices.DeleteFunc(slices.Clone(r.Items), func(i Item) bool { return i.Kind != s.kind })
		sec := section{title: s.title, entries: r.common(s.kind, items, write)}
		for _, item := range items {
			if s.kind == Class || s.kind == Object {
				item.Changes = slices.DeleteFunc(slices.Clone(item.Changes), func(c Change) bool { return having(items, c) >= foldFrom })
			}
			if len(item.Changes) > 0 {
				sec.entries = append(sec.entries, entry{item.label(write), item.Changes})
			}
		}
		if len(sec.entries) > 0 {
			list = append(list, sec)
		}
	}
	return list
}

// common gathers the changes that many classes or objects have, those of the
// same ones in one entry.
func (r *Report) common(kind ItemKind, items []Item, write style) []entry {
	if kind != Class && kind != Object {
		return nil
	}
	var entries []entry
	seen := map[Change]bool{}
	at := map[string]int{}
	for _, item := range items {
		for _, change := range item.Changes {
			if seen[change] || having(items, change) < foldFrom {
				continue
			}
			seen[change] = true
			label := r.label(kind, items, change, write)
			i, ok := at[label]
			if !ok {
				i = len(entries)
				at[label] = i
				entries = append(entries, entry{label: label})
			}
			entries[i].changes = append(entries[i].changes, change)
		}
	}
	return entries
}

func having(items []Item, change Change) int {
	n := 0
	for _, item := range items {
		if slices.Contains(item.Changes, change) {
			n++
		}
	}
	return n
}

// label names the classes or objects that have a change: all, all but few, or
// one by one.
func (r *Report) label(kind ItemKind, items []Item, change Change, write style) string {
	var names []string
	for _, item := range items {
		if slices.Contains(item.Changes, change) {
			names = append(names, item.Name)
		}
	}
	all := r.names[kind]
	plural := map[ItemKind]string{Class: "classes", Object: "objects"}[kind]
	others := slices.DeleteFunc(slices.Clone(all), func(name string) bool { return slices.Contains(names, name) })
	switch {
	case !subset(names, all), len(others) >= len(names)/2:
		return listed(names, write)
	case len(others) == 0:
		return fmt.Sprintf("all %d %s of both versions", len(all), plural)
	}
	return fmt.Sprintf("%d of the %d %s of both versions, all but %s", len(names), len(all), plural, listed(others, write))
}

func listed(names []string, write style) string {
	var list []string
	for _, name := range names {
		list = append(list, write(name))
	}
	return strings.Join(list, ", ")
}

// label names an item, and says what has it.
func (i Item) label(write style) string {
	name := write(i.Name)
	switch {
	case i.UID != 0:
		return fmt.Sprintf("%s (%d)", name, i.UID)
	case len(i.UsedBy) > 3:
		return fmt.Sprintf("%s of %d attributes", name, len(i.UsedBy))
	case len(i.UsedBy) > 0:
		return name + " of " + listed(i.UsedBy, write)
	}
	return name
}
