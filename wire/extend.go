package wire

import (
	"cmp"
	"slices"
)

// Extend makes the table of a package whose types refer to those of another
// package, of which base is one. The other's types come first and keep their
// indexes, as its profiles do; of own the types, classes and profiles are added,
// and what own counts are all types that the table has to do with.
// A class of own replaces one with the same number. The tables of the types
// themselves are shared, not copied.
func Extend(base Model, own Table) Table {
	of, _, _ := base.WireModel()
	t := *of
	t.Types = slices.Concat(of.Types, own.Types)
	t.Profiles = slices.Concat(of.Profiles, own.Profiles)
	if of.ProfileAbsent != nil {
		t.ProfileAbsent = append(slices.Clone(of.ProfileAbsent), make([]Versions, len(own.Profiles))...)
	}
	t.Count = own.Count
	t.Classes = slices.DeleteFunc(slices.Clone(of.Classes), func(old *Class) bool {
		return slices.ContainsFunc(own.Classes, func(c *Class) bool { return c.UID == old.UID })
	})
	t.Classes = append(t.Classes, own.Classes...)
	slices.SortFunc(t.Classes, func(a, b *Class) int { return cmp.Compare(a.UID, b.UID) })
	return t
}
