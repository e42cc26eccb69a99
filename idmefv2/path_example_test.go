package idmefv2_test

import (
	"encoding/json"
	"fmt"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/idmefv2"
)

func ExampleParsePath() {
	a, _ := idmefv2.ParsePath("Source(0).IP")
	b, _ := idmefv2.ParsePath("Source.IP")
	fmt.Println(a, a == b)

	_, err := idmefv2.ParsePath("Source.Address")
	fmt.Println(err)

	vector, _ := idmefv2.ParsePath("Vector.Name")
	fmt.Println(vector.In("2.D.V06"), vector.In("2.D.V08"))
	// Output:
	// Source.IP true
	// idmefv2: "Source.Address" is no IDMEF path: source has no attribute or class "Address"
	// true false
}

func ExamplePath_Get() {
	m := new(idmefv2.Message)
	err := json.Unmarshal([]byte(`{
		"Version": "2.D.V08",
		"AggrCondition": ["Category", "Source(0).IP", "Target.Port(-1)"],
		"Category": ["Access.Forced"],
		"Source": [{"IP": "192.0.2.1"}],
		"Target": [{"Port": [22, 2222]}]
	}`), m)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, condition := range m.AggrCondition {
		path, err := idmefv2.ParsePath(condition)
		if err != nil {
			fmt.Println(err)
			continue
		}
		value, _ := path.Get(m)
		fmt.Println(path, "=", value)
	}
	// Output:
	// Category = Access.Forced
	// Source.IP = 192.0.2.1
	// Target.Port(-1) = 2222
}

// A rule of the draft's text that no JSON Schema can express is a warning, and
// with the option Text an error.
func ExampleMessage_Check_text() {
	m := idmefv2.New()
	m.ID, m.CreateTime = new("0192f0c1-6a2b-7c3d-8e4f-000000000001"), new("2026-03-02T04:05:06Z")
	m.Analyzer = &idmefv2.Analyzer{Name: new("ids1")}
	m.Source = []idmefv2.Source{{
		ID:         new("0192f0c1-6a2b-7c3d-8e4f-000000000002"),
		Attachment: []string{"capture1"},
	}}
	for _, v := range m.Check().Violations {
		fmt.Println(v)
	}
	fmt.Println(m.Validate())
	fmt.Println(m.Validate(secmodel.Text()))
	// Output:
	// warning: /Source/0/Attachment/0: the message has no attachment "capture1" (attachment_reference_unresolved)
	// <nil>
	// invalid idmefv2 2.D.V08 message: /Source/0/Attachment/0: the message has no attachment "capture1"
}
