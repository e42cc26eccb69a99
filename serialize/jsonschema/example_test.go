package jsonschema_test

import (
	"fmt"

	"github.com/secmodel/secmodel/serialize/jsonschema"
)

// Two organisations have agreed on names of hosts, beyond what the format says.
func Example() {
	schema, err := jsonschema.Compile([]byte(`{
		"properties": {"hostname": {"$ref": "agreement.json#/$defs/host"}},
		"required": ["hostname", "source"]
	}`), jsonschema.WithResource("agreement.json", []byte(`{"$defs": {"host": {"pattern": "[.]example[.]com$"}}}`)))
	if err != nil {
		fmt.Println(err)
		return
	}
	report, err := schema.Check([]byte(`{"category": "event",
 "hostname": "www.example.org"}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, v := range report.Violations {
		fmt.Println(v)
	}
	// Output:
	// 1:1: error: /source: "source" is required (schema_required)
	// 2:14: error: /hostname: "www.example.org" does not match [.]example[.]com$ (schema_pattern)
}
