package jsonschema

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	v5 "github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/secmodel/secmodel/wire"
)

// Sentinels for errors.Is. The errors that wrap them say more.
var (
	// ErrSchema: a schema is not well-formed, not right by its draft, or beyond
	// a limit.
	ErrSchema = errors.New("unusable JSON Schema")
	// ErrUnresolved: a reference leads to a document that was not given. The
	// error is also an ErrSchema.
	ErrUnresolved = errors.New("nothing is fetched: give the document with WithResource")
)

// defaultURI is the URI of a schema without one.
const defaultURI = "schema:///schema"

// Limits of the text of one schema. The time of compiling grows with the square
// of references and objects, its recursion with the longest chain of references.
// The schema of a whole release of OCSF is within them.
const (
	maxBytes   = 16 << 20 // size
	maxDepth   = 256      // nesting
	maxRefs    = 15_000   // $ref, $dynamicRef and $recursiveRef
	maxObjects = 50_000   // objects, subschemas among them
)

// Schema is a compiled schema. It never changes, and may be used by several
// goroutines.
type Schema struct {
	root  *v5.Schema
	draft Draft
	uri   string
	rules rules
}

// URI returns what the schema is known by: its own identifier, or else what
// WithURI gave.
func (s *Schema) URI() string { return s.uri }

// Draft returns the draft that the schema is written in.
func (s *Schema) Draft() Draft { return s.draft }

// Compile reads a schema and all it refers to. The error wraps ErrSchema, and
// also ErrUnresolved if a reference leads nowhere.
func Compile(schema []byte, opts ...Option) (s *Schema, err error) {
	o := options{draft: Draft202012, uri: defaultURI}
	for _, opt := range opts {
		opt(&o)
	}
	c, err := o.compiler()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSchema, err)
	}
	uris, err := o.add(c, schema)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSchema, err)
	}
	// Resources go first, so that an error names the document it is in.
	var root *v5.Schema
	for _, uri := range uris {
		if root, err = compile(c, uri); err != nil {
			return nil, fmt.Errorf("%w: %s: %w", ErrSchema, cmp.Or(strings.TrimPrefix(uri, defaultURI), "the schema"), err)
		}
	}
	r := newRules(root)
	if r.inPlace() > maxInPlace {
		return nil, fmt.Errorf("%w: more than %d schemas apply to one value", ErrSchema, maxInPlace)
	}
	return &Schema{root, draftOf(root.Draft), strings.TrimSuffix(root.Location, "#"), r}, nil
}

// compiler returns a compiler that fetches nothing.
func (o *options) compiler() (*v5.Compiler, error) {
	c := v5.NewCompiler()
	i := slices.IndexFunc(drafts[:], func(d draft) bool { return d.name == o.draft })
	if i < 0 {
		return nil, fmt.Errorf("there is no draft %q", o.draft)
	}
	c.Draft = drafts[i].v5
	c.LoadURL = func(uri string) (io.ReadCloser, error) {
		return nil, &unresolvedError{uri}
	}
	c.AssertFormat = o.format
	if !o.format {
		// Drafts before 2019 assert formats whatever AssertFormat says.
		for name := range v5.Formats {
			c.Formats[name] = func(any) bool { return true }
		}
	}
	return c, nil
}

type draft struct {
	name Draft
	v5   *v5.Draft
}

var drafts = [...]draft{
	{Draft04, v5.Draft4}, {Draft06, v5.Draft6}, {Draft07, v5.Draft7}, {Draft201909, v5.Draft2019}, {Draft202012, v5.Draft2020},
}

func draftOf(d *v5.Draft) Draft {
	i := slices.IndexFunc(drafts[:], func(e draft) bool { return e.v5 == d })
	return drafts[i].name
}

// unresolvedError says which document is not there.
type unresolvedError struct{ uri string }

func (e *unresolvedError) Error() string {
	return fmt.Sprintf("a reference leads to %q; %v", e.uri, ErrUnresolved)
}

func (e *unresolvedError) Is(target error) bool { return target == ErrUnresolved }

// compile compiles the document at uri.
func compile(c *v5.Compiler, uri string) (s *v5.Schema, err error) {
	defer func() {
		// The compiler panics on some faults that the meta-schemas do not see,
		// as references at places where no schema is expected.
		if r := recover(); r != nil {
			s, err = nil, fmt.Errorf("it can not be compiled: %v", r)
		}
	}()
	s, err = c.Compile(uri)
	if err == nil {
		return s, nil
	}
	if e, ok := errors.AsType[*unresolvedError](err); ok {
		return nil, e
	}
	if e, ok := errors.AsType[*v5.ValidationError](err); ok {
		return nil, errors.New(faults(e))
	}
	if e, ok := errors.AsType[*v5.SchemaError](err); ok {
		err = e.Err
	}
	return nil, errors.New(strings.TrimPrefix(err.Error(), "jsonschema: "))
}

// maxFaults is how many faults of a schema an error spells out.
const maxFaults = 3

// faults says what makes a schema wrong by its draft.
func faults(e *v5.ValidationError) string {
	var list []string
	var walk func(*v5.ValidationError)
	walk = func(e *v5.ValidationError) {
		for _, cause := range e.Causes {
			walk(cause)
		}
		if len(e.Causes) == 0 {
			list = append(list, fmt.Sprintf("at %q %s", unescape(e.InstanceLocation), e.Message))
		}
	}
	walk(e)
	slices.Sort(list)
	list = slices.Compact(list)
	if n := len(list); n > maxFaults {
		list = append(list[:maxFaults], fmt.Sprintf("and %d more", n-maxFaults))
	}
	return strings.Join(list, "; ")
}

// admit checks the text of a schema before anything is made of it.
func admit(data []byte) error {
	if len(data) > maxBytes {
		return fmt.Errorf("%d bytes, more than %d", len(data), maxBytes)
	}
	if err := wire.CheckSyntax(data, maxDepth); err != nil {
		return err
	}
	list, err := scan(data)
	if err != nil {
		return err
	}
	if len(list) > 0 {
		wire.Locate(data, list)
		return errors.New(list[0].String())
	}
	if n := bytes.Count(data, []byte(`ef"`)); n > maxRefs {
		return fmt.Errorf("%d references, more than %d", n, maxRefs)
	}
	if n := bytes.Count(data, []byte{'{'}); n > maxObjects {
		return fmt.Errorf("%d objects, more than %d", n, maxObjects)
	}
	return nil
}

// resource is a document that references may lead to.
type resource struct {
	uri  string
	data []byte
}

// add gives the schema and the resources to the compiler, and returns their
// URIs, that of the schema last.
func (o *options) add(c *v5.Compiler, schema []byte) ([]string, error) {
	base, err := url.Parse(o.uri)
	if err != nil || !base.IsAbs() {
		return nil, fmt.Errorf("%q is no absolute URI", o.uri)
	}
	if err := admit(schema); err != nil {
		return nil, err
	}
	if id := identifier(schema); id != "" {
		if ref, err := base.Parse(id); err == nil {
			base = ref
		}
	}
	var uris []string
	known := map[string]bool{}
	add := func(uri *url.URL, data []byte) (string, error) {
		if uri.Fragment != "" {
			return "", fmt.Errorf("%q has a fragment: a document has none", uri)
		}
		text := strings.TrimSuffix(uri.String(), "#")
		if known[text] {
			return "", fmt.Errorf("%q is given twice", text)
		}
		known[text] = true
		return text, c.AddResource(text, bytes.NewReader(data))
	}
	for _, r := range o.resources {
		uri, err := base.Parse(r.uri)
		if err != nil {
			return nil, fmt.Errorf("%q is no URI", r.uri)
		}
		if err := admit(r.data); err != nil {
			return nil, fmt.Errorf("%s: %w", r.uri, err)
		}
		text, err := add(uri, r.data)
		if err != nil {
			return nil, err
		}
		uris = append(uris, text)
	}
	// The identifiers go after the URIs given, which may be the same.
	for _, r := range o.resources {
		name := identifier(r.data)
		id, err := base.Parse(name)
		if name == "" || err != nil || id.Fragment != "" || known[strings.TrimSuffix(id.String(), "#")] {
			continue
		}
		if _, err := add(id, r.data); err != nil {
			return nil, err
		}
	}
	own, err := url.Parse(o.uri)
	if err != nil {
		return nil, err
	}
	text, err := add(own, schema)
	return append(uris, text), err
}
