package idmefv2

import (
	"fmt"
	"io/fs"
	"path"

	"github.com/secmodel/secmodel/gen/internal/upstream"
)

// Sources returns the record of the drafts in the directories dirs of fsys,
// without the commit.
func Sources(fsys fs.FS, dirs ...string) ([]upstream.Source, error) {
	var list []upstream.Source
	for _, dir := range dirs {
		d, err := readDraft(fsys, dir)
		if err != nil {
			return nil, fmt.Errorf("draft %s: %w", dir, err)
		}
		file := path.Join(dir, fileName)
		digest, err := upstream.Digest(fsys, file)
		if err != nil {
			return nil, err
		}
		list = append(list, upstream.Source{
			Format:     Format,
			Version:    d.version,
			Repository: "https://github.com/IDMEFv2/IDMEFv2-Drafts-IETF",
			Licence:    "BSD-3-Clause, by the notice in the drafts on code components",
			Path:       path.Join("IDMEFv2", file),
			SHA256:     digest,
		})
	}
	return list, nil
}
