package emit

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"reflect"
	"strconv"
	"strings"

	"github.com/atombender/go-jsonschema/pkg/generator"
	"github.com/atombender/go-jsonschema/pkg/schemas"

	"github.com/secmodel/secmodel/internal/model"
)

// goField is a struct field as go-jsonschema made it.
type goField struct {
	name, typ, tag string
}

// goStructs has go-jsonschema make the structs and takes its output apart: the
// fields of every struct, by the attribute's name. It fails if a field was
// lost, renamed or given another type than planned: go-jsonschema drops or
// renames silently what collides.
func (p *plan) goStructs() (map[*goStruct]map[string]goField, error) {
	src, err := goJSONSchema(p.normalised())
	if err != nil {
		return nil, fmt.Errorf("go-jsonschema: %w", err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), "models.go", src, parser.SkipObjectResolution)
	if err != nil {
		return nil, fmt.Errorf("go-jsonschema: %w", err)
	}
	decls := map[string]*ast.StructType{}
	for _, d := range file.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.TYPE {
			for _, spec := range g.Specs {
				t := spec.(*ast.TypeSpec)
				if st, ok := t.Type.(*ast.StructType); ok {
					decls[t.Name.Name] = st
				}
			}
		}
	}
	all := make(map[*goStruct]map[string]goField, len(p.structs))
	for i, st := range p.structs {
		made, err := fieldsOf(decls[placeholder(i)])
		if err == nil {
			err = st.verify(made)
		}
		if err != nil {
			return nil, fmt.Errorf("go-jsonschema: %s: %w", st.Type.Name, err)
		}
		all[st] = made
	}
	return all, nil
}

// fieldsOf reads the fields of a struct, which is nil for one without any.
func fieldsOf(st *ast.StructType) (map[string]goField, error) {
	made := map[string]goField{}
	if st == nil {
		return made, nil
	}
	for _, f := range st.Fields.List {
		if len(f.Names) != 1 || f.Tag == nil {
			return nil, errors.New("made a field without name or tag")
		}
		tag, err := strconv.Unquote(f.Tag.Value)
		if err != nil {
			return nil, err
		}
		name := strings.TrimSuffix(reflect.StructTag(tag).Get("json"), ",omitzero")
		made[name] = goField{name: f.Names[0].Name, typ: types.ExprString(f.Type), tag: tag}
	}
	return made, nil
}

// verify compares what was made with what was planned.
func (s *goStruct) verify(made map[string]goField) error {
	if len(made) != len(s.fields) {
		return fmt.Errorf("made %d fields of %d attributes", len(made), len(s.fields))
	}
	for _, f := range s.fields {
		want := goField{name: f.name, typ: f.fieldType(), tag: `json:"` + f.Name + `,omitzero"`}
		if got := made[f.Name]; got != want {
			return fmt.Errorf("made the field %v of the attribute %q, not %v", got, f.Name, want)
		}
	}
	return nil
}

// fieldType is the type of the struct field: nil must be possible in each.
func (f *field) fieldType() string {
	if f.Array || f.kind == "Raw" {
		return f.goType
	}
	return "*" + f.goType
}

// placeholder is the name of the i-th definition in what go-jsonschema sees.
// Its way to make names cannot change one of these.
func placeholder(i int) string { return "T" + strconv.Itoa(i) }

// normalised gives the objects as the schema that go-jsonschema sees: without
// bounds, enumerations and requirements, which are in our tables; with all names
// of fields and all types that it would not choose itself fixed by its extension.
func (p *plan) normalised() *schemas.Schema {
	s := &schemas.Schema{ObjectAsType: &schemas.ObjectAsType{}, Definitions: schemas.Definitions{}}
	for i, st := range p.structs {
		if len(st.fields) == 0 {
			continue // it would make a map
		}
		t := &schemas.Type{Type: schemas.TypeList{schemas.TypeNameObject}, Properties: map[string]*schemas.Type{}}
		for _, f := range st.fields {
			t.Properties[f.Name] = f.normalised()
		}
		s.Definitions[placeholder(i)] = t
	}
	return s
}

func (f *field) normalised() *schemas.Type {
	elem := &schemas.Type{}
	ext := &schemas.GoJSONSchemaExtension{}
	switch goType := strings.TrimPrefix(f.goType, "[]"); goType {
	case "string", "bool", "float64":
		elem.Type = schemas.TypeList{map[string]string{
			"string": schemas.TypeNameString, "bool": schemas.TypeNameBoolean, "float64": schemas.TypeNameNumber,
		}[goType]}
	default:
		ext.Type = &goType
		if goType == kinds[model.Any][0] {
			ext.Imports = []string{"encoding/json"}
			ext.Pointer = new(false)
		} else if f.from != "" {
			ext.Imports = []string{f.from}
		}
	}
	elem.GoJSONSchemaExtension = ext
	if f.Array {
		elem = &schemas.Type{
			Type: schemas.TypeList{schemas.TypeNameArray}, Items: elem,
			GoJSONSchemaExtension: &schemas.GoJSONSchemaExtension{},
		}
	}
	elem.GoJSONSchemaExtension.Identifier = &f.name
	return elem
}

// goJSONSchema runs the generator on a schema in memory. What it warns of is an
// error: that it renamed something, or fell back to an interface.
func goJSONSchema(s *schemas.Schema) ([]byte, error) {
	var warnings []error
	g, err := generator.New(generator.Config{
		DefaultPackageName: "models",
		DefaultOutputName:  "models.go",
		Tags:               []string{"json"},
		OnlyModels:         true,
		DisableOmitEmpty:   true,
		Warner:             func(text string) { warnings = append(warnings, errors.New(text)) },
	})
	if err != nil {
		return nil, err
	}
	if err := g.AddFile("models", s); err != nil {
		return nil, err
	}
	sources, err := g.Sources()
	if err != nil {
		return nil, err
	}
	return sources["models.go"], errors.Join(warnings...)
}
