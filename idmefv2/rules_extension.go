package idmefv2

import "encoding/json"

// extension judges the attribute that extends another, ext-Category for
// Category: it needs a value if the other one says so, and must not be there if
// not (R3, R4).
func (r *ruling) extension(n node, name string, marked, present, valued bool, extra map[string]json.RawMessage) {
	switch {
	case marked && !valued && !has(extra, "ext-"+name):
		r.add(CodeExtensionMissing, n.member("ext-"+name), nil, "a value",
			"%s says that it is extended, but ext-%s has no value", name, name)
	case present && !marked && !has(extra, name):
		marker := "ext-value"
		if n == root && r.draft&since2DV07 != 0 {
			marker = string(CategoryOtherExtValue)
		}
		r.add(CodeExtensionUnmarked, n.member("ext-"+name), nil, nil,
			"ext-%s is there, but %s does not have the value %q", name, name, marker)
	}
}

// marked reports whether a list of values says that it is extended. Both
// spellings count in every draft: the wrong one is a fault of its own.
func marked[T ~string](list []T) bool {
	for _, v := range list {
		if v == "ext-value" || v == "Other.ext-value" {
			return true
		}
	}
	return false
}

// valued reports whether a list has a value that is not empty.
func valued(list []string) bool {
	for _, s := range list {
		if s != "" {
			return true
		}
	}
	return false
}
