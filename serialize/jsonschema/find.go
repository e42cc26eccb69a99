package jsonschema

import (
	"slices"
	"strconv"
	"strings"

	v5 "github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/secmodel/secmodel"
)

// finder makes violations of what the validator says. That is a tree in an order
// that changes from run to run, with texts that name neither values nor
// positions; so the finder takes from it which rule failed where, and looks at
// the rule and the value itself.
type finder struct {
	rules    rules
	document any
}

// finding is a violation without its place.
type finding struct {
	secmodel.Violation
	name      bool // it is the name of the member that is wrong
	composite bool // the value is an object or array
}

// find returns the findings in a failure and its causes, in a fixed order and
// each once.
func (f *finder) find(e *v5.ValidationError) []finding {
	var list []finding
	f.walk(e, &list)
	slices.SortFunc(list, func(a, b finding) int { return compare(&a.Violation, &b.Violation) })
	return slices.CompactFunc(list, func(a, b finding) bool { return compare(&a.Violation, &b.Violation) == 0 })
}

func (f *finder) walk(e *v5.ValidationError, list *[]finding) {
	if e.Message != "" {
		s, keyword, rest := f.rules.at(e.AbsoluteKeywordLocation)
		several := (keyword == "anyOf" || keyword == "oneOf") && rest == "" && len(e.Causes) != 1
		if len(e.Causes) == 0 || several || keyword == "minContains" {
			*list = append(*list, f.failure(e, s, keyword, rest)...)
			return
		}
	}
	for _, cause := range e.Causes {
		f.walk(cause, list)
	}
}

// failure returns the findings of one rule that failed.
func (f *finder) failure(e *v5.ValidationError, s *v5.Schema, keyword, rest string) []finding {
	pointer := unescape(e.InstanceLocation)
	r := failed{s: s, keyword: keyword, rest: rest, pointer: pointer}
	last, aboutName := route(e.KeywordLocation)
	if aboutName {
		r.value = member(pointer[strings.LastIndexByte(pointer, '/')+1:])
		message, expected := r.judge(f, e)
		return []finding{{name: true, Violation: secmodel.Violation{
			Code: CodePropertyName, Pointer: pointer, Value: r.value, Expected: expected, Message: "the name: " + message,
		}}}
	}
	r.value = f.value(pointer)
	if s != nil {
		switch keyword {
		case "required":
			return r.missing()
		case "additionalProperties":
			return r.unknown()
		case "dependencies", "dependentRequired":
			return r.dependent()
		case "": // a schema that is false
			keyword = last
		}
	}
	code := codeOf(keyword)
	name := code == CodePropertyUnknown && s != nil
	message, expected := r.judge(f, e)
	found := finding{name: name, Violation: secmodel.Violation{
		Code: code, Pointer: pointer, Value: r.value, Expected: expected, Message: message,
	}}
	switch r.value.(type) {
	case map[string]any, []any:
		found.composite, found.Value = true, nil
	}
	return []finding{found}
}

// value returns what stands at a pointer.
func (f *finder) value(pointer string) any {
	v := f.document
	if pointer == "" {
		return v
	}
	for token := range strings.SplitSeq(pointer[1:], "/") {
		switch c := v.(type) {
		case map[string]any:
			v = c[member(token)]
		case []any:
			i, err := strconv.Atoi(token)
			if err != nil || i < 0 || i >= len(c) {
				return nil // within the content of a string
			}
			v = c[i]
		default:
			return nil
		}
	}
	return v
}

// route reads the keywords that lead to a rule: the last one, "" if what comes
// last is an argument of a keyword, and whether the rule is about the name of a
// member.
func route(location string) (last string, aboutName bool) {
	argument := false // the token before takes this one for its argument
	for token := range strings.SplitSeq(strings.TrimPrefix(location, "/"), "/") {
		if argument {
			argument, last = false, ""
			continue
		}
		switch last = token; token {
		case "propertyNames":
			aboutName = true
		case "properties", "patternProperties", "dependencies", "dependentSchemas", "dependentRequired":
			argument = true
		}
	}
	return last, aboutName
}
