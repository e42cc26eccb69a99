package secmodel

// Hint names the format of documents that do not say themselves what they are:
// "idmefv2", "ocsf" or "mozdef". It decides only where detection would fail,
// because nothing or too much speaks for a format; a document that clearly is of
// another format is read as that.
func Hint(format string) Option { return func(o *Options) { o.Hint = format } }

// Bundle reads a stream of OCSF bundles event by event, and writes a stream as
// one bundle: {"events": […]}. Reading needs memory for one event at a time, not
// for the bundle; the other attributes of the bundle are not given to anyone.
// Documents that are no bundles are read as without the option.
func Bundle() Option { return func(o *Options) { o.Bundle = true } }

// Workers sets how many goroutines a parallel reader decodes and checks with.
// The default, and what 0 or less stands for, is one for each processor that Go
// uses (runtime.GOMAXPROCS).
func Workers(n int) Option { return func(o *Options) { o.Workers = n } }
