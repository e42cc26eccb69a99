package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/serialize"
	"github.com/spf13/cobra"
)

// inputHelp says in a help text what commands read.
const inputHelp = `Documents are read from the FILEs, from the files that a pattern such as
'logs/*.json' stands for, or from standard input, which is meant by "-" and
where no FILE is given. A file holds one JSON document, an array of documents,
several one after the other, or one on each line (NDJSON); secmodel sees by
itself which. It reads on as text comes in, and keeps no more than one document
in memory. Name the files of a directory with a pattern, not the directory.

An input that cannot be read does not stop the rest. One that is empty counts
as a document that is no JSON.
`

// stdinName is the name of standard input, as an argument and in results.
const stdinName = "-"

// document is one document of an input.
type document struct {
	file             string // as it was named
	serialize.Record        // where it is and, unless err is set, its text
	err              error  // why it can't be looked at: framing, size
}

// checkInputs is a cobra.PositionalArgs: it returns an error if the arguments
// name inputs that can't be read together.
func checkInputs(_ *cobra.Command, args []string) error {
	if i := slices.Index(args, stdinName); i >= 0 && slices.Contains(args[i+1:], stdinName) {
		return errors.New(`standard input, "-", can be read only once`)
	}
	return nil
}

// inputs gives the documents of all inputs that args name, in order. An error
// comes without a document: an input, or what is left of it, that can't be
// read. It begins with the name of the input.
func (c *console) inputs(args []string, opts ...secmodel.Option) iter.Seq2[document, error] {
	return func(yield func(document, error) bool) {
		if len(args) == 0 {
			args = []string{stdinName}
		}
		for _, arg := range args {
			names, err := expand(arg)
			if err != nil {
				if !yield(document{}, inputError(arg, err)) {
					return
				}
				continue
			}
			for _, name := range names {
				if !c.file(name, opts, yield) {
					return
				}
			}
		}
	}
}

// file gives the documents of one input. It returns false if yield has.
func (c *console) file(name string, opts []secmodel.Option, yield func(document, error) bool) bool {
	r := c.in
	if name != stdinName {
		f, err := open(name)
		if err != nil {
			return yield(document{}, inputError(name, err))
		}
		defer f.Close() // it was only read
		r = f
	}
	for rec, err := range serialize.Records(eager{r, c}, "", opts...) {
		d := document{file: name, Record: rec}
		if err != nil {
			e, ok := errors.AsType[*serialize.RecordError](err)
			if !ok {
				return yield(document{}, inputError(name, err))
			}
			d.Record, d.err = e.Record, e.Err
		}
		if !yield(d, nil) {
			return false
		}
	}
	return true
}

// open opens a file that can be read as a stream.
func open(name string) (io.ReadCloser, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && info.IsDir() {
		err = errors.New("it is a directory; name files, as with " + filepath.Join(name, "*.json"))
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// expand returns the files that an argument stands for: itself if there is such
// a file, else those that it matches as a pattern. Shells do the same, but not
// all of them.
func expand(arg string) ([]string, error) {
	if arg == stdinName || !strings.ContainsAny(arg, "*?[") {
		return []string{arg}, nil
	}
	if _, err := os.Lstat(arg); err == nil {
		return []string{arg}, nil
	}
	names, err := filepath.Glob(arg)
	switch {
	case err != nil:
		return nil, errors.New("the pattern is malformed")
	case len(names) == 0:
		return nil, errors.New("no file matches the pattern")
	}
	return names, nil
}

func inputError(name string, err error) error {
	return fmt.Errorf("%s: %s", printable(name), reason(err))
}

// reason returns what went wrong, without the operation and the name.
func reason(err error) string {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		err = e.Err
	}
	return err.Error()
}
