package cli

import (
	"github.com/secmodel/secmodel/schemas"
)

// versionsOf lists the versions of a format, none if there is no such format.
func versionsOf(format string) []string {
	for _, f := range formats() {
		if f.name == format {
			return f.versions
		}
	}
	return nil
}

// classNames lists the classes that a format has in a version.
func classNames(format, version string) []string {
	classes, err := schemas.Classes(format, version)
	if err != nil {
		return nil
	}
	names := make([]string, len(classes))
	for i, c := range classes {
		names[i] = c.Name
	}
	return names
}

// allClassNames lists the classes of all formats in their newest version.
func allClassNames() []string {
	var names []string
	for _, f := range formats() {
		names = append(names, classNames(f.name, f.versions[len(f.versions)-1])...)
	}
	return names
}
