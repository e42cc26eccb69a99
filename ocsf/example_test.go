package ocsf_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/ocsf"
)

// An event is made by the constructor of its class, and filled in.
func Example() {
	e := ocsf.NewAuthentication(ocsf.AuthenticationActivityIDLogon)
	e.Metadata.Product = &ocsf.Product{Name: new("sshd"), VendorName: new("Example")}
	e.SeverityID = new(ocsf.SeverityIDInformational)
	e.StatusID = new(ocsf.AuthenticationStatusIDFailure)
	e.Time = new(ocsf.NewTimestamp(time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)))
	e.User = &ocsf.User{Name: new("jane")}
	e.SrcEndpoint = &ocsf.NetworkEndpoint{IP: new("198.51.100.7"), Port: new(int64(50122))}
	e.Service = &ocsf.Service{Name: new("sshd")}
	if err := e.Validate(); err != nil {
		log.Fatal(err)
	}
	out, err := json.MarshalIndent(e, "", "  ")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(out))
	// Output:
	// {
	//   "activity_id": 1,
	//   "category_uid": 3,
	//   "class_uid": 3002,
	//   "metadata": {
	//     "product": {
	//       "name": "sshd",
	//       "vendor_name": "Example"
	//     },
	//     "version": "1.8.0"
	//   },
	//   "service": {
	//     "name": "sshd"
	//   },
	//   "severity_id": 1,
	//   "src_endpoint": {
	//     "ip": "198.51.100.7",
	//     "port": 50122
	//   },
	//   "status_id": 2,
	//   "time": 1767323045000,
	//   "type_uid": 300201,
	//   "user": {
	//     "name": "jane"
	//   }
	// }
}

// An event of any class is read into the type of its class.
func ExampleUnmarshal() {
	e, err := ocsf.Unmarshal([]byte(`{
		"class_uid": 4003, "category_uid": 4, "activity_id": 1, "type_uid": 400301, "severity_id": 1, "time": 1767323045000,
		"query": {"hostname": "www.example.com"}, "src_endpoint": {"ip": "192.0.2.1"},
		"metadata": {"product": {"name": "resolver"}, "version": "1.8.0"}
	}`))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(e.Identity(), "at", e.Common().Time.Time())
	switch e := e.(type) {
	case *ocsf.DNSActivity:
		fmt.Println(*e.Query.Hostname)
	case *ocsf.BaseEvent:
		fmt.Println("of a class that this package does not know")
	}
	// Output:
	// ocsf 1.8.0 dns_activity at 2026-01-02 03:04:05 +0000 UTC
	// www.example.com
}

// Validation lists everything that is wrong, each with its place.
func ExampleAuthentication_Validate() {
	var e ocsf.Authentication
	if err := json.Unmarshal([]byte(`{
		"class_uid": 3002, "category_uid": 3, "activity_id": 1, "type_uid": 300202, "severity_id": 42, "time": "noon",
		"user": {"name": "jane", "nick": "j"}, "service": {"name": "sshd"},
		"metadata": {"product": {"name": "sshd"}, "version": "1.8.0"}
	}`), &e); err != nil {
		log.Fatal(err)
	}
	var invalid *secmodel.ValidationError
	if errors.As(e.Validate(), &invalid) {
		for _, v := range invalid.Violations {
			fmt.Println(v.Code, v.Pointer)
		}
	}
	// Output:
	// attribute_enum_value_unknown /severity_id
	// attribute_wrong_type /time
	// type_uid_incorrect /type_uid
	// attribute_unknown /user/nick
}

// Several events travel in a bundle.
func ExampleBundle() {
	var b ocsf.Bundle
	if err := json.Unmarshal([]byte(`{"count": 2, "events": [{"class_uid": 3002}, {"class_uid": 2004}]}`), &b); err != nil {
		log.Fatal(err)
	}
	for _, e := range b.Events {
		fmt.Printf("%T %s\n", e, e.EventClass().Caption())
	}
	// Output:
	// *ocsf.Authentication Authentication
	// *ocsf.DetectionFinding Detection Finding
}

// A class has every name that it ever had, and its number for ever.
func ExampleClassByName() {
	c, _ := ocsf.ClassByName("kernel_extension")
	fmt.Println(int64(c.UID()), c.Name(), c.NameIn("1.2.0"), c.In("1.0.0"))
	// Output:
	// 1002 kernel_extension_activity kernel_extension true
}
