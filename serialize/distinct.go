package serialize

import (
	"bytes"

	"github.com/secmodel/secmodel/wire"
)

// distinct returns well-formed JSON text without the members that a later one of
// the same name makes void: text itself, if it is an object without any.
func distinct(text []byte) []byte {
	d := wire.Decoder{Duplicates: true, MaxDepth: len(text)}
	if d.Scan(text) == nil && len(d.Repeated) == 0 {
		return text
	}
	return appendDistinct(nil, bytes.TrimSpace(text))
}

// appendDistinct is distinct for a value without white space around it.
func appendDistinct(dst, text []byte) []byte {
	switch text[0] {
	case '{':
		return appendDistinctMembers(dst, text)
	case '[':
		elements, _ := wire.Elements(text)
		dst = append(dst, '[')
		for i, element := range elements {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = appendDistinct(dst, element)
		}
		return append(dst, ']')
	}
	return append(dst, text...)
}

func appendDistinctMembers(dst, text []byte) []byte {
	type member struct {
		name  string
		value []byte
	}
	var members []member
	last := map[string]int{}
	// The text has been checked.
	_ = wire.Members(text, len(text), func(name string, value []byte) bool {
		m := member{string([]byte(name)), value}
		last[m.name] = len(members)
		members = append(members, m)
		return true
	})
	dst = append(dst, '{')
	first := true
	for i, m := range members {
		if last[m.name] != i {
			continue
		}
		if !first {
			dst = append(dst, ',')
		}
		first = false
		dst = append(wire.AppendString(dst, m.name), ':')
		dst = appendDistinct(dst, m.value)
	}
	return append(dst, '}')
}
