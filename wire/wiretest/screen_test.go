package wiretest_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/idmefv2"
	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/mozdef"
	"github.com/secmodel/secmodel/ocsf"
	"github.com/secmodel/secmodel/wire"
	"github.com/secmodel/secmodel/wire/internal/sample"
)

// sameChecks checks a message in every way, by the version that it names and by
// one of all that there are.
func sameChecks(t *testing.T, of string, m document, random *rand.Rand) {
	t.Helper()
	table, _, _ := m.WireModel()
	for _, opts := range [][]secmodel.Option{nil, {secmodel.WithVersion(table.Versions[random.IntN(len(table.Versions))])}} {
		jsontest.SameChecks(t, m, opts...)
		if t.Failed() {
			text, _ := m.AppendJSON(nil)
			t.Fatalf("%s, by %v: %s", of, m.Check(opts...).Identity, text)
		}
	}
}

// TestChecksAgreeOnMutations checks mutated documents that were read from each
// form.
func TestChecksAgreeOnMutations(t *testing.T) {
	rounds := 6
	if testing.Short() {
		rounds = 2
	}
	for _, format := range []string{"idmefv2", "mozdef", "ocsf"} {
		random := rand.New(rand.NewPCG(2, uint64(len(format))))
		list, values := givens(t, format)
		mutator := jsontest.NewMutator(random, values)
		valid, invalid := 0, 0
		for range rounds {
			for _, g := range list {
				v := g.value
				for range random.IntN(4) {
					v = mutator.Mutate(v)
				}
				text, err := json.Marshal(v)
				if err != nil {
					t.Fatal(err)
				}
				for form, data := range inForms(text) {
					m := g.empty()
					if decodeForm(form, new(wire.Decoder), m, data) != nil {
						continue // no object
					}
					if sameChecks(t, g.name+" as "+form, m, random); m.Check().Valid() {
						valid++
					} else {
						invalid++
					}
				}
			}
		}
		if valid < len(list) || invalid < len(list) {
			t.Errorf("%s: %d valid and %d invalid documents are too few of one kind", format, valid, invalid)
		}
	}
}

// filler gives random values to the fields of models, as a program may.
type filler struct {
	random *rand.Rand
	often  int // one field in so many
}

// words are texts that patterns, lengths and enumerations judge differently.
var (
	words = []string{"", "a", "ab", "abcde", "0f", "red", "teal", "Old Blue", "green", "cloud", "1", "2", "3", "1.0.0", "1.8.0", "2.D.V08",
		"user@example.org", "192.0.2.1", "2001:db8::1", "2026-01-02T03:04:05Z", "Unknown", "Other", "ext-value", "é\u2028", "\xff"}
	integers = []int64{0, 1, 2, 3, 4, 99, -1, 7, 80, 1024, 65535, 65536, 2147483648, math.MinInt64, math.MaxInt64}
	floats   = []float64{0, 1, 0.5, -0.5, 1.5, math.NaN(), math.Inf(1), math.Copysign(0, -1), 90, -181}
	raws     = []string{`null`, `{}`, `[]`, `[null]`, `"a"`, `5`, `1.5`, `true`, `["red"]`, `{"version":"1"}`, `[{}]`, `[5]`, ``, `{`}
)

func pickOf[T any](random *rand.Rand, list []T) T { return list[random.IntN(len(list))] }

func (f *filler) fill(v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if f.random.IntN(f.often) == 0 {
				f.fill(v.Field(i), depth)
			}
		}
	case reflect.Pointer:
		if v.Type().Elem().Kind() == reflect.Struct && depth > 3 {
			return
		}
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem(), depth+1)
	case reflect.Slice:
		if v.Type() == reflect.TypeFor[json.RawMessage]() {
			v.SetBytes([]byte(pickOf(f.random, raws)))
			return
		}
		n := f.random.IntN(4)
		if depth > 3 {
			n = 0
		}
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range n {
			f.fill(v.Index(i), depth+1)
		}
	case reflect.Map: // Extra
		if f.random.IntN(4) > 0 {
			return
		}
		names := append([]string{"zz", ""}, "text", "states", "parts", "lenient", "number", "version", "Version", "Status", "uid", "name", "count")
		v.Set(reflect.ValueOf(map[string]json.RawMessage{
			pickOf(f.random, names): json.RawMessage(pickOf(f.random, raws)), pickOf(f.random, names): json.RawMessage(pickOf(f.random, raws)),
		}))
	case reflect.String:
		v.SetString(pickOf(f.random, words))
	case reflect.Int64:
		v.SetInt(pickOf(f.random, integers))
	case reflect.Float64:
		v.SetFloat(pickOf(f.random, floats))
	case reflect.Bool:
		v.SetBool(f.random.IntN(2) == 0)
	}
}

// thingOf returns a thing of a version of which there is nothing to report.
func thingOf(version string) *sample.Thing {
	x := &sample.Thing{Meta: &sample.Meta{Version: new(version), Profiles: []string{"cloud"}}, Text: new("x"), Lenient: new(sample.Color("red"))}
	if version != "1" {
		x.Region = new("r")
	}
	return x
}

// TestChecksAgreeOnEachField gives values to one field at a time of messages of
// which there is nothing else to report, so that the field alone decides.
func TestChecksAgreeOnEachField(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	type base struct {
		name  string
		whole document
	}
	var bases []base
	for _, version := range []string{"1", "2", "3"} {
		bases = append(bases, base{"thing " + version, thingOf(version)})
	}
	for _, format := range []string{"idmefv2", "mozdef", "ocsf"} {
		list, _ := givens(t, format)
		n := 0
		for _, g := range list {
			text, err := json.Marshal(g.value)
			if err != nil {
				t.Fatal(err)
			}
			m := g.empty()
			if wire.UnmarshalJSON(m, text) == nil && len(m.Check().Violations) == 0 && n < 3 {
				bases = append(bases, base{g.name, m})
				n++
			}
		}
	}
	silent, loud := 0, 0
	for _, b := range bases {
		if list := b.whole.Check().Violations; len(list) > 0 {
			t.Fatalf("%s: %v", b.name, list)
		}
		f := filler{random, 2}
		kind := reflect.TypeOf(b.whole).Elem()
		tries := 40
		if kind != reflect.TypeFor[sample.Thing]() {
			tries = 8
		}
		for i := range kind.NumField() {
			for range tries {
				m := cloneOf(b.whole)
				f.fill(reflect.ValueOf(m).Elem().Field(i), 0)
				if sameChecks(t, b.name+" with "+kind.Field(i).Name, m, random); len(m.Check().Violations) == 0 {
					silent++
				} else {
					loud++
				}
			}
		}
	}
	if silent < 500 || loud < 500 {
		t.Errorf("%d messages have nothing to report, %d have; of one kind there are too few", silent, loud)
	}
}

// TestChecksAgreeOnFilled checks messages that no document is decoded to: lists
// of one that are empty, or are none, numbers that are not finite, members in
// Extra that a typed field overrides, raw values that are no JSON.
func TestChecksAgreeOnFilled(t *testing.T) {
	rounds := 4000
	if testing.Short() {
		rounds = 600
	}
	random := rand.New(rand.NewPCG(3, 4))
	classes := ocsf.Classes()
	makers := []func() document{
		func() document { return new(sample.Thing) },
		func() document { return new(sample.Thing) },
		func() document { return new(idmefv2.Message) },
		func() document { return mozdef.New(mozdef.ClassEvent).(document) },
		func() document { return mozdef.New(mozdef.ClassVulnerability).(document) },
		func() document { return ocsf.New(int64(pickOf(random, classes).UID())).(document) },
	}
	clean := 0
	for i := range rounds {
		m := makers[i%len(makers)]()
		if x, ok := m.(*sample.Thing); ok && i%2 == 0 { // nothing else is missing
			*x = *thingOf(pickOf(random, []string{"1", "2", "3"}))
		}
		f := filler{random, pickOf(random, []int{2, 8, 30, 100})}
		f.fill(reflect.ValueOf(m).Elem(), 0)
		sameChecks(t, "a filled message", m, random)
		if len(m.Check().Violations) == 0 {
			clean++
		}
	}
	if clean < rounds/200 {
		t.Errorf("only %d of %d messages are as they should be", clean, rounds)
	}
}
