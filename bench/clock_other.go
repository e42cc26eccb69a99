//go:build !unix

package main

import "time"

// clockName says what now counts.
const clockName = "elapsed time"

var start = time.Now()

// now is the time since the program began.
func now() time.Duration { return time.Since(start) }
