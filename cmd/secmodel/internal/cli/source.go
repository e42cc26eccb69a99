package cli

import (
	"cmp"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"

	"github.com/secmodel/secmodel/serialize"
)

// source is one input: a file, or standard input.
type source struct {
	name string
	size int64 // in bytes, -1 if it is not known beforehand
	err  error // why it can't be read
}

// sources returns the inputs that args name, in order; none stand for standard
// input.
func sources(args []string) []source {
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
			list = append(list, located(name)...)
		}
	}
	return list
}

// located returns a file that was named, or the files in a directory.
func located(name string) []source {
	if name == stdinName {
		return []source{{name: name, size: -1}}
	}
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return []source{{name: name, size: -1, err: err}}
	case info.IsDir():
		return search(name)
	case !info.Mode().IsRegular():
		return []source{{name: name, size: -1}}
	}
	return []source{{name: name, size: info.Size()}}
}

// search returns the files in a directory and those below it, in the order of
// their names, that have the suffix of a content type. Names that begin with a
// dot are passed over.
func search(dir string) []source {
	var list []source
	// The function below never returns an error of its own.
	_ = filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		switch {
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
	if len(list) == 0 {
		list = []source{{name: dir, size: -1, err: errors.New("no file in the directory has a suffix such as .json, .ndjson or .json.gz")}}
	}
	return list
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

// recognise says which content type and encoding a stream has: the type that
// from names, else the one that the file's suffix stands for, else what its first
// bytes look like. It also returns a reader of the whole stream; an error that
// comes with the first bytes is left for that reader to give.
func recognise(name, from string, r io.Reader) (contentType, encoding string, whole io.Reader) {
	prefix, r := peek(r)
	encoding = serialize.SniffEncoding(prefix)
	if contentType = cmp.Or(from, typeBySuffix(name)); contentType == "" {
		contentType = serialize.JSON
		if encoding == "" {
			contentType = sniffType(prefix)
		}
	}
	return contentType, encoding, r
}

// peek returns the first bytes of a stream, fewer than sniffLen only where those
// that are there decide or the stream ends, and a reader of the whole stream.
func peek(r io.Reader) ([]byte, io.Reader) {
	buf, n := make([]byte, sniffLen), 0
	for n < len(buf) && (n == 0 || buf[0] >= 0x80 || strings.IndexByte("\x1f\x28\x78-%", buf[0]) >= 0) {
		m, err := r.Read(buf[n:])
		n += m
		if err != nil {
			return buf[:n], io.MultiReader(newBytes(buf[:n]), failed{err})
		}
	}
	return buf[:n], io.MultiReader(newBytes(buf[:n]), r)
}

// newBytes returns a reader of text.
func newBytes(text []byte) io.Reader { return strings.NewReader(string(text)) }

// failed is a reader that gives an error.
type failed struct{ err error }

// Read implements io.Reader.
func (f failed) Read([]byte) (int, error) { return 0, f.err }

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
