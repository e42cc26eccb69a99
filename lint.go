package secmodel

// Lint adds suspicions to a report: what the specification allows and what is
// probably still a mistake, as a time in seconds where milliseconds are due, or
// "N/A" for an address. They never make a message invalid.
func Lint() Option { return func(o *Options) { o.Lint = Suspecter.Suspect } }

// Suspecter is the check of a message when it comes to look for suspicions. It
// is for packages that implement formats: they hand it to Options.Lint, if that
// is set. As only the option Lint names the method, the linker leaves the code
// for suspicions out of programs that do not use the option.
type Suspecter interface {
	// Suspect adds to the report of the check.
	Suspect()
}
