package wire

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"unsafe"

	"github.com/secmodel/secmodel"
)

// Mender is what a format knows of deviations that its tables do not say. It
// must not keep what it is given.
type Mender interface {
	// Due reports whether a message is to be mended in which a check finds what
	// is in the report.
	Due(r secmodel.Report, o *secmodel.Options) bool
	// First lists the paths of keys, from the root, to what the rest is judged
	// by: they are mended before all else.
	First() [][]string
	// Version returns the version that text means, "" if that cannot be told.
	Version(text string) string
	// Profiles returns the profiles that m names, as bits of Table.Profiles.
	Profiles(m Model, version int) uint64
	// Name returns the attribute that a member stands for whose name no
	// attribute has; "" if there is none. If sure, an attribute of the same name
	// in another case does not count.
	Name(n Node, name string) (attribute string, sure bool)
	// Null reports whether a null is to be left out although the attribute is
	// required.
	Null(t *Type, f *Field) bool
	// Value mends one value of an attribute: all of it, or an element of a list.
	// It is asked for values that the tables find fault with, and for every
	// text.
	Value(v *Value) Verdict
}

// Value is what a Mender is asked about.
type Value struct {
	Type    *Type
	Field   *Field
	Raw     json.RawMessage // without white space around it
	Version int
	Faulty  bool // the tables do not admit it

	mending *mending
}

// Text returns the string that the value is; ok is false if it is none.
func (v *Value) Text() (text string, ok bool) { return Text(v.Raw) }

// Accepts reports whether the tables admit raw in the place of the value.
func (v *Value) Accepts(raw json.RawMessage) bool { return v.mending.accepts(v.Field, raw, true) }

// Verdict is the answer of a Mender.
type Verdict struct {
	// Code is that of a secmodel.Repaired; "" leaves the value to the general
	// mends, Leave keeps it as it is.
	Code  string
	After json.RawMessage
	Note  string
}

// Leave is the Code of a Verdict on a value that is to stay as it is.
const Leave = "leave"

// Repair mends what the tables and k know to be a deviation in m, in place, and
// returns what it has changed, in the order in which it was. It takes all back if
// the message would have more errors than before.
func Repair(m interface {
	Model
	secmodel.Message
}, k Mender, opts []secmodel.Option) []secmodel.Repaired {
	all := append(slices.Clip(opts), func(o *secmodel.Options) { o.MaxViolations, o.ErrorsOnly, o.Lint = 0, false, nil })
	before := m.Check(all...)
	o := secmodel.NewOptions(opts...)
	if !k.Due(before, &o) {
		return nil
	}
	t, typ, p := m.WireModel()
	saved := typ.Grow(nil, 0, 1)
	t.clone(typ, p, saved, newCopies())
	r := newMending(m, k, o)
	r.run()
	if len(r.list) == 0 {
		return nil
	}
	if after := m.Check(all...); after.Count(secmodel.Error) > before.Count(secmodel.Error) {
		typ.Copy(p, saved, 1)
		return nil
	}
	return r.list
}

// mending is one repair of one message.
type mending struct {
	model    Model
	mender   Mender
	forced   bool // an option says which version to judge by
	known    bool // the version is one that there is
	profiles uint64
	// The versions whose shapes the message was and is written in: the one that
	// it names, whatever it is judged by.
	was, written Versions
	check        Checker // judges single values
	decoder      Decoder
	path         []mendStep
	origins      map[spot]origin
	list         []secmodel.Repaired
}

// mendStep is one step of the path to the object at hand, in the document as it
// came in and as it becomes. An index of -1 is none; a name of "" is no step.
type mendStep struct {
	from, to           string
	fromIndex, toIndex int
}

// spot is a field of a struct.
type spot struct {
	p unsafe.Pointer
	f *Field
}

// origin says where the value of a field that was mended came from.
type origin struct {
	name      string
	wrapped   bool // a single value became a list
	unwrapped bool // a list of one became a single value
}

func newMending(m Model, k Mender, o secmodel.Options) *mending {
	t, _, _ := m.WireModel()
	r := &mending{model: m, mender: k, origins: map[spot]origin{}}
	r.check = Checker{table: t}
	if r.forced = o.Version != ""; r.forced {
		i, known := t.VersionIndex(o.Version)
		r.judge(i, known)
	}
	r.reread()
	r.was = r.written
	r.profiles = k.Profiles(m, r.check.Version)
	return r
}

func (r *mending) judge(version int, known bool) {
	r.known = known
	r.check.Version, r.check.bit = version, 1<<version
	r.check.Report.Identity.Version = r.check.table.Versions[version]
}

// reread takes note of the version that the message names.
func (r *mending) reread() {
	_, i, known := VersionOf(r.model)
	if r.written = 1 << i; !r.forced {
		r.judge(i, known)
	}
}

func (r *mending) run() {
	_, root, p := r.model.WireModel()
	for _, path := range r.mender.First() {
		r.lead(root, p, path)
		r.path = r.path[:0]
		r.reread()
		r.profiles = r.mender.Profiles(r.model, r.check.Version)
	}
	r.object(root, p)
}

// lead mends the attributes on a path alone.
func (r *mending) lead(typ *Type, p unsafe.Pointer, path []string) {
	fi := typ.find(path[0])
	if fi < 0 {
		return
	}
	f := &typ.Fields[fi]
	r.members(typ, p, f)
	if word(p, f) == nil || !r.admits(f) {
		return
	}
	if len(path) > 1 {
		if f.Kind == Object {
			r.enter(p, f, 0, func(child *Type, q unsafe.Pointer) { r.lead(child, q, path[1:]) })
		}
		return
	}
	r.scalars(typ, p, f)
}

// namesVersion reports whether a field of the object at hand holds the version.
func (r *mending) namesVersion(f *Field) bool {
	at := r.check.table.VersionAt
	if len(r.path) != len(at)-1 || f.Kind != String || f.Name() != at[len(at)-1] {
		return false
	}
	for i := range r.path {
		if r.path[i].to != at[i] {
			return false
		}
	}
	return true
}

// isVersion reports whether text may name the version.
func (r *mending) isVersion(text string) bool {
	_, known := r.check.table.VersionIndex(text)
	return known && (!r.forced || text == r.check.Report.Identity.Version)
}

// admits reports whether the attribute exists here, as the type of its field.
func (r *mending) admits(f *Field) bool {
	return f.Admits(r.check.Version, r.profiles) && !f.Retyped(r.check.Version)
}

func (r *mending) add(code, from, to string, before, after json.RawMessage, note string) {
	r.list = append(r.list, secmodel.Repaired{
		Code: code, Pointer: from, Target: to, Before: bytes.Clone(before), After: bytes.Clone(after), Note: note,
	})
}

// object mends the struct at p and all within it.
func (r *mending) object(typ *Type, p unsafe.Pointer) {
	if len(r.path) > maxNesting {
		return
	}
	if len(*extraOf(typ, p)) > 0 {
		r.members(typ, p, nil)
	}
	for i := range typ.Fields {
		f := &typ.Fields[i]
		if word(p, f) == nil || !r.admits(f) {
			continue
		}
		switch f.Kind {
		case Object:
			r.enter(p, f, 0, r.object)
		case Objects:
			r.reshaped(p, f)
			for i := range (*sliceHeader)(unsafe.Add(p, uintptr(f.Offset))).len {
				r.enter(p, f, i, r.object)
			}
		case String, Strings:
			r.reshaped(p, f)
			r.scalars(typ, p, f)
		}
	}
}

// enter calls visit with value i of a field of objects; the path leads to it.
func (r *mending) enter(p unsafe.Pointer, f *Field, i int, visit func(*Type, unsafe.Pointer)) {
	child := r.check.table.Types[f.Child]
	q := word(p, f)
	if f.Kind == Objects {
		q = unsafe.Add((*sliceHeader)(unsafe.Add(p, uintptr(f.Offset))).data, uintptr(i)*child.Size)
	}
	r.path = append(r.path, r.step(p, f, i))
	visit(child, q)
	r.path = r.path[:len(r.path)-1]
}

// step returns the step to value i of a field; to the field itself if i is -1.
func (r *mending) step(p unsafe.Pointer, f *Field, i int) mendStep {
	s := mendStep{from: f.Name(), to: f.Name(), fromIndex: -1, toIndex: -1}
	o, moved := r.origins[spot{p, f}]
	if moved {
		s.from = o.name
	}
	if i < 0 {
		return s
	}
	if f.Kind.List() && !(f.More != nil && f.More.One&r.written != 0 && (*sliceHeader)(unsafe.Add(p, uintptr(f.Offset))).len == 1) {
		s.toIndex = i
	}
	if s.fromIndex = s.toIndex; o.wrapped {
		s.fromIndex = -1
	} else if o.unwrapped {
		s.fromIndex = 0
	}
	return s
}

// pointers returns where value i of a field, or the field itself if i is -1,
// stands in the document as it came in, and as it becomes.
func (r *mending) pointers(p unsafe.Pointer, f *Field, i int) (from, to string) {
	return r.at(r.step(p, f, i))
}

// at returns the pointers of a step from the object at hand.
func (r *mending) at(last mendStep) (from, to string) {
	var a, b []byte
	for i := 0; i <= len(r.path); i++ {
		s := last
		if i < len(r.path) {
			s = r.path[i]
		}
		a, b = appendStep(a, s.from, s.fromIndex), appendStep(b, s.to, s.toIndex)
	}
	return string(a), string(b)
}

func appendStep(pointer []byte, name string, index int) []byte {
	pointer = AppendPointer(pointer, name)
	if index >= 0 {
		pointer = strconv.AppendInt(append(pointer, '/'), int64(index), 10)
	}
	return pointer
}

// reshaped reports a list that changed its shape because the version was mended:
// it is written as the version has it.
func (r *mending) reshaped(p unsafe.Pointer, f *Field) {
	if r.was == r.written || f.More == nil || !f.Kind.List() {
		return
	}
	fp := unsafe.Add(p, uintptr(f.Offset))
	before, now := f.More.One&r.was != 0, f.More.One&r.written != 0
	if _, moved := r.origins[spot{p, f}]; moved || before == now || (*sliceHeader)(fp).len != 1 {
		return
	}
	single, err := r.check.table.appendShape(nil, f, fp, r.written, true)
	if err != nil {
		return
	}
	from, to := r.pointers(p, f, -1)
	r.origins[spot{p, f}] = origin{name: f.Name(), wrapped: before, unwrapped: now}
	if now {
		r.add(secmodel.RepairScalar, from, to, listed(single), single, "")
	} else {
		r.add(secmodel.RepairArray, from, to, single, listed(single), "")
	}
}

// listed returns an array of one value.
func listed(raw json.RawMessage) json.RawMessage {
	return append(append([]byte{'['}, raw...), ']')
}

// scalars mends the texts of a field.
func (r *mending) scalars(typ *Type, p unsafe.Pointer, f *Field) {
	fp := unsafe.Add(p, uintptr(f.Offset))
	if f.Kind == String {
		r.text(typ, p, f, *(**string)(fp), -1, func(s *string) { *(**string)(fp) = s })
		return
	}
	if f.Kind != Strings {
		return
	}
	list := *(*[]string)(fp)
	for i := range list {
		r.text(typ, p, f, &list[i], i, func(s *string) { list[i] = *s })
	}
}

// text mends one text, which set replaces.
func (r *mending) text(typ *Type, p unsafe.Pointer, f *Field, text *string, i int, set func(*string)) {
	v, _ := r.mend(typ, f, AppendString(nil, *text))
	if v.Code == "" {
		return
	}
	after, ok := Text(v.After)
	if !ok {
		return
	}
	from, to := r.pointers(p, f, i)
	r.add(v.Code, from, to, AppendString(nil, *text), v.After, v.Note)
	set(&after)
}

// members mends what is in Extra of the struct at p; only what concerns one
// field if that is not nil.
func (r *mending) members(typ *Type, p unsafe.Pointer, only *Field) {
	extra := *extraOf(typ, p)
	if len(extra) == 0 {
		return
	}
	r.nulls(typ, p, only)
	r.names(typ, p, only)
	for _, name := range slices.Sorted(maps.Keys(extra)) {
		fi := typ.find(name)
		if fi < 0 || only != nil && only != &typ.Fields[fi] {
			continue
		}
		if f := &typ.Fields[fi]; word(p, f) == nil && r.admits(f) {
			r.place(typ, p, f, name)
		}
	}
}

// nulls leaves out members that are null where that is no value.
func (r *mending) nulls(typ *Type, p unsafe.Pointer, only *Field) {
	extra := *extraOf(typ, p)
	for _, name := range slices.Sorted(maps.Keys(extra)) {
		fi := typ.find(name)
		if fi < 0 || only != nil && only != &typ.Fields[fi] || !isNull(extra[name]) {
			continue
		}
		f := &typ.Fields[fi]
		if !r.admits(f) || f.More != nil && f.More.Null&r.check.bit != 0 || word(p, f) != nil ||
			f.Required&r.check.bit != 0 && !r.mender.Null(typ, f) {
			continue
		}
		from, _ := r.at(mendStep{from: name, fromIndex: -1, toIndex: -1})
		r.add(secmodel.RepairNull, from, "", extra[name], nil, "")
		delete(extra, name)
	}
}

// names gives members the name of the attribute that they stand for, where just
// one member stands for it and the attribute is absent.
func (r *mending) names(typ *Type, p unsafe.Pointer, only *Field) {
	if typ.Unknown == UnknownOpen {
		return
	}
	extra := *extraOf(typ, p)
	means := map[string]*Field{}
	count := map[*Field]int{}
	for name, raw := range extra {
		if typ.find(name) >= 0 || isNull(raw) {
			continue
		}
		if f := r.named(typ, p, name); f != nil && (only == nil || f == only) {
			means[name] = f
			count[f]++
		}
	}
	for _, name := range slices.Sorted(maps.Keys(means)) {
		f := means[name]
		if _, there := extra[f.Name()]; count[f] == 1 && !there && word(p, f) == nil {
			r.place(typ, p, f, name)
		}
	}
}

// named returns the attribute that a name means: the one that the format knows,
// or the one that has it in another case or with other separators; nil if there
// is none or more than one.
func (r *mending) named(typ *Type, p unsafe.Pointer, name string) (found *Field) {
	attribute, sure := r.mender.Name(Node{r.check.table, typ, p}, name)
	if fi := typ.find(attribute); sure || fi >= 0 {
		if fi < 0 || !r.admits(&typ.Fields[fi]) {
			return nil
		}
		return &typ.Fields[fi]
	}
	for i := range typ.Fields {
		f := &typ.Fields[i]
		if !r.admits(f) || !SameLetters(name, f.Name()) {
			continue
		}
		if found != nil {
			return nil
		}
		found = f
	}
	return found
}

// place gives a field the value of the member called name, mended so that it
// fits, and takes the member out of Extra. It does nothing if the value does not
// fit even then. A member of another name must be right in all.
func (r *mending) place(typ *Type, p unsafe.Pointer, f *Field, name string) {
	extra := *extraOf(typ, p)
	raw := extra[name]
	renamed := name != f.Name()
	o := origin{name: name}
	if f.More != nil && (f.More.One&r.check.bit == 0) != (f.More.One&r.written == 0) {
		return // it would not be written as it is judged
	}
	array := f.Kind.List() && (f.More == nil || f.More.One&r.check.bit == 0)
	elements := []json.RawMessage{raw}
	if list, ok := Elements(raw); ok && (array || f.Kind.scalarOf() != Raw || !f.Flags.admits('[')) {
		if elements = list; !array {
			if len(list) != 1 {
				return
			}
			o.unwrapped = true
		}
	} else {
		o.wrapped = array
	}
	verdicts := make([]Verdict, len(elements))
	for i, element := range elements {
		v, fits := r.mend(typ, f, element)
		if !fits || renamed && v.Code == "" && !r.accepts(f, element, false) {
			return
		}
		if verdicts[i] = v; v.Code == "" {
			verdicts[i].After = element
		}
	}
	if !r.set(typ, p, f, verdicts, array) {
		return
	}
	delete(extra, name)
	r.origins[spot{p, f}] = o
	at, becomes := r.at(mendStep{from: name, to: f.Name(), fromIndex: -1, toIndex: -1})
	if renamed {
		r.add(secmodel.RepairName, at, becomes, raw, raw, "")
	}
	switch {
	case o.wrapped:
		r.add(secmodel.RepairArray, at, becomes, raw, listed(raw), "")
	case o.unwrapped:
		r.add(secmodel.RepairScalar, at, becomes, raw, elements[0], "")
	}
	for i, v := range verdicts {
		if v.Code != "" {
			from, to := r.pointers(p, f, i)
			r.add(v.Code, from, to, elements[i], v.After, v.Note)
		}
	}
}

// set decodes values into a field. It returns false, and sets nothing, if the
// field cannot hold them.
func (r *mending) set(typ *Type, p unsafe.Pointer, f *Field, values []Verdict, array bool) bool {
	text := append([]byte{'{'}, f.Key...)
	if array {
		text = append(text, '[')
	}
	for i := range values {
		if i > 0 {
			text = append(text, ',')
		}
		text = append(text, values[i].After...)
	}
	if array {
		text = append(text, ']')
	}
	text = append(text, '}')
	r.decoder.MaxDepth = len(text)
	r.decoder.Version = r.check.Report.Identity.Version
	q := typ.Grow(nil, 0, 1)
	if err := r.decoder.Decode(element{r.check.table, typ, q}, text); err != nil || word(q, f) == nil {
		return false
	}
	copyField(f.Kind, unsafe.Add(p, uintptr(f.Offset)), unsafe.Add(q, uintptr(f.Offset)))
	return true
}
