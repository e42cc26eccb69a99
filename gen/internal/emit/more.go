package emit

import (
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
)

// countMores counts how often each wire.More occurs. Those that occur more than
// once are shared: thousands of attributes have few different ones.
func (p *plan) countMores() {
	p.mores = map[string]int{}
	for _, s := range p.structs {
		for _, f := range s.fields {
			if more := p.more(s, f); len(more) > 0 {
				p.mores[more.braces()]++
			}
		}
	}
}

// shared gives a pointer to a wire.More as Go source.
func (p *plan) shared(more string) string {
	if p.mores[more] > 1 {
		return "&" + moreName(more)
	}
	return "&wire.More" + more
}

// moreName names a shared wire.More by what it is, so that the name stays the
// same whatever else changes.
func moreName(more string) string {
	h := fnv.New32a()
	h.Write([]byte(more))
	return fmt.Sprintf("more%08x", h.Sum32())
}

// moresFile makes the file of those that are shared; ok is false if there are
// none.
func (p *plan) moresFile() (f File, ok bool, err error) {
	w := &writer{imports: []string{wirePath}}
	w.line("")
	w.line("// What several attributes have in common, named by a hash of it.")
	w.line("var (")
	names := map[string]string{}
	for _, more := range slices.Sorted(maps.Keys(p.mores)) {
		if p.mores[more] < 2 {
			continue
		}
		name := moreName(more)
		if other, taken := names[name]; taken {
			return f, false, fmt.Errorf("%s and %s have the same hash", other, more)
		}
		names[name] = more
		w.line("%s = wire.More%s", name, more)
	}
	w.line(")")
	if len(names) == 0 {
		return f, false, nil
	}
	f, err = w.file(p.pkg, "more_gen.go")
	return f, true, err
}
