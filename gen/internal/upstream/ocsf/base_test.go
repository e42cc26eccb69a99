package ocsf

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/secmodel/secmodel/internal/model"
	"github.com/secmodel/secmodel/schemas"
)

// TestBase makes sure that base.json is the newest release without its prose, and
// compiles to the same.
func TestBase(t *testing.T) {
	version, err := BaseVersion()
	if err != nil {
		t.Fatal(err)
	}
	data, err := schemas.Annotated(Format)
	if err != nil {
		t.Fatal(err)
	}
	union, err := model.Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	if newest := union.Versions[union.Newest()].Name; version != newest {
		t.Errorf("base.json is of %s, the newest release is %s: run the import with -base", version, newest)
	}
	if bytes.Contains(base, []byte(`"description"`)) {
		t.Error("base.json has descriptions")
	}
	want, err := Distil(os.DirFS(specs(t, version)))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(base, want) {
		t.Error("base.json is not what Distil makes of the release: run the import with -base")
	}
	fsys, err := baseFS()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(compileSpec(t, version), compileTiny(t, fsys, version)); diff != "" {
		t.Errorf("-release +base\n%s", diff)
	}
}

func TestNewest(t *testing.T) {
	if got := Newest([]string{"a/1.9.0", "a/v1.10.0", "b/1.11.0-dev", "1.2.0"}); got != "a/v1.10.0" {
		t.Errorf("newest is %q", got)
	}
	if got := Newest([]string{"1.9.0-dev"}); got != "" {
		t.Errorf("newest of previews is %q", got)
	}
}

// private is a small extension.
func private() map[string]string {
	return map[string]string{
		"extension.json": `{"name": "acme", "uid": 991, "caption": "Acme", "version": "1.0.0"}`,
		"dictionary.json": `{"attributes": {
			"badge": {"caption": "Badge", "type": "badge"},
			"gate": {"caption": "Gate", "type": "string_t"}}}`,
		"objects/badge.json": `{"caption": "Badge", "name": "badge", "extends": "object", "attributes": {
			"uid": {"requirement": "required"}, "user": {"requirement": "optional"}}}`,
		"events/door.json": `{"caption": "Door Activity", "name": "door", "extends": "base_event", "category": "system", "uid": 1,
			"attributes": {"badge": {"requirement": "required"}, "gate": {"requirement": "recommended"},
				"activity_id": {"enum": {"1": {"caption": "Open"}}}}}`,
	}
}

func TestExtend(t *testing.T) {
	x, err := Extend(files(private()))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{"door": true, "badge": true, "door_activity_id": true, "door_status_id": true}
	if diff := cmp.Diff(want, x.Own); diff != "" {
		t.Errorf("-want +own\n%s", diff)
	}
	door := x.Schema.Type("door")
	if door == nil || door.Class == nil || door.Class.UID != 99101001 || door.Property("metadata") == nil {
		t.Errorf("the class is %+v", door)
	}
}

// TestExtendPatch changes an object of OCSF: all that refer to it are the
// extension's too.
func TestExtendPatch(t *testing.T) {
	patch := private()
	patch["objects/tls.json"] = `{"extends": "tls", "attributes": {"gate": {"requirement": "optional"}}}`
	x, err := Extend(files(patch))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"tls", "door", "network_activity"} {
		if !x.Own[name] {
			t.Errorf("%s is not the extension's own", name)
		}
	}
	for _, name := range []string{"metadata", "user", "class_uid"} {
		if x.Own[name] {
			t.Errorf("%s is the extension's own", name)
		}
	}
}

func TestExtendRefuses(t *testing.T) {
	for _, c := range []struct{ name, file, text, want string }{
		{"no extension", "extension.json", "", "not an extension of OCSF"},
		{"its own", "extension.json", `{"name": "linux", "uid": 5}`, `OCSF has an extension "linux" itself`},
		{"unknown attribute", "objects/badge.json", `{"name": "badge", "caption": "B", "attributes": {"zzz": {}}}`, `attribute "zzz" is not in the dictionary`},
		{"taken", "objects/user.json", `{"name": "user", "caption": "U", "attributes": {}}`, `object "user" is defined already`},
	} {
		t.Run(c.name, func(t *testing.T) {
			texts := private()
			texts[c.file] = c.text
			if c.text == "" {
				delete(texts, c.file)
			}
			var fsys fstest.MapFS = files(texts)
			if _, err := Extend(fsys); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q in it", err, c.want)
			}
		})
	}
}
