package wire

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
)

// transcript is a JSON text on its way to a binary item, which has the number of
// the parts before them, and members in another order. The text is read once to
// check it and to note where its containers and members are, and then written.
// The time that takes does not grow with the depth.
type transcript struct {
	scanner
	containers []container // in the order of the text
	members    []binaryMember
	next       int   // the container that is written next
	order      []int // indexes of the members of the objects that are being written
	scratch    []byte
}

// container is an object or array.
type container struct {
	parts int
	first int // index of its first member
	end   int // position after it
	next  int // index of the first container after those in it
}

// binaryMember is a member of an object.
type binaryMember struct {
	name       string
	value, end int  // where its value stands
	escaped    bool // the value is a string with escapes
	container  int  // index of the first container from the value on
	next       int  // index of the next member of the object
}

// forget lets go of the text, and of memory that few texts need.
func (t *transcript) forget() {
	const most = 1 << 12
	t.src, t.err = "", nil
	if cap(t.members) > most {
		t.members, t.order = nil, nil
	}
	clear(t.members[:cap(t.members)]) // of every raw value of the message
	t.members = t.members[:0]
	if cap(t.containers) > most {
		t.containers = nil
	}
	if cap(t.scratch) > maxBuffer {
		t.scratch = nil
	}
}

// begin checks text, and prepares for writing it. It returns the position of the
// value, -1 if text is no JSON.
func (t *transcript) begin(text string) int {
	t.scanner = scanner{src: text, maxDepth: maxNesting}
	t.containers, t.members, t.next = t.containers[:0], t.members[:0], 0
	i := t.space(0)
	end, _ := t.measure(i)
	if end < 0 {
		return -1
	}
	if end = t.space(end); end < len(text) {
		return t.unexpected(end, "the end of the text")
	}
	return i
}

// measure reads the value at i as skip does, and notes what is in it. escaped
// says that it is a string with escapes.
func (t *transcript) measure(i int) (end int, escaped bool) {
	if i >= len(t.src) {
		return t.unexpected(i, "a value"), false
	}
	switch t.src[i] {
	case '{':
		return t.measureObject(i), false
	case '[':
		return t.measureArray(i), false
	case '"':
		if end, escaped = t.str(i + 1); end < 0 {
			return -1, false
		}
		return end + 1, escaped
	}
	return t.skip(i), false
}

func (t *transcript) measureObject(i int) int {
	if !t.open(i) {
		return -1
	}
	at := len(t.containers)
	t.containers = append(t.containers, container{first: len(t.members)})
	if i = t.gap(i + 1); i < len(t.src) && t.src[i] == '}' {
		return t.close(at, 0, i+1)
	}
	for n := 1; ; n++ {
		if i >= len(t.src) || t.src[i] != '"' {
			return t.unexpected(i, "a member name")
		}
		end, escaped := t.str(i + 1)
		if end < 0 {
			return -1
		}
		name := t.src[i+1 : end]
		if escaped {
			name = string(unescape(nil, name))
		}
		if i = t.gap(end + 1); i >= len(t.src) || t.src[i] != ':' {
			return t.unexpected(i, "a colon")
		}
		i = t.gap(i + 1)
		m := len(t.members)
		t.members = append(t.members, binaryMember{name: name, value: i, container: len(t.containers)})
		if i, escaped = t.measure(i); i < 0 {
			return -1
		}
		member := &t.members[m]
		member.end, member.escaped, member.next = i, escaped, len(t.members)
		if i = t.gap(i); i >= len(t.src) {
			return t.unexpected(i, "a comma or }")
		}
		switch t.src[i] {
		case ',':
			i = t.gap(i + 1)
		case '}':
			return t.close(at, n, i+1)
		default:
			return t.unexpected(i, "a comma or }")
		}
	}
}

func (t *transcript) measureArray(i int) int {
	if !t.open(i) {
		return -1
	}
	at := len(t.containers)
	t.containers = append(t.containers, container{})
	if i = t.gap(i + 1); i < len(t.src) && t.src[i] == ']' {
		return t.close(at, 0, i+1)
	}
	for n := 1; ; n++ {
		if i, _ = t.measure(i); i < 0 {
			return -1
		}
		if i = t.gap(i); i >= len(t.src) {
			return t.unexpected(i, "a comma or ]")
		}
		switch t.src[i] {
		case ',':
			i = t.gap(i + 1)
		case ']':
			return t.close(at, n, i+1)
		default:
			return t.unexpected(i, "a comma or ]")
		}
	}
}

// close notes the end of a container.
func (t *transcript) close(at, parts, end int) int {
	t.depth--
	c := &t.containers[at]
	c.parts, c.end, c.next = parts, end, len(t.containers)
	return end
}

// text appends the JSON value text.
func (e *binaryEncoder) text(dst []byte, form Binary, text []byte) ([]byte, error) {
	e.form = form
	i := e.script.begin(viewOf(text))
	if i < 0 {
		err := e.script.err
		err.Line, err.Column = LineColumn(text, int(err.Offset))
		e.script.forget()
		return dst, err
	}
	out, _ := e.value(dst, i)
	return e.finish(dst, out)
}

// raw appends free-form JSON. It checks the syntax: callers may have put anything
// there.
func (e *binaryEncoder) raw(dst []byte, raw json.RawMessage) []byte {
	i := e.script.begin(viewOf(raw))
	if i < 0 {
		e.fail("a raw value is not JSON: " + e.script.err.Msg)
		return dst
	}
	dst, _ = e.value(dst, i)
	return dst
}

// value appends the value at i of the transcript.
func (e *binaryEncoder) value(dst []byte, i int) (out []byte, next int) {
	t := &e.script
	switch t.src[i] {
	case '{':
		return e.members(dst)
	case '[':
		c := t.containers[t.next]
		t.next++
		dst = e.arrayHead(dst, c.parts)
		i++
		for n := range c.parts {
			if dst, i = e.value(dst, t.space(i)); e.err != nil {
				e.within(strconv.Itoa(n))
				break
			}
			i = t.space(i) + 1 // a comma, or the bracket
		}
		return dst, c.end
	case '"':
		end, escaped := t.str(i + 1)
		return e.quoted(dst, t.src[i+1:end], escaped), end + 1
	case 't':
		return e.bool(dst, true), i + len("true")
	case 'f':
		return e.bool(dst, false), i + len("false")
	case 'n':
		return e.null(dst), i + len("null")
	}
	end, whole := t.number(i)
	return e.number(dst, t.src[i:end], whole), end
}

// quoted appends the string whose JSON text is body, without the quotes.
func (e *binaryEncoder) quoted(dst []byte, body string, escaped bool) []byte {
	if escaped {
		e.script.scratch = unescape(e.script.scratch[:0], body)
		body = viewOf(e.script.scratch)
	}
	return e.valid(dst, body)
}

// members appends the object that is the next container. Of duplicate names the
// last counts.
func (e *binaryEncoder) members(dst []byte) (out []byte, next int) {
	t := &e.script
	object := t.containers[t.next]
	from := len(t.order)
	m := object.first
	for range object.parts {
		t.order = append(t.order, m)
		m = t.members[m].next
	}
	list := t.order[from:]
	slices.SortFunc(list, func(a, b int) int {
		if c := compareNames(t.members[a].name, t.members[b].name); c != 0 {
			return c
		}
		return cmp.Compare(a, b)
	})
	kept := 0
	for _, m := range list {
		if kept > 0 && t.members[list[kept-1]].name == t.members[m].name {
			kept--
		}
		list[kept] = m
		kept++
	}
	dst = e.mapHead(dst, kept)
	for j := from; j < from+kept; j++ {
		m := &t.members[t.order[j]]
		dst = e.valid(dst, m.name)
		if t.src[m.value] == '"' {
			dst = e.quoted(dst, t.src[m.value+1:m.end-1], m.escaped)
			continue
		}
		t.next = m.container
		if dst, _ = e.value(dst, m.value); e.err != nil {
			e.within(m.name)
			break
		}
	}
	t.order, t.next = t.order[:from], object.next
	return dst, object.end
}
