package serialize_test

import (
	"bytes"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/ocsf"
	"github.com/secmodel/secmodel/serialize"
)

// memory returns how many bytes f allocates.
func memory(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// allowance is how much memory reading and checking a document may take: so many
// times its size, and as much as a small document takes.
const (
	allowance = 100
	smallest  = 4 << 20
)

// event frames members of an OCSF event.
func event(members string) []byte {
	return []byte(`{"class_uid":3002,"metadata":{"version":"1.8.0"},` + members + `}`)
}

// TestHostileSizes reads documents made to cost more than they are long: each is
// read or refused with a clear error, within memory in proportion to its length.
func TestHostileSizes(t *testing.T) {
	many := func(n int, item func(i int) string) string {
		var b strings.Builder
		for i := range n {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(item(i))
		}
		return b.String()
	}
	nested := func(open, middle, end string, n int) string {
		return strings.Repeat(open, n) + middle + strings.Repeat(end, n)
	}
	const size = 200_000 // elements; a document of some megabytes
	for _, test := range []struct {
		name string
		data []byte
		want error // of reading; nil if the document is read
	}{
		{"arrays, deep", event(`"unmapped":` + nested("[", "", "]", size)), secmodel.ErrSyntax},
		{"arrays, deep and open", event(`"unmapped":` + strings.Repeat("[", size)), secmodel.ErrSyntax},
		{"objects, deep", event(`"unmapped":` + nested(`{"a":`, "1", "}", size)), secmodel.ErrSyntax},
		{"a process and its parents", event(`"actor":{"process":` + nested(`{"pid":1,"parent_process":`, "{}", "}", 10_000) + `}`), secmodel.ErrSyntax},
		{"as deep as admitted", event(`"unmapped":` + nested(`{"a":`, "1", "}", secmodel.DefaultMaxDepth-1)), nil},
		{"unknown members", event(many(size, func(i int) string { return fmt.Sprintf(`"m%d":%d`, i, i) })), nil},
		{"members of free-form JSON", event(`"unmapped":{` + many(size, func(i int) string { return fmt.Sprintf(`"m%d":%d`, i, i) }) + `}`), nil},
		{"one name, again and again", event(many(size, func(int) string { return `"zz":1` })), nil},
		{"one known name, again and again", event(many(size, func(int) string { return `"message":"m"` })), nil},
		{"one name in free-form JSON", event(`"unmapped":{` + many(size, func(int) string { return `"zz":1` }) + `}`), nil},
		{"one name in each of many objects", event(`"unmapped":[` + many(size/4, func(int) string { return `{"a":1,"a":2}` }) + `]`), nil},
		{"a long name", event(`"` + strings.Repeat("n", 1<<20) + `":1`), nil},
		{"a long escaped name", event(`"` + strings.Repeat(`\u006e`, 1<<18) + `":1`), nil},
		{"a long string", event(`"message":"` + strings.Repeat("s", 4<<20) + `"`), nil},
		{"a long string of escapes", event(`"message":"` + strings.Repeat(`\ud83d\ude00`, 1<<18) + `"`), nil},
		{"a long value of an enumeration", event(`"severity_id":"` + strings.Repeat("s", 1<<20) + `"`), nil},
		{"a long number", event(`"time":` + strings.Repeat("9", 1<<20)), nil},
		{"a long fraction", event(`"duration":0.` + strings.Repeat("9", 1<<20)), nil},
		{"white space", event(strings.Repeat(" ", 4<<20) + `"message":"m"`), nil},
		{"numbers", event(`"unmapped":[` + many(size, func(i int) string { return fmt.Sprint(i) }) + `]`), nil},
		{"strings in a list", event(`"metadata":{"labels":[` + many(size, func(int) string { return `""` }) + `]}`), nil},
		{"strings in a list, the last a number", event(`"metadata":{"labels":[` + many(size, func(int) string { return `""` }) + `,1]}`), nil},
		{"empty objects in a list", event(`"observables":[` + many(size/4, func(int) string { return `{}` }) + `]`), nil},
		{"empty objects of a large type", []byte(`{"class_uid":2004,"resources":[` + many(1<<20, func(int) string { return `{}` }) + `]}`), secmodel.ErrSyntax},
		{"observables of nothing", event(`"observables":[` + many(size/8, func(i int) string { return fmt.Sprintf(`{"name":"a.b[%d].c","type_id":1}`, i) }) + `]`), nil},
		{"a path of many steps", event(`"observables":[{"name":"` + strings.Repeat("a.", size) + `a","type_id":1}]`), nil},
		{"profiles that there are not", event(`"metadata":{"version":"1.8.0","profiles":[` + many(size, func(i int) string { return fmt.Sprintf(`"p%d"`, i) }) + `]}`), nil},
		{"names that begin and end alike", event(many(size/4, func(i int) string { return fmt.Sprintf(`"activity%08d_id_id_id"`, i) + ":1" })), nil},
		{"a name of each length", event(many(1500, func(i int) string { return `"` + strings.Repeat("k", i) + `":1` })), nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := serialize.Payload{Data: test.data}
			most := uint64(allowance*len(test.data) + smallest)
			var m secmodel.Message
			var err error
			if used := memory(func() { m, err = serialize.Unserialize(p) }); used > most {
				t.Errorf("reading %d bytes takes %d bytes of memory", len(p.Data), used)
			}
			invalid, _ := errors.AsType[*secmodel.ValidationError](err)
			switch {
			case test.want != nil:
				if !errors.Is(err, test.want) || m != nil {
					t.Fatalf("read: %v", err)
				}
			case invalid == nil || m == nil:
				t.Fatalf("not read, or valid: %v", err)
			case len(invalid.Violations) > 2*secmodel.DefaultMaxViolations:
				t.Errorf("%d violations", len(invalid.Violations))
			}
			var report secmodel.Report
			if used := memory(func() { report, err = serialize.ValidateBytes(p) }); used > most {
				t.Errorf("checking %d bytes takes %d bytes of memory", len(p.Data), used)
			}
			if test.want != nil {
				if !errors.Is(err, test.want) {
					t.Errorf("checked: %v", err)
				}
				return
			}
			if err != nil || report.Valid() {
				t.Errorf("checked: %v, %d violations", err, len(report.Violations))
			}
			if !strings.Contains(test.name, "again") && !strings.Contains(test.name, "one name") {
				out, err := m.AppendJSON(nil)
				if err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(out, p.Data) {
					if err := jsontest.Equal(p.Data, out, true); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
}

// TestHostileDepth: with another limit, deep documents are read, written,
// checked and cloned without running out of stack.
func TestHostileDepth(t *testing.T) {
	const n = 4000
	var b strings.Builder
	b.WriteString(`"actor":{"process":`)
	b.WriteString(strings.Repeat(`{"pid":1,"parent_process":`, n))
	b.WriteString(`{"pid":1}` + strings.Repeat("}", n) + `}`)
	data := event(b.String())
	m, err := serialize.Unserialize(serialize.Payload{Data: data}, secmodel.MaxDepth(2*n))
	if !errors.Is(err, secmodel.ErrInvalid) {
		t.Fatal(err)
	}
	e := m.(*ocsf.Authentication).Clone()
	depth := 0
	for p := e.Actor.Process; p != nil; p = p.ParentProcess {
		depth++
	}
	if depth != n+1 {
		t.Errorf("%d processes, not %d", depth, n+1)
	}
	out, err := e.AppendJSON(nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := jsontest.Equal(data, out, true); err != nil {
		t.Error(err)
	}
	e.Actor.Process.ParentProcess = e.Actor.Process
	if _, err := e.AppendJSON(nil); err == nil {
		t.Error("a process that is its own parent is written")
	}
	if e.Validate() == nil {
		t.Error("a process that is its own parent is valid")
	}
}

// TestHostileBundle: of very many empty events none is made; they are kept as
// they came.
func TestHostileBundle(t *testing.T) {
	data := []byte(`{"count":1,"events":[{"class_uid":3002}` + strings.Repeat(`,{}`, 1<<19) + `]}`)
	var b *ocsf.Bundle
	var err error
	used := memory(func() {
		b, err = serialize.UnserializeAs[ocsf.Bundle](serialize.Payload{Data: data}, secmodel.SkipValidation())
	})
	if err != nil {
		t.Fatal(err)
	}
	if most := uint64(allowance*len(data) + smallest); used > most {
		t.Errorf("reading %d bytes takes %d bytes of memory", len(data), used)
	}
	out, err := b.AppendJSON(nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := jsontest.Equal(data, out, true); err != nil {
		t.Error(err)
	}
	if b.Events != nil {
		t.Errorf("%d events", len(b.Events))
	}
	if report, err := serialize.ValidateBytes(serialize.Payload{Data: data}); err != nil || report.Valid() {
		t.Errorf("checked: %v, %d violations", err, len(report.Violations))
	}
}
