package model

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// node is a JSON value that keeps the order of members. The reader of schemas
// takes nodes apart, the writer puts them together.
type node struct {
	kind nodeKind
	// text is the string, or the literal of a number, boolean or null.
	text    string
	members []member // of an object
	elems   []*node  // of an array
	// block has the writer put each member or element on its own line.
	block bool
}

type member struct {
	name  string
	value *node
}

type nodeKind uint8

const (
	literalNode nodeKind = iota // number, boolean or null
	stringNode
	arrayNode
	objectNode
)

// String names the JSON type, for messages.
func (n *node) String() string {
	switch {
	case n.kind == objectNode:
		return "an object"
	case n.kind == arrayNode:
		return "an array"
	case n.kind == stringNode:
		return "a string"
	case n.text == "null":
		return "null"
	case n.text == "true" || n.text == "false":
		return "a boolean"
	}
	return "a number"
}

// parseNode reads one JSON value, and nothing after it. A member name that
// occurs twice in an object is an error.
func parseNode(data []byte) (*node, error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	n, err := readNode(dec, "#")
	if err != nil {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
			at := min(int(dec.InputOffset()), len(data))
			return nil, fmt.Errorf("line %d: %w", 1+bytes.Count(data[:at], []byte("\n")), err)
		}
		return nil, err
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, fmt.Errorf("line %d: text after the schema", 1+bytes.Count(data[:dec.InputOffset()], []byte("\n")))
	}
	return n, nil
}

func readNode(dec *json.Decoder, at string) (*node, error) {
	tok, err := dec.Token()
	if err != nil {
		return nil, err
	}
	switch tok := tok.(type) {
	case json.Delim:
		if tok == '[' {
			return readArray(dec, at)
		}
		return readObject(dec, at)
	case string:
		return str(tok), nil
	case json.Number:
		return literal(tok.String()), nil
	case bool:
		return literal(strconv.FormatBool(tok)), nil
	}
	return literal("null"), nil
}

func readArray(dec *json.Decoder, at string) (*node, error) {
	n := &node{kind: arrayNode}
	for dec.More() {
		e, err := readNode(dec, at+"/"+strconv.Itoa(len(n.elems)))
		if err != nil {
			return nil, err
		}
		n.elems = append(n.elems, e)
	}
	_, err := dec.Token()
	return n, err
}

func readObject(dec *json.Decoder, at string) (*node, error) {
	n := &node{kind: objectNode}
	seen := map[string]bool{}
	for dec.More() {
		tok, err := dec.Token()
		if err != nil {
			return nil, err
		}
		name := tok.(string) // the decoder admits nothing else here
		if seen[name] {
			return nil, fmt.Errorf("%s: %q occurs twice", at, name)
		}
		seen[name] = true
		value, err := readNode(dec, at+"/"+escape(name))
		if err != nil {
			return nil, err
		}
		n.members = append(n.members, member{name, value})
	}
	_, err := dec.Token()
	return n, err
}

// escape makes a name a reference token of a JSON Pointer.
func escape(name string) string {
	return strings.ReplaceAll(strings.ReplaceAll(name, "~", "~0"), "/", "~1")
}

// unescape is the inverse of escape.
func unescape(token string) string {
	return strings.ReplaceAll(strings.ReplaceAll(token, "~1", "/"), "~0", "~")
}

func str(s string) *node             { return &node{kind: stringNode, text: s} }
func literal(text string) *node      { return &node{kind: literalNode, text: text} }
func array(elems ...*node) *node     { return &node{kind: arrayNode, elems: elems} }
func object(members ...member) *node { return &node{kind: objectNode, members: members} }

func integer(i int64) *node { return literal(strconv.FormatInt(i, 10)) }

// number gives the shortest decimal that reads back as f.
func number(f float64) *node { return literal(strconv.FormatFloat(f, 'f', -1, 64)) }

func stringList(list []string) *node {
	n := array()
	for _, s := range list {
		n.elems = append(n.elems, str(s))
	}
	return n
}

// set adds a member to an object.
func (n *node) set(name string, value *node) {
	n.members = append(n.members, member{name, value})
}

// setText adds a string member, unless it is empty.
func (n *node) setText(name, text string) {
	if text != "" {
		n.set(name, str(text))
	}
}

// setList adds an array with one element a line, unless it is empty.
func (n *node) setList(name string, elems []*node) {
	if len(elems) > 0 {
		n.set(name, &node{kind: arrayNode, elems: elems, block: true})
	}
}

const indent = "  "

// append writes the node; depth is how far its lines are indented.
func (n *node) append(dst []byte, depth int) []byte {
	switch n.kind {
	case literalNode:
		return append(dst, n.text...)
	case stringNode:
		return appendString(dst, n.text)
	case arrayNode:
		dst = append(dst, '[')
		for i, e := range n.elems {
			dst = e.append(n.separate(dst, i, depth), depth+1)
		}
		return append(n.finish(dst, len(n.elems), depth), ']')
	}
	dst = append(dst, '{')
	for i, m := range n.members {
		dst = appendString(n.separate(dst, i, depth), m.name)
		dst = m.value.append(append(dst, ": "...), depth+1)
	}
	return append(n.finish(dst, len(n.members), depth), '}')
}

// separate writes what stands before member or element i.
func (n *node) separate(dst []byte, i, depth int) []byte {
	if i > 0 {
		dst = append(dst, ',')
	}
	if n.block {
		return newline(dst, depth+1)
	}
	if i > 0 {
		dst = append(dst, ' ')
	}
	return dst
}

// finish writes what stands before the closing bracket.
func (n *node) finish(dst []byte, count, depth int) []byte {
	if n.block && count > 0 {
		return newline(dst, depth)
	}
	return dst
}

func newline(dst []byte, depth int) []byte {
	dst = append(dst, '\n')
	for range depth {
		dst = append(dst, indent...)
	}
	return dst
}

// appendString writes s as a JSON string, leaving what only HTML minds as it is.
func appendString(dst []byte, s string) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		panic(err) // a string always encodes
	}
	return append(dst, bytes.TrimSuffix(b.Bytes(), []byte("\n"))...)
}
