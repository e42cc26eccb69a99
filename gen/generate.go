package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/secmodel/secmodel/gen/internal/emit"
	"github.com/secmodel/secmodel/gen/internal/upstream/jsonschema"
	"github.com/secmodel/secmodel/gen/internal/upstream/ocsf"
	"github.com/secmodel/secmodel/internal/model"
	"github.com/secmodel/secmodel/schemas"
)

const schemaSuffix = ".schema.json"

// job is one schema to make one package from.
type job struct {
	schema string // file
	dir    string // of the package
	pkg    string // its name
	mirror string // directory for the same types without methods, "" for none
	// standalone: the package needs nothing written by hand.
	standalone bool
	// extension is the directory of an extension of OCSF, in place of schema.
	extension string
}

// handWritten are the base types of what packages of this module have by hand
// and their generated structs name.
var handWritten = map[string]string{"IntOrString": "json.RawMessage", "Timestamp": "int64"}

// formats lists the jobs of this module: a package for each schema.
func formats() ([]job, error) {
	files, err := schemaFiles()
	if err != nil {
		return nil, err
	}
	var jobs []job
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), schemaSuffix)
		jobs = append(jobs, job{schema: file, dir: name, pkg: name, mirror: filepath.Join("internal", "mirror", name)})
	}
	return jobs, nil
}

// schemaFiles lists the schemas of this module.
func schemaFiles() ([]string, error) {
	files, err := filepath.Glob(filepath.Join("schemas", "*"+schemaSuffix))
	if err == nil && len(files) == 0 {
		err = errors.New("no schemas/*" + schemaSuffix + " here: run from the root of the module")
	}
	return files, err
}

// generate does the jobs: all is made before anything is written, so that a
// schema that is wrong leaves everything as it was.
func generate(jobs []job, check bool, stdout io.Writer) error {
	var changes []change
	for _, j := range jobs {
		list, err := j.changes()
		if err != nil {
			return fmt.Errorf("%s: %w", j.input(), err)
		}
		changes = append(changes, list...)
	}
	for _, c := range changes {
		if check {
			fmt.Fprintln(stdout, c)
		} else if err := c.apply(); err != nil {
			return err
		}
	}
	if check && len(changes) > 0 {
		return errChanges
	}
	return nil
}

// change is a file to write, or to remove if data is nil.
type change struct {
	path string
	data []byte
}

// String says what is to be done.
func (c change) String() string {
	if c.data == nil {
		return "remove " + filepath.ToSlash(c.path)
	}
	return "write " + filepath.ToSlash(c.path)
}

func (c change) apply() error {
	if c.data == nil {
		return os.Remove(c.path)
	}
	if err := os.MkdirAll(filepath.Dir(c.path), 0o777); err != nil {
		return err
	}
	return os.WriteFile(c.path, c.data, 0o666)
}

// input is what the job makes its package from.
func (j job) input() string { return cmp.Or(j.schema, j.extension) }

// changes makes the package in memory and compares it with what is there.
func (j job) changes() ([]change, error) {
	files, err := j.files()
	if err != nil {
		return nil, err
	}
	list, err := compare(j.dir, files)
	if err != nil || j.mirror == "" {
		return list, err
	}
	mirror, err := emit.Mirror(files, j.pkg, handWritten)
	if err != nil {
		return nil, err
	}
	more, err := compare(j.mirror, []emit.File{mirror})
	return append(list, more...), err
}

// files makes the files of the package.
func (j job) files() ([]emit.File, error) {
	if j.extension != "" {
		return j.extensionFiles()
	}
	data, err := os.ReadFile(j.schema)
	if err != nil {
		return nil, err
	}
	schema, foreign, err := j.read(data)
	if err != nil {
		return nil, err
	}
	if foreign || j.standalone {
		return emit.Standalone(schema, j.pkg)
	}
	return emit.Package(schema, j.pkg)
}

// extensionFiles makes the files of a package with an extension of OCSF.
func (j job) extensionFiles() ([]emit.File, error) {
	x, err := ocsf.Extend(os.DirFS(j.extension))
	if err != nil {
		return nil, err
	}
	data, err := schemas.Annotated(ocsf.Format)
	if err != nil {
		return nil, err
	}
	base, err := model.Parse(data)
	if err != nil {
		return nil, err
	}
	return emit.Extension{Schema: x.Schema, Own: x.Own, Base: base, Import: modulePath + "/" + ocsf.Format}.Package(j.pkg)
}

// modulePath is this module.
const modulePath = "github.com/secmodel/secmodel"

// read reads an annotated schema, or, with foreign set, one of another author.
func (j job) read(data []byte) (s *model.Schema, foreign bool, err error) {
	var annotated struct {
		Format *json.RawMessage `json:"x-format"`
	}
	if err := json.Unmarshal(data, &annotated); err == nil && annotated.Format != nil {
		s, err = model.Parse(data)
		return s, false, err
	}
	name, _, _ := strings.Cut(filepath.Base(j.schema), ".")
	s, err = jsonschema.Read(data, name)
	return s, true, err
}

// compare lists what has to change in a directory for it to hold files and no
// other generated ones.
func compare(dir string, files []emit.File) ([]change, error) {
	var list []change
	made := map[string]bool{}
	for _, f := range files {
		made[f.Name] = true
		path := filepath.Join(dir, f.Name)
		old, err := os.ReadFile(path)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, err
		}
		if err != nil || !bytes.Equal(old, f.Data) {
			list = append(list, change{path, f.Data})
		}
	}
	orphans, err := orphans(dir, made)
	return append(list, orphans...), err
}

// orphans finds generated files that are not made any more.
func orphans(dir string, made map[string]bool) ([]change, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*_gen.go"))
	if err != nil {
		return nil, err
	}
	var list []change
	for _, path := range paths {
		if made[filepath.Base(path)] {
			continue
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		if line, _, _ := bytes.Cut(data, []byte("\n")); string(line) == emit.Header {
			list = append(list, change{path: path})
		}
	}
	slices.SortFunc(list, func(a, b change) int { return strings.Compare(a.path, b.path) })
	return list, nil
}
