// Package ocsf reads raw releases of the Open Cybersecurity Schema Framework
// (dictionary, events, objects, profiles, extensions) and makes the annotated
// union schema of schemas/README.md from them.
//
// [Compile] applies the rules by which upstream's own compiler turns the raw
// files of one release into classes and objects; [Merge] unites releases. The
// tests take every release out of the union again and find nothing missing.
// Only facts are kept: names, types, values, bounds, patterns, requirements
// and captions, never descriptions.
package ocsf

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/secmodel/secmodel/gen/internal/upstream"
	"github.com/secmodel/secmodel/internal/model"
)

// Format is the name of the format in this library.
const Format = "ocsf"

// Import compiles the raw releases in dirs, in any order, and merges them. It
// also returns the record of where they came from, without the commits. The
// last element of each path is the version that is asked for: "…/1.8.0"; a
// directory that holds another version is an error.
func Import(dirs ...string) (*model.Schema, []upstream.Source, error) {
	dirs = slices.Clone(dirs)
	slices.SortFunc(dirs, func(a, b string) int { return CompareVersions(versionOf(a), versionOf(b)) })
	var releases []*Release
	var sources []upstream.Source
	for _, dir := range dirs {
		r, err := Compile(os.DirFS(dir), versionOf(dir))
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", dir, err)
		}
		releases = append(releases, r)
		digest, err := upstream.Digest(visible{os.DirFS(dir)}, ".")
		if err != nil {
			return nil, nil, err
		}
		sources = append(sources, upstream.Source{
			Format:     Format,
			Version:    r.Version,
			Repository: "https://github.com/ocsf/ocsf-schema",
			Licence:    "Apache-2.0",
			Path:       ".",
			SHA256:     digest,
		})
	}
	s, err := Merge(releases)
	return s, sources, err
}

// visible hides files and directories whose names start with a dot: those of
// version control and editors do not belong to a release.
type visible struct{ fs.FS }

// ReadDir implements fs.ReadDirFS.
func (v visible) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(v.FS, name)
	return slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return strings.HasPrefix(e.Name(), ".") }), err
}

func versionOf(dir string) string { return strings.TrimPrefix(filepath.Base(filepath.Clean(dir)), "v") }
