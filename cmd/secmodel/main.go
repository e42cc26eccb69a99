// Command secmodel checks, formats, converts and explains security events:
// documents of the formats IDMEFv2, OCSF and MozDef. Its help says how:
//
//	go run github.com/secmodel/secmodel/cmd/secmodel help
package main

import (
	"context"
	"os"

	"github.com/secmodel/secmodel/cmd/secmodel/internal/cli"
)

func main() {
	ctx, cancel := context.WithCancelCause(context.Background())
	sent := watchSignals(cancel)
	code := cli.Main(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	if s := sent.Load(); s != nil {
		endBy(*s)
	}
	os.Exit(code)
}
