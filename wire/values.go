package wire

import (
	"fmt"
	"strings"
	"unicode/utf8"
	"unsafe"

	"github.com/secmodel/secmodel"
)

// scalars checks the values of a scalar field or a list of scalars; the path
// leads to the field.
func (c *Checker) scalars(f *Field, fp unsafe.Pointer) {
	if f.Scalar == nil {
		return
	}
	if f.Kind.List() && c.single(f, fp) {
		c.onlyElement(f, fp)
		return
	}
	switch f.Kind {
	case String:
		c.stringValue(f, **(**string)(fp), false)
	case Int:
		c.intValue(f, **(**int64)(fp), false)
	case Float:
		c.floatValue(f, **(**float64)(fp))
	case Strings:
		list := *(*[]string)(fp)
		c.path = append(c.path, step{index: 0})
		for i, s := range list {
			c.path[len(c.path)-1].index = i
			c.stringValue(f, s, true)
		}
		c.pop()
	case Ints:
		list := *(*[]int64)(fp)
		c.path = append(c.path, step{index: 0})
		for i, n := range list {
			c.path[len(c.path)-1].index = i
			c.intValue(f, n, true)
		}
		c.pop()
	case Floats:
		list := *(*[]float64)(fp)
		c.path = append(c.path, step{index: 0})
		for i, v := range list {
			c.path[len(c.path)-1].index = i
			c.floatValue(f, v)
		}
		c.pop()
	}
}

// onlyElement checks the element of a list that stands for a single value.
func (c *Checker) onlyElement(f *Field, fp unsafe.Pointer) {
	switch f.Kind {
	case Strings:
		c.stringValue(f, (*(*[]string)(fp))[0], false)
	case Ints:
		c.intValue(f, (*(*[]int64)(fp))[0], false)
	case Floats:
		c.floatValue(f, (*(*[]float64)(fp))[0])
	}
}

// fine reports whether there is nothing to say of a string in a version. That is
// the rule, so that it is found out first, and a place and a text made up only
// where it is not.
func (s *Scalar) fine(v string, in Versions) bool {
	for ; s != nil; s = s.Super {
		if e := s.Enum; e != nil && !e.plain(e.Index.lookup(v, e.Strings), in) {
			return false
		}
		for i := range s.Rules {
			r := &s.Rules[i]
			switch {
			case r.In&in == 0:
			case r.Match != nil && !r.Match.Match(v):
				return false
			case r.Has&HasMinLen != 0 && utf8.RuneCountInString(v) < r.MinLen,
				r.Has&HasMaxLen != 0 && len(v) > r.MaxLen && utf8.RuneCountInString(v) > r.MaxLen:
				return false
			}
		}
	}
	return true
}

// fineInt is fine for an integer.
func (s *Scalar) fineInt(v int64, in Versions) bool {
	for ; s != nil; s = s.Super {
		if e := s.Enum; e != nil && !e.plain(e.indexOf(v), in) {
			return false
		}
		for i := range s.Rules {
			if r := &s.Rules[i]; r.In&in != 0 && (!r.admitsInt(v) || !r.admits(float64(v))) {
				return false
			}
		}
	}
	return true
}

// fineFloat is fine for a number.
func (s *Scalar) fineFloat(v float64, in Versions) bool {
	for ; s != nil; s = s.Super {
		for i := range s.Rules {
			if r := &s.Rules[i]; r.In&in != 0 && !r.admits(v) {
				return false
			}
		}
	}
	return true
}

// stringValue checks a string against the scalar of a field.
func (c *Checker) stringValue(f *Field, s string, inList bool) {
	lenient := f.Flags&LenientValue != 0
	long := false // reported; the bound of the super type is beyond that of the type
	for scalar, super := f.Scalar, false; scalar != nil; scalar, super = scalar.Super, true {
		if e := scalar.Enum; e != nil {
			if i := e.Index.lookup(s, e.Strings); !e.plain(i, c.bit) {
				c.enumValue(f, e, i, s, inList)
			}
		}
		for i := range scalar.Rules {
			r := &scalar.Rules[i]
			if r.In&c.bit == 0 {
				continue
			}
			if r.Match != nil && !r.Match.Match(s) {
				c.report(lenient || c.table.PatternWarning, pick(super, secmodel.CodeSuperPattern, secmodel.CodePattern), s, r.Match.Source,
					"%s is not a valid %s", quoted(s), scalar.Name)
			}
			if r.Has&(HasMinLen|HasMaxLen) == 0 {
				continue
			}
			if n := utf8.RuneCountInString(s); r.Has&HasMaxLen != 0 && n > r.MaxLen && !long {
				long = true
				c.report(lenient, pick(super, secmodel.CodeSuperMaxLen, secmodel.CodeMaxLen), s, r.MaxLen,
					"%d characters, more than the %d of a %s", n, r.MaxLen, scalar.Name)
			} else if r.Has&HasMinLen != 0 && n < r.MinLen {
				c.report(lenient, secmodel.CodeMinLen, s, r.MinLen,
					"%d characters, fewer than the %d of a %s", n, r.MinLen, scalar.Name)
			}
		}
	}
}

// intValue checks an integer against the scalar of a field.
func (c *Checker) intValue(f *Field, n int64, inList bool) {
	lenient := f.Flags&LenientValue != 0
	for scalar, super := f.Scalar, false; scalar != nil; scalar, super = scalar.Super, true {
		if e := scalar.Enum; e != nil {
			if i := e.indexOf(n); !e.plain(i, c.bit) {
				c.enumValue(f, e, i, n, inList)
			}
		}
		for i := range scalar.Rules {
			r := &scalar.Rules[i]
			if r.In&c.bit == 0 {
				continue
			}
			if !r.admitsInt(n) || !r.admits(float64(n)) {
				c.report(lenient, pick(super, secmodel.CodeSuperRange, secmodel.CodeRange), n, r.bounds(),
					"%d is out of the range of %s, %s", n, scalar.Name, r.bounds())
			}
		}
	}
}

// floatValue checks a number against the scalar of a field.
func (c *Checker) floatValue(f *Field, v float64) {
	for scalar, super := f.Scalar, false; scalar != nil; scalar, super = scalar.Super, true {
		for i := range scalar.Rules {
			r := &scalar.Rules[i]
			if r.In&c.bit != 0 && !r.admits(v) {
				c.report(f.Flags&LenientValue != 0, pick(super, secmodel.CodeSuperRange, secmodel.CodeRange), v, r.bounds(),
					"%v is out of the range of %s, %s", v, scalar.Name, r.bounds())
			}
		}
	}
}

// plain reports whether there is nothing to say of value i in a version.
func (e *Enum) plain(i int, v Versions) bool {
	if i < 0 || e.Absent != nil && e.Absent[i]&v != 0 {
		return false
	}
	for j := range e.Deprecated {
		if d := &e.Deprecated[j]; d.Value == i && d.In&v != 0 {
			return false
		}
	}
	return true
}

// enumValue reports a value of an enumeration that is unknown in the version,
// i < 0 if in every version, or deprecated.
func (c *Checker) enumValue(f *Field, e *Enum, i int, value any, inList bool) {
	if i < 0 || e.Absent != nil && e.Absent[i]&c.bit != 0 {
		lenient := f.Flags&LenientValue != 0
		if !c.wants(lenient) {
			return
		}
		text, isText := value.(string)
		shown, hint := quoted(text), ""
		if !isText {
			shown = fmt.Sprint(value)
		}
		if i >= 0 {
			hint = c.since(e.Absent[i])
		} else if isText {
			hint = c.meantValue(e, text)
		}
		c.report(lenient, pick(inList, secmodel.CodeEnumArrayUnknown, secmodel.CodeEnumUnknown),
			value, e.admitted(c.bit), "%s is not a value of %s%s%s", shown, f.Name(), c.in(), hint)
		return
	}
	for j := range e.Deprecated {
		if d := &e.Deprecated[j]; d.Value == i && d.In&c.bit != 0 {
			c.add(secmodel.Warning, pick(inList, secmodel.CodeEnumArrayDeprecated, secmodel.CodeEnumDeprecated),
				value, nil, "the value %v of %s is deprecated since %s", value, f.Name(), d.Since)
		}
	}
}

// manyValues is how many values of an enumeration a violation lists at most.
const manyValues = 24

// admitted lists the values of an enumeration in a version; nil if there are
// too many to be of help.
func (e *Enum) admitted(v Versions) any {
	var strings []string
	var ints []int64
	for i := range max(len(e.Strings), len(e.Ints)) {
		if e.Absent != nil && e.Absent[i]&v != 0 {
			continue
		}
		if len(strings)+len(ints) == manyValues {
			return nil
		}
		if e.Strings != nil {
			strings = append(strings, e.Strings[i])
		} else {
			ints = append(ints, e.Ints[i])
		}
	}
	if e.Strings != nil {
		return strings
	}
	return ints
}

// mostShown is how many bytes of a value a message shows.
const mostShown = 64

// quoted is %q cut to a length that a message can bear.
func quoted(s string) string {
	if len(s) <= mostShown {
		return fmt.Sprintf("%q", s)
	}
	return fmt.Sprintf("%q…", cut(s))
}

// excerpt is a JSON text cut to a length that a message can bear.
func excerpt(s string) string {
	if len(s) <= mostShown {
		return s
	}
	return cut(s) + "…"
}

// cut returns the characters that the first bytes of a long text hold.
func cut(s string) string {
	n := mostShown
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

func pick(super bool, yes, no string) string {
	if super {
		return yes
	}
	return no
}

// admits reports whether v is within the bounds of the rule.
func (r *Rule) admits(v float64) bool {
	if r.Has&HasMin != 0 && (v < r.Min || v == r.Min && r.Has&ExclusiveMin != 0) {
		return false
	}
	return r.Has&HasMax == 0 || v < r.Max || v == r.Max && r.Has&ExclusiveMax == 0
}

// admitsInt reports whether n is in one of the ranges of the rule, if it has
// any.
func (r *Rule) admitsInt(n int64) bool {
	for _, bounds := range r.Ranges {
		if n >= bounds[0] && n <= bounds[1] {
			return true
		}
	}
	return len(r.Ranges) == 0
}

// bounds describes the rule's range for people.
func (r *Rule) bounds() string {
	if len(r.Ranges) > 0 {
		var list []string
		for _, bounds := range r.Ranges {
			list = append(list, fmt.Sprintf("%d to %d", bounds[0], bounds[1]))
		}
		return strings.Join(list, " or ")
	}
	var least, most string
	switch {
	case r.Has&HasMin == 0:
	case r.Has&ExclusiveMin != 0:
		least = fmt.Sprintf("more than %v", r.Min)
	default:
		least = fmt.Sprintf("%v or more", r.Min)
	}
	switch {
	case r.Has&HasMax == 0:
		return least
	case r.Has&ExclusiveMax != 0:
		most = fmt.Sprintf("less than %v", r.Max)
	default:
		most = fmt.Sprintf("%v or less", r.Max)
	}
	switch {
	case least == "":
		return most
	case r.Has&(ExclusiveMin|ExclusiveMax) == 0:
		return fmt.Sprintf("%v to %v", r.Min, r.Max)
	}
	return least + " and " + most
}
