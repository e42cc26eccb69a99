package emit

import (
	"slices"
	"strconv"
	"strings"

	"github.com/secmodel/secmodel/internal/model"
)

// enumFile makes the file of an enumeration that more than one type uses.
func (p *plan) enumFile(e *enum) (File, error) {
	w := &writer{imports: append(e.imports(), wirePath)}
	p.enum(w, e)
	return w.file(p.pkg, snake(e.name)+"_gen.go")
}

// imports lists what the methods need beside package wire.
func (e *enum) imports() []string {
	if e.Kind == model.Integer && !e.titled() {
		return []string{"strconv"}
	}
	return nil
}

// enum writes an enumeration: the type, its constants, methods and values.
func (p *plan) enum(w *writer, e *enum) {
	base := kinds[e.Kind][0]
	w.line("")
	w.comment(join(sentence(e.name+" is the enumeration "+e.Type.Name+caption(e.Type)), p.existence(e.In), p.deprecations(e.Deprecated),
		"Other values are kept, and reported by validation."))
	w.line("type %s %s", e.name, base)
	if len(e.consts) > 0 {
		w.line("")
		w.line("// The values of %s.", e.name)
		w.line("const (")
		for i, name := range e.consts {
			v := &e.Values[i]
			// Without a comment above each of them gofmt would align the
			// constants, and move them all when a longer name comes.
			if text := p.valueComment(e, v); text != "" {
				w.comment(text)
			} else if len(p.sets.versions) > 1 {
				w.comment("In every version.")
			}
			w.line("%s %s = %s", name, e.name, literal(e.Kind, v))
		}
		w.line(")")
	}
	if e.Kind == model.Integer {
		e.intMethods(w)
	} else {
		e.stringMethods(w)
	}
	p.enumTable(w, e)
	p.writeScalar(w, e.scalar)
}

func (e *enum) stringMethods(w *writer) {
	w.line(`
// String returns the value itself.
func (v %[1]s) String() string { return string(v) }

// Known reports whether any version of the specification has the value.
func (v %[1]s) Known() bool { return %[2]s.HasString(string(v)) }

// Values lists the values of all versions. Later versions of this package may
// add some.
func (%[1]s) Values() []%[1]s { return wire.StringValues[%[1]s](%[2]s.Strings) }`, e.name, e.table())
}

func (e *enum) intMethods(w *writer) {
	if e.titled() {
		w.line(`
// String returns the caption of a value that is known, else its digits.
func (v %[1]s) String() string { return %[2]s.Caption(int64(v)) }`, e.name, e.table())
	} else {
		w.line(`
// String returns the digits of the value.
func (v %[1]s) String() string { return strconv.FormatInt(int64(v), 10) }`, e.name)
	}
	w.line(`
// Known reports whether any version of the specification has the value.
func (v %[1]s) Known() bool { return %[2]s.HasInt(int64(v)) }

// Values lists the values of all versions, in ascending order. Later versions
// of this package may add some.
func (%[1]s) Values() []%[1]s { return wire.IntValues[%[1]s](%[2]s.Ints) }`, e.name, e.table())
}

func (e *enum) titled() bool {
	return slices.ContainsFunc(e.Values, func(v model.Value) bool { return v.Title != "" })
}

// enumTable writes the wire.Enum. Strings stand in the order of the schema,
// integers in ascending order.
func (p *plan) enumTable(w *writer, e *enum) {
	values := slices.Clone(e.Values)
	field := "Strings: []string"
	if e.Kind == model.Integer {
		field = "Ints: []int64"
		slices.SortFunc(values, func(a, b model.Value) int {
			switch {
			case a.Int < b.Int:
				return -1
			case a.Int > b.Int:
				return 1
			}
			return 0
		})
	}
	w.line("")
	w.line("var %s = wire.Enum{", e.table())
	w.line("Name: %q,", e.Type.Name)
	w.line("%s{", field)
	keys := make([]string, len(values))
	for i := range values {
		keys[i] = values[i].Str
		w.line("%s,", literal(e.Kind, &values[i]))
	}
	w.line("},")
	if e.Kind == model.String {
		p.lookup(w, keys)
	}
	if slices.ContainsFunc(values, func(v model.Value) bool { return p.sets.absent(v.In) != "0" }) {
		w.line("Absent: []wire.Versions{")
		for i := range values {
			// A comment before the entry: gofmt would align one after it.
			w.line("/* %s */ %s,", inline(literal(e.Kind, &values[i])), p.sets.absent(values[i].In))
		}
		w.line("},")
	}
	if e.titled() {
		w.line("Titles: []string{")
		for i := range values {
			w.line("%q,", values[i].Title)
		}
		w.line("},")
	}
	p.retitled(w, values)
	p.deprecatedValues(w, values)
	w.line("}")
}

// retitled writes the captions that were others in some versions.
func (p *plan) retitled(w *writer, values []model.Value) {
	first := true
	for i := range values {
		for _, title := range values[i].Titles {
			if first {
				w.line("Retitled: []wire.Retitled{")
				first = false
			}
			w.line("{Value: %d, Former: wire.Former{In: %s, Text: %q}},", i, p.sets.expr(title.In), title.Value)
		}
	}
	if !first {
		w.line("},")
	}
}

func (p *plan) deprecatedValues(w *writer, values []model.Value) {
	first := true
	for i := range values {
		for _, d := range values[i].Deprecated {
			if first {
				w.line("Deprecated: []wire.ValueDeprecation{")
				first = false
			}
			l := entry("Value", strconv.Itoa(i))
			l.add("In", p.sets.expr(d.In))
			if d.Since != "" {
				l.add("Since", strconv.Quote(d.Since))
			}
			w.line("%s,", l.braces())
		}
	}
	if !first {
		w.line("},")
	}
}

// inline makes a text fit into a comment of the form /* */.
func inline(text string) string { return strings.ReplaceAll(text, "*/", "* /") }
