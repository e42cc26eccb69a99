package cli

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
)

// source is one input: a file, or standard input.
type source struct {
	name string
	size int64 // in bytes, -1 if it is not known beforehand
	err  error // why it can't be read
}

// sources returns the inputs that args name, in order; none stand for standard
// input. Once ctx is done it looks for no more.
func sources(ctx context.Context, args []string) []source {
	if len(args) == 0 {
		args = []string{stdinName}
	}
	var list []source
	for _, arg := range args {
		names, err := expand(arg)
		if err != nil {
			list = append(list, source{name: arg, size: -1, err: err})
			continue
		}
		for _, name := range names {
			list = append(list, located(ctx, name)...)
		}
	}
	return list
}

// located returns a file that was named, or the files in a directory.
func located(ctx context.Context, name string) []source {
	if name == stdinName {
		return []source{{name: name, size: -1}}
	}
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return []source{{name: name, size: -1, err: err}}
	case info.IsDir():
		return search(ctx, name)
	case !info.Mode().IsRegular():
		return []source{{name: name, size: -1}}
	}
	return []source{{name: name, size: info.Size()}}
}

// search returns the files in a directory and those below it, in the order of
// their names, that have the suffix of a content type. Names that begin with a
// dot are passed over.
func search(ctx context.Context, dir string) []source {
	var list []source
	// The function below never returns an error of its own.
	_ = filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return fs.SkipAll
		case err != nil:
			list = append(list, source{name: name, size: -1, err: err})
			if entry != nil && entry.IsDir() {
				return fs.SkipDir
			}
		case name != dir && strings.HasPrefix(entry.Name(), "."):
			if entry.IsDir() {
				return fs.SkipDir
			}
		case entry.IsDir() || typeBySuffix(name) == "":
		default:
			if info, err := os.Stat(name); err != nil {
				list = append(list, source{name: name, size: -1, err: err})
			} else if info.Mode().IsRegular() {
				list = append(list, source{name: name, size: info.Size()})
			}
		}
		return nil
	})
	if len(list) == 0 && ctx.Err() == nil {
		list = []source{{name: dir, size: -1, err: errors.New("no file in the directory has a suffix such as .json, .ndjson or .json.gz")}}
	}
	return list
}

// opened is a source that is about to be read.
type opened struct {
	file                  io.Closer
	whole                 io.Reader // all that it holds, compressed or not
	contentType, encoding string
}

// begin opens the source and looks at its first bytes, for which it may have to
// wait. Once ctx is done it returns ctx's error, though the file, or standard
// input, may still be waited for. read counts bytes; from is as for recognise.
func (s source) begin(ctx context.Context, stdin io.Reader, from string, read *atomic.Int64) (opened, error) {
	type result struct {
		opened
		err error
	}
	results := make(chan result)
	go func() {
		var res result
		file, err := s.open(stdin)
		if res.err = err; err == nil {
			res.file = file
			res.contentType, res.encoding, res.whole, res.err = recognise(s.name, from, counted{file, read})
		}
		select {
		case results <- res:
		case <-ctx.Done():
			if res.file != nil {
				res.file.Close() // it was only read
			}
		}
	}()
	select {
	case res := <-results:
		if res.err != nil && res.file != nil {
			res.file.Close() // it was only read
		}
		return res.opened, res.err
	case <-ctx.Done():
		return opened{}, ctx.Err()
	}
}

// open opens the source for reading.
func (s source) open(stdin io.Reader) (io.ReadCloser, error) {
	switch {
	case s.err != nil:
		return nil, s.err
	case s.name == stdinName:
		return io.NopCloser(stdin), nil
	}
	return os.Open(s.name)
}

// counted is a reader that counts.
type counted struct {
	r io.Reader
	n *atomic.Int64
}

// Read implements io.Reader.
func (c counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n.Add(int64(n))
	return n, err
}
