package mozdef

// Version is the one version of the format. MozDef never numbered its messages
// and documents name no version; this is the library's own name for the format
// as of the end of the project in 2021.
const Version = "1"

// Versions returns the known versions, oldest first. The slice is the caller's.
func Versions() []string { return []string{Version} }
