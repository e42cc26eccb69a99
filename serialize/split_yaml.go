package serialize

import (
	"bufio"
	"bytes"
	"io"
)

// yaml reads the documents of a stream of YAML (YAML 1.2.2, section 9.2), and the
// elements of those that are block sequences, as records. Documents without
// content are passed over.
func (s *splitter) yaml() error {
	y := yamlSplitter{splitter: s}
	for {
		c, err := y.lineStart()
		if err == nil {
			err = y.line(c)
		}
		if err != nil && err != io.EOF {
			return err
		}
		if err == io.EOF {
			if err := y.finish(); err != nil || s.number > 0 {
				return err
			}
			return s.noDocument()
		}
	}
}

// yamlSplitter is the state of a splitter within a document of YAML.
type yamlSplitter struct {
	*splitter
	rec     Record
	begun   bool // there is a record that rec and buf are of
	content bool // and there is something in it
	list    bool // the document is a block sequence
}

// yamlLine is what kind of line begins.
type yamlLine uint8

const (
	yamlOther   yamlLine = iota
	yamlStart            // begins a document: ---
	yamlEnd              // ends one: ...
	yamlElement          // begins an element of a block sequence that is not indented
)

// lineStart looks at the beginning of a line, without reading it.
func (y *yamlSplitter) lineStart() (yamlLine, error) {
	ahead, err := y.r.Peek(4)
	if len(ahead) == 0 || err != nil && err != io.EOF {
		return yamlOther, err
	}
	endsAt := func(i int) bool { return i >= len(ahead) || bytes.IndexByte([]byte(white), ahead[i]) >= 0 }
	switch {
	case bytes.HasPrefix(ahead, []byte("---")) && endsAt(3):
		return yamlStart, nil
	case bytes.HasPrefix(ahead, []byte("...")) && endsAt(3):
		return yamlEnd, nil
	case ahead[0] == '-' && endsAt(1):
		return yamlElement, nil
	}
	return yamlOther, nil
}

// line reads a line. It returns io.EOF if the stream ends with it.
func (y *yamlSplitter) line(kind yamlLine) error {
	switch {
	case kind == yamlStart && y.content, kind == yamlEnd:
		if err := y.finish(); err != nil {
			return err
		}
		y.list = false
	case kind == yamlElement && y.list:
		if err := y.finish(); err != nil {
			return err
		}
	case kind == yamlElement && !y.content:
		y.list = true
	}
	if !y.begun {
		y.rec, y.begun = y.begin(), true
	}
	for first := true; ; first = false {
		part, err := y.r.ReadSlice('\n')
		y.advance(part)
		from := len(y.buf)
		y.keep(part)
		switch {
		case !first:
			y.content = y.content || kind != yamlEnd
		case kind == yamlStart:
			y.content = yamlContent(part[3:])
		case kind == yamlElement && y.list && !y.large:
			y.buf[from] = ' '
			y.content = true
		case kind != yamlEnd:
			y.content = y.content || part[0] != '%' && yamlContent(part)
		}
		if err == bufio.ErrBufferFull {
			continue
		}
		if kind == yamlEnd {
			y.drop()
		}
		return err
	}
}

// yamlContent reports whether there is more in a line than a comment.
func yamlContent(line []byte) bool {
	line = bytes.TrimLeft(line, white)
	return len(line) > 0 && line[0] != '#'
}

// finish gives the record to the caller, if there is one.
func (y *yamlSplitter) finish() error {
	if !y.content {
		y.drop()
		return nil
	}
	y.begun, y.content = false, false
	if y.large {
		return y.tooLarge(y.rec)
	}
	return y.emit(y.rec)
}

// drop forgets a record without content.
func (y *yamlSplitter) drop() {
	if y.begun {
		y.number--
	}
	y.begun, y.content = false, false
}
