package serialize

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/secmodel/secmodel"
)

// Codec reads and writes messages of a set of content types. It does not change
// once it is made, and is safe for concurrent use. The functions of the package
// use the one that has the content types of the package.
type Codec struct {
	formats []*format
}

// standard is the Codec of the functions of the package.
var standard = Codec{formats: []*format{
	&jsonFormat, &linesFormat, &jsonSeqFormat, &cborFormat, &cborSeqFormat, &msgPackFormat, &yamlFormat,
}}

// NewCodec returns a Codec that knows the content types of the package and those
// added. The error says which Format cannot be added, and why: it lacks
// something, or another has the same name or suffix.
func NewCodec(added ...Format) (*Codec, error) {
	c := &Codec{formats: slices.Clone(standard.formats)}
	for i := range added {
		f, err := c.check(&added[i])
		if err != nil {
			return nil, fmt.Errorf("serialize: Format %d (%s): %w", i, strings.Join(added[i].Types, ", "), err)
		}
		c.formats = append(c.formats, f)
	}
	return c, nil
}

// check makes a format of a Format, if it can be added to c.
func (c *Codec) check(added *Format) (*format, error) {
	switch {
	case len(added.Types) == 0:
		return nil, errors.New("it has no Types")
	case added.ToJSON == nil || added.FromJSON == nil:
		return nil, errors.New("it needs both ToJSON and FromJSON")
	case added.Frame == nil && added.End != nil:
		return nil, errors.New("it has End without Frame")
	}
	for i, name := range added.Types {
		m, err := parseMedia(name)
		switch {
		case err != nil:
			return nil, fmt.Errorf("the type %q is malformed: %w", name, err)
		case m.name != name || strings.Contains(name, "*"):
			return nil, fmt.Errorf("the type %q must be one type, in lower case, without parameters", name)
		case c.named(name) != nil || slices.Contains(added.Types[:i], name):
			return nil, fmt.Errorf("the type %s is taken", name)
		}
	}
	if s := added.Suffix; s != "" {
		for i := range len(s) {
			if !isTokenByte(s[i]) || s[i] == '+' || s[i] >= 'A' && s[i] <= 'Z' {
				return nil, fmt.Errorf("the suffix %q must be letters in lower case, digits and hyphens, without the plus sign", s)
			}
		}
		if c.suffixed("x/x+"+s) != nil {
			return nil, fmt.Errorf("the suffix %s is taken", s)
		}
	}
	f := &format{
		types: slices.Clone(added.Types), suffix: added.Suffix, syntax: syntaxConverted,
		toJSON: added.ToJSON, fromJSON: added.FromJSON, locate: added.Locate,
		split: (*splitter).whole, frame: added.Frame, end: added.End,
	}
	if split := added.Split; split != nil {
		f.split = func(s *splitter) error { return s.scan(split) }
	}
	if f.end == nil {
		f.end = nothingFirst
	}
	return f, nil
}

// Only returns a Codec that knows only those of c's content types that are named,
// by any of their names, in that order, and the suffixes that go with them: for
// a receiver that is not to take all that the package can read. The error wraps
// secmodel.ErrMediaType if c has no such type.
func (c *Codec) Only(contentTypes ...string) (*Codec, error) {
	only := new(Codec)
	for _, contentType := range contentTypes {
		f := c.named(strings.ToLower(contentType))
		if f == nil {
			return nil, fmt.Errorf("%w %q: not one of %s", secmodel.ErrMediaType, contentType, strings.Join(c.ContentTypes(), ", "))
		}
		if !slices.Contains(only.formats, f) {
			only.formats = append(only.formats, f)
		}
	}
	if len(only.formats) == 0 {
		return nil, fmt.Errorf("%w: none is left", secmodel.ErrMediaType)
	}
	return only, nil
}

// ContentTypes lists the content types that c reads and writes, in the order in
// which it prefers them; names of the same type follow each other. Types with
// the suffixes of these are taken too.
func (c *Codec) ContentTypes() []string {
	var list []string
	for _, f := range c.formats {
		list = append(list, f.types...)
	}
	return list
}

// ContentTypes lists the content types that the package reads and writes, as
// Codec.ContentTypes does.
func ContentTypes() []string { return standard.ContentTypes() }

// Negotiate picks the content type for a response, as Codec.Negotiate does.
func Negotiate(accept string) (contentType string, err error) { return standard.Negotiate(accept) }
