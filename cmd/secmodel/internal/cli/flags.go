package cli

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/secmodel/secmodel"
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

// addMaxBytes adds the flag --max-bytes to a command; it sets f.
func addMaxBytes(cmd *cobra.Command, f *bytesFlag) {
	f.n = secmodel.DefaultMaxBytes
	cmd.Flags().Var(f, "max-bytes", "size of the largest document to read; larger ones are reported and passed over")
}

// complete gives the values of a flag to the shell.
func complete(cmd *cobra.Command, flag string, values []string) {
	// The error is for a flag that does not exist or has values already: a
	// mistake in this package, which the tests of completion find.
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
}
