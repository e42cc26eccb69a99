package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

// Reference gives the help of all commands as a document in Markdown.
func Reference() []byte {
	var b strings.Builder
	b.WriteString("# The command secmodel\n\nThis is the help of all commands, as `secmodel help COMMAND` prints it, made by `go test ./cmd/secmodel -run TestReference -update`. [recipes.md](recipes.md) has whole tasks.\n")
	reference(&b, newRoot(newConsole(strings.NewReader(""), io.Discard, io.Discard)))
	return []byte(b.String())
}

// reference writes the help of a command and all below it.
func reference(b *strings.Builder, cmd *cobra.Command) {
	fmt.Fprintf(b, "\n## %s\n\n%s.\n\n```text\n%s\n```\n", cmd.CommandPath(), cmd.Short, strings.TrimSpace(cmd.Long))
	fmt.Fprintf(b, "\nUsage:\n\n```text\n%s\n", cmd.UseLine())
	for _, sub := range visible(cmd) {
		fmt.Fprintf(b, "  %-10s %s\n", sub.Name(), sub.Short)
	}
	b.WriteString(cmd.NonInheritedFlags().FlagUsages())
	b.WriteString("```\n")
	if cmd.Example != "" {
		fmt.Fprintf(b, "\nExamples:\n\n```sh\n%s\n```\n", strings.ReplaceAll(strings.TrimPrefix(cmd.Example, "  "), "\n  ", "\n"))
	}
	for _, sub := range visible(cmd) {
		reference(b, sub)
	}
}
