package ocsf

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

// identity implements Identity of all events.
func identity(m wire.Model) secmodel.Identity {
	_, version, _ := wire.VersionOf(m)
	return secmodel.Identity{Format: Format, Version: table.Versions[version], Class: classOf(m).Name()}
}

// judgement is one check of one event.
type judgement struct {
	*wire.Checker
	event wire.Model
	class Class
	base  *BaseEvent // the attributes that all classes have, shared with the event
}

var bases = sync.Pool{New: func() any { return new(BaseEvent) }}

// check implements Check of all events: what the tables say, and what only
// events have.
func check(m wire.Model, opts []secmodel.Option) secmodel.Report {
	j := judgement{event: m, class: classOf(m), base: bases.Get().(*BaseEvent)}
	wire.Share(j.base, m)
	defer func() {
		*j.base = BaseEvent{}
		bases.Put(j.base)
	}()
	j.Checker, _ = wire.NewChecker(m, j.class.Name(), secmodel.NewOptions(opts...))
	if j.classKnown() {
		j.profiles()
		j.Run(m)
		j.classification()
		j.version()
		j.observables()
		j.order()
	}
	return j.Finish()
}

func (j *judgement) error(code, pointer string, value, expected any, format string, args ...any) {
	j.Add(secmodel.Violation{Code: code, Pointer: pointer, Value: value, Expected: expected, Message: fmt.Sprintf(format, args...)})
}

func (j *judgement) warn(code, pointer string, value, expected any, format string, args ...any) {
	j.Add(secmodel.Violation{
		Severity: secmodel.Warning, Code: code, Pointer: pointer, Value: value, Expected: expected, Message: fmt.Sprintf(format, args...),
	})
}

func (j *judgement) release() string { return table.Versions[j.Version] }

// classKnown reports a class that the release does not have, or that the event
// does not name. Then nothing else can be said of the event.
func (j *judgement) classKnown() bool {
	const pointer = "/class_uid"
	_, base := j.event.(*BaseEvent)
	switch uid := j.base.ClassUID; {
	case uid == nil && base:
		if raw, ok := j.base.Extra["class_uid"]; ok && string(raw) != "null" {
			j.error(secmodel.CodeWrongType, pointer, raw, "integer", "class_uid is not an integer")
		} else {
			j.error(secmodel.CodeRequiredMissing, pointer, nil, nil, `the required attribute "class_uid" is missing`)
		}
		return false
	case base && *uid != 0:
		if c, ok := ClassByUID(int64(*uid)); ok && c.in(j.Version) {
			return true // a class that was not read as such; classification says so
		}
		j.error(secmodel.CodeClassUnknown, pointer, int64(*uid), nil, "%s has no class %d", j.release(), *uid)
		return false
	case !j.class.in(j.Version):
		j.error(secmodel.CodeClassUnknown, pointer, int64(j.class.UID()), nil, "%s has no class %d (%s)", j.release(), j.class.UID(), j.class.Name())
		return false
	}
	return true
}

// profiles finds the profiles that the event names.
func (j *judgement) profiles() {
	if j.base.Metadata == nil {
		return
	}
	names := j.base.Metadata.Profiles
	if raw, ok := j.base.Metadata.Extra["profiles"]; ok && names == nil {
		j.rawProfiles(raw)
	}
	for i, name := range names {
		j.profile(i, name)
	}
}

// rawProfiles reads a list of which not every element is a string.
func (j *judgement) rawProfiles(raw json.RawMessage) {
	list, _ := wire.Elements(raw)
	for i, element := range list {
		if name, ok := wire.Text(element); ok {
			j.profile(i, name)
		}
	}
}

func (j *judgement) profile(i int, name string) {
	t, _, _ := j.event.WireModel()
	p := slices.Index(t.Profiles, name)
	if p < 0 || t.ProfileAbsent != nil && t.ProfileAbsent[p]>>j.Version&1 != 0 {
		j.error(CodeProfileUnknown, fmt.Sprintf("/metadata/profiles/%d", i), name, nil, "%s has no profile %q", j.release(), name)
		return
	}
	j.Profiles |= 1 << p
}

// version compares the release that the event names with the one that it is
// judged by. They differ only if the event names one that is not known, or an
// option says which to judge by.
func (j *judgement) version() {
	if j.base.Metadata == nil || j.base.Metadata.Version == nil {
		return
	}
	const pointer = "/metadata/version"
	named, judged := *j.base.Metadata.Version, j.release()
	if named == judged {
		return
	}
	is, ok := parseRelease(named)
	by, _ := parseRelease(judged)
	switch {
	case !ok:
		j.error(secmodel.CodeVersion, pointer, named, judged, "%q is no version of OCSF; judged by %s", named, judged)
	case is.numbers[0] == 0:
		j.error(CodeVersionInitial, pointer, named, judged, "%s is of the initial development, which no release is compatible with; judged by %s", named, judged)
	case is.pre != "":
		j.error(CodeVersionPrerelease, pointer, named, judged, "%s is a prerelease, which no release is compatible with; judged by %s", named, judged)
	case is.compare(by) > 0:
		j.error(CodeVersionLater, pointer, named, judged, "%s is later than %s, which the event is judged by", named, judged)
	case is.compare(by) < 0:
		j.warn(CodeVersionEarlier, pointer, named, judged, "%s is earlier than %s, which the event is judged by", named, judged)
	}
}

// order sorts what was found by attribute; what concerns the event as a whole
// comes first, unknown members last.
func (j *judgement) order() {
	list := j.Report.Violations
	if len(list) < 2 {
		return
	}
	rank := func(v *secmodel.Violation) int {
		if v.Pointer == "" {
			return -1
		}
		name, _, _ := strings.Cut(v.Pointer[1:], "/")
		if i := j.class.t.Field(name); i >= 0 {
			return i
		}
		return len(j.class.t.Fields)
	}
	slices.SortStableFunc(list, func(a, b secmodel.Violation) int { return rank(&a) - rank(&b) })
}
