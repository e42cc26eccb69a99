package serialize

import (
	"fmt"
	"slices"
	"strings"

	"github.com/secmodel/secmodel"
)

// media is a media type, or a range of them, with its parameters (RFC 9110,
// sections 5.6.6 and 8.3.1).
type media struct {
	name   string // in lower case
	params []param
}

// param is a parameter; its name is in lower case.
type param struct{ name, value string }

// parseMedia reads a whole media type. The error says what is wrong.
func parseMedia(s string) (media, error) {
	r := fieldReader{s: s}
	r.space()
	m, err := r.media()
	if err == nil && r.i < len(s) {
		err = r.unexpected("a semicolon")
	}
	return m, err
}

// charset returns the parameter charset, "" if there is none. It may be given
// twice only if it says the same.
func (m media) charset() (string, error) {
	found := ""
	for _, p := range m.params {
		if p.name != "charset" {
			continue
		}
		if found != "" && !strings.EqualFold(found, p.value) {
			return "", fmt.Errorf("it has two charsets")
		}
		found = p.value
	}
	return found, nil
}

// fieldReader reads the value of a header field.
type fieldReader struct {
	s string
	i int
}

// unexpected is the error for what cannot stand here.
func (r *fieldReader) unexpected(want string) error {
	if r.i >= len(r.s) {
		return fmt.Errorf("it ends where %s should follow", want)
	}
	return fmt.Errorf("%q at byte %d where %s should follow", r.s[r.i], r.i, want)
}

// space passes over optional white space.
func (r *fieldReader) space() {
	for r.i < len(r.s) && (r.s[r.i] == ' ' || r.s[r.i] == '\t') {
		r.i++
	}
}

// take passes over c, if it is next.
func (r *fieldReader) take(c byte) bool {
	if r.i < len(r.s) && r.s[r.i] == c {
		r.i++
		return true
	}
	return false
}

// token reads a token (RFC 9110, section 5.6.2).
func (r *fieldReader) token() (string, error) {
	from := r.i
	for r.i < len(r.s) && isTokenByte(r.s[r.i]) {
		r.i++
	}
	if from == r.i {
		return "", r.unexpected("a name")
	}
	return r.s[from:r.i], nil
}

func isTokenByte(c byte) bool {
	switch {
	case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
		return true
	}
	return strings.IndexByte("!#$%&'*+-.^_`|~", c) >= 0
}

// quoted reads a quoted string, whose quote is next.
func (r *fieldReader) quoted() (string, error) {
	var b strings.Builder
	for r.i++; r.i < len(r.s); r.i++ {
		switch c := r.s[r.i]; {
		case c == '"':
			r.i++
			return b.String(), nil
		case c == '\\' && r.i+1 < len(r.s):
			r.i++
			b.WriteByte(r.s[r.i])
		case c < ' ' && c != '\t' || c == 0x7f:
			return "", r.unexpected("the rest of the quoted string")
		default:
			b.WriteByte(c)
		}
	}
	return "", r.unexpected("a closing quote")
}

// media reads a media type or range and its parameters.
func (r *fieldReader) media() (media, error) {
	kind, err := r.token()
	if err != nil {
		return media{}, err
	}
	if !r.take('/') {
		return media{}, r.unexpected("a slash")
	}
	sub, err := r.token()
	if err != nil {
		return media{}, err
	}
	m := media{name: strings.ToLower(kind + "/" + sub)}
	for {
		r.space()
		if !r.take(';') {
			return m, nil
		}
		r.space()
		if r.i >= len(r.s) || r.s[r.i] == ';' || r.s[r.i] == ',' {
			continue // a parameter may be left out
		}
		name, err := r.token()
		if err != nil {
			return media{}, err
		}
		if !r.take('=') {
			return media{}, r.unexpected("an equals sign")
		}
		var value string
		if r.i < len(r.s) && r.s[r.i] == '"' {
			value, err = r.quoted()
		} else {
			value, err = r.token()
		}
		if err != nil {
			return media{}, err
		}
		m.params = append(m.params, param{strings.ToLower(name), value})
	}
}

// format returns the format of a content type: its name in any case, or its
// suffix; the empty content type means JSON. The only charset is UTF-8, or its
// subset ASCII; other parameters are ignored.
func (c *Codec) format(contentType string) (*format, error) {
	if contentType == "" {
		contentType = JSON
	}
	if f := c.named(contentType); f != nil {
		return f, nil // spares reading what is in its usual form
	}
	m, err := parseMedia(contentType)
	if err != nil {
		return nil, fmt.Errorf("%w %q: %w", secmodel.ErrMediaType, contentType, err)
	}
	charset, err := m.charset()
	if err != nil {
		return nil, fmt.Errorf("%w %q: %w", secmodel.ErrMediaType, contentType, err)
	}
	if charset != "" && !isUTF8(charset) {
		return nil, fmt.Errorf("%w %q: the only charset is utf-8", secmodel.ErrMediaType, contentType)
	}
	f := c.named(m.name)
	if f == nil {
		f = c.suffixed(m.name)
	}
	if f == nil {
		return nil, fmt.Errorf("%w %q: not one of %s", secmodel.ErrMediaType, contentType, strings.Join(c.ContentTypes(), ", "))
	}
	return f, nil
}

// isUTF8 reports whether text in a charset is UTF-8 as it is.
func isUTF8(charset string) bool {
	return strings.EqualFold(charset, "utf-8") || strings.EqualFold(charset, "us-ascii")
}

// named finds a format by the name of its content type, in lower case.
func (c *Codec) named(name string) *format {
	for _, f := range c.formats {
		if slices.Contains(f.types, name) {
			return f
		}
	}
	return nil
}

// suffixed finds a format by the structured syntax suffix (RFC 6838, section
// 4.2.8) of a name, in lower case.
func (c *Codec) suffixed(name string) *format {
	_, sub, _ := strings.Cut(name, "/")
	plus := strings.LastIndexByte(sub, '+')
	if plus <= 0 {
		return nil
	}
	for _, f := range c.formats {
		if f.suffix != "" && f.suffix == sub[plus+1:] {
			return f
		}
	}
	return nil
}
