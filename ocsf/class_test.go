package ocsf_test

import (
	"slices"
	"testing"

	"github.com/secmodel/secmodel/ocsf"
)

// TestClasses compares what Class says with the schema, for every class and
// release.
func TestClasses(t *testing.T) {
	s := mustSchema(t)
	n := 0
	for _, typ := range s.Types {
		if typ.Class == nil {
			continue
		}
		n++
		c, ok := ocsf.ClassByUID(typ.Class.UID)
		if !ok || c.Name() != typ.Name || c.String() != typ.Name || int64(c.UID()) != typ.Class.UID || c.Caption() != typ.Title ||
			c.Category() != typ.Class.Category || c.Extension() != typ.Extension {
			t.Errorf("class %d is %q, %q, of category %q and extension %q", typ.Class.UID, c, c.Caption(), c.Category(), c.Extension())
		}
		if got := c.UID().String(); got != c.Caption() {
			t.Errorf("%s: the caption of the number is %q", c, got)
		}
		for v, version := range s.Versions {
			name := ""
			if typ.In.Has(v) {
				name = typ.NameAt(v)
				if same, ok := ocsf.ClassByName(name); !ok || same != c {
					t.Errorf("%s of %s is %s", name, version.Name, same)
				}
			}
			if c.In(version.Name) != typ.In.Has(v) || c.NameIn(version.Name) != name {
				t.Errorf("%s in %s: %v, %q", c, version.Name, c.In(version.Name), c.NameIn(version.Name))
			}
			var profiles []string
			for _, r := range typ.Profiles {
				if typ.In.Has(v) && r.In.Has(v) {
					profiles = r.Value
				}
			}
			if got := c.Profiles(version.Name); !slices.Equal(got, profiles) {
				t.Errorf("%s in %s admits %q, not %q", c, version.Name, got, profiles)
			}
		}
		e := ocsf.New(typ.Class.UID)
		if e.EventClass() != c || c.New().EventClass() != c || e.Identity().Class != typ.Name {
			t.Errorf("New(%d) is %T", typ.Class.UID, e)
		}
	}
	if list := ocsf.Classes(); len(list) != n || !slices.IsSortedFunc(list, func(a, b ocsf.Class) int { return int(a.UID() - b.UID()) }) {
		t.Errorf("%d classes, want %d, by number", len(list), n)
	}
}

func TestNoClass(t *testing.T) {
	if e := ocsf.New(9999); e != nil {
		t.Errorf("New(9999) is %v", e)
	}
	if c, ok := ocsf.ClassByUID(-1); ok || c != (ocsf.Class{}) {
		t.Errorf("ClassByUID(-1) is %v", c)
	}
	for _, name := range []string{"", "Authentication", "linux/authentication", "win/", "nope"} {
		if c, ok := ocsf.ClassByName(name); ok {
			t.Errorf("ClassByName(%q) is %v", name, c)
		}
	}
	var none ocsf.Class
	if none.Name() != "" || none.UID() != 0 || none.Caption() != "" || none.Category() != "" || none.Extension() != "" ||
		none.In(ocsf.Latest) || none.NameIn(ocsf.Latest) != "" || none.Profiles(ocsf.Latest) != nil || none.New() != nil {
		t.Error("the zero Class is something")
	}
	authentication, _ := ocsf.ClassByUID(3002)
	if authentication.In("2.0.0") || authentication.Profiles("2.0.0") != nil {
		t.Error("a release that is not known has a class")
	}
}

// TestRenamed: classes have every name that they ever had.
func TestRenamed(t *testing.T) {
	for name, uid := range map[string]ocsf.ClassUID{
		"event_log": 1008, "event_log_actvity": 1008, "kernel_extension": 1002, "kernel_extension_activity": 1002,
		"win/registry_key_activity": 201001, "registry_key_activity": 201001, "resource_activity": 201003,
		"windows_resource_activity": 201003, "registry_key_info": 205004, "prefetch_info": 205019, "base_event": 0,
	} {
		if c, ok := ocsf.ClassByName(name); !ok || c.UID() != uid {
			t.Errorf("%s is %d, not %d", name, c.UID(), uid)
		}
	}
	c, _ := ocsf.ClassByUID(1008)
	if got := c.NameIn("1.3.0"); got != "event_log" {
		t.Errorf("1008 is %q in 1.3.0", got)
	}
	if c, _ := ocsf.ClassByUID(201001); c.CategoryUID() != ocsf.CategoryUIDSystemActivity {
		t.Errorf("201001 is of category %d", c.CategoryUID())
	}
}
