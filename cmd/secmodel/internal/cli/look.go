package cli

// look says how text for people is dressed up.
type look struct{ colour bool }

// The colours that text is written in: parameters of the terminal's sequence
// for the rendition of graphics (ECMA-48, SGR).
const (
	red    = "1;31"
	yellow = "1;33"
	cyan   = "1;36"
	green  = "1;32"
)

// paint writes text in a colour, if there are colours.
func (l look) paint(colour, text string) string {
	if !l.colour || text == "" {
		return text
	}
	return "\x1b[" + colour + "m" + text + "\x1b[0m"
}
