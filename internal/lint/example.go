package lint

import "strings"

// LocalName reports whether a name of a host is the one by which every host
// calls itself.
func LocalName(host string) bool {
	switch strings.ToLower(strings.TrimSuffix(host, ".")) {
	case "localhost", "localhost.localdomain", "localhost4", "localhost4.localdomain4", "localhost6",
		"localhost6.localdomain6", "ip6-localhost", "ip6-loopback":
		return true
	}
	return false
}

// ExampleName reports whether a name of a host lies in a domain that is set
// aside for examples and tests (RFC 2606, RFC 6761).
func ExampleName(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	parent, top := "", host
	if i := strings.LastIndexByte(host, '.'); i >= 0 {
		parent, top = host[:i], host[i+1:]
	}
	switch top {
	case "example", "invalid", "test":
		return parent != "" // alone it is somebody's name for a host
	case "com", "net", "org":
		return parent == "example" || strings.HasSuffix(parent, ".example")
	}
	return false
}

// ExampleEmail reports whether an address of email is in such a domain.
func ExampleEmail(address string) bool {
	at := strings.LastIndexByte(address, '@')
	return at >= 0 && ExampleName(strings.TrimRight(address[at+1:], "> "))
}

// ExampleMAC reports whether a hardware address is of the range for
// documentation, 00-00-5E-00-53-00 to 00-00-5E-00-53-FF (RFC 9542).
func ExampleMAC(text string) bool {
	return len(text) == len("00:00:5e:00:53:00") &&
		strings.EqualFold(strings.ReplaceAll(text[:15], "-", ":"), "00:00:5e:00:53:")
}

// ExampleUUID reports whether a UUID is one that documentation is full of.
func ExampleUUID(text string) bool {
	text = strings.ToLower(text)
	return strings.HasPrefix(text, "123e4567-e89b-12d3-a456-") || strings.HasPrefix(text, "12345678-1234-1234-1234-") ||
		text == "f81d4fae-7dec-11d0-a765-00a0c91e6bf6" || text == "550e8400-e29b-41d4-a716-446655440000"
}
