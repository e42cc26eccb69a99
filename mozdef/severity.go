package mozdef

import "strings"

// ParseSeverity returns the severity that text means: one of the eight names in
// any case, a short form that older clients and other tools write (CRIT, ERR,
// WARN, EMERG, PANIC), or a syslog number from "0", emergency, to "7", debug
// (RFC 5424, 6.2.1). ok is false for any other text, for which it returns the
// text in upper case, as the server stores it.
func ParseSeverity(text string) (s Severity, ok bool) {
	switch s = Severity(strings.ToUpper(text)); s {
	case "ERR", "3":
		return SeverityError, true
	case "CRIT", "2":
		return SeverityCritical, true
	case "WARN", "4":
		return SeverityWarning, true
	case "EMERG", "PANIC", "0":
		return SeverityEmergency, true
	case "1":
		return SeverityAlert, true
	case "5":
		return SeverityNotice, true
	case "6":
		return SeverityInfo, true
	case "7":
		return SeverityDebug, true
	}
	return s, s.Known()
}

// Syslog returns the number of the severity in syslog, from 0, emergency, to
// 7, debug (RFC 5424, 6.2.1). ok is false for a severity that is not one of the
// constants. The numbers are not those of the Python client's constants, which
// rise with the danger and never appear in messages.
func (s Severity) Syslog() (level int, ok bool) {
	switch s {
	case SeverityEmergency:
		return 0, true
	case SeverityAlert:
		return 1, true
	case SeverityCritical:
		return 2, true
	case SeverityError:
		return 3, true
	case SeverityWarning:
		return 4, true
	case SeverityNotice:
		return 5, true
	case SeverityInfo:
		return 6, true
	case SeverityDebug:
		return 7, true
	}
	return 0, false
}
