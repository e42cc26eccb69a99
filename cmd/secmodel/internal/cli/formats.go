package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/secmodel/secmodel/idmefv2"
	"github.com/secmodel/secmodel/mozdef"
	"github.com/secmodel/secmodel/ocsf"
)

// format is what people are told about a format.
type format struct {
	name     string
	about    string
	versions []string
}

// formats lists the formats that documents are recognised as.
func formats() []format {
	return []format{
		{idmefv2.Format, "Incident Detection Message Exchange Format, version 2", idmefv2.Versions()},
		{ocsf.Format, "Open Cybersecurity Schema Framework: events of all classes", ocsf.Versions()},
		{mozdef.Format, "events and alerts of MozDef, the Mozilla Defense Platform", mozdef.Versions()},
	}
}

// formatList lists the formats for a help text.
func formatList() string {
	var b strings.Builder
	for _, f := range formats() {
		fmt.Fprintf(&b, "  %-8s %s\n", f.name, f.about)
	}
	return b.String()
}

// versionList lists the versions of all formats for a help text.
func versionList() string {
	var b strings.Builder
	for _, f := range formats() {
		fmt.Fprintf(&b, "  %-8s %s\n", f.name, strings.Join(f.versions, " "))
	}
	return b.String()
}

// versions lists the versions of all formats.
func versions() []string {
	var list []string
	for _, f := range formats() {
		list = append(list, f.versions...)
	}
	return list
}

// formatNames lists the names of the formats.
func formatNames() []string {
	var names []string
	for _, f := range formats() {
		names = append(names, f.name)
	}
	return names
}

// formatFlag is the value of a flag that names a format; it is empty as long as
// it is not set.
type formatFlag struct{ name string }

// String implements pflag.Value.
func (f *formatFlag) String() string { return f.name }

// Type implements pflag.Value.
func (f *formatFlag) Type() string { return "format" }

// Set implements pflag.Value.
func (f *formatFlag) Set(text string) error {
	if list := formatNames(); !slices.Contains(list, text) {
		return fmt.Errorf("it must be %s", strings.Join(list, ", "))
	}
	f.name = text
	return nil
}

// versionFlag is the value of a flag that names a version of some format.
type versionFlag struct{ version string }

// String implements pflag.Value.
func (f *versionFlag) String() string { return f.version }

// Type implements pflag.Value.
func (f *versionFlag) Type() string { return "version" }

// Set implements pflag.Value.
func (f *versionFlag) Set(text string) error {
	if list := versions(); !slices.Contains(list, text) {
		return fmt.Errorf("no format has this version; those known are %s", strings.Join(list, ", "))
	}
	f.version = text
	return nil
}
