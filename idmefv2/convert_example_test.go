package idmefv2_test

import (
	"encoding/json"
	"fmt"

	"github.com/secmodel/secmodel/idmefv2"
)

func ExampleForVersion() {
	var m idmefv2.Message
	err := json.Unmarshal([]byte(`{
		"Version": "2.D.V08", "ID": "0192f0c1-6a2b-7c3d-8e4f-000000000001", "CreateTime": "2026-03-02T04:05:06Z",
		"Category": ["Malware.Trojan"], "Status": ["Open", "Reported"], "ReportTime": "2026-03-02T05:00:00Z",
		"Analyzer": {"Name": "av1", "Category": ["END.AV"]}
	}`), &m)
	if err != nil {
		panic(err)
	}

	old, report, err := idmefv2.ForVersion(&m, "2.D.V06")
	if err != nil {
		panic(err)
	}
	fmt.Println(old.Category, old.Status, old.Analyzer.Category, old.Validate())
	for _, change := range report.Entries {
		fmt.Println(change)
	}

	again, report, err := idmefv2.Restore(old)
	if err != nil {
		panic(err)
	}
	fmt.Println(again.Category, again.Status, *again.ReportTime, report.Lossless)
	// Output:
	// [Malicious.System] [Incident] [AV] <nil>
	// approximated /Category: Malware.Trojan became Malicious.System
	// carried /ReportTime: the target has no place for it
	// approximated /Status: Open became Incident; the target has no status Reported
	// [Malware.Trojan] [Open Reported] 2026-03-02T05:00:00Z true
}
