package schemas_test

import (
	"encoding/json"
	"fmt"
	"log"
	"strings"

	"github.com/secmodel/secmodel/schemas"
)

func Example() {
	versions, err := schemas.Versions("idmefv2")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("oldest:", versions[0].Name)

	schema, err := schemas.Plain("idmefv2", "2.D.V08", "message", schemas.WithDialect(schemas.Draft07))
	if err != nil {
		log.Fatal(err)
	}
	for _, line := range strings.SplitN(string(schema), "\n", 4)[:3] {
		fmt.Println(line)
	}
	// Output:
	// oldest: 2.D.V02
	// {
	//   "$schema": "http://json-schema.org/draft-07/schema#",
	//   "title": "IDMEFv2 2.D.V08 Alert",
}

// An object that is no class, for events that name no profile.
func ExamplePlain() {
	schema, err := schemas.Plain("ocsf", "1.8.0", "fingerprint", schemas.WithProfiles())
	if err != nil {
		log.Fatal(err)
	}
	var doc struct {
		Title    string
		Required []string
	}
	if err := json.Unmarshal(schema, &doc); err != nil {
		log.Fatal(err)
	}
	fmt.Println(doc.Title)
	fmt.Println("required:", doc.Required)
	// Output:
	// OCSF 1.8.0 Fingerprint
	// required: [algorithm_id value]
}

// All classes and objects of a release in one document.
func ExampleRelease() {
	schema, err := schemas.Release("ocsf", "1.8.0")
	if err != nil {
		log.Fatal(err)
	}
	var doc struct {
		Title string
		Defs  map[string]any `json:"$defs"`
	}
	if err := json.Unmarshal(schema, &doc); err != nil {
		log.Fatal(err)
	}
	fmt.Println(doc.Title)
	fmt.Println("has authentication:", doc.Defs["authentication"] != nil)
	// Output:
	// OCSF 1.8.0
	// has authentication: true
}

// The schema that the official server exports for the same class and profiles.
func ExampleOfficial() {
	schema, err := schemas.Plain("ocsf", "1.3.0", "authentication", schemas.Official(), schemas.WithProfiles("cloud"))
	if err != nil {
		log.Fatal(err)
	}
	var doc struct {
		Dialect  string `json:"$schema"`
		ID       string `json:"$id"`
		Required []string
	}
	if err := json.Unmarshal(schema, &doc); err != nil {
		log.Fatal(err)
	}
	fmt.Println(doc.Dialect)
	fmt.Println(doc.ID)
	fmt.Println(doc.Required)
	// Output:
	// http://json-schema.org/draft-07/schema#
	// https://schema.ocsf.io/schema/classes/authentication
	// [activity_id category_uid class_uid cloud metadata severity_id time type_uid user]
}
