package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// manPage gives the manual page of a command, for the macros of man(7).
func manPage(cmd *cobra.Command) []byte {
	var b strings.Builder
	name := pageName(cmd)
	fmt.Fprintf(&b, ".TH %s 1 \"\" \"secmodel\" \"Security events\"\n", roffText(strings.ToUpper(name)))
	fmt.Fprintf(&b, ".SH NAME\n%s \\- %s\n", roffText(name), roffText(cmd.Short))
	fmt.Fprintf(&b, ".SH SYNOPSIS\n.B %s\n", roffText(cmd.CommandPath()))
	if use := strings.TrimPrefix(cmd.UseLine(), cmd.CommandPath()); use != "" {
		b.WriteString(roffText(strings.TrimSpace(use)) + "\n")
	}
	b.WriteString(".SH DESCRIPTION\n")
	for paragraph := range strings.SplitSeq(cmd.Long, "\n\n") {
		roffParagraph(&b, paragraph)
	}
	if subs := visible(cmd); len(subs) > 0 {
		b.WriteString(".SH COMMANDS\n")
		for _, sub := range subs {
			fmt.Fprintf(&b, ".TP\n.B %s\n%s\n", roffText(sub.Name()), roffText(sub.Short))
		}
	}
	var flags strings.Builder
	cmd.NonInheritedFlags().VisitAll(func(f *pflag.Flag) { roffFlag(&flags, f) })
	if flags.Len() > 0 {
		b.WriteString(".SH OPTIONS\n" + flags.String())
	}
	if cmd.Example != "" {
		b.WriteString(".SH EXAMPLES\n")
		roffVerbatim(&b, cmd.Example)
	}
	if cmd.HasParent() {
		fmt.Fprintf(&b, ".SH SEE ALSO\n.BR %s (1)\n", roffText(pageName(cmd.Parent())))
	}
	return []byte(b.String())
}

// pageName is the name of a command's manual page.
func pageName(cmd *cobra.Command) string { return strings.ReplaceAll(cmd.CommandPath(), " ", "-") }

// visible lists the commands below one that help texts name, but for those that
// cobra adds.
func visible(cmd *cobra.Command) []*cobra.Command {
	var list []*cobra.Command
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() && sub.Name() != "help" && sub.Name() != "completion" {
			list = append(list, sub)
		}
	}
	return list
}

// roffParagraph writes a paragraph: filled, or as it is if it has indented lines.
func roffParagraph(b *strings.Builder, text string) {
	text = strings.Trim(text, "\n")
	switch {
	case text == "":
	case strings.HasPrefix(text, "  ") || strings.Contains(text, "\n  "):
		roffVerbatim(b, text)
	default:
		b.WriteString(".PP\n")
		for line := range strings.SplitSeq(text, "\n") {
			b.WriteString(roffText(line) + "\n")
		}
	}
}

// roffVerbatim writes lines as they are.
func roffVerbatim(b *strings.Builder, text string) {
	b.WriteString(".PP\n.nf\n")
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		b.WriteString(roffText(line) + "\n")
	}
	b.WriteString(".fi\n")
}

// roffFlag writes a flag with its description.
func roffFlag(b *strings.Builder, f *pflag.Flag) {
	if f.Hidden {
		return
	}
	name := "--" + f.Name
	if f.Shorthand != "" {
		name = "-" + f.Shorthand + ", " + name
	}
	kind, usage := pflag.UnquoteUsage(f)
	if kind != "" {
		name += " " + kind
	}
	if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "[]" && f.DefValue != "0" && strings.TrimSpace(f.DefValue) != "" {
		usage += " (default " + f.DefValue + ")"
	}
	fmt.Fprintf(b, ".TP\n.B %s\n%s\n", roffText(name), roffText(usage))
}

// roffText escapes text: what begins a line as a control line does, the escape
// character, and hyphens, which are minus signs in commands.
func roffText(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(text)
	if strings.HasPrefix(text, ".") || strings.HasPrefix(text, "'") {
		return `\&` + text
	}
	return text
}
