package ocsf

// Codes of suspicions that only OCSF has; those that it shares with the other
// formats are in package secmodel. The option secmodel.Lint adds them to a
// report.
//
//	code                       meaning
//	duration_contradictory     duration is not the milliseconds from start_time to end_time
//	disposition_contradictory  action_id says that something was allowed and disposition_id that it was stopped, or the other way round
//	hash_length_suspicious     a hash has as many digits as another function gives than algorithm_id says
const (
	CodeDurationConflict    = "duration_contradictory"
	CodeDispositionConflict = "disposition_contradictory"
	CodeHashLength          = "hash_length_suspicious"
)
