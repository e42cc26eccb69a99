package jsonschema

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
)

// node is a JSON value that keeps the order of members: attributes and values
// stand in the generated code in the order of the schema.
type node struct {
	value   any // string, json.Number, bool or nil, of what is no array or object
	kind    byte
	elems   []*node
	members []member
	index   map[string]int // of members by name; nil if there are few
}

// member is a member of an object.
type member struct {
	name  string
	value *node
}

// The kinds of a node.
const (
	scalarNode byte = iota
	arrayNode
	objectNode
)

// maxDepth is how deeply arrays and objects may stand in each other.
const maxDepth = 1000

// parse reads a JSON text. A member name that occurs twice in one object is an
// error: validators differ in which they take.
func parse(data []byte) (*node, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	n, err := read(d, "#", maxDepth)
	if err == io.EOF {
		return nil, fmt.Errorf("the schema is cut off, at offset %d: %w", d.InputOffset(), io.ErrUnexpectedEOF)
	} else if err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, fmt.Errorf("text after the schema, at offset %d", d.InputOffset())
	}
	return n, nil
}

// read reads a value that holds others to a depth.
func read(d *json.Decoder, at string, depth int) (*node, error) {
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	n := &node{}
	switch token {
	case json.Delim('['):
		n.kind = arrayNode
	case json.Delim('{'):
		n.kind = objectNode
	default:
		n.value = token
		return n, nil
	}
	if depth == 0 {
		return nil, fmt.Errorf("more than %d arrays and objects are in each other, at offset %d", maxDepth, d.InputOffset())
	}
	for d.More() {
		if n.kind == arrayNode {
			e, err := read(d, fmt.Sprint(at, "/", len(n.elems)), depth-1)
			if err != nil {
				return nil, err
			}
			n.elems = append(n.elems, e)
			continue
		}
		name, err := d.Token()
		if err != nil {
			return nil, err
		}
		m := member{name: name.(string)}
		where := at + "/" + escape(m.name)
		if n.get(m.name) != nil {
			return nil, fmt.Errorf("%s: the member occurs twice", where)
		}
		if m.value, err = read(d, where, depth-1); err != nil {
			return nil, err
		}
		n.add(m)
	}
	_, err = d.Token()
	return n, err
}

// fewMembers is how many members are searched without an index.
const fewMembers = 16

// add appends a member of a name that n does not have.
func (n *node) add(m member) {
	n.members = append(n.members, m)
	if n.index == nil && len(n.members) > fewMembers {
		n.index = map[string]int{}
		for i, m := range n.members {
			n.index[m.name] = i
		}
	} else if n.index != nil {
		n.index[m.name] = len(n.members) - 1
	}
}

// get returns the member called name, nil if there is none or n is no object.
func (n *node) get(name string) *node {
	i, found := n.index[name]
	if n.index == nil {
		i = slices.IndexFunc(n.members, func(m member) bool { return m.name == name })
		found = i >= 0
	}
	if !found {
		return nil
	}
	return n.members[i].value
}

// text returns the member called name if it is a string, else "".
func (n *node) text(name string) string {
	if m := n.get(name); m != nil {
		s, _ := m.value.(string)
		return s
	}
	return ""
}

// isBool reports whether n is the boolean b.
func (n *node) isBool(b bool) bool { return n.kind == scalarNode && n.value == b }

var (
	pointerEscapes   = strings.NewReplacer("~", "~0", "/", "~1")
	pointerUnescapes = strings.NewReplacer("~1", "/", "~0", "~")
)

// escape makes a step of a JSON Pointer of a member name.
func escape(name string) string { return pointerEscapes.Replace(name) }
