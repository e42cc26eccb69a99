package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/secmodel/secmodel/gen/internal/upstream"
	"github.com/secmodel/secmodel/gen/internal/upstream/idmefv2"
	"github.com/secmodel/secmodel/gen/internal/upstream/ocsf"
	"github.com/secmodel/secmodel/internal/model"
)

// sourcesFile is the record of what the schemas were made from.
const sourcesFile = "sources.json"

// runImport reads what a specification publishes and writes the annotated
// schema of the format and the record of its sources. args are those after
// the word import: the format, flags, and the directory of the specification
// (idmefv2), or one for each release, named after it (ocsf).
func runImport(args []string) error {
	if len(args) == 0 {
		return usageError("import: which format? usage: gen import idmefv2|ocsf [-commit COMMIT] [-schemas DIR] [-base FILE] DIR…")
	}
	format := args[0]
	flags := flag.NewFlagSet("gen import "+format, flag.ContinueOnError)
	commit := flags.String("commit", "", "upstream `commit` that new or changed input is from")
	schemas := flags.String("schemas", "schemas", "`directory` to write to")
	base := flags.String("base", "", "`file` for what extensions are compiled on, of the newest release (ocsf)")
	if err := flags.Parse(args[1:]); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return err
		}
		return usageError("see gen import " + format + " -help")
	}
	s, sources, err := readUpstream(format, flags.Args())
	if err != nil {
		return fmt.Errorf("import %s: %w", format, err)
	}
	if err := writeImport(*schemas, *commit, s, sources); err != nil {
		return fmt.Errorf("import %s: %w", format, err)
	}
	if *base != "" {
		return writeBase(*base, flags.Args())
	}
	return nil
}

// writeBase writes what extensions of OCSF are compiled on.
func writeBase(file string, dirs []string) error {
	dir := ocsf.Newest(dirs)
	if dir == "" {
		return usageError("-base: there is no release")
	}
	data, err := ocsf.Distil(os.DirFS(dir))
	if err != nil {
		return fmt.Errorf("%s: %w", dir, err)
	}
	return os.WriteFile(file, data, 0o644)
}

// readUpstream reads every version of a format in dirs.
func readUpstream(format string, dirs []string) (*model.Schema, []upstream.Source, error) {
	switch format {
	case idmefv2.Format:
		if len(dirs) != 1 {
			return nil, nil, usageError(fmt.Sprintf("want one directory, got %d", len(dirs)))
		}
		return readDrafts(os.DirFS(dirs[0]))
	case ocsf.Format:
		if len(dirs) == 0 {
			return nil, nil, usageError("want the directories of the releases, got none")
		}
		return ocsf.Import(dirs...)
	}
	return nil, nil, usageError(fmt.Sprintf("no importer; there are those for %s and %s", idmefv2.Format, ocsf.Format))
}

func readDrafts(fsys fs.FS) (*model.Schema, []upstream.Source, error) {
	dirs, err := idmefv2.Drafts(fsys)
	if err != nil {
		return nil, nil, err
	}
	s, err := idmefv2.Import(fsys, dirs...)
	if err != nil {
		return nil, nil, err
	}
	sources, err := idmefv2.Sources(fsys, dirs...)
	return s, sources, err
}

// writeImport writes the schema and its sources into dir. It writes nothing
// unless both are right.
func writeImport(dir, commit string, s *model.Schema, inputs []upstream.Source) error {
	schema, err := s.Marshal()
	if err != nil {
		return err
	}
	file := filepath.Join(dir, sourcesFile)
	var old []upstream.Source
	switch data, err := os.ReadFile(file); {
	case err == nil:
		if old, err = upstream.ParseSources(data); err != nil {
			return err
		}
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	list, err := upstream.Update(old, s.Format, inputs, commit)
	if err != nil {
		return err
	}
	sources, err := upstream.FormatSources(list)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, s.Format+".schema.json"), schema, 0o644); err != nil {
		return err
	}
	return os.WriteFile(file, sources, 0o644)
}
