package ocsf

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// node is a JSON object of the metaschema, while the compile rules work on it.
// Rules copy and merge members they know nothing about, so it stays generic
// until [compiler.finish].
type node = map[string]any

// readNode reads a file that holds one JSON object. Numbers stay json.Number.
func readNode(fsys fs.FS, name string) (node, error) {
	file, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	dec := json.NewDecoder(file)
	dec.UseNumber()
	var n node
	if err := dec.Decode(&n); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if n == nil {
		return nil, fmt.Errorf("%s: null where an object is expected", name)
	}
	return n, nil
}

// sub returns the object n[key], nil if there is none.
func sub(n node, key string) node {
	v, _ := n[key].(node)
	return v
}

// text returns the string n[key], "" if there is none.
func text(n node, key string) string {
	v, _ := n[key].(string)
	return v
}

// texts returns the strings of the list n[key].
func texts(n node, key string) []string {
	list, _ := n[key].([]any)
	var out []string
	for _, v := range list {
		if s, ok := v.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

// integer returns the integer n[key]; ok is false if there is none.
func integer(n node, key string) (v int64, ok bool) {
	number, ok := n[key].(json.Number)
	if !ok {
		return 0, false
	}
	v, err := number.Int64()
	return v, err == nil
}

// clone returns a deep copy of n.
func clone(n node) node { return cloneValue(n).(node) }

func cloneValue(v any) any {
	switch v := v.(type) {
	case node:
		out := make(node, len(v))
		for k, e := range v {
			out[k] = cloneValue(e)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = cloneValue(e)
		}
		return out
	default:
		return v
	}
}

// deepMerge lays src over dst: objects are merged member by member, anything
// else replaces what dst has.
func deepMerge(dst, src node) {
	for k, v := range src {
		if s, ok := v.(node); ok {
			if d, ok := dst[k].(node); ok {
				deepMerge(d, s)
				continue
			}
		}
		dst[k] = cloneValue(v)
	}
}

// mergeAttributes lays the attributes src over dst (rule R4).
func mergeAttributes(dst, src node) {
	for name, v := range src {
		s := v.(node)
		if d, ok := dst[name].(node); ok {
			mergeAttribute(d, s)
		} else {
			dst[name] = clone(s)
		}
	}
}

// mergeAttribute lays one attribute over another (rule R4). A null "profiles"
// wins, two lists are united; an attribute that two profiles bring has the
// stronger of their requirements.
func mergeAttribute(dst, src node) {
	// "profiles" comes last, for "requirement" depends on whether dst has any.
	for _, key := range slices.Sorted(maps.Keys(src)) {
		v := src[key]
		old, has := dst[key]
		switch {
		case key == "profiles":
			continue
		case !has:
			dst[key] = cloneValue(v)
		case reflect.DeepEqual(old, v):
		case key == "requirement" && src["profiles"] != nil && hasKey(dst, "profiles"):
			if requirementRank(src) > requirementRank(dst) {
				dst[key] = v
			}
		default:
			s, ok1 := v.(node)
			d, ok2 := old.(node)
			if ok1 && ok2 {
				deepMerge(d, s)
			} else {
				dst[key] = cloneValue(v)
			}
		}
	}
	s, ok := src["profiles"]
	if !ok {
		return
	}
	if d, has := dst["profiles"]; s == nil || has && d == nil {
		dst["profiles"] = nil
	} else {
		dst["profiles"] = union(texts(dst, "profiles"), texts(src, "profiles"))
	}
}

func requirementRank(attribute node) int {
	return slices.Index([]string{"optional", "recommended", "required"}, text(attribute, "requirement"))
}

func hasKey(n node, key string) bool {
	_, ok := n[key]
	return ok
}

// union returns the sorted union of string lists in the form of JSON.
func union(lists ...[]string) []any {
	all := slices.Concat(lists...)
	slices.Sort(all)
	out := []any{}
	for _, s := range slices.Compact(all) {
		out = append(out, s)
	}
	return out
}

// mergeProfiles adds the profiles of the item src to those of dst.
func mergeProfiles(dst, src node) {
	if merged := union(texts(dst, "profiles"), texts(src, "profiles")); len(merged) > 0 {
		dst["profiles"] = merged
	}
}

// checkShape reports the first member that the rules rely on and that is of
// another JSON type than they expect. Members unknown to the rules may be
// anything: the metaschema grows.
func checkShape(n node) error {
	if v, ok := n["attributes"]; ok {
		attributes, ok := v.(node)
		if !ok {
			return fmt.Errorf("attributes is not an object")
		}
		for name, v := range attributes {
			if name == "$include" {
				continue
			}
			if err := checkAttribute(v); err != nil {
				return fmt.Errorf("attribute %q %w", name, err)
			}
		}
	}
	return checkMembers(n, map[string]func(any) bool{
		"name": isText, "extends": isText, "category": isText, "caption": isText,
		"uid": isInteger, "observable": isInteger, "profiles": isTexts,
		"constraints": isNode, "@deprecated": isNode, "observables": isNode, "annotations": isNode,
	})
}

func checkAttribute(v any) error {
	attribute, ok := v.(node)
	if !ok {
		return fmt.Errorf("is not an object")
	}
	if enum, ok := attribute["enum"]; ok {
		values, ok := enum.(node)
		if !ok {
			return fmt.Errorf("has an enum that is not an object")
		}
		for key, v := range values {
			if !isNode(v) {
				return fmt.Errorf("has the value %q that is not an object", key)
			}
		}
	}
	return checkMembers(attribute, map[string]func(any) bool{
		"type": isText, "caption": isText, "requirement": isText, "group": isText, "sibling": isText,
		"is_array": func(v any) bool { _, ok := v.(bool); return ok }, "observable": isInteger,
		"@deprecated": isNode, "profile": func(v any) bool { return v == nil || isText(v) },
	})
}

func checkMembers(n node, want map[string]func(any) bool) error {
	var bad []string
	for key, fits := range want {
		if v, ok := n[key]; ok && !fits(v) {
			bad = append(bad, key)
		}
	}
	if len(bad) == 0 {
		return nil
	}
	slices.Sort(bad)
	return fmt.Errorf("has members of an unexpected JSON type: %s", strings.Join(bad, ", "))
}

func isText(v any) bool { _, ok := v.(string); return ok }
func isNode(v any) bool { _, ok := v.(node); return ok }

func isInteger(v any) bool {
	number, ok := v.(json.Number)
	if !ok {
		return false
	}
	_, err := number.Int64()
	return err == nil
}

func isTexts(v any) bool {
	list, ok := v.([]any)
	return ok && !slices.ContainsFunc(list, func(v any) bool { return !isText(v) })
}
