package skeleton

import (
	"strings"

	"github.com/secmodel/secmodel/internal/model"
)

// satisfy adds an attribute to an object where a constraint asks for one of
// several and there is none yet.
func (b *builder) satisfy(x *Object, t *model.Type, c *model.Constraint) {
	for _, path := range c.Of {
		if has(x, path) {
			return
		}
	}
	// A plain value says more about what is to be filled in than an object that
	// has to be filled itself.
	for _, plain := range []bool{true, false} {
		for _, path := range c.Of {
			if b.isPlain(t, path) == plain && b.add(x, t, path) {
				return
			}
		}
	}
}

// has reports whether there is something at a path of names with dots.
func has(x *Object, path string) bool {
	name, rest, within := strings.Cut(path, ".")
	value := x.get(name)
	if !within || value == nil {
		return value != nil
	}
	inner, ok := value.(*Object)
	return ok && has(inner, rest)
}

// isPlain reports whether a path leads to an attribute of the object itself that
// is no object.
func (b *builder) isPlain(t *model.Type, path string) bool {
	p := t.Property(path)
	if p == nil {
		return false
	}
	ref, _ := p.TypeAt(b.version)
	inner := b.schema.Type(ref.Ref)
	return inner == nil || inner.Kind != model.Object
}

// add sets what a path leads to; it returns false if the version does not have
// that.
func (b *builder) add(x *Object, t *model.Type, path string) bool {
	name, rest, within := strings.Cut(path, ".")
	p := t.Property(name)
	if p == nil || !p.In.Has(b.version) || !p.Admits(b.version, b.options.Profiles) || b.recursive(p) {
		return false
	}
	if x.get(name) == nil {
		x.set(name, b.value(t, p))
	}
	inner, ok := x.get(name).(*Object)
	if !within || !ok {
		return !within
	}
	ref, _ := p.TypeAt(b.version)
	innerType := b.schema.Type(ref.Ref)
	if has(inner, rest) {
		return true
	}
	added := b.add(inner, innerType, rest)
	inner.sort(innerType.PropertiesAt(b.version))
	return added
}
