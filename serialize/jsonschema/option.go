package jsonschema

// Draft is a version of the JSON Schema language.
type Draft string

// The drafts that schemas may be written in.
const (
	Draft04     Draft = "draft-04"
	Draft06     Draft = "draft-06"
	Draft07     Draft = "draft-07"
	Draft201909 Draft = "2019-09"
	Draft202012 Draft = "2020-12"
)

// Option changes how [Compile] reads a schema.
type Option func(*options)

type options struct {
	draft     Draft
	uri       string
	resources []resource
	format    bool
}

// WithDraft sets the draft of documents that do not name theirs in $schema. The
// default is Draft202012.
func WithDraft(d Draft) Option { return func(o *options) { o.draft = d } }

// WithURI sets the absolute URI that the schema is known by. Relative references
// start from it, unless the schema has an identifier of its own ($id, in draft-04
// id).
func WithURI(uri string) Option { return func(o *options) { o.uri = uri } }

// WithResource gives a further schema that references may lead to, by its URI,
// which may be relative to that of the schema, and by the identifier that it has
// itself. It must be a right schema, even if nothing refers to it. data is not
// kept.
func WithResource(uri string, data []byte) Option {
	return func(o *options) { o.resources = append(o.resources, resource{uri, data}) }
}

// AssertFormat makes the keyword format an assertion: a string that is not of
// the format is an error. Formats that JSON Schema does not define are passed
// over.
func AssertFormat() Option { return func(o *options) { o.format = true } }
