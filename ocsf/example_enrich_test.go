package ocsf_test

import (
	"errors"
	"fmt"
	"log"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/ocsf"
)

// A producer sets the numbers; the captions and observables follow from them.
func ExampleEnrich() {
	e := ocsf.NewAuthentication(ocsf.AuthenticationActivityIDLogon)
	e.SeverityID = new(ocsf.SeverityIDHigh)
	e.SrcEndpoint = &ocsf.NetworkEndpoint{IP: new("198.51.100.7")}
	for _, a := range ocsf.Enrich(e, secmodel.SkipObservables()) {
		fmt.Println(a.Pointer, a.Value)
	}
	ocsf.Enrich(e)
	for _, o := range e.Observables {
		fmt.Println("observable", *o.Name, o.TypeID, secmodel.Or(o.Value, "(an object)"))
	}
	// Output:
	// /activity_name Logon
	// /category_name Identity & Access Management
	// /class_name Authentication
	// /severity High
	// /type_name Authentication: Logon
	// observable src_endpoint Endpoint (an object)
	// observable src_endpoint.ip IP Address 198.51.100.7
}

// What is stored or sent is smaller reduced, and comes back enriched.
func ExampleReduce() {
	e, err := ocsf.Unmarshal([]byte(`{
		"class_uid": 3002, "class_name": "Authentication", "category_uid": 3, "category_name": "Identity & Access Management",
		"activity_id": 1, "activity_name": "Logon", "type_uid": 300201, "type_name": "Authentication: Logon",
		"severity_id": 99, "severity": "dire", "src_endpoint": {"ip": "198.51.100.7"}, "metadata": {"version": "1.8.0"},
		"observables": [{"name": "src_endpoint", "type": "Endpoint", "type_id": 20},
			{"name": "src_endpoint.ip", "type": "IP Address", "type_id": 2, "value": "198.51.100.7"}]
	}`))
	if err != nil {
		log.Fatal(err)
	}
	ocsf.Reduce(e)
	text, err := e.AppendJSON(nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(text))
	// Output:
	// {"activity_id":1,"class_uid":3002,"metadata":{"version":"1.8.0"},"severity":"dire","severity_id":99,"src_endpoint":{"ip":"198.51.100.7"}}
}

// Observables are found by the types of the attributes.
func ExampleObservables() {
	e, err := ocsf.Unmarshal([]byte(`{
		"class_uid": 4001, "metadata": {"version": "1.5.0"},
		"dst_endpoint": {"ip": "192.0.2.10", "intermediate_ips": ["192.0.2.1", "192.0.2.2"]}
	}`))
	if err != nil {
		log.Fatal(err)
	}
	for _, o := range ocsf.Observables(e) {
		fmt.Println(*o.Name, o.TypeID, secmodel.Or(o.Value, "(an object)"))
	}
	// Output:
	// dst_endpoint Endpoint (an object)
	// dst_endpoint.intermediate_ips[] IP Address 192.0.2.1
	// dst_endpoint.intermediate_ips[] IP Address 192.0.2.2
	// dst_endpoint.ip IP Address 192.0.2.10
}

// An attribute is read by its path, whatever the class of the event.
func ExampleGet() {
	e, err := ocsf.Unmarshal([]byte(`{
		"class_uid": 4003, "metadata": {"version": "1.8.0"}, "unmapped": {"rule": "r7"},
		"answers": [{"rdata": "192.0.2.1"}, {"rdata": "192.0.2.2"}], "query": {"hostname": "www.example.com"}
	}`))
	if err != nil {
		log.Fatal(err)
	}
	for _, path := range []string{"query.hostname", "answers[].rdata", "answers[1]", "unmapped.rule", "src_endpoint.ip", "src_endpoint.ipv7"} {
		list, err := ocsf.Get(e, path)
		if errors.Is(err, ocsf.ErrNoAttribute) {
			fmt.Println(err)
		}
		for _, a := range list {
			if answer, ok := a.Value.(*ocsf.DNSAnswer); ok {
				a.Value = *answer.Rdata
			}
			fmt.Println(path, "=", a.Value, "at", a.Pointer)
		}
	}
	// Output:
	// query.hostname = www.example.com at /query/hostname
	// answers[].rdata = 192.0.2.1 at /answers/0/rdata
	// answers[].rdata = 192.0.2.2 at /answers/1/rdata
	// answers[1] = 192.0.2.2 at /answers/1
	// unmapped.rule = r7 at /unmapped/rule
	// ocsf: src_endpoint.ipv7: no such attribute: network_endpoint has no "ipv7"
}
