package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/secmodel/secmodel/cmd/secmodel/internal/lookup"
	"github.com/secmodel/secmodel/cmd/secmodel/internal/skeleton"
	"github.com/secmodel/secmodel/idmefv2"
	"github.com/secmodel/secmodel/internal/model"
	"github.com/secmodel/secmodel/ocsf"
	"github.com/secmodel/secmodel/wire"
	"github.com/spf13/cobra"
)

// newFlags are the flags of new.
type newFlags struct {
	version     versionFlag
	indent      indentFlag
	recommended bool
	profiles    []string
	at          timeFlag
}

// newNew returns the command new, whose flags set f.
func newNew(c *console, f *newFlags) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "new CLASS",
		Short: "Write a document of a class to begin with",
		Long: `New writes a valid document of a class with the attributes that its version
requires, as a sample to edit: with a new identifier, the time of now, and
addresses and names that are set aside for documentation. CLASS is

  message              of IDMEFv2
  authentication       a class of OCSF by name, or by number: 3002
  event                a kind of document of MozDef: event, alert, compliance …

or one of these with its format, as mozdef/event. "secmodel schema list FORMAT
VERSION" lists all. The version is the newest that is released, unless --in
names another.`,
		Example: `  # An IDMEFv2 message
  secmodel new message

  # An OCSF event of an older release, with what that recommends
  secmodel new authentication --in 1.3.0 --recommended

  # It is valid
  secmodel new event | secmodel validate`,
		Args: between(1, 1, "say which class, as message or authentication"),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return allClassNames(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			text, err := f.document(args[0])
			if err != nil {
				return err
			}
			if f.indent.indent != "" {
				text = wire.AppendIndent(nil, text, f.indent.indent)
			}
			_, _ = c.out.Write(append(text, '\n')) // close reports an error
			return nil
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.Var(&f.version, "in", "version; the newest released one if not given")
	flags.BoolVar(&f.recommended, "recommended", false, "with the attributes that the version recommends")
	flags.StringSliceVar(&f.profiles, "profiles", nil, "profiles that the event names, separated by commas (OCSF)")
	flags.Var(&f.at, "at", "time of the event, as 2026-03-01T08:15:30Z; now if not given")
	f.indent.indent = "  "
	flags.Var(&f.indent, "indent", "indent by this many spaces, by a tab, or by this string; 0 for one line")
	complete(cmd, "in", versions())
	complete(cmd, "indent", []string{"0", "2", "4", "tab"})
	return cmd
}

// document makes a document of the class that is called name.
func (f *newFlags) document(name string) ([]byte, error) {
	s, class, version, err := findClass(name, f.version.version)
	if err != nil {
		return nil, err
	}
	o := skeleton.Options{Recommended: f.recommended, Profiles: f.profiles, NewID: idmefv2.NewID, Time: f.at.at}
	if o.Time.IsZero() {
		o.Time = time.Now().UTC()
	}
	x, err := skeleton.Document(s, class, version, o)
	if err != nil {
		return nil, err
	}
	return x.AppendJSON(nil), nil
}

// findClass returns the class that is called name, in a version or, if that is
// "", in the newest released one of its format.
func findClass(name, versionName string) (s *model.Schema, class *model.Type, version int, err error) {
	format, rest, scoped := strings.Cut(name, "/")
	if !scoped || !slices.Contains(formatNames(), format) {
		format, rest = "", name
	}
	uid, _ := strconv.ParseInt(rest, 10, 64)
	known := false // by another version than the one asked for
	for _, candidate := range formatNames() {
		if format != "" && format != candidate || candidate == ocsf.Format && !isEvent(rest, uid) {
			continue
		}
		s, err := lookup.Schema(candidate)
		if err != nil {
			return nil, nil, 0, err
		}
		version := s.Newest()
		if versionName != "" {
			version = s.Version(versionName)
		}
		for _, t := range s.Types {
			if t.Class == nil || !isNamed(t, rest) && (uid == 0 || t.Class.UID != uid) {
				continue
			}
			known = true
			if version >= 0 && t.In.Has(version) {
				return s, t, version, nil
			}
		}
	}
	if known {
		return nil, nil, 0, fmt.Errorf("there is no class %s in %s", name, versionName)
	}
	hint := ""
	if near := lookup.Nearest(rest, allClassNames()); len(near) > 0 {
		hint = "; did you mean " + strings.Join(near, ", ") + "?"
	}
	return nil, nil, 0, fmt.Errorf("no format has a class %s%s secmodel schema list FORMAT VERSION lists those that there are", name, cmp.Or(hint, ";"))
}

// isEvent reports whether OCSF has a class of that name or number: its schema is
// large, and not read for other classes.
func isEvent(name string, uid int64) bool {
	_, named := ocsf.ClassByName(name)
	_, numbered := ocsf.ClassByUID(uid)
	return named || numbered
}

// isNamed reports whether a class has, or had, a name.
func isNamed(t *model.Type, name string) bool {
	return t.Name == name || slices.ContainsFunc(t.Class.Names, func(r model.Ranged[string]) bool { return r.Value == name })
}
