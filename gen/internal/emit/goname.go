package emit

import "slices"

// GoName is the Go name that a type gets of its name in the schema, where that
// gives it no other; "" if it has no letters or digits. Two types must not have
// the same.
func GoName(name string) string { return exported(name) }

// FieldName is GoName for an attribute: no field can have the name of a method.
func FieldName(name string) string {
	if g := exported(name); !slices.Contains(methods[:], g) {
		return g
	}
	return exported(name) + "Value"
}
