package ocsf

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/lint"
)

// bundleSuspicions are what the option secmodel.Lint asks of the check of a
// bundle: what only shows when the events stand side by side. They have been
// judged one by one.
type bundleSuspicions struct {
	bundle *Bundle
	bundleJudgement
}

// Suspect implements secmodel.Suspecter.
func (s *bundleSuspicions) Suspect() {
	out := lint.New(&s.report, s.most)
	bundleTimes(s.bundle, out)
	bundleTwins(s.bundle.Events, out)
	slices.SortStableFunc(s.report.Violations, func(a, b secmodel.Violation) int { return bundleRank(a.Pointer) - bundleRank(b.Pointer) })
}

// suspicious reports whether there is a suspicion in the report, which would
// make room for an error or warning of an event to come.
func (j *bundleJudgement) suspicious() bool { return j.report.Count(secmodel.Suspicion) > 0 }

// makeRoom takes the last suspicion out of a full report.
func (j *bundleJudgement) makeRoom() bool {
	for i, v := range slices.Backward(j.report.Violations) {
		if v.Severity == secmodel.Suspicion {
			j.report.Violations = slices.Delete(j.report.Violations, i, i+1)
			return true
		}
	}
	return false
}

// bundleTimes judges the times of the bundle itself.
func bundleTimes(b *Bundle, out *lint.Findings) {
	for _, t := range [...]struct {
		name string
		at   *Timestamp
	}{{"start_time", b.StartTime}, {"end_time", b.EndTime}} {
		if t.at != nil {
			unitOf(out, "/"+t.name, t.name, int64(*t.at))
		}
	}
	if b.StartTime != nil && b.EndTime != nil && *b.EndTime < *b.StartTime {
		out.Add(secmodel.CodeTimeOrder, "/end_time", int64(*b.EndTime), nil, "end_time %d is before start_time %d", *b.EndTime, *b.StartTime)
	}
}

// bundleTwins finds events with the uid of an earlier one.
func bundleTwins(events []Event, out *lint.Findings) {
	first := make(map[string]int, len(events))
	for i, e := range events {
		if e == nil {
			continue
		}
		m := e.Common().Metadata
		if m == nil || m.UID == nil || *m.UID == "" || lint.Placeholder(*m.UID) || lint.PlaceholderUUID(*m.UID) {
			continue
		}
		if k, ok := first[*m.UID]; ok {
			out.Add(secmodel.CodeIdentifierTwin, fmt.Sprintf("/events/%d/metadata/uid", i), *m.UID, nil, "uid %q is also that of event %d", *m.UID, k)
			continue
		}
		first[*m.UID] = i
	}
}

// bundleRank gives the place of a pointer in the report of a bundle: its own
// attributes in the order in which they were found, then its events.
func bundleRank(pointer string) int {
	rest, ok := strings.CutPrefix(pointer, "/events/")
	if !ok {
		return -1
	}
	rest, _, _ = strings.Cut(rest, "/")
	i, _ := strconv.Atoi(rest)
	return i
}
