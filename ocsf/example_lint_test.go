package ocsf_test

import (
	"fmt"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/ocsf"
)

// What is allowed and probably still a mistake: a time in seconds, and an address
// that is none.
func Example_suspicions() {
	e := ocsf.NewAuthentication(ocsf.AuthenticationActivityIDLogon)
	e.Time = new(ocsf.Timestamp(1777887000))
	e.SrcEndpoint = &ocsf.NetworkEndpoint{IP: new("0.0.0.0")}
	for _, v := range e.Check(secmodel.Lint()).Violations {
		if v.Severity == secmodel.Suspicion {
			fmt.Println(v)
		}
	}
	// Output:
	// suspicion: /src_endpoint/ip: ip "0.0.0.0" is the address of no host; leave it out where it is not known (placeholder_value)
	// suspicion: /time: time is in milliseconds; 1777887000 looks like seconds (2026-05-04T09:30:00Z) (time_unit_suspicious)
}
