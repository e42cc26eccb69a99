package cli

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/secmodel/secmodel/serialize"
)

// shortType is a short name for a content type.
type shortType struct {
	name        string
	contentType string
	suffixes    []string // of files
}

// shortTypes lists the content types by their short names, JSON first.
func shortTypes() []shortType {
	return []shortType{
		{"json", serialize.JSON, []string{".json", ".log"}},
		{"ndjson", serialize.NDJSON, []string{".ndjson", ".jsonl"}},
		{"json-seq", serialize.JSONSeq, []string{".json-seq", ".jsonseq"}},
		{"cbor", serialize.CBOR, []string{".cbor"}},
		{"cbor-seq", serialize.CBORSeq, []string{".cborseq", ".cbor-seq"}},
		{"msgpack", serialize.MsgPack, []string{".msgpack", ".mpk", ".mp"}},
		{"yaml", serialize.YAML, []string{".yaml", ".yml"}},
	}
}

// typeNames lists the values that a flag for a content type is completed to.
func typeNames() []string {
	var names []string
	for _, t := range shortTypes() {
		names = append(names, t.name)
	}
	return names
}

// typeFlag is the value of a flag that names a content type; contentType is
// empty as long as it is not set.
type typeFlag struct{ name, contentType string }

// String implements pflag.Value.
func (f *typeFlag) String() string { return f.name }

// Type implements pflag.Value.
func (f *typeFlag) Type() string { return "type" }

// Set implements pflag.Value.
func (f *typeFlag) Set(text string) error {
	for _, t := range shortTypes() {
		if t.name == text {
			f.name, f.contentType = text, t.contentType
			return nil
		}
	}
	if _, err := serialize.Standard().Only(text); strings.Contains(text, "/") && err == nil {
		f.name, f.contentType = text, text
		return nil
	}
	return fmt.Errorf("it must be %s, or a content type such as %s", strings.Join(typeNames(), ", "), serialize.CBOR)
}

// compressedSuffixes are those of compressed files.
func compressedSuffixes() []string { return []string{".gz", ".zst", ".zz"} }

// typeBySuffix returns the content type that the name of a file stands for, ""
// if it stands for none. The suffix of a compressed file is passed over.
func typeBySuffix(name string) string {
	name = strings.ToLower(name)
	if slices.Contains(compressedSuffixes(), filepath.Ext(name)) {
		name = strings.TrimSuffix(name, filepath.Ext(name))
	}
	for _, t := range shortTypes() {
		if slices.Contains(t.suffixes, filepath.Ext(name)) {
			return t.contentType
		}
	}
	return ""
}
