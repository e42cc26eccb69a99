package wire

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unsafe"

	"github.com/secmodel/secmodel"
)

// Checker validates models by their tables. Packages of formats make one for a
// message, let it run, and add what tables cannot say.
type Checker struct {
	// Report collects what is found.
	Report secmodel.Report
	// Version is the index of the version to judge by.
	Version int
	// Profiles is the set of profiles that the message names, as bits of
	// Table.Profiles. Attributes of other profiles are unknown.
	Profiles uint64
	// Options in force.
	Options secmodel.Options
	// Drop says of which violations, by code and pointer, there is nothing to say,
	// because the package of the format knows better; nil: of none.
	Drop func(code, pointer string) bool

	table     *Table
	bit       Versions
	path      []step
	unchecked int  // levels whose faults are warnings
	hints     int  // searches for what was meant
	failed    bool // an error has been found

	screens *screens // those in use
	known   map[screenKey]*screens
}

// step is one step of the path to the value being checked.
type step struct {
	name  string
	index int // of an element; -1 for a member, which name says
}

// NewChecker prepares to check m by the version that the options demand, or
// else by the one that m names, or else by the newest released one. known is
// false if there is no such version; where the options demand it, that is
// reported.
func NewChecker(m Model, class string, o secmodel.Options) (c *Checker, known bool) {
	t, _, _ := m.WireModel()
	c = checkers.Get().(*Checker)
	*c = Checker{Options: o, table: t, path: c.path[:0], screens: c.screens, known: c.known}
	if o.Version == "" {
		_, c.Version, known = VersionOf(m)
	} else if c.Version, known = t.VersionIndex(o.Version); !known {
		c.Add(secmodel.Violation{
			Code: secmodel.CodeVersion, Value: o.Version, Expected: slices.Clone(t.Versions),
			Message: fmt.Sprintf("%s has no version %s, judged by %s", t.Format, o.Version, t.Versions[c.Version]),
		})
	}
	c.Report.Identity = secmodel.Identity{Format: t.Format, Version: t.Versions[c.Version], Class: class}
	return c, known
}

var checkers = sync.Pool{New: func() any { return &Checker{path: make([]step, 0, 16)} }}

// Finish returns the report. The Checker must not be used after that.
func (c *Checker) Finish() secmodel.Report {
	report := c.Report
	c.Report = secmodel.Report{}
	clear(c.path[:cap(c.path)])
	checkers.Put(c)
	return report
}

// Run checks m by its table.
func (c *Checker) Run(m Model) {
	t, typ, p := m.WireModel()
	c.table, c.bit = t, 1<<c.Version
	if c.Options.Recommended || !c.fine(typ, p) {
		c.object(typ, p)
	}
}

// Add adds a violation. Beyond the limit it keeps only the first error, in place
// of the last warning, so that a report of warnings alone means a valid message.
func (c *Checker) Add(v secmodel.Violation) {
	if c.Options.ErrorsOnly && v.Severity != secmodel.Error || c.Drop != nil && c.Drop(v.Code, v.Pointer) {
		return
	}
	v.Message = Brief(v.Message)
	list := c.Report.Violations
	if most := c.Options.MaxViolations; most > 0 && len(list) >= most {
		c.Report.Truncated = true
		if v.Severity == secmodel.Error && !c.failed {
			list[len(list)-1] = v
			c.failed = true
		}
		return
	}
	c.failed = c.failed || v.Severity == secmodel.Error
	c.Report.Violations = append(list, v)
}

// full reports whether no more violations are wanted.
func (c *Checker) full() bool { return c.Report.Truncated && c.failed }

// report adds a violation of the value at the path: a warning where the fault
// is one that receivers accept or the official schema overlooks.
func (c *Checker) report(lenient bool, code string, value, expected any, format string, args ...any) {
	severity := secmodel.Error
	if lenient || c.unchecked > 0 {
		severity = secmodel.Warning
	}
	c.add(severity, code, value, expected, format, args...)
}

func (c *Checker) add(severity secmodel.Severity, code string, value, expected any, format string, args ...any) {
	if c.full() || c.Options.ErrorsOnly && severity != secmodel.Error {
		return
	}
	var pointer []byte
	for _, s := range c.path {
		if s.index < 0 {
			pointer = AppendPointer(pointer, s.name)
		} else {
			pointer = strconv.AppendInt(append(pointer, '/'), int64(s.index), 10)
		}
	}
	c.Add(secmodel.Violation{
		Severity: severity, Code: code, Pointer: string(pointer),
		Message: fmt.Sprintf(format, args...), Value: value, Expected: expected,
	})
}

// wants reports whether a violation would be kept, so that a text for it is
// worth the work.
func (c *Checker) wants(lenient bool) bool {
	return !c.full() && !(c.Options.ErrorsOnly && (lenient || c.unchecked > 0))
}

func (c *Checker) push(name string) { c.path = append(c.path, step{name, -1}) }
func (c *Checker) pop()             { c.path = c.path[:len(c.path)-1] }

// gated reports whether a field exists only in events of other profiles.
func (c *Checker) gated(f *Field) bool { return f.gated(c.bit, c.Profiles) }

// object checks the struct at p.
func (c *Checker) object(typ *Type, p unsafe.Pointer) {
	if len(c.path) > maxNesting {
		c.report(false, secmodel.CodeWrongType, nil, nil, "nested too deeply, perhaps the value contains itself")
		return
	}
	extra := *extraOf(typ, p)
	if c.Options.Recommended || typ.lacks(p, c.bit, c.Profiles) {
		c.eachField(typ, p, extra)
	} else {
		for f, at := typ.set(p, 0); f != nil; f, at = typ.set(p, at) {
			c.field(typ, f, p)
		}
	}
	if len(extra) > 0 {
		c.extra(typ, p, extra)
	}
	for i := range typ.Constraints {
		c.constraint(&typ.Constraints[i], typ, p)
	}
	for _, least := range typ.MinMembers {
		if least.In&c.bit != 0 {
			if n := typ.members(p, extra); n < least.N {
				c.report(false, secmodel.CodeTooFew, nil, least.N, "%s has %d members, fewer than %d", typ.Name, n, least.N)
			}
		}
	}
	for i := range typ.Deprecated {
		if d := &typ.Deprecated[i]; d.In&c.bit != 0 {
			code := secmodel.CodeObjectRetired
			if typ.Root {
				code = secmodel.CodeClassRetired
			}
			c.add(secmodel.Warning, code, nil, nil, "%s is deprecated since %s", typ.Name, d.Since)
		}
	}
}

// eachField checks all fields in their order: those that are set, and those that
// should be.
func (c *Checker) eachField(typ *Type, p unsafe.Pointer, extra map[string]json.RawMessage) {
	for i := range typ.Fields {
		f := &typ.Fields[i]
		if word(p, f) != nil {
			c.field(typ, f, p)
		} else if f.Required&c.bit != 0 {
			c.missing(typ, f, extra)
		} else if c.Options.Recommended && f.More != nil && f.More.Recommended&c.bit != 0 && f.Absent&c.bit == 0 && !c.gated(f) {
			if raw, ok := extra[f.Name()]; !ok || c.table.NullAbsent && isNull(raw) {
				c.push(f.Name())
				c.add(secmodel.Warning, secmodel.CodeRecommendedMissing, nil, nil, "the recommended attribute %q of %s is missing", f.Name(), typ.Name)
				c.pop()
			}
		}
	}
}

// missing reports a required attribute that is absent.
func (c *Checker) missing(typ *Type, f *Field, extra map[string]json.RawMessage) {
	if f.Absent&c.bit != 0 || c.gated(f) {
		return
	}
	name := f.Name()
	if raw, ok := extra[name]; ok && !(c.table.NullAbsent && isNull(raw)) {
		return // present but wrong
	}
	c.push(name)
	c.report(f.Flags&LenientMissing != 0, secmodel.CodeRequiredMissing, nil, nil,
		"the required attribute %q of %s is missing", name, typ.Name)
	c.pop()
}

func isNull(raw json.RawMessage) bool { return string(raw) == "null" }

// field checks a field that is set, in the struct at p.
func (c *Checker) field(typ *Type, f *Field, p unsafe.Pointer) {
	fp := unsafe.Add(p, uintptr(f.Offset))
	if f.Absent&c.bit != 0 {
		c.unknown(typ, f.Name(), c.value(f, fp))
		return
	}
	if f.More == nil {
		c.content(f, fp)
		return
	}
	if f.More.Special&c.bit != 0 {
		c.special(typ, f, fp)
	} else {
		c.content(f, fp)
	}
	if f.More.Sibling != 0 && (!c.Options.ErrorsOnly || f.Kind.List()) {
		c.sibling(typ, f, p) // of a single value no more than warnings
	}
}

// special checks a field of which more is to be said in the version than what
// its value may be.
func (c *Checker) special(typ *Type, f *Field, fp unsafe.Pointer) {
	if c.gated(f) {
		c.unknown(typ, f.Name(), c.value(f, fp))
		return
	}
	more := f.More
	c.push(f.Name())
	c.deprecated(more.Deprecated, f)
	if was := more.was(c.bit); was != nil {
		c.changed(f, was, fp)
		c.pop()
		return
	}
	if f.Kind.List() && more.One&c.bit != 0 && (*sliceHeader)(fp).len != 1 {
		c.report(f.Flags&LenientType != 0, secmodel.CodeWrongType, c.value(f, fp), kindName(f.Kind.Elem(), f.Flags),
			"%s is a single value%s, not an array", f.Name(), c.in())
	}
	c.pop()
	if more.Unchecked&c.bit != 0 {
		c.unchecked++
		c.content(f, fp)
		c.unchecked--
		return
	}
	c.content(f, fp)
}

// content checks the value of a field.
func (c *Checker) content(f *Field, fp unsafe.Pointer) {
	switch f.Kind {
	case Object, Objects:
	case String:
		if f.Scalar == nil || f.Scalar.fine(**(**string)(fp), c.bit) {
			return
		}
	case Int:
		if f.Scalar == nil || f.Scalar.fineInt(**(**int64)(fp), c.bit) {
			return
		}
	case Raw, Raws:
		if f.rawsFit(fp) {
			return
		}
	default:
		if f.Scalar == nil {
			return
		}
	}
	c.push(f.Name())
	switch f.Kind {
	case Object:
		c.object(c.table.Types[f.Child], *(*unsafe.Pointer)(fp))
	case Objects:
		child := c.table.Types[f.Child]
		list := (*sliceHeader)(fp)
		if c.single(f, fp) {
			c.object(child, list.data)
			break
		}
		c.path = append(c.path, step{})
		for i := range list.len {
			c.path[len(c.path)-1].index = i
			c.object(child, unsafe.Add(list.data, uintptr(i)*child.Size))
			if c.full() {
				break
			}
		}
		c.pop()
	case Raw:
		c.rawByHand(f, *(*json.RawMessage)(fp), false)
	case Raws:
		c.path = append(c.path, step{})
		for i, raw := range *(*[]json.RawMessage)(fp) {
			c.path[len(c.path)-1].index = i
			c.rawByHand(f, raw, true)
		}
		c.pop()
	default:
		c.scalars(f, fp)
	}
	c.pop()
}

// rawsFit reports whether the raw values of a field are of a type that it takes,
// by their first byte. Those that were decoded are: what is not goes to Extra.
func (f *Field) rawsFit(fp unsafe.Pointer) bool {
	if f.Kind == Raw {
		return f.Flags.holds(*(*json.RawMessage)(fp))
	}
	for _, raw := range *(*[]json.RawMessage)(fp) {
		if !f.Flags.holds(raw) {
			return false
		}
	}
	return true
}

// holds reports whether a Raw of these flags may have the value raw.
func (f Flags) holds(raw json.RawMessage) bool {
	for _, c := range raw {
		if !isSpace(c) {
			return c != 'n' && f.admits(c)
		}
	}
	return false
}

// rawByHand checks a raw value that a program may have put into a field.
func (c *Checker) rawByHand(f *Field, raw json.RawMessage, inList bool) {
	raw = bytes.TrimSpace(raw)
	if f.Flags.holds(raw) || isNull(raw) && f.More != nil && f.More.Null&c.bit != 0 {
		return
	}
	c.rawElement(f, Raw, raw, inList)
}

// single reports whether a list stands for the single value that the version has
// instead: then its place is that of the attribute.
func (c *Checker) single(f *Field, fp unsafe.Pointer) bool {
	return f.More != nil && f.More.One&c.bit != 0 && (*sliceHeader)(fp).len == 1
}

// was returns the type that the attribute had in version v, nil if it is the
// one of the field.
func (m *More) was(v Versions) *Was {
	for i := range m.Was {
		if m.Was[i].In&v != 0 {
			return &m.Was[i]
		}
	}
	return nil
}

// changed checks a field whose attribute had another type in the version: the
// typed value must read as that type too.
func (c *Checker) changed(f *Field, was *Was, fp unsafe.Pointer) {
	if was.Kind == f.Kind && f.Kind.scalarOf() != Raw && f.Kind.scalarOf() != Object {
		c.scalars(&Field{Key: f.Key, Kind: f.Kind, Flags: f.Flags, Scalar: was.Scalar}, fp)
		return
	}
	raw, err := c.table.appendField(nil, f, fp, c.bit)
	if err != nil {
		return
	}
	old := Field{Key: f.Key, Kind: was.Kind, Flags: was.Flags, Child: was.Child, Scalar: was.Scalar}
	c.rawField(&old, raw)
}

func (c *Checker) deprecated(list []Deprecation, f *Field) {
	for i := range list {
		if list[i].In&c.bit != 0 {
			c.add(secmodel.Warning, secmodel.CodeDeprecated, nil, nil, "the attribute %q is deprecated since %s", f.Name(), list[i].Since)
		}
	}
}

// value returns the value of a field for a violation: a scalar as such, all
// else as JSON.
func (c *Checker) value(f *Field, fp unsafe.Pointer) any {
	switch f.Kind {
	case String, IntOrString:
		return **(**string)(fp)
	case Int:
		return **(**int64)(fp)
	case Float:
		return **(**float64)(fp)
	case Bool:
		return **(**bool)(fp)
	}
	raw, err := c.table.appendField(nil, f, fp, c.bit)
	if err != nil {
		return nil
	}
	return json.RawMessage(raw)
}

// unknown reports a member that the type does not have in the version.
func (c *Checker) unknown(typ *Type, name string, value any) {
	if typ.Unknown == UnknownOpen {
		return
	}
	if lenient := typ.Unknown == UnknownWarning; c.wants(lenient) {
		hint := ""
		if fi := typ.find(name); fi >= 0 && typ.Fields[fi].Absent&c.bit != 0 {
			hint = c.since(typ.Fields[fi].Absent)
		} else if fi < 0 {
			hint = c.meantName(typ, name)
		}
		c.push(name)
		c.report(lenient, secmodel.CodeUnknown, value, nil, "%s has no attribute %s%s%s", typ.Name, quoted(name), c.in(), hint)
		c.pop()
	}
}

// extra checks the members that no typed field holds.
func (c *Checker) extra(typ *Type, p unsafe.Pointer, extra map[string]json.RawMessage) {
	for _, name := range slices.Sorted(maps.Keys(extra)) {
		if c.full() {
			return
		}
		raw := extra[name]
		fi := typ.find(name)
		if fi < 0 {
			c.unknown(typ, name, rawValue(raw))
			continue
		}
		f := &typ.Fields[fi]
		if word(p, f) != nil {
			continue // overridden by the typed field
		}
		if f.Absent&c.bit != 0 || c.gated(f) {
			c.unknown(typ, name, rawValue(raw))
			continue
		}
		if c.table.NullAbsent && isNull(raw) {
			c.null(f)
			continue
		}
		if f.More != nil && f.More.Null&c.bit != 0 && isNull(raw) {
			continue
		}
		if f.More != nil && f.More.Sibling != 0 {
			c.sibling(typ, f, p)
		}
		c.push(name)
		if f.More != nil {
			c.deprecated(f.More.Deprecated, f)
			if was := f.More.was(c.bit); was != nil {
				f = &Field{Key: f.Key, Kind: was.Kind, Flags: was.Flags, Child: was.Child, Scalar: was.Scalar}
			}
		}
		c.rawField(f, raw)
		c.pop()
	}
}

// null reports a member that is null where that counts as absent. Where the
// attribute is required, its absence is reported already.
func (c *Checker) null(f *Field) {
	if f.Required&c.bit != 0 {
		return
	}
	c.push(f.Name())
	c.add(secmodel.Warning, secmodel.CodeNull, nil, nil, "%s is null, which counts as absent", f.Name())
	c.pop()
}

// rawValue returns a raw value for a violation: a short scalar as such.
func rawValue(raw json.RawMessage) any {
	if len(raw) == 0 {
		return nil
	}
	switch c := raw[0]; c {
	case '{', '[':
		return raw
	default:
		if s, ok := Text(raw); ok {
			return s
		}
		if c == 't' || c == 'f' {
			return c == 't'
		}
		if c == 'n' {
			return nil
		}
		return raw
	}
}

// rawField reports why raw does not fit a field; the path leads to it.
func (c *Checker) rawField(f *Field, raw json.RawMessage) {
	one := f.More != nil && f.More.One&c.bit != 0
	if !f.Kind.List() || one {
		c.rawElement(f, f.Kind.scalarOf(), raw, false)
		return
	}
	elements, ok := Elements(raw)
	if !ok {
		c.wrongType(f, raw, "array")
		return
	}
	nulls := f.More != nil && f.More.NullItems&c.bit != 0
	c.path = append(c.path, step{})
	for i, element := range elements {
		if nulls && isNull(element) {
			continue
		}
		c.path[len(c.path)-1].index = i
		c.rawElement(f, f.Kind.Elem(), element, true)
		if c.full() {
			break
		}
	}
	c.pop()
}

// scalarOf is Elem for the kind of an array, and k for others.
func (k Kind) scalarOf() Kind {
	if k.List() {
		return k.Elem()
	}
	return k
}

func (c *Checker) wrongType(f *Field, raw json.RawMessage, want string) {
	lenient := f.Flags&LenientType != 0
	if !c.wants(lenient) {
		return
	}
	shown := ""
	if len(raw) > 0 && raw[0] != '{' && raw[0] != '[' && raw[0] != 'n' {
		shown = ": " + excerpt(string(raw))
	}
	if f.Kind.scalarOf() == Int && f.Scalar != nil && f.Scalar.Enum != nil {
		if text, ok := Text(raw); ok {
			shown += c.meantNumber(f.Scalar.Enum, text)
		}
	}
	c.report(lenient, secmodel.CodeWrongType, rawValue(raw), want, "%s is %s, not %s%s", f.Name(), jsonType(raw), article(want), shown)
}

// rawElement checks one raw value against a kind.
func (c *Checker) rawElement(f *Field, k Kind, raw json.RawMessage, inList bool) {
	want := kindName(k, f.Flags)
	if len(raw) == 0 {
		c.wrongType(f, raw, want)
		return
	}
	first := raw[0]
	switch k {
	case String:
		if first == '"' {
			if s, ok := Text(raw); ok {
				c.stringValue(f, s, inList)
				return
			}
		}
	case Int:
		if first == '-' || first >= '0' && first <= '9' {
			if n, err := strconv.ParseInt(string(raw), 10, 64); err == nil {
				c.intValue(f, n, inList)
				return
			}
			if isInteger(raw) && !c.table.Int64 {
				c.hugeInteger(f, raw)
				return
			}
		}
	case Float:
		if first == '-' || first >= '0' && first <= '9' {
			v, err := strconv.ParseFloat(string(raw), 64)
			if err != nil {
				c.report(f.Flags&LenientValue != 0, secmodel.CodeRange, raw, "a number that a 64-bit float holds",
					"%s is out of the range of a 64-bit float", f.Name())
				return
			}
			c.floatValue(f, v)
			return
		}
	case Bool:
		if first == 't' || first == 'f' {
			return
		}
	case IntOrString:
		if first == '"' || isInteger(raw) {
			return
		}
	case Raw:
		if first != 'n' && f.Flags.admits(first) {
			return
		}
	case Object:
		if first == '{' {
			c.rawObject(f, raw)
			return
		}
	}
	c.wrongType(f, raw, want)
}

// hugeInteger checks an integer beyond int64: an error only where the bounds of
// the scalar, or its values, leave no room for it.
func (c *Checker) hugeInteger(f *Field, raw json.RawMessage) {
	v, _ := strconv.ParseFloat(string(raw), 64) // infinite if it is too large, which bounds do not admit
	for s := f.Scalar; s != nil; s = s.Super {
		for i := range s.Rules {
			r := &s.Rules[i]
			// Ranges are of 64 bits, which the number is beyond.
			if r.In&c.bit != 0 && (len(r.Ranges) > 0 || !r.admits(v)) {
				c.report(f.Flags&LenientValue != 0, secmodel.CodeRange, raw, r.bounds(), "%s is out of the range of %s, %s", excerpt(string(raw)), s.Name, r.bounds())
				return
			}
		}
		if s.Enum != nil {
			c.report(f.Flags&LenientValue != 0, secmodel.CodeEnumUnknown, raw, nil, "%s is not a value of %s%s", excerpt(string(raw)), f.Name(), c.in())
			return
		}
	}
}

func isInteger(raw json.RawMessage) bool {
	s := scanner{src: string(raw), maxDepth: 1}
	if c := s.src[0]; c != '-' && (c < '0' || c > '9') {
		return false
	}
	end, whole := s.number(0)
	return whole && end == len(s.src)
}

// rawObject checks an object that stands in an array which as a whole does not
// fit its field.
func (c *Checker) rawObject(f *Field, raw json.RawMessage) {
	child := c.table.Types[f.Child]
	p := child.Grow(nil, 0, 1)
	d := decoders.Get().(*Decoder) // there may be very many objects
	d.MaxDepth = min(len(raw), maxNesting)
	err := d.Decode(element{c.table, child, p}, raw)
	d.MaxDepth = 0
	d.Forget()
	decoders.Put(d)
	if err != nil {
		c.report(false, secmodel.CodeWrongType, raw, "object", "%s", err)
		return
	}
	c.object(child, p)
}

// element is the Model of a struct that is known only by its table.
type element struct {
	table *Table
	typ   *Type
	p     unsafe.Pointer
}

func (e element) WireModel() (*Table, *Type, unsafe.Pointer) { return e.table, e.typ, e.p }

// constraint checks that enough, and not too many, of some attributes are
// present.
func (c *Checker) constraint(k *Constraint, typ *Type, p unsafe.Pointer) {
	if k.In&c.bit == 0 {
		return
	}
	if k.At != "" && !k.Just {
		for i := range len(k.At) {
			if word(p, &typ.Fields[k.At[i]]) != nil {
				return // one is enough
			}
		}
	}
	n := c.among(k, typ, p)
	if k.satisfied(n) {
		return
	}
	switch {
	case n == 0:
		c.report(false, secmodel.CodeConstraint, nil, slices.Clone(k.Of), "%s needs one of %s", typ.Name, strings.Join(k.Of, ", "))
	default:
		c.report(false, secmodel.CodeConstraint, nil, slices.Clone(k.Of), "%s must have just one of %s", typ.Name, strings.Join(k.Of, ", "))
	}
}

// among counts the attributes of a constraint that are present, up to the one
// that decides.
func (c *Checker) among(k *Constraint, typ *Type, p unsafe.Pointer) int {
	n := 0
	for _, path := range k.Of {
		if !c.present(typ, p, path) {
			continue
		}
		if n++; !k.Just || n > 1 {
			break
		}
	}
	return n
}

// satisfied reports whether n of the attributes are as many as there must be.
func (k *Constraint) satisfied(n int) bool { return n == 1 || n > 1 && !k.Just }

// present reports whether the attribute at a dotted path is there, and not null
// unless that is one of its values.
func (c *Checker) present(typ *Type, p unsafe.Pointer, path string) bool {
	name, rest, dotted := strings.Cut(path, ".")
	nulls := false
	if fi := typ.find(name); fi >= 0 {
		f := &typ.Fields[fi]
		nulls = f.More != nil && f.More.Null&c.bit != 0
		if w := word(p, f); w != nil {
			switch {
			case !dotted:
				return true
			case f.Kind == Object:
				return c.present(c.table.Types[f.Child], w, rest)
			}
			return false
		}
	}
	raw, ok := (*extraOf(typ, p))[name]
	return ok && !dotted && (nulls || !isNull(raw))
}

// members counts the members of the struct at p.
func (t *Type) members(p unsafe.Pointer, extra map[string]json.RawMessage) int {
	n := 0
	for name := range extra {
		if fi := t.find(name); fi < 0 || word(p, &t.Fields[fi]) == nil {
			n++
		}
	}
	for f, at := t.set(p, 0); f != nil; f, at = t.set(p, at) {
		n++
	}
	return n
}

// kindName names what a kind holds, in JSON Schema's words.
func kindName(k Kind, flags Flags) string {
	switch k {
	case String:
		return "string"
	case Int:
		return "integer"
	case Float:
		return "number"
	case Bool:
		return "boolean"
	case IntOrString:
		return "integer or string"
	case Object:
		return "object"
	case Raw:
		var forms []string
		for i, name := range [...]string{"object", "array", "string", "number", "boolean"} {
			if flags&(1<<i) != 0 {
				forms = append(forms, name)
			}
		}
		if len(forms) == 0 {
			return "any value but null"
		}
		return strings.Join(forms, " or ")
	default:
		return "array"
	}
}

// article puts "a" or "an" before a noun.
func article(noun string) string {
	switch noun[0] {
	case 'a', 'i', 'o':
		if strings.HasPrefix(noun, "any ") {
			return noun
		}
		return "an " + noun
	}
	return "a " + noun
}

// jsonType names the type of a raw value, with its article.
func jsonType(raw json.RawMessage) string {
	if len(raw) == 0 {
		return "empty"
	}
	switch raw[0] {
	case '{':
		return "an object"
	case '[':
		return "an array"
	case '"':
		return "a string"
	case 't', 'f':
		return "a boolean"
	case 'n':
		return "null"
	}
	if isInteger(raw) {
		return "an integer"
	}
	return "a number with a fraction or exponent"
}
