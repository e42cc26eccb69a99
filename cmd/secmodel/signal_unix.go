//go:build unix

package main

import (
	"os"
	"os/signal"
	"syscall"
	"time"
)

// ignoreBrokenPipe makes a write to a pipe that nobody reads an error, and not the
// end of the process, so that there is a summary.
func ignoreBrokenPipe() { signal.Ignore(syscall.SIGPIPE) }

// endBy ends the process by a signal that has been caught: only so does a shell
// see that it was the signal, and not the command, that ended it, and ends its
// loop. Process 1, as in a container, no signal ends.
func endBy(s os.Signal) {
	number, ok := s.(syscall.Signal)
	if !ok || os.Getpid() == 1 {
		return
	}
	if syscall.Kill(os.Getpid(), number) == nil {
		time.Sleep(time.Second) // it may come to another thread
	}
}
