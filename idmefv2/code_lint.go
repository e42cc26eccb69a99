package idmefv2

// Codes of suspicions that only IDMEFv2 has; those that it shares with the other
// formats are in package secmodel. The option secmodel.Lint adds them to a
// report.
//
//	code                    meaning
//	cause_contradictory     Cause says that nothing is wrong, or that nobody meant it, and Category the contrary
//	confidence_placeholder  Confidence is 0 of an alert that was sent all the same
const (
	CodeCauseConflict         = "cause_contradictory"
	CodeConfidencePlaceholder = "confidence_placeholder"
)
