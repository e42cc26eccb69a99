package main

import (
	"fmt"

	"github.com/secmodel/secmodel/ocsf"
)

func main() {
	e := ocsf.NewAuthentication(ocsf.AuthenticationActivityIDLogon)
	data, err := e.AppendJSON(nil)
	fmt.Println(string(data), err, e.Validate(), e.UnmarshalJSON(data))
}
