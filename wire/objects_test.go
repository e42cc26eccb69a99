package wire_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/wire"
	"github.com/secmodel/secmodel/wire/internal/sample"
)

// TestLongLists reads lists that grow as they are read, of objects whose shape is
// judged only when the version is known, between texts of all lengths, by which
// the reader guesses how many there will be.
func TestLongLists(t *testing.T) {
	fresh, reused := new(wire.Decoder), &wire.Decoder{Reuse: true}
	kept := new(sample.Thing)
	for _, n := range []int{2, 63, 64, 65, 127, 129, 500, 513, 4000} {
		for _, before := range []int{0, 1000, 200_000} {
			for _, after := range []int{0, 1000, 200_000} {
				for _, version := range []string{"2", "3"} {
					text := longList(n, before, after, version)
					name := fmt.Sprintf("%d parts between %d and %d bytes in version %s", n, before, after, version)
					for _, d := range []*wire.Decoder{fresh, reused} {
						x := new(sample.Thing)
						if d.Reuse {
							x = kept
						}
						if err := d.Decode(x, []byte(text)); err != nil {
							t.Fatalf("%s: %v", name, err)
						}
						checkLongList(t, name, text, x, n)
					}
					for _, form := range forms {
						data, err := form.FromJSON(nil, []byte(text))
						if err != nil {
							t.Fatal(err)
						}
						x := new(sample.Thing)
						if err := form.Decode(new(wire.Decoder), x, data); err != nil {
							t.Fatalf("%s: %v", name, err)
						}
						checkLongList(t, name, text, x, n)
					}
				}
			}
		}
	}
}

// longList is the text of a message with n parts, every third of which has a
// single tag, which is an array since version 3.
func longList(n, before, after int, version string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `{"text":%q,"parts":[`, strings.Repeat("b", before))
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"name":"%d","tags":%s}`, i, [...]string{`"one"`, `["one"]`, `["one","two"]`}[i%3])
	}
	fmt.Fprintf(&b, `],"short":%q,"meta":{"version":%q}}`, strings.Repeat("a", after), version)
	return b.String()
}

func checkLongList(t *testing.T, name, text string, x *sample.Thing, n int) {
	t.Helper()
	if len(x.Parts) != n || cap(x.Parts) > 2*n {
		t.Fatalf("%s: %d parts, room for %d", name, len(x.Parts), cap(x.Parts))
	}
	single := x.Meta.Version != nil && *x.Meta.Version == "2"
	for i, p := range x.Parts {
		tags := [...]string{`"one"`, `["one"]`, ``}[i%3]
		switch want := fmt.Sprint(i); {
		case *p.Name != want:
			t.Fatalf("%s: part %d is called %s", name, i, *p.Name)
		case i%3 == 2 && !single && (len(p.Tags) != 2 || p.Extra != nil),
			i%3 == 1 && !single && (len(p.Tags) != 1 || p.Extra != nil),
			i%3 == 0 && !single && (p.Tags != nil || string(p.Extra["tags"]) != tags),
			i%3 == 0 && single && (len(p.Tags) != 1 || p.Extra != nil),
			i%3 == 1 && single && (p.Tags != nil || string(p.Extra["tags"]) != tags):
			t.Fatalf("%s: part %d has the tags %q and besides %q", name, i, p.Tags, p.Extra)
		}
	}
	out, err := x.AppendJSON(nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := jsontest.Equal([]byte(text), out, true); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// TestListsGrowInBounds reads and writes lists that turn out otherwise than their
// beginning promises. Neither may take much more memory than another list of as
// many elements, nor as many steps as elements.
func TestListsGrowInBounds(t *testing.T) {
	const n = 100_000
	long := `{"a":"` + strings.Repeat("x", 1<<14) + `"}`
	short := strings.Repeat(`,{"b":1}`, n)
	for name, c := range map[string]struct {
		text  string
		bytes int // at most
	}{
		"alike":           {`{"children":[{"b":1}` + short + `]}`, 8_000_000},
		"long then short": {`{"children":[` + strings.Repeat(long+",", 100) + `{"b":1}` + short + `]}`, 40_000_000},
		"much longer":     {`{"children":[` + strings.Repeat(`{"a":"`+strings.Repeat("x", 200_000)+`"},`, 64) + `{"b":1}` + short + `]}`, 80_000_000},
		"short then long": {`{"children":[{"b":1}` + short + strings.Repeat(","+long, 100) + `]}`, 14_000_000},
		"short then text": {`{"children":[{"b":1}` + short[:200*len(`,{"b":1}`)] + `],"removed":"` + strings.Repeat("x", 1<<21) + `"}`, 14_000_000},
	} {
		var x sample.Thing
		d := new(wire.Decoder)
		used := allocated(func() {
			if err := d.Decode(&x, []byte(c.text)); err != nil {
				t.Fatal(err)
			}
		})
		times := testing.AllocsPerRun(1, func() {
			if err := d.Decode(&x, []byte(c.text)); err != nil {
				t.Fatal(err)
			}
		})
		t.Logf("%s: %d bytes of text, %d read to, %.0f allocations", name, len(c.text), used, times)
		if used > uint64(c.bytes) || times > 100 {
			t.Errorf("%s: %d bytes in %.0f allocations", name, used, times)
		}
		if cap(x.Children) > 2*len(x.Children) {
			t.Errorf("%s: room for %d children of %d", name, cap(x.Children), len(x.Children))
		}
		var out []byte
		var err error
		used = allocated(func() { out, err = x.MarshalJSON() })
		t.Logf("%s: %d to write, room for %d", name, used, cap(out))
		if err != nil || string(out) != c.text {
			t.Fatalf("%s: written otherwise: %v", name, err)
		}
		if used > uint64(24*len(out)) || cap(out) > len(out)+len(out)/8+8192 {
			t.Errorf("%s: %d bytes to write %d, room for %d", name, used, len(out), cap(out))
		}
	}
}
