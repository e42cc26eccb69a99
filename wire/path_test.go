package wire_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
	"github.com/secmodel/secmodel/wire/internal/sample"
)

func TestParsePath(t *testing.T) {
	for text, want := range map[string][]wire.PathStep{
		"a":             {{Name: "a", Index: -1}},
		"a.b":           {{Name: "a", Index: -1}, {Name: "b", Index: -1}},
		"a[].b[12].c":   {{Name: "a", List: true, Index: -1}, {Name: "b", List: true, Index: 12}, {Name: "c", Index: -1}},
		"":              nil,
		".":             nil,
		"a.":            nil,
		"[]":            nil,
		"a[":            nil,
		"a[x]":          nil,
		"a[-1]":         nil,
		"a[]b":          nil,
		"a[1][2]":       nil,
		"a[9999999999]": nil,
	} {
		if got, ok := wire.ParsePath(text); ok != (want != nil) || ok && !cmp.Equal(got, want) {
			t.Errorf("%q: %v, %v", text, got, ok)
		}
	}
}

// TestValues follows paths into a value, and asks whether its type has them.
func TestValues(t *testing.T) {
	var x sample.Thing
	if err := json.Unmarshal([]byte(`{
		"meta": {"version": "2", "profiles": ["host", "x"]}, "number": 7, "numbers": [1, 2], "ratio": 0.5, "ratios": [0.25], "flag": true, "any": {"a": 1},
		"child": {"sub": {"a": "deep"}}, "children": [{"a": "one"}, {"a": "two", "b": "x"}, {}], "texts": ["a", 5], "region": "r"
	}`), &x); err != nil {
		t.Fatal(err)
	}
	c, _ := wire.NewChecker(&x, "thing", secmodel.NewOptions())
	for _, test := range []struct {
		path   string
		exists bool
		want   []any
	}{
		{"number", true, []any{int64(7)}},
		{"numbers[]", true, []any{int64(1), int64(2)}},
		{"numbers", true, []any{int64(1), int64(2)}},
		{"numbers[1]", true, []any{int64(2)}},
		{"numbers[2]", true, nil},
		{"number[]", false, []any{int64(7)}},
		{"ratio", true, []any{0.5}},
		{"ratios[]", true, []any{0.25}},
		{"flag", true, []any{true}},
		{"any", true, []any{json.RawMessage(`{"a":1}`)}},
		{"any.a", false, nil},
		{"meta.version", true, []any{"2"}},
		{"meta.profiles[]", true, []any{"host", "x"}},
		{"child", true, []any{nil}},
		{"child.sub.a", true, []any{"deep"}},
		{"child.a", true, nil},
		{"children[].a", true, []any{"one", "two"}},
		{"children.a", true, []any{"one", "two"}},
		{"children[1].b", true, []any{json.RawMessage(`"x"`)}}, // does not fit
		{"texts", true, []any{json.RawMessage(`["a",5]`)}},
		{"flags", true, nil},
		{"added", false, nil},         // of a later version
		{"region", false, []any{"r"}}, // of a profile
		{"nope.a", false, nil},
	} {
		path, ok := wire.ParsePath(test.path)
		if !ok {
			t.Fatal(test.path)
		}
		if f := c.Attribute(&x, path); (f != nil) != test.exists {
			t.Errorf("%s exists: %v", test.path, f != nil)
		}
		var got []any
		wire.Values(&x, path, func(v wire.Found) bool { got = append(got, v.Any()); return true })
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: %s", test.path, diff)
		}
		if len(test.want) > 1 {
			n := 0
			wire.Values(&x, path, func(wire.Found) bool { n++; return false })
			if n != 1 {
				t.Errorf("%s: not stopped", test.path)
			}
		}
	}
}

func TestText(t *testing.T) {
	for text, want := range map[string]string{`"a"`: "a", ` "a\n\u00e9" `: "a\né", `""`: ""} {
		if got, ok := wire.Text(json.RawMessage(text)); !ok || got != want {
			t.Errorf("%s: %q, %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "5", "null", `"a`, `"a" "b"`, `["a"]`, "\"\xff\""} {
		if got, ok := wire.Text(json.RawMessage(text)); ok {
			t.Errorf("%s: %q", text, got)
		}
	}
}

func TestElements(t *testing.T) {
	list, ok := wire.Elements(json.RawMessage(` [ 1 , "a,]" ,[[]], {"b":[]} ] `))
	if diff := cmp.Diff([]json.RawMessage{[]byte(`1`), []byte(`"a,]"`), []byte(`[[]]`), []byte(`{"b":[]}`)}, list); !ok || diff != "" {
		t.Error(ok, diff)
	}
	if list, ok := wire.Elements(json.RawMessage(`[]`)); !ok || list != nil {
		t.Error(list, ok)
	}
	for _, text := range []string{"", "5", "{}", "[1", "[1,]", "[] []"} {
		if list, ok := wire.Elements(json.RawMessage(text)); ok {
			t.Errorf("%s: %s", text, list)
		}
	}
}

func TestAppendRaw(t *testing.T) {
	if out, err := wire.AppendRaw([]byte("x"), json.RawMessage(` { "a" : [ 1 ] } `)); err != nil || string(out) != `x{"a":[1]}` {
		t.Errorf("%s, %v", out, err)
	}
	if out, err := wire.AppendRaw([]byte("x"), json.RawMessage(`{`)); err == nil || string(out) != "x" {
		t.Errorf("%s, %v", out, err)
	}
	if out := wire.AppendString(nil, "a\"\n\xffé"); string(out) != `"a\"\n`+"\uFFFD"+`é"` {
		t.Errorf("%s", out)
	}
}

// TestScan: a decoder finds duplicates and malformed text without decoding.
func TestScan(t *testing.T) {
	d := wire.Decoder{Duplicates: true}
	text := []byte(` {"a":{"b":1,"b":2},"c":[{"d":1,"d":1}],"a":1}`)
	if err := d.Scan(text); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, at := range d.Repeated {
		names = append(names, string(text[at:at+3]))
	}
	if diff := cmp.Diff([]string{`"b"`, `"d"`, `"a"`}, names); diff != "" {
		t.Error(diff)
	}
	for _, text := range []string{"", "5", "[]", `{"a":}`, `{} {}`} {
		if err := d.Scan([]byte(text)); err == nil {
			t.Errorf("%q: no error", text)
		}
	}
	d.MaxDepth = 2
	if d.Scan([]byte(`{"a":[[]]}`)) == nil || d.Scan([]byte(`{"a":[]}`)) != nil {
		t.Error("the depth is not limited")
	}
}

// TestShare: fields of the same name and type are shared, all others absent.
func TestShare(t *testing.T) {
	x := &sample.Thing{
		Text: new("x"), Numbers: []int64{1}, Any: json.RawMessage(`1`), Child: &sample.Closed{A: new("y")},
		Extra: map[string]json.RawMessage{"zz": json.RawMessage(`1`)},
	}
	y := &sample.Thing{Number: new(int64(5))}
	wire.Share(y, x)
	if diff := cmp.Diff(x, y); diff != "" {
		t.Error(diff)
	}
	if x.Text != y.Text || &x.Numbers[0] != &y.Numbers[0] || x.Child != y.Child {
		t.Error("not shared")
	}
	part := &sample.Part{}
	wire.Share(part, x)
	if diff := cmp.Diff(&sample.Part{Extra: x.Extra}, part); diff != "" {
		t.Error(diff)
	}
}
