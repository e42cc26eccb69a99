package idmefv2

import "slices"

// Format is the name of the format in secmodel.Identity.
const Format = "idmefv2"

// Class is the only class of document, in secmodel.Identity.
const Class = "message"

// Latest is the newest draft that is not a preview. New makes messages of it.
const Latest = VersionV08

// Versions lists the drafts that are known, as the attribute Version names
// them, oldest first. The last one may be a preview that is newer than Latest.
func Versions() []string { return slices.Clone(table.Versions) }

// Judge returns the draft that a message is judged by whose Version is version:
// that draft if it is known, else Latest.
func Judge(version string) string {
	i, _ := table.VersionIndex(version)
	return table.Versions[i]
}
