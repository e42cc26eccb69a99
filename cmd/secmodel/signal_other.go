//go:build !unix

package main

import "os"

// ignoreBrokenPipe does nothing: a write to a pipe that nobody reads is an error.
func ignoreBrokenPipe() {}

// endBy does nothing: there are no signals, only exit codes.
func endBy(os.Signal) {}
