package idmefv2

import (
	"slices"
	"strings"

	"github.com/secmodel/secmodel"
)

// cause finds a Cause that Category contradicts: nothing is wrong, or nobody
// meant it, but the category is an attack; or the other way round.
func (l *linter) cause() {
	cause := secmodel.Or(l.m.Cause, CauseUnknown)
	for i, c := range l.m.Category {
		group, _, _ := strings.Cut(string(c), ".")
		switch cause {
		case CauseNormal, CauseHazard, CauseMalfunction:
			if !attack(group) {
				continue
			}
		case CauseMalicious:
			if !hazard(group) {
				continue
			}
		default:
			return
		}
		l.Add(CodeCauseConflict, root.member("Cause").pointer(), string(cause), nil, "Cause is %s, but Category %d %s", cause, i, c)
		return
	}
}

// attack reports whether a group of categories has nothing but what somebody
// means to do.
func attack(group string) bool {
	switch group {
	case "Fraud", "Intrusion", "Malicious", "Malware", "Sabotage", "SocialEng", "SupplyChain", "Theft":
		return true
	}
	return false
}

// hazard reports whether a group of categories has nothing but what nature does.
func hazard(group string) bool {
	switch group {
	case "Climat", "Climatological", "Extraterrestrial", "Geophysical", "Hydro", "Hydrological", "Meteo", "Meteorological":
		return true
	}
	return false
}

// confidence finds an alert that its analyzer holds to be false: mostly a
// number that nobody filled in.
func (l *linter) confidence() {
	if c := l.m.Confidence; c != nil && *c == 0 && !slices.Contains(l.m.Status, StatusFalsePositive) {
		l.Add(CodeConfidencePlaceholder, root.member("Confidence").pointer(), 0.0, nil,
			"Confidence is 0, that is, the alert is surely false; leave it out where it is not known")
	}
}

// severity finds an incident that is of no priority, and a false positive of a
// high one.
func (l *linter) severity() {
	priority := secmodel.Or(l.m.Priority, PriorityUnknown)
	for _, status := range l.m.Status {
		if status == StatusIncident && priority == PriorityInfo || status == StatusFalsePositive && priority == PriorityHigh {
			l.Add(secmodel.CodeSeverity, root.member("Priority").pointer(), string(priority), nil, "Priority is %s, but Status %s", priority, status)
			return
		}
	}
}
