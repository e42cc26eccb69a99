package serialize

import (
	"fmt"
	"mime"
	"strconv"
	"strings"

	"github.com/secmodel/secmodel"
)

// Content types that the package reads and writes.
const (
	JSON     = "application/json"
	TextJSON = "text/json"
	// NDJSON and JSONLines are streams of one document a line.
	NDJSON    = "application/x-ndjson"
	JSONLines = "application/jsonl"
)

// form is how a content type frames documents.
type form uint8

const (
	formJSON  form = iota // one document, or an array of them
	formLines             // one document a line
)

// mediaForms are the content types by name, in lower case.
var mediaForms = [...]struct {
	name string
	form form
}{
	{JSON, formJSON},
	{TextJSON, formJSON},
	{NDJSON, formLines},
	{"application/ndjson", formLines},
	{JSONLines, formLines},
	{"application/x-jsonlines", formLines},
}

// parseMediaType reads a content type: its name in any case, any suffix +json,
// parameters allowed. The only charset is UTF-8, as RFC 8259, section 8.1, has
// it; other parameters are ignored. The empty content type means JSON.
func parseMediaType(contentType string) (form, error) {
	if contentType == JSON || contentType == "" {
		return formJSON, nil
	}
	name, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return 0, fmt.Errorf("%w %q: %w", secmodel.ErrMediaType, contentType, err)
	}
	if cs, ok := params["charset"]; ok && !strings.EqualFold(cs, "utf-8") && !strings.EqualFold(cs, "us-ascii") {
		return 0, fmt.Errorf("%w %q: JSON is UTF-8", secmodel.ErrMediaType, contentType)
	}
	for _, m := range mediaForms {
		if m.name == name {
			return m.form, nil
		}
	}
	if strings.HasSuffix(name, "+json") && strings.Count(name, "/") == 1 {
		return formJSON, nil
	}
	return 0, fmt.Errorf("%w %q: not one of %s", secmodel.ErrMediaType, contentType, strings.Join(ContentTypes(), ", "))
}

// ContentTypes lists the content types that the package reads and writes. Types
// with the suffix +json are taken too.
func ContentTypes() []string {
	list := make([]string, len(mediaForms))
	for i, m := range mediaForms {
		list[i] = m.name
	}
	return list
}

// Negotiate picks the content type for a response from the value of an Accept
// header field (RFC 9110, section 12.5.1): the one with the highest quality,
// and of several the first in the order of ContentTypes. An empty accept means
// JSON. The error wraps secmodel.ErrMediaType if nothing acceptable can be
// written.
func Negotiate(accept string) (contentType string, err error) {
	if strings.TrimSpace(accept) == "" {
		return JSON, nil
	}
	best, bestQ := "", 0.0
	for _, m := range mediaForms {
		if q := quality(accept, m.name); q > bestQ {
			best, bestQ = m.name, q
		}
	}
	if best == "" {
		return "", fmt.Errorf("%w: none of %q can be written", secmodel.ErrMediaType, accept)
	}
	return best, nil
}

// quality returns the weight that accept gives to a media type: that of the
// most specific range that matches, 0 if none does.
func quality(accept, name string) float64 {
	kind, _, _ := strings.Cut(name, "/")
	q, specific := 0.0, 0
	for part := range strings.SplitSeq(accept, ",") {
		ranged, params, err := mime.ParseMediaType(strings.TrimSpace(part))
		if err != nil {
			continue
		}
		s := 0
		switch ranged {
		case name:
			s = 3
		case kind + "/*":
			s = 2
		case "*/*":
			s = 1
		}
		if s <= specific {
			continue
		}
		w := 1.0
		if text, ok := params["q"]; ok {
			if w, err = strconv.ParseFloat(text, 64); err != nil || w < 0 || w > 1 {
				continue
			}
		}
		q, specific = w, s
	}
	return q
}
