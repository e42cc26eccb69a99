package jsonschema

import (
	"math"
	"strings"

	v5 "github.com/santhosh-tekuri/jsonschema/v5"
)

// rules finds the schemas that a compiled schema consists of by their location.
type rules map[string]*v5.Schema

func newRules(root *v5.Schema) rules {
	r := rules{}
	for queue := []*v5.Schema{root}; len(queue) > 0; queue = queue[1:] {
		s := queue[0]
		if r[s.Location] != nil {
			continue
		}
		mendBounds(s)
		r[s.Location] = s
		queue = append(append(queue, inPlace(s)...), below(s)...)
	}
	return r
}

// mendBounds puts right the counts of a schema that are beyond an int, of which
// the compiler makes negative numbers on some machines.
func mendBounds(s *v5.Schema) {
	for _, most := range [...]*int{&s.MaxProperties, &s.MaxItems, &s.MaxLength, &s.MaxContains} {
		if *most < -1 {
			*most = -1
		}
	}
	for _, least := range [...]*int{&s.MinProperties, &s.MinItems, &s.MinLength, &s.MinContains} {
		if *least < -1 {
			*least = math.MaxInt
		}
	}
}

// inPlace returns the schemas that apply to the same value as s does.
func inPlace(s *v5.Schema) []*v5.Schema {
	var list []*v5.Schema
	for _, sub := range [...]*v5.Schema{s.Ref, s.RecursiveRef, s.DynamicRef, s.Not, s.If, s.Then, s.Else} {
		if sub != nil {
			list = append(list, sub)
		}
	}
	list = append(append(append(list, s.AllOf...), s.AnyOf...), s.OneOf...)
	for _, sub := range s.DependentSchemas {
		list = append(list, sub)
	}
	for _, sub := range s.Dependencies {
		if sub, ok := sub.(*v5.Schema); ok {
			list = append(list, sub)
		}
	}
	return list
}

// below returns the schemas that apply to members, elements and names.
func below(s *v5.Schema) []*v5.Schema {
	var list []*v5.Schema
	for _, sub := range [...]*v5.Schema{s.PropertyNames, s.UnevaluatedProperties, s.Items2020, s.Contains, s.UnevaluatedItems, s.ContentSchema} {
		if sub != nil {
			list = append(list, sub)
		}
	}
	list = append(list, s.PrefixItems...)
	for _, sub := range s.Properties {
		list = append(list, sub)
	}
	for _, sub := range s.PatternProperties {
		list = append(list, sub)
	}
	for _, any := range [...]any{s.AdditionalProperties, s.AdditionalItems, s.Items} {
		switch sub := any.(type) {
		case *v5.Schema:
			list = append(list, sub)
		case []*v5.Schema:
			list = append(list, sub...)
		}
	}
	return list
}

// maxInPlace limits how many schemas apply to one value, each as often as it is
// reached: alternatives of alternatives multiply.
const maxInPlace = 100_000

// inPlace returns the largest number of schemas that apply to one value, or more
// than maxInPlace.
func (r rules) inPlace() int {
	count := make(map[*v5.Schema]int, len(r))
	most := 0
	for _, s := range r {
		most = max(most, countInPlace(s, count))
	}
	return most
}

func countInPlace(s *v5.Schema, count map[*v5.Schema]int) int {
	if n := count[s]; n > 0 {
		return n
	}
	count[s] = 1 // what leads back here by a dynamic reference is not followed
	n := 1
	for _, sub := range inPlace(s) {
		n = min(n+countInPlace(sub, count), maxInPlace+1)
	}
	count[s] = n
	return n
}

// at returns the schema and the keyword in it, with what follows the keyword,
// that the absolute location of a failure names. The schema is nil if it is none
// of those that can be reached by name alone.
func (r rules) at(location string) (s *v5.Schema, keyword, rest string) {
	if s := r[location]; s != nil && s.Always != nil {
		return s, "", ""
	}
	for end := len(location); ; {
		end = strings.LastIndexByte(location[:end], '/')
		if end < 0 {
			return nil, location[strings.LastIndexByte(location, '/')+1:], ""
		}
		if s := r[location[:end]]; s != nil {
			keyword, rest, _ = strings.Cut(location[end+1:], "/")
			return s, keyword, rest
		}
	}
}
