// Package upstream keeps the record of what the schemas were made from,
// schemas/sources.json. The readers of the upstream layouts are the packages
// below it.
package upstream

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// Source says where the content of one version of a format came from.
type Source struct {
	Format     string `json:"format"`
	Version    string `json:"version"`
	Repository string `json:"repository"`
	Commit     string `json:"commit"`
	Licence    string `json:"licence"`
	Path       string `json:"path"` // in the repository, of a file or directory
	// SHA256 of the file; of a directory, as Digest makes it; "" for what was
	// read by hand, as the code and prose that define MozDef.
	SHA256 string `json:"sha256"`
}

// ParseSources reads sources.json.
func ParseSources(data []byte) ([]Source, error) {
	var doc struct {
		Sources []Source `json:"sources"`
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&doc); err != nil {
		return nil, fmt.Errorf("sources: %w", err)
	}
	return doc.Sources, nil
}

// FormatSources writes sources.json, one source a line.
func FormatSources(list []Source) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("{\n  \"sources\": [")
	for i, s := range list {
		if i > 0 {
			b.WriteByte(',')
		}
		line, err := json.Marshal(s)
		if err != nil {
			return nil, err
		}
		b.WriteString("\n    ")
		b.Write(line)
	}
	b.WriteString("\n  ]\n}\n")
	return b.Bytes(), nil
}

// Update replaces the sources of a format by inputs, which lack their Commit
// still: it is that of the old list where the content is the same, and commit
// for what is new or has changed. Without a commit for those it fails, since
// nothing else tells where they came from. The result is ordered by format;
// the versions of a format stay in order.
func Update(old []Source, format string, inputs []Source, commit string) ([]Source, error) {
	list := slices.DeleteFunc(slices.Clone(old), func(s Source) bool { return s.Format == format })
	for _, in := range inputs {
		i := slices.IndexFunc(old, func(s Source) bool {
			return s.Format == in.Format && s.Version == in.Version && s.Path == in.Path && s.SHA256 == in.SHA256
		})
		switch {
		case i >= 0:
			in.Commit = old[i].Commit
		case commit != "":
			in.Commit = commit
		default:
			return nil, fmt.Errorf("%s %s: %s is new or has changed: give the commit of %s it is from, with -commit", in.Format, in.Version, in.Path, in.Repository)
		}
		list = append(list, in)
	}
	slices.SortStableFunc(list, func(a, b Source) int { return strings.Compare(a.Format, b.Format) })
	return list, nil
}

// Digest returns the SHA-256 of the file name in fsys, or, if it is a
// directory, of the lines "digest  path" of all files below it, ordered by
// path, as the command sha256sum writes them.
func Digest(fsys fs.FS, name string) (string, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return "", err
	}
	if !info.IsDir() {
		return fileDigest(fsys, name)
	}
	dir, err := fs.Sub(fsys, name)
	if err != nil {
		return "", err
	}
	var paths []string
	err = fs.WalkDir(dir, ".", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			paths = append(paths, path)
		}
		return err
	})
	if err != nil {
		return "", err
	}
	slices.Sort(paths)
	lines := sha256.New()
	for _, path := range paths {
		digest, err := fileDigest(dir, path)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(lines, "%s  %s\n", digest, path)
	}
	return hex.EncodeToString(lines.Sum(nil)), nil
}

func fileDigest(fsys fs.FS, name string) (string, error) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:]), nil
}
