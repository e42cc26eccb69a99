package emit

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/secmodel/secmodel/internal/model"
)

// classes lists the classes by number; nil if they have none.
func (p *plan) classes() []*goStruct {
	if !p.numbered {
		return nil
	}
	list := slices.DeleteFunc(slices.Clone(p.structs), func(s *goStruct) bool { return s.Class == nil })
	slices.SortFunc(list, func(a, b *goStruct) int { return cmp.Compare(a.Class.UID, b.Class.UID) })
	return list
}

// classesFile makes the file that knows all classes by number.
func (p *plan) classesFile() (File, error) {
	w := &writer{}
	if p.from == nil {
		w.imports = []string{wirePath}
	}
	w.line("")
	w.line("// newest is the newest version that is no preview.")
	w.line("const newest = %q", p.schema.Versions[p.schema.Newest()].Name)
	w.line("")
	w.line("// newEvent returns an empty event of the class with this number, nil if there is")
	w.line("// none.")
	w.line("func newEvent(uid int64) Event {")
	w.line("switch uid {")
	for _, s := range p.classes() {
		w.line("case %d:", s.Class.UID)
		w.line("return new(%s)", s.name)
	}
	w.line("}")
	w.line("return nil")
	w.line("}")
	if p.from == nil {
		w.line("")
		w.line("// eventType returns the type of the class with this number, nil if there is none.")
		w.line("func eventType(uid int64) *wire.Type {")
		w.line("switch uid {")
		for _, s := range p.classes() {
			w.line("case %d:", s.Class.UID)
			w.line("return &%s", s.table())
		}
		w.line("}")
		w.line("return nil")
		w.line("}")
	}
	return w.file(p.pkg, "classes_gen.go")
}

// classTable is the variable of the wire.Class.
func (s *goStruct) classTable() string { return unexported(s.name) + "Class" }

// classTable writes the wire.Class of a class.
func (p *plan) classTable(w *writer, s *goStruct) {
	w.line("")
	w.line("var %s = wire.Class{", s.classTable())
	w.line("UID: %d,", s.Class.UID)
	w.line("Name: %q,", s.Type.Name)
	if in := p.sets.absent(s.In); in != "0" {
		w.line("Absent: %s,", in)
	}
	w.line("Title: %q,", s.Title)
	w.line("Category: %q,", s.Class.Category)
	if s.Class.Names != nil {
		w.line("Names: []wire.Former{%s},", p.formers(s.Class.Names))
	}
	if gates := p.gates(s.Profiles); gates != "" {
		w.line("Profiles: %s,", gates)
	}
	if s.Extension != "" {
		w.line("Extension: %q,", s.Extension)
	}
	w.line("}")
}

func (p *plan) formers(list []model.Ranged[string]) string {
	var text []string
	for _, r := range list {
		text = append(text, fmt.Sprintf("{In: %s, Text: %q}", p.sets.expr(r.In), r.Value))
	}
	return strings.Join(text, ", ")
}

func (s *goStruct) constructor() string { return "New" + s.name }

// eventMethods writes what events have beyond other documents, and the
// constructor, which fills in what follows from the class.
func (p *plan) eventMethods(w *writer, s *goStruct) {
	w.line(`
var _ Event = (*%[1]s)(nil)

// EventClass implements Event.
func (x *%[1]s) EventClass() Class { return classOf(x) }

// Common implements Event.
func (x *%[1]s) Common() Common { return common(x) }`, s.name)

	activity, class, category := s.field("activity_id"), s.field("class_uid"), s.field("category_uid")
	typ, version := s.field("type_uid"), p.versioned(s)
	if activity == nil || class == nil || category == nil || typ == nil || version == "" {
		return
	}
	w.line("")
	w.comment(fmt.Sprintf("%s returns an event of the class %s and an activity, for the newest version: with class_uid, category_uid, "+
		"activity_id, type_uid and %s.", s.constructor(), s.Type.Name, strings.Join(p.schema.VersionAt, ".")))
	w.line("func %s(activity %s) *%s {", s.constructor(), activity.goType, s.name)
	w.line("return &%s{", s.name)
	w.line("%s: &activity,", activity.name)
	w.line("%s: new(%s),", category.name, p.constant(category, s.Class.UID/1000%100))
	w.line("%s: new(%s),", class.name, p.constant(class, s.Class.UID))
	w.line("%s,", version)
	w.line("%s: new(%d + int64(activity)),", typ.name, s.Class.UID*100)
	w.line("}")
	w.line("}")
}

// versioned gives, as Go source, the field of a class that holds the version,
// with the newest one; "" if it is not the attribute of an object.
func (p *plan) versioned(s *goStruct) string {
	if len(p.schema.VersionAt) != 2 {
		return ""
	}
	outer := s.field(p.schema.VersionAt[0])
	if outer == nil || outer.child == nil || outer.Array {
		return ""
	}
	inner := outer.child.field(p.schema.VersionAt[1])
	if inner == nil || inner.goType != "string" {
		return ""
	}
	return fmt.Sprintf("%s: &%s{%s: new(newest)}", outer.name, outer.goType, inner.name)
}

// field returns the field of an attribute, nil if there is none.
func (s *goStruct) field(attribute string) *field {
	i := slices.IndexFunc(s.fields, func(f *field) bool { return f.Name == attribute })
	if i < 0 {
		return nil
	}
	return s.fields[i]
}

// constant gives a value of the enumeration of a field as Go source.
func (p *plan) constant(f *field, value int64) string {
	if e := p.enumOf[f.Type.Ref]; e != nil && e.borrowed == "" {
		for i := range e.Values {
			if e.Values[i].Int == value {
				return e.consts[i]
			}
		}
	}
	return fmt.Sprintf("%s(%d)", f.goType, value)
}
