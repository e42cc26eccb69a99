package ocsf

import (
	"strings"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

// classification checks the numbers that follow from the class and the activity:
// class_uid, category_uid and type_uid, and the caption of the last.
func (j *judgement) classification() {
	h := &j.head
	if uid := h.classUID; uid != nil && *uid != int64(j.class.UID()) {
		j.own("/class_uid", *uid, int64(j.class.UID()), eventEnum(j.typ, "class_uid"))
	}
	if uid := h.categoryUID; uid != nil && *uid != int64(j.class.CategoryUID()) {
		j.own("/category_uid", *uid, int64(j.class.CategoryUID()), eventEnum(j.typ, "category_uid"))
	}
	if h.typeUID != nil {
		j.typeUID(*h.typeUID)
	}
}

// own reports a number that is not the class's own. One that is none of the
// release at all is reported already.
func (j *judgement) own(pointer string, n, want int64, e *wire.Enum) {
	if e.Find(n, j.Version) >= 0 {
		j.error(secmodel.CodeEnumUnknown, pointer, n, want, "the class %s has %d here, not %d", j.class.Name(), want, n)
	}
}

// typeUID checks type_uid, which has a value for each activity of the class and
// for 0, unknown.
func (j *judgement) typeUID(uid int64) {
	const pointer = "/type_uid"
	h := &j.head
	if h.classUID != nil && h.activityID != nil {
		if want := *h.classUID*100 + *h.activityID; uid != want {
			j.error(CodeTypeUIDIncorrect, pointer, uid, want, "type_uid is not class_uid * 100 + activity_id = %d", want)
		}
	}
	activity, since := j.activity(uid - int64(j.class.UID())*100)
	if since != "" {
		j.warn(secmodel.CodeEnumDeprecated, pointer, uid, nil, "the activity of type_uid %d is deprecated since %s", uid, since)
	}
	if activity == "" {
		j.error(secmodel.CodeEnumUnknown, pointer, uid, nil, "%d is not a value of type_uid of %s in %s", uid, j.class.Name(), j.release())
		return
	}
	if h.typeName == nil {
		return
	}
	class := title(eventEnum(j.typ, "class_uid"), int64(j.class.UID()), j.Version)
	if name, rest, ok := strings.Cut(*h.typeName, ": "); ok && uid != 99 && name == class && rest == activity {
		return
	}
	caption := class + ": " + activity
	switch same := *h.typeName == caption; {
	case uid != 99 && !same:
		j.warn(secmodel.CodeSiblingIncorrect, "/type_name", *h.typeName, caption, "the value %d of type_uid is %q", uid, caption)
	case uid == 99 && same:
		j.warn(secmodel.CodeSiblingSuspicious, "/type_name", caption, nil, "the activity is none that the class has a name for, but type_name does not name it")
	}
}

// activity returns the caption of a value of activity_id as type_name has it, ""
// if it is none, and since when the value is deprecated, "" if it is not.
func (j *judgement) activity(id int64) (caption, since string) {
	caption = typeActivity(j.typ, id, j.Version)
	if e := eventEnum(j.typ, "activity_id"); id != 0 && caption != "" {
		since = e.DeprecatedSince(e.Find(id, j.Version), j.Version)
	}
	return caption, since
}
