// Command all is a program that uses every class of OCSF, to see what that costs
// in bytes.
package main

import (
	"fmt"
	"io"
	"os"

	"github.com/secmodel/secmodel/ocsf"
)

func main() {
	data, _ := io.ReadAll(os.Stdin)
	e, err := ocsf.Unmarshal(data)
	if err != nil {
		fmt.Println(err)
		return
	}
	out, err := e.AppendJSON(nil)
	fmt.Println(string(out), err, e.Validate())
}
