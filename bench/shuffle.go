package main

import (
	"encoding/json"
	"math/rand/v2"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

// shuffle gives the members of every object of a JSON text another order.
func shuffle(data []byte, r *rand.Rand) []byte {
	return appendShuffled(nil, data, r)
}

func appendShuffled(dst, data []byte, r *rand.Rand) []byte {
	switch data[0] {
	case '{':
		type member struct {
			name  string
			value []byte
		}
		var members []member
		err := wire.Members(data, secmodel.DefaultMaxDepth, func(name string, value []byte) bool {
			members = append(members, member{name, value})
			return true
		})
		if err != nil {
			panic(err) // the texts come from an encoder
		}
		r.Shuffle(len(members), func(i, j int) { members[i], members[j] = members[j], members[i] })
		dst = append(dst, '{')
		for i, m := range members {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = append(wire.AppendString(dst, m.name), ':')
			dst = appendShuffled(dst, m.value, r)
		}
		return append(dst, '}')
	case '[':
		list, _ := wire.Elements(json.RawMessage(data))
		dst = append(dst, '[')
		for i, e := range list {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = appendShuffled(dst, e, r)
		}
		return append(dst, ']')
	}
	return append(dst, data...)
}
