package cli

import (
	"fmt"

	"github.com/secmodel/secmodel"
)

// pipeline takes the documents of the inputs that args name through work, and
// gives the results to done in the order of the documents. It returns how many
// inputs could not be read to their end, each of which it has reported. It stops
// early only if the output can't be written, for which done returns false.
//
// work must depend on its argument alone, and keep nothing of it: documents
// share memory with those after them. done and everything it uses is called
// from one goroutine.
func pipeline[R any](c *console, args []string, opts []secmodel.Option, work func(*document) R, done func(R) bool) (unread int) {
	for d, err := range c.inputs(args, opts...) {
		if err != nil {
			if c.out.Flush() != nil {
				return unread // the error may be the output's; close reports it
			}
			c.errorf("%s", err)
			unread++
			continue
		}
		if !done(work(&d)) {
			return unread
		}
	}
	return unread
}

// finish returns the outcome of a command that has read inputs, as an error.
func finish(unread int, good bool) error {
	switch {
	case unread > 0:
		return status(exitIO)
	case !good:
		return status(exitInvalid)
	}
	return nil
}

// unreadNote is what a summary says of inputs that could not be read.
func unreadNote(unread int) string {
	if unread == 0 {
		return ""
	}
	return "; " + count(unread, "input") + " could not be read"
}

// count gives a number of things.
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
