package main

import (
	"encoding/json"
	"slices"
	"testing"

	"example.com/inventory/acme"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/ocsf"
)

// door is an event of the extension's class that has nothing wrong.
func door() *acme.Door {
	event := acme.NewDoor(acme.DoorActivityIDOpen)
	event.SeverityID = new(ocsf.SeverityIDInformational)
	event.Time = new(ocsf.Timestamp(1_700_000_000_000))
	event.Metadata.Product = &ocsf.Product{Name: new("gatekeeper"), VendorName: new("Acme")}
	event.Badge = &acme.Badge{
		ColorID: new(acme.ColorIDRed),
		User:    &ocsf.User{Name: new("ann"), TypeID: new(ocsf.UserTypeIDUser)},
	}
	event.Gate = new("A1")
	return event
}

// TestEvent makes an event of the extension from objects of OCSF, and reads it
// again.
func TestEvent(t *testing.T) {
	event := door()
	if err := event.Validate(); err != nil {
		t.Fatal(err)
	}
	want := secmodel.Identity{Format: "ocsf", Version: ocsf.Latest, Class: "door"}
	if got := event.Identity(); got != want {
		t.Errorf("identity %v, want %v", got, want)
	}
	class := event.EventClass()
	if class.UID() != 99101001 || class.CategoryUID() != 1 || class.Extension() != "acme" || class.Caption() != "Door Activity" {
		t.Errorf("class %v: %d, %d, %q, %q", class, class.UID(), class.CategoryUID(), class.Extension(), class.Caption())
	}
	if c := event.Common(); c.Metadata != event.Metadata || *c.TypeUID != 9910100101 {
		t.Errorf("common attributes %+v", c)
	}
	text, err := event.AppendJSON(nil)
	if err != nil {
		t.Fatal(err)
	}
	read := acme.New(99101001)
	if err := json.Unmarshal(text, read); err != nil {
		t.Fatal(err)
	}
	again, err := read.AppendJSON(nil)
	if err != nil || string(again) != string(text) {
		t.Errorf("read and written: %s, %v\nwritten: %s", again, err, text)
	}
	if clone := event.Clone(); clone.Badge == event.Badge || *clone.Badge.User.Name != "ann" {
		t.Error("the clone shares memory")
	}
	if acme.New(3002) != nil {
		t.Error("the extension has a class of OCSF")
	}
}

// TestFaults finds what is wrong with events of the extension.
func TestFaults(t *testing.T) {
	for _, c := range []struct {
		name          string
		spoil         func(*acme.Door)
		code, pointer string
	}{
		{"own attribute", func(x *acme.Door) { x.Badge = nil }, secmodel.CodeRequiredMissing, "/badge"},
		{"own pattern", func(x *acme.Door) { x.Gate = new("door") }, secmodel.CodePattern, "/gate"},
		{"own constraint", func(x *acme.Door) { x.Badge = &acme.Badge{Color: new("Red")} }, secmodel.CodeConstraint, "/badge"},
		{"own enumeration", func(x *acme.Door) { x.Badge.ColorID = new(acme.ColorID(7)) }, secmodel.CodeEnumUnknown, "/badge/color_id"},
		{"in a list", func(x *acme.Door) { x.Badges = []acme.Badge{*x.Badge, {}} }, secmodel.CodeConstraint, "/badges/1"},
		{"in an object of OCSF", func(x *acme.Door) { x.Badge.User.TypeID = new(ocsf.UserTypeID(77)) }, secmodel.CodeEnumUnknown, "/badge/user/type_id"},
		{"class of OCSF", func(x *acme.Door) { x.ClassUID = new(ocsf.ClassUIDAuthentication) }, secmodel.CodeEnumUnknown, "/class_uid"},
		{"type_uid", func(x *acme.Door) { x.TypeUID = new(int64(9910100102)) }, ocsf.CodeTypeUIDIncorrect, "/type_uid"},
		{"activity", func(x *acme.Door) {
			x.ActivityID, x.TypeUID = new(acme.DoorActivityID(5)), new(int64(9910100105))
		}, secmodel.CodeEnumUnknown, "/activity_id"},
		{"own profile not named", func(x *acme.Door) { x.Weather = new("fine") }, secmodel.CodeUnknown, "/weather"},
		{"own profile named", func(x *acme.Door) { x.Metadata.Profiles = []string{"acme/outdoors"} }, secmodel.CodeRequiredMissing, "/weather"},
		{"profile of OCSF not named", func(x *acme.Door) { x.Actor = &ocsf.Actor{} }, secmodel.CodeUnknown, "/actor"},
		{"no profile", func(x *acme.Door) { x.Metadata.Profiles = []string{"outdoors"} }, ocsf.CodeProfileUnknown, "/metadata/profiles/0"},
		{"caption", func(x *acme.Door) { x.TypeName = new("Door Activity: Close") }, secmodel.CodeSiblingIncorrect, "/type_name"},
		{"attribute of a later release", func(x *acme.Door) {
			x.Metadata.Version = new("1.0.0")
			x.Badge.User.HasMFA = new(true)
		}, secmodel.CodeUnknown, "/badge/user/has_mfa"},
	} {
		t.Run(c.name, func(t *testing.T) {
			event := door()
			c.spoil(event)
			report := event.Check()
			if !slices.ContainsFunc(report.Violations, func(v secmodel.Violation) bool { return v.Code == c.code && v.Pointer == c.pointer }) {
				t.Errorf("no %s at %s, but %v", c.code, c.pointer, report.Violations)
			}
		})
	}
}

// TestObservables looks for an attribute of the extension by the path that an
// observable gives.
func TestObservables(t *testing.T) {
	event := door()
	event.Observables = []ocsf.Observable{{Name: new("badge.user.name"), TypeID: new(ocsf.ObservableTypeIDUserName), Value: new("ann")}}
	if report := event.Check(); len(report.Violations) > 0 {
		t.Errorf("violations: %v", report.Violations)
	}
	event.Observables[0].Name = new("badge.user.nam")
	if report := event.Check(); len(report.Violations) != 1 || report.Violations[0].Code != ocsf.CodeObservableReference {
		t.Errorf("violations: %v", report.Violations)
	}
}
