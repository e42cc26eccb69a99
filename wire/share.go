package wire

import "unsafe"

// Share sets the fields of dst that src has too, by name and type, and Extra, to
// those of src, and the other fields to absent. Both must be of one table, or of
// one that extends the other's. The values are shared, not copied.
func Share(dst, src Model) {
	t, di, q := dst.WireModel()
	u, si, p := src.WireModel()
	to, from := t.Types[di], u.Types[si]
	to.Zero(q, 1)
	*extraOf(to, q) = *extraOf(from, p)
	for i := range to.Fields {
		f := &to.Fields[i]
		fi := from.find(f.Name())
		if fi < 0 {
			continue
		}
		g := &from.Fields[fi]
		if f.Kind != g.Kind || f.Child != g.Child || word(p, g) == nil {
			continue
		}
		copyField(f.Kind, unsafe.Add(q, uintptr(f.Offset)), unsafe.Add(p, uintptr(g.Offset)))
	}
}
