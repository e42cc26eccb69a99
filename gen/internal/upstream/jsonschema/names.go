package jsonschema

import (
	"encoding/hex"
	"fmt"
	"go/token"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/secmodel/secmodel/gen/internal/emit"
)

// definitions are the keywords that hold schemas for others to refer to.
var definitions = [...]string{"$defs", "definitions"}

// reserved are the exported names that every package has beside those of the
// schema.
var reserved = [...]string{"IntOrString", "Versions"}

// reserve gives the definitions their names, so that a path that leads to the
// same one takes another.
func (r *reader) reserve() {
	for _, name := range reserved {
		r.goNames[name] = true
	}
	for _, container := range definitions {
		defs := r.root.get(container)
		if defs == nil {
			continue
		}
		for _, m := range defs.members {
			at := "#/" + container + "/" + escape(m.name)
			r.name(at, at)
		}
	}
	r.name("#", "#")
}

// name names a type, which id identifies: a definition by its own name, what is
// inside another by the path of properties that leads to it. The name is the same
// whatever else the schema has, unless that has the same name in Go: then the one
// that comes later gets a number.
func (r *reader) name(id, at string) string {
	if name, ok := r.names[id]; ok {
		return name
	}
	stem := r.path(at)
	name := stem
	for goName := emit.GoName(stem); r.goNames[emit.GoName(name)]; {
		r.numbers[goName] = max(2, r.numbers[goName]+1)
		name = fmt.Sprintf("%s.%d", stem, r.numbers[goName])
	}
	r.goNames[emit.GoName(name)] = true
	r.names[id] = name
	return name
}

// path gives the properties and definitions on the way to a place, separated by
// dots.
func (r *reader) path(at string) string {
	steps := strings.Split(strings.TrimPrefix(at, "#"), "/")[1:]
	var names []string
	for i := 0; i < len(steps); i++ {
		switch steps[i] {
		case "$defs", "definitions":
			names = names[:0] // a definition's name stands for itself
			fallthrough
		case "properties":
			if i++; i < len(steps) {
				names = append(names, goWord(pointerUnescapes.Replace(steps[i])))
			}
		}
	}
	if len(steps) == 0 || !slices.Contains(definitions[:], steps[0]) {
		names = append([]string{goWord(r.rootName)}, names...)
	}
	name := strings.Join(names, ".")
	if first, _ := utf8.DecodeRuneInString(emit.GoName(name)); !unicode.IsUpper(first) {
		name = "x." + name
	}
	return name
}

// goWord is a name as it is, if Go can spell it, else its bytes in hexadecimal.
func goWord(name string) string {
	if emit.GoName(name) == "" {
		return "x" + hex.EncodeToString([]byte(name))
	}
	return name
}

// fieldName chooses the Go name of an attribute where the generator's own choice
// is no exported name, or taken by an attribute before it; "" where it is good.
// taken has the last number that was put behind each name, 1 for none.
func fieldName(name string, taken map[string]int) string {
	own := emit.FieldName(name)
	stem := emit.FieldName(goWord(name))
	if !token.IsExported(stem) || !token.IsIdentifier(stem) {
		stem = "X" + stem
	}
	choice := stem
	for taken[choice] > 0 {
		taken[stem]++
		choice = fmt.Sprintf("%s%d", stem, taken[stem])
	}
	taken[choice] = 1
	if choice == own {
		return ""
	}
	return choice
}

// isDefinition reports whether a place is a definition of the root, or the root.
func isDefinition(at string) bool {
	steps := strings.Split(at, "/")
	return len(steps) == 1 || len(steps) == 3 && slices.Contains(definitions[:], steps[1])
}
