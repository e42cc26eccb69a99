package ocsf

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/secmodel/secmodel/internal/model"
)

// Merge unites releases, oldest first, in one schema. A release whose version
// has a suffix ("1.9.0-dev") is a preview.
//
// Classes are one by class_uid, whatever their names were. An object that was
// renamed is one too, under its newest name. What holds in the newest release
// is open-ended: merging one more release changes the lines that it changed.
//
// The values of class_uid, category_uid and type_uid in a class are not listed
// with the class, for they follow from others: class_uid is x-class.uid;
// category_uid is class_uid/1000 mod 100; type_uid is class_uid*100 + activity_id,
// for every value of activity_id and for 0, and its caption is
// "<caption of the class>: <caption of the activity>", where 0 is "Unknown".
// The definitions class_uid and category_uid hold all values with their captions.
func Merge(releases []*Release) (*model.Schema, error) {
	if len(releases) == 0 || len(releases) > 63 {
		return nil, fmt.Errorf("ocsf: %d releases to merge, want 1 to 63", len(releases))
	}
	m := &merger{releases: releases, enums: map[string]*enumeration{}}
	s := &model.Schema{
		Format:         Format,
		Title:          "OCSF",
		VersionAt:      []string{"metadata", "version"},
		NullAbsent:     true,
		PatternWarning: true, Int64: true,
	}
	for i, r := range releases {
		if i > 0 && CompareVersions(releases[i-1].Version, r.Version) >= 0 {
			return nil, fmt.Errorf("ocsf: release %s is given after %s", r.Version, releases[i-1].Version)
		}
		s.Versions = append(s.Versions, model.Version{Name: r.Version, Preview: strings.Contains(r.Version, "-")})
		m.known |= model.Single(i)
	}
	m.collect()
	m.planEnumerations()
	s.Profiles = m.profiles()
	for _, build := range []func() ([]*model.Type, error){m.scalars, m.items, m.enumerations, m.numbers} {
		types, err := build()
		if err != nil {
			return nil, fmt.Errorf("ocsf: %w", err)
		}
		s.Types = append(s.Types, types...)
	}
	slices.SortFunc(s.Types, func(a, b *model.Type) int { return strings.Compare(a.Name, b.Name) })
	for i, t := range s.Types {
		if i > 0 && s.Types[i-1].Name == t.Name {
			return nil, fmt.Errorf("ocsf: two definitions are called %q", t.Name)
		}
	}
	return s, nil
}

// CompareVersions orders versions: by their numbers, and a preview before its
// release.
func CompareVersions(a, b string) int {
	numbersA, suffixA, _ := strings.Cut(a, "-")
	numbersB, suffixB, _ := strings.Cut(b, "-")
	parse := func(text string) (list []int) {
		for part := range strings.SplitSeq(text, ".") {
			n, err := strconv.Atoi(part)
			if err != nil {
				n = -1
			}
			list = append(list, n)
		}
		return list
	}
	if c := slices.Compare(parse(numbersA), parse(numbersB)); c != 0 {
		return c
	}
	if (suffixA == "") != (suffixB == "") {
		return cmp.Compare(suffixB, suffixA)
	}
	return cmp.Compare(suffixA, suffixB)
}

// merger holds the releases while Merge works on them.
type merger struct {
	releases []*Release
	known    model.Set // all releases
	// objectNames maps an object's name to its newest name, for each release.
	objectNames []map[string]string
	entities    []*entity // objects by name, then classes by number
	enums       map[string]*enumeration
}

// entity is a class or object through all releases.
type entity struct {
	name    string // newest
	class   bool
	items   []*Item // by release, nil where it does not exist
	in      model.Set
	newest  *Item
	attrs   []string // all attribute names, sorted
	enumFor map[string]string
}

func newEntity(name string, class bool, releases int) *entity {
	return &entity{name: name, class: class, items: make([]*Item, releases), enumFor: map[string]string{}}
}

func (e *entity) add(i int, item *Item) {
	e.items[i], e.newest = item, item
	e.name = item.Name
	e.in |= model.Single(i)
	for name := range item.Attributes {
		if at, found := slices.BinarySearch(e.attrs, name); !found {
			e.attrs = slices.Insert(e.attrs, at, name)
		}
	}
}

// attribute returns an attribute by release, nil where it does not exist.
func (e *entity) attribute(i int, name string) *Attribute {
	if e.items[i] == nil {
		return nil
	}
	return e.items[i].Attributes[name]
}

// collect finds the entities.
func (m *merger) collect() {
	m.nameObjects()
	objects, classes := map[string]*entity{}, map[int64]*entity{}
	for i, r := range m.releases {
		for name, item := range r.Objects {
			newest := m.objectNames[i][name]
			if objects[newest] == nil {
				objects[newest] = newEntity(newest, false, len(m.releases))
			}
			objects[newest].add(i, item)
		}
		for _, item := range r.Classes {
			if classes[item.UID] == nil {
				classes[item.UID] = newEntity(item.Name, true, len(m.releases))
			}
			classes[item.UID].add(i, item)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(objects)) {
		m.entities = append(m.entities, objects[name])
	}
	for _, uid := range slices.Sorted(maps.Keys(classes)) {
		m.entities = append(m.entities, classes[uid])
	}
}

// nameObjects finds the newest name of every object. An object was renamed if
// the next release lacks it, and has in all its places one object that the
// release itself lacks.
func (m *merger) nameObjects() {
	last := len(m.releases) - 1
	m.objectNames = make([]map[string]string, last+1)
	for i := last; i >= 0; i-- {
		names := map[string]string{}
		for name := range m.releases[i].Objects {
			names[name] = name
			if i == last {
				continue
			}
			next := m.releases[i+1]
			if next.Objects[name] != nil {
				names[name] = m.objectNames[i+1][name]
			} else if to := successor(m.releases[i], next, name); to != "" {
				names[name] = m.objectNames[i+1][to]
			}
		}
		m.objectNames[i] = names
	}
}

// successor returns the object that stands in all places of release next in
// which the object called name stood, "" if there is no such object.
func successor(release, next *Release, name string) string {
	found := ""
	classes := map[int64]*Item{}
	for _, item := range next.Classes {
		classes[item.UID] = item
	}
	for _, items := range []map[string]*Item{release.Objects, release.Classes} {
		for _, item := range items {
			later := next.Objects[item.Name]
			if item.Category != "" {
				later = classes[item.UID]
			}
			if later == nil {
				continue
			}
			for attr, a := range item.Attributes {
				b := later.Attributes[attr]
				if a.ObjectType != name || b == nil {
					continue
				}
				if found != "" && b.ObjectType != found {
					return ""
				}
				found = b.ObjectType
			}
		}
	}
	if release.Objects[found] != nil {
		return ""
	}
	return found
}

// set turns the releases in which something holds into a version set, given
// the releases in which its owner exists. What holds wherever the owner exists
// holds in every version; what holds in the newest release goes on.
func (m *merger) set(in, owner model.Set) model.Set {
	switch in &= m.known; {
	case in == 0:
		return 0
	case in == owner:
		return model.All
	case in.Has(len(m.releases) - 1):
		return in | ^m.known
	}
	return in
}

// ranged groups the releases of owner by the value that they have. Releases
// without one are left out.
func ranged[T any](m *merger, owner model.Set, value func(i int) (T, bool), equal func(a, b T) bool) []model.Ranged[T] {
	var list []model.Ranged[T]
	for i := range m.releases {
		if !owner.Has(i) {
			continue
		}
		v, ok := value(i)
		if !ok {
			continue
		}
		at := slices.IndexFunc(list, func(r model.Ranged[T]) bool { return equal(r.Value, v) })
		if at < 0 {
			at = len(list)
			list = append(list, model.Ranged[T]{Value: v})
		}
		list[at].In |= model.Single(i)
	}
	for i := range list {
		list[i].In = m.set(list[i].In, owner)
	}
	return list
}

func same[T comparable](a, b T) bool { return a == b }

// others is ranged for a text that differs from the newest.
func (m *merger) others(owner model.Set, newest string, value func(i int) string) []model.Ranged[string] {
	return ranged(m, owner, func(i int) (string, bool) {
		s := value(i)
		return s, s != newest && s != ""
	}, same)
}

func (m *merger) deprecations(owner model.Set, at func(i int) *Deprecation) []model.Deprecation {
	var list []model.Deprecation
	for _, r := range ranged(m, owner, func(i int) (Deprecation, bool) {
		if d := at(i); d != nil {
			return *d, true
		}
		return Deprecation{}, false
	}, same) {
		list = append(list, model.Deprecation{In: r.In, Since: r.Value.Since})
	}
	return list
}

func (m *merger) observables(owner model.Set, at func(i int) int64) []model.Ranged[int] {
	return ranged(m, owner, func(i int) (int, bool) { n := at(i); return int(n), n != 0 }, same)
}

func (m *merger) profiles() []model.Profile {
	all := map[string]*model.Profile{}
	for i, r := range m.releases {
		for name, caption := range r.Profiles {
			if all[name] == nil {
				all[name] = &model.Profile{Name: name}
			}
			all[name].Title = caption
			all[name].In |= model.Single(i)
		}
	}
	var list []model.Profile
	for _, name := range slices.Sorted(maps.Keys(all)) {
		p := *all[name]
		p.In = m.set(p.In, m.known)
		list = append(list, p)
	}
	return list
}

// scalars makes the definitions of the dictionary's types.
func (m *merger) scalars() ([]*model.Type, error) {
	all := map[string][]*Scalar{}
	for i, r := range m.releases {
		for name, s := range r.Types {
			if all[name] == nil {
				all[name] = make([]*Scalar, len(m.releases))
			}
			all[name][i] = s
		}
	}
	var list []*model.Type
	for _, name := range slices.Sorted(maps.Keys(all)) {
		t, err := m.scalar(name, all[name])
		if err != nil {
			return nil, fmt.Errorf("type %q: %w", name, err)
		}
		list = append(list, t)
	}
	return list, nil
}

func (m *merger) scalar(name string, by []*Scalar) (*model.Type, error) {
	t := &model.Type{Name: name, Go: goName(name)}
	var in model.Set
	for i, s := range by {
		if s == nil {
			continue
		}
		kind, err := kindOf(m.releases[i], name)
		if err != nil {
			return nil, err
		}
		if in != 0 && (kind != t.Kind || s.Super != t.Super) {
			return nil, fmt.Errorf("is a %s (%s) in %s, and was a %s (%s)", kind, s.Super, m.releases[i].Version, t.Kind, t.Super)
		}
		t.Title, t.Super, t.Extension, t.Kind = s.Caption, s.Super, s.Extension, kind
		in |= model.Single(i)
	}
	t.In = m.set(in, m.known)
	t.Facets = m.facets(in, by)
	t.Observable = m.observables(in, func(i int) int64 { return by[i].Observable })
	return t, nil
}

// facets groups bounds by their releases: one facet for those that always
// hold, then one for each that holds at times.
func (m *merger) facets(in model.Set, by []*Scalar) []model.Facet {
	var always model.Facet
	var list []model.Facet
	for _, r := range ranged(m, in, func(i int) (string, bool) { return by[i].Regex, by[i].Regex != "" }, same) {
		if r.In == model.All {
			always.In, always.Pattern = model.All, r.Value
		} else {
			list = append(list, model.Facet{In: r.In, Pattern: r.Value})
		}
	}
	for _, r := range ranged(m, in, func(i int) (int, bool) { return int(by[i].MaxLen), by[i].MaxLen != 0 }, same) {
		if r.In == model.All {
			always.In, always.MaxLen = model.All, &r.Value
		} else {
			list = append(list, model.Facet{In: r.In, MaxLen: &r.Value})
		}
	}
	if always.In != 0 {
		list = slices.Insert(list, 0, always)
	}
	for _, r := range ranged(m, in, func(i int) ([]int64, bool) { return by[i].Range, by[i].Range != nil }, slices.Equal) {
		list = append(list, model.Facet{In: r.In, Ints: [][2]int64{{r.Value[0], r.Value[1]}}})
	}
	return list
}

// kindOf returns what JSON value a type of the dictionary is.
func kindOf(r *Release, name string) (model.Kind, error) {
	for seen := 0; ; seen++ {
		s := r.Types[name]
		if s == nil || seen > len(r.Types) {
			return "", errors.New("narrows itself or a type that is not defined")
		}
		if s.Super == "" {
			break
		}
		name = s.Super
	}
	switch name {
	case "string_t":
		return model.String, nil
	case "integer_t", "long_t":
		return model.Integer, nil
	case "float_t":
		return model.Number, nil
	case "boolean_t":
		return model.Boolean, nil
	case "json_t":
		return model.Any, nil
	}
	return "", fmt.Errorf("%q is a primitive that is not known", name)
}
