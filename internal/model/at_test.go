package model_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secmodel/secmodel/internal/model"
)

// atSchema has three versions and a thing that changes from each to the next.
func atSchema() *model.Schema {
	return &model.Schema{
		Format:   "f",
		Versions: []model.Version{{Name: "1"}, {Name: "2"}, {Name: "3", Preview: true}},
		Profiles: []model.Profile{{Name: "p", In: model.All}},
		Types: []*model.Type{
			{Name: "box", In: model.From(1), Kind: model.Object, Names: []model.Ranged[string]{{In: model.Single(1), Value: "crate"}}},
			{
				Name: "event", In: model.All, Kind: model.Object,
				Class: &model.Class{UID: 7, Names: []model.Ranged[string]{{In: model.Single(0), Value: "evt"}}},
				Properties: []*model.Property{
					{Name: "always", In: model.All, Type: model.TypeRef{Kind: model.String}, Sibling: "late", SiblingIn: model.From(1)},
					{
						Name: "late", In: model.From(1), Type: model.TypeRef{Ref: "box"}, Array: true, One: model.Single(1),
						Profiles: []model.Ranged[[]string]{{In: model.Single(1), Value: []string{"p"}}, {In: model.From(2), Value: nil}},
					},
					{Name: "moved", In: model.All, Type: model.TypeRef{Kind: model.String}, Was: []model.Was{
						{In: model.Single(0), Type: model.TypeRef{Kind: model.Integer}, Array: true},
					}},
				},
			},
			{Name: "level", In: model.From(1), Kind: model.Integer, Values: []model.Value{
				{Int: 1, Title: "Low", In: model.All, Titles: []model.Ranged[string]{{In: model.Single(1), Value: "Minor"}}},
				{Int: 2, Title: "High", In: model.From(2)},
			}},
		},
	}
}

func TestAt(t *testing.T) {
	s := atSchema()
	event, level := s.Type("event"), s.Type("level")
	type answers struct {
		Names      []string
		Properties []string
		Late       bool // in an event without profiles
		LateP      bool // in one with the profile
		LateArray  bool
		Moved      model.TypeRef
		MovedArray bool
		Sibling    string
		Values     []string
		Class      bool // found by number
		ClassEvt   bool // found by the name evt
	}
	want := []answers{
		{
			Names: []string{"box", "evt", "level"}, Properties: []string{"always", "moved"}, LateArray: true,
			Moved: model.TypeRef{Kind: model.Integer}, MovedArray: true, Class: true, ClassEvt: true,
		},
		{
			Names: []string{"crate", "event", "level"}, Properties: []string{"always", "late", "moved"}, LateP: true,
			Moved: model.TypeRef{Kind: model.String}, Sibling: "late", Values: []string{"Minor"}, Class: true,
		},
		{
			Names: []string{"box", "event", "level"}, Properties: []string{"always", "late", "moved"}, Late: true, LateP: true, LateArray: true,
			Moved: model.TypeRef{Kind: model.String}, Sibling: "late", Values: []string{"Low", "High"}, Class: true,
		},
	}
	for v := range s.Versions {
		late := event.Property("late")
		got := answers{
			Late: late.Admits(v, nil), LateP: late.Admits(v, []string{"q", "p"}),
			Sibling:  event.Property("always").SiblingAt(v),
			Class:    s.ClassAt(v, 7, "") == event && s.ClassAt(v, 8, "") == nil,
			ClassEvt: s.ClassAt(v, 0, "evt") == event,
		}
		_, got.LateArray = late.TypeAt(v)
		got.Moved, got.MovedArray = event.Property("moved").TypeAt(v)
		for _, x := range s.Types {
			got.Names = append(got.Names, x.NameAt(v))
		}
		for _, p := range event.PropertiesAt(v) {
			got.Properties = append(got.Properties, p.Name)
		}
		for _, x := range level.ValuesAt(v) {
			got.Values = append(got.Values, x.TitleAt(v))
		}
		if diff := cmp.Diff(want[v], got); diff != "" {
			t.Errorf("version %s: -want +got\n%s", s.Versions[v].Name, diff)
		}
	}
	if len(level.Values) != 2 {
		t.Error("ValuesAt changed the type")
	}
	if s.Type("box").PropertiesAt(0) != nil {
		t.Error("a type that a version lacks has attributes")
	}
}

func TestDeprecatedAt(t *testing.T) {
	list := []model.Deprecation{{In: model.Single(1), Since: "2"}, {In: model.From(2)}}
	want := []struct {
		since string
		ok    bool
	}{{"", false}, {"2", true}, {"", true}}
	for v, w := range want {
		if since, ok := model.DeprecatedAt(list, v); since != w.since || ok != w.ok {
			t.Errorf("version %d: %q, %v", v, since, ok)
		}
	}
}

// TestAnnotationsOfOCSF writes and reads the annotations that only OCSF has.
func TestAnnotationsOfOCSF(t *testing.T) {
	s := atSchema()
	text, err := s.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	got, err := model.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(s, got); diff != "" {
		t.Errorf("-written +read\n%s", diff)
	}
	for _, sibling := range []func(*model.Property){
		func(p *model.Property) { p.Sibling = "" },
		func(p *model.Property) { p.SiblingIn = 0 },
	} {
		s := atSchema()
		i := slices.IndexFunc(s.Types[1].Properties, func(p *model.Property) bool { return p.Name == "always" })
		sibling(s.Types[1].Properties[i])
		if _, err := s.Marshal(); err == nil {
			t.Error("a sibling in no version, or versions without a sibling: no error")
		}
	}
}
