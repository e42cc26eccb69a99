package cli

import (
	"errors"
	"fmt"

	"github.com/secmodel/secmodel/cmd/secmodel/internal/lookup"
	"github.com/spf13/cobra"
)

// newExplain returns the command explain.
func newExplain(c *console) *cobra.Command {
	output := outputFlag{outputs()[0]}
	var format formatFlag
	all := false
	cmd := &cobra.Command{
		Use:   "explain NAME...",
		Short: "Say what a class, attribute, value or code means",
		Long: `Explain says what a name stands for in the formats: its meaning, its type, in
which versions it exists and is required, its values, and where the
specification has it. A name is one of

  authentication, 3002           a class, by name or number
  user, Analyzer                 an object
  severity_id, Source.IP         an attribute; of an object, or of what another
                                 attribute holds
  Recon.Scanning, severity_id=4  a value of an enumeration, or of an attribute
  type_uid_incorrect             a code of a violation, suspicion, repair or
                                 conversion

It may stand for several; all are told.

Exit codes:
  0    all names stand for something
  1    at least one does not; what is close to it is told
  2    the command line is not understood
  3    the output could not be written
  141  nobody reads the output any more, as behind "| head"`,
		Example: `  # An attribute
  secmodel explain severity_id

  # A code that validate has told
  secmodel explain attribute_enum_value_unknown

  # Everything about a class
  secmodel explain --all authentication`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return errors.New("say which name to explain, as severity_id")
			}
			return nil
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			names := allClassNames()
			for _, code := range lookup.Codes() {
				names = append(names, code.Name)
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			return explain(c, args, format.name, output.name == "json", all)
		},
	}
	cmd.Flags().SortFlags = false
	cmd.Flags().Var(&output, "output", "form of the output: for people or for machines")
	cmd.Flags().Var(&format, "format", "look in this format only")
	cmd.Flags().BoolVar(&all, "all", false, "do not cut lists short")
	complete(cmd, "output", outputs())
	complete(cmd, "format", formatNames())
	return cmd
}

// explain says what names stand for: each entry as text, with an empty line
// between them, or as a JSON object on a line of its own.
func explain(c *console, names []string, format string, asJSON, all bool) error {
	unknown, first := 0, true
	for _, name := range names {
		entries, err := lookup.Find(format, name)
		switch {
		case errors.Is(err, lookup.ErrUnknown):
			c.errorf("%s", printable(err.Error()))
			unknown++
			continue
		case err != nil:
			return err
		}
		for i := range entries {
			if asJSON {
				_, err = c.out.Write(jsonLine(&entries[i]))
			} else {
				if !first {
					fmt.Fprintln(c.out)
				}
				_, err = c.out.Write([]byte(entries[i].Text(all)))
			}
			if err != nil {
				return status(exitIO) // close says why
			}
			first = false
		}
	}
	if unknown > 0 {
		return status(exitInvalid)
	}
	return nil
}
