package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/term"
)

// flushDelay is how long output may wait for more of it before it is written.
const flushDelay = 20 * time.Millisecond

// console is where a command reads from and writes to. Data goes to out,
// everything else to standard error. Its methods may be called by several
// goroutines.
type console struct {
	in     io.Reader
	out    *output
	stderr io.Writer
	look   look         // of text on standard output
	lively bool         // standard error is a terminal, which can show progress
	faults atomic.Int64 // documents so far that are not as they should be
}

func newConsole(stdin io.Reader, stdout, stderr io.Writer) *console {
	c := &console{in: stdin, stderr: stderr, lively: isTerminal(stderr) && os.Getenv("TERM") != "dumb"}
	c.look.colour = isTerminal(stdout) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	c.out = &output{w: bufio.NewWriterSize(stdout, 64<<10), stderr: stderr}
	return c
}

// isTerminal reports whether a file is a terminal.
func isTerminal(file any) bool {
	f, ok := file.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// errorf tells people about an error, after the data that came before it.
func (c *console) errorf(format string, args ...any) {
	c.errorln("secmodel: " + fmt.Sprintf(format, args...))
}

// errorln writes a line for people, after the data that came before it.
func (c *console) errorln(line string) {
	// An error of out stays with it; close reports it.
	_ = c.out.Flush()
	c.out.mu.Lock()
	defer c.out.mu.Unlock()
	c.out.erase()
	// There is nowhere to report that standard error can't be written.
	_, _ = io.WriteString(c.stderr, line+"\n")
}

// close writes what is left, and returns the exit code: code, or exitIO if the
// output can't be written. If its reader has gone, as that of a pipe to head
// has, it is exitGone, and there is nothing to tell anyone.
func (c *console) close(code int) int {
	err := c.out.Flush()
	switch {
	case err == nil:
		return code
	case readerGone(err):
		if code > exitIO {
			return code // what ended the command says more
		}
		return exitGone
	}
	c.errorf("cannot write the output: %s", reason(err))
	return exitIO
}

// output is standard output with a buffer, which is written soon after the last
// write to it: in a pipe, results come while the input is still open. It also
// keeps the progress line of a terminal out of the way of what is written.
type output struct {
	mu      sync.Mutex // protects all that follows
	w       *bufio.Writer
	pending bool // a flush is due
	stderr  io.Writer
	status  bool // a progress line is shown
}

// Write implements io.Writer.
func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(p) == 0 {
		return 0, nil
	}
	if o.w.Available() < len(p) {
		o.erase()
	}
	n, err := o.w.Write(p)
	if !o.pending && o.w.Buffered() > 0 {
		o.pending = true
		time.AfterFunc(flushDelay, func() {
			o.mu.Lock()
			defer o.mu.Unlock()
			o.pending = false
			_ = o.flush() // the error stays with the writer
		})
	}
	return n, err
}

// Flush writes what is in the buffer.
func (o *output) Flush() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.flush()
}

func (o *output) flush() error {
	if o.w.Buffered() > 0 {
		o.erase()
	}
	return o.w.Flush()
}

// show replaces the progress line.
func (o *output) show(line string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	_ = o.flush()
	_, _ = io.WriteString(o.stderr, "\r\x1b[K"+line)
	o.status = true
}

// erase removes the progress line. The caller holds the lock.
func (o *output) erase() {
	if o.status {
		_, _ = io.WriteString(o.stderr, "\r\x1b[K")
		o.status = false
	}
}

// readerGone reports whether err says that the other end of a pipe is closed.
func readerGone(err error) bool {
	if errors.Is(err, io.ErrClosedPipe) {
		return true
	}
	for _, gone := range pipeErrors() {
		if errors.Is(err, gone) {
			return true
		}
	}
	return false
}
