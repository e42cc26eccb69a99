package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/secmodel/secmodel"
	"github.com/spf13/cobra"
)

// inputHelp says in a help text what commands read.
const inputHelp = `Documents are read from the FILEs, from the files that a pattern such as
'logs/*.json' stands for, from the files below a directory that have a suffix of
a content type, or from standard input, which is meant by "-" and where no FILE
is given. A file holds one document, an array of documents, several one after
the other, or one on each line (NDJSON); secmodel sees by itself which. It reads
on as text comes in, and keeps only a few documents in memory.

What a file is written in is seen from its suffix (.json, .ndjson, .jsonl,
.json-seq, .cbor, .cborseq, .msgpack, .yaml), or from its first bytes, or is
said with --from. Files compressed with gzip, zstd or zlib are read as they are;
the first bytes are then those of what is in them. Where the bytes may be CBOR
as well as MessagePack, the file is not read without --from.

An input that cannot be read does not stop the rest. One that is empty counts
as a document that is malformed.
`

// stdinName is the name of standard input, as an argument and in results.
const stdinName = "-"

// checkInputs is a cobra.PositionalArgs: it returns an error if the arguments
// name inputs that can't be read together.
func checkInputs(_ *cobra.Command, args []string) error {
	if i := slices.Index(args, stdinName); i >= 0 && slices.Contains(args[i+1:], stdinName) {
		return errors.New(`standard input, "-", can be read only once`)
	}
	return nil
}

// inputFlags are the flags of commands that read documents.
type inputFlags struct {
	from     typeFlag
	hint     formatFlag
	unbundle bool
	jobs     jobsFlag
	maxBytes bytesFlag
}

// add adds the flags to a command.
func (f *inputFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.Var(&f.from, "from", "content type of the input, if suffix and first bytes do not tell: "+strings.Join(typeNames(), ", "))
	flags.Var(&f.hint, "hint", "format of documents that do not say themselves what they are")
	flags.BoolVar(&f.unbundle, "unbundle", false, "take each event of an OCSF bundle as a document")
	flags.VarP(&f.jobs, "jobs", "j", "how many documents to work on at a time; 0 for one a processor")
	f.maxBytes.n = secmodel.DefaultMaxBytes
	flags.Var(&f.maxBytes, "max-bytes", "size of the largest document to read; larger ones are reported and passed over")
	complete(cmd, "from", typeNames())
	complete(cmd, "hint", formatNames())
}

// options returns the options of reading a document that the flags stand for.
func (f *inputFlags) options() []secmodel.Option {
	return []secmodel.Option{secmodel.MaxBytes(f.maxBytes.n), secmodel.Hint(f.hint.name)}
}

// streamOptions returns the options of finding the documents of an input.
func (f *inputFlags) streamOptions(encoding string) []secmodel.Option {
	opts := append(f.options(), secmodel.Workers(f.jobs.n), secmodel.ContentEncoding(encoding))
	if f.unbundle {
		opts = append(opts, secmodel.Bundle())
	}
	return opts
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
