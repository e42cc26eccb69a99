package cli

import (
	"fmt"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/ocsf"
	"github.com/spf13/cobra"
)

// newEnrich returns the command enrich.
func newEnrich(c *console) *cobra.Command {
	return newFill(c, "filled", ocsf.Enrich, &cobra.Command{
		Use:   "enrich [FILE...]",
		Short: "Fill in what follows from the rest of an OCSF event",
		Long: `Enrich fills in, by the release that an OCSF event names, what follows from the
rest of it: the captions of numbers, as "severity": "High" of "severity_id": 4,
and the reverse; type_uid and the numbers and names of class and category; and
the list of observables. What is there stays as it is. Documents of other
formats are written as they are.

` + toldHelp + inputHelp + `
Exit codes:
  0    all documents were written
  1    at least one was left out, or has two members of one name
` + exitHelp,
		Example: `  # Captions and observables for people who read events
  secmodel enrich login.json

  # What was filled in
  secmodel enrich --output text login.json > full.json`,
	})
}

// newReduce returns the command reduce.
func newReduce(c *console) *cobra.Command {
	return newFill(c, "taken out", ocsf.Reduce, &cobra.Command{
		Use:   "reduce [FILE...]",
		Short: "Take out of an OCSF event what enrich fills in again",
		Long: `Reduce takes out of an OCSF event what the command enrich fills in again exactly
as it was: captions, type_uid, names of class and category, observables. Events
become smaller; they are meant to be enriched before others get them, since a
release demands some of what was taken out. Documents of other formats are
written as they are.

` + toldHelp + inputHelp + `
Exit codes:
  0    all documents were written
  1    at least one was left out, or has two members of one name
` + exitHelp,
		Example: `  # Smaller on disk
  secmodel reduce login.json > small.ndjson

  # And back
  secmodel reduce login.json | secmodel enrich`,
	})
}

// newFill completes a command that fills attributes of OCSF events in, or takes
// them out.
func newFill(c *console, verb string, fill func(ocsf.Event, ...secmodel.Option) []ocsf.Attribute, cmd *cobra.Command) *cobra.Command {
	t := &transformer{did: "changed", other: "of other formats"}
	noObservables := false
	cmd.Args = checkInputs
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		var opts []secmodel.Option
		if noObservables {
			opts = append(opts, secmodel.SkipObservables())
		}
		t.changer = func(d *document) change {
			ch, ok := t.load(d)
			if !ok {
				return ch
			}
			add := func(prefix string, e ocsf.Event) {
				for _, a := range fill(e, opts...) {
					a.Pointer = prefix + a.Pointer
					ch.done = append(ch.done, told{fmt.Sprintf("%s: %s", verb, a.Pointer), a})
				}
			}
			switch m := ch.message.(type) {
			case ocsf.Event:
				add("", m)
			case *ocsf.Bundle:
				for i, e := range m.Events {
					add(fmt.Sprintf("/events/%d", i), e)
				}
			default:
				ch.alone = true
			}
			return ch
		}
		return t.run(cmd.Context(), c, args)
	}
	cmd.Flags().SortFlags = false
	cmd.Flags().BoolVar(&noObservables, "no-observables", false, "leave the list of observables as it is")
	t.add(cmd, "none")
	return cmd
}
