package serialize

import (
	"bufio"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/wire"
)

// Content types that the package reads and writes. They have other names, which
// ContentTypes lists, and types with the suffixes +json, +json-seq, +cbor,
// +cbor-seq and +yaml are read and written in the same way.
const (
	JSON     = "application/json" // RFC 8259
	TextJSON = "text/json"
	// NDJSON and JSONLines are streams of one document a line.
	NDJSON    = "application/x-ndjson"
	JSONLines = "application/jsonl"
	// JSONSeq is a stream of documents, each after a record separator (0x1e)
	// and before a line feed (RFC 7464).
	JSONSeq = "application/json-seq"
	CBOR    = "application/cbor" // RFC 8949
	// CBORSeq is a stream of documents in CBOR one after the other (RFC 8742).
	CBORSeq = "application/cbor-seq"
	MsgPack = "application/vnd.msgpack"
	YAML    = "application/yaml" // RFC 9512
)

// Format is a content type that NewCodec adds: a way to write documents that can
// be turned into JSON and back. Its functions must be safe for concurrent use;
// they must not keep what they are given, nor change it, except dst.
type Format struct {
	// Types are the names of the content type, in lower case and without
	// parameters, the preferred one first.
	Types []string
	// Suffix is the structured syntax suffix, without the plus sign, of other
	// content types that are written in the same way; "" for none.
	Suffix string

	// ToJSON appends the JSON text of the document that data holds to dst. Its
	// error for malformed data should be a *secmodel.SyntaxError. Nothing may be
	// lost: what JSON does not have must be an error.
	ToJSON func(dst, data []byte, o *secmodel.Options) ([]byte, error)
	// FromJSON appends the document to dst whose compact JSON is text. Its error
	// for what the content type cannot hold should be a *secmodel.EncodeError.
	FromJSON func(dst, text []byte, o *secmodel.Options) ([]byte, error)
	// Locate fills in where violations, known by their pointers, stand in data:
	// Offset and Length and, if the content type is text, Line and Column.
	// Without it violations have no place.
	Locate func(data []byte, violations []secmodel.Violation)

	// Split cuts a stream into documents, as bufio.Scanner has it; Frame appends
	// document n, counted from 0, of a stream to dst, with what has to be around
	// it; End appends what has to follow the last of n documents. Without Split a
	// stream is one document, and without Frame only one can be written.
	Split bufio.SplitFunc
	Frame func(dst, document []byte, n int) []byte
	End   func(dst []byte, n int) []byte
}

// syntax is how a document is written.
type syntax uint8

const (
	syntaxJSON      syntax = iota // read and written by package wire
	syntaxBinary                  // so too
	syntaxConverted               // by way of JSON
)

// format is a content type that a Codec knows.
type format struct {
	types  []string // in lower case, the preferred one first
	suffix string
	syntax syntax
	binary wire.Binary // of syntaxBinary
	record string      // content type of one document of a stream; "" for the same

	// Of syntaxConverted, as in Format.
	toJSON   func(dst, data []byte, o *secmodel.Options) ([]byte, error)
	fromJSON func(dst, text []byte, o *secmodel.Options) ([]byte, error)
	locate   func(data []byte, violations []secmodel.Violation)

	// unframe takes away what is around the only document of a payload, without
	// moving it; nil if there is nothing.
	unframe func(data []byte) ([]byte, error)
	// split cuts a stream into records.
	split func(*splitter) error
	// before and after append what stands around document n of a stream, end
	// what follows the last of n. Without before, a stream is one document.
	before func(dst []byte, n int) []byte
	after  func(dst []byte) []byte
	end    func(dst []byte, n int) []byte
	// frame does what before and after do, for an added Format.
	frame func(dst, document []byte, n int) []byte
	// framed says that a payload of one document has after too, and before.
	framed bool
}

// of returns the content type of a record.
func (f *format) recordType() string {
	if f.record != "" {
		return f.record
	}
	return f.types[0]
}

var jsonFormat = format{
	types: []string{JSON, TextJSON}, suffix: "json",
	split: (*splitter).values, before: beforeElement, after: nothing, end: endArray,
}

var linesFormat = format{
	types:  []string{NDJSON, "application/ndjson", JSONLines, "application/x-jsonlines"},
	record: JSON, framed: true,
	split: (*splitter).lines, before: nothingFirst, after: newline, end: nothingFirst,
}

var jsonSeqFormat = format{
	types: []string{JSONSeq}, suffix: "json-seq",
	record: JSON, framed: true, unframe: unframeSeq,
	split: (*splitter).sequence, before: separator, after: newline, end: nothingFirst,
}

var cborFormat = format{
	types: []string{CBOR}, suffix: "cbor", syntax: syntaxBinary, binary: wire.CBOR,
	split: (*splitter).cbor, before: beforeItem, after: nothing, end: endItems,
}

var cborSeqFormat = format{
	types: []string{CBORSeq}, suffix: "cbor-seq", syntax: syntaxBinary, binary: wire.CBOR,
	record: CBOR,
	split:  (*splitter).cborSeq, before: nothingFirst, after: nothing, end: nothingFirst,
}

var msgPackFormat = format{
	types: []string{MsgPack, "application/msgpack", "application/x-msgpack"}, syntax: syntaxBinary, binary: wire.MessagePack,
	split: (*splitter).msgPack, before: nothingFirst, after: nothing, end: nothingFirst,
}

var yamlFormat = format{
	types: []string{YAML, "application/x-yaml", "text/yaml", "text/x-yaml"}, suffix: "yaml", syntax: syntaxConverted,
	toJSON: yamlToJSON, fromJSON: yamlFromJSON, locate: locateYAML,
	split: (*splitter).yaml, before: yamlMarker, after: nothing, end: nothingFirst,
}

// What stands around the documents of a stream.

func nothing(dst []byte) []byte             { return dst }
func nothingFirst(dst []byte, _ int) []byte { return dst }
func newline(dst []byte) []byte             { return append(dst, '\n') }
func separator(dst []byte, _ int) []byte    { return append(dst, recordSeparator) }
func yamlMarker(dst []byte, _ int) []byte   { return append(dst, "---\n"...) }

// beforeElement and endArray write an array, an element a line.
func beforeElement(dst []byte, n int) []byte {
	if n == 0 {
		return append(dst, "[\n"...)
	}
	return append(dst, ",\n"...)
}

func endArray(dst []byte, n int) []byte {
	if n == 0 {
		return append(dst, "[]\n"...)
	}
	return append(dst, "\n]\n"...)
}

// beforeItem and endItems write an array of CBOR whose length is not known
// beforehand.
func beforeItem(dst []byte, n int) []byte {
	if n == 0 {
		return append(dst, cborArrayOpen)
	}
	return dst
}

func endItems(dst []byte, n int) []byte {
	if n == 0 {
		return append(dst, cborArrayEmpty)
	}
	return append(dst, cborBreak)
}
