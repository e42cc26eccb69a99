package wire_test

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/wire"
	"github.com/secmodel/secmodel/wire/internal/sample"
)

// seeds are documents that reach every kind of attribute.
var seeds = []string{
	`{}`,
	`{"meta":{"version":"1","profiles":["cloud"]},"text":"a\né","number":-5,"ratio":0.5,"flag":true,"any":[1,{"k":null}],"open":"x","pid":12}`,
	`{"color":"red","level":99,"port":80,"short":"ab","hex":"0f","texts":["a","b\u0041"],"numbers":[1,2],"ratios":[0,1e-3],"flags":[true,false]}`,
	`{"anys":[1,"x",{}],"pids":[1,"1"],"colors":["red","green"],"levels":[0,1],"states":"red","child":{"a":"x","sub":{"b":1}},"children":[{"a":"x"},{"b":2}]}`,
	`{"parts":{"name":"n","tags":"t"},"loose":{"zz":1},"lenient":"pink","removed":"x","added":"y","retired":"z","region":"r","priority":5,"a/b~c":"x"}`,
	`{"meta":{"version":"3"},"parts":[{"name":"n","tags":["t","u"]},{}],"states":["red","teal"],"zz":{"a":[1,2,{"b":"c"}]}}`,
	`{"text":"a","text":null,"numbers":[1.5],"children":[{"a":"x"},5],"zz":1,"zz":2}`,
	" {\n\t\"text\" : \"\\ud83d\\ude00\" , \"number\" : 9223372036854775808 }\r\n",
	`{"children":[` + strings.Repeat(`{"b":1},`, 66) + `{"sub":{}}],"parts":[` + strings.Repeat(`{"tags":"t"},`, 70) + `{}],"meta":{"version":"2"}}`,
	`{"text":"a","parts":[` + strings.Repeat(`{"tags":["t"]},`, 130) + `5],"children":[` + strings.Repeat(`{"a":"x"},`, 65) + `{"zz":[]}],"meta":{"version":"3"}}`,
	`{"text":"`, `{"number":01}`, `{"flag":tru}`, "{\"text\":\"\xff\"}", `{"text":"\ud800"}`, `[{}]`, `{"child":{"sub":{"sub":{"sub":{}}}}}`,
}

// decodes reports whether the text is a document by encoding/json, with the
// differences that we want: valid UTF-8, no lone surrogates, an object, and no
// more than 64 levels.
func decodes(data []byte) bool {
	return json.Valid(data) && utf8.Valid(data) && bytes.HasPrefix(bytes.TrimLeft(data, " \t\r\n"), []byte{'{'}) && !loneSurrogate(data) && depth(data) <= 64
}

// The runes of a string that are surrogate escapes, pairs taken out first.
var (
	pairs     = regexp.MustCompile(`(?i)\\u[d][89ab][0-9a-f]{2}\\u[d][c-f][0-9a-f]{2}`)
	surrogate = regexp.MustCompile(`(?i)\\u[d][89a-f][0-9a-f]{2}`)
)

func loneSurrogate(data []byte) bool {
	data = bytes.ReplaceAll(data, []byte(`\\`), []byte(`__`)) // a backslash that is escaped begins nothing
	return surrogate.Match(pairs.ReplaceAll(data, nil))
}

func depth(data []byte) int {
	deepest, now, inString := 0, 0, false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case inString && c == '\\':
			i++
		case c == '"':
			inString = !inString
		case inString:
		case c == '{' || c == '[':
			now++
			deepest = max(deepest, now)
		case c == '}' || c == ']':
			now--
		}
	}
	return deepest
}

// FuzzDecode checks that we accept what encoding/json accepts, lose nothing,
// come to a fixed point, and reuse memory without harm.
func FuzzDecode(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	reused := wire.Decoder{Reuse: true, Duplicates: true}
	f.Fuzz(func(t *testing.T, data []byte) {
		var x sample.Thing
		err := wire.UnmarshalJSON(&x, data)
		if want := decodes(data); (err == nil) != want {
			t.Fatalf("decode: %v; encoding/json and our rules accept it: %v", err, want)
		}
		var y sample.Thing
		if err2 := reused.Decode(&y, data); (err == nil) != (err2 == nil) {
			t.Fatalf("decode: %v; with memory reused: %v", err, err2)
		}
		if diff := cmp.Diff(x, y); diff != "" {
			t.Fatalf("-fresh +reused\n%s", diff)
		}
		if err != nil {
			return
		}
		report := x.Check()
		out, err := x.AppendJSON(nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := jsontest.Equal(data, out, true); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		var z sample.Thing
		if err := wire.UnmarshalJSON(&z, out); err != nil {
			t.Fatalf("%s: %v", out, err)
		}
		if diff := cmp.Diff(x, z, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("decode, encode, decode:\n%s", diff)
		}
		again, err := z.AppendJSON(nil)
		if err != nil || !bytes.Equal(out, again) {
			t.Fatalf("%v: written twice:\n%s\n%s", err, out, again)
		}
		if diff := cmp.Diff(findings(report), findings(z.Check())); diff != "" {
			t.Fatalf("checks differ: %s", diff)
		}
		wire.Locate(data, report.Violations)
		for _, v := range report.Violations {
			if v.Line < 1 || v.Column < 1 || v.Offset < 0 || v.Offset+v.Length > len(data) {
				t.Fatalf("%+v is not in a text of %d bytes", v, len(data))
			}
		}
	})
}

// std has attributes of a Thing whose types encoding/json decodes by itself.
type std struct {
	Text    *string        `json:"text"`
	Number  *int64         `json:"number"`
	Ratio   *float64       `json:"ratio"`
	Flag    *bool          `json:"flag"`
	Color   *sample.Color  `json:"color"`
	Level   *sample.Level  `json:"level"`
	Texts   []string       `json:"texts"`
	Numbers []int64        `json:"numbers"`
	Ratios  []float64      `json:"ratios"`
	Flags   []bool         `json:"flags"`
	Colors  []sample.Color `json:"colors"`
	Levels  []sample.Level `json:"levels"`
}

// FuzzValues compares typed values with those that encoding/json decodes, where
// everything fits its type and no name is repeated.
func FuzzValues(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d := wire.Decoder{Duplicates: true}
		var x sample.Thing
		if d.Decode(&x, data) != nil || len(d.Repeated) > 0 || len(x.Extra) > 0 {
			return
		}
		var want std
		if err := json.Unmarshal(data, &want); err != nil {
			t.Fatalf("encoding/json: %v", err)
		}
		got := std{x.Text, x.Number, x.Ratio, x.Flag, x.Color, x.Level, x.Texts, x.Numbers, x.Ratios, x.Flags, x.Colors, x.Levels}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("-encoding/json +wire\n%s", diff)
		}
	})
}

// FuzzIndent compares indentation with encoding/json.
func FuzzIndent(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Add([]byte(`[ ]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if !json.Valid(data) {
			return
		}
		var want bytes.Buffer
		if err := json.Indent(&want, bytes.TrimSpace(data), "", "  "); err != nil {
			t.Fatal(err)
		}
		if got := wire.AppendIndent(nil, data, "  "); string(got) != want.String() {
			t.Fatalf("got\n%s\nwant\n%s", got, want.Bytes())
		}
	})
}
