package wire

import (
	"encoding/json"
	"strconv"
	"unsafe"

	"github.com/secmodel/secmodel"
)

// other is the value of an integer enumeration for what none of its values says.
// Its caption is the document's own.
const other = 99

// sibling checks the attribute that holds the caption of an enumeration's
// value, or of each value of a list, in the struct at p.
func (c *Checker) sibling(typ *Type, f *Field, p unsafe.Pointer) {
	s := &typ.Fields[f.More.Sibling-1]
	if !f.Kind.List() && word(p, s) == nil || f.Scalar == nil || f.Scalar.Enum == nil || f.Scalar.Enum.Ints == nil ||
		f.More.SiblingAbsent&c.bit != 0 || f.Absent&c.bit != 0 || c.gated(f) {
		return
	}
	if s.Absent&c.bit != 0 || c.gated(s) {
		return // reported as unknown, if it is there
	}
	if !f.Kind.List() {
		if n := (*int64)(word(p, f)); n != nil && !c.captioned(typ, f, p) {
			c.push(s.Name())
			c.caption(f, *n, f.Scalar.Enum.Find(*n, c.Version), *(*string)(word(p, s)), secmodel.Warning, secmodel.CodeSiblingIncorrect)
			c.pop()
		}
		return
	}
	if f.Kind == Ints && s.Kind == Strings {
		c.captions(typ, f, s, p)
	}
}

// captioned reports whether there is nothing to say of the caption of an integer
// that is set in the struct at p.
func (c *Checker) captioned(typ *Type, f *Field, p unsafe.Pointer) bool {
	s := &typ.Fields[f.More.Sibling-1]
	caption := (*string)(word(p, s))
	if caption == nil || s.Kind != String || f.More.SiblingAbsent&c.bit != 0 || s.Absent&c.bit != 0 || c.gated(s) {
		return true
	}
	n := *(*int64)(word(p, f))
	i := f.Scalar.Enum.Find(n, c.Version)
	return i < 0 || (n == other) == (*caption != f.Scalar.Enum.Title(i, c.Version))
}

// caption compares a caption with that of value i.
func (c *Checker) caption(f *Field, n int64, i int, caption string, severity secmodel.Severity, code string) {
	want := f.Scalar.Enum.Title(i, c.Version)
	switch {
	case n != other && caption != want:
		c.add(severity, code, caption, want, "the value %d of %s is %q, not %s", n, f.Name(), want, quoted(caption))
	case n == other && caption == want:
		c.add(secmodel.Warning, secmodel.CodeSiblingSuspicious, caption, nil,
			"the value %d of %s is for what no other value says, but %q does not say what", n, f.Name(), caption)
	}
}

// captions compares a list of captions with a list of values.
func (c *Checker) captions(typ *Type, f, s *Field, p unsafe.Pointer) {
	values, _ := c.elements(typ, f, p)
	captions, ok := c.elements(typ, s, p)
	if !ok {
		return
	}
	c.push(s.Name())
	c.path = append(c.path, step{})
	for k, raw := range values {
		n, err := strconv.ParseInt(string(raw), 10, 64)
		if err != nil {
			continue
		}
		i := f.Scalar.Enum.Find(n, c.Version)
		if i < 0 {
			continue
		}
		c.path[len(c.path)-1].index = k
		if k >= len(captions) || isNull(captions[k]) {
			if n == other {
				continue // nothing says what is missing
			}
			c.add(secmodel.Error, secmodel.CodeArraySiblingMissing, nil, f.Scalar.Enum.Title(i, c.Version),
				"the value %d of %s has no caption in %s", n, f.Name(), s.Name())
			continue
		}
		if caption, ok := Text(captions[k]); ok {
			c.caption(f, n, i, caption, secmodel.Error, secmodel.CodeArraySiblingIncorrect)
		}
	}
	c.pop()
	c.pop()
}

// elements returns the elements of a list as JSON, whether they are typed or
// did not fit; ok is false if there is no list.
func (c *Checker) elements(typ *Type, f *Field, p unsafe.Pointer) (list []json.RawMessage, ok bool) {
	raw := (*extraOf(typ, p))[f.Name()]
	if word(p, f) != nil {
		var err error
		if raw, err = c.table.appendField(nil, f, unsafe.Add(p, uintptr(f.Offset)), c.bit); err != nil {
			return nil, false
		}
	}
	return Elements(raw)
}
