package idmefv2

import (
	"net/netip"
	"strings"
)

// Bounds of the drafts.
const (
	minPort, maxPort = 1, 65535
	// maxServiceName is the length of a service name (RFC 6335, section 5.1).
	maxServiceName = 15
)

// ports judges the range of ports (R5).
func (r *ruling) ports(n node, ports []int64) {
	for i, port := range ports {
		if port < minPort || port > maxPort {
			r.add(CodePort, n.element("Port", i), port, "1 to 65535", "%d is no port: not from 1 to 65535", port)
		}
	}
}

// protocols judges whether names of protocols can be in the registry of service
// names (R7). The tables check the characters.
func (r *ruling) protocols(n node, names []string) {
	for i, name := range names {
		switch {
		case len(name) > maxServiceName:
			r.add(CodeProtocol, n.element("Protocol", i), name, "a registered service name",
				"%q is longer than the %d characters of a service name", name, maxServiceName)
		case !hasLetter(name):
			r.add(CodeProtocol, n.element("Protocol", i), name, "a registered service name",
				"%q has no letter, as a service name must", name)
		}
	}
}

func hasLetter(s string) bool {
	for i := range len(s) {
		if isAlpha(s[i]) {
			return true
		}
	}
	return false
}

// address judges the way an IP address is written (R15). The tables check that
// it is one, though they admit zeros in front.
func (r *ruling) address(n node, ip *string) {
	if ip == nil {
		return
	}
	addr, err := netip.ParseAddr(*ip)
	if err != nil {
		r.add(CodeIP, n.member("IP"), *ip, nil, "%q is not written as an IP address should be: it has zeros in front", *ip)
		return
	}
	if addr.Is4() {
		return // netip takes nothing else
	}
	var buf [64]byte
	if string(addr.AppendTo(buf[:0])) != *ip && !isTranslated(addr, *ip) {
		want := addr.String()
		r.add(CodeIP, n.member("IP"), *ip, want, "the IPv6 address %s is written %s (RFC 5952)", *ip, want)
	}
}

// isTranslated reports whether an address is of the prefix 64:ff9b::/96, of
// which RFC 5952, section 5, lets the end be written as an IPv4 address.
func isTranslated(addr netip.Addr, text string) bool {
	v4, ok := strings.CutPrefix(text, "64:ff9b::")
	b := addr.As16()
	return ok && netip.AddrFrom4([4]byte(b[12:])).String() == v4
}

// hostname judges whether the name of a host is fully qualified (R19). An empty
// one says that none was found.
func (r *ruling) hostname(n node, name *string) {
	if name != nil && *name != "" && !isFQDN(*name) {
		r.add(CodeHostname, n.member("Hostname"), *name, "a fully qualified domain name", "%q is no fully qualified domain name", *name)
	}
}

// email judges an address (R14).
func (r *ruling) email(n node, address *string) {
	if address != nil && !isAddrSpec(*address) {
		r.add(CodeEmail, n.member("Email"), *address, "local@domain", "%q is no email address (RFC 5322)", *address)
	}
}

// uris judges references (R14).
func (r *ruling) uris(n node, name string, list []string) {
	for i, s := range list {
		if fault := uriFault(s); fault != "" {
			r.add(CodeURI, n.element(name, i), s, "a URI", "%q is no URI (RFC 3986): %s", s, fault)
		}
	}
}
