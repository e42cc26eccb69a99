package wire_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire/internal/sample"
)

// shown lists violations with their texts and values.
func shown(r secmodel.Report) (list []string) {
	for _, v := range r.Violations {
		value, err := json.Marshal([]any{v.Value, v.Expected})
		if err != nil {
			value = []byte(err.Error())
		}
		list = append(list, strings.Join([]string{v.Pointer, v.Message, string(value)}, " | "))
	}
	return list
}

// TestCheckShows: a violation has the value that stands there and what was
// expected, whatever kind of value it is.
func TestCheckShows(t *testing.T) {
	for _, test := range []struct {
		text string
		want []string
	}{
		{in("2", `"region":"x"`), []string{`/region | thing has no attribute "region" in 2 | ["x",null]`}},
		{in("3", `"lenient":"red","removed":"x"`), []string{`/removed | thing has no attribute "removed" in 3, only up to 2 | ["x",null]`}},
		{in("1", `"zz":{"a":[1]}`), []string{`/zz | thing has no attribute "zz" in 1 | [{"a":[1]},null]`}},
		{in("1", `"zz":5,"zy":null,"zx":true,"zw":"s"`), []string{
			`/zw | thing has no attribute "zw" in 1 | ["s",null]`, `/zx | thing has no attribute "zx" in 1 | [true,null]`,
			`/zy | thing has no attribute "zy" in 1 | [null,null]`, `/zz | thing has no attribute "zz" in 1 | [5,null]`}},
		{in("1", `"color":"gren"`), []string{`/color | "gren" is not a value of color in 1; the values are red, Old Blue, teal | ["gren",["red","Old Blue","teal"]]`}},
		{in("2", `"color":"gren"`), []string{`/color | "gren" is not a value of color in 2; did you mean "green"? | ["gren",["red","green","Old Blue","teal"]]`}},
		{in("1", `"color":"green"`), []string{`/color | "green" is not a value of color in 1, only since 2 | ["green",["red","Old Blue","teal"]]`}},
		{in("1", `"level":7`), []string{`/level | 7 is not a value of level in 1 | [7,[0,1]]`}},
		{in("1", `"level":99`), []string{`/level | 99 is not a value of level in 1, only since 2 | [99,[0,1]]`}},
		{in("1", `"level":"low"`), []string{`/level | level is a string, not an integer: "low"; "Low" is 1 | ["low","integer"]`}},
		{in("1", `"level":99999999999999999999`), []string{`/level | 99999999999999999999 is not a value of level in 1 | [99999999999999999999,null]`}},
		{in("1", `"port":99999999999999999999`), []string{`/port | 99999999999999999999 is out of the range of port, 1 to 1023 or 8000 to 8999 | [99999999999999999999,"1 to 1023 or 8000 to 8999"]`}},
		{in("3", `"lenient":"red","port":0`), []string{`/port | 0 is out of the range of port, 1 to 65535 | [0,"1 to 65535"]`}},
		{in("1", `"ratio":1.5`), []string{`/ratio | 1.5 is out of the range of share, 0 to 1 | [1.5,"0 to 1"]`}},
		{in("1", `"flag":"yes","child":[],"text":5.5`), []string{
			`/child | child is an array, not an object | [[],"object"]`,
			`/flag | flag is a string, not a boolean: "yes" | ["yes","boolean"]`,
			`/text | text is a number with a fraction or exponent, not a string: 5.5 | [5.5,"string"]`}},
		{in("1", `"open":[1],"pid":true,"parts":5`), []string{
			`/open | open is an array, not an object or string | [[1],"object or string"]`,
			`/parts | parts is an integer, not an object: 5 | [5,"object"]`,
			`/pid | pid is a boolean, not an integer or string: true | [true,"integer or string"]`}},
		{in("1", `"hex":"xyzzy"`), []string{
			`/hex | "xyzzy" is not a valid short_hex | ["xyzzy","^[0-9a-f]+$"]`, `/hex | 5 characters, more than the 4 of a short | ["xyzzy",4]`}},
		{in("1", `"short":""`), []string{`/short | 0 characters, fewer than the 1 of a short | ["",1]`}},
		// Lists that as a whole do not fit.
		{in("1", `"colors":["gren",5],"ratios":[2,"x"],"levels":[7,"x"]`), []string{
			`/colors/0 | "gren" is not a value of colors in 1; the values are red, Old Blue, teal | ["gren",["red","Old Blue","teal"]]`,
			`/colors/1 | colors is an integer, not a string: 5 | [5,"string"]`,
			`/levels/0 | 7 is not a value of levels in 1 | [7,[0,1]]`,
			`/levels/1 | levels is a string, not an integer: "x" | ["x","integer"]`,
			`/ratios/0 | 2 is out of the range of share, 0 to 1 | [2,"0 to 1"]`,
			`/ratios/1 | ratios is a string, not a number: "x" | ["x","number"]`}},
		// After a list of numbers the place is that of what follows.
		{in("1", `"ratios":[0.5,3],"colors":["pink"],"zz":1`), []string{
			`/ratios/1 | 3 is out of the range of share, 0 to 1 | [3,"0 to 1"]`,
			`/colors/0 | "pink" is not a value of colors in 1; the values are red, Old Blue, teal | ["pink",["red","Old Blue","teal"]]`,
			`/zz | thing has no attribute "zz" in 1 | [1,null]`}},
		// An attribute that does not fit, and that the version advises against.
		{in("2", `"retired":5`), []string{
			`/retired | the attribute "retired" is deprecated since 2 | [null,null]`, `/retired | retired is an integer, not a string: 5 | [5,"string"]`}},
		{`{"meta":{"version":"2"}}`, []string{`/text | the required attribute "text" of thing is missing | [null,null]`}},
		{in("3", `"lenient":"red","parts":[{}]`), []string{`/parts/0 | part has 0 members, fewer than 1 | [null,1]`}},
		{in("3", `"lenient":"red","child":{}`), []string{
			`/child | closed needs one of a, sub.a | [null,["a","sub.a"]]`, `/child | closed needs one of a, b | [null,["a","b"]]`}},
		{in("3", `"lenient":"red","child":{"a":"x","b":1}`), []string{`/child | closed must have just one of a, b | [null,["a","b"]]`}},
		{in("1", `"colr":"red"`), []string{`/colr | thing has no attribute "colr" in 1; did you mean "color"? | ["red",null]`}},
		{in("2", `"regoin":"x","adde":1`), []string{ // neither is one of the version and profiles
			`/adde | thing has no attribute "adde" in 2 | [1,null]`, `/regoin | thing has no attribute "regoin" in 2 | ["x",null]`}},
		{in("1", `"short":"`+strings.Repeat("é", 40)+`x","hex":"`+strings.Repeat("z", 70)+`"`), []string{
			`/short | 41 characters, more than the 4 of a short | ["` + strings.Repeat("é", 40) + `x",4]`,
			`/hex | "` + strings.Repeat("z", 64) + `"… is not a valid short_hex | ["` + strings.Repeat("z", 70) + `","^[0-9a-f]+$"]`,
			`/hex | 70 characters, more than the 4 of a short | ["` + strings.Repeat("z", 70) + `",4]`}},
		{in("1", `"color":"x`+strings.Repeat("é", 40)+`"`), []string{
			`/color | "x` + strings.Repeat("é", 31) + `"… is not a value of color in 1; the values are red, Old Blue, teal | ["x` + strings.Repeat("é", 40) + `",["red","Old Blue","teal"]]`}},
		// One object where later versions have an array, and one type where they have another.
		{in("1", `"parts":{"tags":5},"priority":"5","zz":1`), []string{
			`/parts/tags | tags is an integer, not a string: 5 | [5,"string"]`,
			`/priority | priority is a string, not an integer: "5" | ["5","integer"]`,
			`/zz | thing has no attribute "zz" in 1 | [1,null]`}},
		{in("1", `"states":["red","teal"]`), []string{`/states | states is an array, not a string | [["red","teal"],"string"]`}},
	} {
		var x sample.Thing
		if err := json.Unmarshal([]byte(test.text), &x); err != nil {
			t.Errorf("%s: %v", test.text, err)
			continue
		}
		if diff := cmp.Diff(test.want, shown(x.Check())); diff != "" {
			t.Errorf("%s\n(-want +got)\n%s", test.text, diff)
		}
	}
}

// TestCheckBuilt: models that a program built, with what no document gives, are
// judged too.
func TestCheckBuilt(t *testing.T) {
	meta := &sample.Meta{Version: new("1")}
	loop := &sample.Closed{A: new("x")}
	loop.Sub = loop
	deep := strings.Repeat("/sub", 9_000)
	for _, test := range []struct {
		name string
		x    *sample.Thing
		want string
	}{
		{"raw members that are not JSON", &sample.Thing{Meta: meta, Extra: map[string]json.RawMessage{"number": nil}},
			"/number | number is empty, not an integer | [null,\"integer\"]"},
		{"an object that is none", &sample.Thing{Meta: meta, Extra: map[string]json.RawMessage{"child": json.RawMessage(`{"a":}`)}},
			"/child | malformed"},
		{"several values where the version has one", &sample.Thing{Meta: meta, States: []sample.Color{"red", "teal"}},
			`/states | states is a single value in 1, not an array | [["red","teal"],"string"]`},
		{"a value that contains itself", &sample.Thing{Meta: meta, Child: loop}, "/child" + deep},
	} {
		list := shown(test.x.Check())
		if len(list) != 1 || !strings.HasPrefix(list[0], test.want) {
			t.Errorf("%s: %.300q, want %.100q", test.name, list, test.want)
		}
	}
}
