// Command secmodel checks and formats security events: IDMEFv2 and MozDef
// messages in JSON. Its help says how:
//
//	go run github.com/secmodel/secmodel/cmd/secmodel help
package main

import (
	"os"

	"github.com/secmodel/secmodel/cmd/secmodel/internal/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
