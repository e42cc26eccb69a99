package wiretest_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unsafe"

	"github.com/secmodel/secmodel/internal/jsontest"
	"github.com/secmodel/secmodel/ocsf"
	"github.com/secmodel/secmodel/wire"
)

// written gives a value as JSON text with a number of ways to write it: with
// escapes, white space, repeated members, and faults of syntax.
func written(t testing.TB, random *rand.Rand, v any) []byte {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	switch random.IntN(8) {
	case 0:
		var out bytes.Buffer
		if err := json.Indent(&out, text, "", "\t"); err != nil {
			t.Fatal(err)
		}
		text = out.Bytes()
	case 1: // letters of some strings as escapes
		text = bytes.ReplaceAll(text, []byte("e"), []byte(`\u0065`))
		text = bytes.ReplaceAll(text, []byte(`tru\u0065`), []byte("true"))
		text = bytes.ReplaceAll(text, []byte(`fals\u0065`), []byte("false"))
	case 2: // all members of the root twice
		text = slices.Concat(text[:len(text)-1], []byte(","), text[1:])
		if bytes.HasPrefix(text, []byte("{,")) {
			text = []byte("{}")
		}
	case 3:
		text = text[:random.IntN(len(text))]
	case 4:
		text[random.IntN(len(text))] ^= byte(1 + random.IntN(255))
	}
	return text
}

// image is what can be seen of a message.
func image(t testing.TB, m document, err error) string {
	t.Helper()
	if err != nil {
		return "error: " + err.Error()
	}
	out, err := m.AppendJSON(nil)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// TestDecodedTextIsOwn decodes mutated documents with a decoder that reuses its
// memory and with one that does not, overwrites what they read, and compares with
// a decoder of its own for each. Messages that are not reused, and clones of those
// that are, must stay as they are while others are decoded.
func TestDecodedTextIsOwn(t *testing.T) {
	rounds := 6
	if testing.Short() {
		rounds = 2
	}
	type kept struct {
		m    document
		want string
		of   string
	}
	for _, format := range []string{"idmefv2", "mozdef", "ocsf"} {
		random := rand.New(rand.NewPCG(1, uint64(len(format))))
		list, values := givens(t, format)
		mutator := jsontest.NewMutator(random, values)
		reused, fresh := wire.Decoder{Reuse: true, Duplicates: true}, wire.Decoder{}
		roots := map[reflect.Type]document{}
		var last []kept
		large := false
		for round := range rounds {
			for n, g := range list {
				v := g.value
				for range random.IntN(5) {
					v = mutator.Mutate(v)
				}
				if n%16 == 3 && round%4 == 0 { // beyond what a reused decoder keeps
					large = true
					v = map[string]any{"a large one": strings.Repeat("x", 1<<20), "and": v}
				}
				for form, data := range inForms(written(t, random, v)) {
					of := g.name + " as " + form
					m := g.empty()
					want := image(t, m, decodeForm(form, new(wire.Decoder), m, data))

					input := bytes.Clone(data)
					free := g.empty()
					err := decodeForm(form, &fresh, free, input)
					apart(t, of, free, input)
					scribble(input)
					if got := image(t, free, err); got != want {
						t.Fatalf("%s, after the input was overwritten:\n%s\nwant\n%s", of, got, want)
					}
					if random.IntN(4) == 0 {
						fresh.Forget()
					}
					if err == nil {
						last = append(last, kept{free, want, of})
					}

					copy(input, data)
					root := roots[reflect.TypeOf(m)]
					if root == nil {
						root = g.empty()
						roots[reflect.TypeOf(m)] = root
					}
					err = decodeForm(form, &reused, root, input)
					apart(t, of+" with memory reused", root, input)
					scribble(input)
					if got := image(t, root, err); got != want {
						t.Fatalf("%s, with memory reused, after the input was overwritten:\n%s\nwant\n%s", of, got, want)
					}
					if err == nil {
						last = append(last, kept{cloneOf(root), want, "the clone of " + of})
					}
					if len(last) > 64 {
						for _, k := range last {
							if got := image(t, k.m, nil); got != k.want {
								t.Fatalf("%s, after others were decoded:\n%s\nwant\n%s", k.of, got, k.want)
							}
						}
						last = last[32:]
					}
				}
			}
		}
		if !large {
			t.Errorf("%s: no large document", format)
		}
	}
}

// TestDecodedBundleIsOwn overwrites what bundles were read from.
func TestDecodedBundleIsOwn(t *testing.T) {
	for _, s := range jsontest.Samples(t, "ocsf") {
		if !strings.HasPrefix(s.File, "bundle") {
			continue
		}
		for form, data := range inForms(s.Data) {
			var want, got ocsf.Bundle
			read := func(b *ocsf.Bundle, data []byte) error {
				switch form {
				case "CBOR":
					return wire.CBOR.DecodeComposite(new(wire.Decoder), b, data)
				case "MessagePack":
					return wire.MessagePack.DecodeComposite(new(wire.Decoder), b, data)
				}
				return b.UnmarshalJSON(data)
			}
			if err := read(&want, data); err != nil {
				t.Fatal(err)
			}
			input := bytes.Clone(data)
			if err := read(&got, input); err != nil {
				t.Fatal(err)
			}
			scribble(input)
			a, err := want.AppendJSON(nil)
			if err != nil {
				t.Fatal(err)
			}
			if b, err := got.AppendJSON(nil); err != nil || !bytes.Equal(a, b) {
				t.Errorf("%s as %s: %s, not %s (%v)", s.File, form, b, a, err)
			}
		}
	}
}

func scribble(data []byte) {
	for i := range data {
		data[i] = 0xff
	}
}

// extent is memory that a string or raw value takes.
type extent struct {
	from, to uintptr
	name     bool // of a member; those of attributes are constants
	what     string
}

// apart checks that no two strings and raw values of a message share memory, nor
// any with the input.
func apart(t testing.TB, of string, m document, input []byte) {
	t.Helper()
	base := uintptr(unsafe.Pointer(unsafe.SliceData(input)))
	list := []extent{{from: base, to: base + uintptr(cap(input)), what: "the input"}}
	add := func(p unsafe.Pointer, n int, name bool, what string) {
		if n > 0 {
			list = append(list, extent{uintptr(p), uintptr(p) + uintptr(n), name, what})
		}
	}
	var walk func(v reflect.Value, path string)
	walk = func(v reflect.Value, path string) {
		switch v.Kind() {
		case reflect.Pointer:
			if !v.IsNil() {
				walk(v.Elem(), path)
			}
		case reflect.Struct:
			for i := range v.NumField() {
				walk(v.Field(i), path+"."+v.Type().Field(i).Name)
			}
		case reflect.Map:
			for _, k := range v.MapKeys() {
				s := k.String()
				add(unsafe.Pointer(unsafe.StringData(s)), len(s), true, path+" name "+s)
				walk(v.MapIndex(k), path+"."+s)
			}
		case reflect.Slice:
			if raw, ok := v.Interface().(json.RawMessage); ok {
				add(unsafe.Pointer(unsafe.SliceData(raw)), cap(raw), false, path)
				return
			}
			for i := range v.Len() {
				walk(v.Index(i), path)
			}
		case reflect.String:
			s := v.String()
			add(unsafe.Pointer(unsafe.StringData(s)), len(s), false, path)
		}
	}
	walk(reflect.ValueOf(m), "")
	slices.SortFunc(list, func(a, b extent) int { return cmp.Compare(a.from, b.from) })
	for i := 1; i < len(list); i++ {
		if a, b := list[i-1], list[i]; b.from < a.to && !(a.name && b.name) {
			t.Fatalf("%s: %s and %s share memory", of, a.what, b.what)
		}
	}
}
