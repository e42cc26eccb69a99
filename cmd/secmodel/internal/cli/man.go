package cli

import (
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
)

// newMan returns the command man.
func newMan(c *console) *cobra.Command {
	dir := ""
	cmd := &cobra.Command{
		Use:   "man [COMMAND]",
		Short: "Print the manual pages",
		Long: `Man prints the manual page of secmodel or of one of its commands, in the form
that the program man reads, or with --dir writes all of them to files.`,
		Example: `  # Write all pages, to be installed
  secmodel man --dir pages
  ls pages

  # One page
  secmodel man validate > secmodel-validate.1`,
		ValidArgsFunction: func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			var names []string
			if at, _, err := cmd.Root().Find(args); err == nil {
				for _, sub := range visible(at) {
					names = append(names, sub.Name())
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			of, _, err := cmd.Root().Find(args)
			if err != nil {
				return err
			}
			if dir == "" {
				_, _ = c.out.Write(manPage(of)) // close reports an error
				return nil
			}
			if err := writePages(of, dir); err != nil {
				c.errorf("%s", err)
				return status(exitIO)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&dir, "dir", "", "write a file for each command to this directory")
	_ = cmd.MarkFlagDirname("dir") // the flag exists
	return cmd
}

// writePages writes the manual pages of a command and all below it to files in a
// directory, which it makes if there is none.
func writePages(cmd *cobra.Command, dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, pageName(cmd)+".1"), manPage(cmd), 0o666); err != nil {
		return err
	}
	for _, sub := range visible(cmd) {
		if err := writePages(sub, dir); err != nil {
			return err
		}
	}
	return nil
}
