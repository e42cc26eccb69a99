package ocsf

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

// Identity implements secmodel.Message. The version is that of the first event,
// or the newest if there is none.
func (b *Bundle) Identity() secmodel.Identity {
	id := secmodel.Identity{Format: Format, Version: Latest, Class: ClassBundle}
	if len(b.Events) > 0 && b.Events[0] != nil {
		id.Version = b.Events[0].Identity().Version
	}
	return id
}

// Validate implements secmodel.Message.
func (b *Bundle) Validate(opts ...secmodel.Option) error { return b.Check(opts...).Err(opts...) }

// Check implements secmodel.Message. Each event is judged as by itself; the
// pointers lead to its place in the bundle.
func (b *Bundle) Check(opts ...secmodel.Option) secmodel.Report {
	o := secmodel.NewOptions(opts...)
	j := bundleJudgement{opts: opts, most: o.MaxViolations, errorsOnly: o.ErrorsOnly}
	j.report.Identity = b.Identity()
	if o.Version != "" {
		j.report.Identity.Version = Judge(o.Version)
	}
	j.span(b)
	j.dateTime("/start_time_dt", b.StartTimeDT)
	j.dateTime("/end_time_dt", b.EndTimeDT)
	raw, present := b.Extra["events"]
	switch {
	case b.Events != nil:
		for i, e := range b.Events {
			j.event(i, e, nil)
		}
	case !present || string(raw) == "null":
		j.add(secmodel.Error, secmodel.CodeRequiredMissing, "/events", nil, nil, `the required attribute "events" of the bundle is missing`)
	}
	for _, name := range slices.Sorted(maps.Keys(b.Extra)) {
		if !b.has(name) {
			j.extra(name, b.Extra[name])
		}
	}
	if o.Lint != nil && !o.ErrorsOnly {
		s := bundleSuspicions{b, j}
		o.Lint(&s)
		j = s.bundleJudgement
	}
	return j.report
}

type bundleJudgement struct {
	report secmodel.Report
	opts   []secmodel.Option
	most   int

	errorsOnly bool
}

func (j *bundleJudgement) add(severity secmodel.Severity, code, pointer string, value, expected any, format string, args ...any) {
	j.put(secmodel.Violation{
		Severity: severity, Code: code, Pointer: pointer, Value: value, Expected: expected, Message: wire.Brief(fmt.Sprintf(format, args...)),
	})
}

func (j *bundleJudgement) put(v secmodel.Violation) {
	if j.errorsOnly && v.Severity != secmodel.Error {
		return
	}
	if j.most > 0 && len(j.report.Violations) >= j.most {
		j.report.Truncated = true
		if v.Severity == secmodel.Suspicion || !j.makeRoom() {
			return
		}
	}
	j.report.Violations = append(j.report.Violations, v)
}

// event checks an event; e is nil for an element that is none, of which value is
// the text.
func (j *bundleJudgement) event(i int, e Event, value any) {
	pointer := eventPointer(i)
	if e == nil {
		j.add(secmodel.Error, secmodel.CodeWrongType, pointer, value, "object", "an event must be an object")
		return
	}
	if j.report.Truncated && !j.suspicious() {
		return
	}
	r := e.Check(j.opts...)
	for _, v := range r.Violations {
		v.Pointer = pointer + v.Pointer
		j.put(v)
	}
	j.report.Truncated = j.report.Truncated || r.Truncated
}

// span compares count and times with the events.
func (j *bundleJudgement) span(b *Bundle) {
	if n := int64(len(b.Events)); b.Count != nil && b.Events != nil && *b.Count != n {
		j.add(secmodel.Warning, CodeBundleCount, "/count", *b.Count, n, "the bundle has %d events, not %d", n, *b.Count)
	}
	from, to, ok := span(b.Events)
	if ok && b.StartTime != nil && *b.StartTime > from {
		j.add(secmodel.Warning, CodeBundleTime, "/start_time", int64(*b.StartTime), int64(from), "an event is of %d, before start_time", from)
	}
	if ok && b.EndTime != nil && *b.EndTime < to {
		j.add(secmodel.Warning, CodeBundleTime, "/end_time", int64(*b.EndTime), int64(to), "an event is of %d, after end_time", to)
	}
}

// dateTime checks a text of type datetime_t.
func (j *bundleJudgement) dateTime(pointer string, text *string) {
	if text == nil {
		return
	}
	version, _ := table.VersionIndex(j.report.Identity.Version)
	for i := range datetimeTScalar.Rules {
		r := &datetimeTScalar.Rules[i]
		if r.In>>version&1 != 0 && r.Match != nil && !r.Match.Match(*text) {
			j.add(secmodel.Warning, secmodel.CodePattern, pointer, *text, r.Match.Source, "%q is not a valid %s", *text, datetimeTScalar.Name)
		}
	}
}

// extra reports a member that has no typed attribute, or does not fit it.
func (j *bundleJudgement) extra(name string, raw json.RawMessage) {
	pointer := string(wire.AppendPointer(nil, name))
	want := ""
	switch name {
	case "count", "start_time", "end_time":
		want = "integer"
	case "start_time_dt", "end_time_dt":
		want = "string"
	case "events":
		want = "array"
	default:
		j.add(secmodel.Error, secmodel.CodeUnknown, pointer, raw, nil, "a bundle has no attribute %q", name)
		return
	}
	if string(raw) == "null" {
		if name != "events" {
			j.add(secmodel.Warning, secmodel.CodeNull, pointer, nil, nil, "%s is null, which counts as absent", name)
		}
		return
	}
	elements, list := wire.Elements(raw)
	if want != "array" || !list {
		j.add(secmodel.Error, secmodel.CodeWrongType, pointer, raw, want, "%s must be of type %s", name, want)
		return
	}
	for i, element := range elements {
		if j.report.Truncated && !j.suspicious() {
			return
		}
		// The text has passed the limit of depth once.
		e, err := Unmarshal(element, secmodel.MaxDepth(len(element)+1))
		if err != nil {
			j.event(i, nil, element)
			continue
		}
		j.event(i, e, nil)
	}
}
