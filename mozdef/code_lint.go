package mozdef

// Code of a suspicion that only MozDef has; those that it shares with the other
// formats are in package secmodel. The option secmodel.Lint adds them to a
// report.
//
//	code               meaning
//	age_contradictory  age_days of a vulnerability is less than the time from discovery_time to utctimestamp
const CodeAgeConflict = "age_contradictory"
