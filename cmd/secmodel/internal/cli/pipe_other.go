//go:build !windows && !plan9

package cli

import "syscall"

// pipeErrors lists the errors of a pipe that nobody reads.
func pipeErrors() []error { return []error{syscall.EPIPE} }
