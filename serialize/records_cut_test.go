package serialize_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/serialize"
)

// TestRecordsCut breaks streams with faults of many kinds at every byte: what is
// given before the reader's error are the first of the records of the whole
// stream, byte for byte; numbers and words, which have no end of their own, are not
// cut in two.
func TestRecordsCut(t *testing.T) {
	for contentType, texts := range map[string][]string{
		serialize.JSON: {
			`[12, 345 ,true,"a,b" ,[[]],null]`, "12 345\ntrue \"x y\"\n[1]\n", "{}\n{]\n{}\n", "{\"a\":1}{\"b\":2}", "{\n}\n{\n}",
			"[{\"a\":1} }x\"y\",{\"b\":2}] ", "[,,{\"a\":1}", "{}\r\n{\"a\":\r\n{}\r\n", " [ ] ", "[1]x", "{}}", "{\"a\\\"}\":\"\\\\\"}",
			`{"events":[{"class_uid":3002},{"class_uid":1001}],"count":2}{"events":[{"class_uid":3002}]}`, `{"events":[5,{"class_uid":3002}]}{}`,
		},
		serialize.NDJSON:  {"12\n345\n", "{}\n\n \n{\"a\n[]", "{}\r\n{}"},
		serialize.JSONSeq: {"\x1e12\n\x1e345\n", "\x1e{\n}\n\x1e{}\n", "x\n\x1e{}\n\x1e\x1e{}x\n\x1e[", "\x1e{}\n{}\n\x1e{\"\n\"}\n"},
		serialize.CBOR:    {"\x82\xa0\xa1\x61a\x7f\x61x\x61y\xff", "\xd9\xd9\xf7\x9f\xa0\xd8\x20\x61a\xff", "\xa1\x61a\x01\xa0\xbf\x61b\x80\xff", "\xa0\x1c\xa0", "\x80\x00", "\xd9\xd9\xf7\xa0"},
		serialize.CBORSeq: {"\x80\x80", "\xa0\xba\x00\x00\x00\x01\x61a\x01", "\x5b\xff\xff\xff\xff\xff\xff\xff\xff"},
		serialize.MsgPack: {"\xdc\x00\x02\x80\xde\x00\x01\xa1a\xc0", "\x81\xa1a\x01\x80", "\xc4\x02ab\xc7\x01txyz", "\x92\x80\xc1"},
		serialize.YAML:    {"a: 1\n---\nb: 2\n...\n--- c\n", "- a: 1\n- b: 2\n# c\n---\n- c\n", "%YAML 1.2\n---\na: |\n  x\n...\n"},
	} {
		for _, text := range texts {
			for _, opts := range [][]secmodel.Option{nil, {secmodel.Bundle()}, {secmodel.MaxBytes(8)}} {
				whole := split(strings.NewReader(text), contentType, opts...)
				for n := range len(text) + 1 {
					got := split(io.MultiReader(strings.NewReader(text[:n]), iotest.ErrReader(errBroken)), contentType, opts...)
					last := len(got) - 1
					if !strings.HasSuffix(got[last], errBroken.Error()) || !strings.HasPrefix(got[last], "! ") {
						// Where it is known that nothing can follow, nothing is read.
						if last >= len(whole) || whole[last] != got[last] || !strings.Contains(got[last], "! ") {
							t.Errorf("%q, %d bytes: ended with %q", text, n, got[last])
						}
						last++
					}
					for i := range last {
						if i >= len(whole) || got[i] != whole[i] {
							t.Errorf("%q, %d bytes: record %d: %q; of the whole: %q", text, n, i+1, got[i], whole)
							break
						}
					}
				}
			}
		}
	}
}

// TestSequenceDoesNotWait: a document of a text sequence is there with its line
// feed; what follows that is no part of it.
func TestSequenceDoesNotWait(t *testing.T) {
	r, w := io.Pipe()
	go func() { _, _ = io.WriteString(w, "\x1e{\"a\":[\n\"}\\\"\"\n]}\n") }()
	for rec, err := range serialize.Records(r, serialize.JSONSeq) {
		if err != nil || string(rec.Data) != "{\"a\":[\n\"}\\\"\"\n]}" {
			t.Errorf("%q, %v", rec.Data, err)
		}
		break
	}
	got := split(strings.NewReader("\x1e{}\n{}\n\x1e[]\n"), serialize.JSONSeq)
	if len(got) != 3 || got[0] != "1@1:1:2 {}" || !strings.HasPrefix(got[1], "2! ") || got[2] != "3@8:3:2 []" {
		t.Errorf("%q", got)
	}
}

// TestStreamError: it says how far the stream got, in words and to programs.
func TestStreamError(t *testing.T) {
	for n, want := range map[int]string{
		0: "the stream ended after 0 records (0 bytes): broken pipe",
		1: "the stream ended after 1 record (3 bytes): broken pipe",
		2: "the stream ended after 2 records (6 bytes): broken pipe",
	} {
		r := io.MultiReader(strings.NewReader(strings.Repeat("{}\n", n)+"{\""), iotest.ErrReader(errBroken))
		var last error
		for _, err := range serialize.Records(r, serialize.NDJSON) {
			last = err
		}
		ended, ok := errors.AsType[*serialize.StreamError](last)
		if !ok || last.Error() != want || !errors.Is(last, errBroken) || ended.Records != n || ended.Offset != int64(3*n) {
			t.Errorf("%v; want %s", last, want)
		}
	}
}

// TestCutHeads: a stream that ends within the head of its array has one faulty
// record, and no error of the stream, which has ended as streams do.
func TestCutHeads(t *testing.T) {
	for contentType, heads := range map[string][]string{
		serialize.CBOR:    {"\x98", "\x99\xb3", "\x9a\x00\x00\x00", "\x9b\x00", "\xd9\xd9\xf7\x99\x01"},
		serialize.CBORSeq: {"\xb8", "\xb9\x01", "\x99\xb3"},
		serialize.MsgPack: {"\xdc", "\xdc\x00", "\xdd\x00\x00", "\xde\x00"},
	} {
		for _, head := range heads {
			var got []error
			for _, err := range serialize.Read(strings.NewReader(head), contentType) {
				got = append(got, err)
			}
			if len(got) != 1 || !errors.Is(got[0], secmodel.ErrSyntax) || errors.Is(got[0], io.EOF) {
				t.Errorf("%s %q: %v", contentType, head, got)
			}
		}
	}
}
