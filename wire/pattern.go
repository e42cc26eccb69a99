package wire

// Pattern is a regular expression as a deterministic automaton over bytes.
// The generator makes it; it matches exactly what package regexp does with the
// same expression, unanchored unless the expression is.
type Pattern struct {
	Source string // the expression, for messages
}
