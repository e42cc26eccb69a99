package ocsf_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/ocsf"
)

// cloneOf calls the method Clone, which each type has with a result of its own.
func cloneOf(m secmodel.Message) secmodel.Message {
	return reflect.ValueOf(m).MethodByName("Clone").Call(nil)[0].Interface().(secmodel.Message)
}

func textOf(v any, more ...any) string {
	data, err := json.Marshal(v)
	return fmt.Sprint(string(data), err, more)
}

// sharedUses are what may be done with an event that others use too.
var sharedUses = map[string]func(e ocsf.Event) string{
	"AppendJSON": func(e ocsf.Event) string { data, err := e.AppendJSON(nil); return fmt.Sprint(string(data), err) },
	"Marshal":    func(e ocsf.Event) string { return textOf(e) },
	"Check": func(e ocsf.Event) string {
		return textOf(e.Check(secmodel.Lint(), secmodel.Recommended(), secmodel.Text()))
	},
	"Check by 1.0.0": func(e ocsf.Event) string { return textOf(e.Check(secmodel.WithVersion("1.0.0"))) },
	"Validate":       func(e ocsf.Event) string { return fmt.Sprint(e.Validate(secmodel.Strict())) },
	"Identity":       func(e ocsf.Event) string { return textOf(e.Identity(), e.EventClass()) },
	"Common":         func(e ocsf.Event) string { return textOf(e.Common()) },
	"Clone":          func(e ocsf.Event) string { return textOf(cloneOf(e)) },
	"Observables":    func(e ocsf.Event) string { return textOf(ocsf.Observables(e)) },
	"Get": func(e ocsf.Event) string {
		text := ""
		for _, path := range []string{"class_uid", "metadata.product.name", "observables[].value", "user.name", "unmapped.x", "evidences.process.file"} {
			list, err := ocsf.Get(e, path)
			text += textOf(list, err)
		}
		return text
	},
	"ForVersion": func(e ocsf.Event) string {
		text := ""
		for _, version := range ocsf.Versions() {
			to, report, err := ocsf.ForVersion(e, version)
			text += textOf(to, report, err)
		}
		return text
	},
	"Restore": func(e ocsf.Event) string { to, report, err := ocsf.Restore(e); return textOf(to, report, err) },
	"Enrich": func(e ocsf.Event) string {
		c := cloneOf(e).(ocsf.Event)
		added := ocsf.Enrich(c)
		taken := ocsf.Reduce(c)
		ocsf.Repair(c)
		return textOf(c, textOf(added), textOf(taken))
	},
	"in a Bundle": func(e ocsf.Event) string {
		b := ocsf.NewBundle(e, e)
		to, report, err := b.ForVersion("1.1.0")
		return textOf(b, textOf(b.Check()), textOf(to), report, err)
	},
}

// TestSharedEvents: many goroutines use the same events at once, in every way that
// is said to only read them, while another reads their memory. All get what one
// alone gets, and nobody writes to them.
func TestSharedEvents(t *testing.T) {
	s := mustSchema(t)
	share := 6
	if testing.Short() {
		share = 20
	}
	var events, copies []ocsf.Event
	for i, class := range classes(s, len(s.Versions)-1) {
		if i%share != 0 && class.Name != "detection_finding" {
			continue
		}
		full := newFiller(s, len(s.Versions)-1, class).event(class, deep)
		full["unknown"] = map[string]any{"x": []any{1, "y"}}
		e, err := ocsf.Unmarshal(marshal(t, full))
		if err != nil {
			t.Fatal(err)
		}
		events = append(events, e)
		copies = append(copies, cloneOf(e).(ocsf.Event))
	}
	want := make([]map[string]string, len(events))
	for i, c := range copies { // of the copy, so that nothing of the event is computed before
		want[i] = map[string]string{}
		for name, use := range sharedUses {
			want[i][name] = use(c)
		}
	}
	var done atomic.Bool
	var reader, wg sync.WaitGroup
	reader.Go(func() {
		for sum := uint64(0); !done.Load(); {
			for _, e := range events {
				sum += jsontest.Touch(reflect.ValueOf(e))
			}
		}
	})
	for g := range 4 {
		wg.Go(func() {
			random := rand.New(rand.NewPCG(1, uint64(g)))
			for _, i := range random.Perm(len(events)) {
				for name, use := range sharedUses { // in any order
					if got := use(events[i]); got != want[i][name] {
						t.Errorf("%s of %v: %.2000s", name, events[i].Identity(), cmp.Diff(want[i][name], got))
					}
				}
			}
		})
	}
	wg.Wait()
	done.Store(true)
	reader.Wait()
	for i, e := range events {
		if !reflect.DeepEqual(e, copies[i]) {
			t.Errorf("%v has changed:\n%.2000s", e.Identity(), cmp.Diff(copies[i], e))
		}
	}
}
