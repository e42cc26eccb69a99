package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel/internal/jsonequal"
)

// TestMain makes the test binary a worker where it is started as one.
func TestMain(m *testing.M) {
	if os.Getenv(workerVariable) != "" {
		if err := work(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

var update = flag.Bool("update", false, "write the golden files anew")

// TestPlan checks that every peer does with our own documents what secmodel
// does, or is left out for a reason that is known.
func TestPlan(t *testing.T) {
	documents, err := load("..")
	if err != nil {
		t.Fatal(err)
	}
	measured := map[string]bool{}
	var failures []failure
	for _, part := range parts() {
		p, err := makePlan(documents, part)
		if err != nil {
			t.Fatal(err)
		}
		failures = append(failures, p.failures...)
		for _, c := range p.candidates {
			measured[c.Peer+"/"+c.Document+"/"+string(c.Order)] = true
			if err := c.with(func() error { return c.run(0) }); err != nil {
				t.Errorf("%v: %v", c.key, err)
			}
		}
	}
	for _, d := range documents {
		for _, o := range []order{schema, shuffled} {
			for _, peer := range []string{ours, oursReused, oursUnserialize, encodingJSON.name, experiment.name, sonicLibrary.name, goccy.name, validJSON.name} {
				if name := peer + "/" + d.name + "/" + string(o); !measured[name] {
					i := slices.IndexFunc(failures, func(f failure) bool { return f.Peer == peer && f.Document == d.name && f.Order == o })
					t.Errorf("%s is not measured: %+v", name, failures[max(i, 0):i+1])
				}
			}
		}
	}
}

// TestTry checks that a peer that gets something wrong is found out.
func TestTry(t *testing.T) {
	sample := text{&event, []byte(`{"timestamp":"2026-03-09T08:14:55+00:00","summary":"a","tags":["b"]}`)}
	for _, test := range []struct {
		name    string
		library library
		err     string
		loss    string
	}{
		{"right", encodingJSON, "", ""},
		{"cannot decode", library{unmarshal: func([]byte, any) error { return io.ErrUnexpectedEOF }}, "cannot decode it: unexpected EOF", ""},
		{"decodes nothing", library{unmarshal: func([]byte, any) error { return nil }, marshal: json.Marshal}, "decodes other values than secmodel", ""},
		{"cannot encode", library{unmarshal: json.Unmarshal, marshal: func(any) ([]byte, error) { return nil, io.ErrShortWrite }}, "cannot encode it: short write", ""},
		{"writes nothing", library{unmarshal: json.Unmarshal, marshal: func(any) ([]byte, error) { return []byte("{}"), nil }}, "writes other JSON than it has read", ""},
		{"writes nothing into a buffer", library{unmarshal: json.Unmarshal, marshal: json.Marshal, writer: func() func(any) ([]byte, error) {
			return func(any) ([]byte, error) { return []byte("{}"), nil }
		}}, "writes other JSON into a buffer", ""},
		{"no type", library{new: func(*class) (any, string) { return nil, "no such class" }}, "no such class", ""},
		{"own type, less in it", library{
			new:       func(*class) (any, string) { return new(struct{ Summary string }), "" },
			unmarshal: json.Unmarshal, marshal: json.Marshal,
		}, "", "loses a part of it"},
	} {
		loss, err := test.library.try(sample, true)
		if got := errorText(err); !strings.HasPrefix(got, test.err) || (test.err == "") != (got == "") {
			t.Errorf("%s: error %q, want %q", test.name, got, test.err)
		}
		if !strings.HasPrefix(loss, test.loss) || (test.loss == "") != (loss == "") {
			t.Errorf("%s: loss %q, want %q", test.name, loss, test.loss)
		}
	}
}

// TestReused checks that a peer for which it matters what a struct was used for is
// found out, and that those we have do it right.
func TestReused(t *testing.T) {
	one := text{&event, []byte(`{"timestamp":"2026-03-09T08:14:55+00:00","summary":"a","tags":["b"]}`)}
	two := text{&event, []byte(`{"timestamp":"2026-03-09T08:14:55+00:00","tags":["b"]}`)}
	for _, test := range []struct {
		texts      []text
		candidates int
		why        string
	}{
		{[]text{one, one}, 0, singlesOnly},
		{[]text{one}, 1, ""},
	} {
		var p plan
		p.reused(&document{texts: test.texts, shuffled: test.texts}, schema, &encodingJSON)
		if len(p.candidates) != test.candidates || test.why != "" && p.failures[0].Why != test.why {
			t.Errorf("%d texts: %+v", len(test.texts), p)
		}
	}
	var p plan
	p.reused(&document{texts: []text{one}, shuffled: []text{one, two}}, shuffled, &encodingJSON)
	if len(p.candidates) != 0 || p.failures[0].Why != "decodes other values than into a fresh struct" {
		t.Errorf("with another document: %+v", p)
	}
	documents, err := load("..")
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range []library{encodingJSON, experiment, sonicLibrary, goccy} {
		for _, d := range documents[:4] {
			for _, o := range []order{schema, shuffled} {
				var p plan
				if p.reused(&d, o, &l); len(p.candidates) != 1 {
					t.Errorf("%s, %s: %+v", l.name, d.name, p.failures)
				}
			}
		}
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestShuffle(t *testing.T) {
	const data = `{"a":1,"b":{"c":[{"d":"é\"","e":null},2.50,[]],"f":{}},"g":true,"h":"x","i":-1}`
	orders := map[string]bool{}
	for n := range uint64(20) {
		out := shuffle([]byte(data), rand.New(rand.NewPCG(1, n)))
		if err := jsonequal.Equal([]byte(data), out, false); err != nil {
			t.Fatalf("%s: %v", out, err)
		}
		if again := shuffle([]byte(data), rand.New(rand.NewPCG(1, n))); !bytes.Equal(out, again) {
			t.Fatalf("the same seed gives %s and %s", out, again)
		}
		orders[string(out)] = true
	}
	if len(orders) < 15 {
		t.Errorf("20 shuffles gave %d orders", len(orders))
	}
}

func TestQuartiles(t *testing.T) {
	for _, test := range []struct {
		values []float64
		want   spread
	}{
		{[]float64{7}, spread{7, 7, 7}},
		{[]float64{4, 1, 3, 2, 5}, spread{3, 2, 4}},
		{[]float64{1, 2}, spread{1.5, 1.25, 1.75}},
	} {
		if diff := cmp.Diff(test.want, quartiles(test.values)); diff != "" {
			t.Errorf("%v: %s", test.values, diff)
		}
	}
	if !math.IsNaN(quartiles(nil).Median) {
		t.Error("there is a median of nothing")
	}
	if diff := cmp.Diff(spread{2, 2, 2}, paired([]float64{2, 8, 20}, []float64{1, 4, 10})); diff != "" {
		t.Error(diff)
	}
}

func TestNumbers(t *testing.T) {
	got := []string{
		number(0.0123), number(0.5), number(0.999), number(1.06), number(9.96), number(123.4),
		duration(12.3), duration(994.9), duration(1234), duration(2.5e6),
		bytesOf(0), bytesOf(12), bytesOf(1234), bytesOf(20e6), megabytes(2_161_234),
	}
	want := []string{
		"0.012", "0.50", "1.0", "1.1", "10", "123",
		"12 ns", "995 ns", "1.2 µs", "2.5 ms",
		"0", "12 B", "1.2 kB", "20 MB", "2.16",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestReplaceSection(t *testing.T) {
	got, err := replaceSection("a\n"+beginMark+"\nold\n"+endMark+"\nb\n", "new\n")
	if want := "a\n" + beginMark + "\n\nnew\n\n" + endMark + "\nb\n"; err != nil || got != want {
		t.Errorf("%q, %v; want %q", got, err, want)
	}
	again, err := replaceSection(got, "new\n")
	if err != nil || again != got {
		t.Errorf("a second time: %q, %v", again, err)
	}
	for _, content := range []string{"", beginMark, endMark + beginMark} {
		if _, err := replaceSection(content, "x"); err == nil {
			t.Errorf("%q has no section, and one was replaced", content)
		}
	}
	name := filepath.Join(t.TempDir(), "README.md")
	if err := os.WriteFile(name, []byte("no markers"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := writeSection(name, "x"); err == nil || !strings.Contains(err.Error(), name) {
		t.Errorf("the error %v does not name the file", err)
	}
}

func TestParseSizes(t *testing.T) {
	const out = "bytes, and stripped:\n  empty 2200000 1400000\n  json 3000000 2000000\n  ocsf 4300000 3100000\ncold build of package ocsf:\n\nreal\t0m2.750s\nuser\t0m3.1s\nsys\t0m0.2s\n"
	got, err := parseSizes([]byte(out))
	if err != nil {
		t.Fatal(err)
	}
	want := &sizes{Empty: []int{2200000, 1400000}, JSON: []int{3000000, 2000000}, One: []int{4300000, 3100000}, Build: 2.75}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, part := range []string{"empty", "json", "ocsf 4", "real"} {
		if _, err := parseSizes([]byte(strings.Replace(out, part, "", 1))); err == nil {
			t.Errorf("without %q it was still read", part)
		}
	}
}

// TestGrown checks that documents of all sizes are valid, and about as large as
// is wanted.
func TestGrown(t *testing.T) {
	for _, size := range scaleSizes[:5] {
		e, err := grown(size)
		if err != nil {
			t.Fatal(size, err)
		}
		data, err := e.AppendJSON(nil)
		if err != nil {
			t.Fatal(size, err)
		}
		if off := float64(len(data)-size) / float64(size); off < -0.15 || off > 0.25 {
			t.Errorf("%d bytes were wanted, and it is %d", size, len(data))
		}
	}
}

func TestLines(t *testing.T) {
	texts := []text{{nil, []byte("one")}, {nil, []byte("three")}}
	data, err := io.ReadAll(&lines{texts: texts, left: 11})
	if want := "one\nthree\none\n"; err != nil || string(data) != want {
		t.Errorf("%q, %v; want %q", data, err, want)
	}
}

func TestMeasure(t *testing.T) {
	calls := map[string][]int{}
	counting := func(peer string) candidate {
		return candidate{key: key{decode, "d", schema, peer}, texts: 3, run: func(i int) error {
			calls[peer] = append(calls[peer], i)
			sink = make([]byte, 1000)
			return nil
		}}
	}
	one, two := counting("a"), counting("b")
	results, err := measure([]listed{{one.key, ""}, {two.key, "half of it"}}, []runner{&one, &two}, 3, time.Millisecond, func(int) {})
	if err != nil || len(results) != 2 || results[1].Lossy != "half of it" {
		t.Fatal(results, err)
	}
	for _, r := range results {
		if len(r.Nanoseconds) != 3 || r.Bytes < 1000 || r.Allocations < 1 || r.Allocations > 3 {
			t.Errorf("%+v", r)
		}
		if slices.Max(calls[r.Peer]) < 2 {
			t.Error("some texts were never read")
		}
	}
	failing := counting("c")
	failing.run = func(int) error { return io.ErrNoProgress }
	if _, err := measure([]listed{{failing.key, ""}}, []runner{&failing}, 1, time.Millisecond, func(int) {}); err == nil || !strings.Contains(err.Error(), "decode, d, schema order, c") {
		t.Errorf("the error %v does not say of what", err)
	}
}

var sink []byte

// TestRun runs the command on one document.
func TestRun(t *testing.T) {
	var out bytes.Buffer
	s := settings{rounds: 2, each: 100 * time.Microsecond, short: true, filter: "/auth/schema/(secmodel|encoding)", json: true}
	if err := run(s, &out, io.Discard); err != nil {
		t.Fatal(err)
	}
	var r report
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		t.Fatal(err)
	}
	if len(r.Results) < 10 || len(r.Results[0].Nanoseconds) != 2 || r.Results[0].Document != "auth" || !r.Partial {
		t.Errorf("%d results, the first %+v", len(r.Results), r.Results[0])
	}
	readme := filepath.Join(t.TempDir(), "README.md")
	if err := os.WriteFile(readme, []byte("no markers"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []settings{{rounds: 0}, {rounds: 1, filter: "("}, {rounds: 1, readme: readme}, {rounds: 1, readme: readme, filter: "x"}, {rounds: 1, readme: readme, json: true}} {
		if err := run(bad, io.Discard, io.Discard); err == nil {
			t.Errorf("%+v was accepted", bad)
		}
	}
}

// TestMarkdown renders made-up figures, and compares with a golden file.
func TestMarkdown(t *testing.T) {
	r := report{
		Machine: machine{Go: "go1.26.8", Platform: "linux/amd64", Processor: "a processor", Processors: 2, Versions: map[string]string{"github.com/bytedance/sonic": "v1.2.3"}},
		Rounds:  3, Each: 20 * time.Millisecond, Clock: "processor time",
		Names: []string{"finding", "auth"}, Sizes: map[string]int{"finding": 5108, "auth": 812},
		Failures: []failure{
			{key{decode, "auth", schema, "slow"}, "cannot decode it: a_b | <c>"},
			{key{roundTrip, "auth", schema, "slow"}, "cannot decode it: a_b | <c>"},
		},
		Absent: map[string]string{"other": "is not there"},
		First:  []firstMessage{{ours, "idmef", []float64{0.1, 0.2, 0.3}}, {"sonic", "idmef", []float64{80, 90, 100}}},
		Scaling: []scaling{
			{200, 1, []float64{400}, []float64{800}}, {200, 2, []float64{790}, []float64{1590}},
			{2000, 1, []float64{500}, []float64{900}}, {2000, 2, []float64{990}, []float64{1790}},
		},
		Streams: []streaming{
			{parallelReader, 1, 1e6, 100, 8e6}, {parallelReader, 1, 4e6, 101, 9e6},
			{parallelReader, 2, 1e6, 150, 8e6}, {parallelReader, 2, 4e6, 151, 8e6},
			{reusingReader, 1, 1e6, 200, 8e6}, {reusingReader, 2, 1e6, 390, 8e6},
		},
		Size: &sizes{[]int{2_200_000, 1_400_000}, []int{3_000_000, 2_000_000}, []int{4_360_000, 3_150_000}, []int{5_000_000, 4_000_000}, 2.7},
	}
	add := func(op operation, d string, o order, peer, lossy string, ns ...float64) {
		r.Results = append(r.Results, result{key{op, d, o, peer}, ns, 1234, 5, lossy})
	}
	for _, d := range r.Names {
		for _, o := range []order{schema, shuffled} {
			add(decode, d, o, ours, "", 1000, 1100, 1200)
			add(decode, d, o, "sonic", "", 2500, 2750, 3600)
			add(check, d, o, ours, "", 1100, 1200, 1300)
			add(check, d, o, oursReused, "", 700, 800, 900)
			add(validate, d, o, ours, "", 900, 900, 900)
			add(validate, d, o, validJSON.name, "", 3600, 3600, 3600)
		}
	}
	add(decode, "finding", schema, "slow", "loses a part of it: /x", 9000, 9000, 9000)
	add(encode, "auth", schema, ours, "", 500, 500, 500)
	for name, got := range map[string]string{"report": r.markdown(), "section": r.section()} {
		golden := filepath.Join("testdata", name+".golden.md")
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Error(name, diff)
		}
		if m := regexp.MustCompile(`NaN|Inf|%!`).FindString(got); m != "" {
			t.Errorf("%s has %s", name, m)
		}
	}
	r.Large = []string{"finding"}
	if want := "finding are of third parties and not in this repository"; !strings.Contains(r.section(), want) {
		t.Errorf("the section does not say %q", want)
	}
}

// TestBars checks verdicts on both sides of a goal.
func TestBars(t *testing.T) {
	for _, test := range []struct {
		sonic   float64
		reached bool
	}{{2100, true}, {1900, false}} {
		r := report{Names: []string{"finding"}, Results: []result{
			{key: key{decode, "finding", schema, "sonic"}, Nanoseconds: []float64{test.sonic}},
			{key: key{check, "finding", schema, ours}, Nanoseconds: []float64{1000}},
		}}
		bars := r.bars()
		if bars[0].reached != test.reached || bars[0].measured == "" {
			t.Errorf("%v: %+v", test.sonic, bars[0])
		}
		if bars[1].measured != "" || bars[1].reached {
			t.Errorf("what was not measured is %+v", bars[1])
		}
	}
}
