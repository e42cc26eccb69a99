package wiretest_test

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
	"github.com/secmodel/secmodel/idmefv2"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/mozdef"
	"github.com/secmodel/secmodel/ocsf"
	"github.com/secmodel/secmodel/wire"
)

// clone returns a copy of a message that shares no memory with it.
func clone(m document) document {
	c := reflect.New(reflect.TypeOf(m).Elem()).Interface().(document)
	wire.CloneInto(m, c)
	return c
}

// uses are what may be done with a message that others use too. Each gives the
// same text every time.
var uses = map[string]func(m document) string{
	"AppendJSON": func(m document) string { data, err := m.AppendJSON(nil); return fmt.Sprint(string(data), err) },
	"Marshal":    func(m document) string { data, err := json.Marshal(m); return fmt.Sprint(string(data), err) },
	"CBOR":       func(m document) string { data, err := wire.CBOR.Append(nil, m); return fmt.Sprint(data, err) },
	"MessagePack": func(m document) string {
		data, err := wire.MessagePack.Append(nil, m)
		return fmt.Sprint(data, err)
	},
	"Check": func(m document) string {
		return fmt.Sprint(m.Check(secmodel.Lint(), secmodel.Recommended(), secmodel.Text()))
	},
	"Check by another version": func(m document) string {
		return fmt.Sprint(m.Check(secmodel.WithVersion(map[string]string{idmefv2.Format: "2.D.V03", ocsf.Format: "1.0.0"}[m.Identity().Format])))
	},
	"Validate": func(m document) string { return fmt.Sprint(m.Validate()) },
	"Identity": func(m document) string { return m.Identity().String() },
	"Clone":    func(m document) string { data, err := clone(m).AppendJSON(nil); return fmt.Sprint(string(data), err) },
	"ForVersion": func(m document) string {
		var to secmodel.Message
		var report secmodel.ConversionReport
		var err error
		switch m := m.(type) {
		case *idmefv2.Message:
			to, report, err = idmefv2.ForVersion(m, "2.D.V03")
		case ocsf.Event:
			to, report, err = ocsf.ForVersion(m, "1.1.0")
		default:
			return ""
		}
		if err != nil {
			return err.Error()
		}
		data, err := to.AppendJSON(nil)
		return fmt.Sprint(string(data), report, err)
	},
}

// readMessages returns the sample messages of all formats, one in so many.
func readMessages(t *testing.T, share int) (list []document) {
	t.Helper()
	i := 0
	for _, format := range []string{idmefv2.Format, mozdef.Format, ocsf.Format} {
		for _, s := range jsontest.Samples(t, format) {
			if i++; i%share != 0 {
				continue
			}
			var m document
			switch format {
			case idmefv2.Format:
				m = new(idmefv2.Message)
			case mozdef.Format:
				m = mozdef.New(s.Class).(document)
			case ocsf.Format:
				m = ofOCSF(s.Data)
			}
			if m == nil || wire.UnmarshalJSON(m, s.Data) != nil {
				continue // a bundle, or malformed
			}
			list = append(list, m)
		}
	}
	return list
}

// TestSharedMessages: many goroutines encode, check, clone and convert the same
// messages at once, while one reads their memory. All get what one alone gets, and
// nobody writes to them.
func TestSharedMessages(t *testing.T) {
	share, goroutines := 3, 8
	if testing.Short() {
		share, goroutines = 11, 4
	}
	messages := readMessages(t, share)
	if len(messages) < 20 {
		t.Fatalf("%d messages", len(messages))
	}
	copies := make([]document, len(messages))
	want := make([]map[string]string, len(messages))
	for i, m := range messages {
		copies[i] = clone(m) // want is that of the copy, so that nothing of m is computed before
		want[i] = map[string]string{}
		for name, use := range uses {
			want[i][name] = use(copies[i])
		}
	}
	var done atomic.Bool
	var reader, wg sync.WaitGroup
	reader.Go(func() {
		for sum := uint64(0); !done.Load(); {
			for _, m := range messages {
				sum += jsontest.Touch(reflect.ValueOf(m))
			}
		}
	})
	for g := range goroutines {
		wg.Go(func() {
			random := rand.New(rand.NewPCG(1, uint64(g)))
			for _, i := range random.Perm(len(messages)) {
				for name, use := range uses { // in any order
					if got := use(messages[i]); got != want[i][name] {
						t.Errorf("%s of %v: %s", name, messages[i].Identity(), cmp.Diff(want[i][name], got))
					}
				}
			}
		})
	}
	wg.Wait()
	done.Store(true)
	reader.Wait()
	for i, m := range messages {
		if !reflect.DeepEqual(m, copies[i]) {
			t.Errorf("%v has changed:\n%s", m.Identity(), cmp.Diff(copies[i], m))
		}
	}
}

// TestSharedText: many goroutines read the same text at once, which none writes
// to, and get messages that share no memory with it or with each other: each is
// overwritten while others are read.
func TestSharedText(t *testing.T) {
	var texts [][]byte
	for _, s := range jsontest.Samples(t, idmefv2.Format)[:8] {
		texts = append(texts, s.Data)
	}
	want := make([]string, len(texts))
	read := func(text []byte) *idmefv2.Message {
		m := new(idmefv2.Message)
		if err := wire.UnmarshalJSON(m, text); err != nil {
			t.Error(err)
		}
		return m
	}
	for i, text := range texts {
		want[i] = uses["AppendJSON"](read(text))
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 20 {
				for i, text := range texts {
					m := read(text)
					if got := uses["AppendJSON"](m); got != want[i] {
						t.Errorf("%s\nwant %s", got, want[i])
					}
					overwrite(reflect.ValueOf(m))
				}
			}
		})
	}
	wg.Wait()
}

// overwrite changes all numbers, strings and raw bytes that v reaches.
func overwrite(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			overwrite(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			overwrite(v.Field(i))
		}
	case reflect.Slice:
		for i := range v.Len() {
			overwrite(v.Index(i))
		}
	case reflect.Map:
		for it := v.MapRange(); it.Next(); {
			for i := range it.Value().Len() {
				it.Value().Index(i).SetUint('0')
			}
		}
	case reflect.String:
		v.SetString("overwritten")
	case reflect.Int64:
		v.SetInt(-1)
	case reflect.Float64:
		v.SetFloat(-1)
	case reflect.Uint8:
		v.SetUint('0')
	}
}
