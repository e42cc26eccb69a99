package ocsf_test

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/internal/model"
	"github.com/secmodel/secmodel/ocsf"
)

// TestObservables: the observables of an event, by release.
func TestObservables(t *testing.T) {
	const event = `{"class_uid":4003,"type_uid":400301,"unmapped":{"ip":"192.0.2.99"},` +
		`"src_endpoint":{"ip":"192.0.2.1","port":53,"intermediate_ips":[]},"dst_endpoint":{"ip":["192.0.2.2"],"mac":null},` +
		`"device":{"ip":"192.0.2.3"},"query":{"hostname":""},` +
		`"actor":{"user":{"name":"jane","email_addr":"j@example.com","uid":"1","groups":[{"name":"a"},{"name":"b"},{"name":"a"}]},"process":{"pid":7,"cmd_line":"x","file":{"name":"n","path":"/n"}}}}`
	tests := []struct {
		metadata string
		want     []string
	}{
		{`{"version":"1.0.0"}`, []string{
			"20 Endpoint: dst_endpoint", "1 Hostname: query.hostname=", "20 Endpoint: src_endpoint", "2 IP Address: src_endpoint.ip=192.0.2.1",
		}},
		{`{"version":"1.1.0","profiles":["host"]}`, []string{
			"20 Endpoint: device", "20 Endpoint: dst_endpoint", "20 Endpoint: src_endpoint",
			"25 Process: actor.process", "21 User: actor.user", "24 File: actor.process.file", "7 File Name: actor.process.file.name=n",
			"5 Email Address: actor.user.email_addr=j@example.com", "4 User Name: actor.user.name=jane",
			"2 IP Address: device.ip=192.0.2.3", "1 Hostname: query.hostname=", "2 IP Address: src_endpoint.ip=192.0.2.1",
		}},
		{`{"version":"1.8.0","profiles":["host"]}`, []string{
			"20 Endpoint: device", "20 Endpoint: dst_endpoint", "20 Endpoint: src_endpoint",
			"25 Process: actor.process", "21 User: actor.user",
			"13 Command Line: actor.process.cmd_line=x", "24 File: actor.process.file", "15 Process ID: actor.process.pid=7",
			"7 File Name: actor.process.file.name=n", "45 File Path: actor.process.file.path=/n",
			"5 Email Address: actor.user.email_addr=j@example.com", "4 User Name: actor.user.name=jane", "31 User Object: uid: actor.user.uid=1",
			"32 Group Object: name: actor.user.groups[].name=a", "32 Group Object: name: actor.user.groups[].name=b",
			"2 IP Address: device.ip=192.0.2.3", "1 Hostname: query.hostname=", "2 IP Address: src_endpoint.ip=192.0.2.1", "11 Port: src_endpoint.port=53",
		}},
	}
	for _, test := range tests {
		t.Run(test.metadata, func(t *testing.T) {
			e := eventOf(t, []byte(strings.TrimSuffix(event, "}")+`,"metadata":`+test.metadata+"}"))
			list := ocsf.Observables(e)
			if e.Common().Observables != nil {
				t.Error("the event was changed")
			}
			var got []string
			for _, o := range list {
				got = append(got, text(o))
			}
			if diff := cmp.Diff(sorted(test.want), sorted(got)); diff != "" {
				t.Error(diff)
			}
			if again := ocsf.Observables(e); cmp.Diff(list, again) != "" {
				t.Error("another order the second time")
			}
		})
	}
}

// text writes an observable on one line.
func text(o ocsf.Observable) string {
	line := strconv.FormatInt(int64(*o.TypeID), 10) + " " + secmodel.Or(o.Type, "") + ": " + *o.Name
	if o.Value != nil {
		line += "=" + *o.Value
	}
	return line
}

func sorted(list []string) []string { return slices.Sorted(slices.Values(list)) }

// TestObservablesSchema compares the observables of events of every class and
// release, in which every attribute is filled, with what the schema says; and
// each is a path by which Get finds the value.
func TestObservablesSchema(t *testing.T) {
	s := mustSchema(t)
	events, total, types := 0, 0, map[string]bool{}
	for v, version := range s.Versions {
		for _, class := range classes(s, v) {
			events++
			f := newFiller(s, v, class)
			event := f.event(class, deep)
			delete(event, "observables")
			raw := marshal(t, event)
			if err := json.Unmarshal(raw, &event); err != nil {
				t.Fatal(err)
			}
			want := map[string]bool{}
			f.each(class, event, "", func(p *model.Property, object map[string]any, path string) {
				f.observe(want, p, object[p.Name], path+p.Name)
			})
			got := map[string]bool{}
			e := eventOf(t, raw)
			for _, o := range ocsf.Observables(e) {
				line := text(o)
				if got[line] {
					t.Errorf("%s %s: %s twice", version.Name, class.Name, line)
				}
				got[line] = true
				types[version.Name+" "+o.TypeID.String()] = true
				reachable(t, e, &o)
			}
			total += len(got)
			if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("%s %s: %s", version.Name, class.Name, diff)
			}
		}
	}
	t.Logf("%d events, %d observables, of %d types counted by release", events, total, len(types))
}

// observe notes the observables that an attribute is by the schema.
func (f *filler) observe(set map[string]bool, p *model.Property, value any, path string) {
	ref, array := p.TypeAt(f.version)
	t := f.types[ref.Ref]
	number, ok := model.At(p.Observable, f.version)
	if !ok {
		if number, ok = model.At(t.Observable, f.version); !ok {
			return
		}
	}
	line := ""
	for _, known := range f.types["observable_type_id"].ValuesAt(f.version) {
		if known.Int == int64(number) {
			line = strconv.Itoa(number) + " " + known.TitleAt(f.version) + ": " + path
		}
	}
	if line == "" {
		return
	}
	if array {
		line += "[]"
	} else {
		value = []any{value}
	}
	for _, element := range value.([]any) {
		switch x := element.(type) {
		case string:
			set[line+"="+x] = true
		case float64:
			set[line+"="+strconv.FormatFloat(x, 'f', -1, 64)] = true
		default:
			set[line] = true
		}
	}
}

// reachable checks that Get finds what an observable is of.
func reachable(t testing.TB, e ocsf.Event, o *ocsf.Observable) {
	t.Helper()
	list, err := ocsf.Get(e, *o.Name)
	if err != nil {
		t.Error(err)
		return
	}
	for _, a := range list {
		switch v := a.Value.(type) {
		case string:
			if *o.Value == v {
				return
			}
		case int64:
			if *o.Value == strconv.FormatInt(v, 10) {
				return
			}
		default:
			if o.Value == nil {
				return
			}
		}
	}
	t.Errorf("%s is none of %v", text(*o), list)
}

// misses are the reasons for which Observables does not list what an event of the
// corpus lists.
var misses = []struct {
	name     string
	explains func(codes []string, number int) bool
}{
	{"no attribute of the class, or none with the value", func(codes []string, _ int) bool {
		return slices.ContainsFunc(codes, func(code string) bool {
			return code == ocsf.CodeObservableReference || code == ocsf.CodeObservablePath || code == ocsf.CodeObservableValue
		})
	}},
	{"the release gives the attribute no number", func(_ []string, number int) bool { return number == 0 }},
}

// TestObservablesCorpus: what the events of the corpus list as observables is
// found, except for named reasons.
func TestObservablesCorpus(t *testing.T) {
	s := mustSchema(t)
	listed, hit := 0, 0
	reasons := map[string]int{}
	jsontest.Lines(t, jsontest.Shared(t, "corpus", "ocsf-verdicts.jsonl.gz"), func(line int, v verdict) {
		e := eventOf(t, v.Event, secmodel.WithVersion(v.Version), secmodel.MaxDepth(deepest))
		theirs := e.Common().Observables
		if theirs == nil {
			return
		}
		ours := map[string]bool{}
		for _, o := range ocsf.Observables(e, secmodel.WithVersion(v.Version)) {
			ours[bare(&o)] = true
		}
		report := e.Check(secmodel.WithVersion(v.Version), secmodel.MaxViolations(0))
	next:
		for i := range theirs {
			o := &theirs[i]
			listed++
			if o.Name != nil && o.TypeID != nil && ours[bare(o)] {
				hit++
				continue
			}
			var codes []string
			for _, x := range report.Violations {
				if strings.HasPrefix(x.Pointer, "/observables/"+strconv.Itoa(i)+"/") {
					codes = append(codes, x.Code)
				}
			}
			number := numberOf(s, v.Version, e.EventClass().Name(), secmodel.Or(o.Name, ""))
			for _, miss := range misses {
				if miss.explains(codes, number) {
					reasons[miss.name]++
					continue next
				}
			}
			t.Errorf("line %d, %s as %s: %s is not found", line, v.File, v.Version, marshal(t, o))
		}
	})
	t.Logf("%d listed, %d found", listed, hit)
	for _, miss := range misses {
		t.Logf("%5d: %s", reasons[miss.name], miss.name)
		if reasons[miss.name] == 0 {
			t.Errorf("never: %s", miss.name)
		}
	}
	if hit == 0 {
		t.Error("nothing was found")
	}
}

// bare writes an observable without caption and indexes.
func bare(o *ocsf.Observable) string {
	c := ocsf.Observable{Name: new(names(*o.Name)), TypeID: o.TypeID, Value: o.Value}
	return text(c)
}

// names takes the indexes out of a path.
func names(path string) string {
	parts := strings.Split(path, ".")
	for i := range parts {
		parts[i], _, _ = strings.Cut(parts[i], "[")
	}
	return strings.Join(parts, ".")
}

// numberOf returns the number of the observable type at a path by the schema, 0
// if there is none.
func numberOf(s *model.Schema, version, class, path string) int {
	v := slices.IndexFunc(s.Versions, func(x model.Version) bool { return x.Name == version })
	types := map[string]*model.Type{}
	for _, t := range s.Types {
		types[t.Name] = t
	}
	t, number := types[class], 0
	for name := range strings.SplitSeq(names(path), ".") {
		p := t.Property(name)
		if p == nil {
			return 0
		}
		ref, _ := p.TypeAt(v)
		t = types[ref.Ref]
		var ok bool
		if number, ok = model.At(p.Observable, v); !ok {
			number, _ = model.At(t.Observable, v)
		}
	}
	return number
}
