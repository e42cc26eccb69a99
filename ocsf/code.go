package ocsf

// Codes of violations that only OCSF has; all others are in package secmodel. The
// official schema server has those of profiles, of type_uid, of versions, and
// observable_name_invalid_reference; its toolkit has observable_path_not_found
// and observable_value_not_found.
//
//	code                                      severity  meaning
//	profile_unknown                           error     metadata.profiles names a profile that the release does not have
//	type_uid_incorrect                        error     type_uid is not class_uid * 100 + activity_id
//	version_incompatible_initial_development  error     metadata.version is 0.x, which no release is compatible with
//	version_incompatible_prerelease           error     metadata.version is of a prerelease
//	version_incompatible_later                error     metadata.version is later than the release that the event is judged by
//	version_earlier                           warning   metadata.version is earlier than that release
//	observable_name_invalid_reference         error     the name of an observable is a path to no attribute of the class, with the profiles of the event
//	observable_path_not_found                 warning   the event has nothing at the path that an observable names
//	observable_value_not_found                warning   it has, but not the value
//	observable_type_id_incorrect              warning   type_id of an observable is not the number of the attribute's type
//	bundle_count_incorrect                    warning   count of a bundle is not the number of its events
//	bundle_time_incorrect                     warning   an event is before start_time or after end_time of its bundle
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
