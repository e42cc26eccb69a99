package wire_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/wire"
	"github.com/secmodel/secmodel/wire/internal/sample"
)

// allocated returns how many bytes f allocates.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// TestCloneOutlivesReuse clones a message whose memory is given to the next one.
func TestCloneOutlivesReuse(t *testing.T) {
	d := wire.Decoder{Reuse: true}
	var x sample.Thing
	text := `{"meta":{"version":"1"},"text":"aaaaaaaa","any":{"k":"v"},"pid":"bb","texts":["cccc",""],"anys":["dd"],"pids":["ee"],"children":[{"a":"ff"}],"zz":["gg"]}`
	if err := d.Decode(&x, []byte(text)); err != nil {
		t.Fatal(err)
	}
	c := x.Clone()
	if err := d.Decode(&x, []byte(`{"text":"`+strings.Repeat("#", len(text)/2)+`"}`)); err != nil {
		t.Fatal(err)
	}
	out, err := c.AppendJSON(nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := jsontest.Equal([]byte(text), out, true); err != nil {
		t.Errorf("the clone became %s: %v", out, err)
	}
}

// TestDeepRawByHand writes and checks messages with raw values that are nested
// far more deeply than any document may be: which must not exhaust the stack.
func TestDeepRawByHand(t *testing.T) {
	const levels = 4 << 20
	deep := json.RawMessage(strings.Repeat("[", levels) + strings.Repeat("]", levels))
	for name, x := range map[string]*sample.Thing{
		"unknown":   {Extra: map[string]json.RawMessage{"zz": deep}},
		"list":      {Extra: map[string]json.RawMessage{"texts": deep}},
		"objects":   {Extra: map[string]json.RawMessage{"children": json.RawMessage(`[{"zz":` + string(deep) + `},5]`)}},
		"attribute": {Any: deep},
	} {
		if _, err := x.AppendJSON(nil); err == nil {
			t.Errorf("%s: written", name)
		}
		if r := x.Check(); name != "attribute" && r.Valid() {
			t.Errorf("%s: valid", name)
		}
		for _, form := range forms {
			if _, err := form.Append(nil, x); err == nil {
				t.Errorf("%s: written as %s", name, form)
			}
		}
	}
}

// TestPointersOfLongNames asks for the pointers of many members within one whose
// name is long.
func TestPointersOfLongNames(t *testing.T) {
	const n = 1 << 20
	text := []byte(`{"` + strings.Repeat("n", n) + `":{"a":1` + strings.Repeat(`,"a":1`, 500) + `}}`)
	d := wire.Decoder{Duplicates: true}
	if err := d.Decode(new(sample.Thing), text); err != nil {
		t.Fatal(err)
	}
	var pointers []string
	used := allocated(func() { pointers = wire.PointerAt(text, d.Repeated) })
	if used > 64<<20 {
		t.Errorf("%d bytes for the pointers of %d members in %d bytes", used, len(d.Repeated), len(text))
	}
	if len(pointers) != 500 || len(pointers[0]) != n+3 {
		t.Errorf("%d pointers", len(pointers))
	}
	for _, s := range spellings {
		data := s.encode(t, string(text))
		d.Repeated = d.Repeated[:0]
		if err := s.form.Decode(&d, new(sample.Thing), data); err != nil {
			t.Fatal(err)
		}
		used := allocated(func() { pointers = s.form.PointerAt(data, d.Repeated) })
		if used > 64<<20 || len(pointers) != 500 || len(pointers[0]) != n+3 {
			t.Errorf("%+v: %d bytes for %d pointers", s, used, len(pointers))
		}
	}
}

// TestLocateLongNames looks for places in a document that has a long name with
// very many values behind it. Were the name read again for each of them, it would
// take an hour.
func TestLocateLongNames(t *testing.T) {
	const n = 4 << 20
	var text strings.Builder
	text.WriteString(`{"text":"x"`)
	for i := range 20 {
		fmt.Fprintf(&text, `,"unknown %d":1`, i)
	}
	text.WriteString(`,"` + strings.Repeat("n", n) + `":[` + strings.Repeat("1,", n) + `1]}`)
	data := []byte(text.String())
	var x sample.Thing
	if err := wire.UnmarshalJSON(&x, data); err != nil {
		t.Fatal(err)
	}
	r := x.Check()
	wire.Locate(data, r.Violations)
	for _, v := range r.Violations {
		if v.Code == secmodel.CodeUnknown && string(data[v.Offset+1:v.Offset+v.Length-1]) != v.Pointer[1:] {
			t.Errorf("%.20s is said to be at %d, %d bytes", v.Pointer, v.Offset, v.Length)
		}
	}
}

// TestLocateByWalk compares the places of pointers, those that lead nowhere
// included, with what a walk through all of the text finds.
func TestLocateByWalk(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	texts := append([]string{`{"":{"":[1,{"":2}],"/":{"~":3}},"a/b~c":[[],[4]],"a":{"b":1},"a":{"c":2}}`, ` [1,[2,{"k":"v"}]] `, `7`}, binaryTexts...)
	for _, text := range texts {
		data := []byte(text)
		all := map[string]wire.Place{}
		pointers := []string{"", "/", "//", "/nothing", "no pointer", "/0", "/~1"}
		wire.Walk(data, func([]byte, wire.Place) bool { return true }, func(pointer []byte, p wire.Place) {
			all[string(pointer)] = p
			pointers = append(pointers, string(pointer), string(pointer)+"/x", string(pointer)+"/0", string(pointer)+"/", string(pointer)+"x")
		})
		if len(all) == 0 {
			continue // no JSON
		}
		for range 20 {
			var got, want []secmodel.Violation
			for range 1 + random.IntN(20) {
				v := secmodel.Violation{Pointer: pointers[random.IntN(len(pointers))], Code: []string{secmodel.CodeUnknown, secmodel.CodePattern}[random.IntN(2)]}
				got = append(got, v)
				p := v.Pointer
				for _, ok := all[p]; !ok && p != ""; _, ok = all[p] {
					p = p[:max(strings.LastIndexByte(p, '/'), 0)]
				}
				at := all[p]
				v.Offset, v.Length = at.Value, at.ValueEnd-at.Value
				if v.Code == secmodel.CodeUnknown && at.NameEnd > 0 {
					v.Offset, v.Length = at.Name, at.NameEnd-at.Name
				}
				v.Line, v.Column = wire.LineColumn(data, v.Offset)
				want = append(want, v)
			}
			wire.Locate(data, got)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("%s (-walk +Locate)\n%s", text, diff)
			}
		}
	}
}
