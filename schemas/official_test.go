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
	"testing"

	"github.com/google/go-cmp/cmp"

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

func open(t testing.TB, format string) *schemas.Format {
	t.Helper()
	f, err := schemas.Open(format)
	if err != nil {
		t.Fatal(err)
	}
	return f
}
