package idmefv2

import (
	"cmp"
	"strings"

	"github.com/secmodel/secmodel/wire"
)

// comparePointers orders JSON Pointers into a message by where their values
// stand in it: members as the attributes of their class, unknown ones after
// them by name, elements by index, an object before what is in it.
func comparePointers(a, b string) int {
	typ, elem := &messageType, (*wire.Type)(nil)
	for a != b {
		if a == "" || b == "" {
			return cmp.Compare(len(a), len(b))
		}
		x, restA := token(a)
		y, restB := token(b)
		if x != y {
			if typ == nil {
				return cmp.Or(cmp.Compare(len(x), len(y)), strings.Compare(x, y))
			}
			return cmp.Or(cmp.Compare(uint(typ.Field(x)), uint(typ.Field(y))), strings.Compare(x, y))
		}
		a, b = restA, restB
		if typ == nil {
			typ, elem = elem, nil
			continue
		}
		fi := typ.Field(x)
		switch {
		case fi >= 0 && typ.Fields[fi].Kind == wire.Object:
			typ = table.Types[typ.Fields[fi].Child]
		case fi >= 0 && typ.Fields[fi].Kind == wire.Objects:
			typ, elem = nil, table.Types[typ.Fields[fi].Child]
		default:
			typ = nil
		}
	}
	return 0
}

// token takes the first token off a pointer that is not empty.
func token(pointer string) (first, rest string) {
	if i := strings.IndexByte(pointer[1:], '/'); i >= 0 {
		return pointer[1 : 1+i], pointer[1+i:]
	}
	return pointer[1:], ""
}
