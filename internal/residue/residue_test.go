package residue

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
)

func mustParse(t testing.TB, text string) map[string]any {
	t.Helper()
	doc, err := Parse([]byte(text))
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return doc
}

func TestDiff(t *testing.T) {
	for _, test := range []struct {
		name, was, is string
		want          []string // pointer, and what is to be there
	}{
		{"nothing", `{"a":1,"b":[{"c":null}]}`, `{"b":[{"c":null}],"a":1}`, nil},
		{"numbers as decimals", `{"a":1.50,"b":100,"c":-0,"d":0.1}`, `{"a":15e-1,"b":1E+2,"c":0.0,"d":0.1000}`, nil},
		{"numbers not rounded", `{"a":9007199254740993}`, `{"a":9007199254740992}`, []string{"/a 9007199254740992"}},
		{"beyond floats", `{"a":1e400}`, `{"a":1e401}`, []string{"/a 1e401"}},
		{"added, changed, removed", `{"a":1,"b":2}`, `{"b":3,"c":4}`, []string{"/a -", "/b 3", "/c 4"}},
		{"null is a value", `{"a":null}`, `{"b":null}`, []string{"/a -", "/b null"}},
		{"within objects", `{"a":{"b":{"c":1,"d":2}}}`, `{"a":{"b":{"c":1,"d":3}}}`, []string{"/a/b/d 3"}},
		{"objects by index", `{"a":[{"b":1},{"b":2}]}`, `{"a":[{"b":1},{"b":3}]}`, []string{"/a/1/b 3"}},
		{"objects added", `{"a":[{}]}`, `{"a":[{},{"b":1},{"b":2}]}`, []string{`/a/1 {"b":1}`, `/a/2 {"b":2}`}},
		{"objects removed", `{"a":[{},{},{"x":1}]}`, `{"a":[{}]}`, []string{"/a/1 -", "/a/2 -"}},
		{"scalars as a whole", `{"a":[1,2]}`, `{"a":[1,2,3]}`, []string{"/a [1,2,3]"}},
		{"mixed as a whole", `{"a":[{"b":1},2]}`, `{"a":[{"b":2},2]}`, []string{`/a [{"b":2},2]`}},
		{"from empty", `{"a":[]}`, `{"a":[{"b":1}]}`, []string{`/a/0 {"b":1}`}},
		{"types", `{"a":{},"b":[],"c":""}`, `{"a":[],"b":{},"c":0}`, []string{"/a []", "/b {}", "/c 0"}},
		{"names", `{}`, `{"a/b":1,"~":2,"":3}`, []string{"/ 3", "/a~1b 1", "/~0 2"}},
		{"eleven", `{"a":[{},{},{},{},{},{},{},{},{},{}]}`, `{"a":[{},{},{"x":0},{},{},{},{},{},{},{},{}]}`, []string{"/a/2/x 0", "/a/10 {}"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			r, err := Diff([]byte(test.was), []byte(test.is))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, e := range r.Entries {
				text := "-"
				if !e.Gone {
					text = string(Text(e.Is))
				}
				got = append(got, e.Pointer+" "+text)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
			law(t, []byte(test.was), []byte(test.is))
			law(t, []byte(test.is), []byte(test.was))
		})
	}
}

// law checks that what Diff finds, Apply makes, by way of each carrier too.
func law(t testing.TB, was, is []byte) {
	t.Helper()
	r, err := Diff(was, is)
	if err != nil {
		t.Fatal(err)
	}
	want := Canonical(mustParse(t, string(is)))
	carrier := Carrier{Format: "ocsf", Crosswalk: "test/1", From: "a", To: "b", Residue: r}
	text := carrier.Text()
	opened, complete, err := OpenText(text, "ocsf")
	if err != nil || !complete {
		t.Fatalf("%s: %v, complete is %v", text, err, complete)
	}
	if opened.From != "a" || opened.To != "b" || opened.Crosswalk != "test/1" || opened.Text() != text {
		t.Errorf("opened, %s\nbecomes %s", text, opened.Text())
	}
	for _, r := range []Residue{r, opened.Residue} {
		got, changes, err := Apply(was, r)
		if err != nil || len(changes) > 0 {
			t.Fatalf("%s + %s: %v %v", was, text, err, changes)
		}
		if g := Canonical(mustParse(t, string(got))); !bytes.Equal(g, want) {
			t.Fatalf("%s + %s\n is %s\nnot %s", was, text, g, want)
		}
	}
	if again, _ := Diff(is, is); len(again.Entries) > 0 {
		t.Errorf("%s differs from itself: %v", is, again)
	}
}

func TestNoDocument(t *testing.T) {
	for _, bad := range []string{"", "[]", "1", "null", "{", `{} {}`, `{"a":01}`} {
		if _, err := Diff([]byte(bad), []byte("{}")); !errors.Is(err, ErrDocument) {
			t.Errorf("%q: %v", bad, err)
		}
		if _, err := Diff([]byte("{}"), []byte(bad)); !errors.Is(err, ErrDocument) {
			t.Errorf("%q: %v", bad, err)
		}
		if _, _, err := Apply([]byte(bad), Residue{}); !errors.Is(err, ErrDocument) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// TestEdits changes a document between Diff and Apply: the edit stays.
func TestEdits(t *testing.T) {
	const was = `{"a":1,"b":{"c":"x","gone":true},"d":[{"e":1},{"e":2}]}`
	const is = `{"a":2,"b":{"c":"y"},"d":[{"e":1},{"e":3},{"e":4}],"new":[1]}`
	r, err := Diff([]byte(was), []byte(is))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ name, edited, want, changes string }{
		{"none", was, is, ""},
		{"elsewhere", `{"z":0,"a":1,"b":{"c":"x","gone":true},"d":[{"e":1,"f":0},{"e":2}]}`,
			`{"z":0,"a":2,"b":{"c":"y"},"d":[{"e":1,"f":0},{"e":3},{"e":4}],"new":[1]}`, ""},
		{"value", `{"a":7,"b":{"c":"x","gone":true},"d":[{"e":1},{"e":2}]}`,
			`{"a":7,"b":{"c":"y"},"d":[{"e":1},{"e":3},{"e":4}],"new":[1]}`, "residue_superseded /a 2"},
		{"to what it was to be", `{"a":2,"b":{"c":"x","gone":true},"d":[{"e":1},{"e":2}]}`,
			is, "residue_superseded /a 2"},
		{"removed", `{"b":{"c":"x","gone":true},"d":[{"e":1},{"e":2}]}`,
			`{"b":{"c":"y"},"d":[{"e":1},{"e":3},{"e":4}],"new":[1]}`, "residue_superseded /a 2"},
		{"what was to go", `{"a":1,"b":{"c":"x","gone":false},"d":[{"e":1},{"e":2}]}`,
			`{"a":2,"b":{"c":"y","gone":false},"d":[{"e":1},{"e":3},{"e":4}],"new":[1]}`, "residue_superseded /b/gone "},
		{"added", `{"a":1,"b":{"c":"x","gone":true},"d":[{"e":1},{"e":2}],"new":"mine"}`,
			`{"a":2,"b":{"c":"y"},"d":[{"e":1},{"e":3},{"e":4}],"new":"mine"}`, "residue_superseded /new [1]"},
		{"element added", `{"a":1,"b":{"c":"x","gone":true},"d":[{"e":1},{"e":2},{"e":9}]}`,
			`{"a":2,"b":{"c":"y"},"d":[{"e":1},{"e":3},{"e":9}],"new":[1]}`, `residue_superseded /d/2 {"e":4}`},
		{"parent removed", `{"a":1,"d":[{"e":1},{"e":2}]}`,
			`{"a":2,"d":[{"e":1},{"e":3},{"e":4}],"new":[1]}`, `residue_orphaned /b/c "y"; residue_orphaned /b/gone `},
		{"parent no object", `{"a":1,"b":"text","d":[{"e":1},{"e":2}]}`,
			`{"a":2,"b":"text","d":[{"e":1},{"e":3},{"e":4}],"new":[1]}`, `residue_orphaned /b/c "y"; residue_orphaned /b/gone `},
		{"elements removed", `{"a":1,"b":{"c":"x","gone":true},"d":[]}`,
			`{"a":2,"b":{"c":"y"},"d":[],"new":[1]}`, `residue_orphaned /d/1/e 3; residue_orphaned /d/2 {"e":4}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, changes, err := Apply([]byte(test.edited), r)
			if err != nil {
				t.Fatal(err)
			}
			if want := Text(mustParse(t, test.want)); string(got) != string(want) {
				t.Errorf("%s\nwant %s", got, want)
			}
			var list []string
			for _, c := range changes {
				if c.Severity != secmodel.Error {
					t.Errorf("%v is no error", c)
				}
				list = append(list, fmt.Sprintf("%s %s %s", c.Code, c.Pointer, c.Value))
			}
			if s := strings.Join(list, "; "); s != test.changes {
				t.Errorf("%s\nwant %s", s, test.changes)
			}
		})
	}
}

// TestForged applies residues that Diff did not make.
func TestForged(t *testing.T) {
	const doc = `{"a":[{"b":1}]}`
	one := Digest(json.Number("1"))
	for _, e := range []Entry{
		{Pointer: "", Is: "x"}, {Pointer: "a", Is: "x"}, {Pointer: "/a/-", Is: "x"}, {Pointer: "/a/00/b", Was: one, Is: "x"},
		{Pointer: "/a/5", Is: "x"}, {Pointer: "/a/-1", Is: "x"}, {Pointer: "/a/1/b", Is: "x"}, {Pointer: "/a/0/b/c", Is: "x"},
		{Pointer: "/a/99999999999999999999", Is: "x"}, {Pointer: "", Gone: true}, {Pointer: "/x", Was: one, Gone: true},
		{Pointer: "/x", Gone: true, Was: "no digest"},
	} {
		got, changes, err := Apply([]byte(doc), Residue{Entries: []Entry{e}})
		if err != nil || string(got) != doc || len(changes) != 1 {
			t.Errorf("%+v: %s %v %v", e, got, changes, err)
		}
	}
	nested := Residue{Entries: []Entry{{Pointer: "/x", Is: map[string]any{}}, {Pointer: "/x/y", Is: "z"}}}
	got, changes, err := Apply([]byte(doc), nested)
	if err != nil || string(got) != `{"a":[{"b":1}],"x":{"y":"z"}}` || len(changes) > 0 {
		t.Errorf("%s %v %v", got, changes, err)
	}
	if len(nested.Entries[0].Is.(map[string]any)) > 0 {
		t.Error("the document shares memory with the residue")
	}
}

// TestMany: time grows with the residue, not with its square. What does not hold
// here does not come to an end.
func TestMany(t *testing.T) {
	const many = 100_000
	list := make([]any, 2*many)
	gone, was := make([]any, 0, 2*many), map[string]any{}
	for i := range list {
		list[i] = json.Number("1")
	}
	for i := range many {
		pointer := "/list/" + strconv.Itoa(i)
		gone = append(gone, pointer, "/list")
		was[pointer] = Digest(json.Number("1"))
	}
	was["/list"] = "another"
	c, complete, err := Open(map[string]any{"x": nil, "secmodel": map[string]any{"crosswalk": "y", "gone": gone, "was": was, "n": json.Number(strconv.Itoa(2 * many))}}, "x")
	if err != nil || complete || len(c.Residue.Entries) != many+1 {
		t.Fatalf("%v, complete is %v, %d entries", err, complete, len(c.Residue.Entries))
	}
	doc := map[string]any{"list": list}
	if changes := c.Residue.ApplyTo(doc); len(changes) != 1 || len(doc["list"].([]any)) != many {
		t.Errorf("%d changes, %d elements left", len(changes), len(doc["list"].([]any)))
	}
	if a, b := decimal("1e"+strings.Repeat("9", 40*many)), decimal("10e"+strings.Repeat("9", 40*many-1)+"8"); a != b {
		t.Error("equal numbers differ")
	}
}

func TestCarrierLoss(t *testing.T) {
	r, err := Diff([]byte(`{"a":1,"b":2}`), []byte(`{"b":3,"c":4}`))
	if err != nil {
		t.Fatal(err)
	}
	c := Carrier{Format: "ocsf", Crosswalk: "x/1", Residue: r}
	const want = `{"ocsf":{"/b":3,"/c":4},"secmodel":{"crosswalk":"x/1","gone":["/a"],"n":3,"was":{"/a":"af63ac4c86019afc","/b":"af63af4c8601a015"}}}`
	if got := c.Text(); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	for _, lossy := range []string{
		strings.Replace(want, `"/c":4`, ``, 1), strings.Replace(want, `["/a"]`, `[]`, 1), strings.Replace(want, `"n":3`, `"n":"3"`, 1),
		strings.Replace(want, `{"/b":3,"/c":4}`, `null`, 1),
	} {
		lossy = strings.Replace(lossy, ",}", "}", 1)
		if _, complete, err := OpenText(lossy, "ocsf"); err != nil || complete {
			t.Errorf("%s: %v, complete is %v", lossy, err, complete)
		}
	}
	for _, none := range []string{"", "{}", "[]", `{"secmodel":{}}`, `{"secmodel":{"crosswalk":1}}`, `{"secmodel":"x"}`} {
		if _, _, err := OpenText(none, "ocsf"); !errors.Is(err, ErrCarrier) {
			t.Errorf("%s: %v", none, err)
		}
	}
	members := map[string]any{"other": 1}
	for name, v := range c.Members() {
		members[name] = v
	}
	if Take(members, "ocsf"); len(members) != 1 {
		t.Error("not all was taken", members)
	}
	if !c.Of("x/2") || c.Of("xx/1") || c.Of("") {
		t.Error("the tables are not told apart")
	}
	// What is forged counts once, however it is spelled and however often.
	const forged = `{"ocsf":{"/a~~b":1,"/a~0~0b":2,"a":3},"secmodel":{"crosswalk":"x/1","gone":["/c","/c","/a~0~0b","/~2"],"n":8}}`
	got, complete, err := OpenText(forged, "ocsf")
	want2 := []Entry{{Pointer: "/a~0~0b", Is: json.Number("2")}, {Pointer: "/c", Gone: true}}
	if diff := cmp.Diff(want2, got.Residue.Entries); err != nil || complete || diff != "" {
		t.Errorf("%v, complete is %v\n%s", err, complete, diff)
	}
	a := c.Attachment("ocsfResidue")
	if a["Content"] != want || a["Size"] != json.Number(strconv.Itoa(len(want))) || a["Name"] != "ocsfResidue" ||
		a["ContentType"] != "application/json" || a["ContentEncoding"] != "json" {
		t.Error(a)
	}
}

func TestDecimal(t *testing.T) {
	for want, same := range map[string][]string{
		"0":                       {"0", "-0", "0.0", "0e5", "-0.00E-7"},
		"1":                       {"1", "1.0", "10e-1", "0.1e1", "1e0", "1E+00", "1e-0"},
		"-15e-1":                  {"-1.5", "-15e-1", "-0.15e+1", "-1.50"},
		"1e2":                     {"100", "1e2", "1E+002", "0.1e3"},
		"123e-5":                  {"0.00123", "1.23e-3"},
		"1e99999999999999999999":  {"1e99999999999999999999", "10e99999999999999999998"},
		"1e-99999999999999999999": {"1e-99999999999999999999", "0.1e-99999999999999999998", "10e-100000000000000000000", "0.01e-0099999999999999999997"},
		"1e100000000000000000000": {"1e100000000000000000000", "0.1e100000000000000000001", "10e99999999999999999999", "1000e+99999999999999999997"},
		"1e999999999999999999":    {"1e999999999999999999", "0.1e1000000000000000000", "0.001e1000000000000000002"},
		"1e-999999999999999999":   {"1e-999999999999999999", "10e-1000000000000000000"},
		"1e1000000000000000000":   {"1e1000000000000000000", "10e999999999999999999"},
	} {
		for _, number := range same {
			if got := decimal(number); got != want {
				t.Errorf("%s: %s, want %s", number, got, want)
			}
		}
	}
}

func TestText(t *testing.T) {
	const text = `{"a":"\u0001\b\f\n\r\t\"\\/<>&é\u2028😀","b":[1.50,-0,1E5,true,false,null,{},[]]}`
	const want = `{"a":"\u0001\u0008\u000c\n\r\t\"\\/<>&é` + "\u2028" + `😀","b":[1.50,-0,1E5,true,false,null,{},[]]}`
	if got := string(Text(mustParse(t, text))); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	const canonical = `[15e-1,0,1e5,true,false,null,{},[]]`
	if got := string(Canonical(mustParse(t, text)["b"])); got != canonical {
		t.Errorf("%s\nwant %s", got, canonical)
	}
}

func TestCompare(t *testing.T) {
	order := []string{"", "/2", "/10", "/", "/a", "/a/0", "/a/2", "/a/10", "/a/x", "/a~1b", "/b", "/~0"}
	for i, a := range order {
		for j, b := range order {
			if got := Compare(a, b); got > 0 != (i > j) || got < 0 != (i < j) {
				t.Errorf("%q and %q: %d", a, b, got)
			}
		}
	}
}

func TestGetRemove(t *testing.T) {
	doc := mustParse(t, `{"a":[{"b":1},{"b":2}],"x/y":{"~":3}}`)
	for pointer, want := range map[string]string{"/a/1/b": "2", "/x~1y/~0": "3", "/a/0": `{"b":1}`, "": string(Text(doc))} {
		if v, ok := Get(doc, pointer); !ok || string(Text(v)) != want {
			t.Errorf("%s: %v %v", pointer, v, ok)
		}
	}
	for _, pointer := range []string{"x", "/z", "/a/2", "/a/01", "/a/x", "/a/0/b/c"} {
		if v, ok := Get(doc, pointer); ok {
			t.Errorf("%s: %v", pointer, v)
		}
		if remove(doc, pointer, map[string]int{}) {
			t.Errorf("%s was removed", pointer)
		}
	}
	holes := map[string]int{}
	if remove(doc, "", holes) || !remove(doc, "/a/0", holes) || remove(doc, "/a/0", holes) || !remove(doc, "/x~1y/~0", holes) || holes["/a"] != 1 {
		t.Error("not removed")
	}
	sweep(doc, true)
	if got := string(Text(doc)); got != `{"a":[{"b":2}],"x/y":{}}` {
		t.Error(got)
	}
	if parent, token := Parent("/a/b~1c"); parent != "/a" || token != "b/c" {
		t.Error(parent, token)
	}
	if parent, token := Parent(""); parent != "" || token != "" {
		t.Error(parent, token)
	}
}

// TestFit removes what a check objects to: here, every number, of which an object
// may not be without.
func TestFit(t *testing.T) {
	doc := mustParse(t, `{"keep":"x","list":[1,"y",2],"all":[3,4],"objects":[{"n":5},{"s":"z"},{"n":6,"m":7}],"fixed":8}`)
	check := func(doc map[string]any) (list []secmodel.Violation, err error) {
		var walk func(v any, tokens []string)
		walk = func(v any, tokens []string) {
			switch x := v.(type) {
			case map[string]any:
				for name, member := range x {
					walk(member, append(tokens[:len(tokens):len(tokens)], name))
				}
			case []any:
				for i, element := range x {
					walk(element, append(tokens[:len(tokens):len(tokens)], strconv.Itoa(i)))
				}
			case json.Number:
				list = append(list, secmodel.Violation{Pointer: Join(tokens...)})
			}
		}
		walk(doc, nil)
		return list, nil
	}
	rest, err := Fit(doc, check, func(v secmodel.Violation, left func(string, int) int) []string {
		if v.Pointer == "/fixed" {
			return nil
		}
		if want := map[string]int{"/list/0": 2, "/list/2": 3}[v.Pointer]; want > 0 && left("/list", 3) != want {
			t.Errorf("%d left of the list at %s", left("/list", 3), v.Pointer)
		}
		if parent, token := Parent(v.Pointer); token == "n" || token == "m" {
			return []string{parent} // the object goes as a whole, once
		}
		return []string{v.Pointer}
	})
	if err != nil || len(rest) != 1 || rest[0].Pointer != "/fixed" {
		t.Errorf("%v %v", rest, err)
	}
	if got := string(Text(doc)); got != `{"fixed":8,"keep":"x","list":["y"],"objects":[{"s":"z"}]}` {
		t.Error(got)
	}
	broken := errors.New("broken")
	if _, err := Fit(doc, func(map[string]any) ([]secmodel.Violation, error) { return nil, broken }, nil); err != broken {
		t.Error(err)
	}
}

func TestNotes(t *testing.T) {
	var none Notes
	none.Add(secmodel.ChangeApproximated, "/a", "/a", "on the way back nothing is noted")
	n := Notes{}
	n.Add(secmodel.ChangeApproximated, "/a", "/b", "one")
	n.Add(secmodel.ChangeApproximated, "/a", "/b", "one")
	n.Add(secmodel.ChangeApproximated, "/a", "/b", "two")
	n.Add(secmodel.ChangeApproximated, "/same", "/same", "comes back by itself")
	for i := range 3 * maxNotes {
		n.Add(secmodel.ChangeApproximated, "/many", "/many", strconv.Itoa(i))
	}
	if got := n["/many"].notes; len(got) != maxNotes+1 || got[maxNotes] != "and more" {
		t.Errorf("%q", got)
	}
	got := n.Changes(Residue{Entries: []Entry{{Pointer: "/a", Is: "x"}, {Pointer: "/c", Is: json.Number("1")}, {Pointer: "/d", Was: "0", Gone: true}}})
	want := []secmodel.Change{
		{Severity: secmodel.Warning, Code: secmodel.ChangeApproximated, Pointer: "/a", Target: "/b", Value: json.RawMessage(`"x"`), Note: "one; two"},
		{Severity: secmodel.Warning, Code: secmodel.ChangeCarried, Pointer: "/c", Value: json.RawMessage(`1`), Note: "the target has no place for it"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// random makes a JSON value; names and scalars are few, so that documents have
// much in common.
func random(r *rand.Rand, depth int) any {
	scalars := []any{nil, true, "", "x", "é\n", json.Number("0"), json.Number("1"), json.Number("1.0"), json.Number("1e2"),
		json.Number("9007199254740993"), json.Number("-0.1e400")}
	n := r.IntN(8)
	if depth == 0 {
		n = 0
	}
	switch {
	case n < 3:
		return scalars[r.IntN(len(scalars))]
	case n < 6:
		return randomObject(r, depth-1)
	}
	list := []any{}
	objects := r.IntN(3) > 0
	for range r.IntN(4) {
		if objects {
			list = append(list, randomObject(r, depth-1))
		} else {
			list = append(list, random(r, depth-1))
		}
	}
	return list
}

func randomObject(r *rand.Rand, depth int) map[string]any {
	object := map[string]any{}
	for range r.IntN(5) {
		object[[]string{"a", "b", "c", "0", "10", "x/y", "~", ""}[r.IntN(8)]] = random(r, depth)
	}
	return object
}

// TestLaw holds the law over random pairs of documents, and lets random edits
// win.
func TestLaw(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	edits := 0
	for range 3_000 {
		was, is, edited := randomObject(r, 4), randomObject(r, 4), map[string]any(nil)
		law(t, Text(was), Text(is))

		// Whatever Apply makes of any other document, what it does not report is
		// as it should be, and what it reports is as it was.
		edited = randomObject(r, 4)
		residue := Between(was, is)
		before := Copy(edited)
		skipped := map[string]bool{}
		for _, c := range residue.ApplyTo(edited) {
			edits++
			skipped[c.Pointer] = true
			a, inA := Get(before, c.Pointer)
			if _, token := Parent(c.Pointer); index(token) >= 0 {
				continue // elements may have moved up
			}
			if b, inB := Get(edited, c.Pointer); inA != inB || !equal(a, b) {
				t.Fatalf("%v, but %s became %s", c, Text(a), Text(b))
			}
		}
		for _, e := range residue.Entries {
			if skipped[e.Pointer] || e.Gone {
				continue
			}
			if v, ok := Get(edited, e.Pointer); !ok || !equal(v, e.Is) {
				t.Fatalf("%s is %s, not %s", e.Pointer, Text(v), Text(e.Is))
			}
		}
	}
	if edits == 0 {
		t.Error("no edit met the residue")
	}
}

func FuzzLaw(f *testing.F) {
	f.Add(`{"a":1,"b":[{"c":2}]}`, `{"b":[{"c":2.0},{}],"d":[1]}`)
	f.Add(`{"a":[{},1]}`, `{"a":[{}]}`)
	f.Add(`{"":{"0":[]}}`, `{"":{"0":[[]]}}`)
	f.Fuzz(func(t *testing.T, was, is string) {
		if _, err := Parse([]byte(was)); err != nil {
			return
		}
		if _, err := Parse([]byte(is)); err != nil {
			return
		}
		law(t, []byte(was), []byte(is))
	})
}

func FuzzOpen(f *testing.F) {
	f.Add(`{"a":1}`, `{"ocsf":{"/a":2,"/b":{"c":1},"/b/c":3},"secmodel":{"crosswalk":"x","gone":["/a","/a/0"],"n":3,"was":{"/a":"af63ac4c86019afc"}}}`)
	f.Fuzz(func(t *testing.T, doc, carrier string) {
		c, _, err := OpenText(carrier, "ocsf")
		if err != nil {
			return
		}
		first, changes, err := Apply([]byte(doc), c.Residue)
		second, again, _ := Apply([]byte(doc), c.Residue)
		if string(first) != string(second) || len(changes) != len(again) {
			t.Errorf("%s, then %s", first, second)
		}
		if err == nil && !json.Valid(first) {
			t.Errorf("%s is no JSON", first)
		}
	})
}
