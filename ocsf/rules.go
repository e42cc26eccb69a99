package ocsf

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

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
	typ   *wire.Type // of the event
	class Class
	head  head
}

// head is what the rules look at of the attributes that all classes have.
type head struct {
	classUID    *int64
	categoryUID *int64
	activityID  *int64
	typeUID     *int64
	typeName    *string
	metadata    *Metadata
	observables []Observable
}

// headOf reads the head of an event. An attribute that the class of an extension
// has of another type is as one that is not there.
func headOf(m wire.Model) (h head) {
	n := wire.NodeOf(m)
	typ := n.Type()
	number := func(name string) *int64 {
		if i := typ.Field(name); i >= 0 && typ.Fields[i].Kind == wire.Int {
			return *n.Int(&typ.Fields[i])
		}
		return nil
	}
	h.classUID, h.categoryUID = number("class_uid"), number("category_uid")
	h.activityID, h.typeUID = number("activity_id"), number("type_uid")
	if i := typ.Field("type_name"); i >= 0 && typ.Fields[i].Kind == wire.String {
		h.typeName = *n.Text(&typ.Fields[i])
	}
	if i := typ.Field("metadata"); i >= 0 {
		h.metadata = wire.ObjectOf[Metadata](n, &typ.Fields[i])
	}
	if i := typ.Field("observables"); i >= 0 {
		h.observables = wire.ObjectsOf[Observable](n, &typ.Fields[i])
	}
	return h
}

// check implements Check of all events: what the tables say, and what only
// events have.
func check(m wire.Model, o secmodel.Options) secmodel.Report {
	_, typ, _ := m.WireModel()
	j := judgement{event: m, typ: typ, class: Class{typ.Class}, head: headOf(m)}
	j.Checker, _ = wire.NewChecker(m, j.class.Name(), o)
	if j.classKnown() {
		j.profiles()
		j.Run(m)
		j.classification()
		j.version()
		j.observables()
		if j.Options.Lint != nil && !j.Options.ErrorsOnly {
			j.Options.Lint(&suspicions{m, j.class, j.Checker})
		}
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
	switch uid := j.head.classUID; {
	case uid == nil && base:
		if raw, ok := wire.NodeOf(j.event).Extra()["class_uid"]; ok && string(raw) != "null" {
			j.error(secmodel.CodeWrongType, pointer, raw, "integer", "class_uid is not an integer")
		} else {
			j.error(secmodel.CodeRequiredMissing, pointer, nil, nil, `the required attribute "class_uid" is missing`)
		}
		return false
	case base && *uid != 0:
		if c, ok := ClassByUID(*uid); ok && c.in(j.Version) {
			return true // a class that was not read as such; classification says so
		}
		j.error(secmodel.CodeClassUnknown, pointer, *uid, nil, "%s has no class %d", j.release(), *uid)
		return false
	case !j.class.in(j.Version):
		j.error(secmodel.CodeClassUnknown, pointer, int64(j.class.UID()), nil, "%s has no class %d (%s)", j.release(), j.class.UID(), j.class.Name())
		return false
	}
	return true
}

// profiles finds the profiles that the event names.
func (j *judgement) profiles() {
	if j.head.metadata == nil {
		return
	}
	names := j.head.metadata.Profiles
	if raw, ok := j.head.metadata.Extra["profiles"]; ok && names == nil {
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
	if j.head.metadata == nil || j.head.metadata.Version == nil {
		return
	}
	const pointer = "/metadata/version"
	named, judged := *j.head.metadata.Version, j.release()
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
		if i := j.typ.Field(name); i >= 0 {
			return i
		}
		return len(j.typ.Fields)
	}
	inOrder := func(a, b secmodel.Violation) int { return rank(&a) - rank(&b) }
	if !slices.IsSortedFunc(list, inOrder) {
		slices.SortStableFunc(list, inOrder)
	}
}
