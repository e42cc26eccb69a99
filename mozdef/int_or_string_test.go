package mozdef_test

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/mozdef"
)

func TestIntOrString(t *testing.T) {
	tests := []struct {
		v        mozdef.IntOrString
		json     string
		text     string
		number   int64
		isNumber bool
		isString bool
	}{
		{mozdef.Int(3380), `3380`, "3380", 3380, true, false},
		{mozdef.Int(math.MinInt64), `-9223372036854775808`, "-9223372036854775808", math.MinInt64, true, false},
		{mozdef.Text("3380"), `"3380"`, "3380", 3380, true, true},
		{mozdef.Text("-7"), `"-7"`, "-7", -7, true, true},
		{mozdef.Text(""), `""`, "", 0, false, true},
		{mozdef.Text("a<b>&c"), `"a<b>&c"`, "a<b>&c", 0, false, true},
		{mozdef.Text("tab\t\"q\" \\ é"), `"tab\t\"q\" \\ é"`, "tab\t\"q\" \\ é", 0, false, true},
		{mozdef.IntOrString(`"\u0031\u0032"`), `"\u0031\u0032"`, "12", 12, true, true},
		{mozdef.IntOrString("18446744073709551616"), "18446744073709551616", "18446744073709551616", 0, false, false},
	}
	for _, tt := range tests {
		data, err := json.Marshal(&mozdef.Event{ProcessID: &tt.v})
		if want := `{"processid":` + tt.json + `}`; err != nil || jsontest.Equal(data, []byte(want), false) != nil {
			t.Errorf("in an event: %s, %v; want %s", data, err, want)
		}
		if got := tt.v.String(); got != tt.text {
			t.Errorf("%s: String is %q, want %q", tt.json, got, tt.text)
		}
		if n, ok := tt.v.Int64(); n != tt.number && ok || ok != tt.isNumber {
			t.Errorf("%s: Int64 is %d, %t; want %d, %t", tt.json, n, ok, tt.number, tt.isNumber)
		}
		if got := tt.v.IsString(); got != tt.isString {
			t.Errorf("%s: IsString is %t", tt.json, got)
		}
		var back mozdef.Event
		if err := json.Unmarshal(data, &back); err != nil || back.ProcessID == nil || back.ProcessID.String() != tt.text {
			t.Errorf("%s: read back as %v, %v", data, back.ProcessID, err)
		}
	}
}

// TestIntOrStringAlone uses the type in a struct that is no model.
func TestIntOrStringAlone(t *testing.T) {
	type record struct{ ID mozdef.IntOrString }
	for _, text := range []string{`{"ID":12}`, `{"ID":"12"}`, `{"ID":-0}`, `{"ID":"\u00e9"}`} {
		var r record
		if err := json.Unmarshal([]byte(text), &r); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if out, err := json.Marshal(r); err != nil || string(out) != text {
			t.Errorf("%s became %s, %v", text, out, err)
		}
	}
	for _, text := range []string{`1.5`, `1e3`, `true`, `{}`, `[1]`} {
		var v mozdef.IntOrString
		if err := json.Unmarshal([]byte(text), &v); err == nil {
			t.Errorf("%s was read as %q", text, v)
		}
	}
	for _, bad := range []mozdef.IntOrString{"", "abc", `"`, `"a`, "1.5", "null", "01", "1 2"} {
		if out, err := json.Marshal(record{bad}); err == nil {
			t.Errorf("%q was written as %s", string(bad), out)
		}
		if out, err := (&mozdef.Event{ProcessID: &bad}).AppendJSON(nil); err == nil {
			t.Errorf("%q was written as %s in an event", string(bad), out)
		}
		_ = bad.String() // no panic, whatever it holds
	}
}
