package ocsf

import "github.com/secmodel/secmodel/wire"

// eventEnum returns the values of an attribute of an event's type, nil if it has
// none. Those of class_uid are more in the package of an extension.
func eventEnum(typ *wire.Type, name string) *wire.Enum {
	i := typ.Field(name)
	if i < 0 || typ.Fields[i].Scalar == nil {
		return nil
	}
	return typ.Fields[i].Scalar.Enum
}

// title returns the caption of a number, "" if it has none.
func title(e *wire.Enum, n int64, version int) string {
	if e == nil {
		return ""
	}
	i := e.Find(n, version)
	if i < 0 {
		return ""
	}
	return e.Title(i, version)
}

// activityTitle returns the caption of an activity of a class, "" if it has none.
func activityTitle(typ *wire.Type, activity int64, version int) string {
	return title(eventEnum(typ, "activity_id"), activity, version)
}

// typeActivity returns the caption of an activity as type_name has it: there 0 is
// an activity of every class.
func typeActivity(typ *wire.Type, activity int64, version int) string {
	if activity == 0 {
		return "Unknown"
	}
	return activityTitle(typ, activity, version)
}

// typeTitle returns the caption of the type_uid of a class and an activity, "" if
// it has none.
func typeTitle(typ *wire.Type, class, activity int64, version int) string {
	name, rest := title(eventEnum(typ, "class_uid"), class, version), typeActivity(typ, activity, version)
	if name == "" || rest == "" {
		return ""
	}
	return name + ": " + rest
}
