package serialize

import (
	"fmt"
	"strings"

	"github.com/secmodel/secmodel"
)

// Negotiate picks the content type for a response from the value of an Accept
// header field (RFC 9110, section 12.5.1): the one with the highest quality, and
// of several the first in the order of ContentTypes. A name with a suffix that
// is known, as application/vnd.example+json, counts if accept names it itself.
// For each type the most specific range that matches counts. A range with
// parameters other than charset=utf-8 matches nothing, because no type that is
// written has any; malformed ranges are passed over. An empty accept means JSON.
// The error wraps secmodel.ErrMediaType if nothing acceptable can be written.
func (c *Codec) Negotiate(accept string) (contentType string, err error) {
	if strings.Trim(accept, " \t") == "" {
		return c.formats[0].types[0], nil
	}
	ranges := parseAccept(accept)
	best, bestQ := "", 0
	consider := func(name string) {
		if q := quality(ranges, name); q > bestQ {
			best, bestQ = name, q
		}
	}
	for _, f := range c.formats {
		for _, name := range f.types {
			consider(name)
		}
	}
	for _, r := range ranges {
		if c.named(r.name) == nil && c.suffixed(r.name) != nil {
			consider(r.name)
		}
	}
	if best == "" {
		return "", fmt.Errorf("%w: none of %q can be written", secmodel.ErrMediaType, accept)
	}
	return best, nil
}

// mediaRange is an element of an Accept field.
type mediaRange struct {
	media
	q int // in thousandths
}

// parseAccept reads the elements of an Accept field that are well-formed.
func parseAccept(accept string) []mediaRange {
	var list []mediaRange
	r := fieldReader{s: accept}
	for r.i < len(accept) {
		r.space()
		m, err := r.media()
		if err != nil || r.i < len(accept) && accept[r.i] != ',' {
			r.skipElement()
		} else if q, rest, ok := weight(m.params); ok {
			m.params = rest
			list = append(list, mediaRange{m, q})
		}
		r.take(',')
	}
	return list
}

// skipElement passes over what is left of a malformed element of a list.
func (r *fieldReader) skipElement() {
	for r.i < len(r.s) && r.s[r.i] != ',' {
		if r.s[r.i] != '"' {
			r.i++
		} else if _, err := r.quoted(); err != nil {
			return
		}
	}
}

// weight splits parameters at the weight (RFC 9110, section 12.4.2), which is
// 1000 if there is none. What follows it belongs to no media type.
func weight(params []param) (q int, rest []param, ok bool) {
	for i, p := range params {
		if p.name == "q" {
			q, ok = qvalue(p.value)
			return q, params[:i], ok
		}
	}
	return 1000, params, true
}

// qvalue reads a weight: 0 to 1 with at most three digits after the point.
func qvalue(s string) (thousandths int, ok bool) {
	if len(s) == 0 || len(s) > len("0.000") || s[0] != '0' && s[0] != '1' || len(s) > 1 && s[1] != '.' {
		return 0, false
	}
	thousandths = int(s[0]-'0') * 1000
	unit := 100
	for i := 2; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		thousandths += int(s[i]-'0') * unit
		unit /= 10
	}
	return thousandths, thousandths <= 1000
}

// quality returns the weight that ranges give to a media type, in thousandths:
// that of the most specific range that matches, 0 if none does.
func quality(ranges []mediaRange, name string) int {
	kind, _, _ := strings.Cut(name, "/")
	q, specific := 0, 0
	for _, r := range ranges {
		if !describesUTF8(r.params) {
			continue
		}
		s := 0
		switch r.name {
		case name:
			s = 3 + min(len(r.params), 1)
		case kind + "/*":
			s = 2
		case "*/*":
			s = 1
		}
		if s > specific {
			q, specific = r.q, s
		}
	}
	return q
}

// describesUTF8 reports whether parameters say of a type only that it is UTF-8.
func describesUTF8(params []param) bool {
	for _, p := range params {
		if p.name != "charset" || !strings.EqualFold(p.value, "utf-8") {
			return false
		}
	}
	return true
}
