package mozdef

import (
	"encoding/json"
	"strings"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

// object is a JSON object with its members in order, as the server's Python
// holds it: a member that is set again stays in its place. The zero object is
// empty.
type object struct {
	list []member
	at   map[string]int // of the names, in list
}

// member is a member of a JSON object.
type member struct {
	name string
	raw  json.RawMessage // views the document, and is never written to
}

// parseObject reads the JSON object data; of duplicate names the last value
// counts, at the place of the first. The error is a *secmodel.SyntaxError
// without line and column.
func parseObject(data []byte) (o object, err error) {
	if err := wire.CheckSyntax(data, secmodel.DefaultMaxDepth); err != nil {
		return object{}, err
	}
	err = wire.Members(data, secmodel.DefaultMaxDepth, func(name string, value []byte) bool {
		o.set(strings.Clone(name), value)
		return true
	})
	return o, err
}

// get returns the value of the member called name, nil if there is none.
func (o *object) get(name string) json.RawMessage {
	if i, ok := o.at[name]; ok {
		return o.list[i].raw
	}
	return nil
}

// set gives the member called name a value, and adds it if there is none.
func (o *object) set(name string, raw json.RawMessage) {
	if i, ok := o.at[name]; ok {
		o.list[i].raw = raw
		return
	}
	if o.at == nil {
		o.at = map[string]int{}
	}
	o.at[name] = len(o.list)
	o.list = append(o.list, member{name, raw})
}

// setNew adds a member if there is none of its name.
func (o *object) setNew(name string, raw json.RawMessage) {
	if _, ok := o.at[name]; !ok {
		o.set(name, raw)
	}
}

// json returns the object as JSON text.
func (o *object) json() json.RawMessage {
	text := []byte{'{'}
	for i, m := range o.list {
		if i > 0 {
			text = append(text, ',')
		}
		text = append(append(append(text, quoted(m.name)...), ':'), m.raw...)
	}
	return append(text, '}')
}

// elements lists the elements of the JSON array raw, which is well-formed.
func elements(raw json.RawMessage) (list []json.RawMessage) {
	if json.Unmarshal(raw, &list) != nil {
		return nil
	}
	return list
}

// array returns the JSON text of an array.
func array(list []json.RawMessage) json.RawMessage {
	text := []byte{'['}
	for i, raw := range list {
		if i > 0 {
			text = append(text, ',')
		}
		text = append(text, raw...)
	}
	return append(text, ']')
}

// quotedAll returns strings as the JSON text of an array.
func quotedAll(list []string) json.RawMessage {
	raw := make([]json.RawMessage, len(list))
	for i, s := range list {
		raw[i] = quoted(s)
	}
	return array(raw)
}

// quoted returns a string as JSON text.
func quoted(s string) json.RawMessage { return json.RawMessage(Text(s)) }

// stringOf returns the string that a well-formed JSON value is. ok is false for
// any other value.
func stringOf(raw json.RawMessage) (s string, ok bool) {
	if len(raw) == 0 || raw[0] != '"' {
		return "", false
	}
	return wire.Text(raw)
}
