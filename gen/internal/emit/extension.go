package emit

import (
	"fmt"
	"hash/fnv"
	"path"
	"slices"

	"github.com/secmodel/secmodel/internal/model"
)

// Extension is a schema of which only some types are a package's own: the others
// are those of a package that was made before.
type Extension struct {
	Schema *model.Schema   // its sets of versions are none, or all
	Own    map[string]bool // names of the types that the package has itself
	Base   *model.Schema   // what the other package was made from
	Import string          // import path of the other package
}

// Package makes the files of package pkg, complete, ordered by name.
//
// The types of the other package stand in the structs under its name, and its
// types are in the table, before those of pkg. Of enumerations and other scalars
// of the other package, which it does not export, the tables are made again:
// they are data only, and their Go types are the other package's.
func (x Extension) Package(pkg string) ([]File, error) {
	base, err := newPlan(x.Base, path.Base(x.Import))
	if err != nil {
		return nil, err
	}
	s := *x.Base
	s.Title, s.Types = x.Schema.Title, x.Schema.Types
	s.Profiles = slices.Clone(x.Base.Profiles)
	for _, profile := range x.Schema.Profiles {
		if !slices.ContainsFunc(s.Profiles, func(p model.Profile) bool { return p.Name == profile.Name }) {
			s.Profiles = append(s.Profiles, profile)
		}
	}
	p := blankPlan(&s, pkg)
	p.from = &origin{plan: base, own: x.Own, path: x.Import}
	if err := p.make(); err != nil {
		return nil, err
	}
	if len(p.structs) == 0 {
		return nil, fmt.Errorf("the extension defines and changes no class and no object")
	}
	files, err := p.ordered()
	if err != nil {
		return nil, err
	}
	return p.complete(files, p.extensionFile)
}

// origin is the package that a package takes types from.
type origin struct {
	*plan
	own  map[string]bool
	path string
}

// qualified gives a name of the origin as the other package writes it.
func (o *origin) qualified(name string) string { return o.pkg + "." + name }

// borrow notes a class, object or enumeration that the origin has, and reports
// whether it does.
func (p *plan) borrow(t *model.Type) bool {
	if p.from == nil {
		return false
	}
	if t.Kind == model.Object {
		i := slices.IndexFunc(p.from.structs, func(s *goStruct) bool { return s.Type.Name == t.Name })
		if i < 0 || p.from.own[t.Name] {
			return false
		}
		s := p.from.structs[i]
		p.structOf[t.Name] = &goStruct{Type: t, name: p.from.qualified(s.name), fields: s.fields, borrowed: fmt.Sprint(i)}
		return true
	}
	e := p.from.enumOf[t.Name]
	if t.Values == nil || e == nil || e.Kind != t.Kind {
		return false
	}
	p.enumOf[t.Name] = &enum{Type: t, name: e.name, borrowed: p.from.qualified(e.name)}
	return true
}

// layout is a number that changes when the indexes of types, versions and
// profiles in the table do.
func (p *plan) layout() uint32 {
	h := fnv.New32a()
	for _, v := range p.schema.Versions {
		fmt.Fprintf(h, "version %s\n", v.Name)
	}
	for _, x := range p.schema.Profiles {
		fmt.Fprintf(h, "profile %s\n", x.Name)
	}
	for _, s := range p.structs {
		fmt.Fprintf(h, "type %s %s\n", s.Type.Name, s.name)
	}
	return h.Sum32()
}

// extensionFile makes what a package of events needs beside its types.
func (p *plan) extensionFile() (File, error) {
	w := &writer{imports: []string{rootPath, p.from.path, wirePath}}
	slices.Sort(w.imports)
	w.line(`
// Event is an event of any class of OCSF, or of this package.
type Event = %[1]s.Event

// Class is a class of events.
type Class = %[1]s.Class

// Common is a snapshot of the attributes that every event has.
type Common = %[1]s.Common

// New returns an empty event of a class of this package, nil if it has none with
// this number.
func New(class %[1]s.ClassUID) Event { return newEvent(int64(class)) }

func identity(m wire.Model) secmodel.Identity { return %[1]s.ExtensionIdentity(m) }

func check(m wire.Model, o secmodel.Options) secmodel.Report { return %[1]s.ExtensionCheck(m, o) }

func classOf(m wire.Model) Class { return %[1]s.ExtensionClass(m) }

func common(m wire.Model) Common { return %[1]s.ExtensionCommon(m) }

// The tables are made for this layout of package %[1]s. With another version of
// it this does not compile: go generate makes them anew.
const _ uint = -(%[1]s.Layout ^ %#[2]x)`, p.from.pkg, p.from.layout())
	return w.file(p.pkg, packageFile)
}
