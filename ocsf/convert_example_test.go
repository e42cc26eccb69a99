package ocsf_test

import (
	"fmt"

	"github.com/secmodel/secmodel/ocsf"
)

func ExampleForVersion() {
	e, err := ocsf.Unmarshal([]byte(`{
		"class_uid": 3002, "category_uid": 3, "activity_id": 7, "activity_name": "Account Switch", "type_uid": 300207,
		"severity_id": 1, "time": 1767323045678, "user": {"name": "root"}, "service": {"name": "sudo"},
		"account_switch_type": "Substitute User", "account_switch_type_id": 1, "dst_endpoint": {"hostname": "db1"},
		"metadata": {"version": "1.8.0", "product": {"name": "auditor", "vendor_name": "Example"}}
	}`))
	if err != nil {
		panic(err)
	}

	old, report, err := ocsf.ForVersion(e, "1.3.0")
	if err != nil {
		panic(err)
	}
	a := old.(*ocsf.Authentication)
	fmt.Println(*a.Metadata.Version, *a.ActivityID, *a.ActivityName, *a.TypeUID, a.Validate())
	for _, change := range report.Entries {
		fmt.Println(change)
	}

	again, report, err := ocsf.Restore(old)
	if err != nil {
		panic(err)
	}
	a = again.(*ocsf.Authentication)
	fmt.Println(*a.Metadata.Version, *a.ActivityID, *a.AccountSwitchType, report.Lossless)
	// Output:
	// 1.3.0 Other Account Switch 300299 <nil>
	// carried /account_switch_type: the target has no place for it
	// carried /account_switch_type_id: the target has no place for it
	// approximated /activity_id: the release does not have Account Switch, which became other
	// approximated /type_uid: it follows activity_id
	// 1.8.0 Account Switch Substitute User true
}
