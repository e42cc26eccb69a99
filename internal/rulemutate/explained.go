package main

// explained names the mutants that no test can notice, each with its reason.
var explained = map[string]string{
	"idmefv2/lint.go (*linter).hostname: l.placeholder(at, *name, noValue)": "a name that stands for none is not fully qualified, which a rule has reported; what is reported is not suspected",

	`idmefv2/lint.go (*linter).email: l.placeholder(n.member("Email"), *email, noValue)`: "a text that stands for no address is none, which a rule has reported",

	`mozdef/lint_time.go linter.times: l.time("/receivedtimestamp", receivedtimestamp)`: "receivedtimestamp of a sender is read-only, which a rule has reported",

	"ocsf/lint_bundle.go (*bundleJudgement).suspicious = true": "saves the check of events of which nothing would be kept",

	"wire/check.go (*Checker).Finish: clear(c.path[:cap(c.path)])": "lets go of memory",
	"wire/check.go (*Checker).Finish: checkers.Put(c)":             "spares memory",
	"wire/check.go (*Checker).full = false":                        "saves work of which nothing would be kept",
	"wire/check.go (*Checker).wants = true":                        "saves the text of a violation that would not be kept",
	"wire/values.go (*Scalar).fine = false":                        "a short cut past checks that find nothing",
	"wire/values.go (*Scalar).fineInt = false":                     "a short cut past checks that find nothing",
	"wire/values.go (*Scalar).fineFloat = false":                   "a short cut past checks that find nothing",
	"wire/check.go (*Field).rawsFit = false":                       "a short cut past checks that find nothing",
	"wire/check.go Flags.holds = false":                            "a short cut past checks that find nothing",
	"wire/check.go (*Checker).rawObject: d.Forget()":               "lets go of memory",
	"wire/check.go (*Checker).rawObject: decoders.Put(d)":          "spares memory",
	"wire/values.go (*Enum).plain = false":                         "a short cut past a check that finds nothing",
}
