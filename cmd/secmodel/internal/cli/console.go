package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
)

// console is where a command reads from and writes to. Data goes to out,
// everything else to standard error.
type console struct {
	in     io.Reader
	out    *bufio.Writer
	stderr io.Writer
}

func newConsole(stdin io.Reader, stdout, stderr io.Writer) *console {
	return &console{in: stdin, out: bufio.NewWriterSize(stdout, 64<<10), stderr: stderr}
}

// errorf tells people about an error, after the data that came before it.
func (c *console) errorf(format string, args ...any) {
	c.errorln("secmodel: " + fmt.Sprintf(format, args...))
}

// errorln writes a line for people, after the data that came before it.
func (c *console) errorln(line string) {
	// An error of out stays with it; close reports it.
	_ = c.out.Flush()
	// There is nowhere to report that standard error can't be written.
	_, _ = io.WriteString(c.stderr, line+"\n")
}

// close writes what is left, and returns the exit code: code, or exitIO if the
// output can't be written. If its reader has gone, as that of a pipe to head
// has, that is nothing to tell anyone.
func (c *console) close(code int) int {
	err := c.out.Flush()
	if err == nil {
		return code
	}
	if !readerGone(err) {
		c.errorf("cannot write the output: %s", reason(err))
	}
	return exitIO
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

// eager is a reader that writes out what is there before it waits for more: in
// a pipe, results come as soon as there is nothing more to read.
type eager struct {
	r io.Reader
	c *console
}

// Read implements io.Reader.
func (e eager) Read(p []byte) (int, error) {
	if err := e.c.out.Flush(); err != nil {
		return 0, err
	}
	return e.r.Read(p)
}
