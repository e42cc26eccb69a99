package mozdef

import (
	"encoding/json"
	"testing"
)

func TestPythonText(t *testing.T) {
	for raw, want := range map[string]string{
		`"a\"b"`: `a"b`, `null`: "None", `true`: "True", `false`: "False",
		`0`: "0", `-0`: "0", `-7`: "-7", `123456789012345678901234567890`: "123456789012345678901234567890",
		`1.0`: "1.0", `1e2`: "100.0", `-0.0`: "-0.0", `1e15`: "1000000000000000.0", `1e16`: "1e+16", `1.5e300`: "1.5e+300",
		`0.0001`: "0.0001", `0.00001`: "1e-05", `1e999`: "inf", `-1e999`: "-inf", `0.1`: "0.1",
		`[]`: "[]", `{}`: "{}", `[1,"a",null,[true]]`: "[1, 'a', None, [True]]",
		`{"a":1,"b":{"c":"d"},"a":2}`: "{'a': 2, 'b': {'c': 'd'}}",
		`["it's"]`:                    `["it's"]`, `["it's \"so\""]`: `['it\'s "so"']`, `["a\\b\n\r\t"]`: `['a\\b\n\r\t']`,
		`["é\u007f\u00ad\u200b\u2028"]`: `['é\x7f\xad\u200b\u2028']`, `["😀\udb40\udc01"]`: `['😀\U000e0001']`,
	} {
		if got := pythonText(json.RawMessage(raw)); got != want {
			t.Errorf("%s is %s, want %s", raw, got, want)
		}
	}
}

func TestDetailValue(t *testing.T) {
	for name, values := range map[string]map[string]string{ // "" for none
		"n_int": {
			`"12"`: "12", `" -7 "`: "-7", `"+4"`: "4", `"007"`: "7", `"1_000"`: "1000", `"-0"`: "0", `12`: "12", `1.9`: "1", `-1.9`: "-1",
			`1e20`: "100000000000000000000", `true`: "1", `false`: "0",
			`""`: "", `"1.5"`: "", `"--1"`: "", `"1__0"`: "", `"_1"`: "", `"x"`: "", `null`: "", `[]`: "", `{}`: "", `1e999`: "",
		},
		"x_float": {
			`"1.5"`: "1.5", `" 1e3 "`: "1000.0", `"1_0.5"`: "10.5", `7`: "7.0", `1e2`: "100.0", `true`: "1.0", `false`: "0.0", `1e300`: "1e+300",
			`""`: "", `"x"`: "", `"0x10"`: "", `"1_"`: "", `"nan"`: "", `"inf"`: "", `"1e999"`: "", `1e999`: "", `null`: "", `[1]`: "",
		},
		"name": {`"1.5"`: `"1.5"`, `1.50`: `"1.5"`, `null`: `"None"`, `{"a":[]}`: `"{'a': []}"`},
	} {
		for raw, want := range values {
			got, ok := detailValue(name, json.RawMessage(raw))
			if ok != (want != "") || ok && string(got) != want {
				t.Errorf("%s of %s is %s, %t; want %s", name, raw, got, ok, want)
			}
		}
	}
}
