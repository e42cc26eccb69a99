package main

import (
	"context"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"

	"github.com/secmodel/secmodel/cmd/secmodel/internal/cli"
)

// watchSignals makes the first SIGINT or SIGTERM end what is done with a summary,
// by cancel. The second one ends the process at once. What it returns is the
// first signal, nil until there is one. Signals that the process was started to
// ignore, as shells start what runs in the background, it ignores.
func watchSignals(cancel context.CancelCauseFunc) *atomic.Pointer[os.Signal] {
	sent := new(atomic.Pointer[os.Signal])
	causes := map[os.Signal]cli.Signal{os.Interrupt: cli.Interrupt, syscall.SIGTERM: cli.Terminate}
	signals := make(chan os.Signal, 1)
	for s := range causes {
		if !signal.Ignored(s) {
			signal.Notify(signals, s)
		}
	}
	ignoreBrokenPipe()
	go func() {
		s := <-signals
		signal.Stop(signals)
		sent.Store(&s)
		cancel(causes[s])
	}()
	return sent
}
