package mozdef

import (
	"bytes"
	"fmt"
	"net/netip"
	"strings"

	"github.com/secmodel/secmodel"
)

// maxPort is the highest port number.
const maxPort = 65535

// eventDetails judges the details of an event.
func (r *ruling) eventDetails(d *Details) {
	if d == nil {
		return
	}
	r.eventAddress("/details/destinationipaddress", d.DestinationIPAddress)
	r.eventAddress("/details/sourceipaddress", d.SourceIPAddress)
	r.ports(d)
	r.success(d)
}

// alertDetails judges the details of an alert. They go to the index as they
// are.
func (r *ruling) alertDetails(d *Details) {
	if d == nil {
		return
	}
	r.alertAddress("/details/destinationipaddress", d.DestinationIPAddress)
	r.alertAddress("/details/sourceipaddress", d.SourceIPAddress)
	r.ports(d)
	r.success(d)
}

func (r *ruling) eventAddress(pointer string, text *string) {
	if text == nil {
		return
	}
	switch addr, err := netip.ParseAddr(*text); {
	case err != nil:
		r.add(secmodel.Warning, CodeAddressReplaced, pointer, *text, "IPv4 address",
			fmt.Sprintf("%q is no IP address; the server moves it to details.%s and puts null here", *text, strings.TrimSuffix(pointer[len("/details/"):], "ipaddress")))
	case !addr.Is4():
		r.add(secmodel.Warning, CodeAddressReplaced, pointer, *text, "IPv4 address",
			fmt.Sprintf("%s is an IPv6 address; the server moves it to a member of its own and puts 0.0.0.0 here", *text))
	}
}

func (r *ruling) alertAddress(pointer string, text *string) {
	if text == nil {
		return
	}
	if _, err := netip.ParseAddr(*text); err != nil {
		r.add(secmodel.Error, CodeAddressRejected, pointer, *text, "IP address",
			fmt.Sprintf("%q is no IP address: the index rejects the alert", *text))
	}
}

func (r *ruling) ports(d *Details) {
	r.port("/details/destinationport", d.DestinationPort)
	r.port("/details/sourceport", d.SourcePort)
}

func (r *ruling) port(pointer string, port *IntOrString) {
	if port == nil {
		return
	}
	if n, ok := port.Int64(); ok && (n < 0 || n > maxPort) {
		r.add(secmodel.Warning, secmodel.CodeRange, pointer, port.String(), maxPort, fmt.Sprintf("%d is no port number", n))
	}
}

// success judges a value of details.success that is no boolean: the index takes
// the words in quotes and the empty string, nothing else.
func (r *ruling) success(d *Details) {
	raw := bytes.TrimSpace(d.Extra["success"])
	if d.Success != nil || len(raw) == 0 {
		return
	}
	switch string(raw) {
	case "null", `"true"`, `"false"`, `""`: // warned of by the tables
	default:
		r.add(secmodel.Error, secmodel.CodeWrongType, "/details/success", rawValue(raw), "boolean",
			fmt.Sprintf("success is %s, no boolean: the index rejects the document", raw))
	}
}
