package cli

// pipeErrors lists the errors of a pipe that nobody reads. On Plan 9 there is
// none: a process that writes to such a pipe gets a note, which ends it.
func pipeErrors() []error { return nil }
