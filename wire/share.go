package wire

import "unsafe"

// Share sets the fields of dst that src has too, by name and type, and Extra, to
// those of src, and the other fields to absent. Both must be of one table, or of
// one that extends the other's. The values are shared, not copied.
func Share(dst, src Model) {
	_, to, q := dst.WireModel()
	_, from, p := src.WireModel()
	to.Zero(q, 1)
	*extraOf(to, q) = *extraOf(from, p)
	next := 0
	for i := range to.Fields {
		f := &to.Fields[i]
		g := from.after(&next, f)
		if g == nil || f.Kind != g.Kind || f.Child != g.Child || word(p, g) == nil {
			continue
		}
		copyField(f.Kind, unsafe.Add(q, uintptr(f.Offset)), unsafe.Add(p, uintptr(g.Offset)))
	}
}

// after returns the field of the same name as f, nil if there is none. It looks
// from *next on first, because types have common attributes in the same order.
func (t *Type) after(next *int, f *Field) *Field {
	for i := *next; i < len(t.Fields); i++ {
		if t.Fields[i].Key == f.Key {
			*next = i + 1
			return &t.Fields[i]
		}
	}
	if i := t.find(f.Name()); i >= 0 {
		return &t.Fields[i]
	}
	return nil
}
