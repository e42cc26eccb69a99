package ocsf

import (
	stdcmp "cmp"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// TestCompileRules checks every rule on the metaschema of tiny, one result of
// the compiler at a time.
func TestCompileRules(t *testing.T) {
	r := compileTiny(t, tiny(), "1.0.0")
	opened, person, badge := r.Classes["opened"], r.Objects["person"], r.Objects["badge"]
	if opened == nil || person == nil || badge == nil {
		t.Fatalf("opened %v, person %v, badge %v", opened, person, badge)
	}
	enum := func(pairs ...string) map[string]EnumValue {
		values := map[string]EnumValue{}
		for i := 0; i < len(pairs); i += 2 {
			values[pairs[i]] = EnumValue{Caption: pairs[i+1]}
		}
		return values
	}
	with := func(values map[string]EnumValue, key, since string) map[string]EnumValue {
		v := values[key]
		v.Deprecated = &Deprecation{since}
		values[key] = v
		return values
	}
	tests := []struct {
		rule      string
		got, want any
	}{
		{"R1: a null profile frees the attribute", opened.Attributes["badge"].Profiles, []string(nil)},
		{"R2: uids of extensions", r.Extensions, map[string]int64{"zn": 1, "fe": 7}},
		{"R2: profiles of extensions are scoped", person.Attributes["rust"].Profiles, []string{"fe/smith"}},
		{"R2: what an extension adds is marked", r.Classes["melted"].Extension, "fe"},
		{"R2: what it patches is not", person.Extension, ""},
		{"R3: an earlier include wins, annotations fill in", opened.Attributes["score"].Group, "context"},
		{"R3: includes that are no profile", opened.Attributes["name"], &Attribute{
			Caption: "Name", Type: "string_t", Requirement: "required", Group: "naming"}},
		{"R3: an include in an attribute", opened.Attributes["activity_id"].Enum,
			with(enum("0", "Unknown", "1", "Pushed", "2", "Pulled", "99", "Other"), "2", "1.0.0")},
		{"R4: profiles are united", opened.Attributes["score"].Profiles, []string{"camera", "drone"}},
		{"R4: of two profiles the stronger requirement", opened.Attributes["score"].Requirement, "required"},
		{"R4: values of the dictionary and of the class", opened.Attributes["color"].Enum,
			enum("red", "Red", "green", "Green", "blue", "Blue")},
		{"R5: a patch keeps the caption", person.Caption, "Person"},
		{"R5: {} removes constraints", badge.Constraints, map[string][]string{"at_least_one": {"name", "uid"}}},
		{"R6: constraints are inherited", person.Constraints, map[string][]string{"at_least_one": {"name", "uid"}}},
		{"R6: so is the category", opened.Category, "doors"},
		{"R7: hidden classes and objects are dropped", []int{len(r.Classes), len(r.Objects)}, []int{3, 6}},
		{"R8: class_uid", []int64{opened.UID, r.Classes["melted"].UID, r.Classes["base_event"].UID}, []int64{4001, 704002, 0}},
		{"R8: values of class_uid", opened.Attributes["class_uid"].Enum, enum("4001", "Door Opened")},
		{"R8: category_uid is not scoped", r.Classes["melted"].Attributes["category_uid"].Enum, enum("4", "Doors")},
		{"R8: the base event has no category", r.Classes["base_event"].Attributes["category_uid"].Enum, enum("0", "Uncategorized")},
		{"R8: type_uid", opened.Attributes["type_uid"].Enum, with(enum("400100", "Door Opened: Unknown", "400101", "Door Opened: Pushed",
			"400102", "Door Opened: Pulled", "400199", "Door Opened: Other"), "400102", "1.0.0")},
		{"R9: observables", r.Objects["observable"].Attributes["type_id"].Enum, enum("0", "Unknown", "11", "Tag", "12", "ID",
			"21", "Person", "31", "Door Opened Class: left_time", "41", "Person Object: rust")},
		{"R10: a timestamp gains a datetime", opened.Attributes["left_time_dt"], &Attribute{
			Caption: "Left", Type: "datetime_t", Requirement: "optional", Profiles: []string{"datetime"}, Observable: 31}},
		{"R10: in the dictionary too", r.Dictionary["left_time_dt"].Type, "datetime_t"},
		{"R11: profiles of all objects in reach", opened.Profiles, []string{"camera", "datetime", "drone", "fe/smith"}},
		{"R11: of objects as well", badge.Profiles, []string{"camera", "fe/smith"}},
		{"R12: no requirement is optional", person.Attributes["badges"], &Attribute{
			Caption: "Badges", Type: "object_t", ObjectType: "badge", Array: true, Requirement: "optional"}},
		{"R12: a narrower type", person.Attributes["name"].Type, "tag_t"},
		{"deprecation of an attribute", opened.Attributes["code"].Deprecated, &Deprecation{"0.9.0"}},
		{"deprecation of an object", badge.Deprecated, &Deprecation{"1.0.0"}},
		{"observable of an object", person.Observable, int64(21)},
		{"constraints: dotted paths stay, names that lead nowhere go", opened.Constraints,
			map[string][]string{"at_least_one": {"badge", "owner.name"}, "just_one": {"code", "name"}}},
		{"an object without attributes", len(r.Objects["object"].Attributes), 0},
		{"bounds", r.Types["tag_t"], &Scalar{Caption: "Tag", Super: "string_t", Regex: "^[a-z]+$", MaxLen: 8, Observable: 11}},
		{"range", r.Types["port_t"].Range, []int64{0, 65535}},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, test.got); diff != "" {
			t.Errorf("%s: -want +got\n%s", test.rule, diff)
		}
	}
}

func TestCompileErrors(t *testing.T) {
	tests := map[string]struct {
		file, text string // a file that replaces or joins those of tiny; no text: it goes
		want       string
	}{
		"version":             {"version.json", `{"version": "1.0.1"}`, `version.json says "1.0.1", but "1.0.0" was asked for`},
		"no version":          {"version.json", ``, "not the root of a raw OCSF schema"},
		"syntax":              {"objects/x.json", `{`, "objects/x.json: unexpected EOF"},
		"not an object":       {"objects/x.json", `null`, "objects/x.json: null where an object is expected"},
		"no name":             {"objects/x.json", `{}`, "objects/x.json: neither a name nor an item that it extends"},
		"twice":               {"objects/x.json", `{"name": "person"}`, `objects/person.json and objects/x.json both define "person"`},
		"shape":               {"objects/x.json", `{"name": "x", "uid": "1", "profiles": "a"}`, "members of an unexpected JSON type: profiles, uid"},
		"attribute shape":     {"objects/x.json", `{"name": "x", "attributes": {"a": {"enum": {"1": 2}}}}`, `attribute "a" has the value "1" that is not an object`},
		"attributes shape":    {"objects/x.json", `{"name": "x", "attributes": []}`, "attributes is not an object"},
		"no include":          {"objects/x.json", `{"name": "x", "attributes": {"$include": "no.json"}}`, "x: includes no.json, which is not in ."},
		"include of include":  {"objects/x.json", `{"name": "x", "attributes": {"$include": ["objects/x.json"]}}`, "x: objects/x.json is included and has itself an $include"},
		"empty include":       {"objects/x.json", `{"name": "x", "attributes": {"$include": "version.json"}}`, "x: version.json is included and has no attributes"},
		"include shape":       {"objects/x.json", `{"name": "x", "attributes": {"$include": 1}}`, "neither a path nor a list of paths"},
		"no parent":           {"objects/x.json", `{"name": "x", "extends": "y"}`, `object "x" extends "y", which is not defined`},
		"own parent":          {"objects/object.json", `{"name": "object", "extends": "object"}`, `object "object" extends itself by way of object`},
		"no such attribute":   {"objects/x.json", `{"name": "x", "attributes": {"nothing": {}}}`, `attribute "nothing" is not in the dictionary`},
		"no such profile":     {"objects/x.json", `{"name": "x", "profiles": ["none"]}`, `"x" has the profile "none", which is not defined`},
		"type":                {"objects/x.json", `{"name": "x", "attributes": {"score": {"type": "tag_t"}}}`, `attribute "score" has the type tag_t, which does not narrow float_t`},
		"requirement":         {"objects/x.json", `{"name": "x", "attributes": {"score": {"requirement": "must"}}}`, `attribute "score" has the requirement "must"`},
		"constraint":          {"objects/x.json", `{"name": "x", "constraints": {"all": ["score"]}}`, `constraint "all" is of an unknown kind`},
		"constraint shape":    {"objects/x.json", `{"name": "x", "constraints": {"just_one": "score"}}`, "constraint just_one is not a list of names"},
		"category":            {"events/x.json", `{"name": "x", "uid": 9, "category": "windows"}`, `class "x" has the category "windows", which is not defined`},
		"activity":            {"events/x.json", `{"name": "x", "uid": 9, "category": "doors"}`, `class "x" has no values for activity_id`},
		"activity value":      {"events/x.json", `{"name": "x", "uid": 9, "category": "doors", "attributes": {"activity_id": {"enum": {"a": {}}}}}`, `activity_id "a" is not an integer`},
		"class_uid":           {"events/x.json", `{"name": "x", "uid": 1, "extends": "door"}`, `classes "opened" and "x" have the same class_uid 4001`},
		"observable":          {"objects/x.json", `{"name": "x", "caption": "X", "observable": 11}`, `observable type 11 is both "X" and "Tag"`},
		"observable value":    {"objects/observable.json", `{"name": "observable", "attributes": {"type_id": {"enum": {"11": {}}}}}`, "observable type 11 (Tag) is a value of observable.type_id already"},
		"extension":           {"extensions/x/extension.json", `{"name": "x"}`, "extensions/x/extension.json: no name or no integer uid"},
		"extension uid":       {"extensions/x/extension.json", `{"name": "x", "uid": 7}`, "have the same uid 7"},
		"extension item":      {"extensions/iron/objects/x.json", `{"name": "badge"}`, `extension fe: object "badge" is defined already`},
		"patch of nothing":    {"extensions/iron/objects/x.json", `{"extends": "nothing"}`, `extension fe: patch of object "nothing", which is not defined`},
		"extension attribute": {"extensions/iron/dictionary.json", `{"attributes": {"score": {}}}`, `extension fe: dictionary attribute "score" is defined already`},
		"incomplete":          {"dictionary.json", `{}`, "the directory is not complete"},
	}
	for about, test := range tests {
		t.Run(about, func(t *testing.T) {
			fsys := tiny()
			fsys[test.file] = &fstest.MapFile{Data: []byte(test.text)}
			if test.text == "" {
				delete(fsys, test.file)
			}
			_, err := Compile(fsys, "1.0.0")
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v\nwant %s", err, test.want)
			}
		})
	}
}

// TestCaptionOfLoop checks that a patch without a caption anywhere in its
// chain of ancestors ends with its name.
func TestCaptionOfLoop(t *testing.T) {
	items := map[string]node{"a": {"extends": "b"}, "b": {"extends": "a"}}
	if got := captionOf(items, "a", items["a"]); got != "a" {
		t.Errorf("got %q", got)
	}
}

func TestCompareVersions(t *testing.T) {
	versions := []string{"1.0.0-rc.2", "1.0.0", "1.2.0", "1.9.0-dev", "1.9.0", "1.10.0"}
	for i, a := range versions {
		for j, b := range versions {
			if got, want := CompareVersions(a, b), stdcmp.Compare(i, j); got != want {
				t.Errorf("CompareVersions(%s, %s) = %d, want %d", a, b, got, want)
			}
		}
	}
}

// FuzzCompile gives the compiler files of any content. It must report what it
// can not use, and never panic; what it can use, it can merge.
func FuzzCompile(f *testing.F) {
	for name, file := range tiny() {
		f.Add(name, string(file.Data))
	}
	f.Add("objects/x.json", `{"name": "object", "extends": "object", "attributes": {"$include": "objects/x.json", "uid": {"type": "uid"}}}`)
	f.Fuzz(func(t *testing.T, name, text string) {
		if !fs.ValidPath(name) {
			return
		}
		fsys := tiny()
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
		r, err := Compile(fsys, "1.0.0")
		if err != nil {
			return
		}
		s, err := Merge([]*Release{r})
		if err != nil {
			return
		}
		if _, err := view(s, "1.0.0"); err != nil {
			t.Error(err)
		}
	})
}
