package emit

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/printer"
	"go/token"
	"slices"
	"strings"
)

// Mirror makes, of the files of a package, one file that has the same structs
// without methods, Extra and comments: what another JSON library needs to decode
// the documents by itself, for comparisons in tests and benchmarks. The types
// that the package's author wrote by hand are mirrored as their base type,
// which bases gives by name.
func Mirror(files []File, pkg string, bases map[string]string) (File, error) {
	var out bytes.Buffer
	fmt.Fprintf(&out, "%s\n\n// Package %s mirrors the types of package %[2]s without their methods, so that\n// other JSON libraries decode and encode them by themselves. It is for tests and\n// benchmarks.\npackage %[2]s\n", Header, pkg)
	raw := false
	var body bytes.Buffer
	declared := map[string]bool{}
	named := map[string]bool{}
	for _, f := range files {
		fset := token.NewFileSet()
		parsed, err := parser.ParseFile(fset, f.Name, f.Data, parser.SkipObjectResolution)
		if err != nil {
			return File{}, err
		}
		for _, d := range parsed.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.TYPE {
				continue
			}
			for _, spec := range g.Specs {
				t := spec.(*ast.TypeSpec)
				declared[t.Name.Name] = true
				if s, ok := t.Type.(*ast.StructType); ok {
					raw = mirrorFields(s, named) || raw
				}
				body.WriteString("\ntype ")
				if err := printer.Fprint(&body, token.NewFileSet(), t); err != nil {
					return File{}, err
				}
				body.WriteString("\n")
			}
		}
	}
	for name := range named {
		raw = raw || !declared[name] && strings.HasPrefix(bases[name], "json.")
	}
	if raw {
		out.WriteString("\nimport \"encoding/json\"\n")
	}
	for _, name := range sortedKeys(named) {
		if base := bases[name]; !declared[name] && base != "" {
			fmt.Fprintf(&out, "\ntype %s %s\n", name, base)
		}
	}
	out.Write(body.Bytes())
	data, err := format.Source(out.Bytes())
	if err != nil {
		return File{}, fmt.Errorf("mirror of package %s: %w", pkg, err)
	}
	return File{Name: "mirror_gen.go", Data: data}, nil
}

// mirrorFields takes Extra and all comments out of a struct, notes the names of
// the types that its fields have, and reports whether any is raw JSON.
func mirrorFields(s *ast.StructType, named map[string]bool) (raw bool) {
	var kept []*ast.Field
	for _, f := range s.Fields.List {
		if len(f.Names) == 1 && f.Names[0].Name == "Extra" {
			continue
		}
		f.Doc, f.Comment = nil, nil
		kept = append(kept, f)
		ast.Inspect(f.Type, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				raw = true
				return false
			case *ast.Ident:
				named[n.Name] = true
			}
			return true
		})
	}
	s.Fields.List = kept
	return raw
}

func sortedKeys(set map[string]bool) []string {
	keys := make([]string, 0, len(set))
	for k := range set {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
