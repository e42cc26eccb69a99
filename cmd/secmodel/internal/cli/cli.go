// Package cli is the command line of secmodel, apart from the process that it
// runs in.
//
// Every command that reads events is built alike: [inputs] gives the documents
// of all inputs in order, a function of the command turns each into a result,
// and results are written in the same order. That function depends on nothing
// but its document, so that several may run at a time.
package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

// Exit codes. Of several that apply, the highest counts.
const (
	exitOK      = 0
	exitInvalid = 1 // at least one document is not as it should be
	exitUsage   = 2 // the command line is not understood; nothing was read
	exitIO      = 3 // at least one input could not be read, or the output not written
)

// Main runs the command line args, which do not have the program's name, and
// returns the exit code of the process.
func Main(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	c := newConsole(stdin, stdout, stderr)
	root := newRoot(c)
	root.SetArgs(append([]string{}, args...)) // nil would mean os.Args
	root.SetIn(stdin)
	root.SetOut(c.out)
	root.SetErr(stderr)
	if err := root.Execute(); err != nil {
		return c.close(c.exitCode(err))
	}
	return c.close(exitOK)
}

// newRoot returns the command line with all commands.
func newRoot(c *console) *cobra.Command {
	root := &cobra.Command{
		Use:   "secmodel",
		Short: "Check and format security events",
		Long: `secmodel checks and formats security events: JSON documents in which intrusion
detection systems, log shippers and others tell each other what they have seen.

It finds out by itself which format a document is. It knows:

` + formatList() + `
Start with the command validate, which says whether documents are as their
format demands, and where they are not.`,
		Version:       buildVersion(),
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetVersionTemplate("{{.Name}} {{.Version}}\n")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return &usageError{cmd.CommandPath(), err}
	})
	root.AddCommand(newValidate(c), newFmt(c), newVersion(c))
	return root
}

// status is the error of a command that has told everything already: only the
// exit code is left.
type status int

// Error implements error.
func (s status) Error() string { return fmt.Sprintf("exit code %d", int(s)) }

// usageError is a command line that a command does not understand.
type usageError struct {
	command string
	err     error
}

// Error implements error.
func (e *usageError) Error() string { return e.err.Error() }

// exitCode reports the error of a command, and returns its exit code.
func (c *console) exitCode(err error) int {
	if s, ok := errors.AsType[status](err); ok {
		return int(s)
	}
	// What is left comes from the command line.
	command := "secmodel"
	if u, ok := errors.AsType[*usageError](err); ok {
		command = u.command
	}
	c.errorf("%s", strings.TrimSpace(err.Error()))
	c.errorln("Run '" + command + " --help' for usage.")
	return exitUsage
}
