package wire

import (
	"encoding/json"
	"math"
	"testing"
)

// TestTranscriptForgets writes raw values one after another, as of one message:
// the encoder, which is kept, must not keep them.
func TestTranscriptForgets(t *testing.T) {
	e := binaryEncoder{form: CBOR}
	var out []byte
	for _, text := range []string{`{"a":1,"b":{"c":2}}`, `{"d":3}`, `[]`} {
		out = e.raw(out, json.RawMessage(text))
	}
	if _, err := e.finish(nil, out); err != nil {
		t.Fatal(err)
	}
	for _, m := range e.script.members[:cap(e.script.members)] {
		if m.name != "" {
			t.Errorf("%q is kept", m.name)
		}
	}
	if e.script.src != "" {
		t.Error("the text is kept")
	}
}

// TestRoomOfLarge asks for the room of documents as large as memory.
func TestRoomOfLarge(t *testing.T) {
	last := 0
	for n := 1; n > 0; n *= 2 {
		if room := Room(n); room < last || room < leastRoom {
			t.Errorf("%d bytes may take %d", n, room)
		} else {
			last = room
		}
	}
	if Room(math.MaxInt) < last {
		t.Errorf("%d", Room(math.MaxInt))
	}
}
