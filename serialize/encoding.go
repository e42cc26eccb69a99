package serialize

import (
	"fmt"
	"strings"

	"github.com/secmodel/secmodel"
)

// coding is one content coding of HTTP (RFC 9110, section 8.4.1).
type coding uint8

const (
	codingZstd    coding = iota // RFC 8878, with the window of RFC 9659
	codingGzip                  // RFC 1952
	codingDeflate               // RFC 1950
)

// Names of codings. Identity is none.
const (
	nameZstd     = "zstd"
	nameGzip     = "gzip"
	nameDeflate  = "deflate"
	nameIdentity = "identity"
)

// codingNames are the names of the codings, by number, in the order in which
// they are preferred for what is written.
var codingNames = [...]string{codingZstd: nameZstd, codingGzip: nameGzip, codingDeflate: nameDeflate}

// String returns the name of the coding.
func (c coding) String() string { return codingNames[c] }

// maxCodings is how many codings may be applied to one document, one over the
// other. More than one has no use but is allowed; many only serve those who
// want to waste the time of a receiver.
const maxCodings = 3

// ContentEncodings lists the content encodings that the package reads and
// writes, the one it prefers first. "identity" goes without saying.
func ContentEncodings() []string { return append([]string(nil), codingNames[:]...) }

// codings is the value of a Content-Encoding header field, in the order in which
// the codings were applied.
type codings struct {
	list [maxCodings]coding
	n    int
}

// parseEncodings reads the value of a Content-Encoding header field: names in
// any case, separated by commas. The empty value and "identity" mean none.
func parseEncodings(value string) (codings, error) {
	var cs codings
	if value == "" || value == nameIdentity {
		return cs, nil
	}
	for part := range strings.SplitSeq(value, ",") {
		name := strings.Trim(part, " \t")
		if name == "" || strings.EqualFold(name, nameIdentity) {
			continue
		}
		c, ok := codingByName(name)
		if !ok {
			return cs, fmt.Errorf("%w %q: not one of %s", secmodel.ErrContentEncoding, name, strings.Join(codingNames[:], ", "))
		}
		if cs.n == maxCodings {
			return cs, fmt.Errorf("%w %q: more than %d, one over the other", secmodel.ErrContentEncoding, value, maxCodings)
		}
		cs.list[cs.n] = c
		cs.n++
	}
	return cs, nil
}

// codingByName finds a coding by its name in any case; x-gzip is another name
// of gzip (RFC 9110, section 8.4.1.3).
func codingByName(name string) (coding, bool) {
	for c, n := range codingNames {
		if strings.EqualFold(name, n) {
			return coding(c), true
		}
	}
	return codingGzip, strings.EqualFold(name, "x-gzip")
}

// SniffEncoding tells from the first bytes of a file or stream with which
// content encoding it is compressed: "gzip", "zstd" or "deflate", or "" if it
// does not look compressed. Four bytes are enough. No document of a content type
// of this package begins like that.
func SniffEncoding(prefix []byte) string {
	switch {
	case len(prefix) >= 3 && prefix[0] == 0x1f && prefix[1] == 0x8b && prefix[2] == 8:
		return nameGzip
	case len(prefix) >= 4 && prefix[0] == 0x28 && prefix[1] == 0xb5 && prefix[2] == 0x2f && prefix[3] == 0xfd:
		return nameZstd
	case len(prefix) >= 4 && prefix[0]&0xf0 == 0x50 && prefix[1] == 0x2a && prefix[2] == 0x4d && prefix[3] == 0x18: // a frame to be skipped
		return nameZstd
	case len(prefix) >= 2 && prefix[0] == 0x78 && isZlib(prefix[0], prefix[1]):
		return nameDeflate
	}
	return ""
}

// isZlib reports whether two bytes can be the head of a zlib stream (RFC 1950,
// section 2.2) without a preset dictionary: method 8, a window of at most 32 kB,
// and the check bits.
func isZlib(cmf, flg byte) bool {
	return cmf&0x0f == 8 && cmf>>4 <= 7 && flg&0x20 == 0 && (uint(cmf)<<8|uint(flg))%31 == 0
}
