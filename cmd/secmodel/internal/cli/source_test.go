package cli

import (
	"errors"
	"io"
	"testing"
	"testing/iotest"

	"github.com/secmodel/secmodel/serialize"
)

func TestTypeBySuffix(t *testing.T) {
	for name, want := range map[string]string{
		"a.json": serialize.JSON, "a.JSON": serialize.JSON, "a.ndjson.gz": serialize.NDJSON, "a.jsonl.zst": serialize.NDJSON,
		"a.cbor": serialize.CBOR, "a.yml": serialize.YAML, "a.msgpack": serialize.MsgPack, "a.txt": "", "a.gz": "", "json": "",
	} {
		if got := typeBySuffix(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestSniffType(t *testing.T) {
	for prefix, want := range map[string]string{
		"": serialize.JSON, "{\"a\"": serialize.JSON, "\ufeff{": serialize.JSON, " [1": serialize.JSON,
		"\x1e{": serialize.JSONSeq, "\xa1aaa": serialize.CBOR, "\xbfaaa": serialize.CBOR, "\xd9\xd9\xf7\xa0": serialize.CBOR,
		"\x9f\xa1aa": serialize.CBOR, "\x92\x81\xa1a": serialize.MsgPack, "\x81\xa1aa": serialize.MsgPack, "\xde\x00\x10\xa1": serialize.MsgPack,
		"---\n": serialize.YAML, "%YAM": serialize.YAML, "-1": serialize.JSON, "\xd9\xd9\x00\x00": serialize.JSON,
	} {
		if got := sniffType([]byte(prefix)); got != want {
			t.Errorf("%q: %q, want %q", prefix, got, want)
		}
	}
}

// TestPeek makes sure that looking at the first bytes loses none, and no error,
// however they come.
func TestPeek(t *testing.T) {
	for _, text := range []string{"", "{", "{}\n", "\x1f\x8b\x08\x00abc", "-", "---\na: 1\n"} {
		for _, fail := range []error{io.EOF, errors.New("the cable is cut")} {
			r := io.MultiReader(iotest.OneByteReader(newBytes([]byte(text))), failed{fail})
			_, whole := peek(r)
			got, err := io.ReadAll(whole)
			if fail == io.EOF {
				fail = nil
			}
			if string(got) != text || !errors.Is(err, fail) {
				t.Errorf("%q: got %q, %v; want error %v", text, got, err, fail)
			}
		}
	}
}
