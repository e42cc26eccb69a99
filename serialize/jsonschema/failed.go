package jsonschema

import (
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	v5 "github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

// failed is a rule that failed: a keyword of a schema, and the value.
type failed struct {
	s             *v5.Schema // nil if it could not be found
	keyword, rest string
	pointer       string
	value         any
}

// token returns the end of a JSON Pointer to a member.
func token(name string) string { return string(wire.AppendPointer(nil, name)) }

// missing returns a finding for each member that is not there.
func (r *failed) missing() []finding {
	object, _ := r.value.(map[string]any)
	var list []finding
	for _, name := range r.s.Required {
		if _, ok := object[name]; !ok {
			list = append(list, finding{Violation: secmodel.Violation{
				Code: CodeRequired, Pointer: r.pointer + token(name),
				Message: fmt.Sprintf("%s is required", quote(name)), Expected: "present",
			}})
		}
	}
	return list
}

// unknown returns a finding for each member that additionalProperties refuses.
func (r *failed) unknown() []finding {
	object, _ := r.value.(map[string]any)
	var list []finding
	for name, value := range object {
		if r.s.Properties[name] != nil || r.matches(name) {
			continue
		}
		f := finding{name: true, Violation: secmodel.Violation{
			Code: CodePropertyUnknown, Pointer: r.pointer + token(name), Value: value,
			Message: fmt.Sprintf("%s is not a member that the schema knows", quote(name)),
		}}
		switch value.(type) {
		case map[string]any, []any:
			// The place is the name, so that there is no text to take.
			f.Value = marshal(value)
		}
		list = append(list, f)
	}
	return list
}

func (r *failed) matches(name string) bool {
	for pattern := range r.s.PatternProperties {
		if pattern.MatchString(name) {
			return true
		}
	}
	return false
}

// judge says what is wrong, and what would have been right.
func (r *failed) judge(f *finder, e *v5.ValidationError) (message string, expected any) {
	s := r.s
	if s == nil {
		return fmt.Sprintf("%s breaks the rule %s of the schema", show(r.value), r.keyword), nil
	}
	array, _ := r.value.([]any)
	object, _ := r.value.(map[string]any)
	switch r.keyword {
	case "type":
		want := strings.Join(s.Types, " or ")
		if len(s.Types) == 1 {
			expected = s.Types[0]
		} else {
			expected = slices.Clone(s.Types)
		}
		return fmt.Sprintf("%s is %s, want %s", show(r.value), kind(r.value), want), expected
	case "enum":
		return fmt.Sprintf("%s is none of the values %s", show(r.value), shows(s.Enum)), slices.Clone(s.Enum)
	case "const":
		return fmt.Sprintf("%s is not %s", show(r.value), show(s.Constant[0])), s.Constant[0]
	case "minProperties":
		return fmt.Sprintf("%d members, want at least %d", len(object), s.MinProperties), s.MinProperties
	case "maxProperties":
		return fmt.Sprintf("%d members, want at most %d", len(object), s.MaxProperties), s.MaxProperties
	case "minItems":
		return fmt.Sprintf("%d elements, want at least %d", len(array), s.MinItems), s.MinItems
	case "maxItems":
		return fmt.Sprintf("%d elements, want at most %d", len(array), s.MaxItems), s.MaxItems
	case "uniqueItems":
		return "elements are equal: " + strings.TrimPrefix(e.Message, "items at "), "different elements"
	case "minContains":
		return fmt.Sprintf("too few of the elements are as the schema wants: at least %d", s.MinContains), s.MinContains
	case "maxContains":
		return fmt.Sprintf("too many of the elements are as the schema wants: at most %d", s.MaxContains), s.MaxContains
	case "minLength":
		return fmt.Sprintf("%s is shorter than %d characters", show(r.value), s.MinLength), s.MinLength
	case "maxLength":
		return fmt.Sprintf("%s is longer than %d characters", show(r.value), s.MaxLength), s.MaxLength
	case "pattern":
		return fmt.Sprintf("%s does not match %s", show(r.value), s.Pattern), s.Pattern.String()
	case "format":
		return fmt.Sprintf("%s is not of the format %s", show(r.value), s.Format), s.Format
	case "contentEncoding":
		return fmt.Sprintf("%s is not in %s", show(r.value), s.ContentEncoding), s.ContentEncoding
	case "contentMediaType":
		return fmt.Sprintf("the content is not of the type %s", s.ContentMediaType), s.ContentMediaType
	case "minimum":
		return r.bound("less than", s.Minimum)
	case "exclusiveMinimum":
		return r.bound("not greater than", s.ExclusiveMinimum)
	case "maximum":
		return r.bound("greater than", s.Maximum)
	case "exclusiveMaximum":
		return r.bound("not less than", s.ExclusiveMaximum)
	case "multipleOf":
		return r.bound("not a multiple of", s.MultipleOf)
	case "additionalItems":
		items, _ := s.Items.([]*v5.Schema)
		return fmt.Sprintf("%d elements, want at most %d", len(array), len(items)), len(items)
	case "not":
		return fmt.Sprintf("%s is what the schema excludes", show(r.value)), nil
	case "anyOf":
		return f.alternatives(r.value, s.AnyOf, e)
	case "oneOf":
		return f.alternatives(r.value, s.OneOf, e)
	}
	return "the schema allows nothing here", nil
}

// dependent returns the finding of a member that another one demands.
func (r *failed) dependent() []finding {
	first, index, _ := strings.Cut(r.rest, "/")
	by := member(unescape(first))
	names := r.s.DependentRequired[by]
	if r.keyword == "dependencies" {
		names, _ = r.s.Dependencies[by].([]string)
	}
	i, err := strconv.Atoi(index)
	if err != nil || i < 0 || i >= len(names) {
		return nil
	}
	return []finding{{Violation: secmodel.Violation{
		Code: CodeDependency, Pointer: r.pointer + token(names[i]),
		Message: fmt.Sprintf("%s is required beside %s", quote(names[i]), quote(by)), Expected: "present",
	}}}
}

func (r *failed) bound(relation string, limit *big.Rat) (string, any) {
	n := decimal(limit)
	return fmt.Sprintf("%s is %s %s", show(r.value), relation, n), n
}

// decimal writes a number that a schema has.
func decimal(r *big.Rat) json.Number {
	digits, _ := r.FloatPrec()
	return json.Number(r.FloatString(digits))
}

// alternatives says why none of several schemas fits, or which do.
func (f *finder) alternatives(value any, list []*v5.Schema, e *v5.ValidationError) (string, any) {
	if len(e.Causes) == 0 {
		return fmt.Sprintf("%s fits more than one of %d alternatives, want exactly one", show(value), len(list)), nil
	}
	pointer := unescape(e.InstanceLocation)
	var nearest []finding
	at, distance := 0, 0
	for i, cause := range e.Causes {
		found := f.find(cause)
		d := 2 * len(found)
		if slices.ContainsFunc(found, func(x finding) bool {
			return x.Pointer == pointer && (x.Code == CodeType || x.Code == CodeConst || x.Code == CodeEnum)
		}) {
			d += 1_000_000 // something else altogether
		}
		if nearest == nil || d < distance {
			nearest, at, distance = found, i, d
		}
	}
	message := fmt.Sprintf("%s fits none of %d alternatives", show(value), len(list))
	if len(nearest) > 0 {
		message += fmt.Sprintf("; the nearest is number %d: %s%s", at+1, within(nearest[0].Pointer, pointer), nearest[0].Message)
	}
	return message, nil
}

// within names the place of a finding by the way from outer.
func within(pointer, outer string) string {
	if way := strings.TrimPrefix(pointer, outer); way != "" {
		return "at " + way + " "
	}
	return ""
}
