package residue

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/secmodel/secmodel/wire"
)

// Split returns the reference tokens of a JSON Pointer (RFC 6901); ok is false
// if it is none. The pointer of the whole document has no tokens.
func Split(pointer string) (tokens []string, ok bool) {
	if pointer == "" {
		return nil, true
	}
	if pointer[0] != '/' {
		return nil, false
	}
	tokens = strings.Split(pointer[1:], "/")
	for i, token := range tokens {
		tokens[i] = unescape(token)
	}
	return tokens, true
}

func unescape(token string) string {
	if strings.IndexByte(token, '~') < 0 {
		return token
	}
	return strings.ReplaceAll(strings.ReplaceAll(token, "~1", "/"), "~0", "~")
}

// Join is the reverse of Split.
func Join(tokens ...string) string {
	var b []byte
	for _, token := range tokens {
		b = wire.AppendPointer(b, token)
	}
	return string(b)
}

// Parent returns the pointer of what the value at a pointer is in, and its name
// or index there.
func Parent(pointer string) (parent, token string) {
	i := strings.LastIndexByte(pointer, '/')
	if i < 0 {
		return "", ""
	}
	return pointer[:i], unescape(pointer[i+1:])
}

// Get returns the value at a pointer.
func Get(doc any, pointer string) (value any, ok bool) {
	tokens, ok := Split(pointer)
	if !ok {
		return nil, false
	}
	for _, token := range tokens {
		switch x := doc.(type) {
		case map[string]any:
			if doc, ok = x[token]; !ok {
				return nil, false
			}
		case []any:
			i := index(token)
			if i < 0 || i >= len(x) {
				return nil, false
			}
			doc = x[i]
		default:
			return nil, false
		}
	}
	return doc, true
}

// hole stands in an array for an element that was removed, until sweep closes
// it: so no index moves while it may still be used, and to remove many elements
// takes no longer than to remove one.
type hole struct{}

// sweep closes the holes in a value, and returns what takes its place. Arrays
// that have lost all their elements are kept where emptied says so; else they
// are holes themselves, and as members they go.
func sweep(v any, emptied bool) any {
	switch x := v.(type) {
	case map[string]any:
		for name, member := range x {
			if member = sweep(member, emptied); member == (hole{}) {
				delete(x, name)
			} else {
				x[name] = member
			}
		}
	case []any:
		for i, element := range x {
			x[i] = sweep(element, emptied)
		}
		list := slices.DeleteFunc(x, func(element any) bool { return element == (hole{}) })
		if len(list) == 0 && len(x) > 0 && !emptied {
			return hole{}
		}
		return list
	}
	return v
}

// edit calls f with the value that the tokens lead to, or with none where there
// could be one, and puts in its place what f returns, or nothing if keep is
// false: a hole, in an array. It returns the value that takes the place of v; ok
// is false if the tokens lead nowhere.
func edit(v any, tokens []string, f func(value any, present bool) (is any, keep bool)) (is any, ok bool) {
	token := tokens[0]
	switch x := v.(type) {
	case map[string]any:
		member, present := x[token]
		if len(tokens) == 1 {
			if is, keep := f(member, present); keep {
				x[token] = is
			} else if present {
				delete(x, token)
			}
			return x, true
		}
		if !present {
			return v, false
		}
		if member, ok = edit(member, tokens[1:], f); ok {
			x[token] = member
		}
		return x, ok
	case []any:
		i := index(token)
		if i < 0 || i > len(x) || i == len(x) && len(tokens) > 1 {
			return v, false
		}
		if len(tokens) > 1 {
			x[i], ok = edit(x[i], tokens[1:], f)
			return x, ok
		}
		var element any
		if i < len(x) {
			element = x[i]
		}
		is, keep := f(element, i < len(x))
		switch {
		case keep && i < len(x):
			x[i] = is
		case keep:
			x = append(x, is)
		case i < len(x):
			x[i] = hole{}
		}
		return x, true
	}
	return v, false
}

// within reports whether a pointer leads to what another does, or into it.
func within(pointer, outer string) bool {
	rest, ok := strings.CutPrefix(pointer, outer)
	return ok && (rest == "" || rest[0] == '/')
}

// index reads the index of an element, -1 if it is none.
func index(token string) int {
	if token == "" || token[0] < '0' || token[0] > '9' {
		return -1
	}
	n, err := strconv.ParseUint(token, 10, 31)
	if err != nil || token != strconv.FormatUint(n, 10) {
		return -1
	}
	return int(n)
}

// Compare orders pointers as a walk through the document meets them: what
// contains before what is contained, indexes by number, names by text.
func Compare(a, b string) int {
	for a != "" && b != "" {
		var s, t string
		s, a = next(a)
		t, b = next(b)
		if n := compareTokens(s, t); n != 0 {
			return n
		}
	}
	return cmp.Compare(len(a), len(b))
}

// next returns the first token of a pointer that is not empty, and what follows
// it.
func next(pointer string) (token, rest string) {
	if i := strings.IndexByte(pointer[1:], '/'); i >= 0 {
		pointer, rest = pointer[:i+1], pointer[i+1:]
	}
	return unescape(pointer[1:]), rest
}

func compareTokens(s, t string) int {
	if s == t {
		return 0
	}
	i, j := index(s), index(t)
	switch {
	case i >= 0 && j >= 0:
		return cmp.Compare(i, j)
	case i >= 0:
		return -1
	case j >= 0:
		return 1
	}
	return cmp.Compare(s, t)
}
