package schemas_test

import (
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
