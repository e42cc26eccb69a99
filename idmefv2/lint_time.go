package idmefv2

import (
	"slices"
	"strings"
	"time"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/lint"
)

// time finds a time that no clock of today shows.
func (l *linter) time(name string, text *string) {
	if text == nil || !timestampPattern.Match(*text) {
		return
	}
	if t, _ := instant(*text); !lint.Likely(t) {
		l.Add(secmodel.CodeTimeImplausible, root.member(name).pointer(), *text, "1990 to 2100", "%s %s is not from 1990 to 2100", name, *text)
	}
}

// order finds times in the wrong order, beyond EndTime and StartTime, of which
// the text speaks itself (R12): an alert that tells of an event to come, unless
// that is one that can be forecast; one that was reported before it was made.
func (l *linter) order() {
	m := l.m
	create, ok := l.instant(m.CreateTime)
	if !ok {
		return
	}
	forecast := slices.ContainsFunc(m.Category, forecastable) || len(m.Category) == 0 || secmodel.Or(m.Cause, "") == CauseHazard
	if start, ok := l.instant(m.StartTime); ok && !forecast && start.Sub(create) > lint.Skew {
		l.Add(secmodel.CodeTimeOrder, root.member("StartTime").pointer(), *m.StartTime, nil,
			"StartTime is %s after CreateTime, and Category is of nothing that can be forecast", start.Sub(create))
	}
	if report, ok := l.instant(m.ReportTime); ok && create.Sub(report) > lint.Skew {
		l.Add(secmodel.CodeTimeOrder, root.member("ReportTime").pointer(), *m.ReportTime, nil,
			"ReportTime is %s before CreateTime", create.Sub(report))
	}
}

// instant reads a time; ok is false for one that does not say its offset.
func (l *linter) instant(text *string) (t time.Time, ok bool) {
	if text == nil || !timestampPattern.Match(*text) {
		return t, false
	}
	return instant(*text)
}

// forecastable reports whether a category is of events that are known before
// they begin: hazards of nature, downtimes, and what no draft tells of.
func forecastable(c Category) bool {
	group, _, _ := strings.Cut(string(c), ".")
	switch group {
	case "Abuse", "Abusive", "Access", "Attempt", "Fraud", "Information", "Insider", "Intrusion", "Malicious", "Malware", "Recon",
		"Sabotage", "SocialEng", "SupplyChain", "Theft":
		return false
	}
	return true
}
