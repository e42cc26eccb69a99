package jsontest

import (
	"encoding/json"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
)

// words is what mutations put into documents.
type words struct {
	names  []string
	values []any
}

// vocabulary gathers the names and values of documents, and adds what schemas
// like to get wrong.
func vocabulary(documents []any) words {
	names, texts := map[string]bool{}, map[string]bool{}
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for k, e := range v {
				names[k] = true
				walk(e)
			}
		case []any:
			for _, e := range v {
				walk(e)
			}
		case string:
			texts[v] = true
		}
	}
	for _, m := range documents {
		walk(m)
	}
	w := words{names: slices.Sorted(maps.Keys(names))}
	for _, s := range slices.Sorted(maps.Keys(texts)) {
		w.values = append(w.values, s)
	}
	for range 20 {
		w.values = append(w.values, nil, true, "", map[string]any{}, []any{}, []any{nil}, "ext-value", "Other.ext-value",
			json.Number("0"), json.Number("1"), json.Number("-1"), json.Number("0.5"), json.Number("1.0000001"),
			json.Number("80.0"), json.Number("65536"), json.Number("1e2"), json.Number("12345678901234567890"))
	}
	return w
}

// Mutator makes small changes to decoded JSON documents, at random but
// repeatably.
type Mutator struct {
	random     *rand.Rand
	vocabulary words
}

// NewMutator returns a mutator that puts names and values of documents into
// others.
func NewMutator(random *rand.Rand, documents []any) *Mutator {
	return &Mutator{random, vocabulary(documents)}
}

// Mutate returns a copy of v with one change somewhere in it.
func (m *Mutator) Mutate(v any) any {
	switch v := v.(type) {
	case map[string]any:
		c := maps.Clone(v)
		keys := slices.Sorted(maps.Keys(v))
		switch n := m.random.IntN(10); {
		case n == 0 || len(keys) == 0:
			c[m.name()] = m.value()
		case n == 1:
			delete(c, keys[m.random.IntN(len(keys))])
		case n == 2:
			// The value moves to another name.
			from := keys[m.random.IntN(len(keys))]
			c[m.name()] = c[from]
			delete(c, from)
		default:
			key := keys[m.random.IntN(len(keys))]
			c[key] = m.Mutate(c[key])
		}
		return c
	case []any:
		c := slices.Clone(v)
		switch n := m.random.IntN(10); {
		case n == 0 || len(c) == 0:
			return append(c, m.value())
		case n == 1 && len(c) == 1:
			return c[0]
		case n == 2:
			return append(c, c[m.random.IntN(len(c))])
		}
		i := m.random.IntN(len(c))
		c[i] = m.Mutate(c[i])
		return c
	case string:
		return m.text(v)
	}
	return m.other(v)
}

// text changes a string a little, or makes something else of it.
func (m *Mutator) text(s string) any {
	if s == "" {
		return m.other(s)
	}
	i := m.random.IntN(len(s))
	switch m.random.IntN(6) {
	case 0:
		return s[:i]
	case 1:
		return s + s[i:]
	case 2:
		return s[:i] + string(rune(' '+m.random.IntN(95))) + s[i+1:]
	case 3:
		return strings.ToLower(s)
	case 4:
		return s + "\n"
	}
	return m.other(s)
}

// other puts another value in the place of v, or v into an array.
func (m *Mutator) other(v any) any {
	if m.random.IntN(3) == 0 {
		return []any{v}
	}
	return m.value()
}

func (m *Mutator) name() string {
	if m.random.IntN(8) == 0 {
		return "Unheard"
	}
	return m.vocabulary.names[m.random.IntN(len(m.vocabulary.names))]
}

func (m *Mutator) value() any {
	return m.vocabulary.values[m.random.IntN(len(m.vocabulary.values))]
}
