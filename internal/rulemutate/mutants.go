package main

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
)

// mutant is one change of one file.
type mutant struct {
	// Name is the file, the function, and what is left out of it. It is the same
	// from run to run as long as the function is.
	Name string
	Dir  string // folder of the package
}

// insertion is text to be put into a source file.
type insertion struct {
	at   int // byte offset
	text string
}

// switchName is the variable that says which mutant is in force.
const switchName = "ruleMutant"

// instrument returns the source of a file with every mutant of it compiled in,
// each behind a comparison of switchName with its number. Numbers begin at
// first.
//
// A function is disabled by returning zero values from its first line; one whose
// only result is a bool, by returning either. A statement that is a call, as most
// applications of a rule are, is left out.
func instrument(path string, source []byte, first int) (instrumented []byte, mutants []mutant, err error) {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, source, parser.SkipObjectResolution)
	if err != nil {
		return nil, nil, err
	}
	offset := func(p token.Pos) int { return files.Position(p).Offset }
	var insertions []insertion
	insert := func(at token.Pos, format string, args ...any) {
		insertions = append(insertions, insertion{offset(at), fmt.Sprintf(format, args...)})
	}
	seen := map[string]int{}
	add := func(format string, args ...any) (number int) {
		name := filepath.ToSlash(path) + " " + fmt.Sprintf(format, args...)
		if seen[name]++; seen[name] > 1 {
			name = fmt.Sprintf("%s #%d", name, seen[name])
		}
		mutants = append(mutants, mutant{name, filepath.Dir(path)})
		return first + len(mutants) - 1
	}
	text := func(n ast.Node) string { return string(source[offset(n.Pos()):offset(n.End())]) }
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Body == nil {
			continue
		}
		name := funcName(f, text)
		switch values := zeroValues(f.Type.Results, text); {
		case values == nil:
			insert(f.Body.Lbrace+1, " if %s == %d { return };", switchName, add("%s", name))
		case len(values) == 1 && values[0] == "bool":
			for _, answer := range [...]string{"false", "true"} {
				insert(f.Body.Lbrace+1, " if %s == %d { return %s };", switchName, add("%s = %s", name, answer), answer)
			}
		default:
			list := make([]string, len(values))
			for i, typ := range values {
				list[i] = "*new(" + typ + ")"
			}
			insert(f.Body.Lbrace+1, " if %s == %d { return %s };", switchName, add("%s", name), strings.Join(list, ", "))
		}
		ast.Inspect(f.Body, func(n ast.Node) bool {
			statement, ok := n.(*ast.ExprStmt)
			if !ok {
				return true
			}
			call, ok := statement.X.(*ast.CallExpr)
			if !ok {
				return true
			}
			number := add("%s: %s", name, short(text(call.Fun), call, text))
			insert(statement.Pos(), "if %s != %d { ", switchName, number)
			insert(statement.End(), " }")
			return true
		})
	}
	slices.SortStableFunc(insertions, func(a, b insertion) int { return cmp.Compare(a.at, b.at) })
	var out bytes.Buffer
	done := 0
	for _, in := range insertions {
		out.Write(source[done:in.at])
		out.WriteString(in.text)
		done = in.at
	}
	out.Write(source[done:])
	return out.Bytes(), mutants, nil
}

// funcName is the name of a function as go doc has it, with its receiver.
func funcName(f *ast.FuncDecl, text func(ast.Node) string) string {
	if f.Recv == nil || len(f.Recv.List) == 0 {
		return f.Name.Name
	}
	receiver := text(f.Recv.List[0].Type)
	if strings.HasPrefix(receiver, "*") {
		receiver = "(" + receiver + ")"
	}
	return receiver + "." + f.Name.Name
}

// zeroValues returns the type of each result.
func zeroValues(results *ast.FieldList, text func(ast.Node) string) (types []string) {
	if results == nil {
		return nil
	}
	for _, field := range results.List {
		for range max(len(field.Names), 1) {
			types = append(types, text(field.Type))
		}
	}
	return types
}

// short is the text of a call that tells it from others of its function: its
// arguments as long as they are few and simple.
func short(callee string, call *ast.CallExpr, text func(ast.Node) string) string {
	const most = 80
	var args []string
	for _, arg := range call.Args {
		args = append(args, strings.Join(strings.Fields(text(arg)), " "))
	}
	s := strings.Join(strings.Fields(callee), " ") + "(" + strings.Join(args, ", ") + ")"
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "") + "..."
	}
	return s
}
