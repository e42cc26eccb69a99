package emit

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/secmodel/secmodel/internal/model"
)

// Standalone is Package with what that needs written by hand, so that the
// package is complete: what documents are, how they are checked, and the type
// IntOrString. It is for formats whose rules are all in the schema: one with
// profiles or numbered classes, or with Go names for scalars that are no
// enumerations, is an error.
func Standalone(s *model.Schema, pkg string) ([]File, error) {
	p, err := newPlan(s, pkg)
	if err != nil {
		return nil, err
	}
	files, err := p.ordered()
	if err != nil {
		return nil, err
	}
	return p.complete(files, p.standaloneFile)
}

// packageFile is the name of the file that makes a package complete.
const packageFile = "package_gen.go"

// complete adds the file that makes a package complete to the others, with the
// package's comment.
func (p *plan) complete(files []File, last func() (File, error)) ([]File, error) {
	f, err := last()
	if err != nil {
		return nil, err
	}
	doc := &writer{}
	about := "Package " + p.pkg + " has the types of " + p.schema.Format
	if p.schema.Title != "" {
		about += ": " + p.schema.Title
	}
	doc.comment(sentence(about) + " Every document implements secmodel.Message.")
	clause := []byte("package " + p.pkg + "\n")
	f.Data = bytes.Replace(f.Data, clause, append([]byte(doc.b.String()), clause...), 1)
	files = append(files, f)
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	return files, nil
}

func (p *plan) standaloneFile() (File, error) {
	s := p.schema
	if len(s.Profiles) > 0 {
		return File{}, errors.New("x-profiles: what profiles a document names is known to hand-written code only")
	}
	intOrString := false
	note := func(t model.TypeRef) { intOrString = intOrString || t.Kind == model.IntOrString }
	for _, t := range s.Types {
		switch {
		case t.Class != nil && t.Class.UID != 0:
			return File{}, fmt.Errorf("%s: the number of a class means something to hand-written code only", t.Name)
		case t.Kind != model.Object && t.Values == nil && t.Go != "":
			return File{}, fmt.Errorf("%s: the Go type %s is not an enumeration, and would have to be written by hand", t.Name, t.Go)
		}
		note(model.TypeRef{Kind: t.Kind})
		for _, p := range t.Properties {
			note(p.Type)
		}
	}
	w := &writer{}
	w.line("")
	w.line("// Versions lists the versions of the schema, oldest first.")
	w.line("func Versions() []string { return slices.Clone(table.Versions) }")
	if intOrString {
		w.line(`
// IntOrString holds the JSON text of an integer or a string.
type IntOrString string`)
	}
	if slices.ContainsFunc(s.Types, func(t *model.Type) bool { return t.Class != nil }) {
		w.imports = []string{"slices", rootPath, wirePath}
		w.line(`
// identity says what a document is.
func identity(m wire.Model) secmodel.Identity {
	t, typ, _ := m.WireModel()
	_, version, _ := wire.VersionOf(m)
	return secmodel.Identity{Format: t.Format, Version: t.Versions[version], Class: typ.Name}
}

// check validates a document by its table.
func check(m wire.Model, o secmodel.Options) secmodel.Report {
	c, _ := wire.NewChecker(m, identity(m).Class, o)
	c.Run(m)
	return c.Finish()
}`)
	} else {
		w.imports = []string{"slices"}
	}
	return w.file(p.pkg, packageFile)
}
