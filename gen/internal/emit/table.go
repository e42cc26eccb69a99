package emit

import (
	"slices"

	"github.com/secmodel/secmodel/internal/model"
)

// tableFile makes the file that binds the types of the package together. It is
// made last, when it is known which sets of versions are used.
func (p *plan) tableFile() (File, error) {
	w := &writer{imports: []string{wirePath}}
	if len(p.structs) > 0 {
		w.line("")
		w.line("// Numbers of the types: of those that fields refer to, the index in the table.")
		w.line("const (")
		for i, s := range p.structs {
			if i == 0 && p.from != nil {
				w.line("%s = %d + iota", s.index(), p.from.listed)
			} else if i == 0 {
				w.line("%s = iota", s.index())
			} else {
				w.line("%s", s.index())
			}
		}
		w.line(")")
	}
	p.sets.write(w)

	w.line("")
	if p.from != nil {
		p.extendedTable(w)
		return w.file(p.pkg, "table_gen.go")
	}
	if p.numbered {
		w.line("// Layout changes with the order of the types in the table, and with its versions and")
		w.line("// profiles. Packages of extensions are made for one layout.")
		w.line("const Layout = %#x", p.layout())
		w.line("")
	}
	w.line("var table = wire.Table{")
	w.line("Format: %q,", p.schema.Format)
	w.line("Versions: []string{")
	for _, v := range p.schema.Versions {
		w.line("%q,", v.Name)
	}
	w.line("},")
	w.line("Newest: %d,", p.schema.Newest())
	if p.schema.VersionAt != nil {
		w.line("VersionAt: %s,", stringsLiteral(p.schema.VersionAt))
	}
	if p.schema.NullAbsent {
		w.line("NullAbsent: true,")
	}
	if p.schema.PatternWarning {
		w.line("PatternWarning: true,")
	}
	if p.schema.Int64 {
		w.line("Int64: true,")
	}
	if p.schema.Profiles != nil {
		w.line("Profiles: []string{")
		for _, x := range p.schema.Profiles {
			w.line("%q,", x.Name)
		}
		w.line("},")
	}
	if slices.ContainsFunc(p.schema.Profiles, func(x model.Profile) bool { return p.sets.absent(x.In) != "0" }) {
		w.line("ProfileAbsent: []wire.Versions{")
		for _, x := range p.schema.Profiles {
			w.line("/* %s */ %s,", inline(x.Name), p.sets.absent(x.In))
		}
		w.line("},")
	}
	p.typesAndClasses(w)
	w.line("}")
	return w.file(p.pkg, "table_gen.go")
}

// extendedTable writes the table of a package that takes types from another.
func (p *plan) extendedTable(w *writer) {
	w.imports = append(w.imports, p.from.path)
	slices.Sort(w.imports)
	w.line("var table = wire.Extend((*%s)(nil), wire.Table{", p.from.qualified(p.from.structs[0].name))
	if own := p.schema.Profiles[len(p.from.schema.Profiles):]; len(own) > 0 {
		w.line("Profiles: []string{")
		for _, x := range own {
			w.line("%q,", x.Name)
		}
		w.line("},")
	}
	p.typesAndClasses(w)
	w.line("})")
}

func (p *plan) typesAndClasses(w *writer) {
	w.line("Types: []*wire.Type{ // in the order of the indexes")
	for _, s := range p.structs[:p.listed] {
		w.line("&%s,", s.table())
	}
	w.line("},")
	count := len(p.structs)
	if p.from != nil {
		count += p.from.listed
	}
	w.line("Count: %d,", count)
	if classes := p.classes(); classes != nil {
		w.line("Classes: []*wire.Class{")
		for _, s := range classes {
			w.line("&%s,", s.classTable())
		}
		w.line("},")
	}
}
