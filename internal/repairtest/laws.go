package repairtest

import (
	"bytes"
	"strings"
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsonequal"
)

// Outcome is what a repair did to a document.
type Outcome struct {
	List          []secmodel.Repaired
	Before, After secmodel.Report
	Text          []byte // the document as it becomes
}

// Laws repairs m and checks what holds of every repair: a document without
// warnings is left alone, and every change answers what was found at its place; what is reported is all that changed; there are no more errors than
// before; and a second repair changes nothing.
func Laws[M secmodel.Message](t testing.TB, m M, repair func(M, ...secmodel.Option) []secmodel.Repaired, opts ...secmodel.Option) Outcome {
	t.Helper()
	all := append(opts[:len(opts):len(opts)], secmodel.MaxViolations(0))
	o := Outcome{Before: m.Check(all...)}
	text, err := m.AppendJSON(nil)
	if err != nil {
		t.Fatal(err)
	}
	o.List = repair(m, opts...)
	if o.Text, err = m.AppendJSON(nil); err != nil {
		t.Fatalf("after the repair: %v", err)
	}
	o.After = m.Check(all...)
	for _, r := range o.List {
		if o.Before.Identity == o.After.Identity && !answers(r, o.Before) {
			t.Errorf("%v: nothing was found there: %v\n%s", r, o.Before.Violations, text)
		}
	}
	applied, err := Apply(text, o.List)
	if err != nil {
		t.Errorf("what is reported cannot be applied: %v\n%v\n%s", err, o.List, text)
	} else if err := jsonequal.Equal(applied, o.Text, true); err != nil {
		t.Errorf("what is reported is not what changed: %v\n%v\n in: %s\nout: %s", err, o.List, text, o.Text)
	}
	if n, was := o.After.Count(secmodel.Error), o.Before.Count(secmodel.Error); n > was {
		t.Errorf("%d errors, and %d before\n%s", n, was, text)
	}
	if again := repair(m, opts...); len(again) > 0 {
		t.Errorf("repaired again: %v\nfirst: %v\n in: %s\nout: %s", again, o.List, text, o.Text)
	}
	if same, err := m.AppendJSON(nil); err != nil || !bytes.Equal(same, o.Text) {
		t.Errorf("a second repair changes %s\nto %s", o.Text, same)
	}
	return o
}

// answers reports whether something was found at the place of a repair, around
// it, or within it.
func answers(r secmodel.Repaired, report secmodel.Report) bool {
	for _, v := range report.Violations {
		if strings.HasPrefix(v.Pointer+"/", r.Pointer+"/") || strings.HasPrefix(r.Pointer+"/", v.Pointer+"/") {
			return true
		}
	}
	return false
}
