// Command secmodel checks, formats, converts and explains security events:
// documents of the formats IDMEFv2, OCSF and MozDef. Its help says how:
//
//	go run github.com/secmodel/secmodel/cmd/secmodel help
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/secmodel/secmodel/cmd/secmodel/internal/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // the second signal ends the process at once
	os.Exit(cli.Main(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
