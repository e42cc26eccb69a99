package schemas

// Dialect is a version of the JSON Schema language, by the URI that names it.
type Dialect string

// The dialects that plain schemas are written in.
const (
	Draft202012 Dialect = "https://json-schema.org/draft/2020-12/schema"
	Draft07     Dialect = "http://json-schema.org/draft-07/schema#"
	Draft04     Dialect = "http://json-schema.org/draft-04/schema#"
)

var dialects = [...]Dialect{Draft202012, Draft07, Draft04}

// Option changes how [Plain] writes a schema.
type Option func(*options)

type options struct {
	dialect Dialect
	strict  bool
}

// WithDialect sets the dialect of the schema. The default is Draft202012.
func WithDialect(d Dialect) Option {
	return func(o *options) { o.dialect = d }
}

// Strict makes the schema refuse what is only a warning too: what receivers
// accept, store altered or ignore, and what the official schema of a version
// forgot to check.
func Strict() Option {
	return func(o *options) { o.strict = true }
}
