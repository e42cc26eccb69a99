package ocsf_test

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/repairtest"
	"github.com/secmodel/secmodel/ocsf"
)

// TestRepair lists, for each mend and each value that is left alone, what
// becomes of a member of an invalid event.
func TestRepair(t *testing.T) {
	for _, test := range []struct{ members, want string }{
		{`"severity_id":"High"`, `caption_for_number /severity_id 4`},
		{`"severity_id":"CRITICAL "`, `caption_for_number /severity_id 5`},
		{`"severity_id":"info"`, `severity_spelling /severity_id 1`},
		{`"severity_id":"4"`, `text_for_number /severity_id 4`},
		{`"severity_id":"other"`, `caption_for_number /severity_id 99`},
		{`"severity_id":"warning"`, ``},
		{`"severity_id":"17"`, ``},
		{`"severity_id":17`, ``},
		{`"activity_id":"log_off"`, `caption_for_number /activity_id 2`},
		{`"activity_id":["Logon"]`, `array_for_scalar /activity_id "Logon"; caption_for_number /activity_id/0 1`},
		{`"class_uid":"3002"`, `text_for_number /class_uid 3002`},
		{`"class_uid":3002.0`, `fraction_for_integer /class_uid 3002`},
		{`"class_uid":"Authentication"`, ``},
		{`"time":"2024-06-10T06:13:20.5Z"`, `time_spelling /time 1718000000500`},
		{`"time":"2024-06-10T08:13:20+02:00"`, `time_spelling /time 1718000000000`},
		{`"time":"Mon, 10 Jun 2024 06:13:20 GMT"`, `time_spelling /time 1718000000000`},
		{`"time":"1718000000500"`, `text_for_number /time 1718000000500`},
		{`"time":"1718000000"`, `text_for_number /time 1718000000`},
		{`"time":1718000000.25`, `time_spelling /time 1718000000250`},
		{`"time":1718000000250.75`, `time_spelling /time 1718000000250`},
		{`"time":1718000000250.0`, `fraction_for_integer /time 1718000000250`},
		{`"time":1718000000.0`, ``},
		{`"time":1718000000`, ``},
		{`"time":"2024-06-10T06:13:20"`, ``},
		{`"time":"2024-06-10"`, ``},
		{`"count":"12"`, `text_for_number /count 12`},
		{`"count":12.0`, `fraction_for_integer /count 12`},
		{`"count":"12.5"`, ``},
		{`"count":true`, ``},
		{`"is_remote":" TRUE"`, `text_for_number /is_remote true`},
		{`"is_remote":"yes"`, ``},
		{`"is_remote":1`, ``},
		{`"message":5`, `number_for_text /message "5"`},
		{`"message":null`, `null_for_absent /message null`},
		{`"statusDetail":"x"`, `attribute_name /statusDetail "x"`},
		{`"status-detail":"x","StatusDetail":"y"`, ``},
		{`"user":{"name":"a","uid":"1","email_addr":null,"type_id":"Admin"}`, `null_for_absent /user/email_addr null; caption_for_number /user/type_id 2`},
		{`"src_endpoint":{"mac":" 00:00:5E:00:53:01","port":"80"}`, `text_for_number /src_endpoint/port 80; surrounding_whitespace /src_endpoint/mac "00:00:5E:00:53:01"`},
		{`"enrichments":{"name":"a","value":"b","data":[1]}`, `scalar_for_array /enrichments [{"name":"a","value":"b","data":[1]}]`},
		{`"unmapped":{" A ":null}`, ``},
	} {
		// Unheard makes it invalid.
		e := event(t, `{"Unheard":1,"class_uid":3002,"metadata":{"version":"1.8.0"},`+test.members+`}`)
		o := repairtest.Laws(t, e, ocsf.Repair)
		if diff := cmp.Diff(test.want, repairtest.Summary(o.List)); diff != "" {
			t.Errorf("%s: -want +got\n%s", test.members, diff)
		}
	}
}

// event reads an authentication.
func event(t testing.TB, text string) ocsf.Event {
	t.Helper()
	e := new(ocsf.Authentication)
	if err := e.UnmarshalJSON([]byte(text)); err != nil {
		t.Fatal(err)
	}
	return e
}

// TestRepairLeavesValid leaves a valid event alone, though it has warnings, but
// not if warnings fail too.
func TestRepairLeavesValid(t *testing.T) {
	text := `{"class_uid":3002,"category_uid":3,"activity_id":1,"type_uid":300201,"severity_id":1,"time":1718000000000,
		"metadata":{"version":"1.8.0","product":{"name":"n","vendor_name":"v"}},"user":{"name":"a"},"service":{"name":"s"},"message":null}`
	e := event(t, text)
	if r := e.Check(); !r.Valid() || r.Count(secmodel.Warning) == 0 {
		t.Fatal("the event is not one that is valid with warnings", r.Violations)
	}
	if o := repairtest.Laws(t, e, ocsf.Repair); len(o.List) > 0 {
		t.Errorf("repaired: %v", o.List)
	}
	if got, want := repairtest.Summary(repairtest.Laws(t, e, ocsf.Repair, secmodel.Strict()).List), `null_for_absent /message null`; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestRepairTakesBack takes all back if there would be more errors: an object
// that becomes an element is found to lack what is required.
func TestRepairTakesBack(t *testing.T) {
	e := event(t, `{"class_uid":3002,"metadata":{"version":"1.8.0"},"severity_id":"High","enrichments":{},"observables":{}}`)
	before, _ := e.AppendJSON(nil)
	if o := repairtest.Laws(t, e, ocsf.Repair); len(o.List) > 0 || string(o.Text) != string(before) {
		t.Errorf("repaired: %v", o.List)
	}
	e = event(t, `{"class_uid":3002,"metadata":{"version":"1.8.0"},"severity_id":"High"}`)
	if o := repairtest.Laws(t, e, ocsf.Repair); len(o.List) == 0 {
		t.Error("not repaired where nothing is taken back")
	}
}

// TestRepairTimes checks that attributes are taken for times exactly where their
// Go type is Timestamp.
func TestRepairTimes(t *testing.T) {
	seen := map[reflect.Type]bool{}
	var visit func(reflect.Type)
	visit = func(typ reflect.Type) {
		for typ.Kind() == reflect.Pointer || typ.Kind() == reflect.Slice {
			typ = typ.Elem()
		}
		if typ.Kind() != reflect.Struct || seen[typ] {
			return
		}
		seen[typ] = true
		for i := range typ.NumField() {
			f := typ.Field(i)
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			isTime := f.Type == reflect.TypeFor[*ocsf.Timestamp]()
			named := name == "time" || strings.HasSuffix(name, "_time")
			if isInt := f.Type.Kind() == reflect.Pointer && f.Type.Elem().Kind() == reflect.Int64; isInt && isTime != named {
				t.Errorf("%s.%s: a timestamp is %v, its name says %v", typ.Name(), f.Name, isTime, named)
			}
			visit(f.Type)
		}
	}
	for _, c := range ocsf.Classes() {
		visit(reflect.TypeOf(c.New()))
	}
}

// TestRepairBundle reads events as their class. What is then found in them was
// not judged before.
func TestRepairBundle(t *testing.T) {
	data, err := os.ReadFile("../testdata/ocsf/repair/bundle.json")
	if err != nil {
		t.Fatal(err)
	}
	b := new(ocsf.Bundle)
	if err := b.UnmarshalJSON(data); err != nil {
		t.Fatal(err)
	}
	if got, want := repairtest.Summary(ocsf.RepairBundle(b)), `fraction_for_integer /events/0/class_uid 3002; text_for_number /events/0/severity_id 1; time_spelling /events/1/time 1718000000000`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	repairtest.Laws(t, b, ocsf.RepairBundle)
	for i, e := range b.Events {
		if _, ok := e.(*ocsf.Authentication); !ok {
			t.Errorf("event %d is a %T", i, e)
		}
	}
}

func TestRepairedClass(t *testing.T) {
	for text, want := range map[string]string{
		`3002`: "authentication", `"3002"`: "authentication", `3002.0`: "authentication", `" 3002.00 "`: "authentication", `0`: "base_event",
		`"x"`: "", `3002.5`: "", `1e3`: "", `999999`: "", ``: "", `null`: "", `".."`: "", `[]`: "",
	} {
		if c, ok := ocsf.RepairedClass([]byte(text)); c.Name() != want || ok != (want != "") {
			t.Errorf("%s: %q %v, want %q", text, c, ok, want)
		}
	}
}

// FuzzRepair repairs any document as an event of its class, and as a bundle.
func FuzzRepair(f *testing.F) {
	files, err := filepath.Glob("../testdata/ocsf/repair/*.json")
	if err != nil || len(files) == 0 {
		f.Fatal("no documents", err)
	}
	few, err := filepath.Glob("../testdata/ocsf/*invalid.json")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range append(files, few...) {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		e, err := ocsf.Unmarshal(data)
		if err != nil {
			return
		}
		repairtest.Laws(t, e, ocsf.Repair)
		b := new(ocsf.Bundle)
		if b.UnmarshalJSON(data) == nil {
			ocsf.RepairBundle(b) // reads events as their class, which were not judged before
			repairtest.Laws(t, b, ocsf.RepairBundle)
		}
	})
}

func ExampleRepair() {
	e, _ := ocsf.Unmarshal([]byte(`{"class_uid":3002,"severity_id":"High","time":"2024-06-10T08:13:20+02:00","user":{"uid":7}}`))
	for _, r := range ocsf.Repair(e) {
		fmt.Println(r)
	}
	// Output:
	// caption_for_number /severity_id: "High" becomes 4
	// time_spelling /time: "2024-06-10T08:13:20+02:00" becomes 1718000000000
	// number_for_text /user/uid: 7 becomes "7"
}
