package emit

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// plain lists the scalars that are no enumerations, or none of this package.
func (p *plan) plain() []*scalar {
	return slices.DeleteFunc(slices.Clone(p.scalars), func(s *scalar) bool { return s.enum != nil && s.enum.borrowed == "" })
}

// scalarsFile makes the file of the plain scalars.
func (p *plan) scalarsFile() (File, error) {
	w := &writer{imports: []string{wirePath}}
	for _, s := range p.plain() {
		if s.enum != nil {
			p.enumTable(w, s.enum)
		}
		p.writeScalar(w, s)
	}
	return w.file(p.pkg, "scalars_gen.go")
}

// writeScalar writes a wire.Scalar.
func (p *plan) writeScalar(w *writer, s *scalar) {
	w.line("")
	w.line("var %s = wire.Scalar{", s.name)
	w.line("Name: %q,", s.Type.Name)
	if s.super != nil {
		w.line("Super: &%s,", s.super.name)
	}
	if s.enum != nil {
		w.line("Enum: &%s,", s.enum.table())
	}
	if s.rules != nil {
		w.line("Rules: []wire.Rule{")
		for _, r := range s.rules {
			w.line("%s,", p.rule(r))
		}
		w.line("},")
	}
	w.line("}")
}

func (p *plan) rule(r rule) string {
	l := entry("In", p.sets.expr(r.In))
	var has []string
	bound := func(flag, field, value string) {
		has = append(has, "wire."+flag)
		l.add(field, value)
	}
	if r.pattern != nil {
		l.add("Match", "&"+r.pattern.name)
	}
	if r.MinLen != nil {
		bound("HasMinLen", "MinLen", strconv.Itoa(*r.MinLen))
	}
	if r.MaxLen != nil {
		bound("HasMaxLen", "MaxLen", strconv.Itoa(*r.MaxLen))
	}
	if r.Min != nil {
		bound("HasMin", "Min", strconv.FormatFloat(*r.Min, 'g', -1, 64))
	}
	if r.ExclusiveMin {
		has = append(has, "wire.ExclusiveMin")
	}
	if r.Max != nil {
		bound("HasMax", "Max", strconv.FormatFloat(*r.Max, 'g', -1, 64))
	}
	if r.ExclusiveMax {
		has = append(has, "wire.ExclusiveMax")
	}
	if r.Ints != nil {
		var list []string
		for _, x := range r.Ints {
			list = append(list, fmt.Sprintf("{%d, %d}", x[0], x[1]))
		}
		l.add("Ranges", "[][2]int64{"+strings.Join(list, ", ")+"}")
	}
	if has != nil {
		l.add("Has", strings.Join(has, "|"))
	}
	return l.braces()
}
