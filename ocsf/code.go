package ocsf

// Codes of violations that only OCSF has; all others are in package secmodel. The
// official schema server has those of profiles, of type_uid, of versions, and
// observable_name_invalid_reference; its toolkit has observable_path_not_found
// and observable_value_not_found.
const (
	CodeProfileUnknown = "profile_unknown"
	// type_uid is not class_uid * 100 + activity_id.
	CodeTypeUIDIncorrect = "type_uid_incorrect"

	// metadata.version, compared with the release that the event is judged by.
	CodeVersionInitial    = "version_incompatible_initial_development"
	CodeVersionPrerelease = "version_incompatible_prerelease"
	CodeVersionLater      = "version_incompatible_later"
	CodeVersionEarlier    = "version_earlier"

	// The name of an observable is a path to no attribute of the class.
	CodeObservableReference = "observable_name_invalid_reference"
	// The event has nothing at the path, or has, but not the value.
	CodeObservablePath  = "observable_path_not_found"
	CodeObservableValue = "observable_value_not_found"
	// type_id is not the number of the attribute's type.
	CodeObservableType = "observable_type_id_incorrect"

	CodeBundleCount = "bundle_count_incorrect"
	CodeBundleTime  = "bundle_time_incorrect"
)
