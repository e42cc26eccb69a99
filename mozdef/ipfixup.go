package mozdef

import (
	"encoding/json"
	"net/netip"
	"strings"
)

// fixAddresses does to the details of an event what the server's plugin ipFixup
// does, and returns the notes that it leaves in errors. Addresses of either
// version get members of their own, and the members of type address in the
// index keep nothing that it would refuse.
func fixAddresses(d *object) (notes []string) {
	if list, ok := stringOf(d.get("http_x_forwarded_for")); ok {
		first, _, _ := strings.Cut(list, ",")
		switch version(first) {
		case 4:
			d.setNew("sourceipaddress", quoted(first))
			d.setNew("sourceipv4address", quoted(first))
		case 6:
			d.setNew("sourceipv6address", quoted(first))
		}
	}
	for _, side := range [...]string{"source", "destination"} {
		raw := d.get(side + "ipaddress")
		if raw == nil {
			continue
		}
		switch text, _ := stringOf(raw); version(text) {
		case 4:
			d.set(side+"ipv4address", raw)
		case 6:
			d.set(side+"ipv6address", raw)
			d.set(side+"ipaddress", quoted("0.0.0.0"))
			notes = append(notes, "plugin: ipFixUp.py error: "+side+"ipaddress is ipv6, moved")
		default:
			d.set(side, raw)
			d.set(side+"ipaddress", json.RawMessage("null"))
		}
	}
	for _, other := range [...]struct{ name, side string }{
		{"src", "source"}, {"srcip", "source"}, {"dst", "destination"}, {"dstip", "destination"},
	} {
		d.copyAddress(other.name, other.side, true)
	}
	d.copyAddress("cluster_client_ip", "source", false)
	return notes
}

// copyAddress copies the address in the member called name, if there is one, to
// those of one side: of IPv4, where ipv4 says so, to that of the version too.
func (o *object) copyAddress(name, side string, ipv4 bool) {
	raw := o.get(name)
	switch text, _ := stringOf(raw); version(text) {
	case 4:
		o.set(side+"ipaddress", raw)
		if ipv4 {
			o.set(side+"ipv4address", raw)
		}
	case 6:
		o.set(side+"ipv6address", raw)
	}
}

// version returns the version of an IP address, 0 if text is none.
func version(text string) int {
	switch addr, err := netip.ParseAddr(text); {
	case err != nil || addr.Zone() != "":
		return 0
	case addr.Is4():
		return 4
	}
	return 6
}
