package cli

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
)

// outputFlag is the value of the flag --output.
type outputFlag struct{ name string }

// outputs are the values of outputFlag; the first is the default.
func outputs() []string { return []string{"text", "json"} }

// String implements pflag.Value.
func (f *outputFlag) String() string { return f.name }

// Type implements pflag.Value.
func (f *outputFlag) Type() string { return strings.Join(outputs(), "|") }

// Set implements pflag.Value.
func (f *outputFlag) Set(text string) error {
	if !slices.Contains(outputs(), text) {
		return fmt.Errorf("it must be %s", strings.Join(outputs(), " or "))
	}
	f.name = text
	return nil
}

// bytesFlag is the value of a flag that is a number of bytes.
type bytesFlag struct{ n int }

// String implements pflag.Value.
func (f *bytesFlag) String() string { return strconv.Itoa(f.n) }

// Type implements pflag.Value.
func (f *bytesFlag) Type() string { return "bytes" }

// Set implements pflag.Value.
func (f *bytesFlag) Set(text string) error {
	n, err := strconv.Atoi(text)
	if err != nil || n <= 0 {
		return fmt.Errorf("it must be a whole number of bytes above 0")
	}
	f.n = n
	return nil
}

// maxIndent is the greatest width of an indent.
const maxIndent = 16

// indentFlag is the value of the flag --indent.
type indentFlag struct{ indent string }

// String implements pflag.Value.
func (f *indentFlag) String() string { return f.indent }

// Type implements pflag.Value.
func (f *indentFlag) Type() string { return "width|tab|string" }

// Set implements pflag.Value.
func (f *indentFlag) Set(text string) error {
	n, err := strconv.Atoi(text)
	switch {
	case err == nil && n >= 0 && n <= maxIndent:
		f.indent = strings.Repeat(" ", n)
	case text == "tab":
		f.indent = "\t"
	case strings.Trim(text, " \t") == "" && len(text) <= maxIndent:
		f.indent = text
	default:
		return fmt.Errorf("it must be a number of spaces up to %d, the word tab, or the spaces and tabs themselves", maxIndent)
	}
	return nil
}

// jobsFlag is the value of the flag --jobs.
type jobsFlag struct{ n int }

// maxJobs is the greatest value of jobsFlag.
const maxJobs = 1024

// String implements pflag.Value.
func (f *jobsFlag) String() string { return strconv.Itoa(f.n) }

// Type implements pflag.Value.
func (f *jobsFlag) Type() string { return "number" }

// Set implements pflag.Value.
func (f *jobsFlag) Set(text string) error {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > maxJobs {
		return fmt.Errorf("it must be a whole number from 0 to %d", maxJobs)
	}
	f.n = n
	return nil
}

// limitFlag is the value of a flag that is a number of documents, 0 for no end.
type limitFlag struct{ n int }

// String implements pflag.Value.
func (f *limitFlag) String() string { return strconv.Itoa(f.n) }

// Type implements pflag.Value.
func (f *limitFlag) Type() string { return "number" }

// Set implements pflag.Value.
func (f *limitFlag) Set(text string) error {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return fmt.Errorf("it must be a whole number, 0 for no end")
	}
	f.n = n
	return nil
}

// stopFlags are the flags that end a command early.
type stopFlags struct {
	failFast  bool
	maxErrors limitFlag
}

// add adds the flags to a command.
func (f *stopFlags) add(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.failFast, "fail-fast", false, "stop at the first invalid document")
	cmd.Flags().Var(&f.maxErrors, "max-errors", "stop once this many documents are invalid; 0 for no end")
	cmd.MarkFlagsMutuallyExclusive("fail-fast", "max-errors")
}

// limit returns how many invalid documents end the command, 0 for no end.
func (f *stopFlags) limit() int {
	if f.failFast {
		return 1
	}
	return f.maxErrors.n
}

// between is a cobra.PositionalArgs: it returns an error that says what to say if
// there are not as many arguments as there should be.
func between(least, most int, say string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) < least || len(args) > most {
			return errors.New(say)
		}
		return nil
	}
}

// complete gives the values of a flag to the shell.
func complete(cmd *cobra.Command, flag string, values []string) {
	// The error is for a flag that does not exist or has values already: a
	// mistake in this package, which the tests of completion find.
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
}
