package schemas_test

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secmodel/secmodel/internal/model"
	"github.com/secmodel/secmodel/schemas"
)

// captions are the captions of 1.3.0 that a later release changed: the schemas
// have the newest one. Old and new, each pair once.
var captions = map[[2]string]bool{
	{"Account Type", "Group Type"}:                                       true,
	{"Affected Resources", "Additional Resources"}:                       true,
	{"Affected Resources", "Source Endpoint"}:                            true,
	{"Complaince References Articles", "Compliance Standard References"}: true,
	{"Compliance Standards Articles", "Compliance Standards: Details"}:   true,
	{"Confidence Id", "Confidence ID"}:                                   true,
	{"Email UID", "Email Thread UID"}:                                    true,
	{"ISP", "ISP Name"}:                                                  true,
	{"Impact", "Impact Score"}:                                           true,
	{"MITRE ATT&CK®", "MITRE ATT&CK® & ATLAS™"}:                          true,
	{"MITRE ATT&CK® Details", "MITRE ATT&CK® and ATLAS™ Details"}:        true,
	{"MITRE ATT&CK® Sub Technique", "MITRE Sub-technique"}:               true,
	{"MITRE ATT&CK® Tactic", "MITRE Tactic"}:                             true,
	{"MITRE ATT&CK® Technique", "MITRE Technique"}:                       true,
	{"MITRE DEFEND™ Tactic", "MITRE D3FEND™ Tactic"}:                     true,
	{"MITRE DEFEND™ Technique", "MITRE D3FEND™ Technique"}:               true,
	{"Network Zone", "Cloud Availability Zone"}:                          true,
	{"On Premises", "On-Premises"}:                                       true,
	{"Provider", "Cloud Provider"}:                                       true,
	{"Related Event", "Related Event/Finding"}:                           true,
	{"Related Events", "Related Events/Findings"}:                        true,
	{"Related Vulnerabilities", "Related Vulnerability IDs"}:             true,
	{"SMTP Banner", "Protocol Banner"}:                                   true,
	{"Security Standards", "Compliance Standards: List"}:                 true,
	{"Share Type Id", "Share Type ID"}:                                   true,
	{"Sub Technique", "MITRE Sub-technique"}:                             true,
	{"Tactic", "MITRE Tactic"}:                                           true,
	{"Technique", "MITRE Technique"}:                                     true,
}

// TestOfficial: the schemas are those that the official server exports for
// 1.3.0, with every profile and with none. What differs is the caption only,
// where a later release has another.
func TestOfficial(t *testing.T) {
	t.Parallel()
	f := open(t, "ocsf")
	seen := map[[2]string]bool{}
	for set, export := range loadExport(t) {
		opts := []schemas.Option{schemas.Official()}
		if set == "noprofiles" {
			opts = append(opts, schemas.WithProfiles())
		}
		classes, err := f.Classes("1.3.0")
		if err != nil {
			t.Fatal(err)
		}
		if len(classes) != len(export) {
			t.Errorf("%s: %d classes, the export has %d", set, len(classes), len(export))
		}
		for _, name := range slices.Sorted(maps.Keys(export)) {
			text, err := f.Plain("1.3.0", name, opts...)
			if err != nil {
				t.Error(err)
				continue
			}
			got, want := decodeJSON(t, text), export[name]
			recaption(want, got, seen)
			normalize(want)
			normalize(got)
			if !reflect.DeepEqual(want, got) {
				t.Errorf("%s %s (-server +schema):\n%s", set, name, cmp.Diff(want, got))
			}
		}
	}
	if diff := cmp.Diff(captions, seen); diff != "" {
		t.Errorf("changed captions (-want +got):\n%s", diff)
	}
}

// TestOfficialForms has what the export of classes of 1.3.0 does not show.
func TestOfficialForms(t *testing.T) {
	t.Parallel()
	f := open(t, "ocsf")
	get := func(version, class string, opts ...schemas.Option) map[string]any {
		t.Helper()
		text, err := f.Plain(version, class, append(opts, schemas.Official())...)
		if err != nil {
			t.Fatal(err)
		}
		compileNoFormat(t, text)
		return decodeJSON(t, text).(map[string]any)
	}
	at := func(v any, path ...string) any {
		for _, key := range path {
			v = v.(map[string]any)[key]
		}
		return v
	}
	process := get("1.8.0", "process")
	older := get("1.0.0", "kernel_extension")
	draft04 := get("1.8.0", "authentication", schemas.WithDialect(schemas.Draft04))
	draft2020 := get("1.8.0", "authentication", schemas.WithDialect(schemas.Draft202012))
	tests := []struct {
		name      string
		got, want any
	}{
		{"the dialect", process["$schema"], string(schemas.Draft07)},
		{"an object has no address", process["$id"], nil},
		{"an object that leads to itself", at(process, "properties", "parent_process", "$ref"), "#/$defs/process"},
		{"and is there", at(process, "$defs", "process", "properties", "parent_process", "$ref"), "#/$defs/process"},
		{"a free-form object", get("1.3.0", "object")["additionalProperties"], true},
		{"a class by its name then", older["$id"], "https://schema.ocsf.io/schema/classes/kernel_extension"},
		{"an object by its name then", at(get("1.0.0", "registry_key_activity"), "properties", "reg_key", "$ref"), "#/$defs/registry_key"},
		{"one value", at(draft2020, "properties", "class_uid", "const"), json.Number("3002")},
		{"one value in draft-04", at(draft04, "properties", "class_uid", "enum"), []any{json.Number("3002")}},
		{"the address in draft-04", draft04["id"], "https://schema.ocsf.io/schema/classes/authentication"},
		{"no values of type_uid", at(draft2020, "properties", "type_uid", "enum"), nil},
		{"no pattern", at(draft2020, "$defs", "network_endpoint", "properties", "ip", "pattern"), nil},
		{"no dotted constraint", get("1.3.0", "patch_state")["anyOf"], nil},
		{"not required if in a constraint", slices.Contains(get("1.8.0", "network_file_activity")["required"].([]any), any("src_endpoint")), false},
		{"required under a profile", slices.Contains(get("1.3.0", "authentication", schemas.WithProfiles("cloud"))["required"].([]any), any("cloud")), true},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, tt.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
	if _, err := f.Plain("1.8.0", "authentication", schemas.Official(), schemas.Strict()); err == nil || !strings.Contains(err.Error(), "exclude each other") {
		t.Errorf("both strict and official: error %v", err)
	}
}

// TestOCSFNumbers: by our rules, too, an event of a class has the numbers of
// that class.
func TestOCSFNumbers(t *testing.T) {
	text, err := open(t, "ocsf").Plain("1.8.0", "ntp_activity", schemas.WithProfiles(), schemas.WithDialect(schemas.Draft07))
	if err != nil {
		t.Fatal(err)
	}
	schema := compileNoFormat(t, text)
	event := func(class, category, typ int) string {
		return fmt.Sprintf(`{"class_uid": %d, "category_uid": %d, "type_uid": %d, "activity_id": 1, "severity_id": 1, "time": 1,
			"version": "4", "dst_endpoint": {"ip": "192.0.2.1"}, "metadata": {"version": "1.8.0", "product": {"name": "x"}}}`, class, category, typ)
	}
	tests := []struct {
		class, category, typ int
		valid                bool
	}{
		{4013, 4, 401301, true},
		{4013, 4, 401300, true},
		{4013, 4, 401399, true},
		{4013, 4, 401398, false},
		{4013, 4, 401201, false},
		{4012, 4, 401301, false},
		{4013, 3, 401301, false},
	}
	for _, tt := range tests {
		if err := schema.Validate(decodeJSON(t, []byte(event(tt.class, tt.category, tt.typ)))); (err == nil) != tt.valid {
			t.Errorf("%+v: %v", tt, err)
		}
	}
}

// TestOCSFNames: in no release do two definitions have one name.
func TestOCSFNames(t *testing.T) {
	data, err := schemas.Annotated("ocsf")
	if err != nil {
		t.Fatal(err)
	}
	s, err := model.Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	for v, version := range s.Versions {
		seen := map[string]bool{}
		for _, typ := range s.Types {
			if name := typ.NameAt(v); typ.In.Has(v) && seen[name] {
				t.Errorf("%s: two definitions are called %s", version.Name, name)
			} else if typ.In.Has(v) {
				seen[name] = true
			}
		}
	}
}

// loadExport returns what the official server exports, by set of profiles and
// class.
func loadExport(t *testing.T) map[string]map[string]any {
	t.Helper()
	file, err := os.Open(shared(t, "corpus/ocsf-jsonschema-1.3.0.json.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	z, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	var export map[string]map[string]any
	dec := json.NewDecoder(z)
	dec.UseNumber()
	if err := dec.Decode(&export); err != nil {
		t.Fatal(err)
	}
	if len(export) != 2 || len(export["allprofiles"]) != len(export["noprofiles"]) {
		t.Fatalf("the export is of %d sets of profiles", len(export))
	}
	return export
}

// recaption gives want the captions of got, and notes those that differ.
func recaption(want, got any, seen map[[2]string]bool) {
	w, ok := want.(map[string]any)
	g, ok2 := got.(map[string]any)
	if !ok || !ok2 {
		return
	}
	before, ok := w["title"].(string)
	now, ok2 := g["title"].(string)
	if ok && ok2 && before != now {
		w["title"] = now
		seen[[2]string{before, now}] = true
	}
	for k, e := range w {
		recaption(e, g[k], seen)
	}
}

// normalize puts the lists that stand for sets into one order.
func normalize(v any) {
	switch v := v.(type) {
	case map[string]any:
		for _, k := range []string{"required", "enum", "anyOf", "oneOf"} {
			if list, ok := v[k].([]any); ok {
				slices.SortFunc(list, func(a, b any) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
			}
		}
		for _, e := range v {
			normalize(e)
		}
	case []any:
		for _, e := range v {
			normalize(e)
		}
	}
}

// openOCSF reads the largest schema once for all tests.
var openOCSF = sync.OnceValues(func() (*schemas.Format, error) { return schemas.Open("ocsf") })

func open(t testing.TB, format string) *schemas.Format {
	t.Helper()
	var f *schemas.Format
	var err error
	if format == "ocsf" {
		f, err = openOCSF()
	} else {
		f, err = schemas.Open(format)
	}
	if err != nil {
		t.Fatal(err)
	}
	return f
}
