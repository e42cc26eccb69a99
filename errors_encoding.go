package secmodel

import "errors"

// ErrContentEncoding: a content encoding is not one that is known, several are
// stacked deeper than allowed, or none that the other side accepts is known.
var ErrContentEncoding = errors.New("unsupported content encoding")
