package ocsf

import (
	"strings"
	"testing"
	"testing/fstest"
)

// tiny is a metaschema of our own, small enough to be read, that has one case
// of every rule.
func tiny() fstest.MapFS {
	return files(map[string]string{
		"version.json": `{"version": "1.0.0"}`,
		"categories.json": `{"attributes": {
			"doors": {"uid": 4, "caption": "Doors"},
			"unused": {"uid": 5, "caption": "Unused"}}}`,
		"dictionary.json": `{
			"attributes": {
				"activity_id": {"caption": "Activity ID", "type": "integer_t", "sibling": "activity_name"},
				"activity_name": {"caption": "Activity", "type": "string_t"},
				"badge": {"caption": "Badge", "type": "badge"},
				"badges": {"caption": "Badges", "type": "badge", "is_array": true},
				"category_uid": {"caption": "Category ID", "type": "integer_t"},
				"chip": {"caption": "Chip", "type": "chip_old"},
				"class_uid": {"caption": "Class ID", "type": "integer_t"},
				"code": {"caption": "Code", "type": "integer_t"},
				"color": {"caption": "Color", "type": "string_t", "enum": {"red": {"caption": "Red"}, "green": {"caption": "Green"}}},
				"left_time": {"caption": "Left", "type": "timestamp_t"},
				"metadata": {"caption": "Metadata", "type": "metadata"},
				"name": {"caption": "Name", "type": "string_t"},
				"note": {"caption": "Note", "type": "json_t"},
				"observables": {"caption": "Observables", "type": "observable", "is_array": true},
				"owner": {"caption": "Owner", "type": "person"},
				"profiles": {"caption": "Profiles", "type": "string_t", "is_array": true},
				"score": {"caption": "Score", "type": "float_t"},
				"severity": {"caption": "Severity", "type": "string_t"},
				"severity_id": {"caption": "Severity ID", "type": "integer_t", "sibling": "severity",
					"enum": {"0": {"caption": "Unknown"}, "1": {"caption": "Low"}}},
				"type_id": {"caption": "Type ID", "type": "integer_t"},
				"type_uid": {"caption": "Type UID", "type": "integer_t"},
				"uid": {"caption": "ID", "type": "string_t", "observable": 12},
				"unmapped": {"caption": "Unmapped", "type": "object"},
				"version": {"caption": "Version", "type": "string_t"}
			},
			"types": {"attributes": {
				"boolean_t": {"caption": "Boolean", "values": [false, true]},
				"datetime_t": {"caption": "Datetime", "type": "string_t", "type_name": "String"},
				"float_t": {"caption": "Float"},
				"integer_t": {"caption": "Integer"},
				"json_t": {"caption": "JSON"},
				"long_t": {"caption": "Long"},
				"port_t": {"caption": "Port", "type": "integer_t", "range": [0, 65535]},
				"string_t": {"caption": "String", "max_len": 100},
				"tag_t": {"caption": "Tag", "type": "string_t", "regex": "^[a-z]+$", "max_len": 8, "observable": 11},
				"timestamp_t": {"caption": "Timestamp", "type": "long_t", "type_name": "Long"}
			}}}`,
		"includes/activity.json": `{"enum": {"0": {"caption": "Unknown"}, "1": {"caption": "Included"}, "99": {"caption": "Other"}}}`,
		"includes/names.json": `{"annotations": {"group": "naming"}, "attributes": {
			"name": {"requirement": "required"}, "owner": {"requirement": "optional", "group": "people"}}}`,
		"events/base_event.json": `{"caption": "Base", "category": "other", "name": "base_event", "attributes": {
			"activity_id": {"requirement": "required", "enum": {"0": {"caption": "Unknown"}}},
			"activity_name": {"requirement": "optional"},
			"category_uid": {"requirement": "required", "enum": {"0": {"caption": "Uncategorized"}}},
			"class_uid": {"requirement": "required"},
			"metadata": {"requirement": "required"},
			"observables": {},
			"severity": {"requirement": "optional"},
			"severity_id": {"requirement": "required"},
			"type_uid": {"requirement": "required"},
			"unmapped": {"requirement": "optional"}}}`,
		"events/door.json": `{"caption": "Door", "category": "doors", "extends": "base_event", "name": "door",
			"attributes": {"owner": {"requirement": "recommended", "group": "primary"}}}`,
		"events/opened.json": `{"caption": "Door Opened", "extends": "door", "name": "opened", "uid": 1,
			"brand_new_key": {"tolerated": true},
			"profiles": ["camera", "drone"],
			"constraints": {"at_least_one": ["owner.name", "badge", "nowhere"], "just_one": ["name", "code"]},
			"attributes": {
				"$include": ["profiles/camera.json", "profiles/drone.json", "includes/names.json"],
				"activity_id": {"$include": "includes/activity.json", "enum": {"1": {"caption": "Pushed"}, "2": {"caption": "Pulled", "@deprecated": {"message": "no", "since": "1.0.0"}}}},
				"badge": {"profile": null, "requirement": "required"},
				"code": {"description:": "a slip of the pen", "@deprecated": {"message": "no", "since": "0.9.0"}},
				"chip": {"requirement": "optional"},
				"color": {"enum": {"blue": {"caption": "Blue"}}},
				"left_time": {"requirement": "required", "observable": 31}}}`,
		"objects/object.json":     `{"caption": "Object", "name": "object", "attributes": {}}`,
		"objects/_thing.json":     `{"caption": "Thing", "name": "_thing", "constraints": {"at_least_one": ["name", "uid"]}, "attributes": {"name": {"requirement": "recommended"}, "uid": {"requirement": "recommended"}}}`,
		"objects/person.json":     `{"caption": "Person", "extends": "_thing", "name": "person", "observable": 21, "attributes": {"name": {"type": "tag_t", "requirement": "required"}, "badges": {}}}`,
		"objects/badge.json":      `{"caption": "Badge", "extends": "_thing", "name": "badge", "constraints": {"just_one": ["score"]}, "@deprecated": {"message": "no", "since": "1.0.0"}, "attributes": {"score": {}, "owner": {}}}`,
		"objects/chip_old.json":   `{"caption": "Chip", "name": "chip_old", "attributes": {"uid": {"requirement": "required"}}}`,
		"objects/metadata.json":   `{"caption": "Metadata", "name": "metadata", "attributes": {"profiles": {}, "version": {"requirement": "required"}, "note": {}}}`,
		"objects/observable.json": `{"caption": "Observable", "name": "observable", "attributes": {"name": {"requirement": "required"}, "type_id": {"requirement": "required", "enum": {"0": {"caption": "Unknown"}}}}}`,
		"profiles/camera.json": `{"caption": "Camera", "meta": "profile", "name": "camera", "annotations": {"group": "context"}, "attributes": {
			"badge": {"requirement": "optional"}, "score": {"requirement": "recommended"}}}`,
		"profiles/drone.json": `{"caption": "Drone", "meta": "profile", "name": "drone", "attributes": {
			"badge": {"requirement": "optional"}, "score": {"requirement": "required", "group": "primary"}}}`,
		"profiles/datetime.json":              `{"caption": "Time", "meta": "profile", "name": "datetime", "attributes": {}}`,
		"extensions/zinc/extension.json":      `{"name": "zn", "uid": 1, "caption": "Zinc"}`,
		"extensions/zinc/objects/person.json": `{"extends": "person", "attributes": {"score": {"requirement": "required"}}, "profiles": ["camera"]}`,
		"extensions/zinc/objects/badge.json":  `{"name": "badge", "extends": "badge", "constraints": {}, "attributes": {}}`,
		"extensions/iron/extension.json":      `{"name": "fe", "uid": 7, "caption": "Iron"}`,
		"extensions/iron/dictionary.json":     `{"attributes": {"rust": {"caption": "Rust", "type": "integer_t"}}}`,
		"extensions/iron/events/melted.json":  `{"caption": "Melted", "category": "doors", "extends": "base_event", "name": "melted", "uid": 2, "attributes": {"rust": {"requirement": "required"}}}`,
		"extensions/iron/objects/person.json": `{"caption": "Iron Person", "extends": "person", "name": "person", "profiles": ["fe/smith"], "attributes": {"$include": "profiles/smith.json", "rust": {"observable": 41}}}`,
		"extensions/iron/profiles/smith.json": `{"caption": "Smith", "meta": "profile", "name": "smith", "attributes": {"rust": {"requirement": "required"}, "score": {"requirement": "recommended"}}}`,
	})
}

// tinyNext is the next release of tiny: names, types, bounds, requirements,
// values, captions, siblings, profiles and constraints change, and a class
// goes.
func tinyNext(t testing.TB) fstest.MapFS {
	next := tiny()
	move := func(from, to string) {
		next[to] = next[from]
		delete(next, from)
	}
	move("objects/chip_old.json", "objects/chip.json")
	move("events/opened.json", "events/door_opened.json")
	delete(next, "extensions/iron/events/melted.json")
	for _, edit := range []struct{ file, old, new string }{
		{"version.json", "1.0.0", "1.1.0"},
		{"dictionary.json", `"chip_old"`, `"chip"`},
		{"dictionary.json", `"caption": "Code", "type": "integer_t"`, `"caption": "Code", "type": "string_t"`},
		{"dictionary.json", `"caption": "Type UID", "type": "integer_t"`, `"caption": "Type UID", "type": "long_t"`},
		{"dictionary.json", `"float_t"}`, `"float_t", "is_array": true}`},
		{"dictionary.json", `"sibling": "severity",`, ``},
		{"dictionary.json", `{"caption": "Low"}`, `{"caption": "Minor"}, "2": {"caption": "Major"}`},
		{"dictionary.json", `"caption": "String", "max_len": 100`, `"caption": "String"`},
		{"dictionary.json", `"^[a-z]+$"`, `"^[a-z0-9]+$"`},
		{"objects/chip.json", `"chip_old"`, `"chip"`},
		{"objects/badge.json", `"@deprecated": {"message": "no", "since": "1.0.0"},`, ``},
		{"objects/person.json", `"requirement": "required"`, `"requirement": "optional"`},
		{"events/door_opened.json", `"Door Opened"`, `"Door Was Opened"`},
		{"events/door_opened.json", `"name": "opened"`, `"name": "door_opened"`},
		{"events/door_opened.json", `["name", "code"]`, `["name", "code", "chip"]`},
		{"events/door_opened.json", `"owner.name", `, ``},
		{"events/door_opened.json", `"badge": {"profile": null, `, `"badge": {`},
		{"events/door_opened.json", `"since": "0.9.0"`, `"since": "1.1.0"`},
	} {
		text := string(next[edit.file].Data)
		if strings.Count(text, edit.old) != 1 {
			t.Fatalf("%s: %q is not there once", edit.file, edit.old)
		}
		next[edit.file] = &fstest.MapFile{Data: []byte(strings.Replace(text, edit.old, edit.new, 1))}
	}
	return next
}

func files(texts map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range texts {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

func compileTiny(t testing.TB, fsys fstest.MapFS, version string) *Release {
	t.Helper()
	r, err := Compile(fsys, version)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
