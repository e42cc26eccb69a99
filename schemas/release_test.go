package schemas_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/schemas"
)

// release is a document of a whole version, compiled.
type release struct {
	root    *jsonschema.Schema
	classes map[string]*jsonschema.Schema // its definitions
}

func loadRelease(t *testing.T, f *schemas.Format, version string, opts ...schemas.Option) release {
	t.Helper()
	text, err := f.Release(version, opts...)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(text, []byte(`"x-`)) {
		t.Errorf("the release %s has annotations", version)
	}
	r := release{root: compileNoFormat(t, text), classes: map[string]*jsonschema.Schema{}}
	for _, s := range slices.Concat(r.root.AnyOf, r.root.AllOf) {
		if s.Then != nil {
			s = s.Then
		}
		r.classes[s.Ref.Location[strings.LastIndex(s.Ref.Location, "/")+1:]] = s.Ref
	}
	return r
}

// TestReleaseCompiles: every version of every format gives a right schema that
// has all its classes, in all dialects in turn, by our rules and by the official
// ones.
func TestReleaseCompiles(t *testing.T) {
	t.Parallel()
	for _, format := range schemas.Formats() {
		f := open(t, format)
		for i, v := range f.Versions() {
			// The validator is slow to compile the newest dialect, so it has the
			// smallest release of OCSF.
			dialect := schemas.Draft202012
			if i > 0 {
				dialect = []schemas.Dialect{schemas.Draft07, schemas.Draft04}[i%2]
			}
			opts := []schemas.Option{schemas.WithDialect(dialect)}
			if format == "ocsf" && i%4 > 1 {
				opts = append(opts, schemas.Official())
			}
			r := loadRelease(t, f, v.Name, opts...)
			classes, err := f.Classes(v.Name)
			if err != nil {
				t.Fatal(err)
			}
			if len(classes) == 0 || len(classes) != len(r.classes) {
				t.Errorf("%s %s has %d classes, its schema %d", format, v.Name, len(classes), len(r.classes))
			}
		}
	}
}

// TestReleaseLikePlain: a definition of a release says what the schema of that
// class says, and the release what its own class says of a document.
func TestReleaseLikePlain(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	t.Parallel()
	const version = "1.3.0"
	f := open(t, "ocsf")
	sets := [][]schemas.Option{
		{schemas.WithDialect(schemas.Draft07)},
		{schemas.Official(), schemas.WithProfiles()},
		{schemas.Strict(), schemas.WithDialect(schemas.Draft04)},
	}
	var whole []release
	for _, opts := range sets {
		whole = append(whole, loadRelease(t, f, version, opts...))
	}
	classes := map[string][]any{}
	for _, v := range ocsfVerdicts(t) {
		if v.Version == version && whole[0].classes[v.Class] != nil && len(v.Event) < 5000 && len(classes[v.Class]) < 4 {
			classes[v.Class] = append(classes[v.Class], decodeJSON(t, v.Event))
		}
	}
	count := map[bool]int{}
	for n, class := range slices.Sorted(maps.Keys(classes)) {
		if n%4 != 0 {
			continue // every fourth class will do, and is quicker
		}
		i := n / 4 % len(sets)
		text, err := f.Plain(version, class, sets[i]...)
		if err != nil {
			t.Fatal(err)
		}
		plain := compileNoFormat(t, text)
		for _, event := range classes[class] {
			want := plain.Validate(event) == nil
			count[want]++
			if got := whole[i].classes[class].Validate(event) == nil; got != want {
				t.Errorf("%s: valid is %v, in the release %v, with options %d", class, want, got, i)
			}
			if got := whole[i].root.Validate(event) == nil; got != want {
				t.Errorf("%s: valid is %v, as one of the release %v, with options %d", class, want, got, i)
			}
		}
	}
	if count[true] < 10 || count[false] < 10 {
		t.Errorf("%d documents are valid, %d are not: the test says little", count[true], count[false])
	}
}

// TestOCSFVerdicts: the schemas for the profiles that an event names give the
// verdicts of the official server, but for differences that have a name.
func TestOCSFVerdicts(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	t.Parallel()
	f := open(t, "ocsf")
	type key struct{ version, profiles string }
	groups := map[key][]ocsfVerdict{}
	for _, v := range ocsfVerdicts(t) {
		var event struct{ Metadata struct{ Profiles []string } }
		if v.Crash == nil && len(v.Event) < 6000 && json.Unmarshal(v.Event, &event) == nil {
			slices.Sort(event.Metadata.Profiles)
			k := key{v.Version, strings.Join(event.Metadata.Profiles, " ")}
			groups[k] = append(groups[k], v)
		}
	}
	count := map[string]int{}
	for k, group := range groups {
		// It takes a release for each set of profiles: only those of which there
		// are many events are worth it.
		if len(group) < 80 {
			continue
		}
		r := loadRelease(t, f, k.version, schemas.WithDialect(schemas.Draft07), schemas.WithProfiles(strings.Fields(k.profiles)...))
		for _, v := range group {
			class, ok := r.classes[v.Class]
			if !ok {
				continue // the event says so only
			}
			event := decodeJSON(t, v.Event)
			got := class.Validate(withoutNull(event))
			rule := explainOCSF(class, event, v, got)
			count[rule]++
			if rule == "" {
				errors, err := json.Marshal(v.Errors)
				if err != nil {
					t.Fatal(err)
				}
				t.Errorf("%s %s with profiles %q: the server says %s, the schema %v", v.Version, v.Class, k.profiles, errors, got)
			}
		}
	}
	if count["valid"] < 100 || count["invalid"] < 100 {
		t.Errorf("too few verdicts compared: %v", count)
	}
	t.Logf("verdicts by rule: %v", count)
}

// inexpressible are the faults that JSON Schema has no words for, or that are
// none of a document that the caller gives version and profiles of.
var inexpressible = map[string]bool{
	"attribute_enum_array_sibling_incorrect":   true,
	"attribute_enum_array_sibling_missing":     true,
	"observable_name_invalid_reference":        true,
	"profile_unknown":                          true,
	"type_uid_incorrect":                       true, // but for what is no type_uid of the class
	"version_incompatible_initial_development": true,
	"version_incompatible_later":               true,
	"version_incompatible_prerelease":          true,
	"version_unknown":                          true,
}

// explainOCSF names the verdict that both have, or the rule that a difference
// comes from, after showing that nothing else does; "" if there is none. got is
// the verdict of the class on the event without its nulls.
func explainOCSF(class *jsonschema.Schema, event any, v ocsfVerdict, got error) string {
	var codes []string
	for _, e := range v.Errors {
		if code := *e[0]; !inexpressible[code] {
			codes = append(codes, code)
		}
	}
	switch {
	case len(codes) == 0 && got == nil:
		return "valid"
	case len(codes) > 0 && got != nil:
		return "invalid"
	case len(codes) == 0:
		return ""
	case class.Validate(event) != nil:
		return "null" // the server lets some pass
	case !slices.ContainsFunc(codes, func(code string) bool { return code != "constraint_failed" }) && (v.Class == "patch_state" || v.Class == "evidence_info"):
		return "dotted constraint" // the server looks for an attribute of that name
	case class.Validate(transform(event, func(e any) any {
		if n, ok := e.(json.Number); ok && strings.HasSuffix(n.String(), ".0") {
			return json.Number(strings.TrimSuffix(n.String(), "0") + "5")
		}
		return e
	})) != nil:
		return "fraction of zero" // JSON Schema takes 1.0 for an integer
	}
	return ""
}

// ocsfVerdict is an event, and what the official server says of it.
type ocsfVerdict struct {
	Version string       `json:"schema_version"`
	Class   string       `json:"class"`
	Errors  [][2]*string // code, path
	Crash   *string
	Event   json.RawMessage
}

func ocsfVerdicts(t *testing.T) []ocsfVerdict {
	t.Helper()
	path := jsontest.Shared(t, "corpus", "ocsf-verdicts.jsonl.gz")
	var list []ocsfVerdict
	jsontest.Lines(t, path, func(_ int, v ocsfVerdict) { list = append(list, v) })
	return list
}

// withoutNull returns v without the members that are null: they count as
// absent.
func withoutNull(v any) any {
	switch v := v.(type) {
	case map[string]any:
		c := map[string]any{}
		for k, e := range v {
			if e != nil {
				c[k] = withoutNull(e)
			}
		}
		return c
	case []any:
		c := make([]any, len(v))
		for i, e := range v {
			c[i] = withoutNull(e)
		}
		return c
	}
	return v
}
