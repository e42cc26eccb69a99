package ocsf

import (
	"strings"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/lint"
	"github.com/secmodel/secmodel/wire"
)

// identifying says what an attribute identifies, if it does.
type identifying uint8

const (
	notIdentifying identifying = iota
	identifier                 // any text that names one of many
	anAddress
	aMAC
	aHost
	anEmail
	aHash
)

// identifies says what an attribute identifies, by its type and name.
func identifies(t *wire.Type, f *wire.Field) identifying {
	for s := f.Scalar; s != nil; s = s.Super {
		switch s.Name {
		case "ip_t":
			return anAddress
		case "mac_t":
			return aMAC
		case "hostname_t":
			return aHost
		case "email_t":
			return anEmail
		case "file_hash_t":
			return aHash
		case "uuid_t", "username_t", "resource_uid_t", "process_name_t":
			return identifier
		}
		if s.Enum != nil {
			return notIdentifying
		}
	}
	name := f.Name()
	if strings.HasSuffix(name, "uid") || strings.HasSuffix(name, "uuid") || name == "uid_alt" || name == "vendor_name" && t.Name == "product" {
		return identifier
	}
	if name == "name" {
		switch t.Name {
		case "account", "agent", "device", "endpoint", "managed_entity", "network_endpoint", "network_proxy", "product", "user":
			return identifier
		}
	}
	return notIdentifying
}

// texts judges the values of an identifying attribute.
func (l *linter) texts(n wire.Node, f *wire.Field, kind identifying) {
	count := n.Len(f)
	for i := range count {
		if text, ok := n.Value(f, i).(string); ok && text != "" {
			if !l.placeholder(n, f, kind, text, i, count) {
				l.example(n, f, kind, text, i, count)
			}
		}
	}
}

// placeholder finds a value that stands for none.
func (l *linter) placeholder(n wire.Node, f *wire.Field, kind identifying, text string, i, count int) bool {
	why := ""
	switch {
	case lint.Placeholder(text):
		why = "stands for no value"
	case kind == anAddress:
		why = l.noAddress(n, lint.KindOf(text))
	case kind == aMAC && lint.PlaceholderMAC(text) && !l.withoutMAC(n, text):
		why = "is the address of no host"
	case kind == aHost && l.noHost(n, text):
		why = "is what every host calls itself"
	case kind == aHash && lint.PlaceholderHash(text):
		why = "is no hash"
	case kind == identifier && lint.PlaceholderUUID(text):
		why = "is the UUID of nothing"
	}
	if why == "" {
		return false
	}
	l.Add(secmodel.CodePlaceholder, l.at(f, i, count), text, nil, "%s %q %s; leave it out where it is not known", f.Name(), text, why)
	return true
}

// noAddress says why an address identifies nothing. A host that asks for an
// address has none yet, and one that listens does so at any of its own.
func (l *linter) noAddress(n wire.Node, kind lint.Kind) string {
	switch kind {
	case lint.Unspecified:
		if name := l.class.Name(); name != "dhcp_activity" && name != "network_connection_query" {
			return "is the address of no host"
		}
	case lint.Broadcast:
		if as := l.as(); as == "src_endpoint" || as == "device" {
			return "is the address of every host"
		}
	case lint.Loopback:
		if n.Type().Name == "device" {
			return "is the address of every host to itself"
		}
	}
	return ""
}

// withoutMAC reports whether a host has no hardware address by its nature: the
// interface to itself, and all others of a network.
func (l *linter) withoutMAC(n wire.Node, mac string) bool {
	ip, _ := l.text(&n, "ip")
	name, _ := l.text(&n, "name")
	return ip != nil && lint.KindOf(*ip) == lint.Loopback || name != nil && (*name == "lo" || *name == "lo0") ||
		l.as() == "dst_endpoint" && mac[0]|0x20 == 'f'
}

// noHost reports whether a name is that of every host to itself, where it is to
// identify one: there is no such objection to a connection within a host.
func (l *linter) noHost(n wire.Node, name string) bool {
	if !lint.LocalName(name) {
		return false
	}
	ip, _ := l.text(&n, "ip")
	return n.Type().Name == "device" || ip != nil && lint.KindOf(*ip) != lint.Loopback
}

// example finds what is set aside for documentation. What hosts ask and browse
// for may be anything.
func (l *linter) example(n wire.Node, f *wire.Field, kind identifying, text string, i, count int) {
	found := false
	switch kind {
	case anAddress:
		found = lint.KindOf(text) == lint.Documentation
	case aMAC:
		found = lint.ExampleMAC(text)
	case aHost:
		switch n.Type().Name {
		case "url", "dns_query", "dns_answer":
			return
		}
		found = lint.ExampleName(text)
	case anEmail:
		found = lint.ExampleEmail(text)
	case identifier:
		found = lint.ExampleUUID(text)
	}
	if found {
		l.Add(secmodel.CodeExample, l.at(f, i, count), text, nil, "%s %q is set aside for documentation", f.Name(), text)
	}
}
