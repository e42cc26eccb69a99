package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/secmodel/secmodel/cmd/secmodel/internal/lookup"
	"github.com/secmodel/secmodel/internal/specdiff"
	"github.com/spf13/cobra"
)

// diffFlag is the value of the flag --output of schema diff.
type diffFlag struct{ name string }

// diffOutputs are the values of diffFlag.
func diffOutputs() []string { return []string{"text", "json", "markdown"} }

// String implements pflag.Value.
func (f *diffFlag) String() string { return f.name }

// Type implements pflag.Value.
func (f *diffFlag) Type() string { return strings.Join(diffOutputs(), "|") }

// Set implements pflag.Value.
func (f *diffFlag) Set(text string) error {
	if !slices.Contains(diffOutputs(), text) {
		return fmt.Errorf("it must be %s", strings.Join(diffOutputs(), ", "))
	}
	f.name = text
	return nil
}

// newSchemaDiff returns the command schema diff.
func newSchemaDiff(c *console) *cobra.Command {
	output := diffFlag{diffOutputs()[0]}
	exitCode := false
	cmd := &cobra.Command{
		Use:   "diff FORMAT FROM TO",
		Short: "Say what changed from one version to another, and whom it breaks",
		Long: `Diff lists what changed in the classes, objects, attributes and enumerations of
a format from one version to another, newer or older. In the text form "+" is
what came, "-" what went, "~" what changed, and "!" at the end of a line says
whom it breaks:

  producers  if a document that is right in FROM can be wrong in TO
  consumers  if a program written for FROM can no longer rely on what that
             promised

Exit codes:
  0    the versions were compared
  1    with --exit-code: something breaks producers or consumers
  2    the command line is not understood
  3    the output could not be written
  141  nobody reads the output any more, as behind "| head"`,
		Example: `  # What breaks with the next release?
  secmodel schema diff ocsf 1.7.0 1.8.0 | grep '!'

  # For a change log
  secmodel schema diff --output markdown idmefv2 2.D.V07 2.D.V08`,
		Args:              between(3, 3, "say a format and two of its versions, as ocsf 1.7.0 1.8.0"),
		ValidArgsFunction: completeSchema(2, false),
		RunE: func(_ *cobra.Command, args []string) error {
			s, err := lookup.Schema(args[0])
			if err != nil {
				return err
			}
			report, err := specdiff.Compare(s, args[1], args[2])
			if err != nil {
				return err
			}
			text := report.Text()
			switch output.name {
			case "markdown":
				text = report.Markdown()
			case "json":
				if text, err = report.JSON(); err != nil {
					return err
				}
			}
			_, _ = c.out.Write(text) // close reports an error
			if exitCode && report.Producers+report.Consumers > 0 {
				return status(exitInvalid)
			}
			return nil
		},
	}
	cmd.Flags().SortFlags = false
	cmd.Flags().Var(&output, "output", "form of the list")
	cmd.Flags().BoolVar(&exitCode, "exit-code", false, "end with 1 if something breaks producers or consumers")
	complete(cmd, "output", diffOutputs())
	return cmd
}
