package wire

import "unsafe"

const wordSize = unsafe.Sizeof(uintptr(0))

// set returns the first field that is set in the struct at p, from position at
// on, and the position behind it; nil if there is none. The first position is 0:
//
//	for f, at := typ.set(p, 0); f != nil; f, at = typ.set(p, at) {
//
// Most fields of a struct are not set, so it looks at the words of the struct
// instead of the fields, four at a time.
func (t *Type) set(p unsafe.Pointer, at int) (f *Field, next int) {
	words := t.Words
	if words == "" {
		return t.setSlowly(p, at)
	}
	for at < len(words) {
		if at+4 <= len(words) {
			if four := (*[4]uintptr)(unsafe.Add(p, uintptr(at)*wordSize)); four[0]|four[1]|four[2]|four[3] == 0 {
				at += 4
				continue
			}
		}
		for end := min(at+4, len(words)); at < end; at++ {
			if i := words[at]; i != 0 && *(*uintptr)(unsafe.Add(p, uintptr(at)*wordSize)) != 0 {
				return &t.Fields[i-1], at + 1
			}
		}
	}
	return nil, at
}

// setSlowly is set for a type without Words: a position is the index of a field.
func (t *Type) setSlowly(p unsafe.Pointer, at int) (f *Field, next int) {
	for ; at < len(t.Fields); at++ {
		if f := &t.Fields[at]; word(p, f) != nil {
			return f, at + 1
		}
	}
	return nil, at
}

// lacks reports whether a field that v requires is not set in the struct at p.
// Those of profiles count only if the document names one of them.
func (t *Type) lacks(p unsafe.Pointer, v Versions, profiles uint64) bool {
	if t.Words == "" {
		for i := range t.Fields {
			if t.Fields[i].lacking(p, v, profiles) {
				return true
			}
		}
		return false
	}
	for i := range len(t.Must) {
		if t.Fields[t.Must[i]].lacking(p, v, profiles) {
			return true
		}
	}
	return false
}

func (f *Field) lacking(p unsafe.Pointer, v Versions, profiles uint64) bool {
	return f.Required&v != 0 && word(p, f) == nil && f.Absent&v == 0 && !f.gated(v, profiles)
}

// gated reports whether the attribute exists only in documents that name other
// profiles.
func (f *Field) gated(v Versions, profiles uint64) bool {
	if f.More == nil || f.More.Special&v == 0 {
		return false
	}
	for i := range f.More.Profiles {
		if g := &f.More.Profiles[i]; g.In&v != 0 {
			return g.Profiles&profiles == 0
		}
	}
	return false
}
