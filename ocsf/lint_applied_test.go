package ocsf_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/ocsf"
)

// TestSuspicionsApplied: what is suspected of one attribute is suspected of every
// attribute of its kind.
func TestSuspicionsApplied(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{`{"class_uid": 4001, "metadata": {"version": "1.8.0"}, "tls": {"ja3_hash": {"algorithm_id": 1, "value": "d41d8cd9"}}}`, "hash_length_suspicious /tls/ja3_hash/value"},
		{`{"events": [], "start_time": 1777887000000, "end_time": 1777886999999}`, "time_order_suspicious /end_time"},
	} {
		if got := suspicious(t, test.text); !slices.Equal(got, []string{test.want}) {
			t.Errorf("%s: %q, want %q", test.text, got, test.want)
		}
	}
}

// TestBundleOrder: what a bundle as a whole makes suspicious stands with the event
// that it is about.
func TestBundleOrder(t *testing.T) {
	const event = `{"class_uid": 3002, "metadata": {"version": "1.8.0", "uid": "7f3a"}%s}`
	text := fmt.Sprintf(`{"zz": 1, "events": [`+event+`, `+event+`, {"class_uid": 7}]}`, "", "")
	m := read(t, []byte(text))
	var places []string
	for _, v := range m.Check(secmodel.Lint()).Violations {
		if v.Code == secmodel.CodeIdentifierTwin || v.Code == secmodel.CodeClassUnknown || v.Code == secmodel.CodeUnknown {
			places = append(places, v.Pointer)
		}
	}
	if want := []string{"/zz", "/events/1/metadata/uid", "/events/2/class_uid"}; !slices.Equal(places, want) {
		t.Errorf("%q, want %q", places, want)
	}
	if err := m.Validate(); !errors.Is(err, secmodel.ErrInvalid) {
		t.Errorf("an invalid bundle: %v", err)
	}
}

// TestProfileHintInList: the profile that an unknown attribute belongs to is named
// for elements of arrays too.
func TestProfileHintInList(t *testing.T) {
	const text = `{"class_uid": 2004, "metadata": {"version": "1.8.0"}, "evidences": [{"process": {"name": "p"}}, {"process": {"name": "p", "euid": 0}}]}`
	e := read(t, []byte(text)).(*ocsf.DetectionFinding)
	for _, v := range e.Check(secmodel.Lint()).Violations {
		if v.Pointer == "/evidences/1/process/euid" {
			if list, ok := v.Expected.([]string); !ok || !slices.Contains(list, "linux/linux_users") {
				t.Errorf("%v: expected %v", v, v.Expected)
			}
			return
		}
	}
	t.Error("euid is not unknown")
}

// TestCaptionsOfPartlyWrongList: of a list of which an element does not fit, the
// captions of the others are judged, and what follows has its own place.
func TestCaptionsOfPartlyWrongList(t *testing.T) {
	const text = `{"class_uid": 4001, "metadata": {"version": "1.8.0"}, "zz": 1, "url": {"url_string": "x", "zz": 1, "category_ids": [3, "x", 5], "categories": ["Adult/Mature Content", "y"]}}`
	var got []string
	for _, v := range read(t, []byte(text)).Check().Violations {
		if v.Code != secmodel.CodeRequiredMissing && v.Code != secmodel.CodeConstraint {
			got = append(got, v.Code+" "+v.Pointer)
		}
	}
	want := []string{
		"attribute_enum_array_sibling_incorrect /url/categories/0",
		"attribute_enum_array_sibling_missing /url/categories/2",
		"attribute_wrong_type /url/category_ids/1",
		"attribute_unknown /url/zz",
		"attribute_unknown /zz",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}
}
