package cli

import (
	"errors"

	"github.com/secmodel/secmodel"
	"github.com/spf13/cobra"
)

// newRepair returns the command repair.
func newRepair(c *console) *cobra.Command {
	t := &transformer{did: "repaired"}
	var version versionFlag
	var strict bool
	cmd := &cobra.Command{
		Use:   "repair [FILE...]",
		Short: "Mend known deviations, and tell each",
		Long: `Repair mends what producers are known to get wrong and what can be read in one
way only: numbers written as text, one value where a list is due, other
spellings of an enumeration's values, other notations of a time, nulls, older
names and shapes. It never guesses, and it never changes a document without
telling. What it mends is listed in docs/repair.md.

` + toldHelp + `Each repair is told by its code, the JSON Pointer of the value, and what the
value was and became.

` + inputHelp + `
Exit codes:
  0    all documents are valid now
  1    at least one is not, or was left out; secmodel validate says why
` + exitHelp,
		Example: `  # Mend, and keep a record of what was mended
  secmodel repair old.ndjson > mended.ndjson 2> repairs.txt

  # Is there anything to mend?
  secmodel repair --output json old.ndjson 2>&1 >/dev/null | grep '"code"'`,
		Args: checkInputs,
		RunE: func(cmd *cobra.Command, args []string) error {
			opts := append(t.input.options(), secmodel.WithVersion(version.version))
			if strict {
				opts = append(opts, secmodel.Strict())
			}
			t.changer = func(d *document) change { return repair(d, opts) }
			return t.run(cmd.Context(), c, args)
		},
	}
	cmd.Flags().SortFlags = false
	cmd.Flags().Var(&version, "version-as", "mend for this version, whatever documents name themselves")
	cmd.Flags().BoolVar(&strict, "strict", false, "mend what is only warned of, too; a warning left is a fault")
	t.add(cmd, "text")
	complete(cmd, "version-as", versions())
	return cmd
}

// repair mends one document.
func repair(d *document, opts []secmodel.Option) change {
	var c change
	opts = append(opts[:len(opts):len(opts)], secmodel.Repair(func(r secmodel.Repaired) {
		c.done = append(c.done, told{"repaired: " + r.String(), r})
	}))
	m, err := d.read(opts)
	if m == nil {
		return unreadable(d, err)
	}
	c.message = m
	c.note(err)
	if _, invalid := errors.AsType[*secmodel.ValidationError](err); invalid {
		c.fault = true
	}
	return c
}
