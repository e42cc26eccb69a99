package serialize

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsonequal"
)

func TestYAMLToJSON(t *testing.T) {
	for _, test := range []struct{ yaml, want string }{
		{"a: 1", `{"a":1}`},
		{"{a: [x, 'y', \"z\\n\"], b: {}}", `{"a":["x","y","z\n"],"b":{}}`},
		{"a: no\nb: on\nc: Yes\nd: y", `{"a":"no","b":"on","c":"Yes","d":"y"}`},
		{"[true, True, TRUE, false, False, FALSE, tRUE]", `[true,true,true,false,false,false,"tRUE"]`},
		{"[~, null, Null, NULL, nULL]", `[null,null,null,null,"nULL"]`},
		{"[2026-03-02, 2026-03-02T04:05:06Z, 12:30:45, 1_000]", `["2026-03-02","2026-03-02T04:05:06Z","12:30:45","1_000"]`},
		{"[0o17, 0x1F, 017, 0b1, +5, -0, 0o8, 0x, 0o]", `[15,31,17,"0b1",5,-0,"0o8","0x","0o"]`},
		{"[9223372036854775808, 123456789012345678901234567890, 0xFFFFFFFFFFFFFFFFFF]", `[9223372036854775808,123456789012345678901234567890,4722366482869645213695]`},
		{"[1., .5, 1.50, 1e3, 1.5E-3, +.5e+2, -01.0, ., e1, 1e, 1e+, 1.2.3, '-', +, -.]", `[1.0,0.5,1.50,1e3,1.5E-3,0.5e+2,-1.0,".","e1","1e","1e+","1.2.3","-","+","-."]`},
		{"[!!str 1, !!int '2', !!float 3, !!bool 'true', !!null '', ! 12]", `["1",2,3.0,true,null,"12"]`},
		{"a: &x [1, {b: &y c}]\nd: *x\n*y : e", `{"a":[1,{"b":"c"}],"d":[1,{"b":"c"}],"c":"e"}`},
		{"a: |\n  x\n  y\nb: >-\n  x\n  y\n", `{"a":"x\ny\n","b":"x y"}`},
		{"%YAML 1.2\n---\na: 1\n...\n", `{"a":1}`},
		{"%YAML 1.1\n# %YAML\n--- \na: |\n %YAML 1.2\n", `{"a":"%YAML 1.2\n"}`},
		{"# comment\na: b # comment\n", `{"a":"b"}`},
		{"? a\n: b\n", `{"a":"b"}`},
		{"a: \"\\x41\\u00e9\\U0001F600\"", `{"a":"Aé😀"}`},
	} {
		o := secmodel.NewOptions()
		got, err := yamlToJSON([]byte("@"), []byte(test.yaml), &o)
		if err != nil || string(got) != "@"+test.want {
			t.Errorf("%q: %s, %v\nwant %s", test.yaml, got, err, test.want)
		}
	}
}

func TestYAMLRefused(t *testing.T) {
	for _, test := range []struct {
		yaml   string
		offset int64
		msg    string
	}{
		{"", 0, "there is no document"},
		{"# nothing", 0, "there is no document"},
		{"a: 1\n---\nb: 2", 5, "a second document"},
		{"a: 1\nb: 2\na: 3", 10, `the key "a" occurs more than once`},
		{"a: {b: 1, 'b': 2}", 10, `the key "b" occurs more than once`},
		{"a: b: c", 0, "mapping values are not allowed"},
		{"a: [", 0, "did not find"},
		{"%YAML 2.0\n---\na: 1", 0, "incompatible"},
		{"x: &a [*a]", 3, "nested deeper than 64 levels"},
		{"x: *nowhere", 0, "unknown anchor"},
		{"a: &m {b: 1}\nc:\n  <<: *m", 18, "merge keys"},
		{"a: .inf", 3, "a number that JSON cannot hold"},
		{"a: -.NaN", 0, ""}, // a string: NaN has no sign
		{"a: !!binary aGk=", 3, "the tag !!binary"},
		{"a: !!timestamp 2026-01-01", 3, "the tag !!timestamp"},
		{"a: !mine {b: 1}", 3, "the tag !mine"},
		{"a: !!set {b}", 3, "the tag !!set"},
		{"a: !!int x", 3, `"x" is no int`},
		{"200: a", 0, "the key 200 is not a string"},
		{"null: a", 0, "the key null is not a string"},
		{"[a]: b", 0, "a key must be a string"},
		{"é: 1\n? {a: b}\n: 2", 8, "a key must be a string"},
		{"\xef\xbb\xbfa: 1", 0, "a byte-order mark"},
		{"\xff\xfea\x00", 0, "a byte-order mark"},
		{"a: \xff", 3, "byte 0xff is not valid UTF-8"},
		{"a: \"\\ud800\"", 0, "Unicode"},
		{"a: \x01", 0, "control characters"},
		{strings.Repeat("[", 100) + strings.Repeat("]", 100), 64, "nested deeper than 64 levels"},
		{strings.Repeat("[", 20_000), 0, "exceeded max depth"},
	} {
		o := secmodel.NewOptions()
		got, err := yamlToJSON(nil, []byte(test.yaml), &o)
		if test.msg == "" {
			if err != nil {
				t.Errorf("%.40q: %v", test.yaml, err)
			}
			continue
		}
		syntax, ok := errors.AsType[*secmodel.SyntaxError](err)
		if !ok || !strings.Contains(syntax.Msg, test.msg) || test.offset > 0 && syntax.Offset != test.offset || syntax.Line < 1 || syntax.Column < 1 {
			t.Errorf("%.40q: %s, %v (offset %d); want %q", test.yaml, got, err, func() int64 {
				if ok {
					return syntax.Offset
				}
				return -1
			}(), test.msg)
		}
	}
}

// TestYAMLBombs: a short document that stands for a large one, and a large one
// that would take much more memory, are refused.
func TestYAMLBombs(t *testing.T) {
	var b strings.Builder
	b.WriteString("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n")
	for i := 1; i < 10; i++ {
		fmt.Fprintf(&b, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 10), ", "))
	}
	o := secmodel.NewOptions()
	if _, err := yamlToJSON(nil, []byte(b.String()), &o); err == nil || !strings.Contains(err.Error(), "aliases stand for more than") {
		t.Errorf("laughs: %v", err)
	}
	long := "a: &a " + strings.Repeat("x", 1<<20) + "\nb: [" + strings.Repeat("*a,", 9000) + "]"
	if _, err := yamlToJSON(nil, []byte(long), &o); !errors.Is(err, secmodel.ErrTooLarge) {
		t.Errorf("a long string many times: %v", err)
	}
	for _, text := range []string{strings.Repeat("x", maxYAML+1), "[" + strings.Repeat("a,", maxYAMLMarks) + "]"} {
		if _, err := yamlToJSON(nil, []byte(text), &o); !errors.Is(err, secmodel.ErrTooLarge) {
			t.Errorf("%d bytes: %v", len(text), err)
		}
	}
}

func TestYAMLFromJSON(t *testing.T) {
	for _, test := range []struct{ json, want string }{
		{`{"a":1,"b":[1,{"c":true,"d":null},[],{},[[2],3]],"e":{"f":{"g":"x"}}}`,
			"a: 1\nb:\n  - 1\n  - c: true\n    d: null\n  - []\n  - {}\n  - - - 2\n    - 3\ne:\n  f:\n    g: x\n"},
		{`[]`, "[]\n"},
		{`{"a":1,"b":{"c":1,"c":{"d":[{"x":1,"y":2,"x":3}]},"":0},"a":2}`, "b:\n  c:\n    d:\n      - \"y\": 2\n        x: 3\n  \"\": 0\na: 2\n"},
		{`{}`, "{}\n"},
		{`["a b","a: b","a #b","a ","yes","No","NULL","~","","1","1.5","2026-03-02","- a","a:b","http://x/y","!x","é","a\tb\n\u0000\u0085\u2028\ufeff\ud83d\ude00\\\"","<<","=","_x"]`,
			"- a b\n- \"a: b\"\n- \"a #b\"\n- \"a \"\n- \"yes\"\n- \"No\"\n- \"NULL\"\n- \"~\"\n- \"\"\n- \"1\"\n- \"1.5\"\n- \"2026-03-02\"\n- \"- a\"\n- a:b\n- http://x/y\n- \"!x\"\n- \"é\"\n" +
				"- \"a\\tb\\n\\x00\\x85\\u2028\\ufeff😀\\\\\\\"\"\n- \"<<\"\n- \"=\"\n- _x\n"},
		{`[1e5,1E-5,1.5e+5,-0,123456789012345678901234567890,7.0]`, "- 1.0e+5\n- 1.0e-5\n- 1.5e+5\n- -0\n- 123456789012345678901234567890\n- 7.0\n"},
		{" { \"a\" : [ ] , \"on\" : { } } ", "a: []\n\"on\": {}\n"},
		{`{"a":{"` + strings.Repeat("k", 2000) + `":{"b":1}}}`, "a:\n  ? \"" + strings.Repeat("k", 2000) + "\"\n  :\n    b: 1\n"},
	} {
		o := secmodel.NewOptions()
		got, err := yamlFromJSON(nil, []byte(test.json), &o)
		if err != nil {
			t.Errorf("%s: %v", test.json, err)
			continue
		}
		if diff := cmp.Diff(test.want, string(got)); diff != "" {
			t.Errorf("%.80s (-want +got)\n%s", test.json, diff)
		}
		back, err := yamlToJSON(nil, got, &o)
		if err == nil {
			err = jsonequal.Equal([]byte(test.json), back, false)
		}
		if err != nil {
			t.Errorf("%.80s: read back: %s, %v", test.json, back, err)
		}
	}
}

func TestYAMLPlaces(t *testing.T) {
	text := "Version: 2.D.V08\nID: 'x'\n\"Zz\": [1]\nCreateTime: \"2026-03-02T04:05:06Z\"\nSource: &s\n  - IP: bad é\n    Port: [80, {}, ] # x]\nTarget: *s\nAnalyzer: !!map {Hostname: 5, # c }\n  é: a\n  b\n }\n"
	report, err := ValidateBytes(Payload{ContentType: YAML, Data: []byte(text)})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, v := range report.Violations {
		got = append(got, fmt.Sprintf("%s %s %d:%d %q", v.Code, v.Pointer, v.Line, v.Column, text[v.Offset:v.Offset+v.Length]))
	}
	want := []string{
		`attribute_value_regex_not_matched /ID 2:5 "'x'"`,
		`attribute_unknown /Zz 3:1 "\"Zz\""`,
		`attribute_required_missing /Source/0/ID 6:5 "IP: bad é\n    Port: [80, {}, ]"`,
		`attribute_value_regex_not_matched /Source/0/IP 6:9 "bad é"`,
		`attribute_wrong_type /Source/0/Port/1 7:16 "{}"`,
		`attribute_required_missing /Target/0/ID 8:9 "*s"`,
		`attribute_value_regex_not_matched /Target/0/IP 8:9 "*s"`,
		`attribute_wrong_type /Target/0/Port/1 8:9 "*s"`,
		`attribute_required_missing /Analyzer/Name 9:11 "!!map {Hostname: 5, # c }\n  é: a\n  b\n }"`,
		`attribute_wrong_type /Analyzer/Hostname 9:28 "5"`,
		`attribute_unknown /Analyzer/é 10:3 "é"`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}
