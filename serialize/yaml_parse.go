package serialize

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/secmodel/secmodel"
	"go.yaml.in/yaml/v3"
)

// Limits on a document in YAML: its nodes take some hundred times the memory of
// the shortest text that they can be written in.
const (
	maxYAML      = 16 << 20 // bytes
	maxYAMLMarks = 1 << 20  // bytes that can begin a node
)

// yamlTree is a document in YAML, parsed.
type yamlTree struct {
	src   []byte
	root  *yaml.Node
	lines []int // offsets at which lines begin, as the parser counts them
}

// parseYAML parses the only document in data.
func parseYAML(data []byte) (t *yamlTree, err error) {
	t = &yamlTree{src: data, lines: yamlLines(data)}
	if err := admitYAML(data); err != nil {
		return nil, err
	}
	// The parser has checks of its own that panic; no input is known to reach
	// them.
	defer func() {
		if p := recover(); p != nil {
			t, err = nil, t.fault(0, "the parser of YAML gave up: %v", p)
		}
	}()
	d := yaml.NewDecoder(bytes.NewReader(withoutVersion(data)))
	var doc yaml.Node
	switch err := d.Decode(&doc); {
	case err == io.EOF:
		return nil, t.fault(0, "there is no document")
	case err != nil:
		return nil, t.failure(err)
	}
	var more yaml.Node
	switch err := d.Decode(&more); {
	case err == nil:
		return nil, t.fault(t.offset(&more), "a second document; a stream is read by Read")
	case err != io.EOF:
		return nil, t.failure(err)
	}
	t.root = doc.Content[0]
	return t, nil
}

// admitYAML refuses what would take too much memory, and marks of an encoding,
// which the parser would follow.
func admitYAML(data []byte) error {
	marks := 0
	for _, c := range []byte("\n,[{:") {
		marks += bytes.Count(data, []byte{c})
	}
	marks += bytes.Count(data, []byte("- ")) + bytes.Count(data, []byte("? "))
	switch {
	case len(data) > maxYAML:
		return fmt.Errorf("%w: %d bytes of YAML, more than %d", secmodel.ErrTooLarge, len(data), maxYAML)
	case marks > maxYAMLMarks:
		return fmt.Errorf("%w: too many values of YAML, perhaps more than %d", secmodel.ErrTooLarge, maxYAMLMarks)
	}
	for _, mark := range [...]string{"\xef\xbb\xbf", "\xff\xfe", "\xfe\xff"} {
		if bytes.HasPrefix(data, []byte(mark)) {
			return &secmodel.SyntaxError{Line: 1, Column: 1, Msg: "a byte-order mark; a document should follow"}
		}
	}
	if !utf8.Valid(data) {
		return invalidUTF8(data)
	}
	return nil
}

// withoutVersion returns data with a comment of the same length in the place of
// the directive that it is YAML 1.2, which the parser refuses although it reads
// what is written in it.
func withoutVersion(data []byte) []byte {
	const directive = "%YAML 1."
	for from := 0; from < len(data); {
		line := data[from:]
		if n := bytes.IndexByte(line, '\n'); n >= 0 {
			line = line[:n]
		}
		if bytes.HasPrefix(line, []byte(directive)) {
			data = bytes.Clone(data)
			data[from] = '#'
			return data
		}
		if len(line) > 0 && line[0] != '%' && yamlContent(line) {
			break // the document has begun
		}
		from += len(line) + 1
	}
	return data
}

// invalidUTF8 is the error for the first byte of data that is not valid UTF-8.
func invalidUTF8(data []byte) error {
	i := 0
	for {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n <= 1 {
			break
		}
		i += n
	}
	return &secmodel.SyntaxError{
		Offset: int64(i), Line: 1 + bytes.Count(data[:i], []byte{'\n'}), Column: i - bytes.LastIndexByte(data[:i], '\n'),
		Msg: fmt.Sprintf("byte 0x%02x is not valid UTF-8", data[i]),
	}
}

// yamlLines returns where lines begin, by the line breaks of YAML 1.1, which the
// parser goes by.
func yamlLines(data []byte) []int {
	lines := []int{0}
	for i := 0; i < len(data); i++ {
		n := 0 // bytes of a line break at i
		switch {
		case data[i] == '\n':
			n = 1
		case data[i] == '\r':
			n = 1
			if i+1 < len(data) && data[i+1] == '\n' {
				n = 2
			}
		case data[i] == 0xc2 && i+1 < len(data) && data[i+1] == 0x85:
			n = 2
		case data[i] == 0xe2 && i+2 < len(data) && data[i+1] == 0x80 && data[i+2]&^1 == 0xa8:
			n = 3
		}
		if n > 0 {
			i += n - 1
			lines = append(lines, i+1)
		}
	}
	return lines
}

// offset returns where a node begins, in bytes.
func (t *yamlTree) offset(n *yaml.Node) int {
	if n.Line < 1 || n.Line > len(t.lines) {
		return 0
	}
	i := t.lines[n.Line-1]
	for column := 1; column < n.Column && i < len(t.src); column++ {
		_, size := utf8.DecodeRune(t.src[i:])
		i += size
	}
	return i
}

// fault is a syntax error at an offset.
func (t *yamlTree) fault(offset int, format string, args ...any) error {
	before := t.src[:min(offset, len(t.src))]
	return &secmodel.SyntaxError{
		Offset: int64(offset), Line: 1 + bytes.Count(before, []byte{'\n'}), Column: len(before) - bytes.LastIndexByte(before, '\n'),
		Msg: fmt.Sprintf(format, args...),
	}
}

// failure turns an error of the parser, which knows the line at most, into a
// syntax error.
func (t *yamlTree) failure(err error) error {
	msg := strings.TrimPrefix(err.Error(), "yaml: ")
	offset := 0
	if rest, ok := strings.CutPrefix(msg, "line "); ok {
		if number, what, ok := strings.Cut(rest, ": "); ok {
			if line, err := strconv.Atoi(number); err == nil {
				msg = what
				offset = t.lines[min(max(line, 1), len(t.lines))-1]
			}
		}
	}
	return t.fault(offset, "%s", msg)
}
