// Package cli is the command line of secmodel, apart from the process that it
// runs in.
//
// Every command that reads events is built alike: [inputs] gives the documents
// of all inputs in order, a function of the command turns each into a result,
// and results are written in the same order. That function depends on nothing
// but its document, so that several may run at a time.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

// Exit codes. Of several up to 3 that apply, the highest counts; what ended a
// command before its time counts more, and of that a signal.
const (
	exitOK      = 0
	exitInvalid = 1 // at least one document is not as it should be
	exitUsage   = 2 // the command line is not understood; nothing was read
	exitIO      = 3 // at least one input could not be read, or the output not written

	// As shells have it, 128 and the number of a signal.
	exitInterrupted = 130 // by SIGINT
	exitGone        = 141 // nobody reads the output any more, for which there is SIGPIPE
	exitTerminated  = 143 // by SIGTERM
)

// exitHelp lists, in a help text, the exit codes that all commands share which
// read documents.
const exitHelp = `  2    the command line is not understood
  3    an input could not be read, or the output not written
  130  interrupted, as with Ctrl-C; what was done until then has been written,
       and the summary says how much that is; a second Ctrl-C ends it at once
  141  nobody reads the output any more, as behind "| head"; the same holds
  143  told to end by SIGTERM; the same holds
`

// Main runs the command line args, which do not have the program's name, and
// returns the exit code of the process. Once ctx is done, a command that reads
// inputs ends: with what has been done until then written, and a summary. The
// cause of ctx is a Signal; any other counts as Interrupt.
func Main(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	c := newConsole(stdin, stdout, stderr)
	root := newRoot(c)
	root.SetArgs(append([]string{}, args...)) // nil would mean os.Args
	root.SetIn(stdin)
	root.SetOut(c.out)
	root.SetErr(stderr)
	cmd, err := root.ExecuteContextC(ctx)
	if err == nil {
		return c.close(exitOK)
	}
	if s, ok := errors.AsType[status](err); ok {
		return c.close(int(s))
	}
	// All other errors come from the command line.
	c.errorf("%s", strings.TrimSpace(err.Error()))
	c.errorln("Run '" + cmd.CommandPath() + " --help' for usage.")
	return c.close(exitUsage)
}

// newRoot returns the command line with all commands.
func newRoot(c *console) *cobra.Command {
	root := &cobra.Command{
		Use:   "secmodel",
		Short: "Check, convert and explain security events",
		Long: `secmodel checks, formats, converts and explains security events: documents in
which intrusion detection systems, log shippers and others tell each other what
they have seen, in JSON, CBOR, MessagePack or YAML.

It finds out by itself which format a document is. It knows:

` + formatList() + `
Start with the command validate, which says whether documents are as their
format demands, and where they are not; explain says what a name or a code
means, and new writes a document to begin with.`,
		Version:       buildVersion(),
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetVersionTemplate("{{.Name}} {{.Version}}\n")
	root.AddCommand(newValidate(c, new(validateFlags)), newDetect(c, new(detectFlags)), newFmt(c, new(fmtFlags)),
		newTranscode(c, new(transcodeFlags)), newRepair(c), newNormalize(c), newEnrich(c), newReduce(c), newUpgrade(c),
		newGet(c, new(getFlags)), newSchema(c), newNew(c, new(newFlags)), newExplain(c), newBench(c), newMan(c), newVersion(c))
	return root
}

// status is the error of a command that was understood and has told everything:
// only the exit code is left. A command returns any other error if it doesn't
// understand its command line.
type status int

// Error implements error.
func (s status) Error() string { return fmt.Sprintf("exit code %d", int(s)) }
