package serialize

import (
	"fmt"
	"strings"

	"github.com/secmodel/secmodel"
)

// NegotiateEncoding picks the content encoding for a response from the value of
// an Accept-Encoding header field (RFC 9110, section 12.5.3): the one with the
// highest weight, and of several the first in the order of ContentEncodings.
// "identity", that is none, is picked where nothing that is listed can be
// written, for an empty value, and if it has the highest weight of its own. The
// error wraps secmodel.ErrContentEncoding if identity is ruled out too.
//
// A request without the field accepts anything: it is safest to answer it
// without an encoding, as an empty value is.
func NegotiateEncoding(acceptEncoding string) (string, error) {
	var weights [len(codingNames)]codingWeight
	var identity, rest codingWeight
	for part := range strings.SplitSeq(acceptEncoding, ",") {
		name, params, _ := strings.Cut(part, ";")
		name = strings.Trim(name, " \t")
		q, ok := parseWeight(params)
		if !ok || name == "" {
			continue // malformed, or an empty element of the list
		}
		w := codingWeight{q, true}
		if c, ok := codingByName(name); ok {
			weights[c] = w
		} else if strings.EqualFold(name, nameIdentity) {
			identity = w
		} else if name == "*" {
			rest = w
		}
	}
	best, bestQ := "", 0
	for c, w := range weights {
		if !w.stated {
			w = rest
		}
		if w.q > bestQ {
			best, bestQ = codingNames[c], w.q
		}
	}
	switch {
	case identity.stated && identity.q > bestQ:
		return nameIdentity, nil
	case best != "":
		return best, nil
	case !identity.stated && !(rest.stated && rest.q == 0):
		return nameIdentity, nil // acceptable unless it is ruled out
	}
	return "", fmt.Errorf("%w: none of %q can be written", secmodel.ErrContentEncoding, acceptEncoding)
}

// codingWeight is the weight of a coding in thousandths.
type codingWeight struct {
	q      int
	stated bool
}

// parseWeight reads the parameters of an element: nothing, or a weight as
// "q=0.5" (RFC 9110, section 12.4.2).
func parseWeight(params string) (q int, ok bool) {
	params = strings.Trim(params, " \t")
	if params == "" {
		return 1000, true
	}
	name, value, _ := strings.Cut(params, "=")
	if !strings.EqualFold(name, "q") {
		return 0, false
	}
	return qvalue(value)
}
