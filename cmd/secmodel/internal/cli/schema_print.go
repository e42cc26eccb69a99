package cli

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/secmodel/secmodel/cmd/secmodel/internal/lookup"
	"github.com/secmodel/secmodel/schemas"
	"github.com/spf13/cobra"
)

// draftFlag is the value of a flag that names a version of JSON Schema; dialect
// is empty as long as it is not set.
type draftFlag struct {
	name    string
	dialect schemas.Dialect
}

// drafts are the values of draftFlag.
func drafts() map[string]schemas.Dialect {
	return map[string]schemas.Dialect{"2020-12": schemas.Draft202012, "07": schemas.Draft07, "04": schemas.Draft04}
}

// String implements pflag.Value.
func (f *draftFlag) String() string { return f.name }

// Type implements pflag.Value.
func (f *draftFlag) Type() string { return "2020-12|07|04" }

// Set implements pflag.Value.
func (f *draftFlag) Set(text string) error {
	dialect, ok := drafts()[text]
	if !ok {
		return fmt.Errorf("it must be 2020-12, 07 or 04")
	}
	f.name, f.dialect = text, dialect
	return nil
}

// newSchemaPrint returns the command schema print.
func newSchemaPrint(c *console) *cobra.Command {
	var draft draftFlag
	var strict, official bool
	var profiles []string
	cmd := &cobra.Command{
		Use:   "print FORMAT VERSION [CLASS]",
		Short: "Print a JSON Schema of a class, an object or a whole version",
		Long: `Print writes a JSON Schema for other tools, complete in itself: of one class or
object in one version or, without CLASS, of all of them, where a document is
judged as what it is. It says what makes a document wrong. What only makes it
suspect, and rules that JSON Schema cannot express, it leaves out: secmodel
validate is stricter.`,
		Example: `  # For another validator
  secmodel schema print idmefv2 2.D.V08 message > idmefv2.schema.json
  secmodel schema print --draft 07 ocsf 1.8.0 authentication

  # Warnings are errors too
  secmodel schema print --strict mozdef 1 event

  # Of events that name just these profiles
  secmodel schema print --profiles cloud,host ocsf 1.8.0 api_activity`,
		Args:              between(2, 3, "say a format, a version and, unless it is to be all of that, a class or object, as ocsf 1.8.0 authentication"),
		ValidArgsFunction: completeSchema(1, true),
		RunE: func(cmd *cobra.Command, args []string) error {
			var opts []schemas.Option
			if draft.dialect != "" {
				opts = append(opts, schemas.WithDialect(draft.dialect))
			}
			if strict {
				opts = append(opts, schemas.Strict())
			}
			if official {
				opts = append(opts, schemas.Official())
			}
			if cmd.Flags().Changed("profiles") {
				opts = append(opts, schemas.WithProfiles(profiles...))
			}
			f, err := schemas.Open(args[0])
			if err != nil {
				return err
			}
			var text []byte
			if len(args) == 3 {
				if text, err = f.Plain(args[1], args[2], opts...); err != nil {
					err = proposing(err, f, args[1], args[2])
				}
			} else {
				text, err = f.Release(args[1], opts...)
			}
			if err != nil {
				return err
			}
			_, _ = c.out.Write([]byte(strings.TrimSuffix(string(text), "\n") + "\n")) // close reports an error
			return nil
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.Var(&draft, "draft", "version of JSON Schema; 2020-12 if not given, 07 with --official")
	flags.BoolVar(&strict, "strict", false, "refuse what is only warned of, too")
	flags.BoolVar(&official, "official", false, "say exactly what the export of the official OCSF server says")
	flags.StringSliceVar(&profiles, "profiles", nil, "of events that name just these profiles, separated by commas (OCSF)")
	complete(cmd, "draft", slices.Sorted(maps.Keys(drafts())))
	return cmd
}

// proposing adds to an error the classes and objects of a version that are called
// much like the name that it is about, unless that is one of them.
func proposing(err error, f *schemas.Format, version, name string) error {
	classes, _ := f.Classes(version)
	objects, _ := f.Objects(version)
	var known []string
	for _, class := range classes {
		known = append(known, class.Name)
	}
	for _, o := range objects {
		known = append(known, o.Name)
	}
	near := lookup.Nearest(name, known)
	if len(near) == 0 || slices.Contains(known, name) {
		return err
	}
	return fmt.Errorf("%w; did you mean %s?", err, strings.Join(near, ", "))
}
