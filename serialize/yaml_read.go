package serialize

import (
	"unicode/utf8"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
	"go.yaml.in/yaml/v3"
)

// maxAliased is how many values the aliases of a document may stand for.
const maxAliased = 10_000

// yamlToJSON appends the document in data as JSON text.
func yamlToJSON(dst, data []byte, o *secmodel.Options) ([]byte, error) {
	t, err := parseYAML(data)
	if err != nil {
		return dst, err
	}
	r := yamlReader{yamlTree: t, out: dst, start: len(dst), max: o.MaxBytes, maxDepth: o.MaxDepth}
	if err := r.value(t.root); err != nil {
		return dst, err
	}
	return r.out, nil
}

// yamlReader writes the nodes of a document as JSON.
type yamlReader struct {
	*yamlTree
	out      []byte
	start    int
	max      int
	maxDepth int
	depth    int
	aliases  int // that are being followed
	aliased  int // values that have been written for aliases
}

// blame is a syntax error at a node.
func (r *yamlReader) blame(n *yaml.Node, format string, args ...any) error {
	return r.fault(r.offset(n), format, args...)
}

// value writes a node.
func (r *yamlReader) value(n *yaml.Node) error {
	if r.aliases > 0 {
		if r.aliased++; r.aliased > maxAliased {
			return r.blame(n, "aliases stand for more than %d values", maxAliased)
		}
	}
	if len(r.out)-r.start > r.max {
		return tooLarge(int64(r.max))
	}
	switch n.Kind {
	case yaml.AliasNode:
		r.aliases++
		err := r.value(n.Alias)
		r.aliases--
		return err
	case yaml.MappingNode, yaml.SequenceNode:
		if r.depth++; r.depth > r.maxDepth {
			return r.blame(n, "nested deeper than %d levels", r.maxDepth)
		}
		err := r.collection(n)
		r.depth--
		return err
	}
	return r.scalar(n)
}

// collection writes a mapping or a sequence.
func (r *yamlReader) collection(n *yaml.Node) error {
	if n.Kind == yaml.SequenceNode {
		if tagged(n) && n.Tag != "!!seq" {
			return r.badTag(n)
		}
		r.out = append(r.out, '[')
		for i, element := range n.Content {
			if i > 0 {
				r.out = append(r.out, ',')
			}
			if err := r.value(element); err != nil {
				return err
			}
		}
		r.out = append(r.out, ']')
		return nil
	}
	if tagged(n) && n.Tag != "!!map" {
		return r.badTag(n)
	}
	names := make(map[string]struct{}, len(n.Content)/2)
	r.out = append(r.out, '{')
	for i := 0; i+1 < len(n.Content); i += 2 {
		name, err := r.name(n.Content[i])
		if err != nil {
			return err
		}
		if _, twice := names[name]; twice {
			return r.blame(n.Content[i], "the key %q occurs more than once in its mapping", name)
		}
		names[name] = struct{}{}
		if i > 0 {
			r.out = append(r.out, ',')
		}
		r.out = append(wire.AppendString(r.out, name), ':')
		if err := r.value(n.Content[i+1]); err != nil {
			return err
		}
	}
	r.out = append(r.out, '}')
	return nil
}

// name returns the string that a key is.
func (r *yamlReader) name(key *yaml.Node) (string, error) {
	n := key
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if n.Kind != yaml.ScalarNode {
		return "", r.blame(key, "a key must be a string")
	}
	if n.Tag == "!!merge" {
		return "", r.blame(key, "merge keys are not supported; write the members out")
	}
	kind, _, err := r.resolve(n)
	switch {
	case err != nil:
		return "", err
	case kind != scalarText:
		return "", r.blame(key, "the key %s is not a string; quote it", n.Value)
	}
	return n.Value, nil
}

// scalar writes a scalar.
func (r *yamlReader) scalar(n *yaml.Node) error {
	kind, json, err := r.resolve(n)
	switch {
	case err != nil:
		return err
	case kind == scalarNotFinite:
		return r.blame(n, "%s is a number that JSON cannot hold", n.Value)
	case kind != scalarText:
		r.out = append(r.out, json...)
	case !utf8.ValidString(n.Value):
		return r.blame(n, "the string is not valid UTF-8")
	default:
		r.out = wire.AppendString(r.out, n.Value)
	}
	return nil
}

// resolve returns what a scalar is, by its tag or else by its text.
func (r *yamlReader) resolve(n *yaml.Node) (scalarKind, string, error) {
	const notPlain = yaml.DoubleQuotedStyle | yaml.SingleQuotedStyle | yaml.LiteralStyle | yaml.FoldedStyle
	if !tagged(n) {
		if n.Style&notPlain != 0 || r.nonSpecific(n) {
			return scalarText, "", nil
		}
		kind, json := resolveScalar(n.Value)
		return kind, json, nil
	}
	kind, json := resolveScalar(n.Value)
	want := scalarText
	switch n.Tag {
	case "!!str":
		return scalarText, "", nil
	case "!!null":
		want = scalarNull
	case "!!bool":
		want = scalarBool
	case "!!int":
		want = scalarInt
	case "!!float":
		want = scalarFloat
		if kind == scalarInt {
			kind, json = scalarFloat, json+".0"
		}
		if kind == scalarNotFinite {
			want = kind
		}
	default:
		return 0, "", r.badTag(n)
	}
	if kind != want {
		return 0, "", r.blame(n, "%q is no %s", n.Value, n.Tag[2:])
	}
	return kind, json, nil
}

// tagged reports whether a node has a tag of its own.
func tagged(n *yaml.Node) bool { return n.Style&yaml.TaggedStyle != 0 }

// nonSpecific reports whether a plain scalar has the tag "!", which makes it a
// string, and which the parser does not tell.
func (r *yamlReader) nonSpecific(n *yaml.Node) bool {
	i := r.offset(n)
	return i < len(r.src) && r.src[i] == '!'
}

func (r *yamlReader) badTag(n *yaml.Node) error {
	return r.blame(n, "the tag %s is not one of the core schema", n.Tag)
}
