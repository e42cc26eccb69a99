package ocsf

import (
	"slices"
	"strings"

	"github.com/secmodel/secmodel/wire"
)

// Class is a class of events. Classes are compared with ==; the zero Class is
// none.
type Class struct{ c *wire.Class }

// ClassByUID returns the class with a number, as 3002 of authentication; ok is
// false if there is none. Numbers never change.
func ClassByUID(uid int64) (c Class, ok bool) {
	i, ok := slices.BinarySearchFunc(table.Classes, uid, func(c *wire.Class, uid int64) int {
		switch {
		case c.UID < uid:
			return -1
		case c.UID > uid:
			return 1
		}
		return 0
	})
	if !ok {
		return Class{}, false
	}
	return Class{table.Classes[i]}, true
}

// ClassByName returns the class that has a name, or had it in any release; ok
// is false if there is none. The name of an extension may precede it, as in
// "win/registry_key_activity".
func ClassByName(name string) (c Class, ok bool) {
	extension, rest, scoped := strings.Cut(name, "/")
	if !scoped {
		extension, rest = "", name
	}
	for _, c := range table.Classes {
		if (extension == "" || extension == c.Extension) && (c.Name == rest ||
			slices.ContainsFunc(c.Names, func(f wire.Former) bool { return f.Text == rest })) {
			return Class{c}, true
		}
	}
	return Class{}, false
}

// Classes lists all classes, by number.
func Classes() []Class {
	list := make([]Class, len(table.Classes))
	for i, c := range table.Classes {
		list[i] = Class{c}
	}
	return list
}

func classOf(m wire.Model) Class {
	_, t, _ := m.WireModel()
	return Class{t.Class}
}

// UID returns the number of the class, as class_uid has it.
func (c Class) UID() ClassUID {
	if c.c == nil {
		return 0
	}
	return ClassUID(c.c.UID)
}

// CategoryUID returns the number of the category, as category_uid has it.
func (c Class) CategoryUID() CategoryUID { return CategoryUID(c.UID() / 1000 % 100) }

// Name returns the name in the newest release that has the class, as
// "authentication"; "" for the zero Class.
func (c Class) Name() string {
	if c.c == nil {
		return ""
	}
	return c.c.Name
}

// String is Name.
func (c Class) String() string { return c.Name() }

// NameIn returns the name in a release; "" if the release does not have the
// class or is not known.
func (c Class) NameIn(version string) string {
	if v, known := table.VersionIndex(version); known && c.in(v) {
		return c.c.NameAt(v)
	}
	return ""
}

// In reports whether a release has the class.
func (c Class) In(version string) bool {
	v, known := table.VersionIndex(version)
	return known && c.in(v)
}

func (c Class) in(version int) bool { return c.c != nil && c.c.In(version) }

// Caption returns the caption, as class_name has it.
func (c Class) Caption() string {
	if c.c == nil {
		return ""
	}
	return c.c.Title
}

// Category returns the name of the category, as "iam".
func (c Class) Category() string {
	if c.c == nil {
		return ""
	}
	return c.c.Category
}

// Extension returns the name of the extension that defines the class, "" if it
// is of the core schema.
func (c Class) Extension() string {
	if c.c == nil {
		return ""
	}
	return c.c.Extension
}

// Profiles lists the profiles that the class admits in a release, as
// metadata.profiles names them; nil if the release does not have the class or is
// not known.
func (c Class) Profiles(version string) []string {
	v, known := table.VersionIndex(version)
	if !known || !c.in(v) {
		return nil
	}
	var list []string
	for _, g := range c.c.Profiles {
		if g.In>>v&1 == 0 {
			continue
		}
		for i, name := range table.Profiles {
			if g.Profiles>>i&1 != 0 {
				list = append(list, name)
			}
		}
	}
	return list
}

// New returns an empty event of the class, nil for the zero Class.
func (c Class) New() Event {
	if c.c == nil {
		return nil
	}
	return newEvent(c.c.UID)
}
