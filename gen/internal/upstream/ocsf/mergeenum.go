package ocsf

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/secmodel/secmodel/internal/model"
)

// enumeration is one definition of values through all releases.
type enumeration struct {
	title string
	super string                 // type of the dictionary
	by    []map[string]EnumValue // by release, nil where it does not exist
}

// derived reports whether the values of an attribute follow from its class.
func derived(e *entity, name string) bool {
	return e.class && (name == "class_uid" || name == "category_uid" || name == "type_uid")
}

// planEnumerations names the enumerations: after the attribute where all
// owners have the same values and captions in every release, else after owner
// and attribute. Values that merely coincide do not make one enumeration.
func (m *merger) planEnumerations() {
	owners := map[string][]*entity{}
	for _, e := range m.entities {
		for _, name := range e.attrs {
			has := func(i int) bool { a := e.attribute(i, name); return a != nil && a.Enum != nil }
			if !derived(e, name) && slices.ContainsFunc(m.bits(e.in), has) {
				owners[name] = append(owners[name], e)
			}
		}
	}
	for name, list := range owners {
		if shared := m.shared(list, name); shared != nil {
			m.enums[name] = shared
			for _, e := range list {
				e.enumFor[name] = name
			}
			continue
		}
		for _, e := range list {
			own := m.shared([]*entity{e}, name)
			owner := e.name
			if owner == misspelt {
				owner = "event_log_activity"
			}
			e.enumFor[name] = owner + "_" + name
			m.enums[e.enumFor[name]] = own
		}
	}
}

// shared returns the enumeration that an attribute is in all of owners, nil if
// it differs between two of them in some release.
func (m *merger) shared(owners []*entity, name string) *enumeration {
	x := &enumeration{by: make([]map[string]EnumValue, len(m.releases))}
	for i := range m.releases {
		for _, e := range owners {
			a := e.attribute(i, name)
			if a == nil || a.Enum == nil {
				continue
			}
			if x.by[i] != nil && !maps.EqualFunc(x.by[i], a.Enum, equalValue) || x.super != "" && x.super != a.Type && len(owners) > 1 {
				return nil
			}
			x.by[i], x.super, x.title = a.Enum, a.Type, a.Caption
			if d := m.releases[i].Dictionary[name]; d != nil && len(owners) > 1 {
				x.title = d.Caption
			}
		}
	}
	return x
}

func equalValue(a, b EnumValue) bool {
	if a.Caption != b.Caption || (a.Deprecated == nil) != (b.Deprecated == nil) {
		return false
	}
	return a.Deprecated == nil || *a.Deprecated == *b.Deprecated
}

func (m *merger) bits(s model.Set) []int {
	var list []int
	for i := range m.releases {
		if s.Has(i) {
			list = append(list, i)
		}
	}
	return list
}

// enumerations makes the definitions that planEnumerations named.
func (m *merger) enumerations() ([]*model.Type, error) {
	var list []*model.Type
	for _, name := range slices.Sorted(maps.Keys(m.enums)) {
		t, err := m.enumeration(name, m.enums[name])
		if err != nil {
			return nil, fmt.Errorf("enumeration %q: %w", name, err)
		}
		list = append(list, t)
	}
	return list, nil
}

func (m *merger) enumeration(name string, x *enumeration) (*model.Type, error) {
	kind, err := kindOf(m.releases[len(m.releases)-1], x.super)
	if err != nil {
		return nil, err
	}
	t := &model.Type{Name: name, Title: x.title, Kind: kind, Super: x.super}
	var in model.Set
	keys := map[string]string{} // key to newest caption
	for i, values := range x.by {
		if values == nil {
			continue
		}
		in |= model.Single(i)
		for key, v := range values {
			keys[key] = v.Caption
		}
	}
	t.In = m.set(in, m.known)
	for key, caption := range keys {
		v := model.Value{Title: caption, Str: key}
		if kind == model.Integer {
			v.Str = ""
			if v.Int, err = strconv.ParseInt(key, 10, 64); err != nil {
				return nil, fmt.Errorf("the value %q is not an integer", key)
			}
		}
		var has model.Set
		for _, i := range m.bits(in) {
			if _, ok := x.by[i][key]; ok {
				has |= model.Single(i)
			}
		}
		v.In = m.set(has, in)
		v.Titles = m.others(has, caption, func(i int) string { return x.by[i][key].Caption })
		v.Deprecated = m.deprecations(has, func(i int) *Deprecation { return x.by[i][key].Deprecated })
		t.Values = append(t.Values, v)
	}
	slices.SortFunc(t.Values, func(a, b model.Value) int {
		return cmp.Or(cmp.Compare(a.Int, b.Int), strings.Compare(a.Str, b.Str))
	})
	return t, nil
}

// numbers makes the definitions class_uid and category_uid, and makes sure
// that what Merge says of the values of type_uid is true.
func (m *merger) numbers() ([]*model.Type, error) {
	enums := map[string]*enumeration{}
	for _, name := range []string{"category_uid", "class_uid"} {
		x := &enumeration{by: make([]map[string]EnumValue, len(m.releases))}
		for i, r := range m.releases {
			x.by[i] = map[string]EnumValue{}
			for _, class := range r.Classes {
				a := class.Attributes[name]
				if a == nil || len(a.Enum) != 1 {
					return nil, fmt.Errorf("class %q has no single %s in %s", class.Name, name, r.Version)
				}
				maps.Copy(x.by[i], a.Enum)
				x.title, x.super = r.Dictionary[name].Caption, a.Type
			}
		}
		enums[name] = x
	}
	for _, r := range m.releases {
		for _, class := range r.Classes {
			uid, category := strconv.FormatInt(class.UID, 10), strconv.FormatInt(categoryOf(class.UID), 10)
			_, ok1 := class.Attributes["class_uid"].Enum[uid]
			_, ok2 := class.Attributes["category_uid"].Enum[category]
			types := class.Attributes["type_uid"]
			if !ok1 || !ok2 || types == nil || !maps.EqualFunc(types.Enum, typeUIDs(class), equalValue) {
				return nil, fmt.Errorf("class %q has numbers in %s that do not follow from its class_uid and activity_id", class.Name, r.Version)
			}
		}
	}
	var list []*model.Type
	for name, x := range enums {
		t, err := m.enumeration(name, x)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		list = append(list, t)
	}
	return list, nil
}

// categoryOf returns the category_uid of a class.
func categoryOf(classUID int64) int64 { return classUID / 1000 % 100 }

// typeUIDs returns the values of type_uid in a class.
func typeUIDs(class *Item) map[string]EnumValue {
	enum := map[string]EnumValue{}
	if a := class.Attributes["activity_id"]; a != nil {
		for key, v := range a.Enum {
			activity, err := strconv.ParseInt(key, 10, 64)
			if err != nil {
				continue
			}
			enum[strconv.FormatInt(class.UID*100+activity, 10)] = EnumValue{class.Caption + ": " + v.Caption, v.Deprecated}
		}
	}
	enum[strconv.FormatInt(class.UID*100, 10)] = EnumValue{Caption: class.Caption + ": Unknown"}
	return enum
}
