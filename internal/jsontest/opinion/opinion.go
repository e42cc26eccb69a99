// Package opinion compares what a format's package finds in documents with what a
// JSON Schema validator finds by the plain schema of the same class and version.
package opinion

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/serialize/jsonschema"
)

// everyMutation names the variable that asks for the long run.
const everyMutation = "SECMODEL_EVERY_MUTATION"

// Long reports whether the long run is asked for.
func Long() bool { return os.Getenv(everyMutation) != "" }

// Mutations is how many documents a test compares: 5,000, or in the long run
// more than 100,000.
func Mutations() int {
	if Long() {
		return 120_000
	}
	return 5_000
}

// Case is a document that both have judged.
type Case struct {
	Text   []byte
	Ours   secmodel.Report
	Schema secmodel.Report
}

// Rule is a named reason for which only one side has an error at a place.
type Rule struct {
	Name string
	// Ours reports whether a JSON Schema can not say this error of ours; nil if
	// the rule is none of that kind.
	Ours explanation
	// Schema reports whether we do not hold this violation of the schema for an
	// error; nil if the rule is none of that kind.
	Schema explanation
}

// explanation reports whether a rule explains that only one side has an error.
type explanation = func(c *Case, v *secmodel.Violation) bool

// Comparison counts verdicts.
type Comparison struct {
	rules  []Rule
	needed map[string]int
	agreed map[string]*[2]int // by group: invalid, valid
	total  int
}

// New returns a comparison in which rules explain differences.
func New(rules []Rule) *Comparison {
	return &Comparison{rules: rules, needed: map[string]int{}, agreed: map[string]*[2]int{}}
}

// Compare counts a document of a group, and reports it where what both find
// differs and the rules do not explain it: an error of one side at a place where
// the other has none, nor one of the attribute that it is in.
func (x *Comparison) Compare(t *testing.T, group string, c *Case) {
	t.Helper()
	x.total++
	if valid := c.Ours.Valid(); valid == c.Schema.Valid() {
		n := x.agreed[group]
		if n == nil {
			n = new([2]int)
			x.agreed[group] = n
		}
		if valid {
			n[1]++
		} else {
			n[0]++
		}
	}
	x.against(t, group, c, "we alone find", &c.Ours, &c.Schema, func(r *Rule) explanation { return r.Ours })
	x.against(t, group, c, "the schema alone finds", &c.Schema, &c.Ours, func(r *Rule) explanation { return r.Schema })
}

// against reports the errors of one side at places where the other has none.
func (x *Comparison) against(t *testing.T, group string, c *Case, who string, one, other *secmodel.Report, kind func(*Rule) explanation) {
	t.Helper()
	places := map[string]bool{}
	for _, v := range other.Violations {
		places[v.Pointer] = places[v.Pointer] || v.Severity == secmodel.Error
	}
	for i := range one.Violations {
		v := &one.Violations[i]
		if v.Severity != secmodel.Error || found(places, v.Pointer) {
			continue
		}
		j := slices.IndexFunc(x.rules, func(r Rule) bool {
			explains := kind(&r)
			return explains != nil && explains(c, v)
		})
		if j < 0 {
			t.Errorf("%s: %s %v, and no rule explains it\nours: %v\nschema: %v\n%s", group, who, *v, c.Ours.Violations, c.Schema.Violations, c.Text)
			continue
		}
		x.needed[x.rules[j].Name]++
	}
}

// found reports whether there is an error at a pointer or around it.
func found(places map[string]bool, pointer string) bool {
	if places[pointer] {
		return true
	}
	for i := strings.LastIndexByte(pointer, '/'); i > 0; i = strings.LastIndexByte(pointer[:i], '/') {
		if places[pointer[:i]] {
			return true
		}
	}
	return false
}

// Finish reports rules that nothing needed, if the run was long, and groups in
// which there were no valid or no invalid documents on which both agreed.
func (x *Comparison) Finish(t *testing.T, groups []string) {
	t.Helper()
	explained := 0
	for _, r := range x.rules {
		if explained += x.needed[r.Name]; Long() && x.needed[r.Name] == 0 {
			t.Errorf("nothing needs the rule %q", r.Name)
		}
	}
	var one [2]int
	for _, group := range groups {
		n := x.agreed[group]
		if n == nil || n[0] == 0 || n[1] == 0 {
			t.Errorf("%s: invalid and valid on which both agree: %v", group, n)
			continue
		}
		one[0] += n[0]
		one[1] += n[1]
	}
	t.Logf("%d documents, both say invalid of %d and valid of %d; differences by rule:", x.total, one[0], one[1])
	for _, name := range slices.Sorted(maps.Keys(x.needed)) {
		t.Logf("%7d %s", x.needed[name], name)
	}
}

// Decode decodes a document with exact numbers.
func Decode(t *testing.T, text []byte) any {
	t.Helper()
	dec := json.NewDecoder(strings.NewReader(string(text)))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

// Compile compiles a plain schema.
func Compile(t *testing.T, schema []byte, err error) *jsonschema.Schema {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	s, err := jsonschema.Compile(schema)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
