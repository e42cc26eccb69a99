package wire_test

import (
	"encoding/json"
	"errors"
	"math"
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire/internal/sample"
)

func TestEncode(t *testing.T) {
	type extra = map[string]json.RawMessage
	for _, test := range []struct {
		name string
		x    sample.Thing
		want string
	}{
		{"nothing", sample.Thing{}, `{}`},
		{"order of the specification", sample.Thing{Number: new(int64(1)), Text: new("a"), Meta: &sample.Meta{}}, `{"meta":{},"text":"a","number":1}`},
		{"strings", sample.Thing{Text: new("\"\\\b\f\n\r\t\x00\x1f/<>&é\u2028😀")}, `{"text":"\"\\\b\f\n\r\t\u0000\u001f/<>&é` + "\u2028" + `😀"}`},
		{"floats", sample.Thing{Ratios: []float64{7, -0.5, 1e21, 1e-7, 0}}, `{"ratios":[7.0,-0.5,1000000000000000000000.0,0.0000001,0.0]}`},
		{"empty", sample.Thing{Texts: []string{}, Children: []sample.Closed{}, Child: &sample.Closed{}}, `{"texts":[],"child":{},"children":[]}`},
		{"raw is compacted", sample.Thing{Any: raw(" { \"a\" : [ 1 , \" \\\" \" ] } ")}, `{"any":{"a":[1," \" "]}}`},
		{"extra is sorted", sample.Thing{Flag: new(true), Extra: extra{"z": raw("1"), "a": raw("2"), "B": raw("3"), "q\"": raw(" null ")}}, `{"flag":true,"B":3,"a":2,"q\"":null,"z":1}`},
		{"a typed field wins over extra", sample.Thing{Text: new("a"), Extra: extra{"text": raw("5"), "number": raw(`"x"`)}}, `{"text":"a","number":"x"}`},
		{"single in its version", sample.Thing{Meta: &sample.Meta{Version: new("1")}, States: []sample.Color{"red"}, Parts: []sample.Part{{Tags: []string{"x"}}}},
			`{"meta":{"version":"1"},"states":"red","parts":{"tags":"x"}}`},
		{"several where the version has one", sample.Thing{Meta: &sample.Meta{Version: new("1")}, States: []sample.Color{"red", "teal"}}, `{"meta":{"version":"1"},"states":["red","teal"]}`},
		{"array in its version", sample.Thing{Meta: &sample.Meta{Version: new("3")}, States: []sample.Color{"red"}}, `{"meta":{"version":"3"},"states":["red"]}`},
		{"integer or string", sample.Thing{PID: new(sample.IntOrString(`"x"`)), PIDs: []sample.IntOrString{"5", "-1"}}, `{"pid":"x","pids":[5,-1]}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := test.x.AppendJSON([]byte("kept"))
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != "kept"+test.want {
				t.Errorf("got  %s\nwant kept%s", got, test.want)
			}
			std, err := json.Marshal(test.x)
			if err != nil || !json.Valid(std) {
				t.Errorf("json.Marshal: %s, %v", std, err)
			}
		})
	}
}

func TestEncodeError(t *testing.T) {
	for _, test := range []struct {
		name    string
		x       sample.Thing
		pointer string
	}{
		{"not a number", sample.Thing{Ratio: new(math.NaN())}, "/ratio"},
		{"infinity", sample.Thing{Ratios: []float64{0, math.Inf(-1)}}, "/ratios/1"},
		{"invalid UTF-8", sample.Thing{Children: []sample.Closed{{}, {Sub: &sample.Closed{A: new("a\xff")}}}}, "/children/1/sub/a"},
		{"raw that is not JSON", sample.Thing{Any: raw("{,}")}, "/any"},
		{"empty raw", sample.Thing{Any: json.RawMessage{}}, "/any"},
		{"two raw values", sample.Thing{Anys: []json.RawMessage{raw("1 2")}}, "/anys/0"},
		{"extra that is not JSON", sample.Thing{Child: &sample.Closed{Extra: map[string]json.RawMessage{"a/b": raw("x")}}}, "/child/a~1b"},
		{"extra with a nil value", sample.Thing{Extra: map[string]json.RawMessage{"z": nil}}, "/z"},
		{"name that is not UTF-8", sample.Thing{Extra: map[string]json.RawMessage{"\xff": raw("1")}}, "/\xff"},
		{"neither integer nor string", sample.Thing{PID: new(sample.IntOrString("1.5"))}, "/pid"},
		{"unquoted text", sample.Thing{PIDs: []sample.IntOrString{"1", "abc"}}, "/pids/1"},
		{"no text", sample.Thing{PID: new(sample.IntOrString(""))}, "/pid"},
	} {
		t.Run(test.name, func(t *testing.T) {
			out, err := test.x.AppendJSON([]byte("kept"))
			e, ok := errors.AsType[*secmodel.EncodeError](err)
			if !ok || e.Pointer != test.pointer {
				t.Errorf("%v; want an error at %s", err, test.pointer)
			}
			if string(out) != "kept" {
				t.Errorf("returned %q", out)
			}
		})
	}
}
