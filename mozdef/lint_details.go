package mozdef

import (
	"encoding/json"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/lint"
	"github.com/secmodel/secmodel/wire"
)

// details judges the details of an event or alert.
func (l linter) details(d *Details) {
	if d == nil {
		return
	}
	if !replaced("destination", d.DestinationIPAddress, d.Extra) {
		l.address("/details/destinationipaddress", d.DestinationIPAddress, false)
	}
	if !replaced("source", d.SourceIPAddress, d.Extra) {
		l.address("/details/sourceipaddress", d.SourceIPAddress, false)
	}
	l.text("/details/username", d.Username)
	for _, name := range [...]string{"destinationipv4address", "destinationipv6address", "sourceipv4address", "sourceipv6address", "src", "srcip", "dst", "dstip"} {
		if ip, ok := wire.Text(d.Extra[name]); ok {
			l.address(pointer("details")+pointer(name), &ip, false)
		}
	}
	l.place("source", d.SourceIPAddress, d.Extra)
	l.place("destination", d.DestinationIPAddress, d.Extra)
	l.endpoints(d)
}

// replaced reports whether the server put 0.0.0.0 in the place of an IPv6 address,
// which has a member of its own.
func replaced(side string, ip *string, extra map[string]json.RawMessage) bool {
	return secmodel.Or(ip, "") == "0.0.0.0" && extra[side+"ipv6address"] != nil
}

// place judges what the server's plugin for places, or a sender in its stead,
// says of an address.
func (l linter) place(side string, ip *string, extra map[string]json.RawMessage) {
	name := side + "ipgeopoint"
	if point, ok := wire.Text(extra[name]); ok && lint.NullIsland(point) {
		l.Add(secmodel.CodeNullIsland, pointer("details")+pointer(name), point, nil, "the coordinates 0,0 lie in the ocean: probably none were known")
	}
	if ip == nil || !lint.KindOf(*ip).Nowhere() {
		return
	}
	for _, name := range [...]string{side + "ipgeolocation", name} {
		if raw := extra[name]; len(raw) > 0 && string(raw) != "null" && !unplaced(raw) {
			l.Add(secmodel.CodeAddressLocation, pointer("details")+pointer(name), rawValue(raw), nil,
				"the %s address %s is in no particular place, but there is %s", lint.KindOf(*ip), *ip, name)
			return
		}
	}
}

// unplaced reports whether a value is empty, or what the plugin writes for an
// address that its database does not have.
func unplaced(raw json.RawMessage) bool {
	switch string(raw) {
	case `""`, "{}", "[]":
		return true
	}
	var place struct {
		Error json.RawMessage `json:"error"`
	}
	return json.Unmarshal(raw, &place) == nil && place.Error != nil
}

// endpoints finds a connection from an address and port to the same.
func (l linter) endpoints(d *Details) {
	if d.SourceIPAddress == nil || d.DestinationIPAddress == nil || d.SourcePort == nil || d.DestinationPort == nil {
		return
	}
	from, ok := d.SourcePort.Int64()
	to, ok2 := d.DestinationPort.Int64()
	if !ok || !ok2 || from != to || from == 0 || *d.SourceIPAddress != *d.DestinationIPAddress || lint.KindOf(*d.SourceIPAddress) == lint.Unspecified {
		return
	}
	l.Add(secmodel.CodeEndpoints, "/details/destinationipaddress", *d.DestinationIPAddress, nil,
		"the destination has the address and port of the source, %s and %d", *d.SourceIPAddress, from)
}
