package skeleton

import (
	"slices"
	"strconv"

	"github.com/secmodel/secmodel/internal/model"
	"github.com/secmodel/secmodel/wire"
)

// Object is a JSON object whose members have an order. Its values are *Object,
// []any, string, int64, float64 and bool.
type Object struct {
	members []member
}

type member struct {
	name  string
	value any
}

// get returns the value of a member, nil if there is none.
func (x *Object) get(name string) any {
	if x != nil {
		for _, m := range x.members {
			if m.name == name {
				return m.value
			}
		}
	}
	return nil
}

// set gives a member a value.
func (x *Object) set(name string, value any) {
	for i := range x.members {
		if x.members[i].name == name {
			x.members[i].value = value
			return
		}
	}
	x.members = append(x.members, member{name, value})
}

// sort brings the members into the order of a list of attributes.
func (x *Object) sort(list []*model.Property) {
	place := func(m member) int {
		return slices.IndexFunc(list, func(p *model.Property) bool { return p.Name == m.name })
	}
	slices.SortStableFunc(x.members, func(a, b member) int { return place(a) - place(b) })
}

// AppendJSON appends the object as compact JSON to dst.
func (x *Object) AppendJSON(dst []byte) []byte {
	dst = append(dst, '{')
	for i, m := range x.members {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(wire.AppendString(dst, m.name), ':')
		dst = appendValue(dst, m.value)
	}
	return append(dst, '}')
}

func appendValue(dst []byte, value any) []byte {
	switch value := value.(type) {
	case *Object:
		return value.AppendJSON(dst)
	case []any:
		dst = append(dst, '[')
		for i, element := range value {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = appendValue(dst, element)
		}
		return append(dst, ']')
	case string:
		return wire.AppendString(dst, value)
	case int64:
		return strconv.AppendInt(dst, value, 10)
	case float64:
		return strconv.AppendFloat(dst, value, 'f', 1, 64)
	case bool:
		return strconv.AppendBool(dst, value)
	}
	return append(dst, "null"...)
}
