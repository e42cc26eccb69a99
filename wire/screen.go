package wire

import (
	"unicode/utf8"
	"unsafe"
)

// Most of what is checked is as it should be. A screen finds that out in a
// fraction of the time that it takes to say what is wrong: it is the part of a
// type's table that matters in one version, with one set of profiles, and for
// errors alone or for warnings too, laid out for looking. Where a screen does not
// find that all is well, the checker looks again, and has the last word: a screen
// may be too strict, never too lenient.

// screens are the screens of the types of one table, by Type.Number; nil for
// those that have not been needed yet.
type screens struct {
	key   screenKey
	types []*screen
}

type screenKey struct {
	table      *Table
	profiles   uint64
	version    int
	errorsOnly bool
}

// mostScreens is how many sets of screens a checker keeps. Documents name few
// combinations of versions and profiles, unless someone wants to fill the memory.
const mostScreens = 64

// screen is what is to be looked at in a struct.
type screen struct {
	must []uint16 // offsets of fields that have to be set
	// at are the offsets of the fields that need a look if they are set, and do
	// what is to be done with each.
	at    []uint16
	do    []task
	oneOf [][]uint16    // of each list of offsets at least one field has to be set
	rest  []*Constraint // those of another kind
	least int           // members that it has to have
	never bool          // there is something to report of any struct of the type
}

// task is what is to be done with a field that is set.
type task struct {
	op     operation
	one    bool   // the list has to have one element
	child  uint16 // index of the type in Table.Types
	scalar *Scalar
	enum   *Enum
	match  *Pattern
	most   int // bytes that a string may have
	field  *Field
}

type operation uint8

const (
	opFail    operation = iota // not for a screen to judge
	opLength                   // nothing but what task.one says
	opObject                   // look into the object
	opObjects                  // look into each object of the list
	opEnum                     // look the string up
	opMatch                    // match the string
	opShort                    // compare the length of the string
	opString                   // look the string up, match it and so on
	opInt                      // look at the integer
	opIntEnum                  // look the integer up
	opStrings                  // look at each string of the list
	opInts                     // look at each integer of the list
	opFloat                    // look at the number
	opFloats                   // look at each number of the list
	opSibling                  // compare the caption of an integer, and look at the integer
	opRaw                      // look at the types of raw values
)

// fine reports whether there is nothing to report of the struct at p, which is
// of a type that fields refer to, or a root. A false answer says nothing.
func (c *Checker) fine(typ *Type, p unsafe.Pointer) bool {
	c.choose()
	return c.screens.fine(c, typ, p, len(c.path))
}

// choose makes c.screens the screens for what is to be checked.
func (c *Checker) choose() {
	key := screenKey{c.table, c.Profiles, c.Version, c.Options.ErrorsOnly}
	if c.screens != nil && c.screens.key == key {
		return
	}
	if c.screens = c.known[key]; c.screens != nil {
		return
	}
	c.screens = &screens{key: key, types: make([]*screen, c.table.Count)}
	if c.known == nil || len(c.known) >= mostScreens {
		c.known = map[screenKey]*screens{}
	}
	c.known[key] = c.screens
}

func (s *screens) fine(c *Checker, typ *Type, p unsafe.Pointer, depth int) bool {
	if depth > maxNesting || int(typ.Number) >= len(s.types) {
		return false
	}
	sc := s.types[typ.Number]
	if sc == nil {
		sc = s.make(typ)
		s.types[typ.Number] = sc
	}
	if sc.never {
		return false
	}
	for _, off := range sc.must {
		if *(*unsafe.Pointer)(unsafe.Add(p, uintptr(off))) == nil {
			return false
		}
	}
	if extra := *extraOf(typ, p); len(extra) > 0 {
		if typ.Unknown != UnknownOpen {
			return false
		}
		for name := range extra {
			if typ.find(name) >= 0 {
				return false
			}
		}
	}
	at := sc.at
	for len(at) >= 4 {
		// Most fields are not set.
		if *(*uintptr)(unsafe.Add(p, uintptr(at[0])))|*(*uintptr)(unsafe.Add(p, uintptr(at[1])))|
			*(*uintptr)(unsafe.Add(p, uintptr(at[2])))|*(*uintptr)(unsafe.Add(p, uintptr(at[3]))) != 0 &&
			!s.few(c, typ, p, sc, len(sc.at)-len(at), 4, depth) {
			return false
		}
		at = at[4:]
	}
	if len(at) > 0 && !s.few(c, typ, p, sc, len(sc.at)-len(at), len(at), depth) {
		return false
	}
	for _, list := range sc.oneOf {
		if !anySet(p, list) {
			return false
		}
	}
	for _, k := range sc.rest {
		if !k.satisfied(c.among(k, typ, p)) {
			return false
		}
	}
	return sc.least == 0 || sc.least <= typ.members(p, *extraOf(typ, p))
}

func anySet(p unsafe.Pointer, offsets []uint16) bool {
	for _, off := range offsets {
		if *(*unsafe.Pointer)(unsafe.Add(p, uintptr(off))) != nil {
			return true
		}
	}
	return false
}

// few does what is to be done with n fields from the one with index i on.
func (s *screens) few(c *Checker, typ *Type, p unsafe.Pointer, sc *screen, i, n, depth int) bool {
	for ; n > 0; i, n = i+1, n-1 {
		fp := unsafe.Add(p, uintptr(sc.at[i]))
		w := *(*unsafe.Pointer)(fp)
		if w == nil {
			continue
		}
		do := &sc.do[i]
		if do.one && (*sliceHeader)(fp).len != 1 {
			return false
		}
		switch do.op {
		case opObject:
			if !s.fine(c, s.key.table.Types[do.child], w, depth+1) {
				return false
			}
		case opObjects:
			child := s.key.table.Types[do.child]
			for j := range (*sliceHeader)(fp).len {
				if !s.fine(c, child, unsafe.Add(w, uintptr(j)*child.Size), depth+2) {
					return false
				}
			}
		case opMatch:
			if !do.match.Match(*(*string)(w)) {
				return false
			}
		case opEnum:
			if !do.enum.plain(do.enum.Index.lookup(*(*string)(w), do.enum.Strings), c.bit) {
				return false
			}
		case opShort:
			if v := *(*string)(w); len(v) > do.most && utf8.RuneCountInString(v) > do.most {
				return false
			}
		case opIntEnum:
			if !do.enum.plain(do.enum.indexOf(*(*int64)(w)), c.bit) {
				return false
			}
		case opString:
			if !do.scalar.fine(*(*string)(w), c.bit) {
				return false
			}
		case opInt:
			if !do.scalar.fineInt(*(*int64)(w), c.bit) {
				return false
			}
		case opFloat:
			if !do.scalar.fineFloat(*(*float64)(w), c.bit) {
				return false
			}
		case opStrings:
			for _, v := range *(*[]string)(fp) {
				if !do.scalar.fine(v, c.bit) {
					return false
				}
			}
		case opInts:
			for _, v := range *(*[]int64)(fp) {
				if !do.scalar.fineInt(v, c.bit) {
					return false
				}
			}
		case opFloats:
			for _, v := range *(*[]float64)(fp) {
				if !do.scalar.fineFloat(v, c.bit) {
					return false
				}
			}
		case opSibling:
			if !do.scalar.fineInt(*(*int64)(w), c.bit) || !c.captioned(typ, do.field, p) {
				return false
			}
		case opRaw:
			if !do.field.rawsFit(fp) {
				return false
			}
		case opFail:
			return false
		}
	}
	return true
}

// make lays out the screen of a type.
func (s *screens) make(typ *Type) *screen {
	sc := new(screen)
	bit := Versions(1) << s.key.version
	for i := range typ.Fields {
		f := &typ.Fields[i]
		if f.Required&bit != 0 && f.Absent&bit == 0 && !f.gated(bit, s.key.profiles) && !(s.key.errorsOnly && f.Flags&LenientMissing != 0) {
			sc.must = append(sc.must, f.Offset)
		}
		if do, look := s.task(typ, f, bit); look {
			sc.at, sc.do = append(sc.at, f.Offset), append(sc.do, do)
		}
	}
	for i := range typ.Constraints {
		k := &typ.Constraints[i]
		switch {
		case k.In&bit == 0:
		case k.At != "" && !k.Just:
			var list []uint16
			for j := range len(k.At) {
				list = append(list, typ.Fields[k.At[j]].Offset)
			}
			sc.oneOf = append(sc.oneOf, list)
		default:
			sc.rest = append(sc.rest, k)
		}
	}
	for _, least := range typ.MinMembers {
		if least.In&bit != 0 {
			sc.least = max(sc.least, least.N)
		}
	}
	for i := range typ.Deprecated {
		if typ.Deprecated[i].In&bit != 0 && !s.key.errorsOnly {
			sc.never = true
		}
	}
	return sc
}

// task says what is to be done with a field that is set; look is false if
// nothing.
func (s *screens) task(typ *Type, f *Field, bit Versions) (do task, look bool) {
	errorsOnly := s.key.errorsOnly
	if f.Absent&bit != 0 || f.gated(bit, s.key.profiles) {
		return task{}, typ.Unknown == UnknownError || typ.Unknown == UnknownWarning && !errorsOnly
	}
	one := false
	if more := f.More; more != nil {
		if more.Special&bit != 0 {
			one = f.Kind.List() && more.One&bit != 0
			if more.was(bit) != nil || more.Unchecked&bit != 0 {
				return task{}, true
			}
			for i := range more.Deprecated {
				if more.Deprecated[i].In&bit != 0 && !errorsOnly {
					return task{}, true
				}
			}
		}
		if more.Sibling != 0 && f.Scalar != nil && f.Scalar.Enum != nil && f.Scalar.Enum.Ints != nil {
			if f.Kind.List() {
				return task{}, true
			}
			if !errorsOnly && f.Kind == Int {
				return task{op: opSibling, scalar: f.Scalar, field: f}, true
			}
		}
	}
	do = task{one: one, child: f.Child, scalar: f.Scalar, field: f}
	switch f.Kind {
	case Object:
		do.op = opObject
		return do, true
	case Objects:
		do.op = opObjects
		return do, true
	case Raw, Raws:
		do.op = opRaw
		return do, true
	}
	if f.Scalar == nil || errorsOnly && f.Flags&LenientValue != 0 {
		do.op = opLength
		return do, one
	}
	switch f.Kind {
	case String:
		return s.text(do, bit)
	case Strings:
		do.op = opStrings
		if _, look = s.text(do, bit); !look {
			do.op = opLength
		}
		return do, look || one
	case Int:
		do.op = opInt
		if e := f.Scalar.Enum; e != nil && f.Scalar.Super == nil && len(f.Scalar.Rules) == 0 {
			do.op, do.enum = opIntEnum, e
		}
	case Ints:
		do.op = opInts
	case Float:
		do.op = opFloat
	case Floats:
		do.op = opFloats
	default: // the type says all
		do.op = opLength
		return do, one
	}
	return do, true
}

// text finds the quickest way to look at a string.
func (s *screens) text(do task, bit Versions) (task, bool) {
	do.op = opString
	checks := 0
	for scalar := do.scalar; scalar != nil; scalar = scalar.Super {
		if scalar.Enum != nil {
			checks++
			do.enum = scalar.Enum
		}
		for i := range scalar.Rules {
			r := &scalar.Rules[i]
			if r.In&bit == 0 {
				continue
			}
			if r.Match != nil && !(s.key.errorsOnly && s.key.table.PatternWarning) {
				checks++
				do.match = r.Match
			}
			if r.Has&HasMaxLen != 0 {
				checks++
				do.most = r.MaxLen
			}
			if r.Has&HasMinLen != 0 {
				checks += 2 // no operation has it alone
			}
		}
	}
	switch {
	case checks == 0:
		return task{}, false
	case checks > 1:
	case do.enum != nil:
		do.op = opEnum
	case do.match != nil:
		do.op = opMatch
	default:
		do.op = opShort
	}
	return do, true
}
