package cli

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
	"regexp"

	"github.com/klauspost/compress/zstd"
	"github.com/secmodel/secmodel/serialize"
)

const (
	// maxPacked is how much of a compressed stream is looked at: a block of zstd,
	// of which nothing comes before all of it has been read, has 128 kB at most.
	maxPacked = 1 << 20
	// maxSniffed is how much of a stream is looked at.
	maxSniffed = 4 << 10
	// maxZstdWindow is how far back zstd data may refer, in bytes, where
	// package serialize reads it.
	maxZstdWindow = 8 << 20
)

// recognise says which content type and encoding a stream has: the type that
// from names, else the one that the file's suffix stands for, else what its first
// bytes, inflated, look like. whole is a reader of the whole stream; an error
// that comes with the first bytes is left for it to give. The error is errBinary.
func recognise(name, from string, r io.Reader) (contentType, encoding string, whole io.Reader, err error) {
	l := &lookahead{r: r, most: maxPacked}
	encoding = sniffEncoding(l)
	if contentType = cmp.Or(from, typeBySuffix(name)); contentType == "" {
		contentType, err = sniffType(&lookahead{r: inflated(&replay{l: l}, encoding), most: maxSniffed})
	}
	return contentType, encoding, l.whole(), err
}

// sniffEncoding tells the content encoding of a stream. It waits for no more than
// the first byte, or two where that may be of zstd, unless they begin one.
func sniffEncoding(l *lookahead) string {
	seen := l.atLeast(1)
	if len(seen) == 0 {
		return ""
	}
	switch first := seen[0]; {
	case first == 0x1f, first == 0x28, first == 0x78:
	case first&0xf0 == 0x50: // as [ is
		if seen = l.atLeast(2); len(seen) < 2 || seen[1] != 0x2a {
			return ""
		}
	default:
		return ""
	}
	return serialize.SniffEncoding(l.atLeast(4))
}

// inflated undoes the encoding of the first bytes of a stream, to look at them.
// Data that is damaged ends there: the reader of the stream reports it.
func inflated(r io.Reader, encoding string) io.Reader {
	var z io.Reader
	var err error
	switch encoding {
	case "":
		return r
	case "gzip":
		z, err = gzip.NewReader(r)
	case "deflate":
		z, err = zlib.NewReader(r)
	default:
		// With a concurrency of 1 it has no goroutines, and need not be closed.
		z, err = zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxZstdWindow))
	}
	if err != nil {
		return failed{err}
	}
	return z
}

// errBinary is the error for a stream that may be CBOR as well as MessagePack.
var errBinary = errors.New("this is CBOR or MessagePack, and the first bytes do not tell which; say it with --from cbor or --from msgpack")

// sniffType tells the content type of a stream from its first bytes, of which it
// waits for no more than it needs. No JSON text begins with a byte from 0x80 on:
// those are maps and arrays of CBOR and MessagePack, texts in MessagePack where
// CBOR has a map (which no document is), and the tag for CBOR (RFC 8949, section
// 3.4.6). Where nothing speaks for another type it is JSON. The error is
// errBinary.
func sniffType(l *lookahead) (string, error) {
	seen := l.atLeast(1)
	if len(seen) == 0 {
		return serialize.JSON, nil
	}
	first := seen[0]
	switch {
	case first == 0x1e:
		return serialize.JSONSeq, nil
	case isYAML(first, l):
		return serialize.YAML, nil
	case first >= 0x80 && first <= 0x9f:
		return sniffBinary(l)
	case first >= 0xa0 && first <= 0xbf, first == 0xd9 && bytes.HasPrefix(l.atLeast(3), []byte{0xd9, 0xd9, 0xf7}):
		return serialize.CBOR, nil
	case first >= 0xdc && first <= 0xdf:
		return serialize.MsgPack, nil
	}
	return serialize.JSON, nil
}

// yamlMember is a first line of YAML that is a member of a block mapping.
var yamlMember = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.-]*:(?:[ \t\r]|$)`)

// yamlComment is the beginning of YAML with comments in front of what yamlMember
// matches, perhaps in a sequence or behind a line "---".
var yamlComment = regexp.MustCompile(`^(?:(?:#.*)?\r?\n)+(?:---|(?:- )?[A-Za-z_][A-Za-z0-9_.-]*:[ \t\r\n])`)

// isYAML reports whether a stream begins as YAML does and JSON can't.
func isYAML(first byte, l *lookahead) bool {
	switch {
	case first == '#': // a comment, or a title of Markdown
		for !yamlComment.Match(l.seen) {
			if !l.more() {
				return false
			}
		}
		return true
	case first == '%':
		return bytes.HasPrefix(l.atLeast(5), []byte("%YAML"))
	case first == '-':
		return bytes.HasPrefix(l.atLeast(2), []byte("- ")) || bytes.HasPrefix(l.atLeast(3), []byte("---"))
	case first == '_', first|0x20 >= 'a' && first|0x20 <= 'z':
		const longest = 256
		n := 1
		for n < longest && bytes.IndexByte(l.atLeast(n), '\n') < 0 && len(l.seen) >= n {
			n = len(l.seen) + 1
		}
		line, _, _ := bytes.Cut(l.seen[:min(longest, len(l.seen))], []byte{'\n'})
		return yamlMember.Match(line)
	}
	return false
}
