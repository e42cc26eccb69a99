package serialize_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/ocsf"
	"github.com/secmodel/secmodel/serialize"
)

// full is a writer that has room for so many bytes.
type full struct {
	bytes.Buffer
	room int
	// calls counts those after the first that failed.
	failed bool
	calls  int
	fault  fault
}

// fault is how a writer says that it has no more room.
type fault int

const (
	refuses     fault = iota // it writes nothing of what has no room, with an error
	writesPart               // it writes what has room, with an error
	writesShort              // the same, without an error
	failsAfter               // it writes all that has room, and fails with the last byte
)

func (f *full) Write(b []byte) (int, error) {
	if f.failed {
		f.calls++
	}
	n := min(len(b), f.room-f.Len())
	switch {
	case f.fault == failsAfter && n == f.room-f.Len():
		f.failed = true
		f.Buffer.Write(b[:n])
		return n, errBroken
	case n == len(b):
		return f.Buffer.Write(b)
	}
	f.failed = true
	switch f.fault {
	case refuses:
		return 0, errBroken
	case writesShort:
		f.Buffer.Write(b[:n])
		return n, nil
	}
	f.Buffer.Write(b[:n])
	return n, errBroken
}

// TestWriterFails lets writers fail at every byte, in several ways: the error is
// not lost, counts the messages that are written whole, and comes again.
func TestWriterFails(t *testing.T) {
	for _, s := range shortStreams(t) {
		if s.waits != nil || s.name == "JSON over lines" {
			continue // not written like this
		}
		for _, encoding := range encodings {
			whole := s.packed(t, encoding)
			for _, how := range []fault{refuses, writesPart, writesShort, failsAfter} {
				last := len(whole) - 1
				if how == failsAfter {
					last = len(whole)
				}
				for n := range last + 1 {
					if testing.Short() && encoding != "" && n%9 != 0 && n < last-8 {
						continue // with the race detector, encoders are slow to make
					}
					out := &full{room: n, fault: how}
					w := hexCodec(t).NewWriter(out, s.contentType, s.options(encoding)...)
					written := 0
					var first error
					for _, m := range s.messages {
						err := w.Write(m)
						if first != nil && err != first {
							t.Fatalf("%s, %q, %d bytes: %v, then %v", s.name, encoding, n, first, err)
						}
						if err == nil {
							written++
						}
						first = err
					}
					err := w.Close()
					if closed := w.Close(); closed == nil || !errors.Is(err, closed) || w.Write(s.messages[0]) != closed || first != nil && closed != first {
						t.Fatalf("%s, %q, %d bytes: Write: %v, Close: %v, again: %v", s.name, encoding, n, first, err, closed)
					}
					cause := errBroken
					if how == writesShort {
						cause = io.ErrShortWrite
					}
					ended, ok := errors.AsType[*serialize.StreamError](err)
					if !ok || !errors.Is(err, cause) || ended.Records != w.Written() {
						t.Fatalf("%s, %q, fault %d, %d bytes: %v; %d written", s.name, encoding, how, n, err, w.Written())
					}
					if out.calls > 0 {
						t.Fatalf("%s, %q, %d bytes: written to after an error", s.name, encoding, n)
					}
					if encoding != "" {
						if ended.Records < written {
							t.Fatalf("%s, %q, %d bytes: %v; %d without an error", s.name, encoding, n, err, written)
						}
						continue
					}
					// A message is written whole if all of its bytes are there.
					there := count(s.ends, out.Len())
					if ended.Records != there || there > 0 && ended.Offset != int64(s.ends[there-1]) || there == 0 && ended.Offset != 0 {
						t.Fatalf("%s, fault %d, %d bytes: %v; %d are there", s.name, how, n, err, there)
					}
					if !bytes.HasPrefix(whole, out.Bytes()) {
						t.Fatalf("%s, %d bytes: %q", s.name, n, out.Bytes())
					}
				}
			}
		}
	}
}

// TestWriterGoesOn: a message that is refused leaves no trace, wherever it comes.
func TestWriterGoesOn(t *testing.T) {
	bad, err := serialize.Unserialize(serialize.Payload{Data: []byte(`{"class_uid":3002,"metadata":{"version":"1.8.0"}}`)}, secmodel.SkipValidation())
	if err != nil {
		t.Fatal(err)
	}
	bad.(*ocsf.Authentication).Extra = map[string]json.RawMessage{"x": json.RawMessage("no JSON")}
	for _, s := range shortStreams(t) {
		if s.waits != nil || s.name == "JSON over lines" {
			continue
		}
		for _, encoding := range encodings {
			var b bytes.Buffer
			w := hexCodec(t).NewWriter(&b, s.contentType, s.options(encoding)...)
			for i, m := range append(s.messages[:len(s.messages):len(s.messages)], nil) {
				if err := w.Write(bad); err == nil || errors.Is(err, io.ErrShortWrite) || w.Written() != i {
					t.Fatalf("%s: %v, %d written", s.name, err, w.Written())
				}
				if m != nil {
					if err := w.Write(m); err != nil {
						t.Fatal(err)
					}
				}
			}
			if err := errors.Join(w.Close(), w.Close()); err != nil {
				t.Fatal(err)
			}
			if want := s.packed(t, encoding); encoding == "" && !bytes.Equal(b.Bytes(), want) {
				t.Errorf("%s: %q\nwant %q", s.name, b.Bytes(), want)
			}
			var got []string
			for m, err := range hexCodec(t).Read(&b, s.contentType, s.options(encoding)...) {
				got = append(got, outcome(m, err))
			}
			if strings.Join(got, "\n") != strings.Join(s.want(len(s.messages)), "\n") {
				t.Errorf("%s, %q: %q", s.name, encoding, got)
			}
		}
	}
}

// miscounting claims to have written what it cannot have.
type miscounting int

func (m miscounting) Write(b []byte) (int, error) { return int(m), nil }

func TestWriterMiscounts(t *testing.T) {
	for _, s := range shortStreams(t) {
		for _, encoding := range encodings {
			for _, n := range []miscounting{-1, 1 << 20} {
				w := hexCodec(t).NewWriter(n, s.contentType, s.options(encoding)...)
				_ = w.Write(s.messages[0]) // what is compressed comes later
				if err := w.Close(); err == nil {
					t.Errorf("%s, %q: %d bytes written, no error", s.name, encoding, n)
				}
			}
		}
	}
}
