package wire_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/wire"
	"github.com/secmodel/secmodel/wire/internal/sample"
)

// TestRepeatedShapes repeats attributes that are a single value in one version
// and an array in another: the last one counts, in the shape that it has.
func TestRepeatedShapes(t *testing.T) {
	values := map[string][]string{
		"states": {`"red"`, `["red"]`, `["green","red"]`, `[]`, `5`, `[5]`, `null`},
		"parts": {`{"name":"a"}`, `[{"name":"b"}]`, `[{"name":"b"},{"tags":["c"],"tags":"d"}]`, `[]`, `{}`, `{"tags":"x","tags":[]}`,
			`{"tags":[],"tags":"x"}`, `[{"tags":"x"},5]`, `null`},
	}
	for name, list := range values {
		for _, version := range []string{"1", "2", "3"} {
			for _, first := range list {
				for _, second := range list {
					for _, third := range []string{"", `,"number":1`, `,"` + name + `":` + list[0]} {
						repeatedShapes(t, `{"meta":{"version":"`+version+`"},"`+name+`":`+first+`,"`+name+`":`+second+third+`}`)
					}
				}
			}
		}
	}
}

func repeatedShapes(t *testing.T, text string) {
	t.Helper()
	var whole any
	if err := json.Unmarshal([]byte(text), &whole); err != nil { // takes the last one, too
		t.Fatal(err)
	}
	once, err := json.Marshal(whole)
	if err != nil {
		t.Fatal(err)
	}
	var want sample.Thing
	if err := wire.UnmarshalJSON(&want, once); err != nil {
		t.Fatal(err)
	}
	compare := func(way string, got *sample.Thing) {
		t.Helper()
		if diff := cmp.Diff(&want, got, sameBinary); diff != "" {
			t.Fatalf("%s: %s (-said once +repeated)\n%s", way, text, diff)
		}
		out, err := got.AppendJSON(nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := jsontest.Equal(once, out, true); err != nil {
			t.Fatalf("%s: %s is written as %s: %v", way, text, out, err)
		}
		if diff := cmp.Diff(findings(want.Check()), findings(got.Check())); diff != "" {
			t.Fatalf("%s: %s (-said once +repeated)\n%s", way, text, diff)
		}
	}
	var got sample.Thing
	if err := wire.UnmarshalJSON(&got, []byte(text)); err != nil {
		t.Fatal(err)
	}
	compare("JSON", &got)
	for _, s := range spellings {
		var got sample.Thing
		if err := s.form.Decode(&wire.Decoder{Reuse: true}, &got, s.encode(t, text)); err != nil {
			t.Fatal(err)
		}
		compare(s.form.String(), &got)
	}
}
