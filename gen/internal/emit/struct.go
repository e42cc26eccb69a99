package emit

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/secmodel/secmodel/internal/model"
	"github.com/secmodel/secmodel/wire"
)

const (
	rootPath = "github.com/secmodel/secmodel"
	wirePath = "github.com/secmodel/secmodel/wire"
)

// structFile makes the file of a class or object: the struct, its methods, its
// table, and the enumerations that belong to it.
func (p *plan) structFile(s *goStruct, made map[string]goField) (File, error) {
	w := &writer{imports: []string{"encoding/json"}}
	for _, e := range s.enums {
		w.imports = append(w.imports, e.imports()...)
	}
	w.imports = append(w.imports, "unsafe")
	if s.Class != nil {
		w.imports = append(w.imports, rootPath)
	}
	for _, f := range s.fields {
		if f.from != "" {
			w.imports = append(w.imports, f.from)
		}
	}
	w.imports = append(w.imports, wirePath)
	slices.Sort(w.imports)
	w.imports = slices.Compact(w.imports)

	w.line("")
	w.comment(p.structComment(s))
	w.line("type %s struct {", s.name)
	for _, f := range s.fields {
		g := made[f.Name]
		w.comment(p.fieldComment(f))
		w.line("%s %s `%s`", g.name, g.typ, g.tag)
	}
	w.line("// Members of the object that have no place above: unknown, null, or of a wrong type.")
	w.line("Extra map[string]json.RawMessage `json:\"-\"`")
	w.line("}")
	s.methods(w)
	if p.numbered && s.Class != nil {
		p.eventMethods(w, s)
	}
	p.structTable(w, s)
	for _, e := range s.enums {
		p.enum(w, e)
	}
	return w.file(p.pkg, s.file())
}

// file is the name of the struct's file. Those of the package are not for it.
func (s *goStruct) file() string {
	name := snake(s.name)
	if slices.Contains([]string{"classes", "more", "package", "patterns", "scalars", "table"}, name) {
		name += "_object"
	}
	return name + "_gen.go"
}

// methods writes the methods of a class or object.
func (s *goStruct) methods(w *writer) {
	w.line(`
// WireModel implements wire.Model.
func (x *%[1]s) WireModel() (*wire.Table, *wire.Type, unsafe.Pointer) {
	return &table, &%[2]s, unsafe.Pointer(x)
}

// AppendJSON appends x as compact JSON to dst.
func (x *%[1]s) AppendJSON(dst []byte) ([]byte, error) { return wire.AppendJSON(x, dst) }

// MarshalJSON implements json.Marshaler.
func (x %[1]s) MarshalJSON() ([]byte, error) { return wire.MarshalJSON((&x).WireModel()) }

// UnmarshalJSON implements json.Unmarshaler. It takes any JSON object; what has
// no place in x is kept in Extra.
func (x *%[1]s) UnmarshalJSON(data []byte) error { return wire.UnmarshalJSON(x, data) }

// Clone returns a copy of x that shares no memory with it, nil for nil.
func (x *%[1]s) Clone() *%[1]s {
	if x == nil {
		return nil
	}
	c := new(%[1]s)
	wire.CloneInto(x, c)
	return c
}`, s.name, s.table())
	if s.Class == nil {
		return
	}
	w.line(`
var _ secmodel.Message = (*%[1]s)(nil)

// Identity implements secmodel.Message.
func (x *%[1]s) Identity() secmodel.Identity { return identity(x) }

// Check implements secmodel.Message.
func (x *%[1]s) Check(opts ...secmodel.Option) secmodel.Report { return check(x, secmodel.NewOptions(opts...)) }

// Validate implements secmodel.Message.
func (x *%[1]s) Validate(opts ...secmodel.Option) error { return wire.Validate(x, check, opts) }`, s.name)
}

// structTable writes the wire.Type.
func (p *plan) structTable(w *writer, s *goStruct) {
	w.line("")
	w.line("var %s = wire.Type{", s.table())
	w.line("Name: %q,", s.Type.Name)
	w.line("Number: %s,", s.index())
	if len(s.fields) > 0 {
		keys := make([]string, len(s.fields))
		w.line("Fields: []wire.Field{")
		for i, f := range s.fields {
			keys[i] = f.Name
			w.line("%s,", p.field(s, f))
		}
		w.line("},")
		p.lookup(w, keys)
		s.layout(w)
	}
	w.line("Size: unsafe.Sizeof(%s{}),", s.name)
	w.line("Extra: unsafe.Offsetof(%s{}.Extra),", s.name)
	w.line("New: func(n int) unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(make([]%s, n))) },", s.name)
	switch s.Unknown {
	case model.UnknownWarning:
		w.line("Unknown: wire.UnknownWarning,")
	case model.UnknownOpen:
		w.line("Unknown: wire.UnknownOpen,")
	}
	if s.Constraints != nil {
		w.line("Constraints: []wire.Constraint{")
		for _, c := range s.Constraints {
			l := entry("In", p.sets.expr(c.In))
			if c.Kind == model.JustOne {
				l.add("Just", "true")
			}
			l.add("Of", stringsLiteral(c.Of))
			if at := s.positions(c.Of); at != "" {
				l.add("At", at)
			}
			w.line("%s,", l.braces())
		}
		w.line("},")
	}
	if s.MinProperties != nil {
		w.line("MinMembers: []wire.MinMembers{%s},", p.numbers(s.MinProperties))
	}
	if in := p.sets.absent(s.In); in != "0" {
		w.line("Absent: %s,", in)
	}
	if s.Deprecated != nil {
		w.line("Deprecated: %s,", p.deprecatedLiteral(s.Deprecated))
	}
	if s.Class != nil {
		w.line("Root: true,")
	}
	if p.numbered && s.Class != nil {
		w.line("Class: &%s,", s.classTable())
	}
	w.line("}")
	if p.numbered && s.Class != nil {
		p.classTable(w, s)
	}
	w.line("")
	w.line("// Offsets of the table have room for 15 bits.")
	w.line("const _ = 1<<15 - 1 - unsafe.Sizeof(%s{})", s.name)
}

// lookup writes the Index of a list of strings.
func (p *plan) lookup(w *writer, list []string) {
	x := wire.MakeIndex(list)
	w.line("Index: wire.Index{")
	w.line("Seed: %#x,", x.Seed)
	w.line("Shift: %d,", x.Shift)
	w.bytes("Slots", x.Slots)
	if x.Wide {
		w.line("Wide: true,")
	}
	w.line("},")
}

// bytes writes a field of a composite literal that is a string of bytes.
func (w *writer) bytes(name, list string) {
	const perLine = 32
	for i := 0; i < len(list); i += perLine {
		prefix, end := "", " +"
		if i == 0 {
			prefix = name + ": "
		}
		if i+perLine >= len(list) {
			end = ","
		}
		w.line("%s%s%s", prefix, bytesLiteral(list[i:min(i+perLine, len(list))]), end)
	}
}

// bytesLiteral gives a string of bytes as Go source.
func bytesLiteral(list string) string {
	var b strings.Builder
	for i := range len(list) {
		fmt.Fprintf(&b, `\x%02x`, list[i])
	}
	return `"` + b.String() + `"`
}

// layout writes Words and Must of a type. A field is a pointer, of one word, or
// a slice, of three.
func (s *goStruct) layout(w *writer) {
	if len(s.fields) > maxByteIndex {
		return
	}
	var words, must []byte
	for i, f := range s.fields {
		words = append(words, byte(1+i))
		if f.kind == "Raw" || strings.HasPrefix(f.goType, "[]") {
			words = append(words, 0, 0)
		}
		if f.Required != 0 {
			must = append(must, byte(i))
		}
	}
	w.bytes("Words", string(words))
	w.bytes("Must", string(must))
}

// maxByteIndex is how many fields 1 + an index in one byte can tell apart.
const maxByteIndex = 255

// positions gives the indexes of fields as Go source, "" if a name is that of
// none.
func (s *goStruct) positions(names []string) string {
	if len(s.fields) > maxByteIndex {
		return ""
	}
	var list []byte
	for _, name := range names {
		i := slices.IndexFunc(s.fields, func(f *field) bool { return f.Name == name })
		if i < 0 {
			return ""
		}
		list = append(list, byte(i))
	}
	return bytesLiteral(string(list))
}

// entries are the fields of a composite literal on one line.
type entries []string

func entry(key, value string) entries { return entries{key + ": " + value} }

func (e *entries) add(key, value string) { *e = append(*e, key+": "+value) }

// addSet adds a version set that is not empty.
func (e *entries) addSet(key, expr string) {
	if expr != "0" {
		e.add(key, expr)
	}
}

func (e entries) braces() string { return "{" + strings.Join(e, ", ") + "}" }

// field gives the wire.Field on one line.
func (p *plan) field(s *goStruct, f *field) string {
	l := entry("Key", "`\""+f.Name+"\":`") // planFields keeps names out that need an escape
	l.add("Offset", fmt.Sprintf("uint16(unsafe.Offsetof(%s{}.%s))", s.name, f.name))
	l.add("Kind", "wire."+f.kind)
	if flags := f.flags(); flags != "" {
		l.add("Flags", flags)
	}
	if f.child != nil {
		l.add("Child", f.child.index())
	}
	l.addSet("Absent", p.sets.absent(f.In))
	l.addSet("Required", p.sets.expr(f.Required))
	if f.scalar != nil {
		l.add("Scalar", "&"+f.scalar.name)
	}
	if more := p.more(s, f); len(more) > 0 {
		l.add("More", p.shared(more.braces()))
	}
	return l.braces()
}

// flags gives the Flags of a field, "" for none.
func (f *field) flags() string {
	list := formFlags(f.forms)
	for _, kind := range f.Lenient {
		list = append(list, "wire.Lenient"+capital(kind))
	}
	return strings.Join(list, "|")
}

// formFlags gives the flags of the JSON types that a Raw admits.
func formFlags(forms []string) []string {
	var list []string
	for _, form := range forms {
		if form == "boolean" {
			form = "bool"
		}
		list = append(list, "wire.Form"+capital(form))
	}
	return list
}

func (p *plan) more(s *goStruct, f *field) entries {
	var l entries
	l.addSet("Recommended", p.sets.expr(f.Recommended))
	l.addSet("One", p.sets.expr(f.One))
	l.addSet("Unchecked", p.sets.expr(f.Unchecked))
	l.addSet("Null", p.sets.expr(f.Null))
	l.addSet("NullItems", p.sets.expr(f.NullItems))
	if f.Deprecated != nil {
		l.add("Deprecated", p.deprecatedLiteral(f.Deprecated))
	}
	if gates := p.gates(f.Profiles); gates != "" {
		l.add("Profiles", gates)
	}
	if f.Was != nil {
		l.add("Was", p.was(f))
	}
	if f.Sibling != "" {
		i := slices.IndexFunc(s.fields, func(x *field) bool { return x.Name == f.Sibling })
		l.add("Sibling", strconv.Itoa(1+i))
		l.addSet("SiblingAbsent", p.sets.expr(f.In&^f.SiblingIn))
	}
	l.addSet("Special", p.sets.expr(f.special()))
	if list := p.observable(f); list != nil {
		l.add("Observable", "[]wire.Numbered{"+p.numbers(list)+"}")
	}
	return l
}

// special is the set of versions in which the attribute has to be checked
// beyond its value.
func (f *field) special() model.Set {
	set := f.One | f.Unchecked
	for _, d := range f.Deprecated {
		set |= d.In
	}
	for _, r := range f.Profiles {
		if r.Value != nil {
			set |= r.In
		}
	}
	for _, w := range f.Was {
		set |= w.In
	}
	return set
}

// observable gives the numbers of the observable type: those of the attribute,
// and, in the versions where it has none, those of the type that it has there.
func (p *plan) observable(f *field) []model.Ranged[int] {
	list := slices.Clone(f.Observable)
	typed := model.All
	for _, r := range list {
		typed &^= r.In
	}
	add := func(ref model.TypeRef, in model.Set) {
		if t := p.byName[ref.Ref]; t != nil {
			for _, r := range t.Observable {
				if r.In &= in; r.In != 0 {
					list = append(list, r)
				}
			}
		}
	}
	for _, was := range f.Was {
		add(was.Type, was.In&typed)
		typed &^= was.In
	}
	add(f.Type, typed)
	return list
}

// numbers gives the elements of a []wire.Numbered or []wire.MinMembers.
func (p *plan) numbers(list []model.Ranged[int]) string {
	var text []string
	for _, r := range list {
		l := entry("In", p.sets.expr(r.In))
		l.add("N", strconv.Itoa(r.Value))
		text = append(text, l.braces())
	}
	return strings.Join(text, ", ")
}

func (p *plan) deprecatedLiteral(list []model.Deprecation) string {
	var text []string
	for _, d := range list {
		l := entry("In", p.sets.expr(d.In))
		if d.Since != "" {
			l.add("Since", strconv.Quote(d.Since))
		}
		text = append(text, l.braces())
	}
	return "[]wire.Deprecation{" + strings.Join(text, ", ") + "}"
}

// gates gives the profiles, by version, of which one must be named; "" if the
// attribute is always there.
func (p *plan) gates(list []model.Ranged[[]string]) string {
	var text []string
	for _, r := range list {
		if r.Value == nil {
			continue
		}
		l := entry("In", p.sets.expr(r.In))
		var bits []string
		for _, name := range r.Value {
			i := slices.IndexFunc(p.schema.Profiles, func(x model.Profile) bool { return x.Name == name })
			bits = append(bits, fmt.Sprintf("1<<%d", i))
		}
		l.add("Profiles", strings.Join(bits, "|"))
		text = append(text, l.braces())
	}
	if text == nil {
		return ""
	}
	return "[]wire.Gate{" + strings.Join(text, ", ") + "}"
}

func (p *plan) was(f *field) string {
	var text []string
	for i, r := range f.was {
		l := entry("In", p.sets.expr(f.Was[i].In))
		l.add("Kind", "wire."+r.kind)
		if flags := formFlags(r.forms); flags != nil {
			l.add("Flags", strings.Join(flags, "|"))
		}
		if r.child != nil {
			l.add("Child", r.child.index())
		}
		if r.scalar != nil {
			l.add("Scalar", "&"+r.scalar.name)
		}
		text = append(text, l.braces())
	}
	return "[]wire.Was{" + strings.Join(text, ", ") + "}"
}

// stringsLiteral gives a []string on one line.
func stringsLiteral(list []string) string {
	quoted := make([]string, len(list))
	for i, s := range list {
		quoted[i] = strconv.Quote(s)
	}
	return "[]string{" + strings.Join(quoted, ", ") + "}"
}
