package serialize_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/mozdef"
	"github.com/secmodel/secmodel/serialize"
)

// Values that JSON has (RFC 8259), in every place where one can stand.
var goodValues = []string{
	`0`, `-0`, `0.0`, `0e1`, `0E+1`, `0e-1`, `1e1`, `1E22`, `1E-2`, `12.5e-78`, `-1.5`, `123123123123123123123123123`,
	`1e400`, `-1e400`, `1e-400`, `0.` + strings.Repeat("0", 400) + `1`, strings.Repeat("9", 5000), `1.7976931348623157e308`,
	`-0.0`, `9007199254740993`, `18446744073709551616`, `0.1e1`,
	`true`, `false`, `null`,
	`""`, `" "`, `"a"`, `"\""`, `"\\"`, `"\/"`, `"\b\f\n\r\t"`, `"\u0000"`, `"\u005c\u0022"`, `"\u00E9\u00e9"`, `"\ud83d\ude00"`,
	`"\uD834\uDd1e"`, `"\ufffe\uffff\ufdd0"`, "\"\u2028\u2029\u007f\ufeff\U0010ffff\"", "\"\u00e9\u20ac\U0001f600\"", `"\\u0061"`, `"\\\\\\"`, `"// /* # */"`,
	`[]`, `[[]]`, `[ ]`, "[\t\n\r ]", `[1]`, `[null,true,"a",{},[]]`, `[1 , 2]`, `[[[[[[]]]]]]`,
	`{}`, `{"":0}`, `{"":{"":{}}}`, `{"a":[]}`, "{\n\"a\"\t:\r1 }", `{"a\u0000b":1}`, `{"\ud83d\ude00":1}`, `{"a":1,"A":2}`,
}

// Texts that are no JSON value, with what package encoding/json, which lets
// some pass, thinks of them.
var badValues = []struct {
	text string
	lax  bool // encoding/json accepts it
}{
	{"", false}, {" ", false}, {",", false}, {":", false}, {"]", false}, {"}", false}, {"\x00", false},
	{"nul", false}, {"nulll", false}, {"Null", false}, {"NULL", false}, {"tru", false}, {"truE", false}, {"True", false}, {"falsee", false},
	{"fals", false}, {"undefined", false}, {"nil", false}, {"None", false},
	{"NaN", false}, {"-NaN", false}, {"Infinity", false}, {"-Infinity", false}, {"+Infinity", false}, {"inf", false}, {"1#INF", false},
	{"01", false}, {"-01", false}, {"00", false}, {"+1", false}, {"++1", false}, {"--1", false}, {"- 1", false}, {"-", false}, {"-a", false},
	{".5", false}, {"-.5", false}, {"1.", false}, {"-1.", false}, {"1.e1", false}, {"1.2.3", false}, {"0.e1", false}, {"0.3e", false}, {"0.3e+", false},
	{"1e", false}, {"1e+", false}, {"1e-", false}, {"1eE2", false}, {"1e1.5", false}, {"1e 1", false}, {"0e", false}, {"0x1", false}, {"0b1", false}, {"0o7", false},
	{"1_000", false}, {"1,000", false}, {"1 000", false}, {"1a", false}, {"1.5f", false}, {"\uff11", false}, {"\u0661", false}, {"1\u00a0", false}, {"$1", false},
	{`"`, false}, {`"a`, false}, {`"\"`, false}, {`"\`, false}, {`a"`, false}, {`'a'`, false}, {"`a`", false}, {`"a" "b"`, false}, {`"a"b`, false}, {`“a”`, false},
	{`"\a"`, false}, {`"\'"`, false}, {`"\x41"`, false}, {`"\0"`, false}, {`"\U0041"`, false}, {`"\ "`, false}, {"\"\\\u00e9\"", false}, {`"\u"`, false}, {`"\u1"`, false},
	{`"\u12"`, false}, {`"\u123"`, false}, {`"\u12G4"`, false}, {`"\u-123"`, false}, {`"\u+123"`, false}, {`"\u 123"`, false}, {"\"\\u00\u0661\u0661\"", false}, {`"\u{41}"`, false},
	{`"\ud800"`, true}, {`"\udbff"`, true}, {`"\udc00"`, true}, {`"\udfff"`, true}, {`"\ud800\ud800"`, true}, {`"\ud800x"`, true}, {`"\ud800\n"`, true}, {`"\ude00\ud83d"`, true},
	{`"\ud800\u0041"`, true}, {`"\ud800\u"`, false}, {`"\ud800\"`, false}, {`"x\uDC00x"`, true},
	{"\"\x80\"", true}, {"\"\xbf\"", true}, {"\"\xff\"", true}, {"\"\xfe\"", true}, {"\"\xc0\x80\"", true}, {"\"\xc0\xaf\"", true}, {"\"\xc1\xbf\"", true}, {"\"\xe0\x80\x80\"", true},
	{"\"\xe0\x9f\xbf\"", true}, {"\"\xed\xa0\x80\"", true}, {"\"\xed\xbf\xbf\"", true}, {"\"\xed\xa0\xbd\xed\xb8\x80\"", true}, {"\"\xf0\x80\x80\x80\"", true}, {"\"\xf0\x8f\xbf\xbf\"", true},
	{"\"\xf4\x90\x80\x80\"", true}, {"\"\xf5\x80\x80\x80\"", true}, {"\"\xf8\x88\x80\x80\x80\"", true}, {"\"\xfc\x84\x80\x80\x80\x80\"", true}, {"\"\xe2\x82\"", true}, {"\"\xe2\"", true},
	{"\"\xf0\x9f\x98\"", true}, {"\"\xc3\"", true}, {"\"\xe9\"", true}, {"\"a\xc3\x28b\"", true}, {"\"\xe2\x28\xa1\"", true}, {"\"\xf0\x28\x8c\xbc\"", true}, {"\"12345678\xff12345678\"", true},
	{"\xff", false}, {"\xe9", false}, {"\xc3\xa9", false},
	{`[`, false}, {`[1`, false}, {`[1,`, false}, {`[1,]`, false}, {`[,1]`, false}, {`[,]`, false}, {`[1,,2]`, false}, {`[1 2]`, false}, {`[1:2]`, false}, {`["a":1]`, false},
	{`[1]]`, false}, {`[1}`, false}, {`[3[4]]`, false}, {`[*]`, false}, {`[-]`, false}, {`[a]`, false}, {"[\"a\n\"]", false}, {`["a]`, false}, {`[1;2]`, false}, {`[1,...]`, false},
	{"[\x0b1]", false}, {"[\x0c1]", false}, {"[\u00a01]", false}, {"[\u20601]", false}, {"[\ufeff1]", false}, {"[1\x00]", false}, {"[\x1a]", false},
	{`{`, false}, {`{"a"`, false}, {`{"a":`, false}, {`{"a":1`, false}, {`{"a":1,`, false}, {`{"a":1,}`, false}, {`{,"a":1}`, false}, {`{"a":1,,"b":2}`, false}, {`{"a":1 "b":2}`, false},
	{`{"a" 1}`, false}, {`{"a"}`, false}, {`{"a"::1}`, false}, {`{"a":1:2}`, false}, {`{:1}`, false}, {`{"a":}`, false}, {`{"a",1}`, false}, {`{"a"=1}`, false}, {`{a:1}`, false}, {`{'a':1}`, false},
	{`{1:1}`, false}, {`{null:1}`, false}, {`{[]:1}`, false}, {`{"a":1]`, false}, {`{"a":1}}`, false}, {`{"a":1;"b":2}`, false}, {`{"a":a}`, false}, {"{\"a\":1\x00}", false}, {`{"a" "b":1}`, false},
	{`{/**/}`, false}, {"{//\n}", false}, {`{"a":1/**/}`, false}, {"{\"a\":1//\n}", false}, {`{#}`, false}, {"{\"\xff\":1}", true}, {`{"\ud800":1}`, true}, {`{"a":1,"b\ud800":1}`, true},
}

// places are where a value can stand in a message: in a typed field of each
// kind, within lists, in free-form JSON, and in a member that nothing knows.
var places = []string{
	`{"summary":%s}`, `{"tags":[%s]}`, `{"tags":["a",%s,"b"]}`, `{"processid":%s}`, `{"details":%s}`, `{"details":{"success":%s}}`,
	`{"details":{"sourceport":%s,"x":1}}`, `{"details":{"x":{"y":[%s]}}}`, `{"nobody":%s}`, `{"nobody":[%s,[%s]]}`, ` { "nobody" : %s , "summary" : "s" } `,
}

func fill(place, value string) string { return strings.ReplaceAll(place, "%s", value) }

// TestHostileValues: what is JSON is kept, what is not is a syntax error with a
// place, wherever it stands.
func TestHostileValues(t *testing.T) {
	for _, place := range places {
		for _, value := range goodValues {
			text := fill(place, value)
			if !json.Valid([]byte(text)) {
				t.Fatalf("%s is no JSON", text)
			}
			m, err := serialize.UnserializeAs[mozdef.Event](serialize.Payload{Data: []byte(text)}, secmodel.SkipValidation())
			if err != nil {
				t.Errorf("%s: %v", short(text), err)
				continue
			}
			out, err := m.AppendJSON(nil)
			if err != nil {
				t.Errorf("%s: %v", short(text), err)
			} else if err := jsontest.Equal([]byte(text), out, true); err != nil {
				t.Errorf("%s becomes %s: %v", short(text), short(string(out)), err)
			}
		}
		for c := range 0x20 { // control characters must be escaped
			wantSyntaxError(t, []byte(fill(place, fmt.Sprintf("\"a%cb\"", c))))
		}
		for _, value := range badValues {
			text := fill(place, value.text)
			lax := json.Valid([]byte(text))
			if lax != value.lax && !slices.Contains([]string{`"a" "b"`, `1,000`, ""}, strings.TrimSpace(value.text)) {
				t.Errorf("encoding/json accepts %s: %v", short(text), lax)
			}
			if lax && !value.lax {
				continue // as an element of a list it is another text
			}
			wantSyntaxError(t, []byte(text))
		}
	}
}

func wantSyntaxError(t *testing.T, data []byte) {
	t.Helper()
	m, err := serialize.UnserializeAs[mozdef.Event](serialize.Payload{Data: data}, secmodel.SkipValidation())
	syntax, ok := errors.AsType[*secmodel.SyntaxError](err)
	if m != nil || !ok || !errors.Is(err, secmodel.ErrSyntax) {
		t.Errorf("%s is read: %v", short(string(data)), err)
		return
	}
	if syntax.Offset < 0 || syntax.Offset > int64(len(data)) || syntax.Line < 1 || syntax.Column < 1 || syntax.Msg == "" {
		t.Errorf("%s: no place in %+v", short(string(data)), syntax)
	}
}

func short(s string) string {
	if len(s) > 80 {
		return fmt.Sprintf("%q…", s[:80])
	}
	return fmt.Sprintf("%q", s)
}

// TestHostileRoots: a document is one object in UTF-8, with white space around
// it and nothing else.
func TestHostileRoots(t *testing.T) {
	const doc = `{"summary":"s"}`
	for _, around := range []string{"%s", " %s ", "\t\r\n%s\n\n"} {
		if _, err := serialize.UnserializeAs[mozdef.Event](serialize.Payload{Data: []byte(fill(around, doc))}, secmodel.SkipValidation()); err != nil {
			t.Errorf("%q: %v", around, err)
		}
	}
	for _, around := range []string{
		"\ufeff%s", "%s\ufeff", "%s\x00", "\x00%s", "%s x", "%s{}", "%s,", "%s}", "%s]", "[%s]", "[%s", "%s;", "%s//", "%s #", "/**/%s", "\u00a0%s", "%s\u0085", "\x1e%s\n", "%s\x1a",
		"\x0c%s", ")]}'\n%s", "(%s)", "var x = %s", "data: %s\n\n",
	} {
		wantSyntaxError(t, []byte(fill(around, doc)))
	}
	for _, root := range append(slices.Clone(goodValues), "", " ", "\n") {
		if !strings.HasPrefix(root, "{") {
			wantSyntaxError(t, []byte(root))
		}
	}
	for _, order := range []func([]byte, uint16) []byte{
		func(b []byte, c uint16) []byte { return append(b, byte(c), byte(c>>8)) },
		func(b []byte, c uint16) []byte { return append(b, byte(c>>8), byte(c)) },
	} {
		for _, mark := range []string{"", "\ufeff"} {
			var data []byte
			for _, c := range utf16.Encode([]rune(mark + doc)) {
				data = order(data, c)
			}
			wantSyntaxError(t, data)
		}
	}
}

// TestHostileCuts cuts samples at every byte, and flips each bit of each: the
// result is read as encoding/json reads it, or refused. Nothing panics.
func TestHostileCuts(t *testing.T) {
	for _, format := range []string{"idmefv2", "mozdef", "ocsf"} {
		samples := jsontest.Samples(t, format)
		for _, s := range samples[:min(len(samples), 4)] {
			if len(s.Data) > 3000 {
				continue
			}
			end := len(strings.TrimRight(string(s.Data), " \t\r\n"))
			for n := range end {
				if _, err := serialize.ValidateBytes(serialize.Payload{Data: s.Data[:n]}); !errors.Is(err, secmodel.ErrSyntax) {
					t.Errorf("%s, cut after %d bytes: %v", s.File, n, err)
				}
			}
			data := slices.Clone(s.Data)
			for i := range data {
				for bit := range 8 {
					data[i] ^= 1 << bit
					_, err := serialize.ValidateBytes(serialize.Payload{Data: data})
					if err == nil && !json.Valid(data) {
						t.Errorf("%s, bit %d of byte %d flipped: no JSON, but read", s.File, bit, i)
					}
					if errors.Is(err, secmodel.ErrSyntax) && json.Valid(data) && isUTF8JSON(data) {
						t.Errorf("%s, bit %d of byte %d flipped: %v", s.File, bit, i, err)
					}
					data[i] ^= 1 << bit
				}
			}
		}
	}
}

// isUTF8JSON reports whether nothing in data is lost when encoding/json reads
// it: invalid UTF-8 and lone surrogates become U+FFFD there.
func isUTF8JSON(data []byte) bool {
	var v any
	if json.Unmarshal(data, &v) != nil {
		return false
	}
	out, err := json.Marshal(v)
	return err == nil && !strings.Contains(string(out), "\ufffd") && !strings.Contains(string(out), `\ufffd`)
}
