package cli

import "syscall"

// pipeErrors lists the errors of a pipe that nobody reads: ERROR_BROKEN_PIPE
// and ERROR_NO_DATA.
func pipeErrors() []error { return []error{syscall.ERROR_BROKEN_PIPE, syscall.Errno(232)} }
