package ocsf_test

import (
	"encoding/json"
	"math"
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/ocsf"
)

// verdict is a line of ocsf-verdicts.jsonl.gz: an event, and what the official
// server says of it as an event of a release.
type verdict struct {
	File     string          `json:"file"`
	Version  string          `json:"schema_version"`
	Class    string          `json:"class"`
	Errors   []finding       `json:"errors"`
	Warnings []finding       `json:"warnings"`
	Crash    *string         `json:"crash"`
	Event    json.RawMessage `json:"event"`
}

// finding is a violation: its code, and its place as the server writes it. The
// place of the event as a whole is "".
type finding struct{ code, path string }

func (f *finding) UnmarshalJSON(data []byte) error {
	var pair [2]*string
	if err := json.Unmarshal(data, &pair); err != nil {
		return err
	}
	*f = finding{code: secmodel.Or(pair[0], ""), path: secmodel.Or(pair[1], "")}
	return nil
}

// serverPath writes a JSON Pointer as the server does: "/a/b/0/c" as a.b[0].c.
func serverPath(pointer string) string {
	var b strings.Builder
	for i, token := range strings.Split(pointer, "/") {
		switch {
		case i == 0:
		case i > 1 && token != "" && strings.Trim(token, "0123456789") == "":
			b.WriteString("[" + token + "]")
		default:
			if b.Len() > 0 {
				b.WriteByte('.')
			}
			b.WriteString(strings.NewReplacer("~1", "/", "~0", "~").Replace(token))
		}
	}
	return b.String()
}

// difference is a finding that only one side has.
type difference struct {
	finding
	severity secmodel.Severity
	ours     bool
	v        *verdict
	event    any // the event as JSON, decoded
}

// value returns what stands in the event at the path.
func (d *difference) value() (value any, present bool) { return at(d.event, d.path) }

// null reports whether a null stands at the path.
func (d *difference) null() bool {
	value, present := d.value()
	return present && value == nil
}

// theirs reports whether the server has a finding at the same path.
func (d *difference) theirs(code string) bool {
	return slices.Contains(d.v.Errors, finding{code, d.path}) || slices.Contains(d.v.Warnings, finding{code, d.path})
}

// at returns what stands at a path as the server writes it.
func at(v any, path string) (value any, present bool) {
	for _, token := range strings.FieldsFunc(path, func(r rune) bool { return r == '.' || r == '[' || r == ']' }) {
		switch x := v.(type) {
		case map[string]any:
			if v, present = x[token]; !present {
				return nil, false
			}
		case []any:
			i, err := strconv.Atoi(token)
			if err != nil || i >= len(x) {
				return nil, false
			}
			v = x[i]
		default:
			return nil, false
		}
	}
	return v, true
}

// rules are the deliberate differences. A finding that only one side has must be
// explained by one of them.
var rules = []struct {
	name     string
	explains func(d *difference) bool
}{
	// The server gives no verdict on an enumeration's attribute that holds an
	// object, or a list of captions that is null: it fails.
	{"the server crashed", func(d *difference) bool { return d.v.Crash != nil }},

	// A null is an absent attribute for both; the server says nothing of it.
	{"a null is absent, but reported", func(d *difference) bool {
		return d.ours && d.code == secmodel.CodeNull && d.null()
	}},
	// To the server, an attribute that is null meets a constraint.
	{"a null does not meet a constraint", func(d *difference) bool {
		object, _ := at(d.event, d.path)
		members, _ := object.(map[string]any)
		for _, v := range members {
			if v == nil {
				return d.ours && d.code == secmodel.CodeConstraint
			}
		}
		return false
	}},
	// To the server, a class_uid that is null is of a wrong type.
	{"a null class_uid is a missing one", func(d *difference) bool {
		return d.path == "class_uid" && d.null() &&
			(d.ours && d.code == secmodel.CodeRequiredMissing || !d.ours && d.code == secmodel.CodeWrongType)
	}},
	// The server also looks a value of a wrong type, or a null, up in the
	// enumeration.
	{"a value of a wrong type is reported once", func(d *difference) bool {
		return !d.ours && (d.code == secmodel.CodeEnumUnknown || d.code == secmodel.CodeEnumArrayUnknown) &&
			(d.null() || d.theirs(secmodel.CodeWrongType))
	}},
	// The server also compares a caption that is no string, or null.
	{"a caption of a wrong type is reported once", func(d *difference) bool {
		value, present := d.value()
		_, text := value.(string)
		return !d.ours && d.code == secmodel.CodeSiblingIncorrect && present && !text
	}},
	// The server also looks a text up that has the digits of a value.
	{"a value of a wrong type has no caption", func(d *difference) bool {
		id := finding{secmodel.CodeWrongType, d.path + "_id"}
		value, _ := at(d.event, id.path)
		_, text := value.(string)
		return !d.ours && d.code == secmodel.CodeSiblingIncorrect && text && slices.Contains(d.v.Errors, id)
	}},
	// The server looks for a member whose name has the dots in it.
	{"constraints reach into objects", func(d *difference) bool {
		return !d.ours && d.code == secmodel.CodeConstraint && d.path == "" &&
			(d.v.Class == "patch_state" || d.v.Class == "evidence_info")
	}},
	// The server takes the delimiters of the expression for part of it, so that it
	// never matches.
	{"the pattern of ip_t in 1.0.0 matches addresses", func(d *difference) bool {
		value, _ := d.value()
		text, _ := value.(string)
		_, err := netip.ParseAddr(text)
		return !d.ours && d.code == secmodel.CodePattern && d.v.Version == "1.0.0" && err == nil
	}},
	// The server takes a text that is no version for an early one.
	{"a malformed version is an error", func(d *difference) bool {
		value, _ := d.value()
		text, _ := value.(string)
		return d.path == "metadata.version" && !semver.MatchString(text) &&
			(d.ours && d.code == secmodel.CodeVersion || !d.ours && d.code == ocsf.CodeVersionEarlier)
	}},
	// The server only looks for the attribute in the class.
	{"observables are compared with the event", func(d *difference) bool {
		return d.ours && (d.code == ocsf.CodeObservablePath || d.code == ocsf.CodeObservableValue || d.code == ocsf.CodeObservableType)
	}},
	// The server demands a fraction of a float_t.
	{"an integer literal is a float", func(d *difference) bool {
		value, _ := d.value()
		number, ok := value.(float64)
		return !d.ours && d.code == secmodel.CodeWrongType && ok && number == math.Trunc(number)
	}},
}

var semver = regexp.MustCompile(`^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$`)

// TestVerdicts decodes every event of the corpus, encodes it again, and compares
// our verdict with the server's.
func TestVerdicts(t *testing.T) {
	total, deep := 0, 0
	agree := map[secmodel.Severity]int{}
	both := 0
	events := map[string]int{}
	jsontest.Lines(t, jsontest.Shared(t, "corpus", "ocsf-verdicts.jsonl.gz"), func(line int, v verdict) {
		total++
		if _, err := ocsf.Unmarshal(v.Event); err != nil {
			deep++ // generated, with processes of processes
		}
		roundTrip(t, v.Event, secmodel.MaxDepth(deepest))
		e, err := ocsf.Unmarshal(v.Event, secmodel.WithVersion(v.Version), secmodel.MaxDepth(deepest))
		if err != nil {
			return
		}
		same := map[secmodel.Severity]bool{}
		used := map[string]bool{}
		for _, d := range differences(t, &v, e) {
			same[d.severity] = true
			rule := slices.IndexFunc(rules, func(r struct {
				name     string
				explains func(*difference) bool
			}) bool {
				return r.explains(&d)
			})
			if rule < 0 {
				t.Errorf("line %d, %s as %s: ours %v: %s %s at %q", line, v.File, v.Version, d.ours, d.severity, d.code, d.path)
				continue
			}
			used[rules[rule].name] = true
		}
		for name := range used {
			events[name]++
		}
		for _, severity := range []secmodel.Severity{secmodel.Error, secmodel.Warning} {
			if !same[severity] {
				agree[severity]++
			}
		}
		if len(same) == 0 {
			both++
		}
	})
	t.Logf("%d events; errors agree outright on %d, warnings on %d, both on %d", total, agree[secmodel.Error], agree[secmodel.Warning], both)
	for _, r := range rules {
		t.Logf("%5d events: %s", events[r.name], r.name)
	}
	t.Logf("%d events are nested deeper than the default limit", deep)
}

// differences lists what only one side finds.
func differences(t *testing.T, v *verdict, e ocsf.Event) (list []difference) {
	t.Helper()
	var event any
	if err := json.Unmarshal(v.Event, &event); err != nil {
		t.Fatal(err)
	}
	jsontest.SameChecks(t, e, secmodel.WithVersion(v.Version))
	report := e.Check(secmodel.WithVersion(v.Version), secmodel.MaxViolations(0))
	ours := [2]map[finding]bool{{}, {}}
	for _, x := range report.Violations {
		ours[x.Severity][finding{x.Code, serverPath(x.Pointer)}] = true
	}
	for severity, findings := range [2][]finding{v.Errors, v.Warnings} {
		for _, f := range findings {
			if !ours[severity][f] {
				list = append(list, difference{f, secmodel.Severity(severity), false, v, event})
			}
		}
		for f := range ours[severity] {
			if !slices.Contains(findings, f) {
				list = append(list, difference{f, secmodel.Severity(severity), true, v, event})
			}
		}
	}
	return list
}

// deepest is a nesting that all events of the corpus keep to.
const deepest = 100

// roundTrip decodes an event, encodes it, and compares.
func roundTrip(t *testing.T, text []byte, opts ...secmodel.Option) ocsf.Event {
	t.Helper()
	e, err := ocsf.Unmarshal(text, opts...)
	if err != nil {
		t.Errorf("%s: %v", text, err)
		return nil
	}
	out, err := e.AppendJSON(nil)
	if err != nil {
		t.Errorf("%s: %v", text, err)
		return nil
	}
	if err := jsontest.Equal(text, out, true); err != nil {
		t.Errorf("%v\n in: %s\nout: %s", err, text, out)
	}
	return e
}
