package secmodel

import "sync"

// Option changes how messages are read, checked or written. One list of
// options serves all functions; each uses those that concern it. An Option must
// not keep the pointer that it is given.
type Option func(*Options)

// Options is the sum of a list of Option. It is exported for packages that
// implement formats; callers use the With… functions.
type Options struct {
	Version         string // judge by this version instead of the message's own
	Text            bool   // rules of the specification's text are errors, not warnings
	Recommended     bool   // report absent recommended attributes
	SkipValidation  bool
	SkipObservables bool            // leave the list of observables as it is
	Lint            func(Suspecter) // report what is allowed and probably still a mistake; nil: do not
	Repair          func(Repaired)
	Strict          bool // warnings fail too
	ErrorsOnly      bool // do not look for warnings
	Reuse           bool
	Indent          string
	ContentEncoding string // gzip, deflate, zstd; "" or identity for none
	Hint            string // the format of documents that do not say
	Bundle          bool   // a stream of JSON is a bundle of events
	Workers         int    // goroutines of a parallel reader; 0 for one a processor
	MaxDepth        int    // nesting of objects and arrays
	MaxBytes        int    // size of one document in bytes
	MaxViolations   int
}

// Limits that hold when no option sets others.
const (
	DefaultMaxDepth      = 64
	DefaultMaxBytes      = 64 << 20
	DefaultMaxViolations = 1000
)

// NewOptions adds up opts over the defaults.
func NewOptions(opts ...Option) Options {
	if len(opts) == 0 {
		return defaults() // spares the memory that options are applied in
	}
	o := scratch.Get().(*Options)
	defer scratch.Put(o)
	*o = defaults()
	for _, opt := range opts {
		opt(o)
	}
	sum := *o
	*o = Options{} // of what it refers to nothing is kept
	if sum.MaxDepth <= 0 {
		sum.MaxDepth = DefaultMaxDepth
	}
	return sum
}

// scratch is memory to apply options in, which would be the only allocation of
// many a check.
var scratch = sync.Pool{New: func() any { return new(Options) }}

func defaults() Options {
	return Options{MaxDepth: DefaultMaxDepth, MaxBytes: DefaultMaxBytes, MaxViolations: DefaultMaxViolations}
}

// WithVersion judges a message by version v of its format ("2.D.V08",
// "1.3.0"), whatever version it names itself.
func WithVersion(v string) Option { return func(o *Options) { o.Version = v } }

// Text makes errors of the rules that only the specification's text states, as
// references between attachments in IDMEFv2; without it they are warnings.
func Text() Option { return func(o *Options) { o.Text = true } }

// Recommended reports recommended attributes that are absent, as warnings.
func Recommended() Option { return func(o *Options) { o.Recommended = true } }

// SkipValidation leaves validation out of Serialize and Unserialize.
func SkipValidation() Option { return func(o *Options) { o.SkipValidation = true } }

// SkipObservables leaves the list of observables out of enriching and reducing
// an OCSF event.
func SkipObservables() Option { return func(o *Options) { o.SkipObservables = true } }

// Strict makes warnings fail validation as errors do.
func Strict() Option { return func(o *Options) { o.Strict = true } }

// ErrorsOnly is an Option that leaves warnings and suspicions out of a report,
// which takes less time than finding them.
func ErrorsOnly(o *Options) { o.ErrorsOnly = true }

// Repair mends known deviations of a document while it is read, and calls report
// for each one mended, before the message is validated; with a nil report
// nothing is mended. Report is called by the goroutine that reads; with several
// of those, as in a parallel reader, it must be safe for concurrent use.
// Functions that only check or write leave their message as it is.
func Repair(report func(Repaired)) Option { return func(o *Options) { o.Repair = report } }

// Indent writes documents over several lines, indented by s (spaces or tabs)
// for each level. The empty string means compact, which is the default.
func Indent(s string) Option { return func(o *Options) { o.Indent = s } }

// ContentEncoding compresses what is written, and says how a stream that is read
// is compressed: "gzip", "deflate" or "zstd", names of HTTP (RFC 9110, section
// 8.4.1; RFC 8878). "identity" and the empty string, which is the default, mean
// not at all.
func ContentEncoding(name string) Option { return func(o *Options) { o.ContentEncoding = name } }

// MaxDepth limits how deeply objects and arrays may be nested; the default, and
// what 0 or less stands for, is DefaultMaxDepth. A deeper document is a syntax
// error.
func MaxDepth(n int) Option { return func(o *Options) { o.MaxDepth = n } }

// MaxBytes limits the size of one document in bytes; the default is
// DefaultMaxBytes. A larger one fails with ErrTooLarge.
func MaxBytes(n int) Option { return func(o *Options) { o.MaxBytes = n } }

// MaxViolations limits how many violations a Report lists; the default is
// DefaultMaxViolations. Report.Truncated says that there were more.
func MaxViolations(n int) Option { return func(o *Options) { o.MaxViolations = n } }

// Reuse lets a stream give the memory of a message to the next one: a message
// is then valid only until the next is read.
func Reuse() Option { return func(o *Options) { o.Reuse = true } }
