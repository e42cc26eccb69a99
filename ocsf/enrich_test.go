package ocsf_test

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/internal/model"
	"github.com/secmodel/secmodel/ocsf"
)

// TestEnrich: each event becomes the other when it is enriched; nothing else is
// filled.
func TestEnrich(t *testing.T) {
	const metadata = `"metadata":{"version":"1.8.0"}`
	tests := []struct {
		name, in, out string
		pointers      []string
	}{
		{
			"numbers and captions of the event",
			`{"activity_id":1,"class_uid":3002,"severity_id":4,` + metadata + `}`,
			`{"activity_id":1,"activity_name":"Logon","category_name":"Identity & Access Management","category_uid":3,"class_name":"Authentication","class_uid":3002,` +
				`"severity":"High","severity_id":4,"type_name":"Authentication: Logon","type_uid":300201,` + metadata + `}`,
			[]string{"/category_uid", "/activity_name", "/category_name", "/class_name", "/severity", "/type_uid", "/type_name"},
		},
		{
			"captions of another release",
			`{"activity_id":4,"activity_name":"Query","category_uid":1,"class_uid":1001,"type_uid":100104,"metadata":{"version":"1.0.0"}}`,
			`{"activity_id":4,"activity_name":"Query","category_name":"System Activity","category_uid":1,"class_name":"File System Activity","class_uid":1001,` +
				`"type_name":"File System Activity: Delete","type_uid":100104,"metadata":{"version":"1.0.0"}}`,
			[]string{"/category_name", "/class_name", "/type_name"},
		},
		{
			"the activity from type_uid",
			`{"class_uid":3002,"type_uid":300202,` + metadata + `}`,
			`{"activity_id":2,"activity_name":"Logoff","category_name":"Identity & Access Management","category_uid":3,"class_name":"Authentication","class_uid":3002,` +
				`"type_name":"Authentication: Logoff","type_uid":300202,` + metadata + `}`,
			[]string{"/category_uid", "/activity_id", "/activity_name", "/category_name", "/class_name", "/type_name"},
		},
		{
			"not if the caption says otherwise",
			`{"activity_name":"Logon","class_uid":3002,"class_name":"","category_uid":3,"category_name":"","type_uid":300202,` + metadata + `}`,
			`{"activity_name":"Logon","class_uid":3002,"class_name":"","category_uid":3,"category_name":"","type_name":"Authentication: Logoff","type_uid":300202,` + metadata + `}`,
			[]string{"/type_name"},
		},
		{
			"an activity of the source's own",
			`{"activity_name":"Knock","class_uid":3002,"class_name":"","category_uid":3,"category_name":"","type_uid":300299,` + metadata + `}`,
			`{"activity_id":99,"activity_name":"Knock","class_uid":3002,"class_name":"","category_uid":3,"category_name":"","type_name":"Authentication: Other","type_uid":300299,` + metadata + `}`,
			[]string{"/activity_id", "/type_name"},
		},
		{
			"numbers from captions, whatever their capitals",
			`{"activity_name":"LOGON","class_uid":3002,"severity":"high","status":"Success",` + metadata + `}`,
			`{"activity_id":1,"activity_name":"Logon","category_name":"Identity & Access Management","category_uid":3,"class_name":"Authentication","class_uid":3002,` +
				`"severity":"High","severity_id":4,"status":"Success","status_id":1,"type_name":"Authentication: Logon","type_uid":300201,` + metadata + `}`,
			[]string{"/category_uid", "/activity_id", "/activity_name", "/category_name", "/class_name", "/severity_id", "/severity", "/status_id", "/type_uid", "/type_name"},
		},
		{
			"other, a caption of no value, an unknown number and a wrong caption are left",
			`{"activity_id":99,"class_uid":0,"category_uid":0,"category_name":"wrong","class_name":"Base Event","severity":"Other","status":"so so","disposition_id":12345,"type_uid":99,` + metadata + `}`,
			`{"activity_id":99,"class_uid":0,"category_uid":0,"category_name":"wrong","class_name":"Base Event","severity":"Other","status":"so so","disposition_id":12345,"type_uid":99,` + metadata + `}`,
			nil,
		},
		{
			"an attribute of a profile that the event does not name is left",
			`{"activity_id":0,"activity_name":"","category_uid":3,"category_name":"","class_uid":3002,"class_name":"","type_uid":300200,"type_name":"","disposition_id":1,` + metadata + `}`,
			`{"activity_id":0,"activity_name":"","category_uid":3,"category_name":"","class_uid":3002,"class_name":"","type_uid":300200,"type_name":"","disposition_id":1,` + metadata + `}`,
			nil,
		},
		{
			"of a profile that it names it is filled",
			`{"activity_id":0,"activity_name":"","category_uid":3,"category_name":"","class_uid":3002,"class_name":"","type_uid":300200,"type_name":"","disposition_id":1,"metadata":{"version":"1.8.0","profiles":["security_control"]}}`,
			`{"activity_id":0,"activity_name":"","category_uid":3,"category_name":"","class_uid":3002,"class_name":"","type_uid":300200,"type_name":"","disposition":"Allowed","disposition_id":1,"metadata":{"version":"1.8.0","profiles":["security_control"]}}`,
			[]string{"/disposition"},
		},
		{
			"a null is filled, a value of a wrong type is not",
			`{"activity_id":1,"activity_name":7,"category_uid":"3","class_uid":3002,"class_name":null,"type_uid":300201,"type_name":"",` + metadata + `}`,
			`{"activity_id":1,"activity_name":7,"category_uid":"3","class_uid":3002,"class_name":"Authentication","type_uid":300201,"type_name":"",` + metadata + `}`,
			[]string{"/class_name"},
		},
		{
			"a class that is not known is left",
			`{"activity_id":1,"class_uid":987654,"severity_id":1,` + metadata + `}`,
			`{"activity_id":1,"class_uid":987654,"severity_id":1,` + metadata + `}`,
			nil,
		},
		{
			"a class that the release does not have is left",
			`{"activity_id":1,"class_uid":8001,"severity_id":1,"metadata":{"version":"1.0.0"}}`,
			`{"activity_id":1,"class_uid":8001,"severity_id":1,"metadata":{"version":"1.0.0"}}`,
			nil,
		},
		{
			"an event without class is left",
			`{"severity_id":1,` + metadata + `}`,
			`{"severity_id":1,` + metadata + `}`,
			nil,
		},
		{
			"lists, and objects within objects",
			`{"activity_id":1,"activity_name":"","category_uid":4,"category_name":"","class_uid":4003,"class_name":"","type_uid":400301,"type_name":"",` +
				`"answers":[{"flag_ids":[1,3]},{"flag_ids":[1,99]},{"flags":["authoritative answer","Truncated Response"]},{"flag_ids":[],"flags":[]}],` +
				`"device":{"type_id":2,"os":{"type":"Linux"}},"metadata":{"version":"1.8.0","profiles":["host"]}}`,
			`{"activity_id":1,"activity_name":"","category_uid":4,"category_name":"","class_uid":4003,"class_name":"","type_uid":400301,"type_name":"",` +
				`"answers":[{"flag_ids":[1,3],"flags":["Authoritative Answer","Recursion Desired"]},{"flag_ids":[1,99]},{"flag_ids":[1,2],"flags":["Authoritative Answer","Truncated Response"]},{"flag_ids":[],"flags":[]}],` +
				`"device":{"type_id":2,"type":"Desktop","os":{"type":"Linux","type_id":200}},` +
				`"observables":[{"name":"device","type":"Endpoint","type_id":20}],"metadata":{"version":"1.8.0","profiles":["host"]}}`,
			[]string{"/answers/0/flags", "/answers/2/flag_ids", "/answers/2/flags", "/device/type", "/device/os/type_id", "/observables/0"},
		},
		{
			"observables that are not listed",
			`{"activity_id":0,"activity_name":"","category_uid":4,"category_name":"","class_uid":4003,"class_name":"","type_uid":400300,"type_name":"",` +
				`"src_endpoint":{"ip":"192.0.2.1","port":53},"dst_endpoint":{"ip":"192.0.2.1","intermediate_ips":["192.0.2.7","192.0.2.7","192.0.2.8"]},` +
				`"observables":[{"name":"dst_endpoint.intermediate_ips[2]","type_id":2,"value":"192.0.2.8"},{"name":"src_endpoint","type_id":99,"type":"mine"}],` + metadata + `}`,
			`{"activity_id":0,"activity_name":"","category_uid":4,"category_name":"","class_uid":4003,"class_name":"","type_uid":400300,"type_name":"",` +
				`"src_endpoint":{"ip":"192.0.2.1","port":53},"dst_endpoint":{"ip":"192.0.2.1","intermediate_ips":["192.0.2.7","192.0.2.7","192.0.2.8"]},` +
				`"observables":[{"name":"dst_endpoint.intermediate_ips[2]","type":"IP Address","type_id":2,"value":"192.0.2.8"},{"name":"src_endpoint","type_id":99,"type":"mine"},` +
				`{"name":"dst_endpoint","type":"Endpoint","type_id":20},{"name":"src_endpoint","type":"Endpoint","type_id":20},` +
				`{"name":"dst_endpoint.intermediate_ips[]","type":"IP Address","type_id":2,"value":"192.0.2.7"},{"name":"dst_endpoint.ip","type":"IP Address","type_id":2,"value":"192.0.2.1"},` +
				`{"name":"src_endpoint.ip","type":"IP Address","type_id":2,"value":"192.0.2.1"},{"name":"src_endpoint.port","type":"Port","type_id":11,"value":"53"}],` + metadata + `}`,
			[]string{"/observables/0/type", "/observables/2", "/observables/3", "/observables/4", "/observables/5", "/observables/6", "/observables/7"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e := eventOf(t, []byte(test.in))
			filled := ocsf.Enrich(e)
			out := appendJSON(t, e)
			if err := jsontest.Equal([]byte(test.out), out, true); err != nil {
				t.Errorf("%v: %s", err, out)
			}
			if diff := cmp.Diff(test.pointers, pointersOf(filled)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestEnrichLiteral: the class of an event made by hand is that of its Go type.
func TestEnrichLiteral(t *testing.T) {
	e := &ocsf.Authentication{ActivityID: new(ocsf.AuthenticationActivityIDLogon), SeverityID: new(ocsf.SeverityIDHigh)}
	ocsf.Enrich(e)
	want := &ocsf.Authentication{
		ActivityID: new(ocsf.AuthenticationActivityIDLogon), ActivityName: new("Logon"),
		CategoryUID: new(ocsf.CategoryUIDIdentityAccessManagement), CategoryName: new("Identity & Access Management"),
		ClassUID: new(ocsf.ClassUIDAuthentication), ClassName: new("Authentication"),
		SeverityID: new(ocsf.SeverityIDHigh), Severity: new("High"),
		TypeUID: new(int64(300201)), TypeName: new("Authentication: Logon"),
	}
	if diff := cmp.Diff(want, e); diff != "" {
		t.Error(diff)
	}
	base := new(ocsf.BaseEvent)
	if filled := ocsf.Enrich(base); filled != nil {
		t.Errorf("a base event without class: %v", filled)
	}
}

// TestEnrichOptions: WithVersion chooses the release, SkipObservables leaves them
// alone.
func TestEnrichOptions(t *testing.T) {
	const text = `{"class_uid":4001,"http_request":{"user_agent":"x"},"src_endpoint":{"port":1},"metadata":{"version":"1.8.0"}}`
	e := eventOf(t, []byte(text))
	ocsf.Enrich(e, secmodel.WithVersion("1.1.0"))
	got := e.Common().Observables
	want := []ocsf.Observable{{Name: new("src_endpoint"), Type: new("Endpoint"), TypeID: new(ocsf.ObservableTypeIDEndpoint)}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if removed := ocsf.Reduce(e, secmodel.SkipObservables(), secmodel.WithVersion("1.1.0")); len(e.Common().Observables) != 1 {
		t.Error(removed)
	}
	e = eventOf(t, []byte(text))
	if ocsf.Enrich(e, secmodel.SkipObservables()); e.Common().Observables != nil {
		t.Error(e.Common().Observables)
	}
}

// TestReduce: each event becomes the other when it is reduced.
func TestReduce(t *testing.T) {
	const head = `"activity_id":0,"class_uid":4003,"src_endpoint":{"ip":"192.0.2.1"},"metadata":{"version":"1.8.0"}`
	const (
		endpoint = `{"name":"src_endpoint","type":"Endpoint","type_id":20}`
		ip       = `{"name":"src_endpoint.ip","type":"IP Address","type_id":2,"value":"192.0.2.1"}`
		mine     = `{"name":"src_endpoint.ip","type":"IP","type_id":99}`
	)
	list := func(items ...string) string { return head + `,"observables":[` + strings.Join(items, ",") + `]` }
	tests := []struct{ name, in, out string }{
		{
			"what is right",
			head + `,"activity_name":"Unknown","category_uid":4,"category_name":"Network Activity","class_name":"DNS Activity","type_uid":400300,"type_name":"DNS Activity: Unknown"`,
			head,
		},
		{
			"captions of numbers that are gone",
			head + `,"category_name":"Network Activity","type_name":"DNS Activity: Unknown"`,
			head,
		},
		{
			"what is wrong",
			head + `,"activity_name":"unknown","category_uid":5,"category_name":"Network Activity","class_name":"DNS","type_uid":400301,"type_name":"DNS Activity: Unknown","severity_id":99,"severity":"Other","status":"Success"`,
			head + `,"activity_name":"unknown","category_uid":5,"category_name":"Network Activity","class_name":"DNS","type_uid":400301,"type_name":"DNS Activity: Unknown","severity_id":99,"severity":"Other","status":"Success"`,
		},
		{
			"captions that are empty",
			`"class_uid":4003,"type_name":"","activity_name":"","severity":""`,
			`"class_uid":4003,"type_name":"","activity_name":"","severity":""`,
		},
		{"observables", list(endpoint, ip), head},
		{"the first of the observables", list(endpoint), head},
		{"the last of the observables", list(ip), list(ip)},
		{"observables in another order", list(ip, endpoint), list(ip)},
		{"an observable listed twice", list(endpoint, ip, ip), list(endpoint, ip, `{"name":"src_endpoint.ip","type_id":2,"value":"192.0.2.1"}`)},
		{"observables of one's own first", list(mine, endpoint, ip), list(mine)},
		{"observables of one's own last", list(endpoint, ip, mine), list(endpoint, ip, mine)},
		{"no observables", list(), head},
	}
	for i := range tests {
		tests[i].in, tests[i].out = "{"+tests[i].in+"}", "{"+tests[i].out+"}"
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e := eventOf(t, []byte(test.in))
			ocsf.Reduce(e)
			out := appendJSON(t, e)
			if err := jsontest.Equal(stripTypes(t, test.out), stripTypes(t, string(out)), true); err != nil {
				t.Errorf("%v: %s", err, out)
			}
			laws(t, []byte(test.in))
		})
	}
}

// stripTypes removes the captions of observables, which are reduced as any.
func stripTypes(t *testing.T, text string) []byte {
	t.Helper()
	for _, caption := range []string{"Endpoint", "IP Address"} {
		text = strings.ReplaceAll(text, `"type":"`+caption+`",`, "")
	}
	return []byte(text)
}

func eventOf(t testing.TB, text []byte, opts ...secmodel.Option) ocsf.Event {
	t.Helper()
	e, err := ocsf.Unmarshal(text, opts...)
	if err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return e
}

func pointersOf(list []ocsf.Attribute) (pointers []string) {
	for _, a := range list {
		pointers = append(pointers, a.Pointer)
	}
	return pointers
}

// laws checks what Enrich and Reduce promise of every event, and returns the
// event enriched, and what was filled.
func laws(t testing.TB, text []byte, opts ...secmodel.Option) (ocsf.Event, []ocsf.Attribute) {
	t.Helper()
	read := func() ocsf.Event { return eventOf(t, text, append(slices.Clip(opts), secmodel.MaxDepth(deepest))...) }
	same := func(what string, a, b []byte) {
		t.Helper()
		if string(a) != string(b) {
			t.Errorf("%s\n%s\n%s\nof %s", what, a, b, text)
		}
	}
	e := read()
	filled := ocsf.Enrich(e, opts...)
	enriched := appendJSON(t, e)
	if again := ocsf.Enrich(e, opts...); again != nil {
		t.Errorf("enriched twice: %v\nof %s", again, text)
	}
	stand(t, filled, enriched)

	r := read()
	removed := ocsf.Reduce(r, opts...)
	reduced := appendJSON(t, r)
	if again := ocsf.Reduce(r, opts...); again != nil {
		t.Errorf("reduced twice: %v\nof %s", again, text)
	}
	stand(t, removed, appendJSON(t, read()))
	ocsf.Enrich(r, opts...)
	same("Enrich(Reduce(e)) is not Enrich(e)", appendJSON(t, r), enriched)

	if !slices.ContainsFunc(filled, func(a ocsf.Attribute) bool {
		number := strings.HasSuffix(a.Pointer, "_id") || strings.HasSuffix(a.Pointer, "_ids") || a.Pointer == "/class_uid"
		return number
	}) {
		both := e
		ocsf.Reduce(both, opts...)
		same("Reduce(Enrich(e)) is not Reduce(e)", appendJSON(t, both), reduced)
		ocsf.Enrich(both, opts...)
		same("Enrich(Reduce(e)) is not e, which was enriched", appendJSON(t, both), enriched)
	}
	e = read()
	ocsf.Enrich(e, opts...)
	return e, filled
}

// stand checks that attributes stand in an event where they say.
func stand(t testing.TB, list []ocsf.Attribute, text []byte) {
	t.Helper()
	// Numbers stay text, as some are beyond any float.
	read := func(text []byte) (v any) {
		d := json.NewDecoder(bytes.NewReader(text))
		d.UseNumber()
		if err := d.Decode(&v); err != nil {
			t.Fatal(err)
		}
		return v
	}
	event := read(text)
	for _, a := range list {
		want := read(marshal(t, a.Value))
		if got := resolve(event, a.Pointer); !reflect.DeepEqual(got, want) {
			t.Errorf("%s is %v, not %v, in %s", a.Pointer, got, want, text)
		}
	}
}

// resolve returns what stands at a JSON Pointer, nil if nothing does.
func resolve(v any, pointer string) any {
	for token := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		switch x := v.(type) {
		case map[string]any:
			v = x[token] // no attribute has a name to be escaped
		case []any:
			i, err := strconv.Atoi(token)
			if err != nil || i >= len(x) {
				return nil
			}
			v = x[i]
		default:
			return nil
		}
	}
	return v
}

// findingsOf returns what Check finds in an event.
func findingsOf(e ocsf.Event, opts ...secmodel.Option) map[finding]bool {
	set := map[finding]bool{}
	for _, v := range e.Check(append(slices.Clip(opts), secmodel.MaxViolations(0))...).Violations {
		set[finding{v.Code, v.Pointer}] = true
	}
	return set
}

// everyEnrichment names the variable that makes the tests of Enrich leave no
// event out.
const everyEnrichment = "SECMODEL_EVERY_ENRICHMENT"

// enrichShare returns of how many events a test takes one: n, more in a short
// run, all if the variable is set.
func enrichShare(n int) int {
	switch {
	case os.Getenv(everyEnrichment) != "":
		return 1
	case testing.Short():
		return 5 * n
	}
	return n
}

// TestEnrichCorpus enriches and reduces every event of the corpus: what Enrich
// and Reduce promise holds, and there is nothing wrong with the enriched event
// that was not wrong before.
func TestEnrichCorpus(t *testing.T) {
	t.Parallel()
	one := enrichShare(7)
	events, changed, attributes, valid := 0, 0, 0, 0
	jsontest.Lines(t, jsontest.Shared(t, "corpus", "ocsf-verdicts.jsonl.gz"), func(line int, v verdict) {
		if line%one != 0 {
			return
		}
		events++
		before := eventOf(t, v.Event, secmodel.WithVersion(v.Version), secmodel.MaxDepth(deepest))
		e, filled := laws(t, v.Event, secmodel.WithVersion(v.Version))
		if filled != nil {
			changed++
			attributes += len(filled)
		}
		old := findingsOf(before, secmodel.WithVersion(v.Version))
		ok := before.Validate(secmodel.WithVersion(v.Version)) == nil
		if ok {
			valid++
		}
		for f := range findingsOf(e, secmodel.WithVersion(v.Version)) {
			// An observable of a value that is too long is too long.
			long := f.code == secmodel.CodeMaxLen && strings.HasPrefix(f.path, "/observables/")
			if !old[f] && (ok || !long) {
				t.Errorf("line %d, %s as %s: %v", line, v.File, v.Version, f)
			}
		}
	})
	t.Logf("%d events, %d of them valid; %d attributes filled in %d", events, valid, attributes, changed)
}

// TestEnrichSchema enriches and reduces events of every class and release with
// every attribute of all objects: reducing leaves no caption, and what enriching
// adds to them are observables only.
func TestEnrichSchema(t *testing.T) {
	t.Parallel()
	one := enrichShare(3)
	s := mustSchema(t)
	events, captions, observables := 0, 0, 0
	for v, version := range s.Versions {
		for c, class := range classes(s, v) {
			if (v+c)%one != 0 {
				continue
			}
			events++
			f := newFiller(s, v, class)
			event := f.event(class, deep)
			delete(event, "observables")
			text := marshal(t, event)
			before := findingsOf(eventOf(t, text))
			e, _ := laws(t, text)
			for x := range findingsOf(e) {
				if !before[x] {
					t.Errorf("%s %s: %v", version.Name, class.Name, x)
				}
			}
			observables += len(e.Common().Observables)
			n := f.captions(t, class, appendJSON(t, e), true)
			captions += n
			if n == 0 {
				t.Errorf("%s %s: no captions", version.Name, class.Name)
			}
			ocsf.Reduce(e)
			reduced := appendJSON(t, e)
			if n := f.captions(t, class, reduced, false); n > 0 {
				t.Errorf("%s %s: %d captions are left: %s", version.Name, class.Name, n, reduced)
			}
			if c := e.Common(); c.Observables != nil || c.TypeUID != nil || c.TypeName != nil || c.CategoryUID != nil {
				t.Errorf("%s %s: not reduced: %s", version.Name, class.Name, reduced)
			}
		}
	}
	t.Logf("%d events, %d captions, %d observables", events, captions, observables)
}

// captions counts the right captions of an event by the schema. If every number
// is to have one, it reports those that do not.
func (f *filler) captions(t *testing.T, class *model.Type, text []byte, every bool) (n int) {
	t.Helper()
	var event map[string]any
	if err := json.Unmarshal(text, &event); err != nil {
		t.Fatal(err)
	}
	f.each(class, event, "", func(p *model.Property, object map[string]any, path string) {
		ref, _ := p.TypeAt(f.version)
		sibling := p.SiblingAt(f.version)
		if sibling == "" || f.types[ref.Ref].Values == nil {
			return
		}
		owner := map[string]any{p.Name: integers(object[p.Name]), sibling: ""}
		f.label(owner, p) // sets the caption that the schema says
		switch want := owner[sibling]; {
		case want == "" || object["priority"] == 7.0: // a number in 1.1.0
		case reflect.DeepEqual(object[sibling], want):
			n++
		case every:
			t.Errorf("%s %s: %s%s is %v, not %v", f.name(), class.Name, path, sibling, object[sibling], want)
		}
	})
	return n
}

// integers makes integers of the numbers that were read from JSON.
func integers(v any) any {
	switch x := v.(type) {
	case float64:
		return int64(x)
	case []any:
		list := make([]any, len(x))
		for i, element := range x {
			list[i] = integers(element)
		}
		return list
	}
	return v
}

// each calls visit with every attribute of an object, by the schema, and of
// those within it.
func (f *filler) each(t *model.Type, object map[string]any, path string, visit func(p *model.Property, object map[string]any, path string)) {
	for _, p := range f.properties(t) {
		value, ok := object[p.Name]
		if !ok {
			continue
		}
		visit(p, object, path)
		ref, array := p.TypeAt(f.version)
		inner := f.types[ref.Ref]
		if inner.Kind != model.Object {
			continue
		}
		if !array {
			value = []any{value}
		}
		for _, element := range value.([]any) {
			next := path + p.Name
			if array {
				next += "[]"
			}
			f.each(inner, element.(map[string]any), next+".", visit)
		}
	}
}

// FuzzEnrich: what Enrich and Reduce promise holds of whatever decodes, and a
// valid event has no error and no further warning when it is enriched.
func FuzzEnrich(f *testing.F) {
	for _, s := range jsontest.Samples(f, ocsf.Format) {
		f.Add(s.Data)
	}
	f.Add([]byte(`{"class_uid":4003,"activity_id":99,"activity_name":"x","src_endpoint":{"ip":"::1","port":1},"observables":[{"name":"src_endpoint.ip","type_id":2,"value":"::1"}]}`))
	f.Add([]byte(`{"class_uid":4009,"type_uid":400901,"activity_name":"sEND","observables":[null],"metadata":{"version":"1.0.0","profiles":["host",1]}}`))
	f.Add([]byte(`{"class_uid":0,"severity":"HIGH","severity_id":null,"observables":[],"type_uid":99,"activity_id":99,"type_name":"y"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		before, err := ocsf.Unmarshal(data, secmodel.MaxDepth(deepest))
		if err != nil {
			return
		}
		e, _ := laws(t, data)
		if before.Validate() != nil {
			return
		}
		old := findingsOf(before)
		for x := range findingsOf(e) {
			if !old[x] {
				t.Errorf("%v in %s", x, data)
			}
		}
	})
}
