// Package emit makes the Go files of a format from its annotated schema: the
// structs, by way of go-jsonschema; the enumerations with their constants; and
// the tables that package wire works from.
//
// Everything that more than one file depends on, names above all, is decided
// for the whole package first (plan.go). The files depend on nothing but the
// schema, and a part of the schema that stays the same stays the same in Go
// when another part changes.
package emit

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/secmodel/secmodel/gen/internal/pattern"
	"github.com/secmodel/secmodel/internal/model"
)

// Package makes the files of package pkg from s, ordered by name. The package
// needs, written by hand, the functions
//
//	func identity(m wire.Model) secmodel.Identity
//	func check(m wire.Model, o secmodel.Options) secmodel.Report
//
// if s has classes; if these have numbers, the interface Event and, for its
// methods and the constructors,
//
//	func classOf(m wire.Model) Class
//	func common(m wire.Model) Common
//
// a type IntOrString with the base type string, if s has
// attributes that are an integer or a string; and the Go types that s names for
// scalars that are no enumerations, with the type of their values as base.
func Package(s *model.Schema, pkg string) ([]File, error) {
	p, err := newPlan(s, pkg)
	if err != nil {
		return nil, err
	}
	return p.ordered()
}

// ordered makes the files, ordered by name.
func (p *plan) ordered() ([]File, error) {
	files, err := p.files()
	if err != nil {
		return nil, err
	}
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	for i := 1; i < len(files); i++ {
		if files[i].Name == files[i-1].Name {
			return nil, fmt.Errorf("two types would both be written to %s; give one an x-go", files[i].Name)
		}
	}
	return files, nil
}

func (p *plan) files() (files []File, err error) {
	made, err := p.goStructs()
	if err != nil {
		return nil, err
	}
	var errs []error
	add := func(f File, err error) {
		files = append(files, f)
		errs = append(errs, err)
	}
	for _, s := range p.structs {
		add(p.structFile(s, made[s]))
	}
	for _, e := range p.enums {
		if !e.owned {
			add(p.enumFile(e))
		}
	}
	if f, ok, err := p.moresFile(); ok || err != nil {
		add(f, err)
	}
	if len(p.plain()) > 0 {
		add(p.scalarsFile())
	}
	if len(p.patterns) > 0 {
		add(p.patternsFile())
	}
	if p.numbered {
		add(p.classesFile())
	}
	add(p.tableFile())
	return files, errors.Join(errs...)
}

// patternsFile makes the file of the matchers.
func (p *plan) patternsFile() (File, error) {
	w := &writer{imports: []string{wirePath}}
	slices.SortFunc(p.patterns, func(a, b *namedPattern) int { return strings.Compare(a.name, b.name) })
	for _, x := range p.patterns {
		m, err := pattern.Compile(x.expr)
		if err != nil {
			return File{}, err
		}
		w.line("")
		w.line("var %s = %s", x.name, pattern.GoLiteral(m))
	}
	return w.file(p.pkg, "patterns_gen.go")
}
