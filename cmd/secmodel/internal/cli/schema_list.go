package cli

import (
	"fmt"

	"github.com/secmodel/secmodel/schemas"
	"github.com/spf13/cobra"
)

// newSchemaList returns the command schema list.
func newSchemaList(c *console) *cobra.Command {
	objects := false
	cmd := &cobra.Command{
		Use:   "list [FORMAT [VERSION]]",
		Short: "List formats and versions, or the classes of a version",
		Long: `List names the versions of all formats or of one, oldest first, with the number
of classes in each; or the classes of a version: the kinds of documents that it
has, with their number, name, category and caption, as far as the format has
these.`,
		Example: `  # Versions
  secmodel schema list
  secmodel schema list ocsf

  # Classes of a version, and its objects
  secmodel schema list ocsf 1.8.0
  secmodel schema list --objects idmefv2 2.D.V08`,
		Args:              between(0, 2, "say no more than a format and a version, as ocsf 1.8.0"),
		ValidArgsFunction: completeSchema(1, false),
		RunE: func(_ *cobra.Command, args []string) error {
			switch {
			case len(args) == 2:
				return listClasses(c, args[0], args[1], objects)
			case len(args) == 1:
				return listVersions(c, args[0])
			}
			for _, format := range formatNames() {
				if err := listVersions(c, format); err != nil {
					return err
				}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&objects, "objects", false, "list the objects too that classes are made of")
	return cmd
}

// listVersions lists the versions of a format.
func listVersions(c *console, format string) error {
	f, err := schemas.Open(format)
	if err != nil {
		return err
	}
	for _, v := range f.Versions() {
		classes, err := f.Classes(v.Name)
		if err != nil {
			return err
		}
		note := ""
		if v.Preview {
			note = ", not released yet"
		}
		n := fmt.Sprintf("%d classes", len(classes))
		if len(classes) == 1 {
			n = "1 class"
		}
		fmt.Fprintf(c.out, "%-8s %-12s %s%s\n", format, v.Name, n, note)
	}
	return nil
}

// listClasses lists the classes of a version, and its objects.
func listClasses(c *console, format, version string, objects bool) error {
	f, err := schemas.Open(format)
	if err != nil {
		return err
	}
	classes, err := f.Classes(version)
	if err != nil {
		return err
	}
	for _, class := range classes {
		uid := ""
		if class.UID != 0 || class.Category != "" {
			uid = fmt.Sprintf("%7d  ", class.UID)
		}
		category := ""
		if class.Category != "" {
			category = fmt.Sprintf("%-16s ", class.Category)
		}
		fmt.Fprintf(c.out, "%s%-44s %s%s\n", uid, class.Name, category, class.Title)
	}
	if !objects {
		return nil
	}
	list, err := f.Objects(version)
	if err != nil {
		return err
	}
	for _, o := range list {
		fmt.Fprintf(c.out, " object  %-44s %s\n", o.Name, o.Title)
	}
	return nil
}
