package cli

import (
	"cmp"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// newVersion returns the command version.
func newVersion(c *console) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version of secmodel and of the formats that it knows",
		Long: `Version prints three things: the version of secmodel; with what and for what it
was built; and a line for each format, with its versions, oldest first.`,
		Example: `  secmodel version`,
		Args:    cobra.NoArgs,
		Run: func(*cobra.Command, []string) {
			fmt.Fprintf(c.out, "secmodel %s\n%s %s/%s\n%s", buildVersion(),
				runtime.Version(), runtime.GOOS, runtime.GOARCH, versionList())
		},
	}
}

// buildVersion returns the version of the module that the program was built
// from.
func buildVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	return versionOf(info)
}

// versionOf returns the version that build information names, with the commit
// if the version does not hold it.
func versionOf(info *debug.BuildInfo) string {
	version := cmp.Or(info.Main.Version, "(devel)")
	if version != "(devel)" {
		return version
	}
	revision, modified := "", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			revision = s.Value
		case s.Key == "vcs.modified" && s.Value == "true":
			modified = " modified"
		}
	}
	if revision != "" {
		version += " " + revision + modified
	}
	return version
}
