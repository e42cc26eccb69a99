package serialize

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/secmodel/secmodel"
	"go.yaml.in/yaml/v3"
)

// locateYAML fills in where violations stand in a document in YAML, as
// wire.Locate does for JSON. A value that an alias stands for has the place of
// the alias.
func locateYAML(data []byte, violations []secmodel.Violation) {
	t, err := parseYAML(data)
	if err != nil {
		return // it has been read before
	}
	newlines := newlineOffsets(data)
	for i := range violations {
		v := &violations[i]
		if v.Line > 0 {
			continue
		}
		key, value := t.find(v.Pointer)
		if v.Code != secmodel.CodeUnknown || key == nil {
			key = value
		}
		v.Offset = t.offset(key)
		v.Length = max(t.end(key)-v.Offset, 0)
		n, _ := slices.BinarySearch(newlines, v.Offset)
		v.Line, v.Column = n+1, v.Offset+1
		if n > 0 {
			v.Column = v.Offset - newlines[n-1]
		}
	}
}

// newlineOffsets returns the offsets of all newlines.
func newlineOffsets(data []byte) []int {
	list := make([]int, 0, bytes.Count(data, []byte{'\n'}))
	for i := 0; ; i++ {
		n := bytes.IndexByte(data[i:], '\n')
		if n < 0 {
			return list
		}
		i += n
		list = append(list, i)
	}
}

// find returns the value that a JSON Pointer leads to, or the innermost one on
// the way that is there, and its key, which is nil if the pointer leads further
// or the value has none.
func (t *yamlTree) find(pointer string) (key, value *yaml.Node) {
	value = t.root
	unescape := strings.NewReplacer("~1", "/", "~0", "~")
	for i, token := range strings.Split(pointer, "/") {
		if i == 0 {
			continue // the root
		}
		name := unescape.Replace(token)
		inner := value
		if inner.Kind == yaml.AliasNode {
			return nil, value
		}
		var k, v *yaml.Node
		switch inner.Kind {
		case yaml.MappingNode:
			for i := 0; i+1 < len(inner.Content); i += 2 {
				n := inner.Content[i]
				if n.Kind == yaml.AliasNode {
					n = n.Alias
				}
				if n.Value == name {
					k, v = inner.Content[i], inner.Content[i+1]
				}
			}
		case yaml.SequenceNode:
			if i, err := strconv.Atoi(name); err == nil && i >= 0 && i < len(inner.Content) {
				v = inner.Content[i]
			}
		}
		if v == nil {
			return nil, value
		}
		key, value = k, v
	}
	return key, value
}

// end returns where a node ends.
func (t *yamlTree) end(n *yaml.Node) int {
	i := t.offset(n)
	switch n.Kind {
	case yaml.AliasNode:
		return min(i+1+len(n.Value), len(t.src))
	case yaml.ScalarNode:
		return t.scalarEnd(n, t.body(i))
	}
	if len(n.Content) > 0 {
		i = t.end(n.Content[len(n.Content)-1])
	} else {
		i = min(t.body(i)+1, len(t.src))
	}
	if n.Style&yaml.FlowStyle == 0 {
		return i
	}
	for i < len(t.src) { // up to the bracket
		switch t.src[i] {
		case ']', '}':
			return i + 1
		case '#':
			line := bytes.IndexByte(t.src[i:], '\n')
			if line < 0 {
				return len(t.src)
			}
			i += line
		}
		i++
	}
	return i
}

// body passes over the tag and the anchor in front of a value.
func (t *yamlTree) body(i int) int {
	for i < len(t.src) && (t.src[i] == '!' || t.src[i] == '&') {
		i += len(t.src[i:]) - len(bytes.TrimLeftFunc(t.src[i:], func(r rune) bool { return !unicode.IsSpace(r) }))
		i += len(t.src[i:]) - len(bytes.TrimLeft(t.src[i:], " \t\r\n"))
	}
	return i
}

// scalarEnd returns where the scalar ends that begins at i.
func (t *yamlTree) scalarEnd(n *yaml.Node, i int) int {
	switch {
	case n.Style&yaml.DoubleQuotedStyle != 0:
		return i + nameLength(t.src[min(i, len(t.src)):])
	case n.Style&yaml.SingleQuotedStyle != 0:
		for i++; i < len(t.src); i++ {
			if t.src[i] != '\'' {
				continue
			}
			if i++; i >= len(t.src) || t.src[i] != '\'' {
				return i
			}
		}
		return len(t.src)
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0 && bytes.HasPrefix(t.src[min(i, len(t.src)):], []byte(n.Value)):
		return i + len(n.Value)
	}
	// Over several lines: the first.
	line := t.src[min(i, len(t.src)):]
	if n := bytes.IndexByte(line, '\n'); n >= 0 {
		line = line[:n]
	}
	return i + len(bytes.TrimRight(line, white))
}
