package wire_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/wire"
	"github.com/secmodel/secmodel/wire/internal/sample"
	"github.com/secmodel/secmodel/wire/wiretest"
)

func TestTables(t *testing.T) { wiretest.Tables(t, (*sample.Thing)(nil)) }

func raw(s string) json.RawMessage { return json.RawMessage(s) }

// TestDecode compares decoded values with literals: what fits is typed, what
// does not is in Extra.
func TestDecode(t *testing.T) {
	type extra = map[string]json.RawMessage
	for _, test := range []struct {
		name, text string
		want       sample.Thing
	}{
		{"nothing", `{}`, sample.Thing{}},
		{"scalars", `{"text":"a","number":-5,"ratio":7,"flag":false,"pid":12,"color":"pink","level":3}`, sample.Thing{
			Text: new("a"), Number: new(int64(-5)), Ratio: new(7.0), Flag: new(false), PID: new(sample.IntOrString("12")),
			Color: new(sample.Color("pink")), Level: new(sample.Level(3))}},
		{"extremes", `{"numbers":[-9223372036854775808,9223372036854775807,0,-0],"ratios":[-0.0,1e-320,1.7976931348623157e308]}`, sample.Thing{
			Numbers: []int64{-9223372036854775808, 9223372036854775807, 0, 0}, Ratios: []float64{negativeZero(), 1e-320, 1.7976931348623157e308}}},
		{"out of range", `{"numbers":[1,9223372036854775808],"number":-9223372036854775809,"ratio":1e309}`, sample.Thing{
			Extra: extra{"numbers": raw(`[1,9223372036854775808]`), "number": raw(`-9223372036854775809`), "ratio": raw(`1e309`)}}},
		{"empty is present", `{"text":"","texts":[],"numbers":[],"ratios":[],"flags":[],"anys":[],"pids":[],"colors":[],"children":[],"child":{},"any":"","open":{}}`, sample.Thing{
			Text: new(""), Texts: []string{}, Numbers: []int64{}, Ratios: []float64{}, Flags: []bool{}, Anys: []json.RawMessage{},
			PIDs: []sample.IntOrString{}, Colors: []sample.Color{}, Children: []sample.Closed{}, Child: &sample.Closed{}, Any: raw(`""`), Open: raw(`{}`)}},
		{"nulls", `{"text":null,"texts":null,"child":null,"any":null}`, sample.Thing{
			Extra: extra{"text": raw(`null`), "texts": raw(`null`), "child": raw(`null`), "any": raw(`null`)}}},
		{"one element does not fit", `{"texts":["a\n","b",1],"children":[{"a":"x"},2],"flags":[true,0],"anys":[1,null],"pids":[1,1.5]}`, sample.Thing{
			Extra: extra{"texts": raw(`["a\n","b",1]`), "children": raw(`[{"a":"x"},2]`), "flags": raw(`[true,0]`), "anys": raw(`[1,null]`), "pids": raw(`[1,1.5]`)}}},
		{"lists", `{"texts":["a","b"],"flags":[true,false],"anys":[1,"x",{}],"pids":[1,"1"],"levels":[1,2],"children":[{"a":"x"},{"b":1},{}]}`, sample.Thing{
			Texts: []string{"a", "b"}, Flags: []bool{true, false}, Anys: []json.RawMessage{raw(`1`), raw(`"x"`), raw(`{}`)},
			PIDs: []sample.IntOrString{"1", `"1"`}, Levels: []sample.Level{1, 2}, Children: []sample.Closed{{A: new("x")}, {B: new(int64(1))}, {}}}},
		{"names are exact", `{"Text":"a","TEXT":"b","text ":"c"}`, sample.Thing{
			Extra: extra{"Text": raw(`"a"`), "TEXT": raw(`"b"`), "text ": raw(`"c"`)}}},
		{"escaped names", "{\"te\\u0078t\":\"a\",\"a\\/b~c\":\"b\",\"z\\n\":1}", sample.Thing{
			Text: new("a"), ABC: new("b"), Extra: extra{"z\n": raw(`1`)}}},
		{"escapes", `{"text":"\"\\\/\b\f\n\r\té€😀\u0000","texts":["\u0041","b","\ud83d\ude00"]}`, sample.Thing{
			Text: new("\"\\/\b\f\n\r\té€😀\x00"), Texts: []string{"A", "b", "😀"}}},
		{"white space", " \t\r\n{ \"text\" :\n\"a\" ,\t\"texts\" : [ \"b\" , \"c\" ] , \"zz\" : { \"k\" : [ 1 , \" \" ] } } ", sample.Thing{
			Text: new("a"), Texts: []string{"b", "c"}, Extra: extra{"zz": raw(`{"k":[1," "]}`)}}},
		{"duplicates: the last counts", `{"text":"a","text":"b","number":1,"number":"x","flag":0,"flag":true,"zz":1,"zz":2,"texts":["a"],"texts":[],"child":{"a":"x"},"child":{"b":1}}`, sample.Thing{
			Text: new("b"), Flag: new(true), Texts: []string{}, Child: &sample.Closed{B: new(int64(1))}, Extra: extra{"number": raw(`"x"`), "zz": raw(`2`)}}},
		{"shapes of version 1", `{"meta":{"version":"1"},"states":"red","parts":{"tags":"x"}}`, sample.Thing{
			Meta: &sample.Meta{Version: new("1")}, States: []sample.Color{"red"}, Parts: []sample.Part{{Tags: []string{"x"}}}}},
		{"shapes before the version is known", `{"states":["red"],"parts":[{"tags":["x"]},{"name":"n","tags":"y"}],"meta":{"version":"2"}}`, sample.Thing{
			Meta: &sample.Meta{Version: new("2")}, Parts: []sample.Part{{Extra: extra{"tags": raw(`["x"]`)}}, {Name: new("n"), Tags: []string{"y"}}},
			Extra: extra{"states": raw(`["red"]`)}}},
		{"shapes of version 3", `{"parts":{"tags":["x"]},"states":"red","meta":{"version":"3"}}`, sample.Thing{
			Meta: &sample.Meta{Version: new("3")}, Extra: extra{"parts": raw(`{"tags":["x"]}`), "states": raw(`"red"`)}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got sample.Thing
			if err := json.Unmarshal([]byte(test.text), &got); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("%s\n(-want +got)\n%s", test.text, diff)
			}
			out, err := got.AppendJSON(nil)
			if err != nil {
				t.Fatal(err)
			}
			if err := jsontest.Equal([]byte(test.text), out, true); err != nil {
				t.Errorf("written back: %v\n%s\n%s", err, test.text, out)
			}
		})
	}
}

func negativeZero() float64 { return math.Copysign(0, -1) }

// TestSyntax lists texts that are no document, with the place and part of the
// message of the error.
func TestSyntax(t *testing.T) {
	for _, test := range []struct {
		text   string
		offset int64
		msg    string
	}{
		{``, 0, "the text ends"},
		{`   `, 3, "the text ends"},
		{`[1]`, 0, "the root must be an object"},
		{`"x"`, 0, "the root must be an object"},
		{`nul`, 0, "a value should follow"},
		{`[1,]`, 3, "a value should follow"},
		{"\xef\xbb\xbf{}", 0, "byte-order mark"},
		{`{`, 1, "the text ends"},
		{`{"text"`, 7, "the text ends"},
		{`{"text":`, 8, "the text ends"},
		{`{"text":"a"`, 11, "the text ends"},
		{`{"text":"a",}`, 12, "a member name should follow"},
		{`{"text" "a"}`, 8, "a colon should follow"},
		{`{"text":"a" "b"}`, 12, "a comma or } should follow"},
		{`{text:1}`, 1, "a member name should follow"},
		{`{'text':1}`, 1, "a member name should follow"},
		{`{"text":"a"}x`, 12, "the end of the text should follow"},
		{`{"text":"a"}{}`, 12, "the end of the text should follow"},
		{"{\"text\":\"a\nb\"}", 10, "control character 0x0a"},
		{`{"text":"\x"}`, 9, "does not follow a backslash"},
		{`{"text":"\u12g4"}`, 9, "four hexadecimal digits"},
		{`{"text":"\ud800"}`, 9, "lone high surrogate"},
		{`{"text":"\ud800\u0041"}`, 9, "lone high surrogate"},
		{`{"text":"\udc00"}`, 9, "lone low surrogate"},
		{"{\"text\":\"\xff\"}", 9, "not valid UTF-8"},
		{"{\"text\":\"\xed\xa0\x80\"}", 9, "not valid UTF-8"},
		{"{\"text\":\"\xc0\x80\"}", 9, "not valid UTF-8"},
		{"{\"zz\":\"\xf4\x90\x80\x80\"}", 7, "not valid UTF-8"},
		{"{\"\xff\":1}", 2, "not valid UTF-8"},
		{`{"number":01}`, 11, "must not begin with 0"},
		{`{"number":-}`, 11, "a digit should follow"},
		{`{"number":+1}`, 10, "a value should follow"},
		{`{"number":1.}`, 12, "a digit should follow"},
		{`{"number":.5}`, 10, "a value should follow"},
		{`{"number":1e}`, 12, "a digit should follow"},
		{`{"number":1e+}`, 13, "a digit should follow"},
		{`{"number":NaN}`, 10, "a value should follow"},
		{`{"ratio":Infinity}`, 9, "a value should follow"},
		{`{"ratio":1x}`, 10, "a comma or } should follow"},
		{`{"flag":tru}`, 8, "a value should follow"},
		{`{"flag":truex}`, 12, "a comma or } should follow"},
		{`{"texts":["a"`, 13, "the text ends"},
		{`{"texts":["a",]}`, 14, "a value should follow"},
		{`{"texts":["a" "b"]}`, 14, "a comma or ] should follow"},
		{`{"texts":["a"}`, 13, "a comma or ] should follow"},
		{`{"child":{"a":"x"]}`, 17, "a comma or } should follow"},
		{`{"zz":{"a":1,}}`, 13, "a member name should follow"},
		{`{"zz":[1}`, 8, "a comma or ] should follow"},
		{`{"text":"a",/**/"number":1}`, 12, "a member name should follow"},
	} {
		var x sample.Thing
		err := wire.UnmarshalJSON(&x, []byte(test.text))
		syntax, ok := errors.AsType[*secmodel.SyntaxError](err)
		if !ok {
			t.Errorf("%q: %v is no syntax error", test.text, err)
			continue
		}
		if !errors.Is(err, secmodel.ErrSyntax) {
			t.Errorf("%q: the error is not ErrSyntax", test.text)
		}
		if syntax.Offset != test.offset || !strings.Contains(syntax.Msg, test.msg) {
			t.Errorf("%q: offset %d, %q; want %d, %q", test.text, syntax.Offset, syntax.Msg, test.offset, test.msg)
		}
		if diff := cmp.Diff(sample.Thing{}, x); diff != "" {
			t.Errorf("%q: something is left of it: %s", test.text, diff)
		}
	}
}

func TestSyntaxPlace(t *testing.T) {
	err := wire.UnmarshalJSON(new(sample.Thing), []byte("{\n  \"text\": \"é\",\n  \"number\": x\n}"))
	syntax, ok := errors.AsType[*secmodel.SyntaxError](err)
	if !ok || syntax.Line != 3 || syntax.Column != 13 {
		t.Errorf("%v: want line 3, column 13", err)
	}
}

func TestDepth(t *testing.T) {
	nested := func(n int) []byte {
		return []byte(strings.Repeat(`{"child":{"sub":`, 1) + strings.Repeat(`{"sub":`, n-3) + `{}` + strings.Repeat(`}`, n-1))
	}
	unknown := func(n int) []byte {
		return []byte(`{"zz":` + strings.Repeat(`[`, n-1) + strings.Repeat(`]`, n-1) + `}`)
	}
	for name, text := range map[string]func(int) []byte{"typed": nested, "raw": unknown} {
		d := wire.Decoder{}
		if err := d.Decode(new(sample.Thing), text(64)); err != nil {
			t.Errorf("%s: 64 levels: %v", name, err)
		}
		if err := d.Decode(new(sample.Thing), text(65)); !errors.Is(err, secmodel.ErrSyntax) {
			t.Errorf("%s: 65 levels: %v", name, err)
		}
		d.MaxDepth = 10_000
		if err := d.Decode(new(sample.Thing), text(10_000)); err != nil {
			t.Errorf("%s: 10,000 levels, which were allowed: %v", name, err)
		}
	}
}

func TestRepeated(t *testing.T) {
	for _, test := range []struct {
		text string
		want []string
	}{
		{`{"text":"a"}`, nil},
		{`{"text":"a","text":"b"}`, []string{"/text"}},
		{`{"text":null,"text":"b"}`, []string{"/text"}},
		{`{"text":"a","te\u0078t":5}`, []string{"/text"}},
		{`{"zz":1,"zz":2,"zz":3}`, []string{"/zz", "/zz"}},
		{`{"zz":{"a":1,"b":{"c":1,"c":2},"a":2}}`, []string{"/zz/b/c", "/zz/a"}},
		{`{"zz":[{"a":1},{"a":1,"\u0061":2}]}`, []string{"/zz/1/a"}},
		{`{"zz":{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1,"j":1,"i":2,"a":2}}`, []string{"/zz/i", "/zz/a"}},
		{`{"children":[{"a":"x","a":"y"},5]}`, []string{"/children/0/a"}},
		{`{"child":{"a":"x","a":"y"}}`, []string{"/child/a"}},
		{`{"a/b~c":"x","a/b~c":"y"}`, []string{"/a~1b~0c"}},
		{`{"any":{"k":1,"k":1}}`, []string{"/any/k"}},
	} {
		d := wire.Decoder{Duplicates: true}
		if err := d.Decode(new(sample.Thing), []byte(test.text)); err != nil {
			t.Fatal(err)
		}
		var got []string
		if len(d.Repeated) > 0 {
			got = wire.PointerAt([]byte(test.text), d.Repeated)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", test.text, diff)
		}
	}
}

// TestReuse decodes many different documents with one decoder that reuses its
// memory, and compares each with a decoder of its own.
func TestReuse(t *testing.T) {
	var texts []string
	for i := range 50 {
		var children []string
		for j := range i % 7 {
			children = append(children, fmt.Sprintf(`{"a":"child %d.%d","b":%d,"sub":{"a":"s\n"},"zz":%d}`, i, j, j, i))
		}
		texts = append(texts, fmt.Sprintf(`{"text":"t%d","number":%d,"ratio":0.%d,"flag":%v,"children":[%s],"texts":["a%d","\u00e9"],"zz":{"n":%d},"meta":{"version":"%d"}}`,
			i, i, i, i%2 == 0, strings.Join(children, ","), i, i, i%3+1))
		if i%5 == 0 {
			texts = append(texts, strings.Replace(texts[len(texts)-1], `"text":`, `"text":"dup","text":`, 1), `{"text":`, `{"texts":["a\n",1]}`)
		}
	}
	d := wire.Decoder{Reuse: true, Duplicates: true}
	var x sample.Thing
	for range 3 {
		for _, text := range texts {
			var want sample.Thing
			wantErr := wire.UnmarshalJSON(&want, []byte(text))
			err := d.Decode(&x, []byte(text))
			if (err == nil) != (wantErr == nil) {
				t.Fatalf("%s: %v, a fresh decoder says %v", text, err, wantErr)
			}
			if diff := cmp.Diff(want, x); diff != "" {
				t.Fatalf("%s (-fresh +reused)\n%s", text, diff)
			}
		}
	}
}

// TestReuseAfterBurst reads one large document and then small ones: the memory
// of the large one must not be kept.
func TestReuseAfterBurst(t *testing.T) {
	large := []byte(`{"zz":"` + strings.Repeat("x", 8<<20) + `","texts":["` + strings.Repeat(`a","`, 1<<20) + `"],"children":[` + strings.Repeat(`{"a":"b"},`, 1<<18) + `{}]}`)
	d := wire.Decoder{Reuse: true}
	var x sample.Thing
	if err := d.Decode(&x, large); err != nil {
		t.Fatal(err)
	}
	large = nil
	for range 3 {
		if err := d.Decode(&x, []byte(`{"text":"a","zz":1}`)); err != nil {
			t.Fatal(err)
		}
	}
	x = sample.Thing{}
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	d = wire.Decoder{}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if kept := int64(before.HeapAlloc) - int64(after.HeapAlloc); kept > 4<<20 {
		t.Errorf("the decoder keeps %d bytes after a burst", kept)
	}
}

// TestNoSharedMemory overwrites the input and the raw messages, which must not
// show in anything else.
func TestNoSharedMemory(t *testing.T) {
	data := []byte(`{"text":"abc","any":{"k":"v"},"zz":"raw","yy":"raw","texts":["d"]}`)
	var x sample.Thing
	if err := json.Unmarshal(data, &x); err != nil {
		t.Fatal(err)
	}
	want := x.Clone()
	clear(data)
	x.Any = append(x.Any[:0], "0123456"...)
	x.Extra["zz"] = append(x.Extra["zz"], "overflow"...)
	want.Any, want.Extra["zz"] = x.Any, x.Extra["zz"]
	if diff := cmp.Diff(want, &x); diff != "" {
		t.Error(diff)
	}
}

func TestClone(t *testing.T) {
	var x sample.Thing
	text := `{"meta":{"version":"1"},"text":"a","number":1,"ratio":0.5,"flag":true,"any":[1],"pid":1,"texts":["a"],"numbers":[1],"ratios":[1],"flags":[true],"anys":[1],"pids":[1],"children":[{"a":"x"}],"parts":[],"zz":1,"states":[]}`
	if err := json.Unmarshal([]byte(text), &x); err != nil {
		t.Fatal(err)
	}
	before, _ := x.AppendJSON(nil)
	c := x.Clone()
	if diff := cmp.Diff(&x, c); diff != "" {
		t.Error(diff)
	}
	*c.Text, *c.Number, *c.Ratio, *c.Flag, c.Any[0], *c.PID = "b", 2, 0.1, false, '{', "2"
	c.Texts[0], c.Numbers[0], c.Ratios[0], c.Flags[0], c.Anys[0][0], c.PIDs[0] = "b", 2, 2, false, '2', "2"
	*c.Children[0].A, *c.Meta.Version, c.Extra["zz"][0] = "y", "2", '9'
	c.Extra["new"] = raw("1")
	if after, _ := x.AppendJSON(nil); string(after) != string(before) {
		t.Errorf("changing the clone changed the original:\n%s\n%s", before, after)
	}
	if (*sample.Thing)(nil).Clone() != nil {
		t.Error("the clone of nil is not nil")
	}
}
