package idmefv2

import (
	"net/netip"
	"strings"
)

func isAlpha(c byte) bool { c |= 0x20; return c >= 'a' && c <= 'z' }
func isDigit(c byte) bool { return c >= '0' && c <= '9' }
func isHex(c byte) bool   { return isDigit(c) || c|0x20 >= 'a' && c|0x20 <= 'f' }

// uriFault says why a text is no URI (RFC 3986, section 3), "" if it is one. A
// relative reference is none.
func uriFault(s string) string {
	scheme, rest, ok := strings.Cut(s, ":")
	if !ok || scheme == "" || !isAlpha(scheme[0]) {
		return "it has no scheme"
	}
	for i := range len(scheme) {
		if c := scheme[i]; !isAlpha(c) && !isDigit(c) && c != '+' && c != '-' && c != '.' {
			return "it has no scheme"
		}
	}
	if after, ok := strings.CutPrefix(rest, "//"); ok {
		end := 0
		for end < len(after) && after[end] != '/' && after[end] != '?' && after[end] != '#' {
			end++
		}
		if fault := authorityFault(after[:end]); fault != "" {
			return fault
		}
		rest = after[end:]
	}
	path, fragment, _ := strings.Cut(rest, "#")
	if !isURIText(path, ":@/?") || !isURIText(fragment, ":@/?") {
		return "it has a character that must be percent-encoded"
	}
	return ""
}

// authorityFault says why a text is no authority: user, host and port.
func authorityFault(s string) string {
	if i := strings.LastIndexByte(s, '@'); i >= 0 {
		if !isURIText(s[:i], ":") {
			return "its user has a character that must be percent-encoded"
		}
		s = s[i+1:]
	}
	host, port := s, ""
	if strings.HasPrefix(s, "[") {
		i := strings.IndexByte(s, ']')
		if i < 0 || !isIPLiteral(s[1:i]) {
			return "its host is no IP address"
		}
		host, port = "", s[i+1:]
	} else if i := strings.IndexByte(s, ':'); i >= 0 {
		host, port = s[:i], s[i:]
	}
	switch {
	case !isPort(port):
		return "its port is no number"
	case !isURIText(host, ""):
		return "its host has a character that must be percent-encoded"
	}
	return ""
}

// isPort reports whether a text is empty, or a colon and digits, if any.
func isPort(s string) bool {
	for i := 1; i < len(s); i++ {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s == "" || s[0] == ':'
}

// isIPLiteral reports whether what stands in brackets is an IPv6 address,
// perhaps with a zone (RFC 6874), or one of a version to come.
func isIPLiteral(s string) bool {
	if s != "" && s[0]|0x20 == 'v' {
		version, address, ok := strings.Cut(s[1:], ".")
		for i := range len(version) {
			ok = ok && isHex(version[i])
		}
		return ok && version != "" && address != "" && !strings.Contains(address, "%") && isURIText(address, ":")
	}
	address, zone, zoned := strings.Cut(s, "%25")
	if zoned && (zone == "" || !isURIText(zone, "")) {
		return false
	}
	addr, err := netip.ParseAddr(address)
	return err == nil && addr.Is6() && addr.Zone() == ""
}

// isURIText reports whether a text has only unreserved characters and
// sub-delimiters (RFC 3986, section 2), those of more, and percent-encoded
// octets.
func isURIText(s, more string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case isAlpha(c), isDigit(c), strings.IndexByte("-._~!$&'()*+,;=", c) >= 0, strings.IndexByte(more, c) >= 0:
		case c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			i += 2
		default:
			return false
		}
	}
	return true
}

// isAddrSpec reports whether a text is an addr-spec (RFC 5322, section 3.4.1)
// without comments or white space around its parts.
func isAddrSpec(s string) bool {
	at := strings.LastIndexByte(s, '@')
	if at < 0 {
		return false
	}
	local, domain := s[:at], s[at+1:]
	if strings.HasPrefix(domain, "[") {
		if len(domain) < 2 || domain[len(domain)-1] != ']' || !isQuotable(domain[1:len(domain)-1], "[]\\", false) {
			return false
		}
	} else if !isDotAtom(domain) {
		return false
	}
	if len(local) >= 2 && local[0] == '"' && local[len(local)-1] == '"' {
		return isQuotable(local[1:len(local)-1], "\"\\", true)
	}
	return isDotAtom(local)
}

// isDotAtom reports whether a text is words of atom characters with dots
// between them.
func isDotAtom(s string) bool {
	dot := true // a dot, or the start
	for i := range len(s) {
		c := s[i]
		if c == '.' && dot || c != '.' && !isAlpha(c) && !isDigit(c) && strings.IndexByte("!#$%&'*+-/=?^_`{|}~", c) < 0 {
			return false
		}
		dot = c == '.'
	}
	return !dot
}

// isQuotable reports whether a text has only printable characters and white
// space, and those of special only after a backslash, if pairs are allowed.
func isQuotable(s, special string, pairs bool) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if pairs && c == '\\' && i+1 < len(s) {
			i++
			c = s[i]
		} else if strings.IndexByte(special, c) >= 0 {
			return false
		}
		if c != '\t' && (c < ' ' || c > '~') {
			return false
		}
	}
	return true
}

// Lengths of domain names (RFC 1035, section 2.3.4).
const maxLabel, maxDomain = 63, 253

// isFQDN reports whether a text is a domain name of two labels or more (RFC
// 1123, section 2.1), the last of which is not a number.
func isFQDN(s string) bool {
	s = strings.TrimSuffix(s, ".")
	if len(s) > maxDomain {
		return false
	}
	labels, start, digits := 0, 0, true
	for i := 0; i <= len(s); i++ {
		if i < len(s) && s[i] != '.' {
			c := s[i]
			if !isAlpha(c) && !isDigit(c) && c != '-' {
				return false
			}
			digits = digits && isDigit(c)
			continue
		}
		if n := i - start; n == 0 || n > maxLabel || s[start] == '-' || s[i-1] == '-' {
			return false
		}
		labels++
		if i == len(s) {
			return labels > 1 && !digits
		}
		start, digits = i+1, true
	}
	return false
}
