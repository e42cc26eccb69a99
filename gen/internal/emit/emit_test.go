package emit

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secmodel/secmodel/internal/model"
)

func parse(t *testing.T, fset *token.FileSet, src string) []*ast.File {
	t.Helper()
	file, err := parser.ParseFile(fset, "x.go", src, 0)
	if err != nil {
		t.Fatalf("%v in:\n%s", err, src)
	}
	return []*ast.File{file}
}

// small is an object with one attribute of each primitive.
func small() *model.Schema {
	in := func(p model.Property) *model.Property { p.In = model.All; return &p }
	return &model.Schema{
		Format:   "tiny",
		Versions: []model.Version{{Name: "1"}},
		Types: []*model.Type{{Name: "a", Kind: model.Object, In: model.All, Properties: []*model.Property{
			in(model.Property{Name: "s", Type: model.TypeRef{Kind: model.String}}),
			in(model.Property{Name: "i", Type: model.TypeRef{Kind: model.Integer}}),
			in(model.Property{Name: "o", Type: model.TypeRef{Ref: "a"}, Array: true}),
			in(model.Property{Name: "r", Type: model.TypeRef{Kind: model.Any}}),
		}}},
	}
}

// TestVerify: a field that go-jsonschema loses, renames or gives another type
// is noticed.
func TestVerify(t *testing.T) {
	p, err := newPlan(small(), "tiny")
	if err != nil {
		t.Fatal(err)
	}
	all, err := p.goStructs()
	if err != nil {
		t.Fatal(err)
	}
	a := p.structs[0]
	want := map[string]goField{
		"s": {"S", "*string", `json:"s,omitzero"`},
		"i": {"I", "*int64", `json:"i,omitzero"`},
		"o": {"O", "[]A", `json:"o,omitzero"`},
		"r": {"R", "json.RawMessage", `json:"r,omitzero"`},
	}
	if diff := cmp.Diff(want, all[a], cmp.AllowUnexported(goField{})); diff != "" {
		t.Fatal(diff)
	}
	for name, change := range map[string]func(map[string]goField){
		"lost":    func(m map[string]goField) { delete(m, "s") },
		"renamed": func(m map[string]goField) { m["s"] = goField{"S_2", "*string", m["s"].tag} },
		"retyped": func(m map[string]goField) { m["i"] = goField{"I", "*int", m["i"].tag} },
		"tag":     func(m map[string]goField) { m["i"] = goField{"I", "*int64", `json:"i,omitempty"`} },
		"extra":   func(m map[string]goField) { m["x"] = goField{} },
	} {
		made := maps.Clone(want)
		change(made)
		if a.verify(made) == nil {
			t.Errorf("%s: not noticed", name)
		}
	}
}

// large is a schema of the size of OCSF: 7,500 attributes in 270 types.
func large() *model.Schema {
	s := &model.Schema{Format: "large", VersionAt: []string{"attribute_0"}}
	for i := range 9 {
		s.Versions = append(s.Versions, model.Version{Name: fmt.Sprintf("1.%d.0", i)})
	}
	for i := range 350 {
		t := &model.Type{Name: fmt.Sprintf("enum_%03d", i), Kind: model.Integer, In: model.All}
		for j := range 10 {
			t.Values = append(t.Values, model.Value{Int: int64(j), Title: fmt.Sprint("Value ", j), In: model.From(j % 9)})
		}
		s.Types = append(s.Types, t)
	}
	for i := range 270 {
		t := &model.Type{Name: fmt.Sprintf("object_%03d", i), Kind: model.Object, In: model.All}
		for j := range 28 {
			p := &model.Property{Name: fmt.Sprintf("attribute_%d", j), Title: "Title", In: model.From(j % 9), Array: j%5 == 0}
			switch j % 4 {
			case 0:
				p.Type.Kind = model.String
			case 1:
				p.Type.Ref = fmt.Sprintf("enum_%03d", (i*28+j)%350)
			case 2:
				p.Type.Ref = fmt.Sprintf("object_%03d", (i*7+j)%270)
			case 3:
				p.Type.Kind = model.Any
			}
			t.Properties = append(t.Properties, p)
		}
		s.Types = append(s.Types, t)
	}
	return s
}

// TestDeterministic: the same schema gives the same files, also when it is
// large; each type has its own file.
func TestDeterministic(t *testing.T) {
	first, err := Package(large(), "large")
	if err != nil {
		t.Fatal(err)
	}
	second, err := Package(large(), "large")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(first, second); diff != "" {
		t.Error(diff)
	}
	if got, want := len(first), 270+350+1; got != want {
		t.Errorf("%d files, want %d", got, want)
	}
	for _, f := range first {
		if !strings.HasPrefix(string(f.Data), Header+"\n") {
			t.Errorf("%s does not start with the header", f.Name)
		}
		if !strings.HasSuffix(f.Name, "_gen.go") {
			t.Errorf("%s is not called *_gen.go", f.Name)
		}
	}
}
