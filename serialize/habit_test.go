package serialize

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/idmefv2"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/mozdef"
	"github.com/secmodel/secmodel/ocsf"
	"github.com/secmodel/secmodel/wire"
)

// TestHabitChangesNothing reads each document after several of one class, so that
// it is taken for another of these at first, and compares with what a reader finds
// that has read none.
func TestHabitChangesNothing(t *testing.T) {
	usual := []byte(`{"activity_id":1,"category_uid":3,"class_uid":3002,"metadata":{"product":{"name":"a"},"version":"1.8.0"},` +
		`"severity_id":1,"time":1,"type_uid":300201,"user":{"name":"ana"},"service":{"name":"ssh"}}`)
	var documents [][]byte
	for _, format := range []string{idmefv2.Format, mozdef.Format, ocsf.Format} {
		for _, s := range jsontest.Samples(t, format) {
			documents = append(documents, s.Data)
		}
	}
	// The usual one with something that decides what it is.
	with := func(old, new string) {
		text := bytes.Replace(usual, []byte(old), []byte(new), 1)
		if bytes.Equal(text, usual) {
			t.Fatalf("%s is not in it", old)
		}
		documents = append(documents, text)
	}
	for _, uid := range []string{"3003", "0", "9999", "3002.0", "3.002e3", `"3002"`, "null", "-3002", "30020000000000000000", "[3002]"} {
		with(`3002`, uid)
	}
	for _, name := range []string{"class_uid", "metadata", "activity_id", "zz", "Version", "summary", "events", "category"} {
		for _, value := range []string{`1`, `3002`, `3003`, `"2.D.V08"`, `"vulnerability"`, `{}`, `[]`, `null`} {
			with(`{`, `{"`+name+`":`+value+`,`)
			with(`"time"`, `"`+name+`":`+value+`,"time"`)
			with(`"ssh"}`, `"ssh"},"`+name+`":`+value)
		}
	}
	for i := range usual {
		documents = append(documents, usual[:i])
	}
	n := 0 // with -short, each takes another fifth of the documents
	for _, f := range []*format{&jsonFormat, &cborFormat} {
		for _, opts := range [][]secmodel.Option{nil, {secmodel.Hint(idmefv2.Format)}, {secmodel.WithVersion("1.0.0")}, {secmodel.MaxDepth(0)}, {secmodel.Repair(func(secmodel.Repaired) {})}} {
			for _, reuse := range []bool{false, true} {
				for i, text := range documents {
					if n++; !testing.Short() || (i+n/len(documents))%5 == 0 {
						sameAfterHabit(t, f, usual, text, reuse, opts)
					}
				}
			}
		}
	}
}

// sameAfterHabit reads text, in the content type f, with a reader that is used to
// others and with a new one.
func sameAfterHabit(t *testing.T, f *format, usual, text []byte, reuse bool, opts []secmodel.Option) {
	t.Helper()
	o := secmodel.NewOptions(opts...)
	o.Reuse = reuse
	load := func(text []byte) []byte {
		if f.syntax == syntaxBinary {
			if data, err := f.binary.FromJSON(nil, text); err == nil {
				return data
			}
		}
		return text
	}
	r := newReader()
	for range sureStreak + 1 {
		if _, err := r.record(f, load(usual), &o, opts); err != nil && !isInvalid(err) {
			t.Fatal(err)
		}
	}
	if _, ok := r.habit.expected(); !ok {
		t.Fatal("there is no habit")
	}
	got := outcome(r.record(f, load(text), &o, opts))
	want := outcome(newReader().record(f, load(text), &o, opts))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("%s (-without +with habit)\n%s", text, diff)
	}
}

// outcome describes a message and an error.
func outcome(m secmodel.Message, err error) []string {
	list := []string{fmt.Sprintf("%T", m), fmt.Sprintf("%+v", err)}
	if m, ok := m.(wire.Model); ok {
		text, err := wire.AppendJSON(m, nil)
		list = append(list, string(text), fmt.Sprint(err))
	}
	return list
}

// TestHabit follows when a class is expected.
func TestHabit(t *testing.T) {
	a := class{ocsf.Format, "authentication", 3002}
	b := class{ocsf.Format, "file_activity", 1001}
	bundle := class{format: ocsf.Format, name: ocsf.ClassBundle}
	message := class{format: idmefv2.Format, name: idmefv2.Class}
	for _, test := range []struct {
		seen []class
		want bool
	}{
		{nil, false},
		{[]class{a, a}, false},
		{[]class{a, a, a}, true},
		{[]class{a, b, a, b, a, b}, false},
		{[]class{a, a, b, b}, false},
		{[]class{a, a, b, b, b}, true},
		{[]class{message, message, message, message}, false},
		{[]class{bundle, bundle, bundle, bundle}, false},
	} {
		var h habit
		for _, c := range test.seen {
			h.add(c)
		}
		if c, ok := h.expected(); ok != test.want || ok && c != test.seen[len(test.seen)-1] {
			t.Errorf("after %v: %v %v", test.seen, c, ok)
		}
	}
	h := habit{last: a, streak: sureStreak}
	h.wrong()
	n := 0
	for ; n < 100; n++ {
		if _, ok := h.expected(); ok {
			break
		}
		h.add(b)
	}
	if n != sureStreak-badGuess+1 {
		t.Errorf("after a wrong guess the next is %d documents later", n)
	}
}
