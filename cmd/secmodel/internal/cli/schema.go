package cli

import (
	"github.com/spf13/cobra"
)

// newSchema returns the command schema.
func newSchema(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "schema",
		Short: "List, print and compare the schemas of the formats",
		Long: `Schema is about the specifications themselves: which versions and classes there
are, what JSON Schema other tools need to check documents, and what changed from
one version to another.`,
		Example: `  # Which versions are there?
  secmodel schema list

  # A JSON Schema for another validator
  secmodel schema print ocsf 1.8.0 authentication > authentication.schema.json

  # What changed, and whom it breaks
  secmodel schema diff ocsf 1.7.0 1.8.0`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newSchemaList(c), newSchemaPrint(c), newSchemaDiff(c))
	return cmd
}

// completeSchema gives the arguments FORMAT VERSION… to the shell: formats first,
// then versions of it, and where there is a class, classes.
func completeSchema(versions int, class bool) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		const only = cobra.ShellCompDirectiveNoFileComp
		switch {
		case len(args) == 0:
			return formatNames(), only
		case len(args) <= versions:
			return versionsOf(args[0]), only
		case class && len(args) == versions+1:
			return classNames(args[0], args[1]), only
		}
		return nil, only
	}
}
