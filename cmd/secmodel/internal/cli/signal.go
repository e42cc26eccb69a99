package cli

import (
	"context"
	"errors"
)

// Signal is a request to the process to end, as the cause of a context.
type Signal int

// The signals that a command ends on with a summary.
const (
	Interrupt Signal = iota + 1 // SIGINT, Ctrl-C
	Terminate                   // SIGTERM
)

// Error implements error: it says what became of a command.
func (s Signal) Error() string {
	if s == Terminate {
		return "terminated"
	}
	return "interrupted"
}

// exitCode returns the exit code of a command that the signal has ended.
func (s Signal) exitCode() int {
	if s == Terminate {
		return exitTerminated
	}
	return exitInterrupted
}

// signalOf returns the signal that a context is done by.
func signalOf(ctx context.Context) Signal {
	if s, ok := errors.AsType[Signal](context.Cause(ctx)); ok {
		return s
	}
	return Interrupt
}
