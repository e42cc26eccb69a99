package jsonschema

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/secmodel/secmodel/internal/model"
)

// Read makes a schema of one version, whose documents have the type of the root,
// of a JSON Schema. name, as "asset" of asset.schema.json, names the format, and
// the type of the root unless that is a reference to a definition. A schema that
// says nothing of a document itself, but has definitions, is one of several kinds
// of documents: each definition of an object.
//
// The version is "1", or what x-version says at the root; x-go in a property, or
// in a definition, gives it another Go name. Titles become comments, and where
// there is none the first sentence of the description.
//
// The error lists everything that is malformed or not supported, each with the
// JSON Pointer of the keyword.
func Read(data []byte, name string) (*model.Schema, error) {
	root, err := parse(data)
	if err != nil {
		return nil, err
	}
	if root.kind != objectNode {
		return nil, errors.New("#: the schema is no object")
	}
	r := &reader{
		root: root, rootName: name, types: map[string]*model.Type{}, values: map[string]*value{},
		checked: map[string]bool{}, again: map[string]func() *value{}, failed: map[string]bool{},
		goNames: map[string]bool{}, numbers: map[string]int{}, names: map[string]string{},
	}
	if r.draft, err = dialect(root); err != nil {
		return nil, err
	}
	s := &model.Schema{Format: name, Title: title(root), Versions: []model.Version{{Name: r.version()}}}
	r.reserve()
	r.documents()
	if r.exhausted {
		r.fail("#", "the schemas combine in too many ways, or are nested too deeply, to make types of all")
	}
	if len(r.errs) > 0 {
		return nil, errors.Join(r.errs...)
	}
	for _, t := range r.types {
		s.Types = append(s.Types, t)
	}
	slices.SortFunc(s.Types, func(a, b *model.Type) int { return strings.Compare(a.Name, b.Name) })
	return s, nil
}

// version is what the root says of its version.
func (r *reader) version() string {
	v := r.root.get("x-version")
	if v == nil {
		return "1"
	}
	name, _ := v.value.(string)
	if name == "" || name == "*" || strings.Contains(name, "..") || strings.ContainsAny(name, ", ") {
		r.fail("#/x-version", "is not a version: a text without spaces, commas and two dots in a row")
	}
	return name
}

// reader reads one schema.
type reader struct {
	root      *node
	rootName  string
	draft     draft
	types     map[string]*model.Type   // by name
	values    map[string]*value        // what has been read, by place; nil while it is
	checked   map[string]bool          // places whose keywords have been looked at
	again     map[string]func() *value // how to read what is being read, from what it leads to
	goNames   map[string]bool          // taken
	numbers   map[string]int           // that types got behind their names, the last by Go name
	names     map[string]string        // of types, by what identifies them
	assumed   string                   // the document's own value, if its schema does not say that it is an object
	depth     int                      // how many values are being read, each in the one before
	written   int                      // bytes of what identifies all values
	exhausted bool                     // there are too many to be read
	errs      []error
	failed    map[string]bool // the texts of errs
}

// fail notes that a place is malformed or not supported.
func (r *reader) fail(at, format string, args ...any) {
	text := at + ": " + fmt.Sprintf(format, args...)
	// What is part of several types is read several times.
	if !r.failed[text] {
		r.failed[text] = true
		r.errs = append(r.errs, errors.New(text))
	}
}

// place is a schema within the document.
type place struct {
	n  *node
	at string // its JSON Pointer, "#" for the root
}

func (p place) member(name string) place { return place{p.n.get(name), p.at + "/" + escape(name)} }

func (p place) elem(i int) place { return place{p.n.elems[i], fmt.Sprintf("%s/%d", p.at, i)} }

// documents reads the types of documents, and with them all types that they
// lead to.
func (r *reader) documents() {
	root := place{r.root, "#"}
	if slices.ContainsFunc(r.root.members, func(m member) bool { return asserts(m.name) }) {
		r.document(root, true)
		return
	}
	r.keywords(root)
	found := false
	for _, container := range definitions {
		defs := root.member(container)
		if defs.n == nil {
			continue
		}
		for _, m := range defs.n.members {
			found = r.document(defs.member(m.name), false) || found
		}
	}
	if !found && len(r.errs) == 0 {
		r.fail("#", "describes no object: neither itself nor in a definition")
	}
}

// document reads a place whose type is that of documents. need says that it
// must be an object; else it reports whether it is one.
func (r *reader) document(p place, need bool) bool {
	p = r.follow(p)
	v := r.value([]place{p}, need)
	t := r.types[v.ref.Ref]
	if t == nil || t.Kind != model.Object || v.array {
		if need && len(r.errs) == 0 {
			r.fail(p.at, "documents are objects: of what form is not said")
		}
		return false
	}
	if t.Class == nil {
		t.Class = &model.Class{}
	}
	return true
}

// title is the caption of a schema: its title, or else the first sentence of
// its description.
func title(n *node) string {
	text := strings.Join(strings.Fields(n.text("title")), " ")
	if text == "" {
		text = strings.Join(strings.Fields(n.text("description")), " ")
		if i := strings.Index(text, ". "); i >= 0 {
			text = text[:i]
		}
	}
	return strings.TrimSuffix(text, ".")
}
