package ocsf

import (
	"strings"
	"time"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/lint"
	"github.com/secmodel/secmodel/wire"
)

// dateTime returns the attribute that gives the time of another as text, nil if
// that is no time: each time has one, whatever the profiles.
func dateTime(t *wire.Type, f *wire.Field) *wire.Field {
	name := f.Name()
	if !strings.HasSuffix(name, "time") {
		return nil
	}
	if i := t.Field(name + "_dt"); i >= 0 {
		return &t.Fields[i]
	}
	return nil
}

// timeUnit finds a time in another unit than milliseconds.
func (l *linter) timeUnit(n wire.Node, f *wire.Field) {
	if dateTime(n.Type(), f) == nil {
		return
	}
	unitOf(l.Findings, l.pointer(f), f.Name(), **n.Int(f))
}

// unitOf reports a time that is a likely one in another unit.
func unitOf(out *lint.Findings, pointer, name string, v int64) {
	if unit := lint.UnitOf(v); unit != 0 && unit != lint.Milliseconds {
		out.Add(secmodel.CodeTimeUnit, pointer, v, unit.Time(v).UnixMilli(),
			"%s is in milliseconds; %d looks like %s (%s)", name, v, unit, unit.Time(v).Format(time.RFC3339))
	}
}

// timeImplausible finds a time that is unlikely in any unit. Files come with
// times of their own making; people are hired before 1990; what ends never ends
// in the year 9999.
func (l *linter) timeImplausible(n wire.Node, f *wire.Field) {
	name := f.Name()
	if dateTime(n.Type(), f) == nil || n.Type().Name == "file" || name == "hire_time" {
		return
	}
	v := **n.Int(f)
	if lint.UnitOf(v) != 0 || v > 0 && (name == "expiration_time" || name == "leave_time") {
		return
	}
	if v == 0 {
		l.Add(secmodel.CodeTimeImplausible, l.pointer(f), v, nil, "%s is 0, the start of 1970: probably no time was known", name)
		return
	}
	l.Add(secmodel.CodeTimeImplausible, l.pointer(f), v, "1990 to 2100", "%s is %d, in no unit a time from 1990 to 2100", name, v)
}

// timeConflict finds a time that differs from what its text says.
func (l *linter) timeConflict(n wire.Node, f *wire.Field) {
	dt := dateTime(n.Type(), f)
	if dt == nil || dt.Kind != wire.String || !n.Has(dt) || !l.admits(dt) {
		return
	}
	v, text := **n.Int(f), **n.Text(dt)
	t, err := time.Parse(time.RFC3339, text)
	if err != nil || lint.UnitOf(v) != lint.Milliseconds {
		return
	}
	if d := t.Sub(time.UnixMilli(v)).Abs(); d >= time.Second {
		l.Add(secmodel.CodeTimeConflict, l.pointer(dt), text, time.UnixMilli(v).UTC().Format(time.RFC3339Nano),
			"%s is %s, but %s is %s", dt.Name(), text, f.Name(), lint.Milliseconds.Time(v).Format(time.RFC3339Nano))
	}
}

// maxOffset is the greatest offset from UTC, in minutes, with some to spare.
const maxOffset = 18 * 60

// timezone finds an offset in another unit than minutes.
func (l *linter) timezone(n wire.Node) {
	if v, f := l.number(&n, "timezone_offset"); v != nil && (*v < -maxOffset || *v > maxOffset) {
		l.Add(secmodel.CodeTimeUnit, l.pointer(f), *v, "minutes", "timezone_offset is in minutes; %d is more than a day has, perhaps seconds", *v)
	}
}

// order lists pairs of times of one object of which the first should not come
// after the second.
var order = [...][2]string{
	{"start_time", "end_time"},
	{"first_seen_time", "last_seen_time"},
	{"created_time", "modified_time"},
	{"created_time", "terminated_time"},
	{"created_time", "deleted_time"},
	{"created_time", "expiration_time"},
	{"created_time", "last_seen_time"},
	{"hire_time", "leave_time"},
	{"query_time", "response_time"},
}

// timeOrder finds times in the wrong order. A file that was copied is younger
// than its content.
func (l *linter) timeOrder(n wire.Node) {
	if n.Type().Name == "file" {
		return
	}
	for _, pair := range order {
		from, _ := l.number(&n, pair[0])
		to, f := l.number(&n, pair[1])
		if from != nil && to != nil && *to < *from && lint.UnitOf(*to) == lint.UnitOf(*from) {
			l.Add(secmodel.CodeTimeOrder, l.pointer(f), *to, nil, "%s %d is before %s %d", pair[1], *to, pair[0], *from)
		}
	}
}

// logged finds an event that a product logged or processed before it occurred:
// mostly a local time that was taken for UTC.
func (l *linter) logged(n wire.Node) {
	at, _ := l.number(&n, "time")
	metadata := l.child(n, "metadata")
	for _, name := range [...]string{"logged_time", "processed_time"} {
		v, f := l.number(metadata, name)
		if at == nil || v == nil || lint.UnitOf(*at) != lint.Milliseconds || lint.UnitOf(*v) != lint.Milliseconds {
			continue
		}
		if early := time.Duration(*at-*v) * time.Millisecond; early > lint.Skew {
			l.Add(secmodel.CodeTimeOrder, l.within(n, "metadata", f), *v, nil, "%s is %s before the event's time", name, early)
		}
	}
}

// duration finds a duration that is not what the times say.
func (l *linter) duration(n wire.Node) {
	d, f := l.number(&n, "duration")
	from, _ := l.number(&n, "start_time")
	to, _ := l.number(&n, "end_time")
	if d == nil || from == nil || to == nil || lint.UnitOf(*from) != lint.Milliseconds || lint.UnitOf(*to) != lint.Milliseconds || *to < *from {
		return
	}
	want := *to - *from
	if agrees(*d, want) {
		return
	}
	hint := ""
	for _, unit := range [...]lint.Unit{lint.Seconds, lint.Microseconds, lint.Nanoseconds} {
		if *d != 0 && agrees(int64(float64(*d)*1000/float64(unit)), want) {
			hint = "; it looks like " + unit.String()
			break
		}
	}
	l.Add(CodeDurationConflict, l.pointer(f), *d, want, "duration is %d, but from start_time to end_time it is %d milliseconds%s", *d, want, hint)
}

// agrees reports whether a duration may be another that was rounded: it differs
// by up to a second, or one part in a hundred.
func agrees(d, want int64) bool {
	diff := max(d-want, want-d)
	return diff <= 1000 || diff <= want/100
}
