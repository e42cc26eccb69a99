package pattern

// A Substitute is an expression of a specification that package regexp cannot
// parse, and the one that stands for it.
type Substitute struct {
	Name       string // of the type, with the versions that have the expression
	Original   string // as the specification has it
	Expression string // what Compile makes of it
	Reason     string // what is wrong, and what was taken for the intention
}

// SubstituteFor gives what Compile puts in the place of expr, if anything.
func SubstituteFor(expr string) (Substitute, bool) {
	for _, s := range substitutes {
		if s.Original == expr {
			return s, true
		}
	}
	return Substitute{}, false
}

var substitutes = [...]Substitute{{
	Name: "OCSF 1.0.0 ip_t",
	Original: `/^(?>(?>([a-f0-9]{1,4})(?>:(?1)){7}|(?!(?:.*[a-f0-9](?>:|$)){8,})((?1)(?>:(?1)){0,6})?::(?2)?)` +
		`|(?>(?>(?1)(?>:(?1)){5}:|(?!(?:.*[a-f0-9]:){6,})(?3)?::(?>((?1)(?>:(?1)){0,4}):)?)?` +
		`(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?>\.(?4)){3}))$/iD`,
	Expression: `^(?:` + ipv6 + `|(?:` + ipv6Head + `)?` + octet + `(?:\.` + octet + `){3})$`,
	Reason: "PCRE with its delimiters, which make it match nothing. Without them it is an IPv6 address of eight " +
		"groups, or of at most seven around '::', whose last two groups can be an IPv4 address, or an IPv4 address " +
		"alone; no zone, no leading zeros in IPv4. Its atomic groups prevent an IPv4 address after '::' although one " +
		"branch is for nothing else; that is taken for a mistake.",
}}

// Parts of the expression for ip_t. A lookahead counts the groups around "::"
// in the original; here there is one line per number of groups before it.
const (
	group = `[0-9A-Fa-f]{1,4}`
	octet = `(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])`

	ipv6 = `(?:` + group + `:){7}` + group +
		`|:(?::` + group + `){1,7}` +
		`|` + group + `:(?::` + group + `){1,6}` +
		`|(?:` + group + `:){2}(?::` + group + `){1,5}` +
		`|(?:` + group + `:){3}(?::` + group + `){1,4}` +
		`|(?:` + group + `:){4}(?::` + group + `){1,3}` +
		`|(?:` + group + `:){5}(?::` + group + `){1,2}` +
		`|(?:` + group + `:){6}:` + group +
		`|(?:` + group + `:){1,7}:` +
		`|::`

	// ipv6Head is what can come before an IPv4 address.
	ipv6Head = `(?:` + group + `:){6}` +
		`|::(?:` + group + `:){0,5}` +
		`|` + group + `::(?:` + group + `:){0,4}` +
		`|(?:` + group + `:){2}:(?:` + group + `:){0,3}` +
		`|(?:` + group + `:){3}:(?:` + group + `:){0,2}` +
		`|(?:` + group + `:){4}:(?:` + group + `:)?` +
		`|(?:` + group + `:){5}:`
)
