package ocsf

import "slices"

// Format is the name of the format in secmodel.Identity.
const Format = "ocsf"

// Latest is the newest release that is not a preview. The constructors make
// events of it.
const Latest = newest

// Versions lists the releases that are known, as metadata.version names them,
// oldest first. The last one may be a preview that is newer than Latest.
func Versions() []string { return slices.Clone(table.Versions) }

// Judge returns the release that an event is judged by whose metadata.version is
// version: that release if it is known, else Latest.
func Judge(version string) string {
	i, _ := table.VersionIndex(version)
	return table.Versions[i]
}
