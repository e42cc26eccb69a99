package cli

import (
	"testing"

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
